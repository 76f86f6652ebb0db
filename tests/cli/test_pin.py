"""`docgen pin`."""

from __future__ import annotations

import re

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
    instances: {web: {subnet: public, elastic_ip: true}}
"""


@pytest.fixture
def design(tmp_path):
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "architecture.yaml").write_text(DESIGN)
    return folder


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def edited(design, tmp_path):
    run("render", design, "-o", tmp_path / "out", "-f", "drawio")
    file = tmp_path / "out/web.drawio"
    assert file.is_file()
    shape = r'(<object id="instance:shop/web" .*?<mxGeometry )x="(\d+)"'
    file.write_text(re.sub(shape, lambda m: f'{m[1]}x="{int(m[2]) + 9}"', file.read_text(), count=1, flags=re.DOTALL))
    return file


def test_what_was_moved_is_kept_in_the_next_picture(design, edited, tmp_path):
    result = run("pin", edited, design)
    run("render", design, "-o", tmp_path / "again", "-f", "drawio")
    again = run("pin", tmp_path / "again/web.drawio", design, "--dry-run")

    assert 0 == result.exit_code, result.output
    assert f"{design / 'layout.yaml'}: 1 pinned" in result.stdout
    assert (design / "layout.yaml").read_text() == again.stdout


def test_a_dry_run_writes_nothing(design, edited):
    result = run("pin", edited, design, "--dry-run")

    assert "instance:shop/web: {in: 'subnet:shop/public'" in result.stdout
    assert not (design / "layout.yaml").exists()


def test_a_file_in_which_nothing_moved_takes_the_layout_away(design, edited, tmp_path):
    run("render", design, "-o", tmp_path / "plain", "-f", "drawio")
    run("pin", edited, design)
    result = run("pin", tmp_path / "plain/web.drawio", design)

    assert "nothing was moved" in result.stdout
    assert not (design / "layout.yaml").exists()


def test_the_design_must_be_known(edited):
    result = run("pin", edited)

    assert 2 == result.exit_code
    assert "name it" in result.output


def test_a_file_that_is_not_draw_io_is_refused(design, tmp_path):
    (tmp_path / "x.drawio").write_text("<!DOCTYPE m [<!ENTITY a 'a'>]><mxfile/>")
    result = run("pin", tmp_path / "x.drawio", design)

    assert 0 != result.exit_code
    assert "no document type" in result.output
    assert "Traceback" not in result.output
