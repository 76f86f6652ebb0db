"""A route table: where packets that leave a subnet go."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.form import Short
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.policy import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTable(Component):
    """A route table of subnets or, with `gateways`, of what comes in.

    Source: EC2 API `RouteTable`; `AWS::EC2::RouteTable`.

    Short form: the block is its routes, `public: {0.0.0.0/0: igw}`.
    """

    kind: ClassVar[str] = "route_table"
    short: ClassVar[Short] = Short(rest="routes")

    routes: tuple[Route, ...] = ()
    """Beside the local route, which every table has."""
    main: bool = False
    """The table of every subnet that names none."""
    propagating_vgws: tuple[Ref, ...] = refers("virtual_private_gateway", default=())
    """Gateways whose prefixes come into it by themselves."""
    gateways: tuple[Ref, ...] = refers("internet_gateway", "virtual_private_gateway", default=())
    """Gateways whose traffic into the VPC it routes: an edge association makes it a gateway route table."""

    def parts(self, network: Network) -> tuple[str, ...]:
        """What of it can be down by itself: each route but the local ones, which AWS lets nobody take away."""
        routes = network.route_tables[self.key].routes
        return tuple(dict.fromkeys(r.part for r in routes if r.target is not None))


KIND = Kind(
    component=RouteTable,
    plural="route_tables",
    title="Route table",
    abbreviation="RT",
    cfn_type="AWS::EC2::RouteTable",
    terraform_type="aws_route_table",
    icon="route-table",
    role=Role.POLICY,
    scope=Scope.VPC,
    scope_note="used by any of its subnets, or by a gateway",
    across_accounts=("routes",),
    contained_in=("vpc",),
    per_zone=True,
    summary="The longest prefix that contains the destination names the next hop.",
    limits="200 tables in a VPC, 500 routes in a table (1,000 on request).",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
    example="""\
version: 1
title: A public route table
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {cidr_block: 10.0.0.0/24, route_table: public}
    route_tables:
      public: {0.0.0.0/0: igw}
""",
)
