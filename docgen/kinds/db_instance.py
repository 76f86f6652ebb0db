"""An RDS database: an endpoint in one zone, with Multi-AZ a synchronous standby in another."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.calls import Listening
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.form import limited
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet, PortRange
from docgen.model.trace import Check, Outcome, Step
from docgen.routing.aws_names import sees_inside
from docgen.routing.interface import arrive, delivered, leave
from docgen.routing.reactions import reaction

ENGINE_PORTS = {
    "mysql": 3306,
    "mariadb": 3306,
    "aurora-mysql": 3306,
    "postgres": 5432,
    "aurora-postgresql": 5432,
    "oracle-ee": 1521,
    "oracle-se2": 1521,
    "sqlserver-ee": 1433,
    "sqlserver-se": 1433,
    "sqlserver-ex": 1433,
    "sqlserver-web": 1433,
}
"""Engines by RDS's names, with the port that each listens on unless told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DbInstance(Component):
    """An RDS DB instance. Source: RDS API `DBInstance`; `AWS::RDS::DBInstance`."""

    kind: ClassVar[str] = "db_instance"

    engine: str = limited(choices=tuple(ENGINE_PORTS), default="")
    """What runs on it; it decides the port, and other ports are refused. None written: MySQL is taken for likely,
    and no port is refused."""
    subnets: tuple[Ref, ...] = refers("subnet")
    """The DB subnet group: subnets in at least two zones."""
    multi_az: bool = False
    """A synchronous standby in another zone takes over when the primary fails; it serves no reads."""
    primary_zone: str = ""
    """Zone of the primary (letter or full name); "" takes the first subnet's."""
    port: int = limited(minimum=0, maximum=65535, default=0)
    """0: the engine's. Written, other ports are refused."""
    private_ip_address: IPv4Address | None = None
    """The primary's address; RDS picks it in real life."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """None named: the VPC's default group."""
    publicly_accessible: bool = False
    """Gives it a public address; without an internet route of its subnets that is no use."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One candidate for each subnet of the group."""
        return tuple(
            InterfaceSpec(
                subnet=subnet,
                public=self.publicly_accessible,
                security_groups=self.security_groups,
            )
            for subnet in self.subnets
        )

    def place_interfaces(self, zones: Sequence[str]) -> tuple[tuple[int, str], ...]:
        """The primary in its zone and, with Multi-AZ, the standby in the next other one."""
        if not zones:
            return ()
        wanted = self.primary_zone
        primary = next((i for i, z in enumerate(zones) if wanted and z.endswith(wanted)), 0)
        if not self.multi_az:
            return ((primary, ""),)
        standby = next((i for i, z in enumerate(zones) if z != zones[primary]), None)
        placed = ((primary, "primary"),)
        return placed if standby is None else (*placed, (standby, "standby"))

    @property
    def listening_port(self) -> int:
        """The port that clients connect to."""
        return self.port or ENGINE_PORTS.get(self.engine, 3306)

    @property
    def listens(self) -> tuple[Listening, ...]:
        """Its one port, where the author says which."""
        said = self.port or self.engine
        return (Listening(ports=PortRange(self.listening_port, self.listening_port)),) if said else ()

    def survives(self, suffix: str) -> bool:
        """The standby takes over when the primary fails."""
        return suffix == "standby"

    def answering(self, network: Network, *, outside: bool = False) -> tuple[tuple[Interface, Address], ...]:
        """The primary; the standby once the primary is down (RDS moves the endpoint's name)."""
        interfaces = network.interfaces_of(self.key)
        working = [i for i in interfaces if network.interface_is_up(i)]
        return tuple(
            (i, i.public_ip if outside and i.public_ip else i.private_ip) for i in (working or interfaces)[:1]
        )

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Let a packet of its own go."""
        assert interface is not None
        return leave(interface, packet, context)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take what is addressed to it."""
        interface = arrival.interface
        assert interface is not None
        entry = arrive(interface, packet, arrival, context)
        if entry.drop:
            return (entry.drop,)
        steps = (
            *self._promotion(interface, context),
            *entry.steps,
            *self._name_elsewhere(interface, packet, context),
        )
        return (delivered(interface, packet, context, steps),)

    def _name_elsewhere(self, interface: Interface, packet: Packet, context: Context) -> tuple[Step, ...]:
        """A warning for a client of another VPC: the endpoint's name leads it to the public address.

        Source: Amazon RDS User Guide, "Working with a DB instance in a VPC", "Hiding a DB instance in a VPC".
        """
        network, client, public = context.network, context.client, interface.public_ip
        if context.expected is not None or client is None or public is None or not client.owns(packet.source):
            return ()  # through an internet gateway it came by that very address
        if sees_inside(network, client.vpc, interface.vpc):
            return ()
        name = network.name(self.key)
        text = (
            f"In VPC {network.name(client.vpc)} the name of {name} leads to its public address {public}, not to "
            f"{packet.destination}: no peering connection shares the names of VPC {network.name(interface.vpc)}."
        )
        return (
            Step(
                check=Check.DNS,
                outcome=Outcome.INFO,
                by=self.key,
                by_name=name,
                text=text,
                code="DG_DNS_RESOLVES_PUBLIC",
            ),
        )

    def _promotion(self, interface: Interface, context: Context) -> tuple[Step, ...]:
        """What RDS has done where the standby answers."""
        network, name = context.network, context.network.name(self.key)
        primary = network.interfaces_of(self.key)[0]
        if context.expected is not None or interface == primary or network.interface_is_up(primary):
            return ()
        text = (
            f"{name} is out of order in {primary.zone}: RDS has promoted the standby in {interface.zone}, and "
            f"its name now leads to {interface.private_ip} instead of {primary.private_ip}."
        )
        return (reaction(network, self.key, text),)


KIND = Kind(
    component=DbInstance,
    plural="db_instances",
    title="RDS database",
    abbreviation="RDS",
    cfn_type="AWS::RDS::DBInstance",
    terraform_type="aws_db_instance",
    icon="rds",
    role=Role.STORE,
    scope=Scope.ZONE,
    scope_note="its subnets cover two zones, and a standby stands in another one",
    contained_in=("vpc",),
    endpoint=True,
    summary="Answers on its engine's port; its name follows the standby when the primary's zone fails.",
    limits="Its subnet group covers at least two zones.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html",
    example="""\
version: 1
title: A database with a standby
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24], tier: data}
    security_groups:
      db: {ingress: [tcp 3306 from 10.0.0.0/16]}
    db_instances:
      orders: {engine: mysql, subnets: [data], multi_az: true, primary_zone: a, security_groups: [db]}
""",
)
