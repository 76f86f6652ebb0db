# Reachability Analyzer's codes for what stands inside one VPC: routes, interfaces, filters, gateways, NAT.
"""Codes of route tables, interfaces, security groups, network ACLs, internet and NAT gateways."""

from __future__ import annotations

from docgen.model import sources as at
from docgen.model.codes.reason_code import ReasonCode

_STATE = "State"
_ROUTES = "Route tables"
_INTERFACES = "Network interfaces"
_FILTERS = "Security groups and network ACLs"
_IGW = "Internet gateway"
_NAT = "NAT gateway"

CODES: tuple[ReasonCode, ...] = (
    ReasonCode(
        code="BAD_STATE",
        topic=_STATE,
        title="A component on the path is not working",
        meaning="The packet needs a component that is stopped, failed or in a zone that is down.",
        fix="Start or repair it, or give the flow a second path in another zone.",
        source=at.AVAILABILITY_ZONES,
        raised_today=True,
    ),
    ReasonCode(
        code="BAD_STATE_ATTACHMENT",
        topic=_STATE,
        title="An attachment is not available",
        meaning="Two components are joined by an attachment that is pending, rejected or gone, so nothing "
        "crosses it.",
        fix="Accept or recreate the attachment and wait until it is available.",
        source=at.TRANSIT_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="BAD_STATE_ROUTE",
        topic=_ROUTES,
        title="The chosen route is a blackhole",
        meaning="The longest prefix that contains the destination points to something that is gone or down. "
        "The packet is dropped there; a shorter prefix does not step in.",
        fix="Point the route to a live target, or remove it so that another route can match.",
        source=at.EC2_API + "API_Route.html",
        raised_today=True,
    ),
    ReasonCode(
        code="NO_ROUTE_TO_DESTINATION",
        topic=_ROUTES,
        title="No route contains the destination",
        meaning="The subnet's route table has no entry for this address, so the VPC router drops the packet.",
        fix="Add a route for the destination, or give the subnet the table that has one.",
        source=at.SUBNET_ROUTE_TABLES,
        raised_today=True,
    ),
    ReasonCode(
        code="CANNOT_ROUTE",
        topic=_ROUTES,
        title="This route does not contain the destination",
        meaning="A route that looks as if it should carry the packet is for another block. "
        "It explains why a candidate lost, not why the packet was dropped.",
        fix="Widen the route's destination if it was meant to match.",
        source=at.ROUTE_PRIORITY,
        raised_today=True,
    ),
    ReasonCode(
        code="MORE_SPECIFIC_ROUTE",
        topic=_ROUTES,
        title="A longer prefix takes the packet elsewhere",
        meaning="This route contains the destination, but another route in the table contains it with a "
        "longer prefix.",
        fix="Remove or narrow the more specific route if the packet should not follow it.",
        source=at.ROUTE_PRIORITY,
        raised_today=True,
    ),
    ReasonCode(
        code="HIGHER_PRIORITY_ROUTE",
        topic=_ROUTES,
        title="Another route of the same prefix ranks higher",
        meaning="Two routes have the same destination block; a static one beats one from a prefix list, "
        "and that beats a propagated one.",
        fix="Remove the route that wins, or make the wanted one more specific.",
        source=at.ROUTE_PRIORITY,
        raised_today=True,
    ),
    ReasonCode(
        code="VPC_LOCAL_ROUTE_CIDR_RESTRICTION",
        topic=_ROUTES,
        title="The local route serves only the VPC's own blocks",
        meaning="A local route was to carry a packet whose destination lies outside the VPC.",
        fix="Add a route to a gateway for that destination.",
        source=at.SUBNET_ROUTE_TABLES,
        raised_today=True,
    ),
    ReasonCode(
        code="NO_POSSIBLE_DESTINATION",
        topic=_ROUTES,
        title="Nobody owns the address",
        meaning="The packet reaches the place where its destination should be, and no interface there has "
        "that address.",
        fix="Correct the address, or add the component that should answer.",
        source=at.EXPLANATION_CODES,
        raised_today=True,
    ),
    ReasonCode(
        code="INGRESS_RTB_NO_PUBLIC_IP",
        topic=_ROUTES,
        title="The gateway route table names an appliance without a public address",
        meaning="Traffic from the internet is steered to an interface that has no public address of its own, "
        "which the internet gateway does not accept.",
        fix="Give the appliance's interface a public address.",
        source=at.GATEWAY_ROUTE_TABLES,
        raised_today=True,
    ),
    ReasonCode(
        code="INGRESS_RTB_TRAFFIC_REDIRECTION",
        topic=_ROUTES,
        title="The answer bypasses the appliance that saw the request",
        meaning="A gateway route table sends what comes for this subnet through an appliance, "
        "but the subnet answers straight to the internet gateway.",
        fix="Route the subnet's outbound traffic through the same appliance.",
        source=at.GATEWAY_ROUTE_TABLES,
        raised_today=True,
    ),
    ReasonCode(
        code="ENI_ADDRESS_RESTRICTION",
        topic=_INTERFACES,
        title="An interface carries only its own addresses",
        meaning="The packet asks an interface to send or receive for an address that is not one of its own.",
        fix="Use the interface's address, or assign this one to it.",
        source=at.EC2_GUIDE + "using-eni.html",
    ),
    ReasonCode(
        code="ENI_SOURCE_DEST_CHECK_RESTRICTION",
        topic=_INTERFACES,
        title="The source/destination check drops forwarded traffic",
        meaning="AWS drops packets at an interface that are neither from nor for one of its own addresses. "
        "An instance that forwards for others needs the check off.",
        fix="Set `source_dest_check: false` on the NAT instance or appliance.",
        source=at.NAT_INSTANCE,
        raised_today=True,
    ),
    ReasonCode(
        code="GATEWAY_REJECTS_SPOOFED_TRAFFIC",
        topic=_INTERFACES,
        title="The source address does not belong to the sender",
        meaning="A gateway sees a source address that was never assigned to the interface that sent the packet. A "
        "public virtual interface takes packets only from public addresses that the data center announces over it.",
        fix="Send from an assigned address, or translate the source before the gateway.",
        source=at.EXPLANATION_CODES,
        raised_today=True,
    ),
    ReasonCode(
        code="ENI_SG_RULES_MISMATCH",
        topic=_FILTERS,
        title="No security group rule matches",
        meaning="The interface's groups have rules for this direction, and none of them allows this "
        "protocol, "
        "port and remote address. Groups only allow, so the packet is dropped.",
        fix="Add a rule for it, preferably naming the other side's security group.",
        source=at.SECURITY_GROUP_RULES,
        raised_today=True,
    ),
    ReasonCode(
        code="SG_HAS_NO_RULES",
        topic=_FILTERS,
        title="The security group has no rule in this direction",
        meaning="A group without rules in a direction allows nothing there. New groups start without inbound rules.",
        fix="Add the rule that the flow needs.",
        source=at.SECURITY_GROUP_RULES,
        raised_today=True,
    ),
    ReasonCode(
        code="SG_REFERENCES_NOT_PRESERVED",
        topic=_FILTERS,
        title="The rule names a group, but the packet lost its membership",
        meaning="A rule that names a group stands for the private addresses of the group's members. After "
        "an internet "
        "gateway, NAT, a proxy or an appliance the packet carries another source, and the rule does not "
        "match.",
        fix="Allow the address that arrives: a CIDR block, or the load balancer's group.",
        source=at.SECURITY_GROUP_RULES,
        raised_today=True,
    ),
    ReasonCode(
        code="SUBNET_ACL_RESTRICTION",
        topic=_FILTERS,
        title="A network ACL denies it",
        meaning="The lowest-numbered matching entry denies the packet, or none matches and the final `*` "
        "does. "
        "ACLs keep no state: an answer needs an entry of its own, for the client's ephemeral ports.",
        fix="Add an allow entry with a lower number in that direction; for answers allow tcp 1024-65535.",
        source=at.NETWORK_ACLS,
        raised_today=True,
    ),
    ReasonCode(
        code="VPC_BLOCK_PUBLIC_ACCESS_ENABLED",
        topic=_FILTERS,
        title="VPC Block Public Access forbids it",
        meaning="The account blocks internet traffic for its VPCs, whatever routes and groups say.",
        fix="Exclude the VPC or subnet, or relax the account's mode.",
        source=at.BLOCK_PUBLIC_ACCESS,
        raised_today=True,
    ),
    ReasonCode(
        code="IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        topic=_IGW,
        title="The sender has no public address",
        meaning="An internet gateway swaps a private source for the interface's public address. "
        "This source has none, or is no interface of this VPC, so the packet cannot leave.",
        fix="Assign a public or Elastic IP address, or route through a NAT gateway.",
        source=at.INTERNET_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
        topic=_IGW,
        title="No interface has this public address",
        meaning="A packet from the internet must be for the public address of an interface in the VPC. "
        "Whoever has only a private address cannot be reached from outside.",
        fix="Put a load balancer with a public address in front, or assign one if it should be public.",
        source=at.INTERNET_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
        topic=_IGW,
        title="A private destination was sent to the internet gateway",
        meaning="10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16 do not exist on the internet; "
        "the default route caught a packet that has no better route.",
        fix="Add a route for that private network (peering, transit gateway, VPN).",
        source=at.INTERNET_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS",
        topic=_IGW,
        title="A shared-space destination was sent to the internet gateway",
        meaning="100.64.0.0/10 is reserved for carriers and does not exist on the internet.",
        fix="Add a route for that network to where it really is.",
        source=at.INTERNET_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS",
        topic=_IGW,
        title="A private source came in from the internet",
        meaning="A packet that arrives at the internet gateway with a private source address is spoofed "
        "or misrouted.",
        fix="Let the sender use its public address.",
        source=at.INTERNET_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS",
        topic=_IGW,
        title="A shared-space source came in from the internet",
        meaning="A packet arrives at the internet gateway with a source in 100.64.0.0/10, which the "
        "internet does not carry.",
        fix="Let the sender use its public address.",
        source=at.INTERNET_GATEWAY,
        raised_today=True,
    ),
    ReasonCode(
        code="IGW_DESTINATION_ADDRESS_IN_VPC_CIDRS",
        topic=_IGW,
        title="The translated destination lies outside the VPC",
        meaning="After the gateway put the private address in, the destination is in none of the VPC's blocks.",
        fix="Correct the address association.",
        source=at.INTERNET_GATEWAY,
    ),
    ReasonCode(
        code="IGW_NAT_REFLECTION",
        topic=_IGW,
        title="Out and in again through the internet gateway",
        meaning="A component calls another of the same VPC by its public address. The packet turns at the "
        "gateway and "
        "arrives with the caller's public source, so rules that name the caller's group do not match.",
        fix="Call the private address or name; or allow the caller's public address.",
        source=at.EXPLANATION_CODES,
        raised_today=True,
    ),
    ReasonCode(
        code="NGW_REQUIRES_SOURCE_IN_VPC",
        topic=_NAT,
        title="The NAT gateway serves its own VPC only",
        meaning="The packet came over peering, VPN or Direct Connect; a NAT gateway translates only for "
        "interfaces of "
        "its VPC and for what a transit gateway brings.",
        fix="Give that network its own way out, or bring it in over a transit gateway.",
        source=at.NAT_GATEWAY_BASICS,
        raised_today=True,
    ),
    ReasonCode(
        code="NGW_SOURCE_ADDRESS_REASSIGN",
        topic=_NAT,
        title="The NAT gateway replaces the source address",
        meaning="A rule or question expects the client's own source address behind a NAT gateway, where "
        "it cannot appear.",
        fix="Expect the NAT gateway's address there.",
        source=at.NAT_GATEWAY_BASICS,
    ),
    ReasonCode(
        code="NGW_DEST_ADDRESS_PRESERVATION",
        topic=_NAT,
        title="The NAT gateway keeps the destination",
        meaning="Something expects the NAT gateway to change the destination address; it changes only the source.",
        fix="Use a load balancer where connections should come in.",
        source=at.NAT_GATEWAY_BASICS,
    ),
    ReasonCode(
        code="REMAP_EPHEMERAL_PORT",
        topic=_NAT,
        title="The source port does not survive",
        meaning="A translator or load balancer picks a new source port (1024 to 65535), so a rule for the "
        "old one misses.",
        fix="Allow the whole range of ephemeral ports.",
        source=at.NAT_GATEWAY_BASICS,
    ),
    ReasonCode(
        code="REGIONAL_NGW_ROUTE_AZ_RESTRICTION",
        topic=_NAT,
        title="The regional NAT gateway is not in the sender's zone",
        meaning="In manual mode a regional NAT gateway serves only the zones that were given to it.",
        fix="Add the zone to the gateway, or let it expand by itself.",
        source=at.NAT_GATEWAY_REGIONAL,
        raised_today=True,
    ),
    ReasonCode(
        code="PROTOCOL_RESTRICTION",
        topic=_NAT,
        title="The component does not carry this protocol",
        meaning="A NAT gateway takes TCP, UDP and ICMP; a load balancer only what its listeners speak; CloudFront "
        "answers viewers on TCP 80 and 443.",
        fix="Use a protocol that it carries, or another component.",
        source=at.NAT_GATEWAY_BASICS,
        raised_today=True,
    ),
)
