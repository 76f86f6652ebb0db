"""Two VPCs, a data center and names: what the tables about DNS change."""

from __future__ import annotations

from typing import Any

import yaml

from docgen.model.network import Network
from docgen.model.trace import FlowReport
from tests.routing.cases import merged, network_of

BASE = yaml.safe_load("""
version: 1
title: Two VPCs, a data center and names
region: ap-south-1
zones: [a, b]
users: {user: {}}
data_centers:
  hq: {cidr_blocks: [192.168.0.0/16]}
on_premises_hosts:
  dns1: {data_center: hq, ip_address: 192.168.1.53}
  erp: {data_center: hq, ip_address: 192.168.1.5}
customer_gateways: {hq-router: {data_center: hq}}
vpn_connections: {vpn: {customer_gateway: hq-router, virtual_private_gateway: one/vgw}}
vpc_peering_connections: {link: {requester_vpc: one, accepter_vpc: two}}
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    enable_dns_hostnames: true
    internet_gateway: igw
    virtual_private_gateway: vgw
    subnets:
      pub: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: pub}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}
    route_tables:
      pub: {0.0.0.0/0: igw, 10.1.0.0/16: link}
      app: {10.1.0.0/16: link, propagating_vgws: [vgw]}
    security_groups:
      open: {ingress: [all from 0.0.0.0/0]}
      dns: {ingress: [udp 53 from 192.168.0.0/16]}
    load_balancers:
      blue: {subnets: [pub], security_groups: [open], listeners: {443: {app: 8080}}}
      green: {subnets: [pub], security_groups: [open], listeners: {443: {app2: 8080}}}
      inner: {subnets: [app], scheme: internal, security_groups: [open], listeners: {443: {app: 8080}}}
    instances:
      web: {subnet: pub-a, elastic_ip: 198.51.100.10, private_ip_address: 10.0.0.10, security_groups: [open]}
      app: {subnet: app-a, private_ip_address: 10.0.10.10, security_groups: [open]}
      app2: {subnet: app-b, private_ip_address: 10.0.11.10, security_groups: [open]}
  two:
    cidr_block: 10.1.0.0/16
    enable_dns_hostnames: true
    internet_gateway: igw2
    subnets: {app: {cidr_block: 10.1.10.0/24, availability_zone: a, route_table: app}}
    route_tables: {app: {10.0.0.0/16: link, 0.0.0.0/0: igw2}}
    security_groups: {open: {ingress: [all from 0.0.0.0/0]}}
    instances:
      other: {subnet: app, private_ip_address: 10.1.10.10, elastic_ip: 198.51.100.20, security_groups: [open]}
""")
INBOUND = """
data_centers: {hq: {dns_server: dns1, dns_forwarders: {aws.example: inbound}}}
vpcs: {one: {resolver_endpoints: {inbound: {direction: inbound, subnets: [app], security_groups: [dns]}}}}
hosted_zones: {aws.example: {vpcs: [one], app: {a: [app]}}}
"""
OUTBOUND = """
vpcs: {one: {resolver_endpoints: {outbound: {direction: outbound, subnets: [app], security_groups: [open]}}}}
resolver_rules: {to-hq: {domain_name: corp.example, resolver_endpoint: outbound, target_ips: [dns1], vpcs: [one]}}
hosted_zones: {hq-zone: {name: corp.example, provider: hq, records: {erp: {a: [erp]}}}}
"""


def build(*changes: str) -> Network:
    """The base network with patches laid over it."""
    definition: Any = BASE
    for change in changes:
        definition = merged(definition, yaml.safe_load(change))
    return network_of(definition)


def found(report: FlowReport) -> list[str]:
    """The addresses that the flow's own connections go to, each once."""
    own = [c.request for c in report.connections if c.purpose == "" and c.request is not None]
    return list(dict.fromkeys(str(p.destination) for p in own))
