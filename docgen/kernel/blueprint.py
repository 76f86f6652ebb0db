# What is to be built and asked in the kernel, as plain values: namespaces, cables, lines for `ip`, rules for
# nftables, probes. Knows nothing of AWS and starts nothing; the worker builds it.
"""Blueprint, Probe, Outcome, Drop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, field
from typing import Any

from docgen.core.data import dataclass

LOG_GROUP = 7
"""The netlink group to which dropping rules report, inside the emulation's own namespaces."""
MOST_NAMESPACES = 250
"""More are refused: each takes memory of the kernel."""
JUMBO = 9001
"""MTU of every cable, in bytes: what EC2's own interfaces carry."""


class TooLargeError(ValueError):
    """A blueprint with more namespaces than one machine should be asked for."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One connection to try: who asks whom, from which port to which."""

    namespace: str
    source_address: str
    source_port: int
    """By it a dropped packet is known: what else has this port at either end is sent in another round."""
    address: str
    port: int
    protocol: str = "tcp"
    size: int = 0
    """Bytes of the largest packet that it sends, headers included; 0 for a small one."""
    meant: str = ""
    """The namespace that is to answer; "" accepts any."""


@dataclass(frozen=True, slots=True)
class Drop:
    """A packet that a rule dropped."""

    label: int
    """Index into `Blueprint.labels`."""
    answer: bool
    """Whether it was on its way back to who asked."""
    refusal: bool
    """Whether it is an answer that refuses: nobody listens on the port that was asked."""
    packet: str
    """Its addresses and ports there: `tcp 10.0.0.5:2048 > 10.0.1.9:443`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a probe."""

    answered: bool
    error: str = ""
    """`refused` or `unreachable` where the kernel said so; "" where it was answered, or nobody said anything."""
    offender: str = ""
    """The address that reported it unreachable."""
    stranger: str = ""
    """The namespace that answered instead of the one that was meant."""
    arrived: bool = False
    """Whether somebody was seen to get it; of TCP only whole connections are."""
    stuck: bool = False
    """Whether who was to answer got no reply when it asked for its next neighbour's hardware address."""
    drops: tuple[Drop, ...] = ()
    """Of its packets, in the order of their notices."""


@dataclass(slots=True)
class Blueprint:
    """Namespaces by name and all that is in them."""

    namespaces: dict[str, bool] = field(default_factory=dict)
    """Name to whether it forwards, as a router does."""
    cables: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Namespace, device, namespace, device."""
    lines: dict[str, list[str]] = field(default_factory=dict)
    """Namespace to commands of `ip`, in order."""
    tables: dict[str, list[str]] = field(default_factory=dict)
    """Namespace to rules of nftables."""
    labels: list[Any] = field(default_factory=list)
    """What each dropping rule stands for; stays here, the worker sees the index."""
    listeners: dict[tuple[str, str, int], None] = field(default_factory=dict)
    """Namespace, protocol and port where somebody listens, at all its addresses."""
    probes: list[Probe] = field(default_factory=list)

    def namespace(self, name: str, *, forwards: bool = False) -> str:
        """A new host; with `forwards` a router.

        Raises:
            TooLargeError: there are `MOST_NAMESPACES` already.
        """
        if len(self.namespaces) >= MOST_NAMESPACES:
            raise TooLargeError(f"it would take more than {MOST_NAMESPACES} network namespaces")
        self.namespaces[name] = forwards
        return name

    def ip(self, name: str, *lines: str) -> None:
        """Commands of `ip` in a namespace, run in order once all cables are laid."""
        self.lines.setdefault(name, []).extend(lines)

    def rules(self, name: str, text: str) -> None:
        """Rules of nftables in a namespace."""
        self.tables.setdefault(name, []).append(text)

    def cable(self, one: str, port_one: str, two: str, port_two: str) -> None:
        """A cable between two namespaces; names of devices have at most 15 characters."""
        self.cables.append((one, port_one, two, port_two))
        self.ip(one, f"link set {port_one} mtu {JUMBO} up")
        self.ip(two, f"link set {port_two} mtu {JUMBO} up")

    def bridge(self, name: str, bridge: str) -> None:
        """A switch inside a namespace, without spanning tree."""
        self.ip(name, f"link add name {bridge} mtu {JUMBO} type bridge forward_delay 0", f"link set {bridge} up")

    def drop(self, label: Any) -> str:
        """The end of a rule that drops and says so."""
        self.labels.append(label)
        return f'log prefix "{len(self.labels) - 1}" group {LOG_GROUP} drop'

    def listen(self, name: str, protocol: str, ports: Iterable[int]) -> None:
        """Somebody listens there."""
        for port in ports:
            self.listeners[name, protocol, port] = None

    def job(self) -> dict[str, Any]:
        """What the worker needs, as JSON has it."""
        return {
            "namespaces": self.namespaces,
            "cables": self.cables,
            "lines": self.lines,
            "tables": {name: "".join(texts) for name, texts in self.tables.items()},
            "listeners": list(self.listeners),
            "probes": [asdict(p) for p in self.probes],
        }


def outcome_of(value: dict[str, Any]) -> Outcome:
    """An outcome as the worker wrote it."""
    return Outcome(**{**value, "drops": tuple(Drop(**d) for d in value["drops"])})
