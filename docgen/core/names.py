# Suggestions for misspelt names.
"""Did you mean."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_MOST = 300
"""Names among which a closest one is looked for; the search takes time for each of them."""

_MEANT = {
    "alb": ("load_balancers",),
    "albs": ("load_balancers",),
    "asgs": ("auto_scaling_groups",),
    "az": ("availability_zone",),
    "cidr_blocks": ("cidr",),
    "databases": ("db_instances",),
    "dest": ("to", "destination_cidr_block"),
    "destination": ("to", "destination_cidr_block"),
    "down": ("outage",),
    "ec2": ("instances",),
    "ec2_instances": ("instances",),
    "ecs_services": ("network_interfaces",),
    "efs_file_systems": ("mount_targets",),
    "eks_clusters": ("auto_scaling_groups",),
    "eks_node_groups": ("auto_scaling_groups",),
    "elasticache": ("cache_clusters",),
    "elbs": ("load_balancers",),
    "fails": ("outage",),
    "from_port": ("ports",),
    "nacl": ("network_acl",),
    "nacls": ("network_acls",),
    "nlb": ("load_balancers",),
    "nlbs": ("load_balancers",),
    "peering": ("vpc_peering_connections",),
    "peerings": ("vpc_peering_connections",),
    "public_ip": ("elastic_ip",),
    "rds": ("db_instances",),
    "rds_instances": ("db_instances",),
    "redis": ("cache_clusters",),
    "servers": ("instances",),
    "sg": ("security_groups", "group"),
    "sgs": ("security_groups",),
    "source": ("from", "cidr"),
    "to_port": ("ports",),
    "zone": ("availability_zone", "outage"),
}
"""What people write who come from other tools, and what they mean by it, the likeliest first."""

_SAID_ELSEWHERE = {
    "peering": ("internet_gateway", "a peering stands at the top: `vpc_peering_connections`"),
    "peerings": ("internet_gateway", "a peering stands at the top: `vpc_peering_connections`"),
    "public": (
        "map_public_ip_on_launch",
        "a subnet is public by its table: `route_table: public` with `0.0.0.0/0: igw`",
    ),
    "share_with": (
        "map_public_ip_on_launch",
        "put what other accounts have there into it: sharing changes no packet's way",
    ),
    "shared_with": (
        "map_public_ip_on_launch",
        "put what other accounts have there into it: sharing changes no packet's way",
    ),
    "eks_clusters": ("vpcs", "its nodes are `auto_scaling_groups` of a VPC"),
    "ecs_services": ("vpcs", "its tasks are `network_interfaces` of a VPC"),
}
"""The same where there is no such key: another key that the place has, and what to do instead."""


def did_you_mean(name: str, known: Iterable[str], *, rather: Iterable[str] = ()) -> str:
    """A hint that names the closest of `known`, or the only one that goes on from it or ends so, or lists a few.

    For what people write who come from other tools it says what they mean. The list is that of `rather`, where one is
    given: names that most people want. Nothing known gives "".
    """
    candidates = sorted(set(known))
    likely = candidates if len(candidates) <= _MOST else ()
    beside, instead = _SAID_ELSEWHERE.get(name.lower(), ("", ""))
    if beside in candidates:
        return instead
    close = [m for m in _MEANT.get(name.lower(), ()) if m in candidates]
    close = close or difflib.get_close_matches(name[:80], likely, n=1, cutoff=0.85)
    begun = [c for c in likely if len(name) > 3 and c.startswith(name) and c[len(name) :][:1] in ("-", "_")]
    close = close or (begun if len(begun) == 1 else [])
    close = close or difflib.get_close_matches(name[:80], likely, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    if not candidates:
        return ""
    listed = sorted(set(rather)) or candidates
    longer = [c for c in listed[:_MOST] if name in (words := re.split("[-_]", c))[:1] + words[-1:]]
    if len(longer) == 1:
        return f"did you mean {longer[0]!r}?"
    shown = ", ".join(listed[:8]) + (", ..." if len(listed) > 8 else "")
    return f"known: {shown}"
