# The contract between the tracer and the kinds: how a packet arrives, and what a component decides about it.
#
# A kind through which packets pass has `forward`; one where packets start has `send`. Both return a tuple of
# decisions, one per path that AWS may choose. The tracer carries packets, the kinds decide.
"""Arrival, Decision, Context, Forwarder."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Protocol, TypeGuard

from docgen.core.data import dataclass
from docgen.core.prefixes import Address, Block
from docgen.model.component import Key
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.packet import Protocol as IpProtocol
from docgen.model.routes import Directory
from docgen.model.sessions import Sessions
from docgen.model.trace import Disposition, Leg, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How a packet came to a component."""

    previous: Key | None
    """The component before, None where the packet starts."""
    interface: Interface | None = None
    """The interface at which it enters."""
    from_subnet: Key | None = None
    """The subnet that it left; None from a gateway or from outside."""
    from_vpc: Key | None = None
    """The VPC that it left; None from outside."""
    sender: Interface | None = None
    """The interface that opened this packet's connection, for security group references."""
    membership: bool = False
    """Whether the sender's group membership still counts: whoever does not keep it (a middlebox, a NAT, a gateway)
    loses it."""
    via: Interface | None = None
    """The load balancer's node that passed it on with its client's address: rules may name the node's groups."""
    private_link: Interface | None = None
    """The other end, where AWS PrivateLink carried it: no route, and no filter of the VPCs in between."""
    lost_by: str = ""
    """Code that says why the membership was lost, where it is another than SG_REFERENCES_NOT_PRESERVED."""

    def at(self, interface: Interface | None) -> Arrival:
        """The same arrival at this interface."""
        return Arrival(  # a third of what `dataclasses.replace` takes, at every hop; a test keeps it complete
            previous=self.previous,
            interface=interface,
            from_subnet=self.from_subnet,
            from_vpc=self.from_vpc,
            sender=self.sender,
            membership=self.membership,
            via=self.via,
            private_link=self.private_link,
            lost_by=self.lost_by,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """Pass the packet on."""

    next: Key
    packet: Packet
    arrival: Arrival
    """How it will arrive at `next`."""
    steps: tuple[Step, ...]
    interface: Interface | None = None
    """The interface by which it leaves, where it came in by none (from a transit gateway, from a VPN client)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """The packet is at its destination."""

    steps: tuple[Step, ...]
    outside: bool = False
    """Delivered to a host outside the definition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """The packet ends here; the last step says why and carries the code."""

    steps: tuple[Step, ...]
    disposition: Disposition
    secondary: tuple[str, ...] = ()
    """Further codes that are true as well."""
    interface: Interface | None = None
    """The interface at which it was stopped on the way out, where it came in by none."""
    packet: Packet | None = None
    """The header as it was then, where a translator had changed it."""


Decision = Forward | Deliver | Drop


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every decision on one leg may look at."""

    network: Network
    leg: Leg
    sessions: Sessions
    intended: Interface | None = None
    """Whom the author meant: the address alone does not say where two VPCs use it, or nobody outside can."""
    client: Interface | None = None
    """Whose connection this serves, in front of translators and proxies: its group membership may be lost."""
    kept: Arrival | None = None
    """How the client's packet came to the load balancer that opens this connection with the client's address."""
    carried_to: Interface | None = None
    """The other end, where AWS PrivateLink carries this leg instead of the VPC's router."""
    source: Key | None = None
    """Who opens the connection: the principal that policies judge. Known on the forward leg."""
    end: Key | None = None
    """The component that this leg should end at: several may stand for one host on the internet."""
    expected: Packet | None = None
    """On the return leg: the header that the source must receive, the exact swap of what it sent."""
    packet_size: int = 0
    """Bytes of a packet that nobody may cut into pieces; 0: small enough everywhere."""


class Forwarder(Protocol):
    """A component that packets can reach."""

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take a packet that arrives."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """Where a packet enters a route's target."""

    next: Key
    interface: Interface | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a route that was chosen carries nothing."""

    why: str
    """Goes on after "Route table x sends y to z, but"."""
    code: str
    disposition: Disposition
    detail: str = ""


class Attached(Protocol):
    """A route's target that does not stand in the VPC of the route: a peering connection, a transit gateway.

    A target without this belongs to the VPC that its `scope` names, and is entered at its first interface.
    """

    def entrance(self, vpc: Key, arrival: Arrival, network: Network) -> Entrance | Refusal:
        """Where a packet from this VPC enters it (the VPC's attachment), or why a route there carries nothing."""
        ...


class HubClass(IntEnum):
    """Classes of routes of a transit gateway, the first one wins for the same block.

    Source: How AWS Transit Gateway works, "Route evaluation order".
    """

    STATIC = 0
    PREFIX_LIST = 1
    VPC = 2
    DIRECT_CONNECT = 3
    CONNECT = 4
    PRIVATE_VPN = 5
    VPN = 6
    VPN_CONCENTRATOR = 7
    CLIENT_VPN = 8
    PEERING = 9

    @property
    def words(self) -> str:
        """`a static route`, `a route propagated by a VPC`."""
        return _HUB_CLASS_WORDS.get(self, "a propagated route")


_HUB_CLASS_WORDS = {
    HubClass.STATIC: "a static route",
    HubClass.PREFIX_LIST: "an entry of a prefix list",
    HubClass.VPC: "a route propagated by a VPC",
    HubClass.DIRECT_CONNECT: "a route propagated by a Direct Connect gateway",
    HubClass.PRIVATE_VPN: "a route propagated by a VPN over Direct Connect",
    HubClass.VPN: "a route propagated by a VPN",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A block that an attachment propagates to the route tables of its transit gateway."""

    destination: Block
    hub_class: HubClass
    preference: tuple[int, ...] = ()
    """BGP inside one class, the lower wins: length of the AS path, MED."""
    several: bool = False
    """Whether equal ones share the traffic (ECMP)."""
    announced_by: Key | None = None
    """Who must work for it, beside the attachment itself."""


class HubAttachment(Protocol):
    """A component that is attached to a transit gateway: a VPC attachment, a VPN, a peering of gateways.

    The gateway forwards to it (`forward` with `arrival.previous` the gateway) what its tables send there, and takes
    what comes from it (a `Forward` with `next` the gateway and `arrival.previous` the attachment).
    """

    def hubs(self, network: Network) -> Iterable[Key]:
        """The transit gateways that it is attached to: one, or both of a peering."""
        ...

    def propagates(self, network: Network, hub: Key) -> Iterable[Announcement]:
        """What it propagates to this gateway while it works."""
        ...


class Sender(Protocol):
    """A component that packets can start at."""

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Let a packet go; `interface` is the one that it leaves by, None for what has none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """A connection that a proxy opens because of the one that it accepted."""

    purpose: str
    interface: Interface | None
    """The interface that opens it: the proxy's, or one that serves it; None for a service outside VPCs."""
    target: Interface | None
    """None where `address` is not one of the definition's interfaces."""
    port: int
    protocol: IpProtocol = IpProtocol.TCP
    address: Address | None = None
    """Where it goes to; None takes the target's private address."""
    client: Packet | None = None
    """The client's header, where its source address and ports are kept; None puts in the interface's own."""
    kept: Arrival | None = None
    """How the client's packet came, where its address is kept and its group membership with it."""
    carried: bool = False
    """By AWS PrivateLink: straight to the target, without route, network ACL or the opener's groups."""


class Proxy(Protocol):
    """A component that ends connections and opens others, or passes them on to one of several."""

    def onward(self, packet: Packet, arrival: Arrival, network: Network) -> Iterable[Onward] | Drop:
        """What it opens for a connection that it accepted at `arrival.interface`, or why it cannot."""
        ...


class EndpointService(Protocol):
    """What an interface endpoint may lead to: a service behind somebody's load balancer (AWS PrivateLink).

    The endpoint accepts the connection at its own interface, like any proxy, and gives back from its `onward`
    what `connect` answers. The connection that follows starts at the endpoint's interface (`send`, which calls
    `routing.interface.leave`) and its answer arrives there (`forward`, which calls `arrive` and `delivered`).
    """

    def connect(self, packet: Packet, arrival: Arrival, network: Network) -> Iterable[Onward] | Drop:
        """Where a connection goes that a consumer's endpoint accepted at `arrival.interface`."""
        ...

    def zones(self, network: Network) -> tuple[str, ...]:
        """Zones in which consumers can have endpoints, by their full names, in order."""
        ...


class Carried(Protocol):
    """A component whose connections may go through somebody's endpoint service (AWS PrivateLink)."""

    def carrier(self, network: Network) -> Key | None:
        """The endpoint service that they go through; None where there is none."""
        ...


class Answering(Protocol):
    """A component whose name leads to some of its interfaces only (a database's primary)."""

    def answering(self, network: Network, *, outside: bool = False) -> tuple[tuple[Interface, Address], ...]:
        """Interfaces that its name leads to at present, with the address that the name gives."""
        ...


class Addressed(Protocol):
    """A component without interfaces of a VPC that has an address of its own: a host on premises, a service."""

    def own_address(self) -> Address | None:
        """Its address; None where it has none to be reached at."""
        ...


class ManyAddressed(Addressed, Protocol):
    """One with several network cards, whose packets carry the address of the card that they leave by."""

    def address_towards(self, destination: Address) -> Address | None:
        """The address that it opens connections from to this destination; None where it has no way there."""
        ...


class Translator(Protocol):
    """A component outside VPCs that puts an address of its own in as source of what passes it."""

    def puts_in(self) -> Address | None:
        """This address; None where it translates nothing."""
        ...


class Leased(Protocol):
    """A component outside VPCs that gets its address from another one: somebody connected to a Client VPN."""

    def leased_address(self, directory: Directory) -> Address | None:
        """Its address at present; None where it gets none."""
        ...


# Asked for at every hop: a look at the class takes a tenth of `isinstance` with a runtime protocol.


def can_forward(component: object) -> TypeGuard[Forwarder]:
    """Whether packets can reach it."""
    return hasattr(type(component), "forward")


def attaches_to_hub(component: object) -> TypeGuard[HubAttachment]:
    """Whether it is attached to a transit gateway."""
    return hasattr(type(component), "propagates")


def is_leased(component: object) -> TypeGuard[Leased]:
    """Whether another component gives it its address."""
    return hasattr(type(component), "leased_address")


def is_attached(component: object) -> TypeGuard[Attached]:
    """Whether a route's target says itself how it is entered."""
    return hasattr(type(component), "entrance")


def is_addressed(component: object) -> TypeGuard[Addressed]:
    """Whether it has an address of its own outside VPCs."""
    return hasattr(type(component), "own_address")


def is_many_addressed(component: object) -> TypeGuard[ManyAddressed]:
    """Whether its address as a source depends on where its packet goes."""
    return hasattr(type(component), "address_towards")


def is_translator(component: object) -> TypeGuard[Translator]:
    """Whether what passes it outside VPCs may get another source."""
    return hasattr(type(component), "puts_in")


def can_send(component: object) -> TypeGuard[Sender]:
    """Whether packets can start at it."""
    return hasattr(type(component), "send")


def is_proxy(component: object) -> TypeGuard[Proxy]:
    """Whether it ends connections and opens others."""
    return hasattr(type(component), "onward")


def is_endpoint_service(component: object) -> TypeGuard[EndpointService]:
    """Whether interface endpoints can lead to it."""
    return hasattr(type(component), "connect")


def is_carried(component: object) -> TypeGuard[Carried]:
    """Whether its connections may go through an endpoint service."""
    return hasattr(type(component), "carrier")


def answers_by_name(component: object) -> TypeGuard[Answering]:
    """Whether its name leads to some of its interfaces only."""
    return hasattr(type(component), "answering")
