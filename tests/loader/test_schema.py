"""The JSON Schema that editors complete and check with."""

from __future__ import annotations

import json

import jsonschema
import pytest

from docgen.kinds import all_kinds
from docgen.loader import json_schema, load, write_schema
from docgen.loader.document import read
from docgen.loader.flows import FLOW_KEYS, VARIANT_KEYS
from docgen.loader.invariants import DEMAND_KEYS, INVARIANT_KEYS
from docgen.loader.nodes import plain
from docgen.loader.report import Reporter
from docgen.loader.shape import shape_of
from docgen.loader.to_yaml import dump


@pytest.fixture(scope="module")
def schema():
    return json_schema()


def mistakes(schema, text):
    node, _ = read(text, "x", Reporter())
    return [e.message for e in jsonschema.Draft7Validator(schema).iter_errors(plain(node))]


def test_schema_is_a_schema(schema):
    """Draft 7, which editors know best."""
    jsonschema.Draft7Validator.check_schema(schema)


def test_committed_schema_is_current(tmp_path, root):
    """`docgen schema` writes it; so does `docgen.loader.write_schema(path)`."""
    write_schema(tmp_path / "schema.json")
    committed = root / "architectures" / "architecture.schema.json"

    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == committed.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", all_kinds().values(), ids=lambda kind: kind.name)
def test_schema_accepts_every_kinds_example(schema, kind):
    """They are shown on its page."""
    assert [] == mistakes(schema, kind.example)


def test_schema_accepts_every_shipped_definition(schema, root):
    """As written, and expanded."""
    files = sorted(root.glob("architectures/*/architecture.yaml"))
    wrong = {
        f"{file.parent.name} {form}": found
        for file in files
        for form, text in (("as written", file.read_text(encoding="utf-8")), ("expanded", dump(load(file).value)))
        if (found := mistakes(schema, text))
    }

    assert files
    assert {} == wrong


def test_every_shipped_definition_names_the_schema(root):
    """So that editors find it."""
    for file in root.glob("architectures/*/architecture.yaml"):
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        assert "# yaml-language-server: $schema=../architecture.schema.json" == first


@pytest.mark.parametrize(
    ("block", "accepted"),
    [
        pytest.param("region: ap-south-1", True, id="setting"),
        pytest.param("regoin: ap-south-1", False, id="typo-at-the-top"),
        pytest.param("vpcs: {shop: {cidr_block: 10.0.0.0/16}}", True, id="vpc"),
        pytest.param("vpcs: {shop: {cidr_blok: 10.0.0.0/16}}", False, id="typo-in-a-vpc"),
        pytest.param("vpcs: {shop: {cidr_block: 10.0.0.0}}", False, id="block-without-prefix"),
        pytest.param("vpcs: {shop/a: {}}", False, id="id-with-a-slash"),
        pytest.param("vpcs: {shop: {subnets: {app: {cidr_blocks: [10.0.0.0/24, +0.0.1.0/24]}}}}", True, id="plural"),
        pytest.param("vpcs: {shop: {subnets: {app: {instances: {web: {}}}}}}", True, id="nested-in-a-subnet"),
        pytest.param("vpcs: {shop: {subnets: {app: {route_tables: {web: {}}}}}}", False, id="nested-wrongly"),
        pytest.param("vpcs: {shop: {instances: null}}", True, id="removed"),
        pytest.param("vpcs: {shop: {route_tables: {public: {0.0.0.0/0: igw}}}}", True, id="routes"),
        pytest.param("vpcs: {shop: {route_tables: {public: {0.0.0.0/0: [igw]}}}}", False, id="two-targets"),
        pytest.param("vpcs: {shop: {security_groups: {a: {ingress: [tcp 1 from b]}}}}", True, id="rule"),
        pytest.param("vpcs: {shop: {security_groups: {a: {ingress: [tcp 1 to b]}}}}", False, id="wrong-direction"),
        pytest.param("vpcs: {shop: {security_groups: {a: {ingress: [{ports: 1, cdir: x}]}}}}", False, id="long-rule"),
        pytest.param("flows: {ask: {from: a, to: b, port: 1, expect: allowed}}", True, id="flow"),
        pytest.param("flows: {ask: {from: a, to: b, port: 1, expects: allowed}}", False, id="typo-in-a-flow"),
        pytest.param("flows: {ask: {expect: {blocked: NO_SUCH_CODE}}}", False, id="unknown-reason"),
        pytest.param("variants: {x: {changes: {vpcs: {shop: null}}}}", True, id="variant"),
        pytest.param("variants: {x: {changes: {title: y}}}", False, id="variant-of-the-title"),
    ],
)
def test_schema_flags_what_the_loader_would(schema, block, accepted):
    """Typos, wrong types, blocks in the wrong place."""
    assert accepted is not bool(mistakes(schema, f"version: 1\ntitle: T\n{block}\n"))


@pytest.mark.parametrize("kind", [k for k in all_kinds().values() if k.contained_in], ids=lambda kind: kind.name)
def test_every_field_is_described(schema, kind):
    """From the docstring under it, so that editors show it."""
    properties = schema["definitions"][kind.name]["properties"]
    without = [n for n in shape_of(kind.component).fields if not properties[n].get("description")]

    assert set(without) <= UNDESCRIBED


UNDESCRIBED = {
    "type", "scheme", "engine", "connectivity_type", "forwards", "enable_dns_support", "enable_dns_hostnames",
    "private_ip_address", "source_dest_check", "elastic_ip", "publicly_accessible",
}  # fmt: skip
"""Fields whose name says it all."""


def test_flow_keys_are_those_of_the_loader(schema):
    """The two lists are kept apart, and the same."""
    assert set(INVARIANT_KEYS) == set(schema["definitions"]["invariant"]["properties"])
    assert set(DEMAND_KEYS) == set(schema["definitions"]["invariant"]["properties"]["only"]["properties"])
    assert set(FLOW_KEYS) == set(schema["definitions"]["flow"]["properties"])
    assert set(VARIANT_KEYS) == set(schema["definitions"]["variant"]["properties"])


def test_schema_is_made_the_same_way_twice():
    """Same input, same bytes."""
    assert json.dumps(json_schema()) == json.dumps(json_schema())
