"""The smallest change where networks are joined: transit gateways, peering, VPN, Direct Connect, Client VPN."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from docgen.analysis.invariants import broken_invariants
from docgen.analysis.remedies import with_smallest_change
from docgen.analysis.remedies.search import smallest_change
from docgen.model.architecture import Flow
from docgen.model.component import Ref
from docgen.model.packet import Protocol
from docgen.model.trace import Verdict
from docgen.routing import trace
from tests.routing.cases import network_of
from tests.routing.worked import a, b, network, remote

BLOCK = "vpc_block_public_access: {mode: block-bidirectional}\n"
TABLE = "transit_gateway_route_tables: {all: {transit_gateway: tgw-1, associations: [att-a, att-b] MORE}}"
DXGW = "direct_connect_gateways: {dxgw: {associations: {vgw-1: {allowed_prefixes: [10.9.0.0/16]}}}}"


def flow(ends: str) -> Flow:
    source, _, destination, protocol, *port = ends.split()
    return Flow(
        id="f",
        source=Ref(source),
        destination=Ref(destination),
        protocol=Protocol(protocol),
        port=int(port[0]) if port else 0,
    )


@pytest.mark.parametrize(
    ("edits", "fragments", "ends", "changes"),
    [
        pytest.param(
            ["add subnet app-a (us-east-1a) to the subnets of att-a"],
            "b hub",
            "app1 -> b1 tcp 443",
            a("transit_gateway_attachments: {att-a: {subnets: [app-b]}}"),
            id="a zone for an attachment",
        ),
        pytest.param(
            [
                "add the route `10.20.0.5/32: att-b` to route table all",
                "add the route `10.0.10.10/32: att-a` to route table all",
            ],
            "b hub",
            "app1 -> b1 tcp 443",
            TABLE.replace("MORE", ""),
            id="routes of a transit gateway, there and back",
        ),
        pytest.param(
            ["add the route `10.20.0.5/32: att-b` to route table all"],
            "b hub",
            "app1 -> b1 tcp 443",
            TABLE.replace("MORE", ", propagations: [att-a]"),
            id="a narrow route rather than all that an attachment propagates",
        ),
        pytest.param(
            ["remove the blackhole route `10.20.0.0/16` from route table all"],
            "b hub",
            "app1 -> b1 tcp 443",
            TABLE.replace("MORE", ", propagations: [att-a, att-b], routes: {10.20.0.0/16: blackhole}"),
            id="a blackhole",
        ),
        pytest.param(
            ["let attachments of tgw-1 use its default table (`default_route_table_association: true`)"],
            "b hub",
            "app1 -> b1 tcp 443",
            "transit_gateways: {tgw-1: {default_route_table_association: false}}",
            id="no association",
        ),
        pytest.param(
            ["set `security_group_referencing_support: true` on tgw-1"],
            "b hub",
            "app1 -> b1 tcp 443",
            b("security_groups: {sg-b: {ingress: [tcp 443 from vpc-a/sg-app]}}"),
            id="groups across a transit gateway",
        ),
        pytest.param(
            ["bring pcx-1 from `pending-acceptance` to `active`"],
            "b peer",
            "app1 -> b1 tcp 443",
            "vpc_peering_connections: {pcx-1: {status: pending-acceptance}}",
            id="a peering connection to accept",
        ),
        pytest.param(
            ["add the route `10.0.10.10/32: pcx-1` to route table main"],
            "b peer",
            "app1 -> b1 tcp 443",
            b("route_tables: {main: {10.0.0.0/16: null}}"),
            id="a way back",
        ),
        pytest.param(
            ["add the route `192.168.1.5/32: vgw-1` to route table rt-main"],
            "site vpn",
            "db1 -> erp tcp 443",
            "",
            id="a narrow route rather than all that a virtual private gateway propagates",
        ),
        pytest.param(
            ["add 10.0.0.0/16 to the allowed prefixes of dxgw for vgw-1"],
            "site dxgw",
            "erp -> app1 tcp 443",
            DXGW,
            id="an allowed prefix as wide as the VPC",
        ),
        pytest.param(
            ["add the authorization rule `10.0.20.10/32: ops` to remote"],
            "",
            "ann -> db1 tcp 5432",
            remote("authorization_rules: {10.0.0.0/16: null}"),
            id="authorization for one's own group",
        ),
        pytest.param(
            ["add the route `10.20.0.5/32` by app-a to remote"],
            "b peer",
            "ann -> b1 tcp 443",
            remote("authorization_rules: {0.0.0.0/0: all}"),
            id="a route of a Client VPN endpoint",
        ),
        pytest.param(
            ["associate subnet app-a with remote"],
            "",
            "ann -> db1 tcp 5432",
            remote("subnets: []"),
            id="an associated subnet",
        ),
        pytest.param(
            ["exclude subnet pub-a (`allow-bidirectional`) from VPC Block Public Access"],
            "",
            "user -> web1 tcp 443",
            BLOCK,
            id="an exclusion for what comes in",
        ),
        pytest.param(
            ["exclude subnet pub-a (`allow-egress`) from VPC Block Public Access"],
            "",
            "app1 -> server tcp 443",
            BLOCK,
            id="an exclusion for what a NAT gateway lets out",
        ),
        pytest.param(
            ["put nat-a into subnet pub-a"],
            "",
            "app1 -> server tcp 443",
            a("nat_gateways: {nat-a: {subnet: app-b, private_ip_address: null}}"),
            id="a NAT gateway in the wrong subnet",
        ),
    ],
)
def test_the_smallest_change(edits: list[str], fragments: str, ends: str, changes: str) -> None:
    """The edits in words; each answer is proven by tracing again."""
    before, asked = network(fragments, changes), flow(ends)
    report = trace(before, asked)
    found = smallest_change(before, asked, report)

    assert report.verdict is Verdict.BLOCKED
    assert found is not None
    assert edits == [edit.text for edit in found.edits]


@pytest.mark.parametrize(
    ("says", "fragments", "ends", "changes"),
    [
        pytest.param("a NAT gateway takes no connections", "", "user -> 198.51.100.9 tcp 443", "", id="NAT gateway"),
        pytest.param(
            "nothing leads through a virtual private gateway",
            "site vpn",
            "erp -> server tcp 443",
            "data_centers: {hq: {routes: {0.0.0.0/0: vpn-1}}}",
            id="virtual private gateway",
        ),
        pytest.param(
            "docgen knows none for NO_POSSIBLE_DESTINATION", "", "app1 -> 10.0.10.99 tcp 443", "", id="nobody"
        ),
    ],
)
def test_where_nothing_helps_the_answer_says_why(says: str, fragments: str, ends: str, changes: str) -> None:
    """Plainly, and without an edit."""
    before, asked = network(fragments, changes), flow(ends)
    found: Any = with_smallest_change(before, asked, trace(before, asked), broken_invariants).smallest_change

    assert found.edits == ()
    assert found.forbidden_by == ""
    assert found.text.startswith("No small edit of the definition opens it: ")
    assert says in found.text


def test_a_client_that_may_go_nowhere_is_let_in_by_rules_of_its_group() -> None:
    """The narrowest rule is proposed, not one for everybody."""
    before, asked = network("", remote("authorization_rules: {10.0.0.0/16: null}")), flow("ann -> db1 tcp 5432")
    found = smallest_change(before, asked, trace(before, asked))

    assert found is not None
    assert ": all" not in found.text


IPV6 = """
version: 1
title: An IPv6-only subnet beside a dual-stack one
region: us-east-1
zones: [a]
internet_hosts: {six: {ipv6_address: "2606:4700::1111"}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    ipv6_cidr_block: 2001:db8:1000::/56
    internet_gateway: igw
    subnets:
      old: {cidr_block: 10.0.0.0/24, ipv6_cidr_block: "2001:db8:1000:1::/64", route_table: t}
      new: {ipv6_native: true, ipv6_cidr_block: "2001:db8:1000:2::/64", route_table: t}
    route_tables: {t: {}}
    security_groups: {all: {ingress: ["tcp 443 from ::/0"]}}
    instances:
      old: {subnet: old, ipv6_address: true, security_groups: [all]}
      new: {subnet: new, security_groups: [all]}
"""


@pytest.mark.parametrize("host", ["old", "new"])
def test_a_route_that_an_ipv6_answer_lacks(host: str) -> None:
    """Blocks are of the family of the packet, also where a subnet has but one."""
    before, asked = network_of(yaml.safe_load(IPV6)), flow(f"six -> {host} tcp 443")
    found = smallest_change(before, asked, trace(before, asked))

    assert found is not None
    assert ["add the route `::/0: igw` to route table t"] == [edit.text for edit in found.edits]


HUBS = """
version: 1
title: A site without BGP at a transit gateway
region: us-east-1
zones: [a]
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
on_premises_hosts: {erp: {data_center: hq, ip_address: 192.168.1.5}}
customer_gateways: {router: {data_center: hq}}
vpn_connections: {vpn: {customer_gateway: router, transit_gateway: hub, static_routes_only: true}}
transit_gateways: {hub: {}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.0.0/24, route_table: app}}
    route_tables: {app: {192.168.0.0/16: hub}}
    instances: {app: {subnet: app}}
    transit_gateway_attachments: {att: {transit_gateway: hub, subnets: [app]}}
"""
REGIONS = """
version: 1
title: A consumer in another Region
zones: [a]
regions:
  eu-west-1:
    vpcs:
      consumer:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        security_groups: {ep: {ingress: [tcp 443 from app]}, app: {}}
        instances: {app: {subnet: app, security_groups: [app]}}
        vpc_endpoints: {ep: {endpoint_service: provider/svc, subnets: [app], security_groups: [ep]}}
  us-east-1:
    vpcs:
      provider:
        cidr_block: 10.0.0.0/16
        subnets: {edge: {cidr_block: 10.0.10.0/24}}
        load_balancers: {nlb: {type: network, scheme: internal, subnets: [edge], listeners: {443: {api: 443}}}}
        security_groups: {api: {ingress: [tcp 443 from 10.0.0.0/16]}}
        instances: {api: {subnet: edge, security_groups: [api]}}
        vpc_endpoint_services: {svc: {network_load_balancers: [nlb]}}
"""
NODES = """
version: 1
title: A load balancer with one node in a private subnet
region: us-east-1
zones: [a, b]
users: {user: {}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      pub: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: pub}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}
    route_tables: {pub: {0.0.0.0/0: igw}, app: ROUTES}
    nat_gateways: {nat: {subnet: pub-a}}
    security_groups: {web: {ingress: [tcp 443 from 0.0.0.0/0]}, app: {ingress: [tcp 8080 from web]}}
    load_balancers: {edge: {subnets: [pub-a, app-b], security_groups: [web], listeners: {443: {app: 8080}}}}
    instances: {app: {subnet: app, security_groups: [app]}}
"""


@pytest.mark.parametrize(
    ("edit", "ends", "definition"),
    [
        pytest.param(
            "add the route `192.168.1.5/32: vpn` to the default route table of hub",
            "app -> erp tcp 443",
            HUBS,
            id="a route in the default table, which nobody wrote",
        ),
        pytest.param(
            "add eu-west-1 to `supported_regions` of svc",
            "app -> ep tcp 443",
            REGIONS,
            id="a service for one more Region",
        ),
        pytest.param(
            "put edge into subnet pub-b instead of app-b",
            "user -> edge tcp 443",
            NODES.replace("ROUTES", "{0.0.0.0/0: nat}"),
            id="a node whose answers go to the NAT gateway",
        ),
        pytest.param(
            "put edge into subnet pub-b instead of app-b",
            "user -> edge tcp 443",
            NODES.replace("ROUTES", "{}"),
            id="a node whose answers have no way",
        ),
    ],
)
def test_one_edit_of_a_whole_design(edit: str, ends: str, definition: str) -> None:
    """What an engineer would do, and nothing besides."""
    before, asked = network_of(yaml.safe_load(definition)), flow(ends)
    found = smallest_change(before, asked, trace(before, asked))

    assert found is not None
    assert [edit] == [e.text for e in found.edits]
