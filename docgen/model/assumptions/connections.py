# Choices about what connects networks, and about load balancers.
"""ASSUMPTIONS."""

from __future__ import annotations

from docgen.model.assumptions.assumption import Assumption, Tag

_AWS = "https://docs.aws.amazon.com/"
_TOPIC = "Connected networks and load balancers"

ASSUMPTIONS = (
    Assumption(
        id="peering-entry",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Entering a VPC over a peering connection",
        statement="What comes in over a peering connection is delivered inside the VPC; no route table of it is "
        "asked.",
        aws="Peering is not transitive and leads to no gateway of the other VPC; how a packet finds its way inside "
        "is "
        "not said.",
        source=_AWS + "vpc/latest/peering/vpc-peering-basics.html",
        read_in="docgen/kinds/vpc_peering_connection.py",
    ),
    Assumption(
        id="edge-to-edge-codes",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Reason codes of ways from gateway to gateway",
        statement="A packet that entered by one gateway and wants to leave by another gets the code of the one that "
        "refuses it; where AWS has no word for the pair, the code whose meaning fits.",
        aws="No edge-to-edge routing, says AWS; not every pair has a code of Reachability Analyzer's own.",
        source=_AWS + "vpc/latest/reachability/explanation-codes.html",
        read_in="docgen/kinds/virtual_private_gateway.py",
    ),
    Assumption(
        id="attachment-subnets",
        tag=Tag.UNSURE,
        topic=_TOPIC,
        title="Who may use a VPC's attachment to a transit gateway",
        statement="Every subnet of a zone in which the attachment has a subnet can use it.",
        values={
            "any-subnet-of-zone": "The sender's zone counts.",
            "associated-subnets-only": "Only senders in the very subnets that the attachment names.",
        },
        aws="The overview says that all subnets of an enabled zone can send; the page about VPC attachments says "
        "only "
        "the associated subnets.",
        source=_AWS + "vpc/latest/tgw/tgw-vpc-attachments.html",
        read_in="docgen/kinds/transit_gateway_vpc_attachment.py",
    ),
    Assumption(
        id="load-balancer-replies",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Answers to clients whose address a Network Load Balancer kept",
        statement="The answer of a target goes back to the load balancer's node, whatever the target's route table "
        "says.",
        values={
            "intercepted": "The node gets it, by the network ACLs in between.",
            "routed": "The target's route table decides, and the client does not know who answers.",
        },
        aws="Targets need no public address, which implies it; it is not stated.",
        source=_AWS + "elasticloadbalancing/latest/network/edit-target-group-attributes.html",
        read_in="docgen/routing/interface.py",
    ),
    Assumption(
        id="client-vpn-subnets",
        tag=Tag.UNSURE,
        topic=_TOPIC,
        title="A Client VPN endpoint with several subnets",
        statement="A client may come out in any associated subnet; the flow is allowed if it works from each.",
        aws="Routes should exist for every associated subnet, says AWS, or access comes and goes.",
        source=_AWS + "vpn/latest/clientvpn-admin/cvpn-working-routes.html",
        read_in="docgen/kinds/client_vpn_endpoint.py",
    ),
    Assumption(
        id="private-link-filters",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Filters between an endpoint and its service",
        statement="Through AWS PrivateLink nothing is asked but the inbound rules of the load balancer's groups, "
        "with the "
        "consumer's client as source; the answer is not filtered there.",
        aws="The rules apply to the client's private address, unless switched off; network ACLs are not mentioned.",
        source=_AWS + "elasticloadbalancing/latest/network/load-balancer-security-groups.html",
        read_in="docgen/routing/passing.py",
    ),
    Assumption(
        id="proxied-connections",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Load balancers and other proxies",
        statement="A load balancer's flow is two connections, client to node and node to target; each is judged "
        "there and "
        "back, and the first that is blocked gives the reason.",
        aws="An Application Load Balancer ends connections; a Network Load Balancer passes flows on, which docgen "
        "judges "
        "in the same two parts.",
        source=_AWS + "elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html",
        read_in="docgen/routing/tree.py",
    ),
    Assumption(
        id="healthy-targets",
        tag=Tag.MODEL,
        topic=_TOPIC,
        title="Health of targets",
        statement="Targets are taken as healthy unless an outage says otherwise, with the remark "
        "`DG_LB_HEALTH_UNKNOWN`.",
        aws="Reachability Analyzer ignores the health of targets as well.",
        source=_AWS + "vpc/latest/reachability/how-reachability-analyzer-works.html",
        read_in="docgen/routing/balancing.py",
    ),
)
"""In the order of the reference page."""
