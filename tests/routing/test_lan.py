"""The physical world: masks, ARP, switches with VLANs, routers; RFC 826, RFC 1122, RFC 1812, IEEE 802.1Q."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.architecture import Flow, When
from docgen.model.component import Ref
from docgen.model.trace import FlowReport
from docgen.routing import resolve, trace
from tests.routing.told import told

BASE = """
version: 1
title: Two LANs, two routers and the internet
switches: {floor-1: {trunks: [attic]}, attic: {}, floor-2: {}}
hosts:
  ann: {switch: floor-1, ip_address: 192.168.1.10/24, default_gateway: 192.168.1.1, mac_address: 02:00:00:00:00:0a}
  anton: {switch: attic, ip_address: 192.168.1.11/24, default_gateway: 192.168.1.1}
  bob: {switch: floor-2, ip_address: 192.168.2.10/24, default_gateway: 192.168.2.1, mac_address: 02:00:00:00:00:0b}
routers:
  r1:
    nat: true
    interfaces:
      lan: {switch: floor-1, ip_address: 192.168.1.1/24, mac_address: 02:00:00:00:00:01}
      wan: {link: wan, ip_address: 10.9.0.1/30}
      out: {internet: true, ip_address: 203.0.113.1/24}
    routes: {192.168.2.0/24: 10.9.0.2}
  r2:
    interfaces:
      lan: {switch: floor-2, ip_address: 192.168.2.1/24, mac_address: 02:00:00:00:00:02}
      wan: {link: wan, ip_address: 10.9.0.2/30}
    routes: {192.168.1.0/24: 10.9.0.1}
"""


def asked(changes: str, ends: str, *down: str) -> FlowReport:
    tree = yaml.safe_load(BASE)
    _merge(tree, yaml.safe_load(changes) or {})
    loaded = load_text(yaml.safe_dump(tree, sort_keys=False))
    assert loaded.value is not None
    assert not loaded.failed, loaded.diagnostics
    network = resolve(loaded.value, all_kinds())
    assert not network.failed, network.diagnostics
    source, _, destination = ends.split()
    when = When(outage=tuple(map(Ref, down)))
    return told(
        trace(network.value, Flow(id="f", source=Ref(source), destination=Ref(destination), port=22, when=when))
    )


def _merge(base: dict[str, Any], patch: dict[str, Any]) -> None:
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        elif value is None:
            del base[key]
        else:
            base[key] = value


@pytest.mark.parametrize(
    ("verdict", "code", "leg", "by", "changes", "ends"),
    [
        pytest.param("allowed", "", None, "", "{}", "ann -> anton", id="on one LAN over two switches"),
        pytest.param("allowed", "", None, "", "{}", "ann -> bob", id="across two routers"),
        pytest.param("allowed", "", None, "", "{}", "bob -> 192.168.1.11", id="to an address of another LAN"),
        pytest.param("allowed", "", None, "", "{}", "ann -> 198.18.0.1", id="to the internet with translation"),
        pytest.param("allowed", "", None, "", "{}", "ann -> 192.168.1.1", id="to the router itself"),
        pytest.param("allowed", "", None, "", "{}", "ann -> r2", id="to a router by its name"),
        pytest.param("allowed", "", None, "", "{}", "r2 -> ann", id="from a router"),
        pytest.param("allowed", "", None, "", "{}", "r1 -> internet", id="from a router that translates"),
        pytest.param("allowed", "", None, "", "{}", "ann -> 10.9.0.2", id="to the far router's other card"),
        pytest.param(
            "blocked", "DG_L3_NO_ROUTE", "return", "r2",
            "{routers: {r2: {routes: {192.168.1.0/24: null}}}}", "ann -> 10.9.0.2", id="a router that cannot answer",
        ),
        pytest.param(
            "blocked", "DG_NAT_UNSOLICITED_INBOUND", "forward", "r1", "{}", "internet -> 203.0.113.1",
            id="nobody gets in through the translation",
        ),
        pytest.param(
            "blocked", "DG_L2_NO_ARP_REPLY", "forward", "ann",
            "{hosts: {ann: {ip_address: 192.168.1.10/16}}}", "ann -> bob", id="a mask that is too wide",
        ),
        pytest.param(
            "allowed", "", None, "",
            "{hosts: {ann: {ip_address: 192.168.1.10/29, default_gateway: 192.168.1.9},"
            " anton: {ip_address: 192.168.1.11/24}},"
            " routers: {r1: {interfaces: {lan: {ip_address: 192.168.1.9/24}}}}}",
            "ann -> 192.168.1.11", id="a narrow mask that still holds both",
        ),
        pytest.param(
            "allowed", "", None, "",
            "{hosts: {ann: {ip_address: 192.168.1.2/30}}}", "ann -> anton",
            id="a mask that is too narrow works, by way of the router",
        ),
        pytest.param(
            "blocked", "DG_L2_VLAN_MISMATCH", "forward", "ann", "{hosts: {anton: {vlan: 20}}}", "ann -> anton",
            id="two VLANs on one switch",
        ),
        pytest.param(
            "blocked", "DG_L2_NO_ARP_REPLY", "forward", "ann", "{}", "ann -> 192.168.1.99",
            id="an address nobody has",
        ),
        pytest.param(
            "blocked", "DG_L2_NO_ARP_REPLY", "forward", "ann", "{switches: {floor-1: {trunks: []}}}", "ann -> anton",
            id="two switches without a cable between them",
        ),
        pytest.param(
            "blocked", "DG_L3_NO_GATEWAY", "forward", "ann", "{hosts: {ann: {default_gateway: null}}}", "ann -> bob",
            id="a host without gateway",
        ),
        pytest.param(
            "blocked", "DG_L3_NO_GATEWAY", "forward", "ann",
            "{hosts: {ann: {default_gateway: 192.168.7.1}}}", "ann -> bob", id="a gateway outside the host's own LAN",
        ),
        pytest.param(
            "blocked", "DG_L3_NO_GATEWAY", "return", "bob", "{hosts: {bob: {default_gateway: null}}}", "ann -> bob",
            id="the answer of a host without gateway",
        ),
        pytest.param(
            "blocked", "DG_L3_NO_ROUTE", "forward", "r2",
            "{routers: {r2: {routes: {192.168.1.0/24: null}}}}", "bob -> ann", id="a router without the route",
        ),
        pytest.param(
            "blocked", "DG_L3_NO_ROUTE", "return", "r2",
            "{routers: {r2: {routes: {192.168.1.0/24: null}}}}", "ann -> bob",
            id="a route there and none back",
        ),
        pytest.param(
            "blocked", "DG_L3_TTL_EXPIRED", "forward", "r2",
            "{routers: {r1: {routes: {172.16.0.0/12: 10.9.0.2}}, r2: {routes: {172.16.0.0/12: 10.9.0.1}}}}",
            "ann -> 172.16.0.1", id="two routers that point at each other",
        ),
        pytest.param(
            "allowed", "", None, "", "{switches: {floor-2: {trunks: [attic]}}, hosts: {bob: {ip_address:"
            " 192.168.1.12/24, default_gateway: null}}}", "ann -> bob", id="over three switches in a row",
        ),
        pytest.param(
            "allowed", "", None, "", "{switches: {attic: {trunks: [floor-1]}}}", "ann -> anton",
            id="two trunks between two switches",
        ),
        pytest.param(
            "allowed", "", None, "", "{hosts: {bob: {switch: null, link: desk, ip_address: 192.168.9.2/30,"
            " default_gateway: null}, carl: {link: desk, ip_address: 192.168.9.1/30}}}", "carl -> bob",
            id="two hosts on one cable",
        ),
        pytest.param(
            "blocked", "DG_L2_NO_ARP_REPLY", "forward", "carl", "{hosts: {bob: {switch: null, link: desk, ip_address:"
            " 192.168.9.2/30, default_gateway: null}, carl: {link: other, ip_address: 192.168.9.1/30}}}",
            "carl -> bob", id="two hosts on two cables",
        ),
        pytest.param(
            "blocked", "DG_L2_NO_ARP_REPLY", "forward", "carl",
            "{hosts: {carl: {link: desk, ip_address: 192.168.1.12/24}}}", "carl -> ann",
            id="a host on a cable and one at a switch",
        ),
        pytest.param(
            "allowed", "", None, "", "{hosts: {ann: {vlan: 20}, anton: {vlan: 20}}}", "ann -> anton",
            id="one VLAN over a trunk",
        ),
        pytest.param(
            "blocked", "DG_L3_NO_ROUTE", "forward", "anton",
            "{hosts: {ann: {default_gateway: 192.168.1.11}}}", "ann -> bob", id="a gateway that is no router",
        ),
        pytest.param(
            "blocked", "NO_ROUTE_TO_DESTINATION", "return", "internet",
            "{routers: {r1: {nat: false}}}", "ann -> 198.18.0.1", id="to the internet without translation",
        ),
        pytest.param(
            "blocked", "DG_L3_NO_ROUTE", "forward", "r1",
            "{routers: {r1: {routes: {192.168.2.0/24: 10.77.0.2}, interfaces: {out: null}, nat: false}}}",
            "ann -> bob", id="a next hop that is on no LAN of the router",
        ),
    ],
)  # fmt: skip
def test_packets_on_lans(verdict: str, code: str, leg: str | None, by: str, changes: str, ends: str) -> None:
    """Each classic fault has its own answer, and without it the packet arrives."""
    report = asked(changes, ends)

    assert (verdict, code, leg, by) == (report.verdict, report.reason, report.leg, report.component_name), report.text


def test_routers_make_new_frames_and_leave_the_addresses_alone() -> None:
    """One pair of MAC addresses for each segment, one IP header for all, and a time to live that goes down."""
    (connection,) = asked("{}", "ann -> bob").connections
    sent = [hop.packet_out for hop in connection.forward.hops if hop.packet_out]
    frames = list(dict.fromkeys(packet.frame for packet in sent))

    assert {("192.168.1.10", "192.168.2.10")} == {(str(p.source), str(p.destination)) for p in sent}
    assert ["02:00:00:00:00:0a", "02:00:00:00:00:02"] == [f.source for f in (frames[0], frames[-1]) if f]
    assert ["02:00:00:00:00:01", "02:00:00:00:00:0b"] == [f.destination for f in (frames[0], frames[-1]) if f]
    assert [64, 63, 62] == [f.ttl for f in frames if f]


def test_a_card_without_a_written_mac_address_gets_one() -> None:
    """Six bytes, locally administered, the same each time, and another for each card."""
    frames = [
        hop.packet_out.frame
        for ends in ("ann -> anton", "ann -> anton", "ann -> r1", "anton -> ann")
        for hop in asked("{routers: {r1: {interfaces: {lan: {mac_address: null}}}}}", ends)
        .connections[0]
        .forward.hops[:1]
        if hop.packet_out
    ]
    made = [*(f.destination for f in frames[:3] if f), frames[3].source if frames[3] else ""]

    assert all(re.fullmatch("02(:[0-9a-f]{2}){5}", mac) for mac in made)
    assert made[0] == made[1] == made[3] != made[2]


@pytest.mark.parametrize(
    ("chosen", "lost", "routes", "destination"),
    [
        pytest.param(
            "192.168.2.0/24 -> 10.9.0.2 (wan)",
            [
                ("10.9.0.0/30 -> connected (wan)", "does not contain 192.168.2.10", "CANNOT_ROUTE"),
                ("0.0.0.0/0 -> internet", "shorter than /24", "MORE_SPECIFIC_ROUTE"),
            ],
            "{}", "192.168.2.10", id="the longest prefix",
        ),
        pytest.param(
            "10.9.0.0/30 -> connected (wan)",
            [("10.9.0.0/30 -> 192.168.1.99 (lan)", "connected beats static", "HIGHER_PRIORITY_ROUTE")],
            "{10.9.0.0/30: 192.168.1.99}", "10.9.0.2", id="a connected LAN before a route",
        ),
        pytest.param(
            "192.168.2.0/24 -> 10.9.0.2 (wan)",
            [("192.168.2.0/24 -> 192.168.1.99 (lan)", "higher metric", "HIGHER_PRIORITY_ROUTE")],
            "[{destination: 192.168.2.0/24, next_hop: 192.168.1.99, metric: 5},"
            " {destination: 192.168.2.0/24, next_hop: 10.9.0.2, metric: 4}]",
            "192.168.2.10", id="the lower metric",
        ),
    ],
)  # fmt: skip
def test_which_route_a_router_takes(
    chosen: str, lost: list[tuple[str, str, str]], routes: str, destination: str
) -> None:
    """RFC 1812, 5.2.4: the longest prefix, then what is nearer; the others with why they lost."""
    (connection,) = asked(f"{{routers: {{r1: {{routes: {routes}}}}}}}", f"ann -> {destination}").connections
    step = next(s for hop in connection.forward.hops if hop.name == "r1" for s in hop.steps if s.candidates)

    assert [chosen] == [c.text for c in step.candidates if c.chosen]
    assert set(lost) <= {(c.text, c.reason, c.code) for c in step.candidates if not c.chosen}


def test_a_router_says_whether_it_sends_or_passes_on() -> None:
    """Only what it passes on loses one of its time to live."""
    own, passed = (
        next(
            str(s.text)
            for hop in asked("{}", ends).connections[0].forward.hops
            if hop.name == "r2"
            for s in hop.steps
        )
        for ends in ("r2 -> ann", "bob -> ann")
    )

    assert own.startswith("r2 looks 192.168.1.10 up: ")
    assert passed.startswith("r2 takes the frame off, takes one off the time to live (now 63) and looks ")


def test_a_router_that_is_down_takes_nothing_from_the_internet() -> None:
    """Nobody asks by ARP there."""
    report = asked("{}", "internet -> 203.0.113.1", "r1")

    assert ("blocked", "BAD_STATE", "r1") == (report.verdict, report.reason, report.component_name)
    assert "r1 forwards nothing: it is out of order." in report.text


@pytest.mark.parametrize(("down", "by"), [("floor-1", "ann"), ("r2", "r1"), ("floor-2", "r2")])
def test_what_is_out_of_order_stops_the_packet(down: str, by: str) -> None:
    """A neighbour that is down answers no ARP; a switch that is down carries none."""
    report = asked("{}", "ann -> bob", down)

    assert ("blocked", by) == (report.verdict, report.component_name)


@pytest.mark.parametrize(
    "changes",
    [
        "{hosts: {ann: {switch: null}}}",
        "{hosts: {ann: {link: x}}}",
        "{hosts: {ann: {ip_address: 192.168.1.10}}}",
        "{hosts: {ann: {ip_address: 192.168.1.10/33}}}",
        "{hosts: {ann: {mac_address: zz}}}",
        "{routers: {r1: {interfaces: {out: {link: y}}}}}",
    ],
)
def test_what_cannot_be_wired_is_an_error(changes: str) -> None:
    """A host is plugged in at one place, and has an address with a mask."""
    tree = yaml.safe_load(BASE)
    _merge(tree, yaml.safe_load(changes))

    assert load_text(yaml.safe_dump(tree, sort_keys=False)).failed


@pytest.mark.parametrize(
    ("ends", "source", "verdict"),
    [
        pytest.param("r1 -> ann", "192.168.1.1", "allowed", id="to its LAN: the card on it"),
        pytest.param("r1 -> bob", "10.9.0.1", "allowed", id="past a router that knows only the link"),
        pytest.param("r2 -> ann", "10.9.0.2", "allowed", id="the link's address, which the LAN's router knows"),
        pytest.param("r1 -> 198.18.0.1", "203.0.113.1", "allowed", id="to the internet: the public one"),
        pytest.param("203.0.113.1 -> ann", "203.0.113.1", "allowed", id="an address that is written stays"),
    ],
)
def test_a_router_sends_with_the_address_of_the_card_that_it_uses(ends, source, verdict):
    """RFC 1122, section 3.3.4.3: the source of a connection is an address of the interface that it leaves by."""
    report = asked("{}", ends)

    assert {source} == {str(c.request.source) for c in report.connections if c.request}
    assert verdict == report.verdict.value
