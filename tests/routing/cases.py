"""What the tables of this folder share: one network to change, and cases with the answer that AWS's rules give."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.architecture import Flow, When
from docgen.model.component import Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.model.trace import FlowReport
from docgen.routing import resolve, trace
from tests.routing.told import told

BASE = yaml.safe_load("""
version: 1
title: The network that every case changes
region: ap-south-1
zones: [a, b]
users: {user: {address: 203.0.113.50}}
internet_hosts: {server: {address: 203.0.113.80, dns_names: [server.example]}}
vpcs:
  vpc:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      pub: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: rt-pub}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: rt-app}
      db: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24]}
    route_tables:
      rt-pub: {0.0.0.0/0: igw}
      rt-app: {0.0.0.0/0: nat}
      rt-main: {main: true}
    nat_gateways: {nat: {subnet: pub-a, private_ip_address: 10.0.0.100, elastic_ip: 198.51.100.9}}
    security_groups:
      sg-open: {ingress: [all from 0.0.0.0/0]}
      sg-web: {ingress: ["tcp 80,443 from 0.0.0.0/0"]}
      sg-app: {ingress: [tcp 8080 from sg-web]}
      sg-db: {ingress: [tcp 5432 from sg-app]}
    instances:
      web: {subnet: pub-a, private_ip_address: 10.0.0.10, elastic_ip: 198.51.100.10, security_groups: [sg-web]}
      web2: {subnet: pub-b, private_ip_address: 10.0.1.10, elastic_ip: 198.51.100.11, security_groups: [sg-web]}
      app: {subnet: app-a, private_ip_address: 10.0.10.10, security_groups: [sg-app]}
      app2: {subnet: app-b, private_ip_address: 10.0.11.10, security_groups: [sg-app]}
      db: {subnet: db-a, private_ip_address: 10.0.20.10, security_groups: [sg-db]}
""")


@dataclass(frozen=True)
class Answer:
    """What a case expects; `None` for `by` asks nothing."""

    verdict: str
    code: str = ""
    leg: str | None = None
    by: str | None = None


ALLOWED = Answer("allowed")


def blocked(code: str, by: str, leg: str = "forward") -> Answer:
    """Blocked with this code by this component (`kind:id`)."""
    return Answer("blocked", code, leg, by)


def case(name: str, changes: str, ends: str, answer: Answer, **more: Any) -> Any:
    """One row: `ends` is `app -> server tcp 443`, `changes` a merge patch on the VPC in YAML."""
    return pytest.param(changes, ends, answer, more, id=name)


def merged(base: Any, patch: Any) -> Any:
    """A merge patch: mappings into mappings, null removes, anything else replaces."""
    if not isinstance(base, dict) or not isinstance(patch, dict):
        return patch
    result = {k: v for k, v in base.items() if patch.get(k, ...) is not None}
    return result | {k: merged(result.get(k, {}), v) for k, v in patch.items() if v is not None}


def network_with(changes: str = "", top: str = "") -> Network:
    """The base network with changes to its VPC, and to the top level."""
    definition = merged(BASE, {"vpcs": {"vpc": yaml.safe_load(changes) or {}}})
    return network_of(merged(definition, yaml.safe_load(top) or {}))


def network_of(definition: Any) -> Network:
    """The network of a definition, which must have no error."""
    loaded = load_text(json.dumps(definition))
    assert loaded.value is not None, loaded.diagnostics
    assert not loaded.failed, loaded.diagnostics
    resolved = resolve(loaded.value, all_kinds())
    assert not resolved.failed, resolved.diagnostics
    return resolved.value


def ask(
    network: Network, ends: str, *, outage: str = "", source_port: int | None = None, family: Any = None
) -> FlowReport:
    """Trace `app -> server tcp 443` (ICMP has no port)."""
    source, _, destination, protocol, *port = ends.split()
    flow = Flow(
        id="q",
        source=Ref(source),
        destination=Ref(destination),
        protocol=Protocol(protocol),
        port=int(port[0]) if port else 0,
        source_port=source_port,
        family=family,
        when=When(outage=tuple(map(Ref, outage.split()))),
    )
    return told(trace(network, flow))


def check(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> FlowReport:
    """Assert that a case's answer is what the tracer says."""
    report = ask(network_with(changes, more.pop("top", "")), ends, **more)
    by = None if report.component is None or answer.by is None else f"{report.component.kind}:{report.component_name}"
    assert answer == Answer(report.verdict, report.reason, report.leg, by), report.text
    return report
