# Where a connection goes, in one word, as people write it: `https://example.com`, `orders:3306`, `queue`.
#
# In:  text of a definition. Out: a name with the protocol and the port that it says. Looks nothing up.
# Sources: RFC 3986 (URI); IANA's registries of URI schemes and of ports.
"""Location, UnclearLocationError, SCHEMES."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from ipaddress import ip_address
from types import MappingProxyType

from docgen.core.data import dataclass
from docgen.core.names import did_you_mean
from docgen.core.span import NOWHERE, Span
from docgen.model.packet import Protocol

MOST_PORTS = 65535
_TCP_PORTS = {
    "http": 80,
    "https": 443,
    "ws": 80,
    "wss": 443,
    "grpc": 443,
    "postgres": 5432,
    "postgresql": 5432,
    "mysql": 3306,
    "mariadb": 3306,
    "sqlserver": 1433,
    "oracle": 1521,
    "mongodb": 27017,
    "redis": 6379,
    "rediss": 6379,
    "memcached": 11211,
    "amqp": 5672,
    "amqps": 5671,
    "kafka": 9092,
    "mqtt": 1883,
    "mqtts": 8883,
    "nfs": 2049,
    "ldap": 389,
    "ldaps": 636,
    "ssh": 22,
    "sftp": 22,
    "ftp": 21,
    "smtp": 25,
    "smtps": 465,
    "rdp": 3389,
    "tcp": 0,
}
_UDP_PORTS = {"dns": 53, "ntp": 123, "syslog": 514, "snmp": 161, "udp": 0}
SCHEMES: Mapping[str, tuple[Protocol, int]] = MappingProxyType(
    {name: (Protocol.TCP, port) for name, port in _TCP_PORTS.items()}
    | {name: (Protocol.UDP, port) for name, port in _UDP_PORTS.items()}
)
"""Scheme to its protocol and usual port; 0 where it has none, and a port must be written."""
_WEB = ("http", "https", "ws", "wss", "grpc")
_BARE = ("tcp", "udp")
_NAME = re.compile(r"[A-Za-z0-9*_][A-Za-z0-9._/:*@-]*")
_HOST = re.compile(r"\[(?P<ipv6>[0-9A-Fa-f:.]+)\](?P<after>.*)|(?P<name>[^:]*)(?P<rest>.*)")
_PATH = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*")
MOST_CHARACTERS = 255


class UnclearLocationError(ValueError):
    """A text that says no place to call."""

    def __init__(self, problem: str, hint: str = "") -> None:
        self.problem, self.hint = problem, hint
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Location:
    """What is called: a component, an address or a DNS name, with what the text says of protocol and port."""

    name: str
    """Of a component, of one of its interfaces (`edge@a`), an address, or a DNS name."""
    protocol: Protocol | None = None
    """None: the text does not say."""
    port: int = 0
    """0: the text does not say."""
    path: str = ""
    """Of a web address, from its first slash on."""
    written: str = ""
    """As the author wrote it."""
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return self.written or self.name

    @classmethod
    def parse(cls, text: str, span: Span = NOWHERE) -> Location:
        """`https://example.com/pay`, `postgres://orders`, `orders:3306`, `10.0.0.5:22`, `shop/queue`.

        Raises:
            UnclearLocationError: it is none of these; the error says what is wrong and the likely fix.
        """
        if len(text) > MOST_CHARACTERS:
            raise UnclearLocationError(f"has {len(text)} characters; {MOST_CHARACTERS} are enough")
        scheme, slashes, rest = text.partition("://")
        if slashes:
            return _from_url(text, scheme, rest, span)
        first, colon, after = text.partition(":")
        if colon and first.lower() in _WEB:
            raise UnclearLocationError("is half a web address", f"write `{first.lower()}://{after.lstrip('/')}`")
        name, port = _with_port(text)
        if not _NAME.fullmatch(name):
            raise UnclearLocationError(
                "names nothing", "a component, an address or a DNS name, with a port: `orders:3306`"
            )
        return cls(name=name, port=port, written=text, span=span)


def _from_url(text: str, scheme: str, rest: str, span: Span) -> Location:
    known = SCHEMES.get(scheme.lower())
    if known is None:
        raise UnclearLocationError(
            f"has the scheme {scheme[:20]!r}, whose protocol and port are not known",
            did_you_mean(scheme.lower(), SCHEMES) if scheme else "write `https://`, for example",
        )
    protocol, usual = known
    host, slash, path = rest.partition("/")
    path = (slash + path).partition("#")[0].partition("?")[0]
    host = host.partition("#")[0].partition("?")[0]
    if "@" in host:
        raise UnclearLocationError("holds a user's name", "names and passwords have no place in a definition")
    match = _HOST.fullmatch(host)
    name = (match["ipv6"] or match["name"]) if match else ""
    if not match or not name:
        raise UnclearLocationError("names no host", f"for example `{scheme}://orders`")
    written = match["after"] if match["ipv6"] else match["rest"]
    if not _NAME.fullmatch(name) and not match["ipv6"]:
        raise UnclearLocationError(f"has a host {name[:60]!r} that nothing can be called")
    if path and (scheme.lower() in _BARE or not _PATH.fullmatch(path)):
        what = f"has a path, and {scheme} has none" if scheme.lower() in _BARE else "has a path with odd characters"
        raise UnclearLocationError(what, f"write `{scheme}://{host}`")
    port = _port(written) if written else usual
    if not port:
        raise UnclearLocationError("says no port", f"write one behind it: `{scheme}://{host}:8080`")
    web = path if scheme.lower() in _WEB else ""
    return Location(name=name, protocol=protocol, port=port, path=web, written=text, span=span)


def _with_port(text: str) -> tuple[str, int]:
    """`orders:3306` apart; `instance:orders` and IPv6 addresses are names."""
    name, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or _is_address(text):
        return text, 0
    return name, _port(f":{port}")


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _port(written: str) -> int:
    number = written[1:]
    if not written.startswith(":") or not number.isdecimal() or not number.isascii():
        raise UnclearLocationError(f"has {written[:20]!r} where a port belongs", "for example `:8080`")
    port = int(number) if len(number) <= 5 else MOST_PORTS + 1
    if not 1 <= port <= MOST_PORTS:
        raise UnclearLocationError(f"has the port {number[:20]}", "ports go from 1 to 65535")
    return port
