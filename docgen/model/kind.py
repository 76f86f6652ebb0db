# What is known of a kind of component apart from its fields: names, scope, place in the picture, sources.
"""Kind, Role, Scope, Support, kinds_named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum

from docgen.core.data import dataclass
from docgen.model.component import Component


class Role(StrEnum):
    """What a component is in the picture; the layout knows roles, never kinds."""

    CONTAINER = "container"
    """A box: account, Region, VPC, subnet."""
    OUTSIDE = "outside"
    """Users and hosts on the internet: above or beside the cloud."""
    SITE = "site"
    """A box at the left of the cloud: a data center."""
    ON_PREMISES = "on_premises"
    """At the left of the cloud, in its site or on its own: hosts, routers, switches, lines."""
    GLOBAL_SERVICE = "global_service"
    """Inside the AWS cloud, outside Regions: Route 53."""
    REGION_SERVICE = "region_service"
    """Inside a Region, outside VPCs."""
    CONNECTOR = "connector"
    """Joins networks, in a Region beside its VPCs: a transit gateway, a VPN connection."""
    GATEWAY = "gateway"
    """On a VPC's upper border."""
    PRIVATE_GATEWAY = "private_gateway"
    """On a VPC's left border: leads to other private networks."""
    OFFER = "offer"
    """On the border of a VPC that faces who uses it: a service for other VPCs."""
    SPANNING = "spanning"
    """Stands across zones: a load balancer."""
    EGRESS = "egress"
    """In a subnet, on the way out: a NAT gateway."""
    WORKLOAD = "workload"
    """In a subnet: an instance, an interface."""
    STORE = "store"
    """In a subnet: a database."""
    POLICY = "policy"
    """Not drawn as an icon: route table, security group, network ACL."""


class Scope(StrEnum):
    """The ownership and failure domain of a resource: what it belongs to, and what it fails with."""

    ACCOUNT = "account"
    GLOBAL = "global"
    """One object for all Regions: a Direct Connect gateway."""
    EDGE = "edge"
    """Global, and answered from points of presence all over the world: CloudFront, Route 53."""
    LOCATION = "location"
    """A Direct Connect location, with a home Region."""
    REGION = "region"
    """An object of a Region that needs no single zone, also where it is attached to one VPC."""
    VPC = "vpc"
    ZONE = "zone"
    """One Availability Zone: it fails with it."""
    OUTSIDE = "outside"
    """No resource of AWS."""

    @property
    def words(self) -> str:
        """For people: `Region`, `Availability Zone`."""
        return _SCOPE_WORDS.get(self.value, self.value)


_SCOPE_WORDS = {
    "edge": "global, at the edge",
    "location": "Direct Connect location",
    "region": "Region",
    "vpc": "VPC",
    "zone": "Availability Zone",
    "outside": "outside AWS",
}


class Support(StrEnum):
    """Whether packets through this kind are modelled, or only drawn (a trace through it is UNKNOWN)."""

    MODELLED = "modelled"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a component is called and how it is drawn where its `type` says more than its kind."""

    title: str
    """As AWS spells it: `Network Load Balancer`."""
    abbreviation: str = ""
    icon: str = ""
    """"" takes the kind's."""


_NAMES = frozenset({"Client", "Cloud", "Kinesis", "Lambda", "Outpost", "Redshift", "Region", "Resolver"})
"""First words of titles that stay capital inside a sentence, and do not look like it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of component. Every module in `docgen/kinds` defines one as `KIND`."""

    component: type[Component]
    plural: str
    """The YAML key of a block of these: `nat_gateways`."""
    singular: str = ""
    """YAML key where a container holds exactly one, `internet_gateway: igw`; "" where it is a block of many."""
    unnamed: bool = False
    """The one of a container has no id of its own: a block under `singular` is it, `singular: {mode: ...}`."""
    title: str
    """As AWS spells it: `NAT gateway`."""
    abbreviation: str = ""
    """Short form for labels in drawings only: `NAT`, `IGW`."""
    cfn_type: str = ""
    terraform_type: str = ""
    icon: str
    """Name of the icon (docgen/diagram/icons.py maps it to artwork and to a draw.io shape); "" for none."""
    member_icon: str = ""
    """Of a group that is drawn as a frame around its members: the icon of each; "" where it is no such group."""
    role: Role
    scope: Scope
    scope_note: str = ""
    """What the scope alone does not say: `attached to one VPC`, `a node in a subnet of each zone`."""
    across_regions: tuple[str, ...] = ()
    """Fields that may name something of another Region; all others stay in their own."""
    across_accounts: tuple[str, ...] = ()
    """Fields that may name something of another account; all others stay in their own."""
    contained_in: tuple[str, ...]
    """YAML blocks that may hold it, by kind name; "" is the top level of the file."""
    parent_field: str = ""
    """The field that names its container where that is not the VPC (`subnet`); filled from nesting."""
    per_zone: bool = False
    """Multiplied per zone with the subnet that `parent_field` names; without a `parent_field`, where a single
    reference of it names something that is per zone (a route table's target)."""
    support: Support = Support.MODELLED
    endpoint: bool = False
    """Whether a flow can start or end at it."""
    route_target: bool = False
    """Whether a route may point to it."""
    alias_target: bool = False
    """Whether an alias record of Route 53 may point to it."""
    summary: str
    """What it does to a packet, in one or two sentences."""
    limits: str = ""
    source: str
    """AWS page that says so."""
    example: str
    """A small definition fragment (YAML of the whole file) that loads."""
    variants: Mapping[str, Look] = field(default_factory=dict, hash=False, compare=False)
    """By a component's `type`: how such a one looks."""

    @property
    def name(self) -> str:
        """`nat_gateway`: the component's `kind`."""
        return self.component.kind

    @property
    def noun(self) -> str:
        """The title inside a sentence: `route table`, `NAT gateway`, `Lambda function`."""
        first, *more = self.title.split()
        named = first in _NAMES or not first[1:].islower() or any(w[:1].isupper() and w[1:2].islower() for w in more)
        return self.title if named or more[:1] == ["53"] else self.title[0].lower() + self.title[1:]

    def of(self, component: Component) -> Kind:
        """The kind as it is for this very component: a Network Load Balancer has a title and an icon of its own."""
        if not self.variants:
            return self
        look = self.variants.get(str(getattr(component, "type", "")))
        if look is None:
            return self
        return replace(self, title=look.title, abbreviation=look.abbreviation, icon=look.icon or self.icon)


def kinds_named(kinds: Mapping[str, Kind], names: Iterable[str]) -> tuple[str, ...]:
    """Names of kinds, with `*route_target` replaced by the kinds that routes may point to, `*alias_target` alike."""
    found: list[str] = []
    for name in names:
        found += [k.name for k in kinds.values() if getattr(k, name[1:])] if name.startswith("*") else [name]
    return tuple(found)
