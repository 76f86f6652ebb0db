"""What the tests of this folder share: flows sent through the kernel, beside what the routing core says of them."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.kernel.emulate import emulate
from docgen.kernel.run import ask
from docgen.kernel.verdicts import Agreement, Answer, compare, judge
from docgen.model.architecture import Flow
from docgen.model.network import Network
from docgen.model.trace import FlowReport
from docgen.routing import trace

Compared = list[tuple[Agreement, Answer, FlowReport]]


def sent(network: Network, flows: Sequence[Flow]) -> list[Answer]:
    """The kernel's answers."""
    emulation = emulate(network, flows)
    outcomes = ask(emulation.world.plan)
    return [judge(emulation.world, asked, outcomes) for asked in emulation.asked]


def compared(network: Network, flows: Sequence[Flow]) -> Compared:
    """Both answers to each flow."""
    pairs = zip(flows, sent(network, flows), strict=True)
    return [(compare(answer, report), answer, report) for flow, answer in pairs if (report := trace(network, flow))]


def of(kind: Agreement, found: Compared) -> list[str]:
    """The flows that compare like this, in words."""
    return [
        f"{a.flow_id}: kernel {a.verdict} {a.leg} {a.place} {a.packet}; core {r.verdict} {r.leg} {r.text}"
        for k, a, r in found
        if k is kind
    ]
