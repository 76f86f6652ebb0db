# What dropping rules report: the packet and the rule's prefix, by netlink, at once.
#
# Source: linux/netfilter/nfnetlink_log.h.
"""Notices."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from ipaddress import IPv4Address

from docgen.kernel.blueprint import LOG_GROUP, Drop

NETLINK_NETFILTER = 12
_ULOG, _PACKET, _CONFIG = 4, 0, 1
_PREFIX, _PAYLOAD = 10, 9
_HEADER = struct.Struct("=IHHII")
_ATTRIBUTE = struct.Struct("=HH")
_RESET = 4
_PROTOCOLS = {1: "icmp", 6: "tcp", 17: "udp"}


class Notices:
    """The reports of the namespace that this process is in when it is made."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
        self.socket.bind((0, 0))
        self._tell(_attribute(1, struct.pack("=B", 1)))  # bind to the group
        self._tell(_attribute(2, struct.pack(">IBx", 256, 2)))  # copy this much of each packet
        self._tell(_attribute(5, struct.pack(">I", 1)))  # and do not wait for more
        self.socket.setblocking(False)

    def _tell(self, attribute: bytes) -> None:
        body = struct.pack(">BBH", socket.AF_UNSPEC, 0, LOG_GROUP) + attribute
        header = _HEADER.pack(_HEADER.size + len(body), _ULOG << 8 | _CONFIG, 1 | 4, 0, 0)  # request, acknowledged
        self.socket.send(header + body)
        (error,) = struct.unpack_from("=i", self.socket.recv(4096), _HEADER.size)
        if error:
            raise OSError(-error, "nfnetlink_log")

    def read(self) -> Iterator[tuple[str, int, Drop]]:
        """Protocol and the port (or ICMP identifier) that the asker chose, with what was dropped."""
        while True:
            try:
                data = self.socket.recv(65536)
            except BlockingIOError:
                return
            except OSError:  # more notices than the buffer holds: those that are lost were repetitions
                continue
            for kind, body in _messages(data):
                if kind == (_ULOG << 8 | _PACKET):
                    held = dict(_attributes(body[4:]))
                    yield from _judged(int(held[_PREFIX].rstrip(b"\0")), held.get(_PAYLOAD, b""))


def _attribute(kind: int, value: bytes) -> bytes:
    made = _ATTRIBUTE.pack(_ATTRIBUTE.size + len(value), kind) + value
    return made + bytes(-len(made) % 4)


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + _HEADER.size <= len(data):
        length, kind, *_ = _HEADER.unpack_from(data, at)
        if length < _HEADER.size:
            return
        yield kind, data[at + _HEADER.size : at + length]
        at += length + 3 & ~3


def _attributes(body: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + _ATTRIBUTE.size <= len(body):
        length, kind = _ATTRIBUTE.unpack_from(body, at)
        if length < _ATTRIBUTE.size:
            return
        yield kind & 0x3FFF, body[at + _ATTRIBUTE.size : at + length]
        at += length + 3 & ~3


def _judged(label: int, packet: bytes) -> Iterator[tuple[str, int, Drop]]:
    """A packet under both of its ports: which of them the asker chose is known to who made the probes."""
    if len(packet) < 28:
        return
    start = (packet[0] & 15) * 4
    protocol = _PROTOCOLS.get(packet[9], str(packet[9]))
    source, destination = IPv4Address(packet[12:16]), IPv4Address(packet[16:20])
    if protocol == "icmp":
        kind, (identifier,) = packet[start], struct.unpack_from(">H", packet, start + 4)
        if kind in (0, 8):
            yield protocol, identifier, Drop(label, kind == 0, False, f"icmp {source} > {destination}")
        return
    ports = struct.unpack_from(">HH", packet, start)
    text = f"{protocol} {source}:{ports[0]} > {destination}:{ports[1]}"
    reset = protocol == "tcp" and len(packet) > start + 13 and bool(packet[start + 13] & _RESET)
    yield protocol, ports[0], Drop(label, False, False, text)
    yield protocol, ports[1], Drop(label, True, reset, text)
