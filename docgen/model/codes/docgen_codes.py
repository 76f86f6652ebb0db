# What docgen adds to Reachability Analyzer's codes; all start with `DG_`.
"""docgen's own codes."""

from __future__ import annotations

from docgen.model import sources as at
from docgen.model.codes.reason_code import ReasonCode

_PATHS = "Paths and answers"
_DNS = "Names"
_ENDPOINTS = "VPC endpoints"
_HYBRID = "VPN, Direct Connect and Client VPN"
_OTHER = "Remarks and limits"
_PHYSICAL = "Physical networks"


def _own(
    code: str, topic: str, title: str, meaning: str, fix: str, source: str, raised_today: bool = False
) -> ReasonCode:
    return ReasonCode(
        code=code,
        official=False,
        topic=topic,
        title=title,
        meaning=meaning,
        fix=fix,
        source=source,
        raised_today=raised_today,
    )


CODES: tuple[ReasonCode, ...] = (
    _own(
        "DG_RETURN_PATH_ASYMMETRIC",
        _PATHS,
        "The answer takes another way",
        "The answer misses the translator, load balancer or appliance that holds the connection's state, "
        "or reaches the "
        "client with another source than it called. The client drops it.",
        "Route the answer through the component that saw the request.",
        at.ROUTING_OPTIONS,
        raised_today=True,
    ),
    _own(
        "DG_NAT_UNSOLICITED_INBOUND",
        _PATHS,
        "A NAT gateway takes no connections from outside",
        "A new connection was opened to a NAT gateway's public address. It passes answers only, so "
        "private hosts behind "
        "it stay unreachable.",
        "Put a load balancer in front of what should be reachable.",
        at.NAT_GATEWAY,
        raised_today=True,
    ),
    _own(
        "DG_EIGW_UNSOLICITED_INBOUND",
        _PATHS,
        "An egress-only internet gateway takes no connections from outside",
        "A new IPv6 connection came from outside; this gateway passes answers only.",
        "Use an internet gateway where connections should come in.",
        at.EGRESS_ONLY_GATEWAY,
        raised_today=True,
    ),
    _own(
        "DG_LOOP_DETECTED",
        _PATHS,
        "The packet goes in circles",
        "The same packet came to the same component from the same neighbour again, or passed 64 hops.",
        "Correct the routes that point at each other.",
        at.ROUTING_OPTIONS,
        raised_today=True,
    ),
    _own(
        "DG_ADDRESS_FAMILY_MISMATCH",
        _PATHS,
        "IPv4 on one side, IPv6 on the other",
        "One end or a router between lacks the address family of the flow.",
        "Give both ends the same family, or translate with NAT64.",
        at.IP_ADDRESSING,
        raised_today=True,
    ),
    _own(
        "DG_SERVICE_NOT_IN_VPC",
        _PATHS,
        "The service has no interface in the VPC",
        "A service that runs outside VPCs was asked to reach a private address.",
        "Attach it to the VPC, or publish what it needs.",
        at.LAMBDA_VPC,
        raised_today=True,
    ),
    _own(
        "DG_NLB_HAIRPIN",
        _PATHS,
        "A target calls its own load balancer",
        "A Network Load Balancer that keeps client addresses may send a target's connection back to "
        "itself; it then fails.",
        "Turn client address preservation off, or call the service directly.",
        at.NLB_TARGET_ATTRIBUTES,
        raised_today=True,
    ),
    _own(
        "DG_POLICY_DENIED",
        _PATHS,
        "A policy denies it",
        "The network lets it pass; an endpoint, bucket or origin policy refuses.",
        "Allow the caller in that policy.",
        at.GATEWAY_ENDPOINTS,
    ),
    _own(
        "DG_DNS_NO_RECORD",
        _DNS,
        "The name does not exist",
        "No hosted zone of the definition answers for this name, so the client never learns an address.",
        "Add the record, or correct the name.",
        at.ROUTE53_ALIAS,
        raised_today=True,
    ),
    _own(
        "DG_DNS_NXDOMAIN_PRIVATE_ZONE",
        _DNS,
        "A private zone hides the name",
        "A private hosted zone matches and has no such record; the resolver does not fall back to public DNS.",
        "Add the record to the private zone too.",
        at.ROUTE53_PRIVATE,
    ),
    _own(
        "DG_DNS_ATTRIBUTES_DISABLED",
        _DNS,
        "The VPC's DNS attributes are off",
        "With DNS support off the VPC's resolver does not answer.",
        "Set `enable_dns_support` (for private names also `enable_dns_hostnames`) to true.",
        at.VPC_DNS,
        raised_today=True,
    ),
    _own(
        "DG_DNS_RESOLVES_PUBLIC",
        _DNS,
        "The name resolves to a public address",
        "The client gets a public address although a private way exists, so the private endpoint is bypassed.",
        "Turn private DNS on, or use the endpoint's own name.",
        at.PRIVATELINK,
    ),
    _own(
        "DG_ENDPOINT_NOT_TRANSITIVE",
        _ENDPOINTS,
        "A gateway endpoint serves its own VPC only",
        "The packet came from outside the VPC; gateway endpoints serve only the subnets whose tables name them.",
        "Use an interface endpoint, or a gateway endpoint in the caller's VPC.",
        at.GATEWAY_ENDPOINTS_S3,
        raised_today=True,
    ),
    _own(
        "DG_ENDPOINT_ONE_WAY",
        _ENDPOINTS,
        "PrivateLink works in one direction",
        "The provider tried to open a connection to the consumer.",
        "Offer an endpoint service the other way round too.",
        at.PRIVATELINK,
        raised_today=True,
    ),
    _own(
        "DG_ENDPOINT_REGION_MISMATCH",
        _ENDPOINTS,
        "A gateway endpoint serves its own Region only",
        "The service is in another Region, so its addresses are not in the endpoint's prefix list.",
        "Use a resource in the same Region, or the public path.",
        at.GATEWAY_ENDPOINTS_S3,
    ),
    _own(
        "DG_VGW_UNKNOWN_PREFIX",
        _HYBRID,
        "The virtual private gateway does not know the prefix",
        "The VPC's route leads to the gateway, which has neither a BGP nor a static route for the destination.",
        "Announce the prefix from the other side, or add a static VPN route.",
        at.VPN_PRIORITY,
    ),
    _own(
        "DG_DXGW_NO_VGW_TO_VGW",
        _HYBRID,
        "A Direct Connect gateway does not join VPCs",
        "Two VPCs behind one Direct Connect gateway tried to talk through it.",
        "Join them with a transit gateway or peering.",
        at.DIRECT_CONNECT_GATEWAY,
    ),
    _own(
        "DG_DX_PREFIX_NOT_ALLOWED",
        _HYBRID,
        "The allowed prefixes leave the VPC out",
        "The Direct Connect gateway does not announce the VPC's block, so the other side has no way back.",
        "Add the block to the allowed prefixes.",
        at.ALLOWED_PREFIXES,
    ),
    _own(
        "DG_CVPN_SPLIT_TUNNEL_BYPASS",
        _HYBRID,
        "Split tunnel keeps it out of the VPN",
        "With split tunnel on, the client sends only the endpoint's routes into the VPN; this one goes its own way.",
        "Add an endpoint route, or turn split tunnel off.",
        at.CLIENT_VPN_ROUTES,
        raised_today=True,
    ),
    _own(
        "DG_CVPN_NOT_ASSOCIATED",
        _HYBRID,
        "The Client VPN endpoint is in no subnet",
        "An endpoint without an associated subnet carries nothing.",
        "Associate a subnet.",
        at.CLIENT_VPN,
        raised_today=True,
    ),
    _own(
        "DG_CVPN_NO_ROUTE",
        _HYBRID,
        "The Client VPN endpoint has no route",
        "The endpoint's route table does not contain the destination.",
        "Add the route to the endpoint.",
        at.CLIENT_VPN_ROUTES,
        raised_today=True,
    ),
    _own(
        "DG_CVPN_NO_AUTHORIZATION_RULE",
        _HYBRID,
        "No authorization rule admits the client",
        "The route exists, and no rule allows this user to use it.",
        "Add an authorization rule for that network.",
        at.CLIENT_VPN_RULES,
        raised_today=True,
    ),
    _own(
        "DG_LB_HEALTH_UNKNOWN",
        _OTHER,
        "Targets are assumed healthy",
        "The definition says nothing about health; docgen takes every target that is up as healthy.",
        "Nothing to do; model an outage to see what a failed target changes.",
        at.ALB_TARGET_GROUPS,
        raised_today=True,
    ),
    _own(
        "DG_EPHEMERAL_RANGE_PARTIAL",
        _OTHER,
        "Only a part of the ephemeral ports passes",
        "A network ACL admits some of the client's source ports. Connections work or fail by chance of the port.",
        "Allow 1024 to 65535, or the range of the client's system.",
        at.NETWORK_ACLS,
        raised_today=True,
    ),
    _own(
        "DG_ROUTE_AMBIGUOUS_PREFIX_LIST",
        _OTHER,
        "Two prefix lists claim the address",
        "Two prefix list routes contain the destination with equal length and other targets; AWS picks "
        "one and keeps it.",
        "Make the lists disjoint.",
        at.PREFIX_LISTS,
        raised_today=True,
    ),
    _own(
        "DG_INVALID_CONFIG",
        _OTHER,
        "AWS would refuse this",
        "The trace meets something that cannot be created, so there is no behaviour to follow.",
        "Mend the error that `docgen check` reports there.",
        at.ROUTING_OPTIONS,
        raised_today=True,
    ),
    _own(
        "DG_L2_NO_ARP_REPLY",
        _PHYSICAL,
        "Nobody answers for the address",
        "The sender asked for the hardware address of its next hop and got no answer.",
        "Check address, mask and cabling of the next hop.",
        at.IP_ADDRESSING,
        raised_today=True,
    ),
    _own(
        "DG_L2_VLAN_MISMATCH",
        _PHYSICAL,
        "Two ends of a link are in different VLANs",
        "The frame arrives on a port that does not carry its VLAN.",
        "Put both ports into the same VLAN, or allow it on the trunk.",
        at.IP_ADDRESSING,
        raised_today=True,
    ),
    _own(
        "DG_L3_NO_GATEWAY",
        _PHYSICAL,
        "The host has no default gateway",
        "The destination is in another network, and the host knows no router.",
        "Set the default gateway.",
        at.IP_ADDRESSING,
        raised_today=True,
    ),
    _own(
        "DG_L3_NO_ROUTE",
        _PHYSICAL,
        "The router has no route",
        "A router's table does not contain the destination.",
        "Add the route.",
        at.IP_ADDRESSING,
        raised_today=True,
    ),
    _own(
        "DG_L3_TTL_EXPIRED",
        _PHYSICAL,
        "The packet's time to live ran out",
        "Too many routers passed it on, most often because two of them point at each other.",
        "Correct the loop.",
        at.IP_ADDRESSING,
        raised_today=True,
    ),
    _own(
        "DG_MTU_EXCEEDED",
        _PHYSICAL,
        "The packet is too big for a link",
        "A packet that must not be fragmented is larger than a link on its path carries.",
        "Lower the sender's MTU, or let path MTU discovery through (ICMP).",
        at.NAT_GATEWAY_BASICS,
    ),
)
