# The words under an icon and in its tooltip. Knows a component's generic attributes; no px, no kind.
"""label_of, facts_of."""

from __future__ import annotations

from docgen.diagram.drawing import TextLine
from docgen.diagram.facts import policies_of_interface, policies_of_subnet
from docgen.diagram.text import clean, width_of, wrap
from docgen.diagram.theme import INK, LABEL_WRAP, NAME_SIZE, QUIET, SMALL_SIZE
from docgen.model.component import Component
from docgen.model.kind import Role
from docgen.model.network import Interface, Network

_FURTHER = ("secondary_cidr_blocks", "secondary_ipv6_cidr_blocks")


def label_of(network: Network, component: Component, interface: Interface | None) -> tuple[TextLine, ...]:
    """Title or id, then in small print what it is and its addresses."""
    kind = network.kind_of(component.key)
    name = network.name(component.key)
    plain = component.id == kind.name or network.role_of(component.key) in (
        Role.GATEWAY,
        Role.PRIVATE_GATEWAY,
        Role.OFFER,
        Role.EGRESS,
    )
    head = component.title or (kind.title if plain else name)
    lines = [TextLine(t, NAME_SIZE, False, INK) for t in wrap(head, LABEL_WRAP, NAME_SIZE)]
    lines += [TextLine(t, SMALL_SIZE, False, QUIET) for t in _small(network, component, interface, head)]
    return tuple(lines)


def _small(network: Network, component: Component, interface: Interface | None, head: str) -> tuple[str, ...]:
    kind = network.kind_of(component.key)
    name = network.name(component.key)
    long = network.role_of(component.key) in (
        Role.GATEWAY,
        Role.PRIVATE_GATEWAY,
        Role.OFFER,
        Role.SPANNING,
        Role.GLOBAL_SERVICE,
    )
    provider = getattr(component, "provider", "route53")
    if provider != "route53":
        return _joined("DNS at", provider)
    what = name if head != name else (kind.title if long else kind.abbreviation)
    if what == head or kind.role is Role.OUTSIDE:
        what = ""
    if kind.role is Role.SPANNING and what == name:
        what = f"{name}, {kind.abbreviation}" if kind.abbreviation else name
    if interface is not None and len(network.interfaces_of(component.key)) > 1:
        what = f"{what} {interface.suffix}".strip()
    bandwidth = getattr(component, "bandwidth", "")
    if bandwidth:
        what = f"{what} {bandwidth}".strip()
    if interface is None:
        address = getattr(component, "address", None) or getattr(component, "ip_address", None)
        return _joined(what, str(address) if address else "")
    lines = list(_joined(what, str(interface.private_ip)))
    if interface.public_ip:
        lines.append(str(interface.public_ip))
    if interface.ipv6 and interface.ipv6 != interface.private_ip:
        lines += wrap(str(interface.ipv6), LABEL_WRAP, SMALL_SIZE)
    return tuple(lines)


def _joined(first: str, second: str) -> tuple[str, ...]:
    """Both on one line where that is short enough."""
    parts = [clean(p) for p in (first, second) if p]
    joined = " ".join(parts)
    if not parts:
        return ()
    if width_of(joined, SMALL_SIZE) <= LABEL_WRAP:
        return (joined,)
    return tuple(line for part in parts for line in wrap(part, LABEL_WRAP, SMALL_SIZE))


def facts_of(
    network: Network, component: Component, interface: Interface | None = None
) -> tuple[tuple[str, str], ...]:
    """What a tooltip says, name by name."""
    kind = network.kind_of(component.key)
    facts = [("kind", kind.title), ("name", network.name(component.key)), ("title", component.title)]
    if interface is None:
        facts += [
            (name, str(value))
            for name in ("cidr_block", "ipv6_cidr_block", "availability_zone", "address", "ipv6_address")
            if (value := getattr(component, name, None)) and value is not True
        ]
        facts += [(name, " ".join(map(str, getattr(component, name, ())))) for name in _FURTHER]
    else:
        facts += [
            ("zone", interface.zone),
            ("subnet", network.name(interface.subnet)),
            ("private_ip", str(interface.private_ip)),
            ("public_ip", str(interface.public_ip or "")),
            ("ipv6", str(interface.ipv6 or "") if interface.ipv6 != interface.private_ip else ""),
            *policies_of_interface(network, interface),
        ]
    if component.key in network.subnet_route_table:
        facts += policies_of_subnet(network, component.key)
    facts.append(("description", component.description))
    return tuple((name, clean(value)) for name, value in facts if value)
