# ruff: noqa: E501 - one case, one line or two
"""IPv6 on lines to data centers, and private hosts over public virtual interfaces, as AWS's guides answer.

Sources: Site-to-Site VPN User Guide, "IPv4 and IPv6 traffic in AWS Site-to-Site VPN", "How AWS Site-to-Site VPN works"; Direct
Connect User Guide, "Add a BGP peer to a virtual interface", "Public virtual interface prefix advertisement rules".
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from docgen.loader import load_text
from docgen.model.packet import Family
from tests.routing.cases import ALLOWED, Answer, ask, blocked, merged, network_of

SITE = yaml.safe_load("""
version: 1
title: A data center with both families
region: us-east-1
zones: [a, b]
users: {user: {address: 203.0.113.50}}
internet_hosts: {server: {address: 203.0.113.80}}
data_centers: {hq: {cidr_blocks: [192.168.0.0/16, '2001:db8:aaaa::/48']}}
on_premises_hosts:
  erp: {data_center: hq, ip_address: 192.168.1.5, ipv6_address: '2001:db8:aaaa::5'}
  six: {data_center: hq, ip_address: '2001:db8:aaaa::6'}
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    ipv6_cidr_block: 2001:db8:1000::/56
    subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], ipv6_cidr_block: true, route_table: app}}
    route_tables: {app: {}}
    security_groups: {app: {ingress: [tcp 443 from 192.168.0.0/16, 'tcp 443 from 2001:db8:aaaa::/48']}}
    instances: {app: {subnet: app-a, private_ip_address: 10.0.10.10, ipv6_address: true, security_groups: [app]}}
""")
TO_HUB = "vpcs: {one: {route_tables: {app: {192.168.0.0/16: hub, '2001:db8:aaaa::/48': hub}}, transit_gateway_attachments: {att: {transit_gateway: hub, subnets: [app]}}}}"
HUB = f"{{transit_gateways: {{hub: {{}}}}, customer_gateways: {{router: {{data_center: hq}}}}, {TO_HUB}}}"
VPN4 = "{vpn_connections: {four: {customer_gateway: router, transit_gateway: hub}}}"
VPN6 = "{vpn_connections: {six: {customer_gateway: router, transit_gateway: hub, tunnel_inside_ip_version: ipv6}}}"
STATIC6 = "{vpn_connections: {six: {static_routes_only: true}}}"
STATIC = "{transit_gateways: {hub: {transit_gateway_route_tables: {all: {default: true, routes: {'2001:db8:aaaa::/48': %s}}}}}}"
VGW = "{vpcs: {one: {virtual_private_gateway: vgw, route_tables: {app: {propagating_vgws: [vgw]}}}}}"
VGW_VPN = "{customer_gateways: {router: {data_center: hq}}, vpn_connections: {vpn: {customer_gateway: router, virtual_private_gateway: one/vgw}}}"
WRITTEN = "{vpcs: {one: {route_tables: {app: {'2001:db8:aaaa::/48': vgw}}}}}"
LINE = "{direct_connect_connections: {line: {data_center: hq}}, virtual_interfaces: {vif: {connection: line, virtual_private_gateway: one/vgw}}}"
BOTH = "{virtual_interfaces: {vif: {address_families: [ipv4, ipv6]}}}"
ONLY6 = "{virtual_interfaces: {vif: {address_families: [ipv6]}}}"
BY_HAND = "{data_centers: {hq: {routes: {'2001:db8:1000::/56': vif}}}}"
GATEWAY = "{direct_connect_connections: {line: {data_center: hq}}, virtual_interfaces: {vif: {connection: line, direct_connect_gateway: dxgw, address_families: [ipv4, ipv6]}}, direct_connect_gateways: {dxgw: {associations: {one/vgw: {allowed_prefixes: [%s]}}}}}"
TRANSIT = "{direct_connect_connections: {line: {data_center: hq}}, virtual_interfaces: {vif: {type: transit, connection: line, direct_connect_gateway: dxgw, address_families: [ipv4, ipv6]}}, direct_connect_gateways: {dxgw: {associations: {hub: {allowed_prefixes: [10.0.0.0/16%s]}}}}}"

PUBLIC = """
data_centers: {hq: {cidr_blocks: [192.168.0.0/16, 192.0.2.0/24]}, branch: {cidr_blocks: [172.16.0.0/16, 198.18.0.0/24]}}
on_premises_hosts: {proxy: {data_center: hq, ip_address: 192.0.2.9}, kiosk: {data_center: branch, ip_address: 198.18.0.9}}
direct_connect_connections: {line: {data_center: hq}, other-line: {data_center: branch}}
virtual_interfaces: {vif: {type: public, connection: line, announces: [192.0.2.0/24]}, other-vif: {type: public, connection: other-line, announces: [198.18.0.0/24]}}
s3_buckets: {bucket: {}}
vpcs:
  one:
    internet_gateway: igw
    subnets: {pub: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: pub}}
    route_tables: {pub: {0.0.0.0/0: igw}}
    security_groups: {web: {ingress: [tcp 443 from 192.0.2.1/32]}}
    instances: {web: {subnet: pub-a, elastic_ip: 198.51.100.10, security_groups: [web]}}
"""
NAT = "{virtual_interfaces: {vif: {source_nat: 192.0.2.1}}}"
OTHER_NAT = "{virtual_interfaces: {vif: {source_nat: 192.0.3.1}}}"
NO_ROUTE = blocked("DG_L3_NO_ROUTE", "data_center:hq")


def site(name: str, answer: Answer, ends: str, *changes: str, **more: Any) -> Any:
    """One question: changes to `SITE`, in their order."""
    return pytest.param(answer, ends, changes, more, id=name)


@pytest.mark.parametrize(
    ("answer", "ends", "changes", "more"),
    [
        site("a VPN with IPv6 tunnels carries IPv6 to a transit gateway", ALLOWED, "six -> app tcp 443", HUB, VPN6),
        site("and from it", ALLOWED, "app -> six tcp 443", HUB, VPN6),
        site("it carries no IPv4", NO_ROUTE, "erp -> app tcp 443", HUB, VPN6, family=Family.IPV4),
        site("one with IPv4 tunnels carries no IPv6", NO_ROUTE, "six -> app tcp 443", HUB, VPN4),
        site("and announces none of it to the hub", blocked("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "transit_gateway_route_table:hub's default table"), "app -> six tcp 443", HUB, VPN4),
        site("a connection for each family: IPv6", ALLOWED, "erp -> app tcp 443", HUB, VPN4, VPN6, family=Family.IPV6),
        site("a connection for each family: IPv4", ALLOWED, "erp -> app tcp 443", HUB, VPN4, VPN6, family=Family.IPV4),
        site("a static IPv6 route of the hub to IPv4 tunnels", blocked("DG_ADDRESS_FAMILY_MISMATCH", "vpn_connection:four"), "app -> six tcp 443", HUB, VPN4, STATIC % "four"),
        site("and to IPv6 tunnels without BGP", ALLOWED, "app -> six tcp 443", HUB, VPN6, STATIC6, STATIC % "six"),
        site("a virtual private gateway carries no IPv6 over VPN", NO_ROUTE, "six -> app tcp 443", VGW, VGW_VPN),
        site("nor does a route that somebody wrote", blocked("DG_VGW_UNKNOWN_PREFIX", "virtual_private_gateway:vgw"), "app -> six tcp 443", VGW, VGW_VPN, WRITTEN),
        site("a virtual interface has an IPv4 peer unless somebody says more", NO_ROUTE, "six -> app tcp 443", VGW, LINE),
        site("with an IPv6 peer it carries IPv6", ALLOWED, "six -> app tcp 443", VGW, LINE, BOTH),
        site("and answers", ALLOWED, "app -> six tcp 443", VGW, LINE, BOTH),
        site("and IPv4 as before", ALLOWED, "erp -> app tcp 443", VGW, LINE, BOTH),
        site("with nothing but an IPv6 peer no IPv4", NO_ROUTE, "erp -> app tcp 443", VGW, LINE, ONLY6, family=Family.IPV4),
        site("a route of the data center to a line without the peer", blocked("DG_ADDRESS_FAMILY_MISMATCH", "virtual_interface:vif"), "six -> app tcp 443", VGW, LINE, BY_HAND),
        site("VPN is no back-up for IPv6 at a virtual private gateway", blocked("BAD_STATE", "virtual_interface:vif"), "six -> app tcp 443", VGW, VGW_VPN, LINE, BOTH, outage="vif"),
        site("but for IPv4", ALLOWED, "erp -> app tcp 443", VGW, VGW_VPN, LINE, BOTH, outage="vif", family=Family.IPV4),
        site("allowed prefixes as wide as the VPC's IPv6 block", ALLOWED, "six -> app tcp 443", VGW, GATEWAY % "10.0.0.0/16, '2001:db8:1000::/56'"),
        site("allowed prefixes of IPv4 only", blocked("DG_DX_PREFIX_NOT_ALLOWED", "data_center:hq"), "six -> app tcp 443", VGW, GATEWAY % "10.0.0.0/16"),
        site("a transit virtual interface with IPv6 prefixes", ALLOWED, "six -> app tcp 443", HUB, TRANSIT % ", '2001:db8:1000::/56'"),
        site("and without", blocked("DG_DX_PREFIX_NOT_ALLOWED", "data_center:hq"), "six -> app tcp 443", HUB, TRANSIT % ""),
        site("a router that translates private hosts lets them call S3", ALLOWED, "erp -> bucket tcp 443", PUBLIC, NAT),
        site("and public addresses of instances, which see the router's", ALLOWED, "erp -> 198.51.100.10 tcp 443", PUBLIC, NAT),
        site("a name there is a public address", ALLOWED, "erp -> web tcp 443", PUBLIC, NAT),
        site("who has a public address of its own keeps it", blocked("ENI_SG_RULES_MISMATCH", "instance:web"), "proxy -> web tcp 443", PUBLIC, NAT),
        site("nobody calls the router's address", blocked("DG_NAT_UNSOLICITED_INBOUND", "data_center:hq"), "web -> 192.0.2.1 tcp 443", PUBLIC, NAT),
        site("an address that it does not announce is no source", blocked("GATEWAY_REJECTS_SPOOFED_TRAFFIC", "virtual_interface:vif"), "erp -> bucket tcp 443", PUBLIC, OTHER_NAT),
        site("not to the internet", NO_ROUTE, "erp -> server tcp 443", PUBLIC, NAT),
        site("not to another customer's addresses", NO_ROUTE, "proxy -> kiosk tcp 443", PUBLIC),
        site("how the internet gets to the data center is not said", Answer("unknown", "UNKNOWN_DESTINATION", "forward", "data_center:hq"), "user -> 192.0.2.1 tcp 443", PUBLIC, NAT),
        site("without the line nobody gets out", blocked("DG_L3_NO_ROUTE", "data_center:hq"), "erp -> bucket tcp 443", PUBLIC, NAT, outage="vif"),
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


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("a virtual private gateway carries no IPv6 over VPN", (VGW, VGW_VPN, "{vpn_connections: {vpn: {tunnel_inside_ip_version: ipv6}}}")),
        ("'six' carries IPv6 only, and 10.9.0.0/16 is IPv4", (HUB, VPN6, "{vpn_connections: {six: {announces: [10.9.0.0/16]}}}")),
        ("'vif' carries IPv4 only, and 2001:db8:aaaa::/48 is IPv6", (VGW, LINE, "{virtual_interfaces: {vif: {announces: ['2001:db8:aaaa::/48']}}}")),
        ("a virtual interface has a BGP peer", (VGW, LINE, "{virtual_interfaces: {vif: {address_families: []}}}")),
        ("only what leaves over a public virtual interface is translated", (VGW, LINE, "{virtual_interfaces: {vif: {source_nat: 192.0.2.1}}}")),
        ("192.168.1.1 is private: AWS takes public addresses there", (PUBLIC, "{virtual_interfaces: {vif: {source_nat: 192.168.1.1}}}")),
        ("on-premises host 'six' has two IPv6 addresses", ("{on_premises_hosts: {six: {ipv6_address: '2001:db8:aaaa::7'}}}",)),
    ],
)  # fmt: skip
def test_what_aws_refuses(said: str, changes: tuple[str, ...]) -> None:
    """A definition of what cannot be made says so at its place."""
    definition = SITE
    for change in changes:
        definition = merged(definition, yaml.safe_load(change))
    loaded = load_text(yaml.safe_dump(definition, sort_keys=False).encode(), "architecture.yaml")
    assert [d.text for d in loaded.diagnostics if d.severity == "error"] == [said]
