"""`docgen graph`."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from docgen.cli import main

DESIGN = """
version: 1
title: A web server
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets: {public: {cidr_block: 10.0.0.0/24, route_table: public}}
    route_tables: {public: {0.0.0.0/0: igw}}
"""


@pytest.fixture
def run(tmp_path):
    (tmp_path / "web").mkdir()
    (tmp_path / "web/architecture.yaml").write_text(DESIGN)

    def call(*arguments):
        return CliRunner().invoke(main, ["graph", *(str(tmp_path / a) if a == "web" else a for a in arguments)])

    return call


@pytest.mark.parametrize(
    ("arguments", "first", "words"),
    [
        (("web",), "flowchart TB", "10.0.0.0/24"),
        (("web", "--view", "routes"), "flowchart LR", "0.0.0.0/0"),
        (("web", "--view", "depends", "-f", "dot"), "digraph design {", "n_subnet_shop_public ->"),
        (("web", "--view", "extends"), "flowchart TB", "A web server"),
        (("web", "--view", "routes", "-f", "svg"), "<svg ", "0.0.0.0/0"),
    ],
)
def test_a_view_in_a_format(arguments, first, words, run):
    result = run(*arguments)

    assert 0 == result.exit_code, result.output
    assert result.stdout.startswith(first)
    assert words in result.stdout


def test_a_file_is_written(run, tmp_path):
    target = tmp_path / "deep/routes.svg"
    result = run("web", "--view", "routes", "-f", "svg", "--theme", "dark", "-o", str(target))

    assert 0 == result.exit_code
    assert target.read_text().startswith("<svg ")


def test_an_unknown_view_is_refused_with_the_nearest_one(run):
    result = run("web", "--view", "route")

    assert 0 != result.exit_code
    assert "routes" in result.output
