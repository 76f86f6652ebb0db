# Reachability Analyzer's codes about the question itself, its filters, and remarks on paths that work.
"""Codes of unknowns, configuration, search filters and additional details."""

from __future__ import annotations

from docgen.model import sources as at
from docgen.model.codes.reason_code import ReasonCode

_UNKNOWN = "Unknowns and configuration"
_FILTERS = "Search filters"
_DETAILS = "Additional details"


def _filter(place: str, what: str, asked: str) -> ReasonCode:
    """One of the ten codes that differ in the end of the path and in the header field only."""
    end = place.lower()
    return ReasonCode(
        code=f"FILTER_AT_{place}_{what}",
        topic=_FILTERS,
        title=f"No path with this {asked} at the {end}",
        meaning=f"The question asked for a certain {asked} in the header at the {end}, and no path has it there.",
        fix="Loosen the filter, or ask with the header as translators leave it.",
        source=at.EXPLANATION_CODES,
    )


_HEADER_FILTERS = (
    *(
        _filter("DESTINATION", what, asked)
        for what, asked in (
            ("DESTINATION_ADDRESS", "destination address"),
            ("DESTINATION_PORT_RANGE", "destination port"),
            ("PROTOCOL", "protocol"),
            ("SOURCE_ADDRESS", "source address"),
            ("SOURCE_PORT_RANGE", "source port"),
        )
    ),
    *(
        _filter("SOURCE", what, asked)
        for what, asked in (
            ("DESTINATION_ADDRESS", "destination address"),
            ("DESTINATION_PORT_RANGE", "destination port"),
            ("PROTOCOL", "protocol"),
            ("SOURCE_ADDRESS", "source address"),
            ("SOURCE_PORT_RANGE", "source port"),
        )
    ),
)

CODES: tuple[ReasonCode, ...] = (
    ReasonCode(
        code="UNKNOWN_DESTINATION",
        topic=_UNKNOWN,
        title="The definition does not say where it goes",
        meaning="A needed fact is missing, so docgen answers UNKNOWN instead of guessing.",
        fix="Name the destination, or add the component that the address belongs to.",
        source=at.EXPLANATION_CODES,
        raised_today=True,
    ),
    ReasonCode(
        code="UNKNOWN_RESOURCE",
        topic=_UNKNOWN,
        title="A component on the path is not modelled",
        meaning="The packet meets something that is drawn but whose behaviour docgen does not know; the "
        "answer is UNKNOWN.",
        fix="Describe what it does with a modelled kind, or accept that the trace ends there.",
        source=at.EXPLANATION_CODES,
        raised_today=True,
    ),
    ReasonCode(
        code="DISCONNECTED_VPCS",
        topic=_UNKNOWN,
        title="Nothing joins the two VPCs",
        meaning="Source and destination stand in VPCs without a peering connection, transit gateway or other link.",
        fix="Join them, or reach the destination by a public address.",
        source=at.EXPLANATION_CODES,
    ),
    ReasonCode(
        code="NO_PATH",
        topic=_UNKNOWN,
        title="No path at all",
        meaning="Nothing leads from source to destination: a component stands alone, or is used in a way "
        "that AWS lacks.",
        fix="Follow the trace to the first missing link.",
        source=at.EXPLANATION_CODES,
        raised_today=True,
    ),
    ReasonCode(
        code="NO_SOURCE_OR_DESTINATION",
        topic=_UNKNOWN,
        title="An end of the flow is missing",
        meaning="The question names no source or no destination that can send or take packets.",
        fix="Name a component with an address at both ends.",
        source=at.EXPLANATION_CODES,
    ),
    ReasonCode(
        code="UNASSOCIATED_COMPONENT",
        topic=_UNKNOWN,
        title="A component belongs to no VPC or has no address",
        meaning="An end of the flow is detached, so that no packet can start or end there.",
        fix="Attach it, or give it an IPv4 address.",
        source=at.EXPLANATION_CODES,
    ),
    ReasonCode(
        code="UNSUPPORTED_COMPONENT",
        topic=_UNKNOWN,
        title="The component cannot be analysed",
        meaning="AWS's analyzer does not support this component as an end or a middle of a path.",
        fix="Ask about the interfaces before and behind it.",
        source=at.REACHABILITY,
        raised_today=True,
    ),
    ReasonCode(
        code="COMPONENT_FILTER_RESTRICTION",
        topic=_FILTERS,
        title="The path misses a required component",
        meaning="The question asked for a path through (or around) a component, and there is none.",
        fix="Change the requirement, or the routes.",
        source=at.EXPLANATION_CODES,
    ),
    ReasonCode(
        code="COMPONENT_FILTER_RESTRICTION_REMOVED_COMPONENT",
        topic=_FILTERS,
        title="The only path goes through an excluded component",
        meaning="Leaving out a component that the question excludes leaves no path.",
        fix="Allow the component, or build a path around it.",
        source=at.EXPLANATION_CODES,
    ),
    *_HEADER_FILTERS,
    ReasonCode(
        code="IGW_EXPECTS_PUBLIC_ADDRESS",
        topic=_FILTERS,
        title="An address beyond the internet gateway must be public",
        meaning="The question puts a private address on the internet side of an internet gateway.",
        fix="Ask with a public address.",
        source=at.EXPLANATION_CODES,
    ),
    ReasonCode(
        code="AVAILABILITY_ZONE_CROSSED",
        topic=_DETAILS,
        title="The path crosses zones",
        meaning="The packet goes from one Availability Zone to another: it works, costs a little, and "
        "depends on both zones.",
        fix="Keep the hop in one zone where cost or independence of zones matters.",
        source=at.DETAIL_CODES,
    ),
    ReasonCode(
        code="ASSUMPTION_PRESERVE_CLIENT_IP_IS_ENABLED",
        topic=_DETAILS,
        title="Assumed: the load balancer keeps client addresses",
        meaning="The target group does not say whether client addresses are kept; the path assumes that they are.",
        fix="State the attribute.",
        source=at.DETAIL_CODES,
    ),
    ReasonCode(
        code="ASSUMPTION_PRESERVE_CLIENT_IP_IS_DISABLED",
        topic=_DETAILS,
        title="Assumed: the load balancer shows its own address",
        meaning="The target group does not say whether client addresses are kept; the path assumes that "
        "they are not.",
        fix="State the attribute.",
        source=at.DETAIL_CODES,
    ),
    ReasonCode(
        code="MISSING_TARGET_GROUP_ATTRIBUTES",
        topic=_DETAILS,
        title="A target group's attributes are not known",
        meaning="The attributes could not be read, so the path rests on defaults.",
        fix="State them in the definition.",
        source=at.DETAIL_CODES,
    ),
    ReasonCode(
        code="FIREWALL_UNSUPPORTED_HIGHER_PRIORITY_RULE_GROUP_TYPE",
        topic=_DETAILS,
        title="A firewall rule group of higher priority was not judged",
        meaning="A rule group of a type that cannot be analysed stands before the one that decided.",
        fix="Check that group by hand.",
        source=at.DETAIL_CODES,
    ),
    ReasonCode(
        code="FIREWALL_UNSUPPORTED_HIGHER_PRIORITY_RULES",
        topic=_DETAILS,
        title="Firewall rules of higher priority were not judged",
        meaning="Rules that cannot be analysed stand before the one that decided.",
        fix="Check those rules by hand.",
        source=at.DETAIL_CODES,
    ),
    ReasonCode(
        code="FIREWALL_UNSUPPORTED_RULE_OPTIONS",
        topic=_DETAILS,
        title="A firewall rule's options were not judged",
        meaning="The rule that decided has options beyond addresses, ports and protocol.",
        fix="Check what those options match.",
        source=at.DETAIL_CODES,
    ),
    ReasonCode(
        code="PATH_THROUGH_GWLB_NOT_CHECKED",
        topic=_DETAILS,
        title="Appliances behind a Gateway Load Balancer were not judged",
        meaning="The path passes a Gateway Load Balancer; what its appliances drop is not part of the answer.",
        fix="Check the appliances' rules.",
        source=at.DETAIL_CODES,
    ),
    ReasonCode(
        code="RESPONSE_RTB_HAS_NO_ROUTE_TO_TRANSIT_GATEWAY",
        topic=_DETAILS,
        title="The answer has no route to the transit gateway",
        meaning="The request arrives, but the destination's subnet has no route back to the transit gateway.",
        fix="Add the return route.",
        source=at.DETAIL_CODES,
    ),
    ReasonCode(
        code="TRANSIT_GATEWAY_APPLIANCE_MODE_RECOMMENDED",
        topic=_DETAILS,
        title="Appliance mode would keep both directions together",
        meaning="An inspection VPC is attached without appliance mode, so answers may pass another zone's appliance.",
        fix="Turn appliance mode on for that attachment.",
        source=at.DETAIL_CODES,
        raised_today=True,
    ),
    ReasonCode(
        code="UNIDIRECTIONAL_PATH_ANALYSIS_ONLY",
        topic=_DETAILS,
        title="AWS judged the forward leg only",
        meaning="For this path AWS's analyzer does not look at the answer. docgen walks both legs.",
        fix="Trust the return leg of docgen's trace.",
        source=at.DETAIL_CODES,
    ),
)
