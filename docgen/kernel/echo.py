# Servers that send back what they get, clients that wait for it, and the reports of packets that were dropped on
# the way: all in one loop of one process, each in its own namespace.
"""Echo."""

from __future__ import annotations

import errno
import selectors
import socket
import struct
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from docgen.kernel.blueprint import Drop, Outcome, Probe
from docgen.kernel.notices import Notices

IP_PKTINFO, IP_RECVERR, IP_MTU_DISCOVER, IP_PMTUDISC_DO = 8, 11, 10, 2
PATIENCE = 4.0
"""Seconds without news of any probe after which those that nobody answered, refused or dropped count as lost."""
AGAIN = 0.5
"""After how many seconds a question goes out again where the protocol itself does not repeat it."""
_QUEUE = 1024
"""Connections that a server may leave waiting: all of a round may come at once."""
GRACE = 0.08
"""Seconds that a dropped packet waits for further notices of it."""
_ORIGIN_ICMP = 2
_TCP_HEADERS, _UDP_HEADERS = 52, 28
"""Bytes before the data: IPv4 with TCP and its time stamps, IPv4 with UDP or ICMP."""


class Echo:
    """Servers, clients and notices."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._results: dict[int, Outcome] = {}
        self._drops: dict[int, list[Drop]] = {}
        self._dropped_at: dict[int, float] = {}
        self._arrived: set[tuple[str, int]] = set()
        self._datagrams: dict[int, tuple[socket.socket, bytes]] = {}
        self._probes: dict[tuple[str, int], int] = {}

    def __enter__(self) -> Echo:
        return self

    def __exit__(self, *_: object) -> None:
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def watch(self) -> None:
        """Hear of packets that are dropped in the namespace that this process is in."""
        notices = Notices()
        self._selector.register(notices.socket, selectors.EVENT_READ, ("notices", notices))

    def listen(self, name: str, protocol: str, port: int) -> None:
        """A server at all addresses of the namespace that this process is in; it answers with its name."""
        server = _socket(protocol)
        if protocol == "udp":
            server.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
        server.bind(("0.0.0.0", port))
        if protocol == "tcp":
            server.listen(_QUEUE)
        self._selector.register(server, selectors.EVENT_READ, ("server", protocol, name.encode()))

    def ask(self, index: int, probe: Probe) -> None:
        """A client in the namespace that this process is in."""
        self._probes[probe.protocol, probe.source_port] = index
        client = _socket(probe.protocol)
        try:
            if probe.protocol == "icmp":
                client.bind((probe.source_address, 0))
                client.connect((probe.address, 0))
                self._selector.register(client, selectors.EVENT_READ, ("client", index, probe))
                self._send(index, client, _echo_request(probe))
                return
            client.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
            client.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO)
            client.bind((probe.source_address, probe.source_port))
            client.connect((probe.address, probe.port))
        except BlockingIOError:
            pass
        except OSError as error:
            self._fail(index, client, error.errno or 0)
            return
        self._selector.register(client, selectors.EVENT_WRITE, ("client", index, probe))

    def outcomes(self, probes: Sequence[Probe]) -> list[Outcome]:
        """Wait for every client: until its answer, its refusal, or a notice of where its packet was dropped."""
        repeated = heard = time.monotonic()
        known = 0
        while True:
            now = time.monotonic()
            if len(self._results) > known:
                known, heard = len(self._results), now
            for index, since in list(self._dropped_at.items()):
                if index not in self._results and now - since > GRACE:
                    self._results[index] = Outcome(answered=False)
            if now - repeated > AGAIN:
                self._ask_again()
                repeated = now
            if len(self._results) == len(probes) or now - heard > PATIENCE:
                break
            for key, _ in self._selector.select(GRACE / 2):
                role, *more = key.data
                if role == "server":
                    self._serve(key.fileobj, *more)  # type: ignore[arg-type]
                elif role == "peer":
                    self._send_back(key.fileobj, *more)  # type: ignore[arg-type]
                elif role == "notices":
                    self._hear(more[0])
                else:
                    self._client(key, *more)
        return [self._with_drops(i, (p.protocol, p.source_port) in self._arrived) for i, p in enumerate(probes)]

    def _with_drops(self, index: int, arrived: bool) -> Outcome:
        found = self._results.get(index, Outcome(answered=False))
        drops = tuple(dict.fromkeys(self._drops.get(index, ())))
        return replace(found, arrived=arrived or found.answered, drops=drops)

    def _ask_again(self) -> None:
        for index, (client, data) in self._datagrams.items():
            if index not in self._results and index not in self._drops:
                with suppress(OSError):
                    client.send(data)

    def _hear(self, notices: Notices) -> None:
        for protocol, port, drop in notices.read():
            index = self._probes.get((protocol, port))
            if index is not None and index not in self._results:
                self._drops.setdefault(index, []).append(drop)
                self._dropped_at.setdefault(index, time.monotonic())

    def _serve(self, server: socket.socket, protocol: str, name: bytes) -> None:
        try:
            if protocol == "tcp":
                peer, _ = server.accept()
                peer.setblocking(False)
                self._selector.register(peer, selectors.EVENT_READ, ("peer", name))
            else:
                _, asked, _, client = server.recvmsg(16384, 256)
                self._arrived.add((protocol, client[1]))
                server.sendmsg([name], [(level, kind, _from(info)) for level, kind, info in asked], 0, client)
        except OSError:
            pass

    def _send_back(self, peer: socket.socket, name: bytes) -> None:
        try:
            data = peer.recv(16384)
            if data:
                peer.send(name)
        except OSError:
            data = b""
        if not data:
            self._forget(peer)

    def _client(self, key: selectors.SelectorKey, index: int, probe: Probe) -> None:
        client: socket.socket = key.fileobj  # type: ignore[assignment]
        if index in self._results:
            self._forget(client)
            return
        try:
            if key.events == selectors.EVENT_WRITE:
                error = client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if error:
                    raise OSError(error, "")
                headers = _TCP_HEADERS if probe.protocol == "tcp" else _UDP_HEADERS
                self._send(index, client, b"?" * max(1, probe.size - headers), again=probe.protocol != "tcp")
                self._selector.modify(client, selectors.EVENT_READ, key.data)
            elif probe.protocol != "icmp":
                name = client.recv(256).decode()
                if not name:
                    raise OSError(errno.ECONNRESET, "")
                meant = probe.meant in ("", name)
                self._results[index] = Outcome(answered=meant, stranger="" if meant else name)
                self._forget(client)
            elif _is_reply(client.recv(2048), probe):
                self._results[index] = Outcome(answered=True)
                self._forget(client)
        except OSError as error:
            self._selector.unregister(client)
            self._fail(index, client, error.errno or 0)

    def _send(self, index: int, client: socket.socket, data: bytes, *, again: bool = True) -> None:
        client.send(data)
        if again:
            self._datagrams[index] = (client, data)

    def _fail(self, index: int, client: socket.socket, number: int) -> None:
        said = "refused" if number in (errno.ECONNREFUSED, errno.ECONNRESET) else "unreachable"
        self._results[index] = Outcome(answered=False, error=said, offender=_offender(client))
        client.close()

    def _forget(self, used: socket.socket) -> None:
        self._selector.unregister(used)
        used.close()


def _offender(client: socket.socket) -> str:
    """Who reported a failure; "" where the client's own host did."""
    try:
        _, found, _, _ = client.recvmsg(0, 512, socket.MSG_ERRQUEUE)
    except OSError:
        return ""
    for _, kind, value in found:
        if kind == IP_RECVERR and len(value) >= 24 and value[4] == _ORIGIN_ICMP:
            return socket.inet_ntoa(value[20:24])
    return ""


def _from(info: bytes) -> bytes:
    """`struct in_pktinfo` of an answer: from the address that was asked, by whichever interface."""
    return bytes(4) + info[8:12] + bytes(4)


def _socket(protocol: str) -> socket.socket:
    if protocol == "icmp":
        made = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    else:
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setblocking(False)
    return made


def _echo_request(probe: Probe) -> bytes:
    data = b"?" * max(0, probe.size - _UDP_HEADERS)
    made = struct.pack(">BBHHH", 8, 0, 0, probe.source_port, 1) + data
    padded = made + bytes(len(made) % 2)
    total = sum(struct.unpack(f">{len(padded) // 2}H", padded))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return made[:2] + struct.pack(">H", ~total & 0xFFFF) + made[4:]


def _is_reply(packet: bytes, probe: Probe) -> bool:
    start = (packet[0] & 15) * 4
    return packet[start] == 0 and struct.unpack_from(">H", packet, start + 4)[0] == probe.source_port
