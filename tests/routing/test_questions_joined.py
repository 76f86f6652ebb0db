# ruff: noqa: E501 - one case, one line or two
"""Further questions on VPCs that are joined, with the answers that AWS's guides give.

Sources: How AWS Transit Gateway works; VPC attachments; NAT gateway use cases ("overlapping networks"); DNS64 and NAT64;
VPC peering configurations with specific routes; Share your services through AWS PrivateLink.
"""

from __future__ import annotations

import pytest
import yaml

from tests.routing.cases import ALLOWED, Answer, ask, blocked, merged, network_of

TWO = yaml.safe_load("""
version: 1
title: Two VPCs
region: us-east-1
zones: [a, b]
users: {user: {address: 203.0.113.50}}
internet_hosts: {server: {address: 203.0.113.80, dns_names: [server.example]}}
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}}
    route_tables: {app: {10.1.0.0/16: way}}
    security_groups: {app: {ingress: [tcp 443 from 10.0.0.0/8]}}
    instances: {app: {subnet: app-a, private_ip_address: 10.0.10.10, security_groups: [app]}}
  two:
    cidr_block: 10.1.0.0/16
    subnets: {db: {cidr_blocks: [10.1.20.0/24, 10.1.21.0/24], route_table: db}}
    route_tables: {db: {10.0.0.0/16: way}}
    security_groups: {db: {ingress: [tcp 5432 from 10.0.0.0/16]}}
    instances: {db: {subnet: db-a, private_ip_address: 10.1.20.10, security_groups: [db]}}
""")
PEERED = "vpc_peering_connections: {way: {requester_vpc: one, accepter_vpc: two}}"
ATTACHED = "vpcs: {one: {transit_gateway_attachments: {att-1: {transit_gateway: way, subnets: [app]}}}, two: {transit_gateway_attachments: {att-2: {transit_gateway: way, subnets: [db]}}}}"
HUB = f"{{transit_gateways: {{way: {{}}}}, {ATTACHED}}}"
ISOLATED = "{transit_gateways: {way: {default_route_table_association: false, default_route_table_propagation: false, transit_gateway_route_tables: {%s}}}}"
CENTRAL = """
vpcs:
  one: {route_tables: {app: {0.0.0.0/0: way, 10.1.0.0/16: null}}}
  two: {route_tables: {db: {0.0.0.0/0: way, 10.0.0.0/16: null}}, security_groups: {db: {ingress: [tcp 5432 from 10.0.0.0/8]}}}
  egress:
    cidr_block: 10.99.0.0/16
    internet_gateway: igw
    subnets: {pub: {cidr_blocks: [10.99.0.0/24, 10.99.1.0/24], route_table: pub}, att: {cidr_blocks: [10.99.2.0/28, 10.99.2.16/28], route_table: att}}
    nat_gateways: {nat: {subnet: pub}}
    route_tables: {pub: {0.0.0.0/0: igw, 10.0.0.0/8: way}, att: {0.0.0.0/0: nat}}
    transit_gateway_attachments: {out: {transit_gateway: way, subnets: [att]}}
"""
SPOKES = (
    ISOLATED
    % "spokes: {associations: [one, two], routes: {0.0.0.0/0: egress, MORE}}, back: {associations: [egress], propagations: [one, two]}"
)
NARROW_BACK = CENTRAL.replace("10.0.0.0/8: way}", "10.0.0.0/15: way}")
SECOND_BLOCK = "vpcs: {%s: {cidr_block: null, cidr_blocks: [10.%d.0.0/16, 100.64.0.0/16], subnets: {more: {cidr_block: 100.64.0.0/24, availability_zone: a, route_table: %s}}, instances: {more: {subnet: more, private_ip_address: 100.64.0.10, security_groups: [%s]}}}}"
BEHIND_SECOND = SECOND_BLOCK % ("two", 1, "db", "db")
FROM_SECOND = SECOND_BLOCK % ("one", 0, "app", "app")
OTHER_HUB = "{transit_gateways: {far: {}}, transit_gateway_peering_attachments: {link: {transit_gateway: way, peer_transit_gateway: far}}, vpcs: {two: {transit_gateway_attachments: {att-2: {transit_gateway: far}}, route_tables: {db: {10.0.0.0/16: far}}}}}"
THERE = "{transit_gateways: {way: {transit_gateway_route_tables: {t: {default: true, routes: {10.1.0.0/16: link}}}}}}"
BACK = "{transit_gateways: {far: {transit_gateway_route_tables: {t2: {default: true, routes: {10.0.0.0/16: link}}}}}}"
IPV6 = """
vpcs:
  one: {ipv6_cidr_block: '2001:db8:1000::/56', subnets: {app: {ipv6_cidr_blocks: ['2001:db8:1000:1::/64', '2001:db8:1000:2::/64']}}, route_tables: {app: {'2001:db8:2000::/56': way}}, instances: {app: {ipv6_address: true}}}
  two: {ipv6_cidr_block: '2001:db8:2000::/56', subnets: {db: {ipv6_cidr_blocks: ['2001:db8:2000:1::/64', '2001:db8:2000:2::/64']}}, route_tables: {db: {'2001:db8:1000::/56': way}}, instances: {db: {ipv6_address: true}}, security_groups: {db: {ingress: ['tcp 5432 from 2001:db8:1000::/56']}}}
"""
OVERLAP = """
transit_gateways: {way: {default_route_table_association: false, default_route_table_propagation: false, transit_gateway_route_tables: {t: {associations: [one, two], routes: {100.64.0.0/24: one, 100.64.1.0/24: two}}}}}
vpcs:
  one:
    cidr_block: null
    cidr_blocks: [10.0.0.0/16, 100.64.0.0/24]
    subnets: {nat: {cidr_block: 100.64.0.0/26, availability_zone: a, route_table: nat}}
    route_tables: {app: {10.1.0.0/16: null, 100.64.1.0/24: nat}, nat: {100.64.1.0/24: way}}
    nat_gateways: {nat: {subnet: nat, connectivity_type: private}}
    transit_gateway_attachments: {att-1: {transit_gateway: way, subnets: [nat]}}
  two:
    cidr_block: null
    cidr_blocks: [10.0.0.0/16, 100.64.1.0/24]
    subnets: {db: null, web: {cidr_block: 100.64.1.0/26, availability_zone: a, route_table: db}}
    route_tables: {db: {10.0.0.0/16: null, 100.64.0.0/24: way}}
    security_groups: {db: null, web: {ingress: [tcp 443 from 100.64.0.0/24]}}
    instances: {db: null, web: {subnet: web, security_groups: [web]}}
    transit_gateway_attachments: {att-2: {transit_gateway: way, subnets: [web]}}
"""
NAT64 = """
transit_gateways: {way: {default_route_table_association: false, default_route_table_propagation: false, transit_gateway_route_tables: {t: {associations: [one], routes: {'64:ff9b::/96': two}}, b: {associations: [two], propagations: [one]}}}}
vpcs:
  one:
    ipv6_cidr_block: 2001:db8:1000::/56
    subnets: {new: {ipv6_native: true, ipv6_cidr_block: '2001:db8:1000:1::/64', availability_zone: a, enable_dns64: true, route_table: new}, app: {ipv6_cidr_blocks: ['2001:db8:1000:2::/64', '2001:db8:1000:3::/64']}}
    route_tables: {new: {'64:ff9b::/96': way}}
    instances: {new: {subnet: new}}
    transit_gateway_attachments: {att-1: {transit_gateway: way, subnets: [app-a]}}
  two:
    ipv6_cidr_block: 2001:db8:2000::/56
    internet_gateway: igw
    subnets: {db: {ipv6_cidr_blocks: ['2001:db8:2000:2::/64', '2001:db8:2000:3::/64']}, pub: {cidr_block: 10.1.0.0/24, ipv6_cidr_block: '2001:db8:2000:1::/64', availability_zone: a, route_table: pub}}
    route_tables: {db: {'64:ff9b::/96': nat}, pub: {0.0.0.0/0: igw, '2001:db8:1000::/56': way}}
    nat_gateways: {nat: {subnet: pub}}
    transit_gateway_attachments: {att-2: {transit_gateway: way, subnets: [db-a]}}
"""
NO_WAY_BACK = NAT64.replace(", '2001:db8:1000::/56': way}", "}")
FIREWALL = """
transit_gateways: {way: {security_group_referencing_support: true, default_route_table_association: false, default_route_table_propagation: false,
  transit_gateway_route_tables: {before: {associations: [one, two], routes: {0.0.0.0/0: inspect}}, after: {associations: [inspect], propagations: [one, two]}}}}
vpcs:
  two: {security_groups: {db: {ingress: [tcp 5432 from one/app]}}}
  inspect:
    cidr_block: 10.2.0.0/16
    subnets: {att: {cidr_blocks: [10.2.0.0/28, 10.2.0.16/28], route_table: att}, fw: {cidr_block: 10.2.1.0/24, availability_zone: a, route_table: fw}}
    route_tables: {att: {0.0.0.0/0: fw}, fw: {10.0.0.0/8: way}}
    security_groups: {fw: {ingress: [all from 10.0.0.0/8]}}
    instances: {fw: {subnet: fw, source_dest_check: false, forwards: unchanged, security_groups: [fw]}}
    transit_gateway_attachments: {in: {transit_gateway: way, subnets: [att], appliance_mode_support: true}}
"""
DETOUR = """
vpcs:
  two:
    subnets: {att: {cidr_blocks: [10.1.99.0/28, 10.1.99.16/28], route_table: att}}
    route_tables: {att: {10.1.20.0/24: fw}}
    transit_gateway_attachments: {att-2: {subnets: [att]}}
    instances: {fw: {subnet: db-b, source_dest_check: false, forwards: unchanged, security_groups: [fw]}}
    security_groups: {fw: {ingress: [tcp 443 from 10.0.0.0/16]}}
"""
SAME_BLOCK = """
vpc_peering_connections: {other: {requester_vpc: one, accepter_vpc: three}}
vpcs:
  three: {cidr_block: 10.1.0.0/16, subnets: {c: {cidr_blocks: [10.1.20.0/24, 10.1.21.0/24], route_table: c}}, route_tables: {c: {10.0.0.0/16: other}}, instances: {c: {subnet: c-a, private_ip_address: 10.1.20.77}}}
"""
BACK_BY_TGW = "{transit_gateways: {hub: {}}, vpcs: {one: {transit_gateway_attachments: {a1: {transit_gateway: hub, subnets: [app]}}}, two: {transit_gateway_attachments: {a2: {transit_gateway: hub, subnets: [db]}}, route_tables: {db: {10.0.0.0/16: hub}}}}}"
SHARED_ENDPOINT = "{sqs_queues: {jobs: {}}, vpcs: {two: {enable_dns_hostnames: true, security_groups: {q: {ingress: [tcp 443 from 10.0.0.0/16]}}, vpc_endpoints: {q: {service: sqs, subnets: [db], security_groups: [q], private_dns_enabled: false}}}}}"
ITS_NAME = "{hosted_zones: {sqs.us-east-1.amazonaws.com: {vpcs: [one, two], '@': {alias: q}}}, vpcs: {one: {enable_dns_hostnames: true}}}"
IP_TARGETS = "vpcs: {one: {target_groups: {t: {target_type: ip, port: 5432, targets: [10.1.20.10]}}, load_balancers: {lb: {scheme: internal, subnets: [app], security_groups: [app], listeners: {443: {target_groups: [t]}}}}}}"
NO_ROUTE, NO_HUB_ROUTE = "NO_ROUTE_TO_DESTINATION", "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"


def joined(name: str, answer: Answer, ends: str, *changes: str, family: str = "") -> object:
    """One question: changes to `TWO`, in their order."""
    return pytest.param(answer, ends, changes, family, id=name)


@pytest.mark.parametrize(
    ("answer", "ends", "changes", "family"),
    [
        joined("isolated spokes meet behind a central NAT gateway", ALLOWED, "app -> db tcp 5432", HUB, CENTRAL, SPOKES.replace(", MORE", "")),
        joined("unless a blackhole keeps them apart", blocked("TGW_RTB_BAD_STATE_ROUTE", "transit_gateway_route_table:spokes"), "app -> db tcp 5432", HUB, CENTRAL, SPOKES.replace("MORE", "10.0.0.0/8: blackhole")),
        joined("an unknown private address ends at the central internet gateway", blocked("IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS", "internet_gateway:igw"), "app -> 10.50.0.5 tcp 443", HUB, NARROW_BACK, SPOKES.replace(", MORE", "")),
        joined("attachment subnets without a default route", blocked(NO_ROUTE, "route_table:att-a"), "app -> server tcp 443", HUB, CENTRAL, SPOKES.replace(", MORE", ""), "vpcs: {egress: {route_tables: {att: {0.0.0.0/0: null, 203.0.113.0/29: nat}}}}"),
        joined("all blocks of a VPC are propagated", ALLOWED, "app -> more tcp 5432", HUB, BEHIND_SECOND, "vpcs: {one: {route_tables: {app: {100.64.0.0/16: way}}}}"),
        joined("and each needs its route in the sender's table", blocked(NO_ROUTE, "route_table:app"), "app -> more tcp 5432", HUB, BEHIND_SECOND),
        joined("and in the answer's", blocked(NO_ROUTE, "route_table:db", "return"), "more -> db tcp 5432", HUB, FROM_SECOND, "vpcs: {two: {security_groups: {db: {ingress: [tcp 5432 from 100.64.0.0/16]}}}}"),
        joined("over peering too", blocked(NO_ROUTE, "route_table:db", "return"), "more -> db tcp 5432", PEERED, FROM_SECOND, "vpcs: {two: {security_groups: {db: {ingress: [tcp 5432 from 100.64.0.0/16]}}}}"),
        joined("a longer static route sends it back where it came from", blocked("DG_LOOP_DETECTED", "transit_gateway:way"), "app -> db tcp 5432", HUB, ISOLATED % "t: {associations: [one, two], propagations: [one], routes: {10.1.0.0/16: two, 10.1.20.0/24: one}}"),
        joined("a blackhole for the answer only", blocked("TGW_RTB_BAD_STATE_ROUTE", "transit_gateway_route_table:t2", "return"), "app -> db tcp 5432", HUB, ISOLATED % "t1: {associations: [one], propagations: [two]}, t2: {associations: [two], propagations: [one], routes: {10.0.10.0/24: blackhole}}"),
        joined("peered gateways learn nothing of each other", blocked(NO_HUB_ROUTE, "transit_gateway_route_table:way's default table"), "app -> db tcp 5432", HUB, OTHER_HUB),
        joined("and need a route back", blocked(NO_HUB_ROUTE, "transit_gateway_route_table:far's default table", "return"), "app -> db tcp 5432", HUB, OTHER_HUB, THERE),
        joined("as well", ALLOWED, "app -> db tcp 5432", HUB, OTHER_HUB, THERE, BACK),
        joined("IPv6 through a transit gateway", ALLOWED, "app -> db tcp 5432", HUB, IPV6, family="ipv6"),
        joined("IPv6 over peering", ALLOWED, "app -> db tcp 5432", PEERED, IPV6, family="ipv6"),
        joined("IPv6 without its route back", blocked(NO_ROUTE, "route_table:db", "return"), "app -> db tcp 5432", HUB, IPV6.replace("route_tables: {db: {'2001:db8:1000::/56': way}}, ", ""), family="ipv6"),
        joined("overlapping VPCs by a private NAT gateway", ALLOWED, "one/app -> web tcp 443", HUB, OVERLAP),
        joined("IPv6-only hosts by a central NAT64", ALLOWED, "new -> server.example tcp 443", HUB, NAT64),
        joined("whose subnet needs the way back", blocked(NO_ROUTE, "route_table:pub", "return"), "new -> server.example tcp 443", HUB, NO_WAY_BACK),
        joined("a firewall between them loses the sender's group", blocked("SG_REFERENCES_NOT_PRESERVED", "instance:db"), "app -> db tcp 5432", HUB, FIREWALL),
        joined("the attachment subnet's table leads to a firewall", blocked("ENI_SG_RULES_MISMATCH", "instance:fw"), "app -> db tcp 5432", HUB, DETOUR),
        joined("there by peering, back by a transit gateway", ALLOWED, "app -> db tcp 5432", PEERED, BACK_BY_TGW),
        joined("of two peers with one block the wrong one gets the answer", blocked("NO_POSSIBLE_DESTINATION", "vpc:two", "return"), "c -> 10.0.10.10 tcp 443", PEERED, SAME_BLOCK),
        joined("a longer route tells them apart", ALLOWED, "c -> 10.0.10.10 tcp 443", PEERED, SAME_BLOCK, "vpcs: {one: {route_tables: {app: {10.1.20.77/32: other}}}}"),
        joined("a shared endpoint by a zone of its name", ALLOWED, "app -> sqs.us-east-1.amazonaws.com tcp 443", PEERED, SHARED_ENDPOINT, ITS_NAME),
        joined("without the zone the name is public", blocked(NO_ROUTE, "route_table:app"), "app -> sqs.us-east-1.amazonaws.com tcp 443", PEERED, SHARED_ENDPOINT, "vpcs: {one: {enable_dns_hostnames: true}}"),
        joined("targets in the peered VPC by address", ALLOWED, "app -> lb tcp 443", PEERED, IP_TARGETS),
        joined("each node needs a way back", blocked(NO_ROUTE, "route_table:db", "return"), "app -> lb tcp 443", PEERED, IP_TARGETS, "vpcs: {two: {route_tables: {db: {10.0.0.0/16: null, 10.0.10.0/24: way}}}}"),
    ],
)  # fmt: skip
def test_question(answer: Answer, ends: str, changes: tuple[str, ...], family: str) -> None:
    """Verdict, code, leg and the component that decides."""
    definition = TWO
    for change in changes:
        definition = merged(definition, yaml.safe_load(change))
    report = ask(network_of(definition), ends, family=family or None)
    by = None if report.component is None or answer.by is None else f"{report.component.kind}:{report.component_name}"
    assert answer == Answer(report.verdict, report.reason, report.leg, by), report.text


PUBLIC_DATABASE = "{vpcs: {one: {enable_dns_hostnames: true}, two: {enable_dns_hostnames: true, internet_gateway: igw, route_tables: {db: {0.0.0.0/0: igw}}, db_instances: {orders: {engine: postgres, subnets: [db], publicly_accessible: PUBLIC, security_groups: [db]}}}}}"
SHARED_NAMES = "{vpc_peering_connections: {way: {allow_dns_resolution_from_remote_vpc: true}}}"


@pytest.mark.parametrize(
    ("warned", "public", "change"),
    [
        pytest.param(True, "true", "{}", id="a public one"),
        pytest.param(False, "true", SHARED_NAMES, id="a public one whose name is private in the peer too"),
        pytest.param(False, "false", "{}", id="a private one"),
    ],
)
def test_the_name_of_a_database_in_a_peered_vpc(warned: bool, public: str, change: str) -> None:
    """It is reached at its private address; its name leads there only where the peers share names."""
    definition = TWO
    for each in (PEERED, PUBLIC_DATABASE.replace("PUBLIC", public), change):
        definition = merged(definition, yaml.safe_load(each))
    network = network_of(definition)
    by_id, by_name = (
        ask(network, f"app -> {end} tcp 5432") for end in ("orders", "orders.abc.us-east-1.rds.amazonaws.com")
    )
    assert ("allowed", warned) == (by_id.verdict, "DG_DNS_RESOLVES_PUBLIC" in by_id.warnings), by_id.text
    assert (NO_ROUTE if warned else "") == by_name.reason, by_name.text
