# Reachability Analyzer's codes for what joins networks: peering, transit gateway, VPN, firewalls.
"""Codes of peering, transit gateways, VPN and firewalls."""

from __future__ import annotations

from docgen.model import sources as at
from docgen.model.codes.reason_code import ReasonCode

_PEERING = "VPC peering"
_TGW = "Transit gateway"
_VPN = "VPN and Direct Connect"
_FIREWALL = "Firewalls"

CODES: tuple[ReasonCode, ...] = (
    ReasonCode(
        code="PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
        topic=_PEERING,
        title="Peering does not pass traffic on",
        meaning="What crosses a peering connection must be for the VPC at its far end, and answers must "
        "come from it. "
        "The peer's gateways and other peers are out of reach.",
        fix="Peer the two VPCs directly, or join them with a transit gateway.",
        source=at.PEERING,
        raised_today=True,
    ),
    ReasonCode(
        code="SG_REFERENCING_SUPPORT",
        topic=_TGW,
        title="The transit gateway does not carry group references",
        meaning="A rule names a group of another VPC, and support for that is off on the transit gateway "
        "or an attachment.",
        fix="Turn security group referencing on for both, or write the rule with a CIDR block.",
        source=at.TRANSIT_GATEWAY_VPC,
        raised_today=True,
    ),
    ReasonCode(
        code="UNKNOWN_PEERED_SGS",
        topic=_PEERING,
        title="The peer's security groups are not visible",
        meaning="A rule names a group of a VPC whose groups cannot be read, so nobody can say whom it admits.",
        fix="Use a CIDR block, or include the peer's VPC in the definition.",
        source=at.SECURITY_GROUP_RULES,
    ),
    ReasonCode(
        code="TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
        topic=_TGW,
        title="The attachment uses no route table",
        meaning="A packet entered the transit gateway through an attachment that is associated with no route table.",
        fix="Associate the attachment with a transit gateway route table.",
        source=at.TRANSIT_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="TGW_ATTACH_VPC_AZ_RESTRICTION",
        topic=_TGW,
        title="The transit gateway stays in another zone",
        meaning="Zone affinity or appliance mode sends the flow through an attachment interface of another zone.",
        fix="Turn appliance mode on for the inspection VPC, or put an interface in that zone.",
        source=at.TRANSIT_GATEWAY_VPC,
        raised_today=True,
    ),
    ReasonCode(
        code="TGW_BAD_STATE_VPN",
        topic=_TGW,
        title="The VPN at the transit gateway is down",
        meaning="Both tunnels of the VPN connection that the route leads to are down.",
        fix="Bring a tunnel up, or provide a second connection.",
        source=at.VPN,
        raised_today=True,
    ),
    ReasonCode(
        code="TGW_ROUTE_AZ_RESTRICTION",
        topic=_TGW,
        title="No attachment subnet in the sender's zone",
        meaning="The sender's VPC is attached, but not with a subnet in the sender's zone; the route "
        "alone is not enough.",
        fix="Add a subnet of that zone to the attachment.",
        source=at.TRANSIT_GATEWAY_VPC,
        raised_today=True,
    ),
    ReasonCode(
        code="TGW_RTB_BAD_STATE_ROUTE",
        topic=_TGW,
        title="The transit gateway's route is a blackhole",
        meaning="The chosen route of the transit gateway's table is declared or became a blackhole.",
        fix="Remove the blackhole if traffic should pass.",
        source=at.TRANSIT_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="TGW_RTB_CANNOT_ROUTE",
        topic=_TGW,
        title="This transit gateway route does not contain the destination",
        meaning="A candidate route of the transit gateway's table is for another block.",
        fix="Widen the route if it was meant to match.",
        source=at.TRANSIT_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="TGW_RTB_HIGHER_PRIORITY_ROUTE",
        topic=_TGW,
        title="Another transit gateway route of the same prefix ranks higher",
        meaning="Two routes share a prefix; static beats propagated, even where the static one is a blackhole.",
        fix="Remove the route that wins, or make the wanted one more specific.",
        source=at.TRANSIT_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="TGW_RTB_MORE_SPECIFIC_ROUTE",
        topic=_TGW,
        title="A longer transit gateway route wins",
        meaning="Another route of the transit gateway's table contains the destination with a longer prefix.",
        fix="Remove or narrow the more specific route.",
        source=at.TRANSIT_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
        topic=_TGW,
        title="The transit gateway has no route for the destination",
        meaning="The table that the entering attachment uses has no route for this address.",
        fix="Propagate the destination's attachment into that table, or add a static route.",
        source=at.TRANSIT_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="TGW_RTB_ROUTES_ARE_UNKNOWN",
        topic=_TGW,
        title="The transit gateway's routes are not known",
        meaning="The transit gateway's table is not part of the definition, so the answer stays unknown.",
        fix="Include the transit gateway's tables.",
        source=at.EXPLANATION_CODES,
        raised_today=True,
    ),
    ReasonCode(
        code="BAD_STATE_VPN",
        topic=_VPN,
        title="The VPN has no working tunnel",
        meaning="The route leads into a VPN connection whose tunnels are all down.",
        fix="Bring a tunnel up, or provide a second connection.",
        source=at.VPN,
        raised_today=True,
    ),
    ReasonCode(
        code="VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS",
        topic=_VPN,
        title="Only the VPC's own addresses leave through its virtual private gateway",
        meaning="The packet's source is no interface of the VPC; a virtual private gateway passes nothing "
        "on for others.",
        fix="Join the networks with a transit gateway.",
        source=at.VPN_PRIORITY,
        raised_today=True,
    ),
    ReasonCode(
        code="VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
        topic=_VPN,
        title="Only the VPC's own addresses are reached through its virtual private gateway",
        meaning="What comes in over VPN or Direct Connect must be for an interface of the VPC; "
        "its internet gateway, NAT gateway and peers are out of reach.",
        fix="Join the networks with a transit gateway, or put a proxy into the VPC.",
        source=at.VPN_PRIORITY,
        raised_today=True,
    ),
    ReasonCode(
        code="FIREWALL_RULES_RESTRICTION",
        topic=_FIREWALL,
        title="A firewall rule drops it",
        meaning="AWS Network Firewall inspected the packet and a rule of its policy drops it.",
        fix="Change the rule, or route the flow around the firewall on purpose.",
        source=at.EXPLANATION_CODES,
    ),
)
