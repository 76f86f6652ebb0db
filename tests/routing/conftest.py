"""Networks and traces from text, as every test of this folder wants them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.architecture import Flow
from docgen.model.component import Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.model.trace import FlowReport
from docgen.routing import resolve, trace
from tests.routing import recorded
from tests.routing.told import heard, told

Ask = Callable[..., FlowReport]


@pytest.fixture(autouse=True)
def as_recorded(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test is told is what was recorded of it; networks and examples made by chance are not recorded."""
    heard.clear()
    yield
    if heard and request.path.stem != "test_properties" and not hasattr(request.function, "hypothesis"):
        module, test = request.path.stem, request.node.name
        recorded.check(module, test, heard, update=request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def network() -> Callable[[str], Network]:
    """A network from the text of a definition, which must have no error."""

    def build(text: str) -> Network:
        loaded = load_text(textwrap.dedent(text))
        assert loaded.value is not None, loaded.diagnostics
        assert not loaded.failed, loaded.diagnostics
        resolved = resolve(loaded.value, all_kinds())
        assert not resolved.failed, resolved.diagnostics
        return resolved.value

    return build


@pytest.fixture(scope="session")
def ask(network: Callable[[str], Network]) -> Ask:
    """The report of one flow in a definition's text: `ask(text, "app", "db", 3306)`."""

    def question(
        text: str, source: str, destination: str, port: int = 443, protocol: str = "tcp", **more: object
    ) -> FlowReport:
        flow = Flow(
            id="q",
            source=Ref(source),
            destination=Ref(destination),
            port=port,
            protocol=Protocol(protocol),
            **more,  # type: ignore[arg-type]
        )
        return told(trace(network(text), flow))

    return question


@pytest.fixture(scope="session")
def world(network: Callable[[str], Network]) -> Network:
    """Everything that can fail (`world.yaml`)."""
    return network((Path(__file__).parent / "world.yaml").read_text(encoding="utf-8"))
