# What people write who come from the console, from other tools or from habit, and what they mean by it.
#
# In:  a word that cannot stand where it stands. Out: what to write instead, for a hint; "" where nobody can tell.
"""port_named, port_meant, protocol_meant, rule_meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from docgen.core.names import did_you_mean
from docgen.model.location import SCHEMES

_PROTOCOLS: Mapping[str, str] = MappingProxyType(
    {
        "-1": "all",
        "any": "all",
        "*": "all",
        "1": "icmp",
        "6": "tcp",
        "17": "udp",
        "58": "icmp",
        "icmpv6": "icmp",
        "icmp6": "icmp",
        "ping": "icmp",
    }
)
"""Numbers of IANA, which the EC2 API takes as well, and names."""
_NAMED_RULE = re.compile(r"(?:(?:tcp|udp)\s+)?(?P<name>[a-z]+)\s+(?P<rest>(?:from|to)\s+\S.*)", re.IGNORECASE)
_SEVERAL = re.compile(r"(\d{1,5})\s*[-,:]\s*\d{1,5}")


def port_named(text: str) -> str:
    """`https` means port 443."""
    _, port = SCHEMES.get(text.lower(), (None, 0))
    return f"write `{port}`" if port else ""


def port_meant(text: str) -> str:
    """The same where one port stands, and no range."""
    several = _SEVERAL.fullmatch(text)
    return f"one port stands here, such as `{several[1]}`" if several else port_named(text)


def protocol_meant(text: str, known: Iterable[str]) -> str:
    """Which of the protocols that may stand somewhere is meant by a word in capitals, a number or a service."""
    words = tuple(known)
    lowered = text.lower()
    exactly = next((word for word in words if word.lower() == lowered), None)
    if exactly is not None:
        return f"write `{exactly}`"
    number = _PROTOCOLS.get(lowered)
    if number in words:
        return f"write `{number}`"
    protocol, port = SCHEMES.get(lowered, (None, 0))
    if port and protocol in words:
        return f"{text[:20]} is `{protocol}`, port `{port}`"
    return did_you_mean(text, words)


def rule_meant(text: str) -> str:
    """`tcp https from web` and `ssh from web` mean `tcp 443 from web` and `tcp 22 from web`."""
    match = _NAMED_RULE.fullmatch(text.strip())
    protocol, port = SCHEMES.get(match["name"].lower(), (None, 0)) if match else (None, 0)
    return f"write `{protocol} {port} {match['rest']}`" if match and port else ""
