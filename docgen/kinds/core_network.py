"""A core network of AWS Cloud WAN: one network over many Regions, by a policy. Drawn; not traced through."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.forwarding import Arrival, Entrance, Refusal
from docgen.model.kind import Kind, Role, Scope, Support
from docgen.model.network import Network
from docgen.model.trace import Disposition


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreNetwork(Component):
    """A core network. Source: Network Manager API `CoreNetwork`, `VpcAttachment`."""

    kind: ClassVar[str] = "core_network"

    account: Ref | None = refers("account", default=None)
    """The account that owns it."""
    vpcs: tuple[Ref, ...] = refers("vpc", default=())
    """VPCs that are attached to it: only their routes may lead there."""

    def entrance(self, vpc: Key, arrival: Arrival, network: Network) -> Entrance | Refusal:
        """Where a packet enters it: no further than its name, for docgen does not know its routes."""
        del arrival
        if vpc in (network.bind(ref, self.scope, "vpc") for ref in self.vpcs):
            return Entrance(next=self.key)
        why = f"VPC {network.name(vpc)} is not attached to {network.name(self.key)}"
        return Refusal(why=why, code="DG_INVALID_CONFIG", disposition=Disposition.DROPPED)


KIND = Kind(
    component=CoreNetwork,
    plural="core_networks",
    title="Cloud WAN core network",
    abbreviation="Cloud WAN",
    cfn_type="AWS::NetworkManager::CoreNetwork",
    terraform_type="aws_networkmanager_core_network",
    icon="cloud-wan",
    role=Role.GLOBAL_SERVICE,
    scope=Scope.GLOBAL,
    contained_in=("", "account"),
    parent_field="account",
    support=Support.DRAWN,
    route_target=True,
    summary="Joins VPCs and sites by segments; what its policy lets through is not traced.",
    source="https://docs.aws.amazon.com/network-manager/latest/cloudwan/what-is-cloudwan.html",
    example="""\
version: 1
title: A VPC at a core network
region: ap-south-1
zones: [a]
core_networks: {world: {vpcs: [shop]}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
    route_tables: {app: {10.0.0.0/8: world}}
""",
)
