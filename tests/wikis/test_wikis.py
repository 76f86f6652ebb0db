"""Exports in a MediaWiki and a DokuWiki that run here, published by the guide's own scripts and seen in Chromium."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import shutil
import urllib.request
import xmlrpc.client
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from docgen import pipeline
from docgen.exporters import compose
from docgen.exporters._article import Article, Steps, Table, text_of
from docgen.pages import Build, Chapter
from docgen.pages.outline import outline_of
from docgen.renderers._drawio_picture import diagram_in
from tests.exporters.samples import SMALL, hostile
from tests.wikis.dokuwiki_site import dokuwiki
from tests.wikis.mediawiki_site import mediawiki
from tests.wikis.site import NAMESPACE, Site
from tests.wikis.wiki_attacks import ATTACKED, HARMLESS, TEXTS

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "build/wikis"
WIKIS = {"mediawiki": mediawiki, "dokuwiki": dokuwiki}
LONG = "Zahlungsdienst für Rückerstattungen, Gutschriften und wiederkehrende Beiträge"
UNICODE = f"""\
version: 1
title: "{LONG}: 決済 🚀 ∞ שלום"
summary: "Ünïcödé, “quotes”, 100 %, a→b, 漢字, العربية."
region: eu-central-1
vpcs:
  a-network-whose-name-is-so-long-that-no-column-holds-it-at-all:
    title: "{LONG}"
    cidr_block: 10.0.0.0/16
    security_groups:
      web-servers-of-the-department: {{ingress: [tcp 443 from 0.0.0.0/0]}}
    subnets:
      private:
        cidr_block: 10.0.0.0/24
        instances:
          a-server-with-a-name-of-some-length: {{title: "サーバー", security_groups: [web-servers-of-the-department]}}
          db: {{title: "База данных"}}
flows:
  stores: {{title: "Η παραγγελία αποθηκεύεται", from: a-server-with-a-name-of-some-length, to: db, port: 443}}
  asks:
    title: "{LONG} {LONG}"
    description: "🧭 Один вопрос"
    from: db
    to: a-server-with-a-name-of-some-length
    port: 443
"""
FLOW = ("three-tier", "--flow", "app-charges-card")
DEFINITIONS = {
    "shop": SMALL,
    "unicode": UNICODE,
    "hostile-twin": hostile(HARMLESS),
    "hostile-one": hostile(TEXTS),
}
READY = """async (selector) => {
  for (const image of document.querySelectorAll(selector + " img")) { image.loading = "eager"; await image.decode(); }
  await document.fonts.ready;
}"""


@pytest.fixture(scope="session", params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in WIKIS])
def site(
    request: pytest.FixtureRequest, tool: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A wiki for all tests of this file."""
    packages = tool("debian")
    if shutil.which("php") is None:
        pytest.skip("php is not installed; `.ci/run wikis` installs it")
    with WIKIS[request.param](packages, tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture(scope="session")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with these definitions."""
    folder = tmp_path_factory.mktemp("definitions")
    for name, text in DEFINITIONS.items():
        (folder / name).mkdir()
        (folder / name / "architecture.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def published(site: Site, exported: Callable[..., Path], definitions: Path) -> Callable[..., Path]:
    """`published("shop")`: the export's folder, which is in the wiki; each once."""
    done: dict[tuple[str, ...], Path] = {}

    def publish(*arguments: str) -> Path:
        if arguments not in done:
            paths = [str(definitions / a) if a in DEFINITIONS else a for a in arguments]
            folder = exported(site.name, *paths)
            result = site.publish(folder)
            assert (0, "") == (result.returncode, result.stderr)
            assert [e["name"] for e in manifest_of(folder)["pages"]] == [
                line.removeprefix(f"{NAMESPACE}:") for line in result.stdout.splitlines()
            ]
            done[arguments] = folder
        return done[arguments]

    return publish


def manifest_of(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def article_of(path: Path, flow: str) -> Article:
    """What the page says, in no markup."""
    design = pipeline.open_design(path).value
    assert design is not None
    build = Build(chapters=(Chapter(title="", designs=(outline_of(design),)),))
    return compose(build, design, only=(flow,) if flow else ())


def steps_of(article: Article) -> list[str]:
    """`1. web → db` of each step in the open."""
    told = [step for block in article.blocks if isinstance(block, Steps) for step in block.steps]
    return [f"{step.number}. {' → '.join(filter(None, (step.source, step.target)))}" for step in told]


def tables_of(article: Article) -> list[list[list[str]]]:
    """Cells of each table that stands in the open."""
    return [
        [[text_of(cell) for cell in row] for row in (block.header, *block.rows)]
        for block in article.blocks
        if isinstance(block, Table)
    ]


def words(text: str) -> str:
    """Letters and signs without spaces, for wikis break lines as they like."""
    return re.sub(r"\s+", "", text)


CASES = pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("shop",), id="a-small-design"),
        pytest.param(("unicode",), id="long-names-and-other-scripts"),
        pytest.param(("three-tier",), id="three-tier"),
        pytest.param(FLOW, id="one-flow"),
    ],
)


@CASES
def test_fetched_back(site: Site, published: Callable[..., Path], arguments: tuple[str, ...]) -> None:
    """The wiki has each page and each file as they were exported; the files open in draw.io."""
    folder = published(*arguments)

    for entry in manifest_of(folder)["pages"]:
        content = (folder / entry["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        assert content.decode("utf-8").rstrip() == site.source(entry["name"]).rstrip()
    for entry in manifest_of(folder)["files"]:
        with urllib.request.urlopen(site.file(entry["name"])) as answer:
            stored = answer.read()
        assert hashlib.sha256(stored).hexdigest() == entry["sha256"]
        if entry["name"].endswith(".drawio.png"):
            assert diagram_in(stored, 10_000_000).lstrip().startswith(b"<mxfile")


@pytest.mark.parametrize("width", [1280, 390])
@CASES
def test_seen(
    site: Site,
    published: Callable[..., Path],
    opened: Callable[..., Any],
    definitions: Path,
    arguments: tuple[str, ...],
    picture: Callable[..., None],
    width: int,
) -> None:
    """Pictures are there, steps and tables say what the article says, nothing is broken or wider than the wiki is."""
    folder = published(*arguments)
    manifest = manifest_of(folder)
    name = manifest["pages"][0]["name"]
    plain = opened(site.start, **screen(width)).evaluate("document.documentElement.scrollWidth")
    page = opened(site.page(name), **screen(width))
    page.evaluate(READY, site.content)
    content = page.locator(site.content)
    path = definitions / arguments[0] if arguments[0] in DEFINITIONS else ROOT / "architectures" / arguments[0]
    article = article_of(path, arguments[2] if len(arguments) > 2 else "")
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{site.name}-{'-'.join(arguments).replace('---', '-')}-{width}.png")

    images = content.locator("img").evaluate_all(
        "all => all.map((one) => [one.naturalWidth, one.clientWidth, one.alt])"
    )
    assert len({re.sub(r"(\.drawio)?\.\w+$", "", entry["name"]) for entry in manifest["files"]}) == len(images)
    assert [] == [image for image in images if image[0] < min(300, image[1]) or not image[2]]
    assert [] == page.locator(f":is({site.content}) :is({site.mishap})").all_text_contents()
    assert [] == content.locator("a[href^='#']").evaluate_all(
        """all => all.map((one) => decodeURIComponent(one.hash.slice(1)))
          .filter((id) => id && !document.getElementById(id))"""
    )
    assert list(map(words, steps_of(article))) == list(map(words, seen_steps(site, content)))
    seen = seen_tables(content)
    for table in tables_of(article):
        assert [list(map(words, row)) for row in table] in seen
    assert all(len({len(row) for row in table}) == 1 for table in seen), "rows are of equal length"
    assert plain >= page.evaluate("document.documentElement.scrollWidth")
    if arguments == FLOW and width > 1000:
        picture(page, site.name, width=width)


def screen(width: int) -> Mapping[str, Any]:
    """A window, or a telephone."""
    return {"viewport": {"width": width, "height": 900}, "is_mobile": width < 500, "has_touch": width < 500}


def seen_steps(site: Site, content: Any) -> list[str]:
    if site.name == "mediawiki":
        return [
            str(number) + ". " + " → ".join(names)
            for number, names in content.locator("ol > li[value]").evaluate_all(
                """all => all.filter((one) => !one.closest('.mw-collapsible')).map((one) => {
                  const names = [];
                  for (let node = one.firstChild; node && node.nodeName !== 'BR'; node = node.nextSibling)
                    if (node.nodeName === 'CODE') names.push(node.textContent);
                  return [one.value, names];
                })"""
            )
        ]
    return [one for one in content.locator("h4").all_inner_texts() if re.match(r"\d+\. ", one)]


def seen_tables(content: Any) -> list[list[list[str]]]:
    """Cells of each table; of one within another nothing is counted twice, for there is none."""
    tables = content.locator("table").evaluate_all(
        "all => all.map((t) => [...t.rows].map((r) => [...r.cells].map((c) => c.textContent)))"
    )
    return [[[words(cell) for cell in row] for row in table] for table in tables]


STRUCTURE = """(root) => {
  const told = [];
  const walk = (node, depth) => {
    for (const one of node.children) {
      if (one.closest("pre")) { told.push(`${depth} pre`); continue; }
      const kept = [...one.attributes]
        .filter((a) => !["id", "href", "src", "srcset", "alt", "title", "width", "height", "data-file-width",
          "data-file-height", "style"].includes(a.name))
        .map((a) => `${a.name}=${a.value.replace(/sectionedit\\\\d+|section\\\\d+/g, "")}`);
      told.push(`${depth} ${one.localName} ${kept.join(" ")}`);
      walk(one, depth + 1);
    }
  };
  walk(root, 0);
  return told;
}"""


def test_hostile(site: Site, published: Callable[..., Path], opened: Callable[..., Any]) -> None:
    """A design of attacks becomes the same elements as one of plain words; every attack stands there to be read."""
    pages = []
    for name in ("hostile-twin", "hostile-one"):
        folder = published(name)
        page = opened(site.page(manifest_of(folder)["pages"][0]["name"]), **screen(1280))
        page.evaluate(READY, site.content)
        pages.append(page)
    harmless, evil = (page.locator(site.content).evaluate(STRUCTURE) for page in pages)
    said = words(pages[1].locator(site.content).text_content())

    assert len(harmless) > 1000
    assert [] == list(difflib.unified_diff(harmless, evil, n=2, lineterm=""))
    assert [] == [attack for attack in ATTACKED if words(attack) not in said]
    own = (
        pages[1]
        .locator(f"{site.content} [href], {site.content} [src]")
        .evaluate_all("all => all.map((one) => one.href?.baseVal ?? one.href ?? one.src)")
    )
    assert [] == [address for address in own if not address.startswith(site.address)]


def test_hostile_elsewhere(site: Site, published: Callable[..., Path], opened: Callable[..., Any]) -> None:
    """Its titles and pictures harm no list, no search and no editor of the wiki either."""
    folder = published("hostile-one")
    manifest = manifest_of(folder)
    name, file = manifest["pages"][0]["name"], manifest["files"][1]["name"]
    if site.name == "mediawiki":
        lists = ["title=Special:RecentChanges", "title=Special:Search&search=evil", f"title=File:{file}"]
        places = [f"{site.address}/index.php?{place}" for place in [*lists, f"title={name}&action=edit"]]
    else:
        lists = ["do=recent", "do=search&q=evil", "do=index", f"do=media&ns={NAMESPACE}:hostile-one"]
        places = [f"{site.address}/doku.php?id={NAMESPACE}:{name}&{place}" for place in [*lists, "do=edit"]]
        places.append(site.file(file))
    for place in places:
        assert opened(place, **screen(1280)).locator("body, svg").count()


def test_published_again(site: Site, published: Callable[..., Path]) -> None:
    """Changes nothing, and is no error."""
    folder = published("shop")
    before = site.changes()
    again = site.publish(folder)

    assert (0, "") == (again.returncode, again.stderr)
    assert before == site.changes()


def test_several_designs_have_a_list(site: Site, published: Callable[..., Path], opened: Callable[..., Any]) -> None:
    """It leads to each of them."""
    folder = published("shop", "unicode")
    *designs, index = manifest_of(folder)["pages"]
    page = opened(site.page(index["name"]), **screen(1280))
    links = page.locator(f"{site.content} td a")

    assert len(designs) == links.count()
    for at in range(len(designs)):
        links.nth(at).click()
        page.locator(f"{site.content} img").first.wait_for(state="attached")
        page.go_back()


def test_what_a_wiki_refuses(site: Site) -> None:
    """As the guide says: why the pictures are the draw.io files."""
    if site.name == "mediawiki":
        with urllib.request.urlopen(
            f"{site.api}?action=query&meta=siteinfo&siprop=fileextensions&format=json"
        ) as answer:
            taken = {one["ext"] for one in json.load(answer)["query"]["fileextensions"]}
        assert "png" in taken
        assert not taken & {"svg", "drawio", "xml"}
    else:
        name = f"{NAMESPACE}:x.drawio"
        assert name != site.remote().wiki.putAttachment(name, xmlrpc.client.Binary(b"<mxfile/>"), {"ow": True})


@pytest.mark.parametrize("site", [pytest.param("dokuwiki", marks=pytest.mark.xdist_group("dokuwiki"))], indirect=True)
def test_copied_into_dokuwiki(
    site: Site, exported: Callable[..., Path], definitions: Path, opened: Callable[..., Any]
) -> None:
    """Without the remote interface the folders go where DokuWiki keeps its own."""
    folder = exported("dokuwiki", str(definitions / "shop"))
    for kind in ("pages", "media"):
        shutil.copytree(folder / kind, site.folder / "data" / kind / "copied")
    page = opened(f"{site.address}/doku.php?id=copied:shop", **screen(1280))
    page.evaluate(READY, site.content)

    assert page.locator(f"{site.content} img").evaluate_all("all => all.every((one) => one.naturalWidth > 300)")
