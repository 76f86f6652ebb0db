"""`judge`: what the rules say to a definition."""

from collections.abc import Callable

import pytest

from docgen import rules
from docgen.core.diagnostic import Diagnostic
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.routing import resolve, trace
from docgen.rules import Subject

Judge = Callable[[str], tuple[Diagnostic, ...]]


@pytest.fixture
def judge() -> Judge:
    """Diagnostics of all rules for a definition, which has to load and resolve without errors."""

    def judged(text: str) -> tuple[Diagnostic, ...]:
        loaded = load_text(text)
        assert loaded.value is not None, loaded.diagnostics
        assert not loaded.failed, loaded.diagnostics
        network = resolve(loaded.value, all_kinds()).value
        assert network is not None
        reports = {flow.id: trace(network, flow) for flow in network.architecture.flows}
        return rules.check(Subject(network=network, reports=reports))

    return judged
