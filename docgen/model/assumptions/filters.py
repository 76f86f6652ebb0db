# Choices about filters and what stands in the way of packets.
"""ASSUMPTIONS."""

from __future__ import annotations

from docgen.model.assumptions.assumption import Assumption, Tag

_GUIDE = "https://docs.aws.amazon.com/vpc/latest/userguide/"
_TOPIC = "Filters and interfaces"

ASSUMPTIONS = (
    Assumption(
        id="arrival-order",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Network ACL or security group first",
        statement="On arrival the subnet's network ACL is asked before the interface's source/destination check and "
        "security groups.",
        values={
            "network-acl-first": "Where both refuse, the network ACL is the reason.",
            "security-groups-first": "Where both refuse, the security groups are the reason.",
        },
        aws="Flow logs show one REJECT at the receiving interface, whichever refused; only a figure shows an order.",
        source=_GUIDE + "VPC_Security.html",
        read_in="docgen/routing/interface.py",
    ),
    Assumption(
        id="leaving-order",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Order of checks on leaving",
        statement="On leaving: source/destination check, security groups, same subnet (then delivered), network ACL, "
        "route table.",
        aws="Documented as a figure; where several refuse, AWS shows one REJECT.",
        source=_GUIDE + "VPC_Security.html",
        read_in="docgen/routing/interface.py",
    ),
    Assumption(
        id="ephemeral-ports",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Ports of a client that names none",
        statement="A flow without a source port stands for every port of 1024-65535.",
        values={
            "1024-65535": "The whole range that any client may use.",
            "32768-61000": "Linux clients only.",
            "49152-65535": "Windows clients only.",
        },
        aws="The range depends on the client's operating system; network ACLs should allow 1024-65535 where "
        "clients are "
        "of several sorts. NAT gateways, load balancers and Lambda functions use 1024-65535 in any case.",
        source=_GUIDE + "vpc-network-acls.html",
        read_in="docgen/routing/connection.py",
    ),
    Assumption(
        id="partial-port-range",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="A range of ports that passes in part",
        statement="Where a filter lets only a part of a range of ports pass, the flow is blocked, with the detail "
        "`DG_EPHEMERAL_RANGE_PARTIAL`.",
        aws="Each connection has one port, and works or does not; a flow that works now and then does not work.",
        source=_GUIDE + "vpc-network-acls.html",
        read_in="docgen/routing/acl.py",
    ),
    Assumption(
        id="appliance-state",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Appliances and connections of which they see a half",
        statement="Whatever forwards packets is stateful: it drops an answer of a connection that it did not see, "
        "and a "
        "connection whose answer misses it stops (`DG_RETURN_PATH_ASYMMETRIC`).",
        values={
            "stateful": "As firewalls do.",
            "stateless": "As plain routers do: each packet is passed on for itself.",
        },
        aws="It depends on what runs there; AWS warns of it for firewalls behind transit gateways (appliance mode).",
        source="https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-appliance-scenario.html",
        read_in="docgen/routing/interface.py",
    ),
    Assumption(
        id="group-membership-lost",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Rules that name the group of somebody behind a translator",
        statement="A rule that names the group of whoever stands behind a NAT gateway, appliance or load balancer "
        "does "
        "not match, and says `SG_REFERENCES_NOT_PRESERVED`; the group of a NAT instance itself counts.",
        aws="Rules that name a group do not work through a middlebox; for each sort of it the code is our reading.",
        source=_GUIDE + "security-group-rules.html",
        read_in="docgen/routing/groups.py",
    ),
    Assumption(
        id="own-address",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="A packet to the sender's own address",
        statement="A packet to the sender's own private address never leaves it, and no filter sees it.",
        aws="Not said; operating systems deliver it inside.",
        source=_GUIDE + "security-group-rules.html",
        read_in="docgen/routing/interface.py",
    ),
    Assumption(
        id="lambda-outbound-only",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Interfaces of Lambda functions",
        statement="The interface of a Lambda function in a VPC opens connections and accepts none: functions are "
        "invoked "
        "through the Lambda API.",
        aws="AWS says that a function is invoked through its API and that the interface gives access to the VPC.",
        source="https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
        read_in="docgen/kinds/lambda_function.py",
    ),
)
"""In the order of the reference page."""
