"""What each view of a design shows."""

from __future__ import annotations

import pytest

from docgen.core.errors import UnknownNameError
from docgen.graphs import extends_graph
from docgen.graphs.graph import Graph
from docgen.model.architecture import Architecture
from docgen.pipeline import open_text
from docgen.pipeline.graphs import family_graph, graph_of, graph_views

SPOKES = """
version: 1
title: Two spokes and a gateway
region: ap-south-1
zones: [a]
transit_gateways:
  hub:
    transit_gateway_route_tables:
      spokes: {associations: [finance], propagations: [hr], routes: {10.9.0.0/16: blackhole}}
vpcs:
  finance:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
    route_tables: {app: {10.1.0.0/16: hub, 0.0.0.0/0: igw}}
    security_groups: {web: {ingress: [tcp 443 from 0.0.0.0/0]}}
    instances: {web: {subnet: app, security_groups: [web]}}
    transit_gateway_attachments: {finance: {transit_gateway: hub, subnets: [app]}}
  hr:
    cidr_block: 10.1.0.0/16
    subnets: {app: {cidr_block: 10.1.10.0/24}}
    transit_gateway_attachments: {hr: {transit_gateway: hub, subnets: [app]}}
flows:
  page: {from: internet, to: web, protocol: tcp, port: 443, expect: blocked}
"""


@pytest.fixture(scope="module")
def design():
    opened = open_text(SPOKES)
    assert opened.value is not None, opened.diagnostics
    return opened.value


def lines(graph: Graph) -> set[str]:
    return {f"{e.source} -> {e.target} {' '.join(e.lines)}".strip() for e in graph.edges}


@pytest.mark.parametrize(
    "line",
    [
        "subnet:finance/app -> route_table:finance/app",
        "route_table:finance/app -> transit_gateway:hub 10.1.0.0/16",
        "route_table:finance/app -> internet_gateway:finance/igw 0.0.0.0/0",
        "transit_gateway_vpc_attachment:finance/finance -> transit_gateway_route_table:spokes",
        "transit_gateway_route_table:spokes -> transit_gateway_vpc_attachment:hr/hr 10.1.0.0/16",
        "transit_gateway_route_table:spokes -> :blackhole 10.9.0.0/16",
    ],
)
def test_routes_lead_from_subnets_over_tables_to_targets(line, design):
    assert line in lines(graph_of(design, "routes")), sorted(lines(graph_of(design, "routes")))


def test_a_component_leads_to_what_it_names(design):
    graph = graph_of(design, "depends")

    assert "instance:finance/web -> security_group:finance/web" in lines(graph)
    assert "instance:finance/web -> subnet:finance/app" in lines(graph)
    assert [] == [n.id for n in graph.nodes if n.id.startswith("network_acl:")], "what AWS adds is left out"


def test_the_topology_has_the_boxes_of_the_picture(design):
    graph = graph_of(design)

    assert {"vpc:finance", "subnet:finance/app"} <= {g.id for g in graph.groups}
    assert "subnet:finance/app" == next(n.group for n in graph.nodes if n.id == "instance:finance/web")


def test_a_flow_says_where_it_stops(design):
    assert any("stopped:" in line for line in lines(graph_of(design, "flow-page")))


def test_every_view_can_be_asked_for(design):
    assert ("topology", "routes", "depends", "vpc-finance", "vpc-hr", "flow-page") == graph_views(design)
    with pytest.raises(UnknownNameError, match="routes"):
        graph_of(design, "route")


def test_designs_lead_to_those_that_extend_them():
    designs = [Architecture(slug="a", title="A"), Architecture(slug="b", title="B", extends="a")]
    graph = extends_graph(designs, {"b": 'b/x y".html'})

    assert {"a -> b"} == lines(graph)
    assert ["", "b/x%20y%22.html"] == [n.href for n in graph.nodes]
    assert "B extends A." == graph.description


def test_one_design_is_shown_with_those_that_it_grows_from(tmp_path):
    for slug, base in (("one", ""), ("two", "one"), ("three", "two"), ("other", "")):
        folder = tmp_path / slug
        folder.mkdir()
        more = f"extends: {base}\n" if base else ""
        (folder / "architecture.yaml").write_text(f"version: 1\ntitle: {slug}\n{more}region: ap-south-1\n")

    assert ["one", "two", "three"] == [n.id for n in family_graph(tmp_path / "three").value.nodes]
    assert {"one", "two", "three", "other"} == {n.id for n in family_graph(tmp_path).value.nodes}
