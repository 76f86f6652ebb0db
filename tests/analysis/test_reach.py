"""Who reaches whom: rows by hand for one small network, and what a change opens."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from docgen.analysis.reach import Outcome, Reached, newly_reachable, reach
from docgen.analysis.reach.bounds import bounds_of, code_bounds
from docgen.analysis.reach.proxies import leading_to
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.packet import PortRange, Protocol
from docgen.model.trace import Verdict
from tests.routing.cases import BASE, merged, network_of

INTERNET = Key("internet", "internet")


def changed(patch: str = "{}") -> Network:
    """The network of the routing cases with its VPC patched."""
    return network_of(merged(BASE, {"vpcs": {"vpc": yaml.safe_load(patch)}}))


def key(network: Network, name: str) -> Key:
    return next(k for k in network.components if k.path in (name, f"vpc/{name}") and network.kinds[k.kind].endpoint)


def told(row: Reached) -> str:
    """A row in one line."""
    ports = ",".join(map(str, row.ports))
    by = f" through {row.through_name}" if row.through else ""
    return f"{row.source_name} {row.outcome}{by} {row.protocol} {ports}".rstrip()


def asked(patch: str, to: str, **more: Any) -> list[str]:
    network = changed(patch)
    found = reach(network, to=[key(network, to)], **more)
    return sorted(told(r) for r in found.results)


CASES = [
    pytest.param(
        "db", "{}", ["app connects tcp 5432", "app2 connects tcp 5432"], id="only members of the named group"
    ),
    pytest.param(
        "app",
        "{}",
        ["web connects tcp 8080", "web2 connects tcp 8080"],
        id="a group that nobody behind the NAT gateway is in",
    ),
    pytest.param(
        "db",
        "{security_groups: {sg-db: {ingress: [tcp 5000-6000 from 10.0.10.0/24, udp 53 from 10.0.10.10/32]}}}",
        ["app connects tcp 5000-6000", "app connects udp 53"],
        id="blocks and ranges of ports",
    ),
    pytest.param(
        "db",
        """
        security_groups: {sg-db: {ingress: [tcp 22 from 10.0.10.0/24, "tcp 80-90 from 10.0.10.0/24"]}}
        network_acls: {tight: {ingress: {100: deny tcp 85 from 10.0.0.0/16, 200: allow all from 0.0.0.0/0},
                               egress: {100: allow all to 0.0.0.0/0}}}
        subnets: {db: {network_acl: tight}}
        """,
        ["app connects tcp 22,80-84,86-90"],
        id="a deny entry cuts a port out",
    ),
    pytest.param(
        "db",
        """
        security_groups: {sg-db: {ingress: [tcp 22 from 10.0.10.0/24]}}
        network_acls: {tight: {ingress: {100: allow all from 0.0.0.0/0},
                               egress: {100: allow tcp 32768-65535 to 0.0.0.0/0}}}
        subnets: {db: {network_acl: tight}}
        """,
        ["app arrives tcp 22"],
        id="the answer is stopped: the request arrives all the same",
    ),
    pytest.param(
        "db",
        "{security_groups: {sg-db: {ingress: [icmp from 10.0.10.0/24]}}}",
        ["app connects icmp"],
        id="a protocol without ports",
    ),
]


@pytest.mark.parametrize(("to", "patch", "expected"), CASES)
def test_who_reaches(to: str, patch: str, expected: list[str]) -> None:
    """Every row, and nothing besides."""
    assert asked(patch, to) == expected


def test_internet_in_fewest_prefixes() -> None:
    """Public addresses that a rule names, whatever docgen's own hosts are called."""
    network = changed(
        "{security_groups: {sg-web: {ingress: [tcp 443 from 203.0.112.0/23, tcp 443 from 203.0.114.0/24]}}}"
    )
    (row,) = reach(network, to=[key(network, "web")], frm=[INTERNET]).results
    assert [str(b) for b in row.source_addresses] == ["203.0.112.0/23", "203.0.114.0/24"]
    assert [str(b) for b in row.destination_addresses] == ["198.51.100.10/32"]
    assert (row.protocol, row.ports, row.headers) == (Protocol.TCP, (PortRange(443, 443),), 768)


def test_internet_as_destination() -> None:
    """Where a component gets to outside: all but what the deny entry holds."""
    network = changed(
        """
        network_acls: {tight: {ingress: {100: allow all from 0.0.0.0/0},
                               egress: {50: deny all to 128.0.0.0/1, 100: allow all to 0.0.0.0/0}}}
        subnets: {app: {network_acl: tight}}
        """
    )
    rows = reach(network, to=[INTERNET], frm=[key(network, "app")], protocols=[Protocol.TCP]).results
    (row,) = rows
    assert row.outcome is Outcome.CONNECTS
    assert all(int(b[-1]) < 2**31 for b in row.destination_addresses)
    assert row.headers == sum(b.num_addresses for b in row.destination_addresses) * 65536


LAN = """
version: 1
title: An office
switches: {floor: {}}
hosts:
  ann: {switch: floor, ip_address: 192.168.1.10/24, default_gateway: 192.168.1.1}
  bob: {switch: floor, ip_address: 192.168.1.11/24, default_gateway: 192.168.1.1}
routers:
  office:
    nat: true
    interfaces:
      lan: {switch: floor, ip_address: 192.168.1.1/24}
      out: {internet: true, ip_address: 198.51.100.1/29}
"""


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        pytest.param("ann", {"bob connects", "office connects"}, id="a host on a LAN"),
        pytest.param("office", set(), id="the public address of a router, which has nobody behind it"),
        pytest.param("internet", {"ann connects", "bob connects", "office connects"}, id="the internet"),
    ],
)
def test_who_reaches_on_a_lan(to: str, expected: set[str]) -> None:
    """Hosts and routers on LANs are inside, though they have no interface in a VPC."""
    network = network_of(yaml.safe_load(LAN))
    rows = reach(network, to=[key(network, to)], protocols=[Protocol.TCP]).results
    assert {f"{row.source_name} {row.outcome}" for row in rows} == expected


def test_witnesses_are_traced() -> None:
    """A row's witness does what the row says."""
    network = changed()
    found = reach(network)
    assert found.traces
    for row in found.results:
        assert row.outcome is Outcome.CONNECTS
        assert row.report.verdict is Verdict.ALLOWED


def test_same_question_same_rows() -> None:
    """Nothing depends on the order of a set."""
    assert [told(r) for r in reach(changed()).results] == [told(r) for r in reach(changed()).results]


def test_newly_reachable_counts_headers() -> None:
    """A rule for one more source opens one header; one for a block, all in it; nothing opens nothing."""
    before = changed()
    to = [key(before, "db")]
    one = changed("{security_groups: {sg-db: {ingress: [tcp 5432 from sg-app, tcp 5432 from 10.0.0.10/32]}}}")
    ten = changed("{security_groups: {sg-db: {ingress: [tcp 5432 from sg-app, tcp 5430-5439 from 10.0.0.10/32]}}}")
    wide = changed("{security_groups: {sg-db: {ingress: [tcp 5432 from 10.0.0.0/8]}}}")
    assert newly_reachable(before, before, to) == 0
    assert newly_reachable(before, one, to) == 1
    assert newly_reachable(before, ten, to) == 10
    assert newly_reachable(before, wide, to) == 2
    assert newly_reachable(wide, before, to) == 0


def test_newly_reachable_over_everything() -> None:
    """Without a target all components count; from the internet every address does."""
    before = changed("{security_groups: {sg-web: {ingress: [tcp 443 from 203.0.112.0/24]}}}")
    after = changed("{security_groups: {sg-web: {ingress: [tcp 443 from 203.0.112.0/23]}}}")
    assert newly_reachable(before, after, [key(before, "web")]) == 256  # a user among them counts once
    assert newly_reachable(before, after) == 2 * 256


def test_bounds_are_found_at_any_depth() -> None:
    """Blocks, addresses and ports of a definition, and what a kind computes or hard-codes."""
    network = changed("{db_instances: {orders: {engine: postgres, subnets: [db-a, db-b], security_groups: [sg-db]}}}")
    group = network.groups[Key("security_group", "vpc/sg-db")]
    assert (5432, 5432) in bounds_of(group).ports
    assert (5432, 5432) in bounds_of(network.get(Key("db_instance", "vpc/orders"))).ports
    assert (3306, 3306) in code_bounds("docgen.kinds.db_instance").ports
    assert (1024, 65535) in code_bounds("docgen.routing.translation").ports


NLB = """
subnets: {app: {route_table: rt-pub}}
security_groups: {sg-app: {ingress: [tcp 8080 from 203.0.113.0/24]}}
load_balancers:
  front: {type: network, scheme: internet-facing, subnets: [pub], security_groups: [sg-open],
          listeners: {443: {app: 8080}}}
"""


def test_through_a_load_balancer() -> None:
    """Whoever a balancer serves is told apart from whoever gets in by itself."""
    patch = """
    security_groups: {sg-app: {ingress: [tcp 8080 from sg-web]}}
    load_balancers:
      front: {scheme: internet-facing, subnets: [pub], security_groups: [sg-web], listeners: {443: {app: 8080}}}
    """
    network = changed(patch)
    found = reach(network, to=[key(network, "app")], frm=[INTERNET, key(network, "front")])
    assert [told(r) for r in found.results] == ["front connects tcp 8080", "internet connects through front tcp 443"]
    assert found.results[1].report.connections[-1].destination_name == "app"


def test_clients_kept_by_a_network_load_balancer() -> None:
    """The target's own group decides about the client's address, so only its block comes through."""
    network = changed(NLB)
    found = reach(network, to=[key(network, "app")], frm=[INTERNET]).results
    (row,) = [r for r in found if r.through]
    assert [str(b) for b in row.source_addresses] == ["203.0.113.0/24"]
    assert row.ports == (PortRange(443, 443),)


APPLICATION = NLB.replace("type: network", "type: application")


@pytest.mark.parametrize(
    ("patch", "clients", "expected"),
    [
        pytest.param(NLB, [INTERNET], ["front"], id="it keeps its client's address"),
        pytest.param(APPLICATION, [INTERNET], [], id="it opens connections of its own"),
        pytest.param(APPLICATION, [Key("load_balancer", "vpc/front")], ["front"], id="it is the client"),
        pytest.param(APPLICATION, None, ["front"], id="whoever is seen there"),
    ],
)
def test_proxies_that_lead_on(patch: str, clients: list[Key] | None, expected: list[str]) -> None:
    """Whose connections may show a client's address is asked apart from whose get there at all."""
    network = changed(patch)
    found = leading_to(network, [key(network, "app")], clients)
    assert [network.name(k) for k in found] == expected
