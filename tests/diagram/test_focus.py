"""Views of a part: one VPC, what the author asks for, and many VPCs folded."""

from __future__ import annotations

import json
from typing import Any

import pytest

from docgen.diagram import compose, draw, views
from docgen.diagram.focus import FOLDED
from docgen.diagram.scene import Scene
from docgen.diagram.scorecard import score
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.network import Network
from docgen.routing import resolve, trace


def _definition(vpcs: int, declared: dict[str, Any] | None = None) -> str:
    made = {
        f"v{n}": {
            "cidr_block": f"10.{n}.0.0/16",
            "subnets": {f"app{n}": {"cidr_blocks": [f"10.{n}.0.0/24", f"10.{n}.1.0/24"]}},
            "instances": {f"server{n}": {"subnet": f"app{n}"}},
            "route_tables": {"main": {"10.0.0.0/8": "hub"}},
            "transit_gateway_attachments": {f"a{n}": {"transit_gateway": "hub", "subnets": [f"app{n}"]}},
        }
        for n in range(vpcs)
    }
    return json.dumps(
        {
            "version": 1,
            "title": "Many VPCs",
            "region": "ap-south-1",
            "zones": ["a", "b"],
            "transit_gateways": {"hub": {}},
            "vpcs": made,
            "views": declared or {},
            "flows": {"ask": {"from": "server0", "to": "server1", "port": 443}},
        }
    )


def _network(text: str) -> Network:
    loaded = load_text(text)
    assert loaded.value is not None, loaded.diagnostics
    network = resolve(loaded.value, all_kinds()).value
    assert network is not None
    return network


def _scene(network: Network, view: str) -> Scene:
    return compose(network, view, {f.id: trace(network, f) for f in network.architecture.flows})


def _icons(scene: Scene) -> set[str]:
    return {i.id for i in scene.icons}


def test_each_of_several_vpcs_has_a_view() -> None:
    network = _network(_definition(2, {"both": {}}))

    assert ("overview", "vpc-v0", "vpc-v1", "view-both") == views(network, {})


def test_a_single_vpc_has_none_beside_the_overview() -> None:
    assert ("overview",) == views(_network(_definition(1)), {})


def test_the_view_of_a_vpc_shows_it_and_what_it_is_joined_to() -> None:
    """Other VPCs are one icon each."""
    icons = _icons(_scene(_network(_definition(3)), "vpc-v0"))

    assert {"instance:v0/server0-a", "transit_gateway:hub", f"{FOLDED}vpc:v1"} <= icons
    assert not any(id.startswith("instance:v1") for id in icons)


def test_a_declared_view_includes_excludes_and_folds() -> None:
    declared = {"some": {"include": ["v0", "hub", "v1"], "exclude": "a0", "fold": ["v1"], "title": "Some"}}
    scene = _scene(_network(_definition(3, declared)), "view-some")

    assert {"instance:v0/server0-a", "instance:v0/server0-b", "transit_gateway:hub", f"{FOLDED}vpc:v1"} == _icons(
        scene
    )
    assert "Some" == scene.title
    assert "vpc:v2" not in {b.id for b in scene.boxes}


def test_the_fold_counts_what_is_in_it() -> None:
    scene = _scene(_network(_definition(2, {"all": {"fold": ["v0", "v1"]}})), "view-all")
    (label,) = {tuple(line.text for line in i.label) for i in scene.icons if i.id.startswith(FOLDED)}

    assert ("3 components", "in 2 subnets") == label


@pytest.mark.parametrize(("folded", "vpcs"), [(0, 40), (41, 41)])
def test_an_overview_folds_more_than_forty_vpcs(folded: int, vpcs: int) -> None:
    icons = _icons(_scene(_network(_definition(vpcs)), "overview"))

    assert folded == sum(1 for id in icons if id.startswith(FOLDED))


def test_a_flow_among_very_many_vpcs_unfolds_those_on_its_way() -> None:
    icons = _icons(_scene(_network(_definition(41)), "flow-ask"))

    assert 39 == sum(1 for id in icons if id.startswith(FOLDED))
    assert "instance:v1/server1-b" in icons


@pytest.mark.parametrize("view", ["overview", "vpc-v3", "flow-ask"])
def test_folded_pictures_have_no_faults(view: str) -> None:
    network = _network(_definition(64))
    reports = {f.id: trace(network, f) for f in network.architecture.flows}

    assert {} == score(draw(network, view, reports)).faults()


@pytest.mark.parametrize(
    ("code", "declared"),
    [
        pytest.param("DGY-17", {"x": {"include": ["nobody"]}}, id="unknown-name"),
        pytest.param("DGY-13", {"x": {"includes": ["v0"]}}, id="unknown-key"),
        pytest.param("DGY-14", {"x": ["v0"]}, id="no-block"),
        pytest.param("DGY-18", {"x y": {}}, id="no-id"),
    ],
)
def test_broken_views_are_reported(code: str, declared: dict[str, Any]) -> None:
    assert code in {d.code for d in load_text(_definition(2, declared)).diagnostics}
