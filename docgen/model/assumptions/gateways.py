# Choices about gateways between a VPC and the internet.
"""ASSUMPTIONS."""

from __future__ import annotations

from docgen.model.assumptions.assumption import Assumption, Tag

_GUIDE = "https://docs.aws.amazon.com/vpc/latest/userguide/"
_TOPIC = "Gateways and address translation"

ASSUMPTIONS = (
    Assumption(
        id="internet-gateway-order",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Private destination or missing public address first",
        statement="An internet gateway reports a private destination before a source without a public address.",
        values={
            "private-destination-first": "`IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS` is the reason: it is "
            "always a "
            "mistake in the routes.",
            "public-address-first": "`IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS` is the reason.",
        },
        aws="Reachability Analyzer has a code for each, and no order between them.",
        source="https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
        read_in="docgen/kinds/internet_gateway.py",
    ),
    Assumption(
        id="public-address-reflection",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="A VPC's own public addresses called from inside",
        statement="A packet to a public address of the same VPC goes out through the internet gateway and in "
        "again, and "
        "keeps the sender's public address.",
        values={
            "traced": "Both passages are traced.",
            "unknown": "The verdict is UNKNOWN (`IGW_NAT_REFLECTION`), as Reachability Analyzer does not analyse it.",
        },
        aws="Security group rules that name a group do not match such traffic, says the VPC guide, so it does "
        "arrive; "
        "Reachability Analyzer answers `IGW_NAT_REFLECTION` and stops.",
        source="https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
        read_in="docgen/kinds/internet_gateway.py",
    ),
    Assumption(
        id="egress-only-gateway-answers",
        tag=Tag.UNSURE,
        topic=_TOPIC,
        title="An answer that an egress-only internet gateway does not know",
        statement="An egress-only internet gateway drops an answer that leaves through it to a request that came "
        "in by "
        "the internet gateway.",
        values={
            "drop": "It is stateful and saw no request (`DG_RETURN_PATH_ASYMMETRIC`).",
            "pass": "It lets everything out.",
        },
        aws="It is called stateful, and forwards from the VPC to the internet; what it does with an answer to a "
        "request "
        "that came another way is not said.",
        source=_GUIDE + "egress-only-internet-gateway.html",
        read_in="docgen/kinds/egress_only_internet_gateway.py",
    ),
    Assumption(
        id="regional-nat-network-acl",
        tag=Tag.UNSURE,
        topic=_TOPIC,
        title="Network ACLs around a regional NAT gateway",
        statement="At a regional NAT gateway no network ACL is asked: it stands in no subnet of the author's.",
        values={
            "not-asked": "Only the sender's own network ACL counts.",
            "unknown": "What passes a regional NAT gateway is UNKNOWN (`UNSUPPORTED_COMPONENT`).",
        },
        aws="The page about regional NAT gateways names no network ACL.",
        source=_GUIDE + "nat-gateways-regional.html",
        read_in="docgen/routing/regional_nat.py",
    ),
    Assumption(
        id="regional-nat-protocols",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Protocols of a regional NAT gateway",
        statement="A regional NAT gateway carries TCP, UDP and ICMP, like a zonal one.",
        aws="Said of NAT gateways in general.",
        source=_GUIDE + "nat-gateway-basics.html",
        read_in="docgen/routing/regional_nat.py",
    ),
    Assumption(
        id="regional-nat-routes",
        tag=Tag.UNSURE,
        topic=_TOPIC,
        title="The route table of a regional NAT gateway",
        statement="It has the local routes and one to the internet gateway, nothing else.",
        aws="AWS makes the table. The page names transit gateways as possible targets, and says that regional NAT "
        "gateways are not for private NAT.",
        source=_GUIDE + "nat-gateways-regional.html",
        read_in="docgen/routing/regional_nat.py",
    ),
    Assumption(
        id="nat-gateway-own-address",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Packets to a NAT gateway itself",
        statement="A NAT gateway drops what is addressed to itself (`DG_NAT_UNSOLICITED_INBOUND`), from inside its "
        "VPC "
        "as from outside.",
        aws="NAT gateways let no connection in and do not answer ping; Reachability Analyzer's nearest code is "
        "`NGW_DEST_ADDRESS_PRESERVATION`.",
        source=_GUIDE + "nat-gateway-troubleshooting.html",
        read_in="docgen/routing/translation.py",
    ),
    Assumption(
        id="nat-behind-transit-gateway",
        tag=Tag.UNSURE,
        topic=_TOPIC,
        title="A NAT gateway used from VPN and Direct Connect",
        statement="A NAT gateway serves what comes by a transit gateway, whatever is attached there, and nothing "
        "that "
        "comes by peering or a virtual private gateway.",
        aws="The text of `NGW_REQUIRES_SOURCE_IN_VPC` excludes VPN and Direct Connect flatly; NAT gateway basics "
        "allow "
        "them through a transit gateway.",
        source=_GUIDE + "nat-gateway-basics.html",
        read_in="docgen/kinds/nat_gateway.py",
    ),
    Assumption(
        id="block-public-access-place",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Whose exclusion counts for Block Public Access",
        statement="Block Public Access judges new connections at the gateway, by the subnet of the interface whose "
        "address crosses it: for what a NAT gateway lets out, the NAT gateway's.",
        aws="Exclusions are for VPCs and subnets; which subnet counts behind a NAT gateway is not said.",
        source=_GUIDE + "security-vpc-bpa-basics.html",
        read_in="docgen/routing/public_access.py",
    ),
)
"""In the order of the reference page."""
