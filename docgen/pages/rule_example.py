# What `docgen check` says to the definition that a rule's page shows as flagged.
#
# In:  a rule. Out: its diagnostics for its own flagged examples, so that the page shows the real message and fix.
"""shown, example_text."""

from __future__ import annotations

from docgen import loader, routing
from docgen.core.diagnostic import Diagnostic
from docgen.core.report import as_text
from docgen.kinds import all_kinds
from docgen.rules import Rule, Subject

NAME = "architecture.yaml"
"""What the messages call the example."""


def shown(rule: Rule) -> tuple[tuple[str, Diagnostic], ...]:
    """The flagged definitions, each with the first diagnostic that this rule gives for it."""
    found = []
    for text in rule.flagged:
        architecture = loader.load_text(text, NAME).value
        network = routing.resolve(architecture, all_kinds()).value if architecture is not None else None
        if network is not None:
            reports = {flow.id: routing.trace(network, flow) for flow in network.architecture.flows}
            first = min(rule.diagnostics(Subject(network=network, reports=reports)), key=lambda d: d.sort_key)
            found.append((text, first))
    return tuple(found)


def example_text(rule: Rule) -> str:
    """The messages as a terminal shows them, one block each; "" where the examples give none."""
    return "\n".join(as_text((diagnostic,), {NAME: text}) for text, diagnostic in shown(rule))
