# Choices about route tables of VPCs.
"""ASSUMPTIONS."""

from __future__ import annotations

from docgen.model.assumptions.assumption import Assumption, Tag

_GUIDE = "https://docs.aws.amazon.com/vpc/latest/userguide/"
_TOPIC = "Route tables"

ASSUMPTIONS = (
    Assumption(
        id="blackhole-route",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="A chosen blackhole route",
        statement="A blackhole route that is chosen drops the packet; a shorter or lesser route is not tried.",
        values={
            "drop": "The packet ends at the route (`BAD_STATE_ROUTE`).",
            "fall-through": "The route is passed over, as if it were not in the table.",
        },
        aws="The EC2 API calls a route a blackhole where its target is not available. Whether the packet is dropped "
        "or another route of the table takes it is not said; for transit gateways it is: the blackhole wins.",
        source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html",
        read_in="docgen/routing/router.py",
    ),
    Assumption(
        id="local-route",
        tag=Tag.UNSURE,
        topic=_TOPIC,
        title="A static route inside the VPC's own range",
        statement="A static route that is longer than `local` wins, also inside the VPC's own blocks.",
        values={
            "longest-prefix": "The longest prefix wins, `local` or not (Amazon VPC User Guide).",
            "local-first": "Inside the VPC's blocks `local` wins over everything (Transit Gateway guide).",
        },
        aws="The VPC guide lets a route for a whole subnet lead to an interface, NAT gateway or Gateway Load "
        "Balancer "
        "endpoint although `local` contains it. The Transit Gateway guide ranks local routes above all others.",
        source=_GUIDE + "subnet-route-tables.html",
        read_in="docgen/routing/lookup.py",
    ),
    Assumption(
        id="prefix-list-tie",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Two prefix lists with the same block",
        statement="Where two prefix lists hold the same block for different targets, the first target by name wins, "
        "with a warning.",
        values={
            "first-name": "The target whose name comes first in the alphabet.",
            "last-name": "The target whose name comes last: the other answer that AWS may give.",
        },
        aws="AWS picks one of the two at random and keeps it; it does not say which.",
        source=_GUIDE + "route-tables-priority.html",
        read_in="docgen/routing/lookup.py",
    ),
    Assumption(
        id="advertised-route",
        tag=Tag.UNSURE,
        topic=_TOPIC,
        title="Rank of a route that VPC Route Server installed",
        statement="A route of origin `Advertisement` ranks with propagated routes.",
        values={
            "propagated": "It loses to a static route of the same block, and inside the VPC's blocks to `local`.",
            "static": "It ranks like a route that somebody wrote.",
        },
        aws="The EC2 API names the origin `Advertisement`; its rank, and its interplay with `local`, were not found.",
        source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html",
        read_in="docgen/routing/lookup.py",
    ),
    Assumption(
        id="nat64-route",
        tag=Tag.UNSURE,
        topic=_TOPIC,
        title="An IPv6 route to a NAT gateway",
        statement="A route for 64:ff9b::/96 may lead to a NAT gateway, which translates to IPv4 (NAT64).",
        values={
            "accepted": "The NAT gateway translates it.",
            "refused": "A NAT gateway takes no IPv6 at all.",
        },
        aws="The NAT64 page asks for that very route; the text of `CreateRoute` calls `NatGatewayId` IPv4 only.",
        source=_GUIDE + "nat-gateway-nat64-dns64.html",
        read_in="docgen/kinds/nat_gateway.py",
    ),
    Assumption(
        id="foreign-target",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Routes that AWS would refuse",
        statement="A route to a component of another VPC carries nothing (`DG_INVALID_CONFIG`), neither does "
        "`local` for "
        "a block outside the VPC; what else AWS refuses is traced as written.",
        aws="AWS refuses such routes when they are made, so that no packet ever meets one.",
        source=_GUIDE + "subnet-route-tables.html",
        read_in="docgen/routing/router.py",
    ),
)
"""In the order of the reference page."""
