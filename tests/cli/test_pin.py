"""`docgen pin`."""

from __future__ import annotations

import html
import io
import re
import zlib
from urllib.parse import quote_from_bytes, unquote_to_bytes

import pytest
from click.testing import CliRunner
from PIL import Image

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


MOVED = re.compile(rb'(id="instance:shop/web" .*?<mxGeometry )x="(\d+)"', re.DOTALL)


def moved(diagram):
    return MOVED.sub(lambda m: m[1] + b'x="%d"' % (int(m[2]) + 9), diagram, count=1)


def in_svg(picture):
    """As draw.io saves it: with a public document type, which is never fetched."""
    kind = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    content = re.search(rb' content="([^"]*)"', picture)[1]
    plain = moved(html.unescape(content.decode()).encode())
    return kind + picture.replace(content, html.escape(plain.decode()).encode())


def in_png(picture, name=b"tEXt", pack=lambda text: text):
    """The chunk as draw.io writes it; nobody reads its checksum."""
    diagram = moved(unquote_to_bytes(Image.open(io.BytesIO(picture)).text["mxfile"]))
    content = b"mxfile\0" + pack(quote_from_bytes(diagram).encode())
    return picture[:33] + len(content).to_bytes(4, "big") + name + content + b"0000" + picture[33:]


def in_packed_png(picture):
    """With zlib's raw stream, as draw.io packs it."""

    def packed(text):
        packer = zlib.compressobj(wbits=-15)
        return b"\0" + packer.compress(text) + packer.flush()

    return in_png(picture, b"zTXt", packed)


@pytest.mark.parametrize(
    ("suffix", "edit"),
    [
        pytest.param("drawio.svg", in_svg, id="svg"),
        pytest.param("drawio.png", in_png, id="png"),
        pytest.param("drawio.png", in_packed_png, id="packed-png"),
    ],
)
def test_a_picture_that_holds_a_diagram_can_be_edited_as_well(suffix, edit, design, tmp_path):
    run("render", design, "-o", tmp_path, "-f", suffix, "--view", "overview")
    file = tmp_path / f"overview.{suffix}"
    file.write_bytes(edit(file.read_bytes()))
    result = run("pin", file, design, "--dry-run")

    assert "instance:shop/web: {in: 'subnet:shop/public'" in result.stdout, result.output


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_a_picture_without_a_diagram_says_so(suffix, design, tmp_path):
    run("render", design, "-o", tmp_path, "-f", suffix, "--view", "overview")
    result = run("pin", tmp_path / f"overview.{suffix}", design)

    assert 0 != result.exit_code
    assert f"holds no diagram: render it with `-f drawio.{suffix}`" in result.output
