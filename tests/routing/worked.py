"""What the tables of further questions share: the network of the first forty, and fragments that join others to it.

Each question is answered by hand from AWS's pages first; the answer stands before it in its row. The network is that
of `questions/f1`: two zones, public, application and database subnets, one NAT gateway.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.model.network import Network
from docgen.model.trace import FlowReport
from tests.routing.cases import Answer, ask, merged, network_of

F1 = yaml.safe_load((Path(__file__).parent / "questions/f1/architecture.yaml").read_text(encoding="utf-8"))
FRAGMENTS: dict[str, Any] = {
    "b": yaml.safe_load("""
      vpcs:
        vpc-b:
          cidr_block: 10.20.0.0/16
          zones: [a, b, c]
          subnets:
            b: {cidr_block: 10.20.0.0/24, availability_zone: a}
            b-b: {cidr_block: 10.20.1.0/24, availability_zone: b}
            b-c: {cidr_block: 10.20.3.0/24, availability_zone: c}
          security_groups: {sg-b: {ingress: [all from 10.0.0.0/8]}}
          instances:
            b1: {subnet: b, private_ip_address: 10.20.0.5, security_groups: [sg-b]}
            b3: {subnet: b-c, private_ip_address: 10.20.3.5, security_groups: [sg-b]}
    """),
    "peer": yaml.safe_load("""
      vpc_peering_connections: {pcx-1: {requester_vpc: vpc-a, accepter_vpc: vpc-b}}
      vpcs:
        vpc-a: {route_tables: {rt-app: {10.20.0.0/16: pcx-1}}}
        vpc-b: {route_tables: {main: {10.0.0.0/16: pcx-1}}}
    """),
    "hub": yaml.safe_load("""
      transit_gateways: {tgw-1: {}}
      vpcs:
        vpc-a:
          route_tables: {rt-app: {10.20.0.0/16: tgw-1}}
          transit_gateway_attachments: {att-a: {transit_gateway: tgw-1, subnets: [app]}}
          security_groups: {sg-app: {ingress: [tcp 8080 from sg-web, tcp 443 from 10.20.0.0/16]}}
        vpc-b:
          route_tables: {main: {10.0.0.0/16: tgw-1}}
          transit_gateway_attachments: {att-b: {transit_gateway: tgw-1, subnets: [b]}}
    """),
    "site": yaml.safe_load("""
      data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
      on_premises_hosts: {erp: {data_center: hq, ip_address: 192.168.1.5}}
      vpcs:
        vpc-a:
          virtual_private_gateway: vgw-1
          route_tables: {rt-app: {propagating_vgws: [vgw-1]}}
          security_groups: {sg-app: {ingress: [tcp 8080 from sg-web, tcp 443 from 192.168.0.0/16]}}
    """),
    "vpn": yaml.safe_load("""
      customer_gateways: {cgw-1: {data_center: hq}}
      vpn_connections: {vpn-1: {customer_gateway: cgw-1, virtual_private_gateway: vgw-1}}
    """),
    "line": yaml.safe_load("""
      direct_connect_connections: {line: {data_center: hq}}
      virtual_interfaces: {vif-1: {connection: line, virtual_private_gateway: vgw-1}}
    """),
    "dxgw": yaml.safe_load("""
      direct_connect_connections: {line: {data_center: hq}}
      virtual_interfaces: {vif-1: {connection: line, direct_connect_gateway: dxgw}}
      direct_connect_gateways: {dxgw: {associations: {vgw-1: {}}}}
    """),
}
QUESTION = ("answer", "fragments", "ends", "changes", "also", "more")
ACL = "SUBNET_ACL_RESTRICTION"
SG = "ENI_SG_RULES_MISMATCH"


@cache
def network(fragments: str, changes: str) -> Network:
    definition = F1
    for name in fragments.split():
        definition = merged(definition, FRAGMENTS[name])
    for patch in changes.split("---"):
        definition = merged(definition, yaml.safe_load(patch) or {})
    return network_of(definition)


def question(
    name: str,
    answer: Answer,
    fragments: str,
    ends: str,
    changes: str = "",
    *,
    also: tuple[str, ...] = (),
    **more: Any,
) -> Any:
    return pytest.param(answer, fragments, ends, changes, also, more, id=name)


def a(changes: str) -> str:
    """A change of VPC A."""
    return "vpcs: {vpc-a: {" + changes + "}}"


def b(changes: str) -> str:
    return "vpcs: {vpc-b: {" + changes + "}}"


def acl(name: str, subnets: str, ingress: str = "100: allow all from 0.0.0.0/0", egress: str = "") -> str:
    out = egress or "100: allow all to 0.0.0.0/0"
    return f"network_acls: {{{name}: {{subnets: [{subnets}], ingress: {{{ingress}}}, egress: {{{out}}}}}}}"


REMOTE = """
vpcs:
  vpc-a:
    security_groups:
      sg-remote: {}
      sg-db: {ingress: [tcp 5432 from sg-app, tcp 5432 from sg-remote]}
    client_vpn_endpoints:
      remote:
        client_cidr_block: 10.200.0.0/22
        subnets: [app-a]
        security_groups: [sg-remote]
        authorization_rules: {10.0.0.0/16: all}
vpn_clients: {ann: {endpoint: remote, groups: [ops]}}
"""


def remote(changes: str) -> str:
    """A change of the Client VPN endpoint."""
    return REMOTE + "---vpcs: {vpc-a: {client_vpn_endpoints: {remote: {" + changes + "}}}}"


def check_question(
    answer: Answer, fragments: str, ends: str, changes: str, also: tuple[str, ...], more: dict[str, Any]
) -> None:
    """Assert verdict, code, leg and component, and further codes that are true as well."""
    report: FlowReport = ask(network(fragments, changes), ends, **more)
    by = f"{report.component.kind}:{report.component_name}" if report.component else None

    assert answer == Answer(report.verdict, report.reason, report.leg, by), report.text
    told = [c.secondary for c in report.connections if c.reason]
    assert set(also) <= set(told[0] if told else ())
