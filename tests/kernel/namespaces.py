"""Network namespaces, cables and bridges of a Linux kernel: real hosts that send real packets.

A `Lab` makes them, runs probes in them and takes them away. Knows nothing of docgen.
"""

from __future__ import annotations

import ctypes
import os
import selectors
import shutil
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CLONE_NEWNET = 0x40000000
IP_PKTINFO = 8
PATIENCE = 0.7
"""Seconds after which a probe that nobody answered counts as blocked."""
LONG_PATIENCE = 8.0
"""Seconds that a probe may take which is expected to be answered: a busy machine is no firewall."""

_libc = ctypes.CDLL(None, use_errno=True)


def missing() -> str:
    """Why no lab can be made here; "" where one can."""
    for program in ("ip", "nft"):
        if shutil.which(program) is None:
            return f"the program {program!r} is not installed"
    if os.geteuid() != 0:
        return "network namespaces are made by root only"
    name = f"docgen-{os.getpid()}-try"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True, check=False)
    if made.returncode:
        return f"no network namespace can be made: {made.stderr.strip()}"
    bridge = ["ip", "-n", name, "link", "add", "name", "br", "type", "bridge"]
    bridged = subprocess.run(bridge, capture_output=True, text=True, check=False)
    rules = "table ip t {\nchain c {\ntype nat hook postrouting priority 100\n}\n}\n"
    command = ["ip", "netns", "exec", name, "nft", "-f", "-"]
    filtered = subprocess.run(command, input=rules, capture_output=True, text=True, check=False)
    subprocess.run(["ip", "netns", "del", name], check=False)
    return (bridged.stderr + filtered.stderr).strip()


@dataclass(frozen=True)
class Probe:
    """One connection to try: who asks whom, from which port to which."""

    source: str
    """Name of the namespace that asks."""
    source_address: str
    source_port: int
    address: str
    port: int
    protocol: str = "tcp"
    hopeful: bool = True
    """Whether somebody expects an answer: then it is waited for."""


class Lab:
    """Namespaces by name, until `close`."""

    def __init__(self) -> None:
        self._prefix = f"docgen-{os.getpid()}-"
        self._names: list[str] = []
        self.cables: list[tuple[str, str]] = []
        """Cables laid so far, by the ends that were named first."""
        self._commands: dict[str, list[str]] = {}
        self._rules: dict[str, list[str]] = {}
        self._home = os.open("/proc/self/ns/net", os.O_RDONLY)
        self._handles: dict[str, int] = {}

    # -- building -----------------------------------------------------------------------------
    def namespace(self, name: str, *, forwards: bool = False) -> str:
        """A new host; with `forwards` a router. Neither filters paths by itself."""
        full = self._prefix + name
        subprocess.run(["ip", "netns", "add", full], check=True)
        self._names.append(name)
        self._handles[name] = os.open(f"/run/netns/{full}", os.O_RDONLY)
        with self.inside(name):
            for key, value in (
                ("ipv4/ip_forward", "1" if forwards else "0"),
                ("ipv4/conf/all/rp_filter", "0"),
                ("ipv4/conf/default/rp_filter", "0"),
                ("ipv4/conf/all/send_redirects", "0"),
                ("ipv4/conf/default/send_redirects", "0"),
                ("ipv4/conf/all/accept_redirects", "0"),
                ("ipv4/conf/default/accept_redirects", "0"),
                ("ipv4/conf/all/arp_ignore", "1"),
                ("ipv4/conf/all/arp_announce", "2"),
                ("ipv4/neigh/default/retrans_time_ms", "100"),
                ("bridge/bridge-nf-call-iptables", "0"),
            ):
                path = Path("/proc/sys/net", key)
                if path.exists():
                    path.write_text(value, encoding="ascii")
        self.ip(name, "link set lo up")
        return name

    def ip(self, name: str, *lines: str) -> None:
        """Commands of `ip`, run in order by `settle`."""
        self._commands.setdefault(name, []).extend(lines)

    def rules(self, name: str, text: str) -> None:
        """Rules of nftables, loaded by `settle`."""
        self._rules.setdefault(name, []).append(text)

    def cable(self, one: str, port_one: str, two: str, port_two: str) -> None:
        """A cable between two namespaces."""
        self.cables.append((one, port_one))
        self._flush(one)
        self._flush(two)
        first, second = self._prefix + one, self._prefix + two
        command = ["ip", "-n", first, "link", "add", "name", port_one, "type", "veth"]
        self._run([*command, "peer", "name", port_two, "netns", second])
        self.ip(one, f"link set {port_one} up")
        self.ip(two, f"link set {port_two} up")

    def bridge(self, name: str, bridge: str) -> None:
        """A switch inside a namespace, without spanning tree."""
        self.ip(name, f"link add name {bridge} type bridge forward_delay 0", f"link set {bridge} up")

    def settle(self) -> None:
        """Run what was asked for."""
        for name in self._names:
            self._flush(name)
        for name, texts in self._rules.items():
            command = ["ip", "netns", "exec", self._prefix + name, "nft", "-f", "-"]
            self._run(command, "".join(texts))
        self._rules.clear()

    def _flush(self, name: str) -> None:
        lines = self._commands.pop(name, [])
        if lines:
            self._run(["ip", "-n", self._prefix + name, "-batch", "-"], "\n".join(lines) + "\n")

    @staticmethod
    def _run(command: Sequence[str], text: str = "") -> None:
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"{' '.join(command)}: {done.stderr.strip()}\n{text}")

    # -- using --------------------------------------------------------------------------------
    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        """This thread in a namespace: sockets made here stay there."""
        self._enter(self._handles[name])
        try:
            yield
        finally:
            self._enter(self._home)

    @staticmethod
    def _enter(handle: int) -> None:
        if _libc.setns(handle, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")

    def connect(self, probes: Sequence[Probe], listeners: Iterable[tuple[str, str, int]]) -> list[bool]:
        """Which probes got their byte back; listeners are (namespace, protocol, port)."""
        with _Echo() as echo:
            for name, protocol, port in dict.fromkeys(listeners):
                with self.inside(name):
                    echo.listen(protocol, port)
            for index, probe in enumerate(probes):
                with self.inside(probe.source):
                    echo.ask(index, probe)
            return echo.answers(probes)

    def show(self, name: str) -> str:
        """Addresses, routes and rules of a namespace, for messages of failed tests."""
        commands = ("ip -br addr", "ip rule", "ip route show table all", "nft list ruleset")
        prefix = ["ip", "netns", "exec", self._prefix + name]
        commands = ("ip -br addr", "ip rule", "ip route show table all", "nft list ruleset")
        done = (subprocess.run([*prefix, *c.split()], capture_output=True, text=True, check=False) for c in commands)
        return "\n".join(d.stdout for d in done)

    def close(self) -> None:
        """Take everything away."""
        for handle in self._handles.values():
            os.close(handle)
        os.close(self._home)
        for name in self._names:
            subprocess.run(["ip", "netns", "del", self._prefix + name], check=False)


class _Echo:
    """Servers that send back what they get, and clients that wait for it, in one loop."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._answered: set[int] = set()
        self._failed: set[int] = set()

    def __enter__(self) -> _Echo:
        return self

    def __exit__(self, *_: object) -> None:
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def listen(self, protocol: str, port: int) -> None:
        """A server at all addresses of the namespace that this thread is in."""
        server = _socket(protocol)
        if protocol == "udp":
            server.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
        server.bind(("0.0.0.0", port))
        if protocol == "tcp":
            server.listen(64)
        self._selector.register(server, selectors.EVENT_READ, ("server", protocol))

    def ask(self, index: int, probe: Probe) -> None:
        """A client in the namespace that this thread is in."""
        client = _socket(probe.protocol)
        client.bind((probe.source_address, probe.source_port))
        try:
            client.connect((probe.address, probe.port))
        except BlockingIOError:
            pass
        except OSError:
            self._failed.add(index)
            client.close()
            return
        self._selector.register(client, selectors.EVENT_WRITE, ("client", index))

    def answers(self, probes: Sequence[Probe]) -> list[bool]:
        """Wait until every hopeful client has its byte, and a while for the others."""
        hopeful = {i for i, p in enumerate(probes) if p.hopeful}
        start = time.monotonic()
        while True:
            waited = time.monotonic() - start
            open_yet = set(range(len(probes))) - self._answered - self._failed
            if not open_yet or (waited > PATIENCE and not open_yet & hopeful) or waited > LONG_PATIENCE:
                return [i in self._answered for i in range(len(probes))]
            for key, _ in self._selector.select(0.05):
                role, what = key.data
                if role == "server":
                    self._serve(key.fileobj, what)
                elif role == "peer":
                    self._send_back(key.fileobj)
                else:
                    self._client(key, what)

    def _serve(self, server: socket.socket, protocol: str) -> None:
        try:
            if protocol == "tcp":
                peer, _ = server.accept()
                peer.setblocking(False)
                self._selector.register(peer, selectors.EVENT_READ, ("peer", 0))
            else:
                data, asked, _, client = server.recvmsg(64, 256)
                server.sendmsg([data], [(level, kind, _from(info)) for level, kind, info in asked], 0, client)
        except OSError:
            pass

    def _send_back(self, peer: socket.socket) -> None:
        try:
            data = peer.recv(64)
            if data:
                peer.send(data)
        except OSError:
            data = b""
        if not data:
            self._forget(peer)

    def _client(self, key: selectors.SelectorKey, index: int) -> None:
        client: socket.socket = key.fileobj  # type: ignore[assignment]
        try:
            if key.events == selectors.EVENT_WRITE:
                if client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    raise OSError
                client.send(b"?")
                self._selector.modify(client, selectors.EVENT_READ, key.data)
            elif client.recv(64) == b"?":
                self._answered.add(index)
                self._forget(client)
            else:
                raise OSError
        except OSError:
            self._failed.add(index)
            self._forget(client)

    def _forget(self, used: socket.socket) -> None:
        self._selector.unregister(used)
        used.close()


def _from(info: bytes) -> bytes:
    """`struct in_pktinfo` of an answer: from the address that was asked, by whichever interface."""
    return bytes(4) + info[8:12] + bytes(4)


def _socket(protocol: str) -> socket.socket:
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    made = socket.socket(socket.AF_INET, kind)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setblocking(False)
    return made
