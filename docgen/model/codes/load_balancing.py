# Reachability Analyzer's codes for load balancers.
"""Codes of listeners, targets and zones of load balancers."""

from __future__ import annotations

from docgen.model import sources as at
from docgen.model.codes.reason_code import ReasonCode

_TOPIC = "Load balancers"

CODES: tuple[ReasonCode, ...] = (
    ReasonCode(
        code="ELBV2_LISTENERS_MISMATCH",
        topic=_TOPIC,
        title="No listener for this port",
        meaning="The load balancer has no listener for the packet's protocol and port, so it does not answer.",
        fix="Add a listener, or use the port of an existing one.",
        source=at.LOAD_BALANCING,
        raised_today=True,
    ),
    ReasonCode(
        code="ELBV2_LISTENER_HAS_NO_TG",
        topic=_TOPIC,
        title="The listener has no targets",
        meaning="A listener took the connection and has nothing registered to send it to.",
        fix="Register targets under the listener.",
        source=at.ALB_TARGET_GROUPS,
        raised_today=True,
    ),
    ReasonCode(
        code="ELBV2_LISTENER_PORT_RESTRICTION",
        topic=_TOPIC,
        title="The port is not the listener's",
        meaning="The packet was matched against a listener of another port.",
        fix="Use the listener's port.",
        source=at.LOAD_BALANCING,
    ),
    ReasonCode(
        code="ELBV2_LISTENER_REQUIRES_TG_ACCEPT",
        topic=_TOPIC,
        title="No target group takes this traffic",
        meaning="The listener exists, but none of its target groups accepts the request.",
        fix="Add a target group or a listener rule that does.",
        source=at.ALB_TARGET_GROUPS,
        raised_today=True,
    ),
    ReasonCode(
        code="ELBV2_NO_TARGETS_IN_AZ",
        topic=_TOPIC,
        title="No target in the node's zone",
        meaning="The node may use targets of its own zone only, and there is none.",
        fix="Register a target in that zone, or turn cross-zone load balancing on.",
        source=at.LOAD_BALANCING,
        raised_today=True,
    ),
    ReasonCode(
        code="ELBV2_SOURCE_ADDRESS_PRESERVATION",
        topic=_TOPIC,
        title="The target sees the client's address",
        meaning="A Network Load Balancer that preserves client addresses never shows its own address to the target.",
        fix="Allow the client's address at the target, or turn preservation off.",
        source=at.NLB_TARGET_ATTRIBUTES,
        raised_today=True,
    ),
    ReasonCode(
        code="ELB_NOT_CROSSZONE",
        topic=_TOPIC,
        title="Targets exist, but in another zone",
        meaning="With cross-zone load balancing off, a node does not use targets of other zones.",
        fix="Turn cross-zone load balancing on, or register a target in each zone.",
        source=at.LOAD_BALANCING,
        raised_today=True,
    ),
    ReasonCode(
        code="ELB_INSTALLED_AZ_RESTRICTION",
        topic=_TOPIC,
        title="The target's zone is not enabled on the load balancer",
        meaning="A load balancer never uses a target in a zone in which it has no subnet.",
        fix="Add a subnet of that zone to the load balancer.",
        source=at.LOAD_BALANCING,
        raised_today=True,
    ),
    ReasonCode(
        code="ELB_LISTENERS_MISMATCH",
        topic=_TOPIC,
        title="No listener on a Classic Load Balancer",
        meaning="A Classic Load Balancer has no listener for this traffic.",
        fix="Add a listener; better, move to a newer load balancer.",
        source=at.LOAD_BALANCING,
    ),
    ReasonCode(
        code="ELB_LISTENER_PORT_RESTRICTION",
        topic=_TOPIC,
        title="Another port than the Classic Load Balancer's",
        meaning="The port is neither a listener's nor the instance's port of a Classic Load Balancer.",
        fix="Use the listener's port.",
        source=at.LOAD_BALANCING,
    ),
    ReasonCode(
        code="ELB_ACL_RESTRICTION",
        topic=_TOPIC,
        title="A network ACL between a Classic Load Balancer and its target",
        meaning="For Classic Load Balancers the subnet's ACL counts even towards a target in the same subnet.",
        fix="Allow the target port and the answer's ephemeral ports in the ACL.",
        source=at.EXPLANATION_CODES,
    ),
    ReasonCode(
        code="TARGET_ADDRESS_RESTRICTION",
        topic=_TOPIC,
        title="Not a target's address",
        meaning="A load balancer sends only to its registered targets.",
        fix="Register the address as a target.",
        source=at.ALB_TARGET_GROUPS,
    ),
    ReasonCode(
        code="TARGET_PORT_RESTRICTION",
        topic=_TOPIC,
        title="Not the target's port",
        meaning="A load balancer calls a target only on the port under which it was registered.",
        fix="Register the target with that port.",
        source=at.ALB_TARGET_GROUPS,
    ),
    ReasonCode(
        code="GWLB_DESTINATION_PORT_RESTRICTION",
        topic=_TOPIC,
        title="An appliance behind a Gateway Load Balancer listens on 6081",
        meaning="Gateway Load Balancers wrap packets in GENEVE and send them to port 6081 only.",
        fix="Let the appliance take GENEVE on port 6081.",
        source=at.ROUTING_OPTIONS,
    ),
    ReasonCode(
        code="GWLB_PROTOCOL_RESTRICTION",
        topic=_TOPIC,
        title="A Gateway Load Balancer speaks UDP to its appliances",
        meaning="What goes from a Gateway Load Balancer to an appliance is GENEVE over UDP, nothing else.",
        fix="Allow UDP 6081 at the appliance.",
        source=at.ROUTING_OPTIONS,
    ),
)
