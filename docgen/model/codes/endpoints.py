# Reachability Analyzer's codes for VPC endpoints.
"""Codes of gateway and interface endpoints."""

from __future__ import annotations

from docgen.model import sources as at
from docgen.model.codes.reason_code import ReasonCode

_TOPIC = "VPC endpoints"

CODES: tuple[ReasonCode, ...] = (
    ReasonCode(
        code="VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION",
        topic=_TOPIC,
        title="Not the service's address",
        meaning="What comes out of a gateway endpoint must have a source from the service's prefix list.",
        fix="Call the service itself; a gateway endpoint leads nowhere else.",
        source=at.GATEWAY_ENDPOINTS,
        raised_today=True,
    ),
    ReasonCode(
        code="VPCE_GATEWAY_PROTOCOL_RESTRICTION",
        topic=_TOPIC,
        title="A gateway endpoint carries TCP and ping only",
        meaning="The packet's protocol is one that gateway endpoints drop.",
        fix="Use TCP.",
        source=at.GATEWAY_ENDPOINTS,
        raised_today=True,
    ),
    ReasonCode(
        code="VPCE_INTRA_VPC_TRAFFIC",
        topic=_TOPIC,
        title="An endpoint does not open connections",
        meaning="An interface endpoint was to start a connection into its own VPC; it only takes them.",
        fix="Let the client call the endpoint.",
        source=at.PRIVATELINK,
        raised_today=True,
    ),
    ReasonCode(
        code="VPCE_SERVICE_NOT_INSTALLED_IN_AZ",
        topic=_TOPIC,
        title="The endpoint service is not in this zone",
        meaning="The provider does not offer its service in the zone of the endpoint's subnet.",
        fix="Use a zone that the provider offers, or ask it to enable this one.",
        source=at.PRIVATELINK_SHARE,
        raised_today=True,
    ),
)
