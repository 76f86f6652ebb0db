"""The plugin in a site that is not docgen's: fences in any theme, nothing unasked, mistakes told at their line."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from docgen.pipeline import fences
from tests.site.conftest import build_site
from tests.site.foreign import INSTANT, embeds, foreign
from tests.site.test_mkdocs_plugin import DEFINITION


@pytest.fixture
def base(tmp_path, monkeypatch) -> Path:
    """A folder to stand in, as somebody who builds a site does."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(logging.getLogger("mkdocs"), "propagate", True)  # `docgen build` before may have set it
    return tmp_path


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _page(base: Path, body: str) -> Path:
    """A site of one page; its mkdocs.yml."""
    config = foreign(base)
    for page in (base / "docs").rglob("*.md"):
        page.unlink()
    (base / "docs/page.md").write_text(f"---\ntitle: A page\n---\n# A page\n\n{body}")
    (base / "docs/index.md").write_text("# Start\n")
    return config


def _told(caplog) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING and "docgen:" in r.getMessage()]


@pytest.mark.parametrize(
    ("settings", "inside"),
    [
        pytest.param({}, "nets/deep/inside/index.html", id="material"),
        pytest.param({"theme": INSTANT, "use_directory_urls": False}, "nets/deep/inside.html", id="instant"),
        pytest.param({"plugins": ("search", "offline", "docgen")}, "nets/deep/inside.html", id="offline"),
        pytest.param({"theme": "mkdocs", "extensions": []}, "nets/deep/inside/index.html", id="built-in-theme"),
        pytest.param(
            {"theme": "readthedocs", "extensions": ["fenced_code"], "use_directory_urls": False},
            "nets/deep/inside.html",
            id="readthedocs-without-superfences",
        ),
        pytest.param(
            {"plugins": ("docgen",), "extensions": ["docgen.markdown_extension"]},
            "nets/deep/inside/index.html",
            id="both",
        ),
    ],
)
def test_fences_in_any_site(base, settings, inside):
    """Every fence becomes a design; no page and no style comes unasked, and docs_dir stays as it is."""
    config = foreign(base, **settings)
    before = _files(base / "docs")
    out = build_site(config, base / "out")

    assert before == _files(base / "docs")
    assert 1 == len(embeds(out / "index.html"))
    assert 3 == len(embeds(out / inside))
    names = set(_files(out))
    assert {"assets/docgen/embed.css", "assets/docgen/embed.js"} == {n for n in names if "docgen" in n}
    assert not {n for n in names if n.startswith(("designs/", "reference/", "learn/")) or n.endswith("schema.json")}
    page = (out / inside).read_text()
    up = "../" * inside.count("/")
    assert f'src="{up}assets/docgen/embed.js"' in page
    assert f'href="{up}assets/docgen/embed.css"' in page
    assert "docgen.css" not in page
    assert "dg-error" not in page


def test_site_without_fences_gets_nothing(base):
    config = foreign(base)
    (base / "docs/index.md").write_text("# Nothing here\n")
    (base / "docs/nets/deep/inside.md").unlink()
    out = build_site(config, base / "out")

    assert not (out / "assets/docgen").exists()
    assert "docgen" not in (out / "index.html").read_text()


def test_pages_without_the_look(base):
    """Design pages where a site asks for them; its own look only changes where it asks for that too."""
    config = foreign(base, plugins=("search", {"docgen": {"pages": True, "count_warnings": False}}))
    out = build_site(config, base / "out", strict=False)
    page = (out / "designs/shop/index.html").read_text()

    assert "docgen.css" in page
    assert "shell.css" not in page
    assert "assets/docgen/logo.svg" not in page
    assert 1 == len(embeds(out / "index.html"))


def test_print_site(base):
    """The plugin that joins all pages into one has all designs in it."""
    pytest.importorskip("mkdocs_print_site_plugin")
    out = build_site(foreign(base, plugins=("search", "docgen", "print-site")), base / "out")
    page = out / "print_page/index.html"

    assert 4 == len(embeds(page))
    assert 'src="../assets/docgen/embed.js"' in page.read_text()


WRONG = DEFINITION.replace("cidr_block: 10.0.0.0/16", "cidr_block: 10.0.0.0/99")


@pytest.mark.parametrize(
    ("told", "body"),
    [
        pytest.param(r"docs/page\.md:13:17: \[DGY-", f"```architecture\n{WRONG}```\n", id="definition"),
        pytest.param(
            r"docs/page\.md:16:17: \[DGY-",
            f"```architecture\nheight: 300\nflow: shopper\n\n{WRONG}```\n",
            id="definition-below-options",
        ),
        pytest.param(
            r"docs/page\.md:15:21: \[DGY-",
            "- item\n\n    ```architecture\n" + re.sub(r"(?m)^(?=.)", "    ", WRONG) + "    ```\n",
            id="definition-in-a-list",
        ),
        pytest.param(
            r"docs/page\.md:6:1: \[DGF-01\] a fence has no option 'hight' \(did you mean 'height'\?\)",
            '```architecture file="shop" hight="300"\n```\n',
            id="option",
        ),
        pytest.param(
            r"docs/page\.md:8:1: \[DGF-01\] 'height' is a number of px between 120 and 2000",
            "```architecture\nfile: shop\nheight: 9\n```\n",
            id="option-inside",
        ),
        pytest.param(
            r"docs/page\.md:6:1: \[DGF-03\] the design has no flow 'shoper' \(did you mean 'shopper'\?\)",
            '```{.architecture file="shop" flow="shoper"}\n```\n',
            id="flow",
        ),
        pytest.param(
            r"docs/page\.md:6:1: \[DGF-02\] there is no definition 'shpo' \(did you mean 'shop'\?\)",
            '```architecture file="shpo"\n```\n',
            id="no-such-design",
        ),
        pytest.param(
            r"docs/page\.md:6:1: \[DGF-02\] '.*secret.yaml' leads out of the project",
            '```architecture file="../../secret.yaml"\n```\n',
            id="path-out-of-the-project",
        ),
        pytest.param(
            r"docs/page\.md:6:1: \[DGF-02\] '/linked.yaml' leads out of the project",
            '```architecture file="/linked.yaml"\n```\n',
            id="link-out-of-the-project",
        ),
        pytest.param(
            r"architectures/broken/architecture\.yaml:7:17: \[DGY-",
            '```architecture file="broken"\n```\n',
            id="in-the-file",
        ),
        pytest.param(
            r"docs/page\.md:6:1: \[DGF-01\] the value of 'file' is not in quotes",
            "```architecture file=shop\n```\n",
            id="value-out-of-quotes",
        ),
        pytest.param(
            r"docs/page\.md:8:5: \[DGF-01\] the value of 'height' is not in quotes",
            '- item\n\n    ~~~ architecture file="shop" height=300px view="overview"\n    ~~~\n',
            id="one-value-of-three-out-of-quotes",
        ),
    ],
)
def test_mistakes_are_told(base, caplog, told, body):
    """In the log, so that a strict build fails; in the page too, with the line of the page, and the rest is built."""
    project = base / "project"
    project.mkdir()
    config = _page(project, body)
    os.chdir(project)
    (base / "secret.yaml").write_text(DEFINITION)
    (project / "linked.yaml").symlink_to(base / "secret.yaml")
    (project / "architectures/broken").mkdir()
    (project / "architectures/broken/architecture.yaml").write_text(WRONG)
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        out = build_site(config, project / "out", strict=False)
    messages = _told(caplog)

    assert any(re.search(f"docgen: {told}", one) for one in messages), messages
    page = (out / "page/index.html").read_text()
    assert 0 == page.count("<docgen-embed")
    assert 1 == page.count('<div class="dg-error" role="alert">')
    assert told.partition(r": \[")[0].replace("\\", "") in page
    with pytest.raises(Abort):
        build_site(config, project / "strict")


def test_designs_may_stand_beside_the_site(base, monkeypatch):
    """`architectures: ../designs`, as its owner says: found by name, and nothing else out there is."""
    config = _page(
        base / "docs-site", '```architecture file="shop"\n```\n\n```architecture file="/../designs"\n```\n'
    )
    (base / "docs-site/architectures").rename(base / "designs")
    config.write_text(config.read_text().replace("- docgen", "- docgen: {architectures: ../designs}"))
    (base / "designs/architecture.yaml").write_text("version: 1\n")
    page = (build_site(config, base / "out", strict=False) / "page/index.html").read_text()

    assert 1 == page.count("<docgen-embed")
    assert "designs/architecture.yaml:1:1" in page


def test_hostile_words_stay_words(base):
    """Titles, names, options and errors with HTML in them, inside fences of either kind."""
    nasty = "</div></docgen-embed><script>alert(1)</script><img src=x onerror=alert(1)>"
    good = DEFINITION.replace("A web server", f"'{nasty}'").replace(
        "  shopper: {", f"  shopper: {{title: '{nasty}', "
    )
    broken = good.replace("igw}", f"'{nasty}'}}")
    body = f"```architecture\n{good}```\n\n```architecture\n{broken}```\n\n```architecture\nview: {nasty}\n```\n"
    out = build_site(_page(base, body), base / "out", strict=False)
    page = (out / "page/index.html").read_text()

    assert 2 == page.count("dg-error")
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_cache_inside_docs_is_refused(base, caplog):
    config = foreign(base, plugins=("search", {"docgen": {"cache": "docs/cache"}}))

    with pytest.raises(Abort), caplog.at_level(logging.ERROR, logger="mkdocs"):
        build_site(config, base / "out")
    assert any("docs_dir" in record.getMessage() for record in caplog.records)


class _Server:
    def __init__(self) -> None:
        self.watched: list[str] = []

    def watch(self, path: str, *, recursive: bool = True) -> None:
        self.watched.append(path)


def test_serve_draws_what_changed_and_watches_what_fences_name(base, monkeypatch):
    """One instance through many builds: nothing is drawn twice, a changed file is, and a new process finds it all."""
    drawn: list[str] = []
    real = fences.stage
    monkeypatch.setattr(fences, "stage", lambda design, *a, **k: drawn.append(design.slug) or real(design, *a, **k))
    config = load_config(str(foreign(base)), site_dir=str(base / "out"), strict=True)
    plugin = config.plugins["docgen"]
    server = _Server()

    build(config)
    first = sorted(drawn)
    plugin.on_serve(server, config=config, builder=None)
    build(config)
    assert first == sorted(drawn)
    assert [str(base / "architectures/shop"), str(base / "docs/nets/deep")] * 2 == server.watched

    changed = base / "docs/nets/deep/beside.yaml"
    changed.write_text(changed.read_text().replace("443", "8443"))
    build(config)
    assert [*first, "beside"] == [*sorted(drawn[:-1]), drawn[-1]]

    build_site(base / "mkdocs.yml", base / "again")
    assert len(first) + 1 == len(drawn)


def test_serve_watches_for_what_a_fence_extends_and_misses(base):
    """In its folder, which is not there either: the folder of designs is watched, then the new one in it."""
    fence = "```architecture\nversion: 1\ntitle: More\nextends: later\n```\n"
    config = load_config(str(_page(base, fence)), site_dir=str(base / "out"))
    plugin, server = config.plugins["docgen"], _Server()
    designs = base / "architectures"
    plugin.on_serve(server, config=config, builder=None)

    build(config)
    assert str(designs) in server.watched
    (designs / "later").mkdir()
    build(config)
    assert str(designs / "later") in server.watched
    (designs / "later/architecture.yaml").write_text(DEFINITION)
    build(config)
    assert "<docgen-embed" in (base / "out/page/index.html").read_text()


def test_same_bytes_in_two_builds(base, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    config = foreign(base, plugins=("search", {"docgen": {"cache": ""}}))
    one, two = build_site(config, base / "one"), build_site(config, base / "two")

    assert {n: b for n, b in _files(one).items() if n != "sitemap.xml.gz"} == {
        n: b for n, b in _files(two).items() if n != "sitemap.xml.gz"
    }
