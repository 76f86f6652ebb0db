"""An AWS service that stands in no Region: IAM, Organizations, Billing."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Ref, refers
from docgen.model.form import limited
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.model.service import EdgeService
from docgen.routing.services import receive_at_service, send_from_service


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalService(EdgeService):
    """The endpoint of a service that all Regions share.

    Source: AWS General Reference, "Service endpoints and quotas".
    Short form: `global_services: {iam: {service: iam}}`.
    """

    kind: ClassVar[str] = "global_service"
    endpoint_prefix: ClassVar[str] = "amazon"
    endpoint_region: ClassVar[str] = "us-east-1"

    account: Ref | None = refers("account", default=None)
    """The account that it is drawn in."""
    service: str = limited(pattern=r"[a-z][a-z0-9-]*", example="iam")
    """As its DNS name spells it: `iam` of iam.amazonaws.com."""

    @property
    def dns_names(self) -> tuple[str, ...]:
        """Its one endpoint, whatever Region is asked about."""
        return (f"{self.service}.amazonaws.com",)

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Answer; it reaches public addresses only."""
        del interface
        return (send_from_service(self.key, packet, context),)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take what reaches its address."""
        return (receive_at_service(self.key, packet, arrival, context),)


KIND = Kind(
    component=GlobalService,
    plural="global_services",
    title="Global AWS service",
    icon="aws-service",
    role=Role.GLOBAL_SERVICE,
    scope=Scope.GLOBAL,
    scope_note="its endpoint's addresses are of us-east-1",
    contained_in=("", "account"),
    parent_field="account",
    endpoint=True,
    summary="Answers at public addresses, the same for all Regions; the loss of a Region does not stop it.",
    limits="Changes are made in us-east-1; what was decided before is served in every Region.",
    source="https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html",
    example="""\
version: 1
title: Who may do what, in all Regions
region: ap-south-1
users: {administrator: {}}
global_services: {iam: {service: iam}}
flows:
  administrator-signs-in: {from: administrator, to: https://iam.amazonaws.com, expect: allowed}
""",
)
