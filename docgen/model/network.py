# A definition with every reference bound and every default filled in: what the routing core, rules,
# pages and pictures look things up in. Built by routing.resolve; immutable; knows no kind by name.
"""Network, Interface, EffectiveRouteTable, EffectiveAcl, EffectiveGroup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from docgen.core.data import dataclass
from docgen.core.errors import UnknownNameError
from docgen.core.memo import Derived, Memo
from docgen.core.prefixes import Address, Block
from docgen.core.span import NOWHERE, Span
from docgen.model.architecture import Architecture
from docgen.model.assumptions import ASSUMPTIONS
from docgen.model.component import Component, Key, KindIndex, Ref
from docgen.model.kind import Kind, Role
from docgen.model.policy import NetworkAclEntry, RouteOrigin, RouteState, SecurityGroupRule
from docgen.model.trace import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """An elastic network interface with its addresses."""

    id: str
    """`app-a`, or `edge@b` where a component has several; qualified where two VPCs share it."""
    owner: Key
    suffix: str
    """`primary`, `standby`, a zone letter; "" for an owner's only interface."""
    subnet: Key
    vpc: Key
    zone: str
    """Full zone name: `ap-south-1a`."""
    private_ip: Address
    """Its primary address: the private IPv4 one; in an IPv6-only subnet the IPv6 one."""
    public_ip: IPv4Address | None
    groups: tuple[Key, ...] | None
    """Security groups; None where the interface cannot have any."""
    source_dest_check: bool
    ipv6: IPv6Address | None = None
    """Its IPv6 address, which is private and public at once."""

    def owns(self, address: Address) -> bool:
        """Whether packets inside the VPC carry this address as its own (a public IPv4 address they never do)."""
        return address in (self.private_ip, self.ipv6)

    @property
    def addresses(self) -> tuple[Address, ...]:
        """All its addresses, the primary one first."""
        return tuple(dict.fromkeys(a for a in (self.private_ip, self.ipv6, self.public_ip) if a is not None))


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveRoute:
    """A route as it stands in a table, implicit ones included, its target bound."""

    destination: Block
    target: Key | None
    """None is local."""
    target_name: str
    """`local` or the target's name for people."""
    origin: RouteOrigin
    state: RouteState
    prefix_list: str = ""
    """Name of the prefix list that this entry comes from; "" for a route that names a block."""
    preference: tuple[int, ...] = ()
    """Between propagated routes to one block the lower wins (Direct Connect, then VPN static, then VPN BGP)."""
    announced_by: Key | None = None
    """Who announces it: the route is gone while this is out of order. None for what somebody wrote."""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def part(self) -> str:
        """What it is called as a part of its table: its block, or its prefix list."""
        return self.prefix_list or str(self.destination)

    def __str__(self) -> str:
        entry = f" ({self.prefix_list})" if self.prefix_list else ""
        return f"{self.destination}{entry} -> {self.target_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveRouteTable:
    """A route table with its local routes; `implicit` where the author did not write it."""

    key: Key
    name: str
    main: bool
    implicit: bool
    routes: tuple[EffectiveRoute, ...]
    """Longest prefix first, local before others of its length."""
    subnets: tuple[Key, ...]
    """Subnets that use it."""
    gateways: tuple[Key, ...] = ()
    """Gateways whose traffic into the VPC it routes."""
    ranked: Derived = field(default_factory=Derived, compare=False, repr=False)
    """Its routes in the order of evaluation (routing.lookup), once somebody asked for one."""
    chosen: Memo[Any] = field(default_factory=Memo, compare=False, repr=False)
    """Look-ups made before (routing.router), in all tables of the network: none ever changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveAcl:
    """A network ACL; entries ascending by number, the final `*` deny not among them."""

    key: Key
    name: str
    default: bool
    implicit: bool
    ingress: tuple[NetworkAclEntry, ...]
    egress: tuple[NetworkAclEntry, ...]
    subnets: tuple[Key, ...]
    judged: Memo[Step] = field(default_factory=Memo, compare=False, repr=False)
    """Judgements made before (routing.acl), by all ACLs of the network: no entry ever changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveGroup:
    """A security group with bound references: `ingress[i]` refers to `ingress_groups[i]` where not None."""

    key: Key
    name: str
    implicit: bool
    ingress: tuple[SecurityGroupRule, ...]
    ingress_groups: tuple[Key | None, ...]
    egress: tuple[SecurityGroupRule, ...]
    egress_groups: tuple[Key | None, ...]
    interfaces: tuple[str, ...]
    """Ids of the interfaces that carry it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A resolved definition.

    `components` is in the order of the definition, with the implicit ones (main route table, default
    network ACL and security group) after those of their VPC.
    """

    architecture: Architecture
    kinds: Mapping[str, Kind]
    components: Mapping[Key, Component]
    by_kind: KindIndex
    """Their keys by kind."""
    interfaces: Mapping[str, Interface]
    route_tables: Mapping[Key, EffectiveRouteTable]
    acls: Mapping[Key, EffectiveAcl]
    groups: Mapping[Key, EffectiveGroup]
    subnet_route_table: Mapping[Key, Key]
    subnet_acl: Mapping[Key, Key]
    names: Mapping[Key, str]
    """Shortest id that is unambiguous within its kind."""
    bound: Mapping[tuple[str, str, tuple[str, ...]], Key]
    """Every reference of the definition: (scope, name, kinds) to the component it names."""
    owned: Mapping[Key, tuple[str, ...]]
    """Component to the ids of its interfaces, in their fixed order."""
    by_private_ip: Mapping[tuple[Key, Address], str]
    """(VPC, private address) to interface id."""
    by_public_ip: Mapping[Address, str]
    gateway_route_table: Mapping[Key, Key] = field(default_factory=dict)
    """Gateway to the route table of what comes in through it; gateways without one are not among these."""
    inside: Mapping[tuple[str, str], tuple[Key, ...]] = field(default_factory=dict)
    """(VPC's path, kind) to the components of that kind in that VPC, in order."""
    ends: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
    """What an end of a flow may be called, to the components of exactly that name."""
    end_groups: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
    """The same for the id that became one per zone."""
    outside: Mapping[Key, Address] = field(default_factory=dict)
    """Components that stand on the internet, with the address of each."""
    outside_ipv6: Mapping[Key, Address] = field(default_factory=dict)
    """The IPv6 address of those of them that have one."""
    outside_owners: Mapping[Address, Key] = field(default_factory=dict)
    """Public address to the user or host that has it."""
    opening: Mapping[Key, Address] = field(default_factory=dict)
    """What stands outside VPCs and opens connections from another address than it is reached at (CloudFront)."""
    zone_ids: Mapping[tuple[Key, str], str] = field(default_factory=dict)
    """(VPC, full zone name) to the zone's id, the same in every account, where the VPC's account gives it."""
    zonal_addresses: Mapping[tuple[Key, str], Address] = field(default_factory=dict)
    """(Component, zone) to its public address there, for what has addresses and no interface (a regional NAT)."""
    down: frozenset[Key] = frozenset()
    """Components, and parts of them, that are out of order in this state of the network."""
    zones_down: frozenset[str] = frozenset()
    """Zones that are out of order, as `place` calls them."""
    intact: Network | None = field(default=None, compare=False, repr=False)
    """The same network with everything in working order; None where this is it."""
    judged: Memo[Any] = field(default_factory=Memo, compare=False, repr=False)
    """Judgements of security groups made before (routing.groups): no outage changes them."""
    derived: Derived = field(default_factory=Derived, compare=False, repr=False)
    """Indexes worked out when first asked for. A question names what it depends on, outages too."""

    # -- look-ups -----------------------------------------------------------------------------
    def get(self, key: Key) -> Component:
        """The component of this key.

        Raises:
            UnknownNameError: there is none.
        """
        try:
            return self.components[key]
        except KeyError:
            raise UnknownNameError("component", str(key), map(str, self.components)) from None

    def bind(self, ref: Ref, scope: str, *kinds: str) -> Key:
        """The component that a reference names, as seen from inside `scope`."""
        return self.bound[(scope, ref.name, kinds)]

    def of_kind(self, *kinds: str) -> Iterator[Component]:
        """Components of these kinds, in order."""
        return (self.components[key] for key in self.by_kind.of(*kinds))

    def able_to(self, method: str) -> Iterator[Component]:
        """Components whose kind has this method, in order."""
        return self.of_kind(*(name for name, kind in self.kinds.items() if hasattr(kind.component, method)))

    def name(self, key: Key) -> str:
        """A component's name for people."""
        return self.names.get(key, key.path)

    def role_of(self, key: Key) -> Role:
        """What a component is in the picture: its kind's role, unless it knows better (a VPC endpoint)."""
        component = self.get(key)
        role: Role = getattr(component, "role", None) or self.kinds[component.kind].role
        return role

    def label(self, key: Key) -> str:
        """A component's title, or its name where it has none."""
        component = self.components.get(key)
        return (component.title if component else "") or self.name(key)

    def kind_of(self, key: Key) -> Kind:
        """The kind of a component, with the title and icon of its type."""
        kind = self.kinds[key.kind]
        return kind.of(self.components[key]) if kind.variants and key in self.components else kind

    def interfaces_of(self, owner: Key) -> tuple[Interface, ...]:
        """A component's interfaces, in their fixed order."""
        return tuple(self.interfaces[i] for i in self.owned.get(owner, ()))

    def interface_at(self, vpc: Key, address: Address) -> Interface | None:
        """Who owns a private address in a VPC."""
        found = self.by_private_ip.get((vpc, address))
        return self.interfaces[found] if found else None

    def interface_with_public(self, address: Address) -> Interface | None:
        """Who owns a public address."""
        found = self.by_public_ip.get(address)
        return self.interfaces[found] if found else None

    def blocks_of(self, vpc: Key) -> tuple[Block, ...]:
        """All blocks of a VPC, its primary one first."""
        component: Any = self.get(vpc)
        blocks: tuple[Block, ...] = component.blocks
        return blocks

    def blocks_of_rule(self, rule: SecurityGroupRule) -> tuple[Block, ...]:
        """The blocks that a rule names, itself or by a prefix list; () for one that names a group."""
        if rule.prefix_list is not None:
            listed: Any = self.components.get(Key("prefix_list", rule.prefix_list.name))
            return listed.entries if listed is not None else ()
        return () if rule.cidr is None else (rule.cidr,)

    def table_of(self, subnet: Key) -> EffectiveRouteTable:
        """The route table that a subnet uses."""
        return self.route_tables[self.subnet_route_table[subnet]]

    def acl_of(self, subnet: Key) -> EffectiveAcl:
        """The network ACL that a subnet uses."""
        return self.acls[self.subnet_acl[subnet]]

    def container(self, key: Key) -> Key | None:
        """What the picture draws it in: its subnet, its VPC, its Region; None at the top."""
        component = self.get(key)
        field_name = self.kinds[component.kind].parent_field
        value: Any = getattr(component, field_name, None) if field_name else None
        if isinstance(value, Ref):
            return self.bind(value, component.scope, *parent_kinds(component, field_name))
        if component.scope:
            return Key("vpc", component.scope)
        return None

    def account_of(self, key: Key) -> Key | None:
        """The account that a component stands in; None where the definition names none."""
        component = self.components.get(key)
        if component is None or key.kind == "account":
            return key if component is not None else None
        ref = getattr(component, "account", None)
        if isinstance(ref, Ref):
            return self.bind(ref, component.scope, "account")
        around = Key("vpc", component.scope) if component.scope else self.container(key)
        return self.account_of(around) if around is not None else None

    def assumes(self, assumption: str) -> str:
        """The value of a choice that AWS leaves open: the author's, or docgen's own."""
        return self.architecture.assumptions.get(assumption) or ASSUMPTIONS[assumption].default

    def is_up(self, key: Key) -> bool:
        """Whether a component works: not down itself, and neither is its zone or its subnet."""
        works: Any = getattr(self.components.get(key), "works", None)
        if works is not None and not works(self):
            return False
        if not self.down and not self.zones_down:
            return True
        interfaces = self.interfaces_of(key)
        if interfaces:
            return any(self.interface_is_up(i) for i in interfaces)
        if key in self.down:
            return False
        zone = self.zone_of(key)
        return not (zone and self.place(Key("vpc", self.components[key].scope), zone) in self.zones_down)

    def _place_is_up(self, interface: Interface) -> bool:
        if not self.down and not self.zones_down:
            return True
        places = (interface.subnet, interface.vpc)
        return self.place(interface.vpc, interface.zone) not in self.zones_down and not self.down.intersection(places)

    def interface_is_up(self, interface: Interface) -> bool:
        """Whether one interface works: itself, its owner, its subnet and its zone do."""
        if not self._place_is_up(interface):
            return False
        if self.down and one_at(interface.owner, interface.suffix) in self.down:
            return False
        return interface.owner not in self.down or self.components[interface.owner].survives(interface.suffix)

    def part_is_up(self, owner: Key, part: str) -> bool:
        """Whether a part of a component works: a tunnel of a VPN, a route of a table."""
        return not self.down or part_of(owner, part) not in self.down

    def zone_of(self, key: Key) -> str:
        """The zone of a subnet or of what stands in one; "" for what spans zones or has none."""
        component = self.components.get(key)
        if component is None:
            return ""
        own = getattr(component, "availability_zone", "")
        if own:
            return str(own)
        if self.kinds[component.kind].parent_field == "subnet":
            parent = self.container(key)
            return self.zone_of(parent) if parent else ""
        return ""

    def place(self, vpc: Key, zone: str) -> str:
        """A zone of a VPC by its id (`use1-az4`); by its name where the VPC's account gives no id."""
        return self.zone_ids.get((vpc, zone), zone) if self.zone_ids else zone

    def zone_title(self, vpc: Key, zone: str) -> str:
        """A zone of a VPC for people: `us-east-1a`, with its id where that is known, `us-east-1a (use1-az4)`."""
        known = self.zone_ids.get((vpc, zone))
        return f"{zone} ({known})" if known else zone

    def same_zone(self, one: tuple[Key, str], other: tuple[Key, str]) -> bool | None:
        """Whether zones of two VPCs, each by its name there, are one place; None where the definition does not say.

        Accounts give the letters of a Region in orders of their own. Source: RAM User Guide, "Availability Zone IDs".
        """
        (vpc, zone), (peer, name) = one, other
        if one in self.zone_ids and other in self.zone_ids:
            return self.zone_ids[one] == self.zone_ids[other]
        if vpc == peer or self.account_of(vpc) == self.account_of(peer):
            return zone == name
        return None if zone[:-1] == name[:-1] else False

    def with_outage(self, keys: Iterable[Key] = (), zones: Iterable[str] = ()) -> Network:
        """The same network with these components and zones out of order."""
        return replace(
            self,
            down=self.down | frozenset(keys),
            zones_down=self.zones_down | frozenset(zones),
            intact=self.intact or self,
        )


def part_of(owner: Key, part: str) -> Key:
    """What stands among `Network.down` for a part of a component: `vpn/tunnel-1`, `private/0.0.0.0/0`."""
    return Key(owner.kind, f"{owner.path}/{part}")


def one_at(owner: Key, suffix: str) -> Key:
    """The same for one interface, or one zone, of what has several: `edge@a`."""
    return Key(owner.kind, f"{owner.path}@{suffix}")


def parent_kinds(component: Component, field_name: str) -> tuple[str, ...]:
    """Kinds that the reference in a field may name."""
    fields = type(component).__dataclass_fields__
    return tuple(fields[field_name].metadata["refers"])
