"""The export for Confluence through markdown-to-confluence without a server: its storage format, checked."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.exporters.samples import ATTACKS

AC, RI = "{urn:ac}", "{urn:ri}"
USUAL = {"h1", "h2", "h3", "p", "a", "table", "thead", "tbody", "tr", "th", "td", "code", "strong", "ul", "li", "br"}
OWN = {"image", "caption", "structured-macro", "parameter", "rich-text-body", "plain-text-body", "link", "link-body"}
LOOK = """<!doctype html><meta charset="utf-8"><style>
body{{font:16px/1.5 system-ui,sans-serif;max-width:1180px;margin:24px auto;padding:0 20px;color:#172b4d}}
table{{border-collapse:collapse;font-size:14px}} td,th{{border:1px solid #c1c7d0;padding:6px 8px;text-align:left}}
th{{background:#f4f5f7}} td p,th p{{margin:0}} img{{max-width:100%;height:auto}} figcaption{{color:#6b778c}}
code{{background:#f4f5f7;padding:1px 4px;border-radius:3px;font-size:.9em}}
details{{border:1px solid #dfe1e6;padding:6px 10px;margin:8px 0}}
</style>{}"""


@pytest.fixture
def published(exported: Callable[..., Path], tool: Callable[[str], Path], tmp_path: Path) -> Callable[..., Any]:
    """`published("small")`: the page in storage format, and the folder of its files."""

    def publish(*arguments: str) -> tuple[ElementTree.Element, Path]:
        folder = exported("confluence", *arguments)
        command = [tool("confluence/bin/python"), "-m", "md2conf", folder, "--local", "--loglevel", "warning"]
        options = ["--domain", "wiki.example", "--space", "NET", "--no-generated-by", "--no-render-drawio"]
        done = subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert 0 == done.returncode, done.stderr
        assert "" == done.stderr
        (file,) = [path for path in folder.glob("*.csf") if path.stem != "index"]
        text = file.read_text(encoding="utf-8")
        return ElementTree.fromstring(f'<page xmlns:ac="urn:ac" xmlns:ri="urn:ri">{text}</page>'), folder

    return publish


def attached(page: ElementTree.Element, folder: Path) -> Iterator[tuple[ElementTree.Element, Path]]:
    """What names an attachment, and the file."""
    files = {path.relative_to(folder).as_posix().replace("/", "_"): path for path in folder.rglob("*.*")}
    for element in page.iter():
        for child in element:
            if child.tag == f"{RI}attachment":
                yield element, files[child.attrib[f"{RI}filename"]]


@pytest.mark.parametrize(
    "arguments", [("small",), ("three-tier", "--flow", "app-charges-card"), ("hostile",)], ids=" ".join
)
def test_storage_format(published: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    """Whole XML of what Confluence knows; a picture twice as large as it is shown; its draw.io file attached."""
    page, folder = published(*arguments)

    assert set() == {e.tag for e in page.iter() if not e.tag.startswith("{")} - USUAL - {"page"}
    assert set() == {e.tag.removeprefix(AC) for e in page.iter() if e.tag.startswith(AC)} - OWN
    files = list(attached(page, folder))
    images = [(e, path) for e, path in files if e.tag == f"{AC}image"]
    linked = {path.name for e, path in files if e.tag == f"{AC}link"}
    assert images
    for image, path in images:
        with Image.open(path) as file:
            assert int(image.attrib[f"{AC}width"]) * 2 == file.width
        assert path.with_suffix(".drawio").name in linked
    assert len(images) == len(list(page.iter(f"{AC}image"))), "every picture is an attachment"
    for table in page.iter("table"):
        assert 1 == len({len(row) for row in table.iter("tr")}), "rows are of equal length"
    assert {"expand", "code"} >= {e.attrib[f"{AC}name"] for e in page.iter(f"{AC}structured-macro")}
    assert [] == [e.attrib["href"] for e in page.iter("a") if "href" in e.attrib]


def test_attacks_are_words(published: Callable[..., Any]) -> None:
    """Each is read as its author wrote it."""
    page, _ = published("hostile")
    said = re.sub(r"\s+", " ", "".join(page.itertext()))

    for attack in ATTACKS:
        assert re.sub(r"\s+", " ", attack) in said


def test_several_designs_and_their_list(exported: Callable[..., Path], tool: Callable[[str], Path]) -> None:
    """The list links to the pages, as Confluence will have them."""
    folder = exported("confluence", "small", "isolated-vpc")
    command = [tool("confluence/bin/python"), "-m", "md2conf", folder, "--local", "--loglevel", "warning"]
    done = subprocess.run([*command, "--domain", "wiki.example", "--space", "NET", "--no-render-drawio"],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert (0, "") == (done.returncode, done.stderr)

    listed = (folder / "index.csf").read_text()
    assert 2 == len(re.findall(r'href="https://wiki.example/wiki/spaces/NET/pages/', listed))


def test_look(
    published: Callable[..., Any], opened: Callable[..., Any], picture: Callable[..., None], tmp_path: Path
) -> None:
    """The storage format drawn by a browser: an attachment as its picture, `expand` as a fold."""
    page, folder = published("three-tier", "--flow", "app-charges-card")
    files = {id(element): path for element, path in attached(page, folder)}
    (tmp_path / "page.html").write_text(LOOK.format(_html(page, files)), encoding="utf-8")
    shown = opened(f"file://{tmp_path}/page.html")

    assert shown.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 0)")
    picture(shown, "confluence")


def _html(element: ElementTree.Element, files: Mapping[int, Path]) -> str:
    """Storage format as plain HTML."""
    inside = escape(element.text or "") + "".join(_html(e, files) + escape(e.tail or "") for e in element)
    match element.tag:
        case "page":
            return inside
        case tag if tag == f"{AC}image":
            width = element.attrib[f"{AC}width"]
            return f'<figure><img src="{files[id(element)].as_uri()}" width="{width}">{inside}</figure>'
        case tag if tag == f"{AC}caption":
            return f"<figcaption>{inside}</figcaption>"
        case tag if tag == f"{AC}link":
            return f'<a href="{files[id(element)].as_uri()}">{inside}</a>'
        case tag if tag == f"{AC}structured-macro":
            fold = element.attrib[f"{AC}name"] == "expand"
            return f"<details>{inside}</details>" if fold else f"<pre>{inside}</pre>"
        case tag if tag == f"{AC}parameter":
            return f"<summary>{inside}</summary>" if element.attrib[f"{AC}name"] == "title" else ""
        case tag if tag.startswith("{"):
            return inside
        case tag:
            return f"<{tag}>{inside}</{tag}>"
