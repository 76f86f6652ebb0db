# The part of the JSON Schema that no kind tells: flows, invariants, variants and what is suppressed.
#
# In:  nothing. Out: their schemas; test_schema checks that their keys are those that the loader reads.
"""FLOW, INVARIANT, REASON, SELECTOR, SUPPRESSED, VARIANT."""

from __future__ import annotations

from typing import Any

from docgen.loader.texts import ID, MAX_LINE, MAX_PROSE
from docgen.model.architecture import OVERLAYS
from docgen.model.codes import REASON_CODES
from docgen.model.invariant import SELECTORS

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
            "description": "The same, a DNS name, either with a port (`orders:3306`), or a URL, which says protocol "
            "and port.",
            "examples": ["https://www.example.com", "orders"],
        },
        "protocol": {"enum": ["tcp", "udp", "icmp", None], "description": "tcp unless said.", "default": "tcp"},
        "port": {**_PORT, "description": "Destination port; none for icmp.", "examples": [443]},
        "source_port": {**_PORT, "description": "One source port; left out, the client's whole range."},
        "packet_size": {
            "type": ["integer", "null"],
            "minimum": 68,
            "maximum": 65535,
            "description": "Bytes of its packets, which must not be cut into pieces; left out, they fit everywhere.",
            "examples": [9001],
        },
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
        "follow_calls": {
            "type": ["boolean", "null"],
            "description": "Whether what components call in turn (`calls`) is traced too.",
            "default": True,
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
                "cache": {
                    "enum": ["hit", "miss", None],
                    "description": "Whether CloudFront's cache has the answer; left out, both are traced.",
                },
            },
        },
        "description": _PROSE,
    },
}
SUPPRESSED: dict[str, Any] = {
    "anyOf": [_END, {"type": "array", "minItems": 1, "items": _END}],
    "description": "Ids of the components and flows that it speaks of; left out, the whole design.",
}
VARIANT: dict[str, Any] = {
    "type": ["object", "null"],
    "additionalProperties": False,
    "description": "A named patch on the design.",
    "properties": {"title": _TITLE, "description": _PROSE},
}

SELECTOR: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "maxLength": 255},
        {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {by: {"type": "string", "maxLength": 255} for by in SELECTORS},
        },
    ],
    "description": "A component, a VPC, subnet, security group, tier or kind by name, `internet`, or what fulfils "
    "all of several: `{vpc: shop, tier: data}`.",
    "examples": ["internet", {"tier": "data"}],
}
_SELECTORS = {
    "anyOf": [{"$ref": "#/definitions/selector"}, {"type": "array", "items": {"$ref": "#/definitions/selector"}}]
}
_PORTS = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 65535},
        {"type": "string", "pattern": "^[0-9]+(-[0-9]+)?$"},
    ]
}
_DEMAND: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["from", "to"],
    "properties": {
        "from": {**_SELECTORS, "description": "Where requests start."},
        "to": {**_SELECTORS, "description": "Where they are addressed to."},
        "protocol": {"enum": ["tcp", "udp", "icmp", None], "description": "Only this one."},
        "ports": {
            "anyOf": [*_PORTS["anyOf"], {"type": "array", "items": _PORTS}],
            "description": "Destination ports; left out, all.",
            "examples": [[443], ["8000-8080"]],
        },
    },
}
_NAMES: dict[str, Any] = {"anyOf": [_END, {"type": "array", "minItems": 1, "items": _END}]}
_SURVIVAL: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["outage"],
    "properties": {
        "outage": {**_NAMES, "description": "What is down, one after the other."},
        "flows": {**_NAMES, "description": "Only these flows; left out, all that are allowed."},
    },
}
INVARIANT: dict[str, Any] = {
    "type": ["object", "null"],
    "additionalProperties": False,
    "description": "What must hold for every header there is; docgen proves it, or shows one that breaks it.",
    "properties": {
        "title": _TITLE,
        "description": _PROSE,
        "never": {**_DEMAND, "description": "No request gets from there to here."},
        "only": {**_DEMAND, "description": "Nobody else, and nothing on other ports, gets here."},
        "always": {**_DEMAND, "description": "All of them can connect, by every path that AWS may choose."},
        "isolated": {
            "type": "array",
            "minItems": 2,
            "items": {"$ref": "#/definitions/selector"},
            "description": "Nothing gets from one of these to another.",
            "examples": [["finance", "hr"]],
        },
        "survives": {
            "anyOf": [*_NAMES["anyOf"], _SURVIVAL],
            "description": "Declared flows that are allowed stay so while any one of these is down: `each-zone`, "
            "`each-component`, `each-part`, or what names say.",
            "examples": ["each-zone", {"outage": "each-zone", "flows": ["visitor-opens-page"]}],
        },
    },
}


def view_schema() -> dict[str, Any]:
    """One declared view."""
    name = {"type": "string", "maxLength": 255, "description": "An id, a group's name, or `vpc/id`."}
    overlay = {"enum": list(OVERLAYS)}
    names = {"anyOf": [name, {"type": "array", "items": name}, {"type": "null"}]}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "title": {"type": "string"},
            "description": {"type": "string"},
            "include": {**names, "description": "What it shows, with all that is in it. Default: everything."},
            "exclude": {**names, "description": "What it leaves out, with all that is in it."},
            "fold": {**names, "description": "VPCs drawn as one icon that counts what is in them."},
            "overlay": {
                "anyOf": [overlay, {"type": "array", "items": overlay}, {"type": "null"}],
                "description": "What it shows beside the components: frames around what carries a security group.",
            },
        },
    }
