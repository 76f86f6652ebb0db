"""VPC peering and transit gateways: what crosses, what does not, and who decides.

Sources: How VPC peering connections work; How AWS Transit Gateway works; Reachability Analyzer's codes.
"""

from __future__ import annotations

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

PEERED = """
version: 1
title: Two VPCs that are peered
zones: [a, b]
internet_hosts: {server: {address: 203.0.113.80}}
regions:
  ap-south-1:
    vpcs:
      one:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}
          nat: {cidr_block: 10.0.9.0/24, availability_zone: a, route_table: nat}
        route_tables:
          app: {10.1.0.0/16: link}
          nat: {10.1.0.0/16: link}
        nat_gateways: {private: {subnet: nat, connectivity_type: private, private_ip_address: 10.0.9.9}}
        security_groups: {app: {}}
        instances: {app: {subnet: app-a, private_ip_address: 10.0.10.10, security_groups: [app]}}
      two:
        cidr_block: 10.1.0.0/16
        internet_gateway: igw-2
        subnets: {db: {cidr_blocks: [10.1.20.0/24, 10.1.21.0/24], route_table: db}}
        route_tables: {db: {10.0.0.0/16: link, 0.0.0.0/0: igw-2}}
        security_groups: {db: {ingress: [tcp 5432 from 10.0.0.0/16]}}
        instances: {db: {subnet: db-a, private_ip_address: 10.1.20.10, security_groups: [db]}}
  eu-west-1: {vpcs: {far: {cidr_block: 10.9.0.0/16}}}
vpc_peering_connections: {link: {requester_vpc: one, accepter_vpc: two}}
"""
HUBBED = """
version: 1
title: Three VPCs and a hub
region: ap-south-1
zones: [a, b]
transit_gateways: {hub: {}}
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}
      tgw: {cidr_blocks: [10.0.99.0/28, 10.0.99.16/28]}
    route_tables: {app: {10.0.0.0/8: hub}}
    transit_gateway_attachments: {att-1: {transit_gateway: hub, subnets: [tgw]}}
    security_groups: {app: {}}
    instances: {app: {subnet: app-a, private_ip_address: 10.0.10.10, security_groups: [app]}}
  two:
    cidr_block: 10.1.0.0/16
    subnets:
      db: {cidr_blocks: [10.1.20.0/24, 10.1.21.0/24], route_table: db}
      tgw: {cidr_blocks: [10.1.99.0/28, 10.1.99.16/28]}
    route_tables: {db: {10.0.0.0/8: hub}}
    transit_gateway_attachments: {att-2: {transit_gateway: hub, subnets: [tgw]}}
    security_groups: {db: {ingress: [tcp 5432 from 10.0.0.0/16]}}
    instances: {db: {subnet: db-a, private_ip_address: 10.1.20.10, security_groups: [db]}}
  inspect:
    cidr_block: 10.2.0.0/16
    subnets:
      fw: {cidr_blocks: [10.2.30.0/24, 10.2.31.0/24], route_table: fw}
      tgw: {cidr_blocks: [10.2.99.0/28, 10.2.99.16/28], route_table: in}
    route_tables: {fw: {10.0.0.0/8: hub}, in: {10.0.0.0/8: fw}}
    transit_gateway_attachments: {att-i: {transit_gateway: hub, subnets: [tgw], appliance_mode_support: true}}
    security_groups: {fw: {ingress: [all from 0.0.0.0/0]}}
    instances: {fw: {subnet: fw, security_groups: [fw], source_dest_check: false}}
"""
INSPECTED = """
transit_gateways:
  hub:
    transit_gateway_route_tables:
      spokes: {associations: [one, two], routes: {0.0.0.0/0: inspect}}
      firewall: {associations: [inspect], propagations: [one, two]}
"""


def asked(base: str, changes: str, ends: str, *down: str) -> FlowReport:
    tree = yaml.safe_load(base)
    _merge(tree, yaml.safe_load(changes) or {})
    loaded = load_text(yaml.safe_dump(tree, sort_keys=False))
    assert loaded.value is not None, loaded.diagnostics
    assert not loaded.failed, loaded.diagnostics
    network = resolve(loaded.value, all_kinds())
    assert not network.failed, network.diagnostics
    source, _, destination, port = ends.split()
    when = When(outage=tuple(map(Ref, down)))
    flow = Flow(id="f", source=Ref(source), destination=Ref(destination), port=int(port), when=when)
    return told(trace(network.value, flow))


def _merge(base: dict[str, Any], patch: dict[str, Any]) -> None:
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        elif value is None:
            del base[key]
        else:
            base[key] = value


def vpc(name: str, fields: str) -> str:
    return f"{{regions: {{ap-south-1: {{vpcs: {{{name}: {fields}}}}}}}}}"


TWIN = vpc(
    "twin",
    "{cidr_block: 10.0.0.0/16, subnets: {all: {cidr_block: 10.0.0.0/20, availability_zone: a}},"
    " instances: {twin: {subnet: all, private_ip_address: ADDRESS}}}",
)
"""A VPC with the block of `one`: what is sent there stays at home."""


@pytest.mark.parametrize(
    ("verdict", "code", "by", "changes", "ends"),
    [
        pytest.param("allowed", "", "", "{}", "app -> db 5432", id="between two peered VPCs"),
        pytest.param(
            "blocked", "NO_ROUTE_TO_DESTINATION", "app", vpc("one", "{route_tables: {app: {10.1.0.0/16: null}}}"),
            "app -> db 5432", id="no route to the peer",
        ),
        pytest.param(
            "blocked", "BAD_STATE_ROUTE", "app", "{vpc_peering_connections: {link: {status: pending-acceptance}}}",
            "app -> db 5432", id="a request that nobody accepted",
        ),
        pytest.param(
            "blocked", "DG_INVALID_CONFIG", "mine",
            vpc("three", "{cidr_block: 10.3.0.0/16, subnets: {s: {cidr_block: 10.3.1.0/24, availability_zone: a,"
            " route_table: mine}}, route_tables: {mine: {10.1.0.0/16: link}}, instances: {stranger: {subnet: s}}}"),
            "stranger -> db 5432", id="a connection between two other VPCs",
        ),
        pytest.param(
            "blocked", "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR", "link",
            vpc("one", "{route_tables: {app: {0.0.0.0/0: link}}}"), "app -> server 443",
            id="the peer's internet gateway",
        ),
        pytest.param(
            "blocked", "NO_POSSIBLE_DESTINATION", "two", "{}", "app -> 10.1.20.99 5432",
            id="an address of the peer that nobody has",
        ),
        pytest.param(
            "allowed", "", "", vpc("two", "{security_groups: {db: {ingress: [tcp 5432 from one/app]}}}"),
            "app -> db 5432", id="a rule that names the peer's group in one Region",
        ),
        pytest.param(
            "blocked", "SG_REFERENCES_NOT_PRESERVED", "db",
            "{regions: {ap-south-1: {vpcs: {two: null}}, eu-west-1: {vpcs: {two: {cidr_block: 10.1.0.0/16,"
            " subnets: {db: {cidr_block: 10.1.20.0/24, availability_zone: a, route_table: db}},"
            " route_tables: {db: {10.0.0.0/16: link}}, security_groups: {db: {ingress: [tcp 5432 from one/app]}},"
            " instances: {db: {subnet: db, private_ip_address: 10.1.20.10, security_groups: [db]}}}}}}}",
            "app -> db 5432", id="a rule that names the peer's group across Regions",
        ),
        pytest.param(
            "allowed", "", "", vpc("one", "{security_groups: {app: {egress: [tcp 5432 to two/db]}}}"),
            "app -> db 5432", id="an egress rule that names the peer's group",
        ),
        pytest.param(
            "blocked", "ENI_SG_RULES_MISMATCH", "app",
            "{vpc_peering_connections: {link: {status: deleted}},"
            " regions: {ap-south-1: {vpcs: {one: {security_groups: {app: {egress: [tcp 5432 to two/db]}}}}}}}",
            "app -> db 5432", id="a group of a VPC that is no peer any more is stale",
        ),
        pytest.param(
            "allowed", "", "",
            "{regions: {ap-south-1: {vpcs: {one: {route_tables: {app: {10.1.0.0/16: private}}},"
            " two: {route_tables: {db: {10.0.0.0/16: null, 0.0.0.0/0: null}}}}}}}",
            "app -> db 5432", id="what a NAT gateway asks over peering is answered without a route",
        ),
        pytest.param(
            "blocked", "NO_POSSIBLE_DESTINATION", "one", TWIN.replace("ADDRESS", "10.0.10.10"), "app -> twin 5432",
            id="an address of another VPC that is the sender's own",
        ),
        pytest.param(
            "blocked", "NO_POSSIBLE_DESTINATION", "one", TWIN.replace("ADDRESS", "10.0.9.9"), "app -> twin 5432",
            id="an address of another VPC that a neighbour has",
        ),
        pytest.param(
            "blocked", "NO_POSSIBLE_DESTINATION", "one", TWIN.replace("ADDRESS", "10.0.10.77"), "app -> twin 5432",
            id="an address of another VPC inside the sender's own block",
        ),
    ],
)  # fmt: skip
def test_peering(verdict: str, code: str, by: str, changes: str, ends: str) -> None:
    """Each rule of peering, both ways."""
    report = asked(PEERED, changes, ends)

    assert (verdict, code, by) == (report.verdict, report.reason, report.component_name), report.text


@pytest.mark.parametrize(
    ("verdict", "code", "leg", "by", "changes", "ends"),
    [
        pytest.param("allowed", "", None, "", "{}", "app -> db 5432", id="with the default table"),
        pytest.param(
            "blocked", "TGW_ROUTE_AZ_RESTRICTION", "forward", "att-1",
            "{vpcs: {one: {transit_gateway_attachments: {att-1: {subnets: [tgw-b]}}}}}", "app -> db 5432",
            id="the sender's zone has no attachment",
        ),
        pytest.param(
            "allowed", "", None, "",
            "{vpcs: {two: {transit_gateway_attachments: {att-2: {subnets: [tgw]}}, instances: {db: {subnet: db-b,"
            " private_ip_address: 10.1.21.10}}}}}", "app -> db 5432", id="the target's zone is another one",
        ),
        pytest.param(
            "blocked", "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION", "forward", "hub",
            "{transit_gateways: {hub: {default_route_table_association: false}}}", "app -> db 5432",
            id="an attachment without association",
        ),
        pytest.param(
            "blocked", "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "forward", "hub's default table",
            "{transit_gateways: {hub: {default_route_table_propagation: false}}}", "app -> db 5432",
            id="a table into which nothing is propagated",
        ),
        pytest.param(
            "blocked", "BAD_STATE_ATTACHMENT", "forward", "att-2",
            "{vpcs: {two: {transit_gateway_attachments: {att-2: {state: pendingAcceptance}}}}}", "app -> db 5432",
            id="an attachment that nobody accepted propagates nothing",
        ),
        pytest.param(
            "blocked", "BAD_STATE_ATTACHMENT", "forward", "app",
            "{vpcs: {one: {transit_gateway_attachments: {att-1: {state: pendingAcceptance}}}}}", "app -> db 5432",
            id="a route to a gateway whose attachment nobody accepted",
        ),
        pytest.param(
            "blocked", "TGW_RTB_BAD_STATE_ROUTE", "forward", "t",
            "{transit_gateways: {hub: {transit_gateway_route_tables: {t: {default: true, routes:"
            " {10.1.20.0/24: blackhole}}}}}}", "app -> db 5432", id="a blackhole that is longer than the route",
        ),
        pytest.param(
            "allowed", "", None, "",
            "{transit_gateways: {hub: {transit_gateway_route_tables: {t: {default: true, routes:"
            " {10.0.0.0/8: blackhole}}}}}}", "app -> db 5432", id="a blackhole that is shorter",
        ),
        pytest.param(
            "blocked", "BAD_STATE_ATTACHMENT", "forward", "app",
            "{vpcs: {one: {transit_gateway_attachments: {att-1: {state: pendingAcceptance}}}}}", "app -> db 5432",
            id="an attachment that nobody accepted",
        ),
        pytest.param(
            "unknown", "TGW_RTB_ROUTES_ARE_UNKNOWN", "forward", "hub",
            "{transit_gateways: {hub: {route_tables_visible: false}}}", "app -> db 5432",
            id="a gateway whose tables are not visible",
        ),
        pytest.param(
            "blocked", "SUBNET_ACL_RESTRICTION", "forward", "shut",
            "{vpcs: {one: {network_acls: {shut: {subnets: [tgw],"
            " ingress: {}, egress: {100: allow all to 0.0.0.0/0}}}}}}",
            "app -> db 5432", id="the ACL of the attachment's subnet on the way in",
        ),
        pytest.param(
            "blocked", "SUBNET_ACL_RESTRICTION", "forward", "shut",
            "{vpcs: {two: {network_acls: {shut: {subnets: [tgw],"
            " egress: {}, ingress: {100: allow all from 0.0.0.0/0}}}}}}",
            "app -> db 5432", id="the ACL of the attachment's subnet on the way out",
        ),
        pytest.param(
            "blocked", "SG_REFERENCING_SUPPORT", "forward", "db",
            "{vpcs: {two: {security_groups: {db: {ingress: [tcp 5432 from one/app]}}}}}", "app -> db 5432",
            id="groups are not known across the gateway by default",
        ),
        pytest.param(
            "allowed", "", None, "",
            "{transit_gateways: {hub: {security_group_referencing_support: true}},"
            " vpcs: {two: {security_groups: {db: {ingress: [tcp 5432 from one/app]}}}}}", "app -> db 5432",
            id="groups are known where the gateway supports it",
        ),
        pytest.param(
            "blocked", "SG_REFERENCING_SUPPORT", "forward", "db",
            "{transit_gateways: {hub: {security_group_referencing_support: true}},"
            " vpcs: {one: {transit_gateway_attachments: {att-1: {security_group_referencing_support: false}}},"
            " two: {security_groups: {db: {ingress: [tcp 5432 from one/app]}}}}}", "app -> db 5432",
            id="and both attachments do",
        ),
        pytest.param(
            "blocked", "ENI_SG_RULES_MISMATCH", "forward", "app",
            "{transit_gateways: {hub: {security_group_referencing_support: true}},"
            " vpcs: {one: {security_groups: {app: {egress: [tcp 5432 to two/db]}}}}}", "app -> db 5432",
            id="egress rules never name groups across a gateway",
        ),
        pytest.param("allowed", "", None, "", INSPECTED, "app -> db 5432", id="through a firewall in appliance mode"),
        pytest.param(
            "allowed", "", None, "",
            INSPECTED + "vpcs: {two: {instances: {db: {subnet: db-b, private_ip_address: 10.1.21.10}}}}",
            "app -> db 5432", id="through a firewall in appliance mode across zones",
        ),
        pytest.param(
            "blocked", "DG_RETURN_PATH_ASYMMETRIC", "return", "fw-b",
            INSPECTED + "vpcs: {two: {instances: {db: {subnet: db-b, private_ip_address: 10.1.21.10}}},"
            " inspect: {transit_gateway_attachments: {att-i: {appliance_mode_support: false}}}}",
            "app -> db 5432", id="and without appliance mode the answer meets the other zone's firewall",
        ),
    ],
)  # fmt: skip
def test_transit_gateway(verdict: str, code: str, leg: str | None, by: str, changes: str, ends: str) -> None:
    """Each rule of a transit gateway, both ways."""
    report = asked(HUBBED, changes, ends)

    assert (verdict, code, leg, by) == (report.verdict, report.reason, report.leg, report.component_name), report.text


@pytest.mark.parametrize(
    ("secondary", "inspect"),
    [
        pytest.param(
            ("TGW_ATTACH_VPC_AZ_RESTRICTION", "TRANSIT_GATEWAY_APPLIANCE_MODE_RECOMMENDED"),
            "{appliance_mode_support: false}", id="the attachment changed zones",
        ),
        pytest.param((), "{appliance_mode_support: true, subnets: [tgw-a]}", id="the firewall's route did"),
    ],
)  # fmt: skip
def test_appliance_mode_is_recommended_where_zones_changed(secondary: tuple[str, ...], inspect: str) -> None:
    """Reachability Analyzer's words for the same, beside our reason."""
    changes = (
        f"vpcs: {{two: {{instances: {{db: {{subnet: db-b, private_ip_address: 10.1.21.10}}}}}},"
        f" inspect: {{route_tables: {{in: {{10.1.0.0/16: fw-a, 10.0.0.0/16: fw-b, 10.0.0.0/8: null}}}},"
        f" transit_gateway_attachments: {{att-i: {inspect}}}}}}}"
    )
    report = asked(HUBBED, INSPECTED + changes, "app -> db 5432")

    assert "DG_RETURN_PATH_ASYMMETRIC" == report.reason, report.text
    assert secondary == report.connections[0].secondary


def test_the_second_of_two_overlapping_vpcs_is_not_propagated() -> None:
    """Both are attached; packets to the shared block go to the first."""
    twin = (
        "{vpcs: {twin: {cidr_block: 10.1.0.0/16, subnets: {t: {cidr_blocks: [10.1.20.0/24, 10.1.21.0/24]}},"
        " transit_gateway_attachments: {att-t: {transit_gateway: hub, subnets: [t]}}}}}"
    )
    report = asked(HUBBED, twin, "app -> db 5432")
    hops = [hop.name for hop in report.connections[0].forward.hops]

    assert "att-2" in hops
    assert "att-t" not in hops


GATEWAYS = """
transit_gateways: {far: {transit_gateway_route_tables: {f: {default: true, routes: {10.0.0.0/16: sea}}}},
  hub: {transit_gateway_route_tables: {h: {default: true, routes: {ROUTES}}}}}
transit_gateway_peering_attachments: {sea: {transit_gateway: hub, peer_transit_gateway: far}}
vpcs: {two: {route_tables: {db: {10.0.0.0/8: far}}, transit_gateway_attachments: {att-2: {transit_gateway: far}}}}
"""


def test_two_gateways_are_peered_by_static_routes() -> None:
    """Nothing is propagated over a peering of gateways; with a route in both tables it carries packets both ways."""
    without = asked(HUBBED, GATEWAYS.replace("ROUTES", ""), "app -> db 5432")
    with_route = asked(HUBBED, GATEWAYS.replace("ROUTES", "10.1.0.0/16: sea"), "app -> db 5432")

    assert ("blocked", "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT") == (without.verdict, without.reason)
    assert "allowed" == with_route.verdict, with_route.text


def test_a_peering_of_gateways_that_nobody_accepted_carries_nothing() -> None:
    """The route is there, and leads nowhere."""
    pending = GATEWAYS.replace("ROUTES", "10.1.0.0/16: sea").replace(
        "gateway: far}}\n", "gateway: far, state: pending}}\n", 1
    )
    report = asked(HUBBED, pending, "app -> db 5432")

    assert ("blocked", "BAD_STATE_ATTACHMENT", "sea") == (report.verdict, report.reason, report.component_name)


def test_a_zone_that_fails_leaves_the_other_attachment_interface() -> None:
    """Packets to a target in a zone that works go by the interface there."""
    moved = (
        "{vpcs: {one: {instances: {app: {subnet: app-b, private_ip_address: 10.0.11.10}}},"
        " two: {instances: {db: {subnet: db-b, private_ip_address: 10.1.21.10}}}}}"
    )
    report = asked(HUBBED, moved, "app -> db 5432", "a")

    assert "allowed" == report.verdict, report.text
