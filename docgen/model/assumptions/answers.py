# Choices about how an answer is put together.
"""ASSUMPTIONS."""

from __future__ import annotations

from docgen.model.assumptions.assumption import Assumption, Tag

_REACHABILITY = "https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html"
_TOPIC = "Answers"

ASSUMPTIONS = (
    Assumption(
        id="primary-reason",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="The first reason",
        statement="The first check that blocks is the reason, request before answer; what else is true there is a "
        "further reason.",
        aws="Reachability Analyzer lists explanations, and says that there may be more behind those it shows.",
        source=_REACHABILITY,
        read_in="docgen/routing/summary.py",
    ),
    Assumption(
        id="every-path",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Several paths",
        statement="A flow is allowed only if every node and target that AWS may choose works.",
        aws="Reachability Analyzer shows the shortest path that works.",
        source=_REACHABILITY,
        read_in="docgen/routing/summary.py",
    ),
    Assumption(
        id="address-owner",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="An address that several have",
        statement="An address means its owner in the sender's own VPC, then a public address, then whoever else "
        "has it.",
        aws="Inside a VPC the local route leads to the VPC's own; the rest is a question of what the author meant.",
        source="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
        read_in="docgen/routing/addresses.py",
    ),
    Assumption(
        id="address-family",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="IPv4 or IPv6",
        statement="A connection speaks IPv4 where both ends have it, else IPv6, unless the flow says.",
        aws="Clients choose; most try IPv6 first where a name has both.",
        source="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html",
        read_in="docgen/routing/families.py",
    ),
    Assumption(
        id="flow-log-without-route",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Flow logs of a packet without a route",
        statement="Where the sender's route table has no route or a blackhole, the sender's interface logs ACCEPT "
        "and the receiver nothing.",
        aws="Flow logs record what filters decide at an interface; what they show of a missing route is not said.",
        source="https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html",
        read_in="docgen/analysis/flow_log.py",
    ),
    Assumption(
        id="flow-log-source-dest-check",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Flow logs of what the source/destination check drops",
        statement="It leaves no record: REJECT is what groups, network ACLs and VPC Block Public Access refuse.",
        aws="REJECT is explained by security groups, network ACLs and packets after the end of a connection; the "
        "check is not mentioned.",
        source="https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html",
        read_in="docgen/analysis/flow_log.py",
    ),
    Assumption(
        id="flow-log-of-regional-nat-gateway",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Which flow logs take a regional NAT gateway's records",
        statement="Those on the gateway itself, not those on its VPC; what it drops leaves no record.",
        aws="Its records have no interface and a resource id; whether a VPC's flow log has them is not said.",
        source="https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html",
        read_in="docgen/analysis/flow_log.py",
    ),
)
"""In the order of the reference page."""
