"""An ODB network: the network of Oracle Database@AWS, peered with VPCs. Drawn; not traced through."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.forwarding import Arrival, Entrance, Refusal
from docgen.model.kind import Kind, Role, Scope, Support
from docgen.model.network import Network
from docgen.model.trace import Disposition


@dataclass(frozen=True, slots=True, kw_only=True)
class OdbNetwork(Component):
    """An ODB network. Source: ODB API `OdbNetwork`, `OdbPeeringConnection`; `AWS::ODB::OdbNetwork`."""

    kind: ClassVar[str] = "odb_network"

    region: Ref | None = refers("region", default=None)
    """The Region that it stands in."""
    client_subnet_cidr: IPv4Network | None = None
    """Where its databases answer."""
    vpcs: tuple[Ref, ...] = refers("vpc", default=())
    """VPCs that are peered with it: only their routes may lead there."""

    def entrance(self, vpc: Key, arrival: Arrival, network: Network) -> Entrance | Refusal:
        """Where a packet enters it: no further than its name, for docgen does not know its routes."""
        del arrival
        if vpc in (network.bind(ref, self.scope, "vpc") for ref in self.vpcs):
            return Entrance(next=self.key)
        why = f"VPC {network.name(vpc)} is not peered with {network.name(self.key)}"
        return Refusal(why=why, code="DG_INVALID_CONFIG", disposition=Disposition.DROPPED)


KIND = Kind(
    component=OdbNetwork,
    plural="odb_networks",
    title="ODB network",
    abbreviation="ODB",
    cfn_type="AWS::ODB::OdbNetwork",
    terraform_type="aws_odb_network",
    icon="odb-network",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    parent_field="region",
    support=Support.DRAWN,
    route_target=True,
    summary="Holds Oracle databases beside VPCs; docgen draws it and traces no further.",
    source="https://docs.aws.amazon.com/odb/latest/UserGuide/how-it-works.html",
    example="""\
version: 1
title: Oracle beside a VPC
region: us-east-1
zones: [a]
odb_networks: {ledger: {client_subnet_cidr: 10.50.0.0/24, vpcs: [shop]}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
    route_tables: {app: {10.50.0.0/24: ledger}}
""",
)
