# The answer: what decided at every hop, there and back. Plain values that terminal, JSON, page and picture share.
"""Step, Line, Hop, Trace, Connection, SmallestChange, FlowReport and their enums."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from docgen.core.data import dataclass
from docgen.core.display import shown
from docgen.core.values import reads_later
from docgen.model.component import Key
from docgen.model.packet import Packet


class Verdict(StrEnum):
    """The answer for a whole flow, there and back."""

    ALLOWED = "allowed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


class Leg(StrEnum):
    """A half of a connection."""

    FORWARD = "forward"
    RETURN = "return"


class Disposition(StrEnum):
    """How one leg ends."""

    ACCEPTED = "accepted"
    EXITS_NETWORK = "exits_network"
    """Delivered to a host on the internet."""
    DENIED_IN = "denied_in"
    DENIED_OUT = "denied_out"
    NO_ROUTE = "no_route"
    BLACKHOLE = "blackhole"
    DROPPED = "dropped"
    """A gateway, translator or load balancer refused it."""
    REFUSED = "refused"
    """It arrived, and the host itself refused it: nothing listens on the port."""
    LOOP = "loop"
    HOP_LIMIT = "hop_limit"
    INSUFFICIENT_INFO = "insufficient_info"


class Check(StrEnum):
    """What a step looked at."""

    STATE = "state"
    """Whether the component works."""
    DNS = "dns"
    SOURCE_DEST_CHECK = "source_dest_check"
    SECURITY_GROUP_EGRESS = "security_group_egress"
    SECURITY_GROUP_INGRESS = "security_group_ingress"
    NETWORK_ACL_EGRESS = "network_acl_egress"
    NETWORK_ACL_INGRESS = "network_acl_ingress"
    ROUTE_TABLE = "route_table"
    ON_LINK = "on_link"
    """Same subnet: delivered without router or network ACL."""
    TRANSLATION = "translation"
    GATEWAY = "gateway"
    """A rule of the gateway itself (internet gateway, NAT gateway)."""
    LISTENER = "listener"
    TARGET = "target"
    DELIVERY = "delivery"
    ARP = "arp"
    """Who has an address on a LAN."""
    SWITCHING = "switching"
    """A switch's MAC table."""
    FAILOVER = "failover"
    """How the design reacts to what is out of order: a standby, another zone, another way."""


class Outcome(StrEnum):
    """How a step came out."""

    PASS = "pass"
    DROP = "drop"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A route, rule or entry that was looked at: the one that decided, or one that lost and why."""

    text: str
    """`0.0.0.0/0 -> nat-a`, `tcp 8080 from edge`, `100 allow all from 0.0.0.0/0`."""
    chosen: bool
    reason: str
    """Why it won or lost: `longest prefix that contains it`, `not inside this block`."""
    code: str = ""
    """Reachability Analyzer's code of a losing candidate, where there is one (`MORE_SPECIFIC_ROUTE`)."""


class Line(NamedTuple):
    """A line of a route table, security group or network ACL."""

    holder: Key
    """The table, group or ACL."""
    value: Any
    """The line as the network holds it: a route, a security group rule or a network ACL entry."""


@reads_later("text", "rule", "lines", "candidates")
@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One decision at a hop."""

    check: Check
    outcome: Outcome
    by: Key
    """What decided: the route table, group, ACL or the component itself."""
    by_name: str
    """Its name for people: shortest unambiguous id."""
    text: str
    """One sentence that names the route, rule or entry with its table, group or number."""
    rule: str = ""
    """The deciding line as text; "" where none."""
    lines: tuple[Line, ...] = ()
    """All lines that decided, each about a part of the ports; the final deny of a network ACL is none."""
    candidates: tuple[Candidate, ...] = ()
    """All lines that were looked at, in the order of evaluation."""
    code: str = ""
    """Reason code, on a step that drops (or notes a warning)."""
    detail: str = ""
    """Second code or detail (`DG_EPHEMERAL_RANGE_PARTIAL`)."""
    assumption: str = ""
    """Id of the choice (model/assumptions) without which it might have come out otherwise; "" where AWS says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One component that the packet visits."""

    component: Key
    name: str
    """Its name for people."""
    interface: str = ""
    """Id of the network interface there (`app-a`, `edge@a`); "" where it has none."""
    subnet: Key | None = None
    packet_in: Packet | None
    """Header on arrival; None at the hop where the packet starts."""
    packet_out: Packet | None
    """Header on leaving; None where it ends."""
    packet_stopped: Packet | None = None
    """Header of a packet that was stopped after it had been translated here."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One leg of one path, hop by hop."""

    leg: Leg
    hops: tuple[Hop, ...]
    disposition: Disposition

    @property
    def delivered(self) -> bool:
        """Whether the packet arrived."""
        return self.disposition in (Disposition.ACCEPTED, Disposition.EXITS_NETWORK)

    @property
    def arrived(self) -> bool:
        """Whether the network brought it to its destination, which may have refused it itself."""
        return self.delivered or self.disposition is Disposition.REFUSED

    @property
    def blocker(self) -> Step | None:
        """The step that ended it, or None."""
        if self.delivered or not self.hops or not self.hops[-1].steps:
            return None
        return self.hops[-1].steps[-1]


@reads_later("text")
@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One connection of a flow, there and back: a proxy or a server opens further ones.

    A flow's connections form a tree in depth-first order; `parent` is an index into
    `FlowReport.connections`, None for those that the flow's source opens. What a component calls is traced once.
    """

    source: Key
    source_name: str
    destination: Key | None
    """None where a name did not resolve."""
    destination_name: str
    purpose: str = ""
    """`dns` for a look-up, `listener` for what a load balancer opens, `call` for what a component calls when it is
    called, "" for the flow's own."""
    parent: int | None = None
    verdict: Verdict
    leg: Leg | None = None
    reason: str = ""
    component: Key | None = None
    """Where it was decided: the route table, ACL, gateway, or the component whose interface's groups refused."""
    component_name: str = ""
    text: str
    """One sentence: the outcome and why."""
    secondary: tuple[str, ...] = ()
    """Further reason codes that are true as well."""
    followed_at: int | None = None
    """Where the destination's own calls are traced, if not below this one: the index of the connection that reached
    it first. That may be one that leads here, and then the calls go round in a circle."""
    request: Packet | None = None
    """The header as the source makes it, before any check; None for a look-up."""
    forward: Trace
    returning: Trace | None = None
    """None where the forward leg did not arrive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit of a definition."""

    component: Key
    component_name: str
    field: str
    """The field that changes; "" where the component itself is new."""
    text: str
    """The edit in words: `add `tcp 5432 from app` to the ingress rules of security group db`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestChange:
    """What would open a blocked flow: fewest edits, then least opened besides; proven by tracing again."""

    edits: tuple[Edit, ...]
    """() where an invariant forbids it, or where nothing small is known; the text says which."""
    text: str
    """One sentence."""
    forbidden_by: str = ""
    """The invariant that every such change would break."""


@reads_later("text", "smallest_change")
@dataclass(frozen=True, slots=True, kw_only=True)
class FlowReport:
    """The answer to one flow; verdict, leg, reason and component are those of the first blocked connection."""

    flow_id: str
    verdict: Verdict
    leg: Leg | None = None
    reason: str = ""
    component: Key | None = None
    component_name: str = ""
    text: str
    connections: tuple[Connection, ...] = ()
    paths_working: int = 0
    paths_total: int = 0
    """Of the paths that AWS may choose (nodes and targets of a load balancer), each followed to its end through all
    that is called, how many work."""
    warnings: tuple[str, ...] = ()
    """Codes of notes that do not change the verdict."""
    smallest_change: SmallestChange | None = None
    """Of a blocked flow, where it was asked for; looked for when somebody reads it."""

    @property
    def forward(self) -> tuple[Trace, ...]:
        """The way there of each connection, in order."""
        return tuple(connection.forward for connection in self.connections)

    @property
    def returning(self) -> tuple[Trace, ...]:
        """The way back of each connection that has one, in order."""
        return tuple(c.returning for c in self.connections if c.returning is not None)

    def _repr_html_(self) -> str:
        """In a notebook: the answer, with every hop behind it."""
        return shown(self)
