# Reports cables between devices that end at one of them only.
"""DGL-212."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._rule import Subject, rule


@rule("DGL-212", severity=Severity.WARNING, source=at.IPV4_ROUTERS)
def loose_cable(subject: Subject) -> Iterator[Finding]:
    """A network card's `link` is nobody else's.

    ## Why it matters

    A cable without a switch has an end at each of the devices that name it. One that a single device names leads
    nowhere. The way to the internet is no cable: a router's interface has `internet: true` for it.

    ## Flagged

    ```yaml
    version: 1
    title: A cable that nobody plugged in at the other end
    switches: {floor: {}}
    routers:
      office:
        interfaces:
          lan: {switch: floor, ip_address: 192.168.1.1/24}
          wan: {link: provider, ip_address: 203.0.113.1/24}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A router with a way to the internet
    switches: {floor: {}}
    routers:
      office:
        interfaces:
          lan: {switch: floor, ip_address: 192.168.1.1/24}
          wan: {internet: true, ip_address: 203.0.113.1/24}
    ```
    """
    network = subject.network
    ends: dict[str, set[Key]] = defaultdict(set)
    for component in network.able_to("lan_ports"):
        device: Any = component
        for port in device.lan_ports():
            if port.link:
                ends[port.link].add(component.key)
    for link, devices in ends.items():
        if len(devices) == 1:
            (alone,) = devices
            names = [network.name(c.key) for c in network.able_to("lan_ports") if c.key != alone]
            other = f"name it at the other end too: `link: {link}`" if names else "plug it into a switch"
            hint = "write `internet: true` for the way to the internet" if link == "internet" else other
            yield Finding(
                network.get(alone).span,
                f"the cable {link!r} of {network.name(alone)!r} ends nowhere: no other device names it",
                hint=hint,
            )


RULE = loose_cable
