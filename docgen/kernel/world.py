# What every part of the emulation shares: the network, the blueprint that grows, and the places where packets end.
#
# In:  a Network in some state (outages applied). Takes from it what the author wrote with its names bound, and which
# address each interface has; never a decision of the routing core.
"""World, Place, Wire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from ipaddress import ip_network
from typing import Any

from docgen.core.data import dataclass
from docgen.core.prefixes import Address, Block
from docgen.kernel.blueprint import Blueprint
from docgen.model.component import Key, Ref
from docgen.model.network import Interface, Network, part_of

VOID = "void"
"""The device into which a table's missing and dead routes lead: what goes there is dropped, and its place known."""
FIRST_TABLE = 256
"""Routing tables with a lower number may be the kernel's own: 253 to 255 are."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a packet ends."""

    key: Key
    """The component whose rule, table or state ends it."""
    text: str
    """What it did, after its name: `has no route for it`."""
    also: tuple[Key, ...] = ()
    """Components that are as much the reason: a connection that is down and announces nothing any more."""
    unknown: bool = False
    """Whether this is the border of what is emulated, and what becomes of the packet is not known."""


@dataclass(frozen=True, slots=True)
class Wire:
    """A cable between two routers, and how each names the other as its next hop."""

    one: str
    """Device at the first end."""
    two: str
    to_one: str
    """Next hop for the second: `via 169.254.0.6 dev w3 onlink`."""
    to_two: str


@dataclass(slots=True)
class World:
    """One network in one state, on its way to become a blueprint."""

    network: Network
    plan: Blueprint = field(default_factory=Blueprint)
    wires: dict[tuple[str, ...], Wire] = field(default_factory=dict)
    """Cables by what they are for."""
    homes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Outside host, user or service to its namespace and address."""
    kept: int = 0
    """Connections whose client a load balancer keeps."""
    devices: int = 0
    addresses: dict[str, Key] = field(default_factory=dict)
    """Addresses that only one component has: who it is that reports something unreachable."""

    # -- the definition -----------------------------------------------------------------------
    def of(self, *kinds: str) -> Iterator[Any]:
        """Components of these kinds, in order."""
        return self.network.of_kind(*kinds)

    def bind(self, holder: Any, name: str, scope: str | None = None) -> Key | None:
        """The component that a field names; None where it names none, or something that is no component."""
        ref = getattr(holder, name, None)
        return self.bind_ref(holder, name, ref, scope) if isinstance(ref, Ref) else None

    def bind_ref(self, holder: Any, name: str, ref: Ref, scope: str | None = None) -> Key | None:
        """The same for one of several references in a field."""
        kinds = type(holder).__dataclass_fields__[name].metadata["refers"]
        within = holder.scope if scope is None else scope
        return self.network.bound.get((within, ref.name, kinds))

    def all_bound(self, holder: Any, name: str) -> tuple[Key, ...]:
        """What a field with several references names."""
        found = (self.bind_ref(holder, name, ref) for ref in getattr(holder, name))
        return tuple(key for key in found if key is not None)

    def region_of(self, vpc: Key) -> str:
        """The code of a VPC's Region; "" where none is named."""
        key = self.bind(self.network.get(vpc), "region")
        return key.path if key else ""

    def up(self, key: Key, *parts: str) -> bool:
        """Whether a component, and these parts of it, are in order: nobody took them or their place down."""
        if key in self.network.down or any(part_of(key, p) in self.network.down for p in parts):
            return False
        interfaces = self.network.interfaces_of(key)
        if interfaces and not any(map(self.network.interface_is_up, interfaces)):
            return False
        zone = self.network.zone_of(key)
        scope = self.network.components[key].scope if key in self.network.components else ""
        return not (zone and scope and self.network.place(Key("vpc", scope), zone) in self.network.zones_down)

    def interfaces_in(self, vpc: Key) -> Iterator[Interface]:
        """The interfaces of a VPC that have an IPv4 address."""
        return (i for i in self.network.interfaces.values() if i.vpc == vpc and i.private_ip.version == 4)

    def public_access_blocks(self, vpc: Key) -> tuple[Key, ...]:
        """The VPC Block Public Access that is on for a VPC."""
        region = self.region_of(vpc)
        blocks = (b for b in self.of("vpc_block_public_access") if str(b.mode) != "off")
        return tuple(b.key for b in blocks if (at := self.bind(b, "region")) is None or at.path == region)

    def dscp_of(self, balancer: Key) -> int:
        """How packets are marked that a load balancer passed on: rules that name its group know them by it."""
        keys = [b.key for b in self.of("load_balancer")]
        return 16 + keys.index(balancer) % 46

    # -- the blueprint ------------------------------------------------------------------------
    def device(self, stem: str) -> str:
        """A new name for a device."""
        self.devices += 1
        return f"{stem}{self.devices}"

    def wire(self, one: str, two: str, *purpose: str) -> Wire:
        """A cable between two namespaces, remembered by its purpose."""
        here, there = self.device("w"), self.device("w")
        self.plan.cable(one, here, two, there)
        near, far = _LINKS[2 * len(self.plan.cables)], _LINKS[2 * len(self.plan.cables) + 1]
        self.plan.ip(one, f"addr add {near}/32 dev {here}")
        self.plan.ip(two, f"addr add {far}/32 dev {there}")
        made = Wire(here, there, f"via {near} dev {there} onlink", f"via {far} dev {here} onlink")
        if purpose:
            self.wires[purpose] = made
        return made

    def router(self, name: str) -> str:
        """A namespace that forwards, with a void for what it cannot."""
        self.plan.namespace(name, forwards=True)
        return self.void(name)

    def void(self, name: str) -> str:
        """Give a namespace the device into which what ends there is led; its name comes back."""
        self.plan.ip(name, f"link add name {VOID} type veth peer name {VOID}-end", f"link set {VOID} up")
        return name

    def drop(self, key: Key, text: str, *also: Key) -> str:
        """The end of a rule that drops at a component."""
        return self.plan.drop(Place(key, text, also))

    def border(self, key: Key, why: str) -> str:
        """The end of a rule where the emulation ends."""
        return self.plan.drop(Place(key, why, unknown=True))


def ipv4(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The IPv4 blocks among these, as text."""
    return tuple(str(b) for b in blocks if b.version == 4)


def in_set(values: Iterable[object]) -> str:
    """A set of nftables: `{ 10.0.0.5, 10.0.0.6 }`."""
    return "{ " + ", ".join(dict.fromkeys(str(v) for v in values)) + " }"


def lines(texts: Iterable[str]) -> str:
    """Rules of a chain, one a line."""
    return "".join(f"{text}\n" for text in texts)


def is_private(address: Address) -> bool:
    """Whether no internet router carries it: RFC 1918 and RFC 6598."""
    return address.version == 4 and any(address in b for b in _PRIVATE)


_LINKS = ip_network("169.254.0.0/16")
"""Link-local addresses: of the ends of cables, which no definition may use."""
_PRIVATE = tuple(ip_network(b) for b in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"))
PRIVATE = in_set(_PRIVATE)
"""What an internet gateway neither sends out nor takes in, as a set of nftables."""
