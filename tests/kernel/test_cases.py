"""Small networks with the answer that AWS's documentation gives, written down by hand and sent through the kernel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml

from docgen.kernel.verdicts import Agreement, Answer, compare
from docgen.model.architecture import Flow
from docgen.model.component import Key, Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.routing import trace
from docgen.routing.outages import apply_outages
from tests.kernel.compared import sent
from tests.routing.cases import network_of

BASE = """
version: 1
title: A shop
region: ap-south-1
zones: [a]
users: {user: {address: 203.0.113.50}}
internet_hosts: {server: {address: 203.0.113.80}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      front: {cidr_block: 10.0.0.0/24, route_table: front}
      back: {cidr_block: 10.0.1.0/24, route_table: back}
    route_tables: {front: {0.0.0.0/0: igw}, back: {0.0.0.0/0: nat}}
    nat_gateways: {nat: {subnet: front}}
    security_groups:
      web: {ingress: [tcp 443 from 0.0.0.0/0, icmp from 203.0.113.0/24]}
      app: {ingress: [tcp 8080 from web, udp 514 from 10.0.0.0/24]}
    instances:
      web: {subnet: front, security_groups: [web], elastic_ip: true, listens: [443, 8443]}
      app: {subnet: back, security_groups: [app]}
"""
SHOP = "vpcs: {shop: {"

CASES = [
    pytest.param("allowed", "", "user -> web: tcp 443", id="a public server"),
    pytest.param("allowed", "", "user -> web: icmp", id="an echo that the group admits"),
    pytest.param("blocked forward instance:shop/app", "", "web -> app: icmp", id="an echo that no group admits"),
    pytest.param("allowed", "", "web -> app: tcp 8080", id="a rule that names a group"),
    pytest.param("blocked forward instance:shop/app", "", "web -> app: tcp 22", id="no rule for the port"),
    pytest.param("allowed", "", "web -> app: udp 514", id="a datagram and its answer"),
    pytest.param("allowed", "", "app -> server: tcp 443", id="out by a NAT gateway"),
    pytest.param("blocked forward nat_gateway:shop/nat", "", "user -> nat: tcp 443", id="in at a NAT gateway"),
    pytest.param(
        "blocked forward internet_gateway:shop/igw", "", "user -> app: tcp 8080", id="a private address from outside"
    ),
    pytest.param(
        "blocked forward instance:shop/web",
        SHOP + "security_groups: {web: {ingress: [tcp 80-443 from 0.0.0.0/0]}}}}",
        "user -> web: tcp 80",
        id="nothing listens on the port",
    ),
    pytest.param(
        "blocked return network_acl:shop/narrow",
        SHOP
        + "network_acls: {narrow: {ingress: {100: allow all from 0.0.0.0/0}, "
        + "egress: {100: allow tcp 32768-61000 to 0.0.0.0/0}}}, subnets: {front: {network_acl: narrow}}}}",
        "user -> web: tcp 443",
        id="an ACL that lets answers to some ports out only",
    ),
    pytest.param(
        "blocked forward route_table:shop/back",
        SHOP + "route_tables: {back: {0.0.0.0/0: null}}}}",
        "app -> server: tcp 443",
        id="no route",
    ),
    pytest.param(
        "blocked forward vpc_block_public_access:vpc-block-public-access",
        "vpc_block_public_access: {mode: block-ingress}",
        "user -> web: tcp 443",
        id="public access is blocked",
    ),
    pytest.param(
        "allowed",
        "vpc_block_public_access: {mode: block-ingress}",
        "app -> server: tcp 443",
        id="public access is blocked and a NAT gateway leads out",
    ),
    pytest.param(
        "blocked forward route_table:shop/back", "outage: nat", "app -> server: tcp 443", id="the NAT gateway is down"
    ),
    pytest.param(
        "blocked forward route_table:shop/back",
        "{outage: s3, s3_buckets: {f: {}}, vpcs: {shop: {vpc_endpoints: {s3: {service: s3, route_tables: [back]}}}}}",
        "app -> f: tcp 443",
        id="a gateway endpoint is down",
    ),
    pytest.param("blocked forward instance:shop/web", "outage: web", "user -> web: tcp 443", id="the server is down"),
]


def _merged(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    made = dict(base)
    for key, value in changes.items():
        if value is None:
            made.pop(key, None)
        elif isinstance(value, dict) and isinstance(made.get(key), dict):
            made[key] = _merged(made[key], value)
        else:
            made[key] = value
    return made


def _network(changes: str = "") -> Network:
    wanted = yaml.safe_load(changes) if changes else {}
    outage = wanted.pop("outage", "")
    network = network_of(_merged(yaml.safe_load(BASE), wanted))
    return apply_outages(network, [Ref(outage)] if outage else [])


def _flow(text: str, **options: Any) -> Flow:
    ends, _, what = text.partition(": ")
    source, _, destination = ends.partition(" -> ")
    protocol, _, port = what.partition(" ")
    made = {"source": Ref(source), "destination": Ref(destination), "protocol": Protocol(protocol)}
    return Flow(id=text, port=int(port or 0), **made, **options)  # type: ignore[arg-type]


def _told(answer: Answer) -> str:
    """`allowed`, or `blocked forward instance:shop/app`."""
    where = f" {answer.leg} {answer.place.key}" if answer.leg and answer.place else ""
    return f"{answer.verdict}{where}"


@pytest.mark.kernel
@pytest.mark.parametrize(("told", "changes", "asked"), CASES)
def test_case(told: str, changes: str, asked: str) -> None:
    """The kernel's verdict, the leg and the component that ends the packet; and docgen's own is the same."""
    network, flow = _network(changes), _flow(asked)
    (answer,) = sent(network, [flow])
    assert told == _told(answer)
    assert compare(answer, trace(network, flow)) is Agreement.AGREES


@pytest.mark.kernel
def test_a_wrong_answer_of_the_core_is_noticed() -> None:
    """The kernel knows nothing of the report that it is held against."""
    flow = _flow("web -> app: tcp 8080")
    right = trace(_network(), flow)
    shut = _network(SHOP + "security_groups: {app: {ingress: [tcp 22 from web]}}}}")

    (kernel,) = sent(shut, [flow])

    assert compare(kernel, right) is Agreement.DISAGREES
    blocked = trace(shut, flow)
    assert compare(kernel, blocked) is Agreement.AGREES
    assert compare(kernel, replace(blocked, component=Key("instance", "shop/web"))) is Agreement.ELSEWHERE
    (open_yet,) = sent(_network(), [flow])
    assert compare(open_yet, blocked) is Agreement.DISAGREES


@pytest.mark.kernel
def test_somebody_else_at_the_address() -> None:
    """A packet that ends at the wrong host of the right address is not taken for one that arrived."""
    twin = (
        "vpcs: {twin: {cidr_block: 10.0.0.0/16, subnets: {only: {cidr_block: 10.0.1.0/24}}, "
        "instances: {copy: {subnet: only, private_ip_address: 10.0.1.4}}}, "
        "shop: {instances: {app: {private_ip_address: 10.0.1.4}}}}"
    )
    flow = _flow("web -> twin/copy: tcp 8080")
    network = _network(twin)
    (answer,) = sent(network, [flow])
    assert answer.place is not None
    assert "somebody else" in answer.place.text
    assert compare(answer, trace(network, flow)) is Agreement.AGREES


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("told", "asked"),
    [
        pytest.param("allowed", "app -> far/db: tcp 5432", id="a NAT gateway gets its answers over peering"),
        pytest.param("blocked return route_table:far/main", "web -> far/db: tcp 5432", id="nobody else does"),
    ],
)
def test_return_to_sender(told: str, asked: str) -> None:
    """A VPC that has no route back answers the NAT gateway of its peer, and only that."""
    far = """
vpcs:
  shop: {route_tables: {front: {10.1.0.0/16: pcx}}}
  far:
    cidr_block: 10.1.0.0/16
    subnets: {only: {cidr_block: 10.1.0.0/24}}
    security_groups: {db: {ingress: [tcp 5432 from 10.0.0.0/16]}}
    instances: {db: {subnet: only, security_groups: [db]}}
vpc_peering_connections: {pcx: {requester_vpc: shop, accepter_vpc: far}}
"""
    network, flow = _network(far), _flow(asked)
    (answer,) = sent(network, [flow])
    assert told == _told(answer)
    assert compare(answer, trace(network, flow)) is Agreement.AGREES


@pytest.mark.kernel
def test_more_tables_than_the_kernel_keeps_for_itself() -> None:
    """Tables 253 to 255 are taken: a design with more route tables than lie before them can be emulated too."""
    more = {f"more{n}": f"10.0.{n}.0/24" for n in range(10, 170)}
    subnets = {name: {"cidr_block": block, "route_table": name} for name, block in more.items()}
    shop = {"subnets": subnets, "route_tables": {name: {} for name in more}}
    flow = _flow("user -> web: tcp 443")
    network = network_of(_merged(yaml.safe_load(BASE), {"vpcs": {"shop": shop}}))
    (answer,) = sent(network, [flow])
    assert answer.verdict == "allowed"
    assert compare(answer, trace(network, flow)) is Agreement.AGREES


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("size", "told"), [(1400, "allowed"), (1446, "allowed"), (1447, "blocked forward vpn_connection:vpn")]
)
def test_packet_size(size: int, told: str) -> None:
    """Real packets of that many bytes, which nobody may cut: a tunnel takes the rest for itself."""
    premises = """
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
on_premises_hosts: {erp: {data_center: hq, ip_address: 192.168.1.5}}
customer_gateways: {router: {data_center: hq}}
vpn_connections: {vpn: {customer_gateway: router, virtual_private_gateway: shop/vgw}}
vpcs: {shop: {virtual_private_gateway: vgw, route_tables: {back: {propagating_vgws: [vgw]}}}}
"""
    network, flow = _network(premises), _flow("app -> erp: tcp 8443", packet_size=size)
    (answer,) = sent(network, [flow])
    assert told == _told(answer)
    assert compare(answer, trace(network, flow)) is Agreement.AGREES


@pytest.mark.kernel
@pytest.mark.parametrize(("size", "told"), [(8500, "allowed"), (8501, "blocked forward transit_gateway:hub")])
def test_packet_size_of_a_transit_gateway(size: int, told: str) -> None:
    """Between VPCs it carries less than they do."""
    joined = """
transit_gateways: {hub: {}}
vpcs:
  shop:
    route_tables: {back: {10.1.0.0/16: hub}}
    transit_gateway_attachments: {shop: {transit_gateway: hub, subnets: [back]}}
  store:
    cidr_block: 10.1.0.0/16
    subnets: {db: {cidr_block: 10.1.0.0/24, route_table: db}}
    route_tables: {db: {10.0.0.0/16: hub}}
    security_groups: {db: {ingress: [tcp 5432 from 10.0.0.0/16]}}
    instances: {db: {subnet: db, security_groups: [db]}}
    transit_gateway_attachments: {store: {transit_gateway: hub, subnets: [db]}}
"""
    network, flow = _network(joined), _flow("app -> db: tcp 5432", packet_size=size)
    (answer,) = sent(network, [flow])
    assert told == _told(answer)
    assert compare(answer, trace(network, flow)) is Agreement.AGREES


@pytest.mark.kernel
@pytest.mark.parametrize(("size", "told"), [(1500, "allowed"), (1501, "blocked forward internet_gateway:shop/igw")])
def test_packet_size_of_an_internet_gateway(size: int, told: str) -> None:
    """Jumbo frames end at it."""
    network, flow = _network(), _flow("web -> server: tcp 443", packet_size=size)
    (answer,) = sent(network, [flow])
    assert told == _told(answer)
    assert compare(answer, trace(network, flow)) is Agreement.AGREES


ON_PREMISES = """
data_centers: {hq: {cidr_blocks: [192.168.0.0/16, 192.0.2.0/24, '2001:db8:aaaa::/48']}}
on_premises_hosts:
  erp: {data_center: hq, ip_address: 192.168.1.5}
  six: {data_center: hq, ip_address: '2001:db8:aaaa::6'}
direct_connect_connections: {line: {data_center: hq}}
virtual_interfaces: {vif: {type: public, connection: line, announces: [192.0.2.0/24], source_nat: 192.0.2.1}}
"""


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("told", "asked"),
    [
        pytest.param("a public virtual interface is not emulated", "erp -> web: tcp 443", id="public line"),
        pytest.param("a public virtual interface is not emulated", "web -> 192.0.2.1: tcp 443", id="to it"),
        pytest.param("IPv6 is not emulated", "six -> web: tcp 443", id="IPv6 on premises"),
        pytest.param("IPv6 is not emulated", "web -> six: tcp 443", id="to IPv6 on premises"),
        pytest.param("multicast is not emulated", "web -> 239.1.1.1: udp 5000", id="multicast"),
    ],
)
def test_what_is_not_emulated_on_premises(told: str, asked: str) -> None:
    """Said, and nothing is sent in its place."""
    (answer,) = sent(_network(ON_PREMISES), [_flow(asked)])
    assert ("unknown", told) == (answer.verdict, answer.reason)


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("told", "asked"),
    [
        pytest.param("IPv6 is not emulated", "web -> 2001:db8::1: tcp 443", id="IPv6"),
        pytest.param(
            "the VPC itself answers there, and nothing filters that", "app -> 10.0.0.2: udp 53", id="resolver"
        ),
        pytest.param("a DNS name that the design does not answer", "app -> www.example.org: tcp 443", id="DNS"),
    ],
)
def test_what_is_not_emulated(told: str, asked: str) -> None:
    """Said, with the reason."""
    (answer,) = sent(_network(), [_flow(asked)])
    assert ("unknown", told) == (answer.verdict, answer.reason)
