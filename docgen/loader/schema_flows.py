# The part of the JSON Schema that no kind tells: flows and variants.
#
# In:  nothing. Out: two schemas; test_schema checks that their keys are those that the loader reads.
"""FLOW, REASON, VARIANT."""

from __future__ import annotations

from typing import Any

from docgen.loader.texts import ID, MAX_LINE, MAX_PROSE
from docgen.model.codes import REASON_CODES

_TITLE = {"type": ["string", "number", "null"], "maxLength": MAX_LINE, "description": "What a reader should call it."}
_PROSE = {"type": ["string", "null"], "maxLength": MAX_PROSE, "description": "Prose for the page."}
_END = {"type": ["string", "null"], "maxLength": 255}
REASON: dict[str, Any] = {
    "anyOf": [{"enum": list(REASON_CODES)}, {"const": True}],
    "description": "The reason code that decides, or `true` for any.",
    "examples": ["NO_ROUTE_TO_DESTINATION"],
}
_PORT = {"type": ["integer", "null"], "minimum": 1, "maximum": 65535}

FLOW: dict[str, Any] = {
    "type": ["object", "null"],
    "additionalProperties": False,
    "description": "Can `from` open a connection to `to`? docgen traces it there and back.",
    "properties": {
        "title": _TITLE,
        "from": {
            **_END,
            "description": "A component (or all that one block became per zone), an address, a user, or `internet`.",
            "examples": ["internet", "app"],
        },
        "to": {
            **_END,
            "description": "The same, or a DNS name of the design.",
            "examples": ["www.example.com", "orders"],
        },
        "protocol": {"enum": ["tcp", "udp", "icmp", None], "description": "tcp unless said.", "default": "tcp"},
        "port": {**_PORT, "description": "Destination port; none for icmp.", "examples": [443]},
        "source_port": {**_PORT, "description": "One source port; left out, the client's whole range."},
        "family": {
            "enum": ["ipv4", "ipv6", None],
            "description": "Version of IP. Left out: IPv4 where both ends have it, else IPv6.",
        },
        "expect": {
            "description": "What the author says it does; docgen reports an error where it does otherwise.",
            "anyOf": [
                {"enum": ["allowed", "blocked", None]},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "allowed": {"$ref": "#/definitions/reason"},
                        "blocked": {"$ref": "#/definitions/reason"},
                        "leg": {
                            "enum": ["forward", "return", None],
                            "description": "The half of the connection that is blocked.",
                        },
                    },
                },
            ],
            "examples": ["allowed", {"blocked": "NO_ROUTE_TO_DESTINATION", "leg": "return"}],
        },
        "via": {
            **_END,
            "description": "A component that the requests must pass on their way.",
            "examples": ["s3-endpoint", "nat"],
        },
        "when": {
            "type": ["object", "null"],
            "additionalProperties": False,
            "description": "The circumstances.",
            "properties": {
                "outage": {
                    "anyOf": [_END, {"type": "array", "items": _END}],
                    "description": "Zones or components that are down.",
                    "examples": ["a", ["nat-a", "nat-b"]],
                },
                "variant": {
                    "type": ["string", "null"],
                    "pattern": f"^{ID}$",
                    "description": "The variant of the design that is traced.",
                },
            },
        },
        "description": _PROSE,
    },
}
VARIANT: dict[str, Any] = {
    "type": ["object", "null"],
    "additionalProperties": False,
    "description": "A named patch on the design.",
    "properties": {"title": _TITLE, "description": _PROSE},
}
