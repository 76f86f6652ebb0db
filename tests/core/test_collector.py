from __future__ import annotations

import gc

import pytest

from docgen.core.collector import paused_collector
from docgen.model.architecture import Flow
from docgen.model.component import Ref
from docgen.routing import trace
from tests.routing.cases import network_with


@pytest.fixture(autouse=True)
def _as_before() -> object:
    yield gc.collect()
    gc.enable()


def test_pause_ends() -> None:
    """Also where what was done inside fails."""

    @paused_collector()
    def fails() -> None:
        assert not gc.isenabled()
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError, match=r"^$"):
            fails()
        assert gc.isenabled()


def test_somebody_elses_pause_stays() -> None:
    """Whoever switched the collector off finds it so."""
    gc.disable()
    with paused_collector():
        pass

    assert not gc.isenabled()


@pytest.mark.parametrize("ends", [("web", "server"), ("app", "db"), ("server", "web"), ("user", "10.0.0.10")])
def test_a_trace_leaves_nothing_to_the_collector(ends: tuple[str, str]) -> None:
    """Reports, with all that they hold, are gone as soon as nobody has them: pauses cost no memory."""
    network = network_with()
    flow = Flow(id="q", source=Ref(ends[0]), destination=Ref(ends[1]), port=443)
    trace(network, flow)
    gc.collect()
    gc.disable()
    trace(network, flow)

    assert 0 == gc.collect()
