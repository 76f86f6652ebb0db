# Network namespaces that have no name: a process holds them open, and they go when it goes, however it ends.
#
# In:  a job of a Blueprint. Out: namespaces with their cables, addresses, routes and rules.
# Touches no interface of the machine: everything is made inside namespaces that this process made.
"""isolate, Namespaces, KernelError."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000
PR_SET_PDEATHSIG = 1
COMMAND_SECONDS = 30
"""How long one call of `ip` or `nft` may take."""
_SBIN = os.pathsep.join(("/usr/sbin", "/sbin"))
_SETTINGS = (
    ("ipv4/conf/all/rp_filter", "0"),
    ("ipv4/conf/default/rp_filter", "0"),
    ("ipv4/conf/all/send_redirects", "0"),
    ("ipv4/conf/default/send_redirects", "0"),
    ("ipv4/conf/all/accept_redirects", "0"),
    ("ipv4/conf/default/accept_redirects", "0"),
    ("ipv4/conf/all/arp_ignore", "1"),
    ("ipv4/conf/all/arp_announce", "2"),
    ("ipv4/fib_multipath_hash_policy", "1"),
    ("ipv4/tcp_synack_retries", "1"),
    ("ipv6/conf/all/disable_ipv6", "1"),
    ("ipv6/conf/default/disable_ipv6", "1"),
    ("bridge/bridge-nf-call-iptables", "0"),
)
"""A router that filters only what its rules say, and neighbours that answer for their own card alone."""

_libc = ctypes.CDLL(None, use_errno=True)


class KernelError(RuntimeError):
    """The kernel, `ip` or `nft` refused something."""


def tool(name: str) -> str:
    """The path of `ip` or `nft`, also where the folders of the administrator's programs are not searched.

    Raises:
        KernelError: it is not installed.
    """
    found = shutil.which(name) or shutil.which(name, path=_SBIN)
    if found is None:
        raise KernelError(f"the program {name!r} is not installed")
    return found


def isolate(parent: int) -> None:
    """Move this process into a network of its own, as root or by a user namespace, and let it die with its parent.

    Raises:
        KernelError: neither is allowed here.
    """
    uid, gid = os.geteuid(), os.getegid()
    _die_with(parent)
    if _libc.unshare(CLONE_NEWNET):
        if _libc.unshare(CLONE_NEWUSER | CLONE_NEWNET):
            reason = os.strerror(ctypes.get_errno())
            raise KernelError(f"neither root nor user namespaces are allowed here ({reason})")
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"0 {uid} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"0 {gid} 1", encoding="ascii")
    _die_with(parent)  # once more: new rights clear it


def _die_with(parent: int) -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise KernelError("whoever asked is gone")


class Namespaces:
    """Namespaces by name, until the process ends."""

    def __init__(self, names: Mapping[str, bool]) -> None:
        self._home = os.open("/proc/self/ns/net", os.O_RDONLY)
        self._handles: dict[str, int] = {}
        try:
            for name, forwards in names.items():
                self._make(name, forwards)
        finally:
            self._enter(self._home)

    def _make(self, name: str, forwards: bool) -> None:
        if _libc.unshare(CLONE_NEWNET):
            raise KernelError(f"no network namespace can be made: {os.strerror(ctypes.get_errno())}")
        self._handles[name] = os.open("/proc/self/ns/net", os.O_RDONLY)
        try:
            for key, value in (("ipv4/ip_forward", "1" if forwards else "0"), *_SETTINGS):
                path = Path("/proc/sys/net", key)
                if path.exists():
                    with suppress(PermissionError) if key.startswith("bridge/") else nullcontext():
                        path.write_text(value, encoding="ascii")  # bridges' own is not everybody's to set
        except OSError as error:
            raise KernelError(f"the kernel's settings cannot be written: {error}") from None

    def lay(self, cables: Sequence[Sequence[str]]) -> None:
        """Lay all cables at once."""
        lines = [
            f"link add name {port_one} netns {self._path(one)} type veth peer name {port_two} netns {self._path(two)}"
            for one, port_one, two, port_two in cables
        ]
        self._run([tool("ip"), "-batch", "-"], lines)

    def _path(self, name: str) -> str:
        return f"/proc/{os.getpid()}/fd/{self._handles[name]}"

    def ip(self, name: str, lines: Sequence[str]) -> None:
        """Run commands of `ip` in a namespace."""
        with self.inside(name):
            self._run([tool("ip"), "-batch", "-"], ["link set lo up", *lines])
            for setting in Path("/proc/sys/net/ipv4/neigh").glob("*/retrans_time_ms"):
                setting.write_text("100", encoding="ascii")  # a neighbour that is silent is soon known to be

    def nft(self, name: str, text: str) -> None:
        """Load rules of nftables in a namespace."""
        with self.inside(name):
            self._run([tool("nft"), "-f", "-"], [text])

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        """This process in a namespace: sockets made and programs started here stay there."""
        self._enter(self._handles[name])
        try:
            yield
        finally:
            self._enter(self._home)

    @staticmethod
    def _enter(handle: int) -> None:
        if _libc.setns(handle, CLONE_NEWNET):
            raise KernelError(f"cannot enter a namespace: {os.strerror(ctypes.get_errno())}")

    @staticmethod
    def _run(command: Sequence[str], lines: Sequence[str]) -> None:
        if not lines:
            return
        text = "\n".join(lines) + "\n"
        try:
            done = subprocess.run(
                command, input=text, capture_output=True, text=True, check=False, timeout=COMMAND_SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise KernelError(f"{command[0]}: {error}") from None
        if done.returncode:
            raise KernelError(f"{' '.join(command)}: {done.stderr.strip()}\n{text}")

    def is_stuck(self, name: str, destination: str) -> bool:
        """Whether a namespace asked for the hardware address of its next hop to a destination and got no answer."""
        with self.inside(name):
            hop = self._say("route", "get", destination).split()
            failed = {line.split()[0] for line in self._say("neigh", "show", "nud", "failed").splitlines()}
        return (hop[hop.index("via") + 1] if "via" in hop else destination) in failed

    @staticmethod
    def _say(*words: str) -> str:
        command = [tool("ip"), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=COMMAND_SECONDS).stdout


def build(job: Mapping[str, Any]) -> Namespaces:
    """Everything that a job asks for.

    Raises:
        KernelError: something of it could not be made.
    """
    made = Namespaces(job["namespaces"])
    made.lay(job["cables"])
    for name in job["namespaces"]:
        made.ip(name, job["lines"].get(name, []))
        if name in job["tables"]:
            made.nft(name, job["tables"][name])
    return made
