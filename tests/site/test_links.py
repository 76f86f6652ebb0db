"""Every link of the built site leads somewhere, and the site asks no other host for anything."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

LOADS = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("link", "href"), ("use", "href")}


@dataclass
class Html:
    """What a page refers to and what can be referred to in it."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Html()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            name = name.removeprefix("xlink:")
            if name == "id":
                self.found.ids.append(value or "")
            elif (tag, name) in LOADS:
                self.found.loads.append(value or "")
            elif name == "href":
                self.found.links.append(value or "")


def parsed(site: Path) -> dict[Path, Html]:
    """Every page of a site."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        parser = _Parser()
        parser.feed(path.read_text(encoding="utf-8"))
        found[path] = parser.found
    return found


def broken_links(site: Path, pages: dict[Path, Html]) -> list[str]:
    """Links to a page, a file or a place in a page that is not there."""
    broken = []
    for path, page in pages.items():
        if path.name == "404.html":  # its links start from the server's root
            continue
        for link in [*page.links, *page.loads]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir() or not target.exists():
                broken.append(f"{path.relative_to(site)}: {link}")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                broken.append(f"{path.relative_to(site)}: {link} (no such place)")
    return broken


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Html]:
    return parsed(site)


def test_internal_links_and_anchors_resolve(site, pages):
    assert [] == broken_links(site, pages)


def test_ids_are_unique(site, pages):
    """An anchor is one place on its page."""
    twice = [
        f"{path.relative_to(site)}: {name}"
        for path, page in pages.items()
        for name in set(page.ids)
        if page.ids.count(name) > 1
    ]

    assert sorted(twice) == []


def test_nothing_is_loaded_from_another_host(site, pages):
    """Scripts, styles, pictures and typefaces all come with the site."""
    foreign = [f"{p.relative_to(site)}: {load}" for p, page in pages.items() for load in page.loads if "//" in load]
    for style in site.rglob("*.css"):
        addresses = re.findall(r"(?:url\(|@import\s+)[\"']?([^\"')\s]+)", style.read_text(encoding="utf-8"))
        foreign += [f"{style.name}: {a}" for a in addresses if "//" in a and not a.startswith("data:")]

    assert foreign == []


def test_links_out_lead_to_sources_only(pages):
    """What leaves the site is a source that the reader may open, never a tracker or a store."""
    hosts = {urlsplit(link).netloc for page in pages.values() for link in page.links} - {""}

    assert {host for host in hosts if not host.endswith("aws.amazon.com") and host != "aws.amazon.com"} <= {
        "datatracker.ietf.org",
        "www.bitsand.cloud",
        "www.cdnperf.com",
        "www.cloudping.co",
        "www.rfc-editor.org",
    }


def test_pictures_open_in_full_size(site):
    """A click on a picture opens its SVG, the dark one on a dark page."""
    page = (site / "designs/three-tier/index.html").read_text(encoding="utf-8")

    assert re.search(r'<a href="flow-web-asks-app\.svg"[^>]*><img[^>]* src="flow-web-asks-app\.svg#only-light"', page)
    assert re.search(
        r'<a href="flow-web-asks-app\.dark\.svg"[^>]*><img[^>]* src="flow-web-asks-app\.dark\.svg#only-dark"', page
    )
