"""What a trace lets pass, a proof must know: every connection that is allowed is among the rows of `reach`.

Over the examples of all kinds, the worked questions, and designs in which headers change where no interface is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.analysis.invariants import Standing, prove
from docgen.analysis.reach import Outcome, reach
from docgen.kinds import all_kinds
from docgen.loader import load, load_text
from docgen.model.architecture import Architecture, Flow
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.model.trace import Verdict
from docgen.routing import resolve, trace
from docgen.routing.endpoints import INTERNET

QUESTIONS = Path(__file__).parents[1] / "routing/questions"
PERSONS = ("user", "internet", "internet_host")
SERVER = """
  two:
    cidr_block: 10.1.0.0/16
    internet_gateway: igw-2
    subnets: {public: {cidr_block: 10.1.0.0/24, route_table: public}}
    route_tables: {public: {0.0.0.0/0: igw-2}}
    security_groups: {web: {ingress: [tcp 443 from 198.51.100.201/32, tcp 443 from 192.0.2.1/32]}}
    instances: {web: {subnet: public, elastic_ip: 198.51.100.9, security_groups: [web]}}
"""
HEAD = "version: 1\ntitle: T\nregion: us-east-1\nzones: [a]\n"
TRANSLATED = {
    "a router on a LAN": """
switches: {floor: {}}
hosts: {client: {switch: floor, ip_address: 192.168.1.10/24, default_gateway: 192.168.1.1}}
routers:
  office:
    nat: NAT
    interfaces: {lan: {switch: floor, ip_address: 192.168.1.1/24}, wan: {internet: true, ip_address: 192.0.2.1/24}}
vpcs:
""",
    "a data center's router at a public virtual interface": """
data_centers: {hq: {cidr_blocks: [192.168.0.0/16, 192.0.2.0/24]}}
on_premises_hosts: {client: {data_center: hq, ip_address: 192.168.1.5}}
direct_connect_connections: {line: {data_center: hq}}
virtual_interfaces: {vif: {type: public, connection: line, announces: [192.0.2.0/24], source_nat: ADDRESS}}
vpcs:
""",
    "a regional NAT gateway": """
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
    nat_gateways: {nat: {availability_mode: regional, availability_zone_addresses: {a: EIP}}}
    route_tables: {app: {0.0.0.0/0: nat}}
    instances: {client: {subnet: app}}
""",
    "NAT64": """
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    ipv6_cidr_block: 2001:db8:1000::/56
    internet_gateway: igw
    subnets:
      public: {cidr_block: 10.0.0.0/24, route_table: public}
      six: {ipv6_native: true, ipv6_cidr_block: true, route_table: six, enable_dns64: true}
    nat_gateways: {nat: {subnet: public, elastic_ip: EIP}}
    route_tables: {public: {0.0.0.0/0: igw}, six: {'64:ff9b::/96': nat}}
    instances: {client: {subnet: six}}
""",
}
ASKED = """
hosted_zones: {example.org: {web: {a: [198.51.100.9]}}}
invariants: {no-way-in: {never: {from: client, to: web}}}
flows: {f: {from: client, to: web.example.org, port: 443}}
"""
RIGHT = {"NAT": "true", "ADDRESS": "192.0.2.1", "EIP": "198.51.100.201"}
WRONG = {"NAT": "false", "ADDRESS": "192.0.2.7", "EIP": "198.51.100.207"}


def network_of(architecture: Architecture | None) -> Network:
    assert architecture is not None
    resolved = resolve(architecture, all_kinds())
    assert not resolved.failed, resolved.diagnostics
    return resolved.value


def examples() -> Iterator[tuple[str, Architecture]]:
    for name, kind in all_kinds().items():
        loaded = load_text(kind.example, "example.yaml").value if kind.example else None
        if loaded is not None and loaded.flows:
            yield name, loaded
    for folder in sorted(p for p in QUESTIONS.iterdir() if p.name != "f1"):
        worked = load(folder).value
        assert worked is not None
        yield folder.name, worked


EXAMPLES = dict(examples())


def allowed(network: Network, flow: Flow) -> Iterator[tuple[Key, Key, Protocol, int]]:
    """Ends, protocol and port of a flow's connections that are allowed and that proofs speak of.

    Not what passes from one person on the internet to another, nor from an endpoint to its service: no header does.
    """
    if flow.when.outage or flow.when.variant or flow.source_port:
        return
    for connection in trace(network, flow).connections:
        source, destination, asked = connection.source, connection.destination, connection.request
        if connection.purpose in ("dns", "privatelink") or connection.verdict is not Verdict.ALLOWED or asked is None:
            continue
        if destination in (None, INTERNET) or {source.kind, destination.kind} <= set(PERSONS):
            continue
        yield source, destination, asked.protocol, asked.destination_ports.first


def gets_in(network: Network, source: Key, destination: Key, protocol: Protocol, port: int) -> bool:
    found = reach(network, to=[destination], frm=[source], protocols=[protocol])
    return any(
        row.outcome is Outcome.CONNECTS and (not port or any(p.first <= port <= p.last for p in row.ports))
        for row in found.results
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_allowed_flow_is_reached(name: str) -> None:
    """The rows hold what single packets do."""
    network = network_of(EXAMPLES[name])
    for flow in EXAMPLES[name].flows:
        for source, destination, protocol, port in allowed(network, flow):
            assert gets_in(network, source, destination, protocol, port), (flow.id, source, destination, port)


@pytest.mark.parametrize("name", TRANSLATED)
@pytest.mark.parametrize("right", [True, False], ids=["its address", "another address"])
def test_who_changes_headers_without_an_interface(name: str, right: bool) -> None:
    """The server's group admits what a translator puts in as source, and proofs and traces agree on who that is."""
    text = HEAD + TRANSLATED[name].rstrip("\n") + SERVER
    for word, value in (RIGHT if right else WRONG).items():
        text = text.replace(word, value)
    architecture = load_text(text + ASKED, "t.yaml").value
    network = network_of(architecture)
    assert architecture is not None

    verdict = trace(network, architecture.flows[0]).verdict
    client, web = (next(k for k in network.components if k.path.endswith(end)) for end in ("client", "/web"))
    web = Key("instance", web.path)

    assert (verdict is Verdict.ALLOWED) is right
    assert gets_in(network, client, web, Protocol.TCP, 443) is right
    (proof,) = prove(network)
    assert proof.standing is (Standing.VIOLATED if right else Standing.HELD)


SITE = """\
version: 1
title: A data center with public addresses, and what stands outside VPCs
region: us-east-1
zones: [a]
users: {visitor: {}}
data_centers: {hq: {cidr_blocks: [192.0.2.0/24, '2001:db8:aaaa::/48']}}
on_premises_hosts: {erp: {data_center: hq, ip_address: 192.0.2.9, ipv6_address: '2001:db8:aaaa::9'}}
direct_connect_connections: {line: {data_center: hq}}
virtual_interfaces:
  private: {connection: line, virtual_private_gateway: vgw, address_families: [ipv4, ipv6]}
  public: {type: public, connection: line, announces: [192.0.2.0/24]}
s3_buckets: {open: {}, theirs: {allowed_addresses: [192.0.2.9/32]}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    ipv6_cidr_block: 2001:db8:1000::/56
    internet_gateway: igw
    virtual_private_gateway: vgw
    subnets: {app: {cidr_block: 10.0.1.0/24, ipv6_cidr_block: true, route_table: app}}
    route_tables: {app: {propagating_vgws: [vgw], 0.0.0.0/0: igw, '::/0': igw}}
    security_groups: {web: {ingress: [tcp 443 from 192.0.2.0/24, 'tcp 443 from 2001:db8:aaaa::/48']}}
    instances: {web: {subnet: app, ipv6_address: true, elastic_ip: true, security_groups: [web]}}
invariants: {asked: %s}
"""


@pytest.mark.parametrize(
    ("asked", "standing"),
    [
        pytest.param("{only: {to: web, from: [erp]}}", "held", id="no data center's address is on the internet"),
        pytest.param("{never: {from: erp, to: web}}", "violated", id="who has them gets in"),
        pytest.param("{never: {from: visitor, to: open}}", "violated", id="from the internet to a bucket"),
        pytest.param("{only: {to: open, from: [web]}}", "violated", id="not the VPC alone"),
        pytest.param("{never: {from: erp, to: open}}", "violated", id="from on premises to a bucket"),
        pytest.param("{only: {to: theirs, from: [erp]}}", "held", id="a bucket that admits one address"),
        pytest.param("{never: {from: visitor, to: theirs}}", "held", id="and nobody else"),
    ],
)  # fmt: skip
def test_what_stands_outside_vpcs(asked: str, standing: str) -> None:
    """Data centers and resources of services are ends of headers like interfaces."""
    network = network_of(load_text(SITE % asked, "t.yaml").value)
    (proof,) = prove(network)
    assert str(proof.standing) == standing, proof.violations
