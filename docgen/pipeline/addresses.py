# Where a click on a component in a picture leads: to what the design's page says of it.
#
# In:  a network and the page's address. Out: addresses by the keys of components. Knows the pages' anchors.
"""addresses_of, checked, PAGE."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from docgen.core.errors import DocgenError
from docgen.model.network import Network

PAGE = "index.html"
"""A design's page as its pictures, which stand beside it, call it."""


class AddressError(DocgenError, ValueError):
    """An address that a picture must not link to."""


def checked(page: str) -> str:
    """The address, if a browser may be sent there from a picture.

    Raises:
        AddressError: it is neither a web address nor a path.
    """
    parts = urlsplit(page)
    if parts.scheme not in ("", "http", "https") or any(c.isspace() or c in "<>\"'" for c in page):
        raise AddressError(f"{page!r} is no address of a page: it begins with https://, http:// or is a path")
    return page.partition("#")[0]


def addresses_of(network: Network, page: str) -> Mapping[str, str]:
    """Addresses by keys; nothing where there is no page.

    VPCs and subnets lead to the address plan, what has a security group to that group's rules, gateways to the
    first route table that sends packets to them, everything else to the page.
    """
    if not page:
        return {}
    from docgen.pages.address_plan import policy_anchor  # only here: pages load what commands can do without
    from docgen.pages.markdown import anchor

    found = {str(key): page for key in network.components}
    for table in network.route_tables.values():
        for route in table.routes:
            if route.target and found.get(str(route.target)) == page:
                found[str(route.target)] = f"{page}#{policy_anchor(table.key)}"
    for interface in network.interfaces.values():
        for group in (interface.groups or ())[:1]:
            found[str(interface.owner)] = f"{page}#{policy_anchor(group)}"
    vpcs = {key.path: key for key in network.components if key.kind == "vpc"}
    for key, component in network.components.items():
        vpc = key if key.kind == "vpc" else vpcs.get(component.scope) if key.kind == "subnet" else None
        if vpc is not None:
            plan = anchor("plan", network.name(vpc)) if len(vpcs) > 1 else "address-plan"
            found[str(key)] = f"{page}#{plan}"
    return found
