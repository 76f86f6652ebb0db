"""A Direct Connect connection: a line between a data center and AWS at a Direct Connect location."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.routing.hybrid import named


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectConnectConnection(Component):
    """A dedicated or hosted connection. Source: Direct Connect API `Connection`."""

    kind: ClassVar[str] = "direct_connect_connection"

    data_center: Ref = refers("data_center")
    """What it connects to AWS."""
    location: str = ""
    """The Direct Connect location."""
    bandwidth: str = limited(
        choices=(
            "50Mbps", "100Mbps", "200Mbps", "300Mbps", "400Mbps", "500Mbps", "1Gbps", "2Gbps", "5Gbps", "10Gbps",
            "25Gbps", "100Gbps", "400Gbps",
        ),
        default="1Gbps",
    )  # fmt: skip
    """50 Mbit/s to 25 Gbit/s hosted; 1, 10, 100 or 400 Gbit/s dedicated."""
    state: str = limited(
        choices=("available", "down", "ordering", "requested", "pending", "deleted"), default="available"
    )
    """Anything but `available` carries nothing."""

    def works(self, network: Network) -> bool:
        """While it is available, and its data center works."""
        center = named(network, self, "data_center")
        return self.state == "available" and (center is None or network.is_up(center))


KIND = Kind(
    component=DirectConnectConnection,
    plural="direct_connect_connections",
    title="Direct Connect connection",
    abbreviation="DX",
    cfn_type="",
    terraform_type="aws_dx_connection",
    icon="direct-connect",
    role=Role.ON_PREMISES,
    scope=Scope.LOCATION,
    contained_in=("", "account"),
    summary="A physical line; what it carries are its virtual interfaces.",
    limits="50 private and public and 4 transit virtual interfaces; one on a hosted connection; not encrypted.",
    source="https://docs.aws.amazon.com/directconnect/latest/UserGuide/Welcome.html",
    example="""\
version: 1
title: A line to the data center
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
direct_connect_connections: {line: {data_center: hq, location: Equinix MB2, bandwidth: 1Gbps}}
""",
)
