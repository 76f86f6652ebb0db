"""Estates of many VPCs, as definitions: hub and spoke on a transit gateway, and full-mesh peering.

Every VPC has two zones, three tiers and ten network interfaces. The text is what an engineer would write: one
template for all spokes, one line for each VPC. Nothing is random: a number gives one text.

Hub and spoke, of N VPCs: `egress` with the NAT gateways and the internet gateway, `services` with what all share, and
N - 2 spokes. Spokes of odd number are production, the others test: each sort knows itself and the services, and never
the other. The transit gateway has three route tables, whose RFC 1918 blackhole keeps what is not theirs from leaving
by the default route.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Question(NamedTuple):
    """A flow to trace, with the answer that the design gives."""

    sort: str
    source: str
    destination: str
    port: int
    reason: str = ""
    """"" where the flow is allowed."""


_HEAD = """\
version: 1
title: {title}
region: ap-south-1
zones: [a, b]
internet_hosts: {{server: {{address: 203.0.113.80}}}}
"""

_TIERS = """\
    subnets:
      web: {cidr_blocks: [+0.0.0.0/24, +0.0.1.0/24]}
      app: {cidr_blocks: [+0.0.2.0/24, +0.0.3.0/24]}
      data: {cidr_blocks: [+0.0.4.0/24, +0.0.5.0/24], network_acl: data}
      link: {cidr_blocks: [+0.0.15.0/28, +0.0.15.16/28]}
    network_acls:
      data:
        ingress: {100: allow tcp 5432 from 10.0.0.0/8, 110: allow tcp 1024-65535 from 10.0.0.0/8}
        egress: {100: allow tcp 1024-65535 to 10.0.0.0/8}
    security_groups:
      edge: {ingress: [tcp 443 from 10.0.0.0/8]}
      web: {ingress: [tcp 8443 from edge]}
      app: {ingress: [tcp 8080 from web]}
      data: {ingress: [tcp 5432 from app, tcp 5432 from 10.255.16.0/20]}
    instances:
      web: {subnet: web, security_groups: [web]}
      app: {subnet: app, security_groups: [app]}
    load_balancers:
      edge: {scheme: internal, subnets: [web], security_groups: [edge], listeners: {443: {web: 8443}}}
    db_instances:
      orders: {subnets: [data], multi_az: true, primary_zone: a, security_groups: [data]}
"""

_HUB = """\
transit_gateways:
  hub:
    default_route_table_association: false
    default_route_table_propagation: false
    transit_gateway_route_tables:
      production:
        associations: [{production}]
        propagations: [services{production_too}]
        routes: {{0.0.0.0/0: egress, 10.0.0.0/8: blackhole}}
      test:
        associations: [{test}]
        propagations: [services{test_too}]
        routes: {{0.0.0.0/0: egress, 10.0.0.0/8: blackhole}}
      shared:
        associations: [egress, services]
        propagations: [services{production_too}{test_too}]
        routes: {{0.0.0.0/0: egress, 10.0.0.0/8: blackhole}}
"""

_ATTACHED = """\
    transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [link]}}
    route_tables: {main: {0.0.0.0/0: hub}}
"""

_EGRESS = """\
  egress:
    cidr_block: 10.255.0.0/20
    internet_gateway: igw
    subnets:
      public: {cidr_blocks: [+0.0.0.0/24, +0.0.1.0/24], route_table: public}
      app: {cidr_blocks: [+0.0.2.0/24, +0.0.3.0/24]}
      link: {cidr_blocks: [+0.0.15.0/28, +0.0.15.16/28], route_table: link}
    transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [link]}}
    nat_gateways: {nat: {subnet: public}}
    route_tables:
      main: {0.0.0.0/0: hub}
      public: {0.0.0.0/0: igw, 10.0.0.0/8: hub}
      link: {0.0.0.0/0: nat}
    security_groups: {proxy: {ingress: [tcp 3128 from 10.0.0.0/8]}}
    instances:
      proxy: {subnet: app, security_groups: [proxy]}
      mail: {subnet: app, security_groups: [proxy]}
      time: {subnet: app, security_groups: [proxy]}
"""


def hub_and_spoke(vpcs: int) -> str:
    """An estate of this many VPCs (4 to 1,026) on one transit gateway."""
    production, test = _spokes(vpcs)
    hub = _HUB.format(
        production=", ".join(production),
        test=", ".join(test),
        production_too="".join(f", {name}" for name in production),
        test_too="".join(f", {name}" for name in test),
    )
    spokes = [f"  {name}: {{template: spoke, cidr_block: {_block(i)}}}\n" for i, name in enumerate(_names(vpcs - 2))]
    services = "  services: {template: spoke, cidr_block: 10.255.16.0/20}\n"
    title = f"Hub and spoke, {vpcs} VPCs"
    template = "templates:\n  spoke:\n" + _TIERS + _ATTACHED
    return _HEAD.format(title=title) + template + hub + "vpcs:\n" + _EGRESS + services + "".join(spokes)


def full_mesh(vpcs: int) -> str:
    """An estate of this many VPCs (2 to 126, AWS's most), each peered with every other."""
    names = _names(vpcs)
    more = "      tools: {subnet: link, security_groups: [web]}\n"  # where hub and spoke has its attachments
    template = "templates:\n  spoke:\n" + _TIERS.replace("    load_balancers:\n", more + "    load_balancers:\n")
    lines, peerings = [], []
    for i, name in enumerate(names):
        routes = ", ".join(f"{_block(k)}: {_pair(i, k)}" for k in range(vpcs) if k != i)
        tables = f"route_tables: {{main: {{{routes}}}}}"
        lines.append(f"  {name}: {{template: spoke, cidr_block: {_block(i)}, {tables}}}\n")
        peerings += [
            f"  {_pair(i, k)}: {{requester_vpc: {name}, accepter_vpc: {names[k]}}}\n" for k in range(i + 1, vpcs)
        ]
    title = f"Full-mesh peering, {vpcs} VPCs"
    return (
        _HEAD.format(title=title)
        + template
        + "vpc_peering_connections:\n"
        + "".join(peerings)
        + "vpcs:\n"
        + "".join(lines)
    )


def hub_and_spoke_questions(vpcs: int) -> list[Question]:
    """Flows of every sort, spread evenly over the whole estate, ten or more of each where it is large enough."""
    production, test = _spokes(vpcs)
    asked: list[Question] = []
    for this, other, foreign in zip(_spread(production), _spread(production, 1), _spread(test), strict=True):
        asked += _inside(this)
        asked += [
            Question("spoke to spoke", f"{this}/web-a", f"{other}/edge@b", 443),
            Question("spoke to spoke", f"{this}/app-b", f"{other}/orders", 5432, "ENI_SG_RULES_MISMATCH"),
            Question("spoke to services", f"{this}/app-a", "services/edge@a", 443),
            Question("services to spoke", "services/app-b", f"{this}/orders", 5432),
            Question("spoke to internet", f"{this}/app-a", "server", 443),
            Question("spoke to internet", f"{this}/web-b", "203.0.113.99", 443),
            Question("production to test", f"{this}/web-a", f"{foreign}/edge@a", 443, "TGW_RTB_BAD_STATE_ROUTE"),
            Question("internet to spoke", "server", f"{this}/web-a", 443, "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"),
        ]
    return asked


def full_mesh_questions(vpcs: int) -> list[Question]:
    """The same for a full mesh."""
    names = _names(vpcs)
    asked: list[Question] = []
    for this, other in zip(_spread(names), _spread(names, 1), strict=True):
        asked += _inside(this)
        asked += [
            Question("VPC to VPC", f"{this}/web-a", f"{other}/edge@b", 443),
            Question("VPC to VPC", f"{this}/app-b", f"{other}/orders", 5432, "ENI_SG_RULES_MISMATCH"),
            Question("VPC to internet", f"{this}/app-a", "server", 443, "NO_ROUTE_TO_DESTINATION"),
            Question("internet to VPC", "server", f"{this}/web-a", 443, "NO_PATH"),
        ]
    return asked


def _inside(vpc: str) -> list[Question]:
    return [
        Question("same VPC", f"{vpc}/web-a", f"{vpc}/app-b", 8080),
        Question("same VPC", f"{vpc}/app-a", f"{vpc}/orders", 5432),
        Question("same VPC", f"{vpc}/web-b", f"{vpc}/orders", 5432, "ENI_SG_RULES_MISMATCH"),
    ]


def _names(number: int) -> list[str]:
    return [f"spoke-{i:04}" for i in range(1, number + 1)]


def _spokes(vpcs: int) -> tuple[list[str], list[str]]:
    """Production and test."""
    names = _names(vpcs - 2)
    return names[0::2], names[1::2]


def _block(index: int) -> str:
    return f"10.{index // 16}.{index % 16 * 16}.0/20"


def _pair(one: int, other: int) -> str:
    low, high = sorted((one, other))
    return f"peer-{low + 1:04}-{high + 1:04}"


def _spread(names: list[str], ahead: int = 0) -> Iterable[str]:
    """Up to sixty of them at even distances, or those that follow them."""
    number = min(60, len(names))
    return [names[(i * len(names) // number + ahead) % len(names)] for i in range(number)]
