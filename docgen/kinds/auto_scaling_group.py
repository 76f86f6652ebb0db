"""An Auto Scaling group: as many equal instances as wanted, spread over its subnets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.calls import Call, Listening
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.form import Fault, limited
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.routing.interface import arrive, delivered, leave

MOST = 500
"""Instances of one group that docgen follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoScalingGroup(Component):
    """An Auto Scaling group with its launch settings. Source: Auto Scaling API `AutoScalingGroup`."""

    kind: ClassVar[str] = "auto_scaling_group"

    subnets: tuple[Ref, ...] = refers("subnet")
    """Where its instances stand (`VPCZoneIdentifier`), spread evenly."""
    min_size: int = limited(minimum=0, maximum=MOST, default=1)
    """It never has fewer."""
    max_size: int | None = limited(minimum=0, maximum=MOST, default=None)
    """It never has more; None: what is wanted."""
    desired_capacity: int | None = limited(minimum=0, maximum=MOST, default=None)
    """How many there are now; None: one in each subnet, at least `min_size`."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """Of every instance, from the launch template. None named: the VPC's default group."""
    associate_public_ip_address: bool | None = None
    """Whether instances get a public address; None: as the subnet says."""
    serves: tuple[str, ...] = ()
    """What runs on its instances, for the picture's label and the page."""
    listens: tuple[Listening, ...] = ()
    """Ports that something listens on, `[8080, udp 53]`: others are refused. None written: not known."""
    calls: tuple[Call, ...] = ()
    """What an instance calls in turn when it is called, `[orders:3306, https://api.example.com]`."""

    def faults(self) -> Iterator[Fault]:
        """AWS refuses sizes that contradict each other."""
        wanted = self.desired_capacity
        if self.max_size is not None and self.max_size < max(self.min_size, wanted or 0):
            yield Fault("max_size", f"`max_size` is {self.max_size}, less than is wanted", "make it the largest")
        if wanted is not None and wanted < self.min_size:
            yield Fault("desired_capacity", f"`desired_capacity` is {wanted}, less than `min_size`", "raise it")

    @property
    def capacity(self) -> int:
        """How many instances there are."""
        if self.desired_capacity is not None:
            return self.desired_capacity
        usual = max(self.min_size, len(self.subnets))
        return usual if self.max_size is None else min(usual, self.max_size)

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One interface for each instance, subnet by subnet in turn."""
        if not self.subnets:
            return ()
        return tuple(
            InterfaceSpec(
                subnet=self.subnets[i % len(self.subnets)],
                public=self.associate_public_ip_address,
                security_groups=self.security_groups,
            )
            for i in range(self.capacity)
        )

    def place_interfaces(self, zones: Sequence[str]) -> tuple[tuple[int, str], ...]:
        """All of them: the zone's letter, with a number where a zone has several."""
        crowded = {zone for zone, n in Counter(zones).items() if n > 1}
        seen: Counter[str] = Counter()
        placed = []
        for i, zone in enumerate(zones):
            seen[zone] += 1
            placed.append((i, f"{zone[-1:]}{seen[zone]}" if zone in crowded else zone[-1:]))
        return tuple(placed)

    def answering(self, network: Network, *, outside: bool = False) -> tuple[tuple[Interface, Address], ...]:
        """Its working instances; all of them where none works."""
        instances = network.interfaces_of(self.key)
        working = [i for i in instances if network.interface_is_up(i)] or list(instances)
        return tuple((i, i.public_ip if outside and i.public_ip else i.private_ip) for i in working)

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Let a packet of one of its instances go."""
        assert interface is not None
        return leave(interface, packet, context)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take what is addressed to one of its instances."""
        interface = arrival.interface
        assert interface is not None
        entry = arrive(interface, packet, arrival, context)
        return (entry.drop or delivered(interface, packet, context, entry.steps),)


KIND = Kind(
    component=AutoScalingGroup,
    plural="auto_scaling_groups",
    title="Auto Scaling group",
    abbreviation="ASG",
    cfn_type="AWS::AutoScaling::AutoScalingGroup",
    terraform_type="aws_autoscaling_group",
    icon="auto-scaling-group",
    member_icon="ec2-instance",
    role=Role.WORKLOAD,
    scope=Scope.REGION,
    scope_note="with instances in the zones of its subnets",
    contained_in=("vpc",),
    endpoint=True,
    summary="Instances alike, spread over its subnets; when a zone fails those of the others go on.",
    limits="docgen follows the instances that are wanted now; it does not launch others when a zone fails.",
    source="https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-groups.html",
    example="""\
version: 1
title: Servers of an Auto Scaling group behind a load balancer
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    security_groups:
      edge: {ingress: [tcp 443 from 10.0.0.0/16]}
      app: {ingress: [tcp 8080 from edge]}
    load_balancers:
      edge: {scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {app: 8080}}}
    auto_scaling_groups:
      app: {subnets: [app], max_size: 6, security_groups: [app]}
""",
)
