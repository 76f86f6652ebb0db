"""Paths that lead elsewhere: in a design's folder, in names on the command line, in an output folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEXT = """\
version: 1
title: A design
region: ap-south-1
zones: [a]
vpcs: {shop: {cidr_block: 10.0.0.0/16, subnets: {app: {cidr_block: 10.0.1.0/24}}, instances: {web: {subnet: app}}}}
flows: {f: {from: web, to: web, port: 443}}
"""
SECRET = "root:x:0:0:a secret that is nobody's business"
FILES = ("architecture.yaml", "page.yaml", "layout.yaml", "README.md")
ALL_FILES = (*FILES, "../index.yaml", "../coverage.yaml", "../comparisons/c.yaml")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "project/architectures/one"
    folder.mkdir(parents=True)
    (folder / "architecture.yaml").write_text(TEXT)
    (tmp_path / "secret").write_text(SECRET)
    return tmp_path / "project"


def put(place: Path, name: str) -> Path:
    path = Path(os.path.normpath(place / "architectures/one" / name))
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    return path


@pytest.mark.parametrize("name", ALL_FILES)
@pytest.mark.parametrize(
    "target", ["../../../secret", "/etc/passwd", "/proc/self/environ"], ids=["relative", "absolute", "of-the-process"]
)
def test_link_out_of_the_folder(docgen: Callable[..., Any], place: Path, name: str, target: str) -> None:
    """What it leads to is neither read nor told."""
    path = put(place, name)
    path.symlink_to(place.parent / "secret" if target.startswith("..") else target)
    for command in (("check", "architectures"), ("generate", "architectures", "-o", "out")):
        ended = docgen(*command, cwd=place, codes=(1, 2))
        assert "root:" not in ended.told
        assert "a link that leads out" in ended.told
    assert not (place / "out").exists()


@pytest.mark.parametrize("name", ALL_FILES)
@pytest.mark.parametrize("what", ["a-pipe", "a-folder", "a-link-to-itself", "a-device", "not-readable"])
def test_file_that_is_none(docgen: Callable[..., Any], place: Path, name: str, what: str) -> None:
    path = put(place, name)
    if what == "a-pipe":
        os.mkfifo(path)
    elif what == "a-folder":
        path.mkdir()
    elif what == "a-link-to-itself":
        path.symlink_to(path.name)
    elif what == "a-device":
        path.symlink_to("/dev/zero")
    else:
        path.write_text(TEXT)
        path.chmod(0)
    docgen("check", "architectures", cwd=place, codes=(0, 1, 2))


def test_link_inside_the_folder_is_read(docgen: Callable[..., Any], place: Path) -> None:
    (place / "architectures/two").mkdir()
    (place / "architectures/two/architecture.yaml").symlink_to("../one/architecture.yaml")
    docgen("check", "architectures", cwd=place, codes=(0,))


def test_design_that_is_a_link_is_read(docgen: Callable[..., Any], place: Path) -> None:
    """The user's own arrangement: the folder itself stands elsewhere."""
    shutil.move(place / "architectures/one", place.parent / "elsewhere")
    (place / "architectures/one").symlink_to(place.parent / "elsewhere")
    docgen("check", "one", cwd=place, codes=(0,))


def test_definition_by_a_pipe_is_read(docgen: Callable[..., Any], place: Path) -> None:
    """The user named it."""
    docgen("check", "/dev/stdin", cwd=place, stdin=TEXT, codes=(0,))


@pytest.mark.parametrize(
    "slug", ["../x", "..", "/tmp/x", "a/b", "-x", "a b", "A", "a\x1b[31m", "", "a" * 300, "é", "a\nb"], ids=ascii
)
def test_new_makes_plain_names_only(docgen: Callable[..., Any], place: Path, slug: str) -> None:
    before = sorted(p.as_posix() for p in place.parent.rglob("*"))
    docgen("new", "--folder", "designs", "--", slug, cwd=place, codes=(2,))
    assert [p for p in sorted(p.as_posix() for p in place.parent.rglob("*")) if p not in before] in (
        [],
        [f"{place}/designs"],
    )


@pytest.mark.parametrize(
    "args",
    [
        ("check", "../../../../etc/passwd"),
        ("check", "/dev/null"),
        ("check", "no\x1b[31mname"),
        ("check", "a\u202eb"),
        ("check", "x" * 5000),
        ("trace", "one", "--flow", "../../x"),
        ("trace", "one", "--flow", "\x1b]0;x\x07"),
        ("trace", "one", "--from", "<b>", "--to", "web", "--port", "1"),
        ("trace", "one", "--from", "web", "--to", "javascript:x", "--port", "1"),
        ("trace", "one", "--from", "\x1b[2J", "--to", "\x1b[2J", "--port", "1"),
        ("trace", "one", "--flow-file", "/dev/null"),
        ("trace", "one", "--flow-file", "/etc/passwd"),
        ("render", "one", "-o", "/dev/null/x"),
        ("render", "one", "-o", "/proc/x"),
        ("render", "one", "-o", "out", "--view", "../x"),
        ("render", "one", "-o", "out", "--view", "\x1b[31m"),
        ("render", "one", "-o", "out", "--page", "javascript:alert(1)"),
        ("render", "one", "-o", "out", "--page", "data:text/html,x"),
        ("render", "one", "-o", "out", "--page", 'https://x/"onload=x'),
        ("render", "one", "-o", "out", "-f", "../svg"),
        ("render", "one", "-o", "out", "-f", "png", "--width", "999999999999"),
        ("render", "one", "-o", "out", "-f", "png", "--scale", "nan"),
        ("render", "one", "-o", "out", "-f", "png", "--scale", "inf"),
        ("graph", "one", "--view", "../x"),
        ("graph", "one", "-o", "/dev/null/x"),
        ("export", "one", "--to", "../x", "-o", "out"),
        ("export", "one", "--to", "html", "--site", "javascript:x", "-o", "out"),
        ("export", "one", "--to", "html", "--flow", "../x", "-o", "out"),
        ("explain", "../../x"),
        ("explain", "\x1b[31m"),
        ("pin", "/dev/null", "one"),
        ("pin", "/etc/passwd", "one"),
        ("reach", "one", "--to", "\x1b[31m"),
        ("show", "one", "--variant", "../x"),
    ],
    ids=lambda args: " ".join(args)[:60].encode("ascii", "backslashreplace").decode(),
)
def test_arguments(docgen: Callable[..., Any], place: Path, args: tuple[str, ...]) -> None:
    docgen(*args, cwd=place, codes=(0, 1, 2))


EDITED = {
    "billion-laughs": '<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><mxfile>&c;</mxfile>',
    "an-entity-of-a-file": '<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]><mxfile><diagram name="&a;">&a;</diagram></mxfile>',
    "no-xml": "hello",
    "half-of-it": "<mxfile><diagram",
    "a-zip-bomb": "<mxfile><diagram>7cEBAQAAAICQ/q/uCAoAAAAAAAAAAAAAAAAAAAAAAAAA</diagram></mxfile>",
    "deep": "<mxfile>" + "<a>" * 50_000 + "</a>" * 50_000 + "</mxfile>",
    "numbers-without-end": '<mxfile><diagram id="overview"><mxGraphModel><root><mxCell id="0"/><mxCell id="instance:shop/web" parent="0"><mxGeometry x="1e999" y="nan" width="-inf" height="'
    + "9" * 5000
    + '"/></mxCell></root></mxGraphModel></diagram></mxfile>',
    "parents-in-a-circle": '<mxfile><diagram id="overview"><mxGraphModel><root><mxCell id="a" parent="b"/><mxCell id="b" parent="a"/></root></mxGraphModel></diagram></mxfile>',
}


@pytest.mark.parametrize("text", EDITED.values(), ids=list(EDITED))
def test_edited_diagram(docgen: Callable[..., Any], place: Path, text: str) -> None:
    (place / "one.drawio").write_text(text)
    ended = docgen("pin", "one.drawio", "one", cwd=place, codes=(0, 1, 2))
    assert "root:" not in ended.told


LAYOUTS = {
    "numbers-without-end": "{overview: {x: {x: 1e999, y: 1}}}",
    "huge": "{overview: {x: {x: 99999999999999999999, y: 1}}}",
    "not-a-number": "{overview: {x: {x: .nan, y: 1}}}",
    "an-unknown-view": "{'../x': {a: {x: 1, y: 1}}}",
    "an-unknown-box": "{overview: {'<script>': {in: '../x', x: 1, y: 1}}}",
    "a-list": "[]",
    "far-away": "{overview: {'instance:shop/web': {in: 'subnet:shop/app', x: 100000, y: 100000}}}",
    "very-many": "{overview: {" + ",".join(f"i{n}: {{x: 1, y: 1}}" for n in range(2000)) + "}}",
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=list(LAYOUTS))
def test_layout(docgen: Callable[..., Any], place: Path, text: str) -> None:
    (place / "architectures/one/layout.yaml").write_text(f"version: 1\nviews: {text}\n")
    docgen("check", "one", cwd=place)
    docgen("render", "one", "-o", "out", cwd=place)
