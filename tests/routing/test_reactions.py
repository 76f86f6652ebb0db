"""How a trace says what a design does about an outage."""

from __future__ import annotations

import pytest

from docgen.model.architecture import Flow
from docgen.model.component import Ref
from docgen.model.network import Network
from docgen.model.trace import Check, Outcome
from docgen.routing import trace
from tests.routing.test_outages import ask


@pytest.mark.parametrize(
    ("said", "text", "ends", "down"),
    [
        pytest.param(
            ["orders is out of order in ap-south-1a: RDS has promoted the standby in ap-south-1b, and its name now "
             "leads to 10.0.21.4 instead of 10.0.20.4."],
            "While a is down it passes orders@standby instead of orders@primary.",
            "app-b -> orders 3306", "a", id="a standby is promoted",
        ),
        pytest.param(
            ["edge takes app-a as unhealthy and uses app-b only."], "While app-a is down it no longer passes app-a.",
            "shopper -> edge 443", "app-a", id="a load balancer does without a target",
        ),
        pytest.param(
            ["edge is left out in ap-south-1a (down): its name leads to 198.51.100.4 only.",
             "edge takes app-a as unhealthy and uses app-b only."],
            "While ap-south-1a is down it no longer passes edge@a and app-a.",
            "shopper -> www.example.com 443", "ap-south-1a", id="a load balancer does without a zone",
        ),
        pytest.param(
            ["queue is left out in ap-south-1a (down): its name leads to 10.0.11.5 only."],
            "While queue@a is down it no longer passes queue@a.", "app-a -> jobs 443", "queue@a",
            id="an endpoint does without an interface",
        ),
        pytest.param(
            ["vpn (Site-to-Site VPN connection) takes over: the route 192.168.0.0/16 of vif (Direct Connect virtual "
             "interface) is withdrawn while that is out of order."],
            "While line is down it passes vpn and hq-router instead of vif.", "app-a -> erp 443", "line",
            id="VPN takes over from Direct Connect",
        ),
        pytest.param(
            ["vpn (Site-to-Site VPN connection) takes over: the route 10.0.0.0/16 of vif (Direct Connect virtual "
             "interface) is withdrawn while that is out of order."],
            "While vif/bgp is down it passes hq-router and vpn instead of vif.", "erp -> app-a 22", "vif/bgp",
            id="the data center takes the VPN too",
        ),
        pytest.param([], "", "app-a -> erp 443", "vpn", id="what it does not use changes nothing"),
        pytest.param([], "", "app-b -> orders 3306", "orders@standby", id="a standby that is not needed"),
        pytest.param(
            [], "With everything in order it is allowed.", "app-a -> mirror 443", "nat-a", id="blocked by the outage"
        ),
        pytest.param(
            [], "With everything in order it is blocked too, for the same reason.", "mirror -> app-a 443", "nat-b",
            id="blocked anyway",
        ),
        pytest.param(
            [], "With everything in order it is blocked too, by IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS.",
            "mirror -> app-a 443", "igw", id="blocked anyway, by something else",
        ),
    ],
)  # fmt: skip
def test_how_the_design_reacts(world: Network, said: list[str], text: str, ends: str, down: str) -> None:
    """Steps of their own say who takes over; the report's text says what is different from working order."""
    report = ask(world, ends, down)

    steps = [s for c in report.connections for hop in c.forward.hops for s in hop.steps if s.check is Check.FAILOVER]
    assert said == list(dict.fromkeys(s.text for s in steps))
    assert {Outcome.INFO} >= {s.outcome for s in steps}
    if text:
        assert report.text.endswith(f" {text}")
    else:
        assert not {"While", "everything"}.intersection(report.text.split())


def test_working_order_has_no_reactions(world: Network) -> None:
    """Without an outage no trace has a step about one."""
    for ends in ("app-b -> orders 3306", "shopper -> edge 443", "app-a -> erp 443", "app-a -> jobs 443"):
        source, _, destination, port = ends.split()
        report = trace(world, Flow(id="f", source=Ref(source), destination=Ref(destination), port=int(port)))
        steps = [s for c in report.connections for hop in c.forward.hops for s in hop.steps]
        assert Check.FAILOVER not in {s.check for s in steps}
        assert "everything in order" not in report.text
