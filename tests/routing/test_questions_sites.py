# ruff: noqa: E501 - one case, one line or two
"""Further questions on networks on premises, with the answers that AWS's guides give.

Sources: Site-to-Site VPN, "Route priority"; Transit Gateway, "Site-to-Site VPN attachments"; Direct Connect, "Routing
policies", "Direct Connect gateways"; Amazon VPC, "Gateway route tables".
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.routing.cases import ALLOWED, Answer, ask, blocked, merged, network_of

SITE = yaml.safe_load("""
version: 1
title: A data center with a VPN to a VPC
region: us-east-1
zones: [a, b]
users: {user: {address: 203.0.113.50}}
internet_hosts: {server: {address: 203.0.113.80}}
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
on_premises_hosts: {erp: {data_center: hq, ip_address: 192.168.1.5}}
customer_gateways: {router: {data_center: hq}}
direct_connect_connections: {line: {data_center: hq}}
vpn_connections: {vpn: {customer_gateway: router, virtual_private_gateway: one/vgw}}
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    virtual_private_gateway: vgw
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}
      pub: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: pub}
    route_tables: {app: {propagating_vgws: [vgw]}, pub: {0.0.0.0/0: igw}}
    security_groups: {app: {ingress: [tcp 443 from 192.168.0.0/16]}, web: {ingress: [tcp 443 from 0.0.0.0/0]}}
    instances:
      app: {subnet: app-a, private_ip_address: 10.0.10.10, security_groups: [app]}
      web: {subnet: pub-a, private_ip_address: 10.0.0.10, elastic_ip: 198.51.100.10, security_groups: [web]}
""")
NO_VPN = "{vpn_connections: null, customer_gateways: null}"
PUBLIC_LINE = (
    "{virtual_interfaces: {vif: {type: public, connection: line}}, s3_buckets: {bucket: {}},"
    " data_centers: {hq: {cidr_blocks: [192.168.0.0/16, 192.0.2.0/24]}},"
    " on_premises_hosts: {proxy: {data_center: hq, ip_address: 192.0.2.9}}}"
)
PRIVATE_ONLY = "{virtual_interfaces: {vif: {type: public, connection: line}}, s3_buckets: {bucket: {}}}"
AT_HUB = (
    "{transit_gateways: {hub: {}}, vpn_connections: {vpn: {virtual_private_gateway: null, transit_gateway: hub}},"
    " vpcs: {one: {virtual_private_gateway: null, route_tables: {app: {propagating_vgws: null, 192.168.0.0/16: hub}},"
    " transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}}}}"
)
STATIC_AT_HUB = "{vpn_connections: {vpn: {static_routes_only: true}}}"
HUB_ROUTE = (
    "{transit_gateways: {hub: {transit_gateway_route_tables: {all: {default: true, routes: {192.168.0.0/16: vpn}}}}}}"
)
TWO_REGIONS = (
    "{vpn_connections: null, customer_gateways: null, vpcs: null,"
    " direct_connect_gateways: {global: {associations: {east: {allowed_prefixes: [10.1.0.0/16]}, west: {allowed_prefixes: [10.2.0.0/16]}}}},"
    " virtual_interfaces: {transit: {type: transit, connection: line, direct_connect_gateway: global}},"
    " regions: {us-east-1: {transit_gateways: {east: {}}, vpcs: {one: {cidr_block: 10.1.0.0/16, SPOKE east}}},"
    " us-west-2: {transit_gateways: {west: {}}, vpcs: {two: {cidr_block: 10.2.0.0/16, SPOKE west}}}}}"
)
for _name, _id in (("east", "first"), ("west", "second")):
    TWO_REGIONS = TWO_REGIONS.replace(
        f"SPOKE {_name}",
        f"subnets: {{s: {{cidr_blocks: [+0.0.0.0/24, +0.0.1.0/24], route_table: r}}}}, route_tables: {{r: {{0.0.0.0/0: {_name}}}}},"
        f" security_groups: {{o: {{ingress: [all from 0.0.0.0/0]}}}}, instances: {{{_id}: {{subnet: s-a, security_groups: [o]}}}},"
        f" transit_gateway_attachments: {{to-{_name}: {{transit_gateway: {_name}, subnets: [s]}}}}",
    )
EDGE_TABLE = (
    "{vpcs: {one: {subnets: {fw: {cidr_block: 10.0.50.0/24, availability_zone: a, route_table: fw}},"
    " security_groups: {fw: {ingress: [all from 0.0.0.0/0]}}, instances: {fw: {subnet: fw, source_dest_check: false, security_groups: [fw], forwards: unchanged}},"
    " route_tables: {edge: {gateways: [vgw], routes: [{destination_cidr_block: 10.0.10.0/24, target: fw}]}, fw: {propagating_vgws: [vgw]}}}}}"
)
BACK_BY_IT = "{vpcs: {one: {route_tables: {app: {192.168.0.0/16: fw}}}}}"
NOT_SAID = Answer("unknown", "UNKNOWN_DESTINATION", "forward", "data_center:hq")


def site(name: str, answer: Answer, ends: str, *changes: str, **more: Any) -> Any:
    """One question: changes to `SITE`, in their order."""
    return pytest.param(answer, ends, changes, more, id=name)


@pytest.mark.parametrize(
    ("answer", "ends", "changes", "more"),
    [
        site("a written route to a transit gateway hides the propagated one", blocked("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "transit_gateway_route_table:hub's default table"), "app -> erp tcp 443",
             "{transit_gateways: {hub: {}}, vpcs: {one: {route_tables: {app: {192.168.0.0/16: hub}}, transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}}}}"),
        site("a wide block on premises ends where AWS announces a longer one", ALLOWED, "app -> erp tcp 443",
             "{data_centers: {hq: {cidr_blocks: [10.0.0.0/8]}}, on_premises_hosts: {erp: {ip_address: 10.9.0.5}}}"),
        site("in the VPC's own block nothing on premises is reached", blocked("NO_POSSIBLE_DESTINATION", "vpc:one"), "app -> erp tcp 443",
             "{data_centers: {hq: {cidr_blocks: [10.0.0.0/8]}}, on_premises_hosts: {erp: {ip_address: 10.0.50.5}}}"),
        site("a default route to the data center, which does not say where that goes", NOT_SAID, "app -> server tcp 443", "{vpn_connections: {vpn: {announces: [0.0.0.0/0]}}}"),
        site("the internet gateway before it, where both are in a table", ALLOWED, "web -> server tcp 443",
             "{vpn_connections: {vpn: {announces: [0.0.0.0/0]}}, vpcs: {one: {route_tables: {pub: {propagating_vgws: [vgw]}}}}}"),
        site("an answer by it to a request that came by the internet gateway", blocked("DG_RETURN_PATH_ASYMMETRIC", "data_center:hq", "return"), "user -> web tcp 443",
             "{vpn_connections: {vpn: {announces: [0.0.0.0/0]}}, vpcs: {one: {route_tables: {pub: {0.0.0.0/0: null, propagating_vgws: [vgw]}}}}}"),
        site("answers of a subnet without propagation meet the internet gateway", blocked("IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS", "internet_gateway:igw", "return"), "erp -> 10.0.0.10 tcp 443"),
        site("a transit gateway learns nothing of a VPN without BGP", blocked("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "transit_gateway_route_table:hub's default table"), "app -> erp tcp 443", AT_HUB, STATIC_AT_HUB),
        site("and neither does an answer find it", blocked("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "transit_gateway_route_table:hub's default table", "return"), "erp -> app tcp 443", AT_HUB, STATIC_AT_HUB),
        site("with a static route of the transit gateway it is reached", ALLOWED, "app -> erp tcp 443", AT_HUB, STATIC_AT_HUB, HUB_ROUTE),
        site("a public virtual interface leads to S3", ALLOWED, "proxy -> bucket tcp 443", NO_VPN, PUBLIC_LINE),
        site("and to public addresses of instances", ALLOWED, "proxy -> 198.51.100.10 tcp 443", NO_VPN, PUBLIC_LINE),
        site("which answer by the internet gateway's route", blocked("NO_ROUTE_TO_DESTINATION", "route_table:pub", "return"), "proxy -> 198.51.100.10 tcp 443", NO_VPN, PUBLIC_LINE,
             "{vpcs: {one: {route_tables: {pub: {0.0.0.0/0: null}}}}}"),
        site("not to the internet", blocked("DG_L3_NO_ROUTE", "data_center:hq"), "proxy -> server tcp 443", NO_VPN, PUBLIC_LINE),
        site("not to private addresses", blocked("DG_L3_NO_ROUTE", "data_center:hq"), "proxy -> app tcp 443", NO_VPN, PUBLIC_LINE),
        site("it takes nothing from a private address", blocked("GATEWAY_REJECTS_SPOOFED_TRAFFIC", "virtual_interface:vif"), "erp -> bucket tcp 443", NO_VPN, PRIVATE_ONLY),
        site("whether the router translates it to a public one is not said", Answer("unknown", "UNKNOWN_DESTINATION", "forward", "virtual_interface:vif"), "erp -> bucket tcp 443", NO_VPN, PUBLIC_LINE),
        site("two transit gateways behind one Direct Connect gateway are not joined", blocked("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "transit_gateway_route_table:east's default table"), "first -> second tcp 443", TWO_REGIONS),
        site("both are reached from on premises", ALLOWED, "erp -> second tcp 443", TWO_REGIONS),
        site("the route table of a virtual private gateway leads to an appliance", ALLOWED, "erp -> app tcp 443", EDGE_TABLE, BACK_BY_IT),
        site("which must see the answers too", blocked("DG_RETURN_PATH_ASYMMETRIC", "instance:fw", "return"), "erp -> app tcp 443", EDGE_TABLE),
        site("and whose groups count", blocked("ENI_SG_RULES_MISMATCH", "instance:fw"), "erp -> app tcp 443", EDGE_TABLE, BACK_BY_IT,
             "{vpcs: {one: {security_groups: {fw: {ingress: [tcp 80 from 0.0.0.0/0]}}}}}"),
    ],
)  # fmt: skip
def test_question(answer: Answer, ends: str, changes: tuple[str, ...], more: dict[str, Any]) -> None:
    """Verdict, code, leg and the component that decides."""
    definition = SITE
    for change in changes:
        definition = merged(definition, yaml.safe_load(change))
    report = ask(network_of(definition), ends, **more)
    by = None if report.component is None or answer.by is None else f"{report.component.kind}:{report.component_name}"
    assert answer == Answer(report.verdict, report.reason, report.leg, by), report.text
