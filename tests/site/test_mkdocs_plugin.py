"""The plugin: a few designs in a folder of their own become a site, whoever asks for it."""

from __future__ import annotations

import filecmp
import logging
import shutil
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError
from mkdocs.structure.files import get_files

from docgen.mkdocs_plugin import DocgenPlugin
from tests.site.conftest import build_site

CONFIG = """\
site_name: Test
docs_dir: pages
site_dir: out
use_directory_urls: false
theme: {name: material, font: false}
plugins: [search, offline, docgen: {architectures: designs, pages: true, dress: true, cache: ""}]
markdown_extensions: [attr_list, md_in_html, tables, toc, pymdownx.superfences]
"""
DEFINITION = """\
version: 1
title: A web server
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
    route_tables:
      public: {0.0.0.0/0: igw}
    security_groups:
      web: {ingress: [tcp 443 from 0.0.0.0/0], egress: []}
    instances:
      web: {subnet: public, security_groups: [web], elastic_ip: true}
flows:
  shopper: {from: internet, to: web, protocol: tcp, port: 443, expect: allowed}
  stranger: {from: internet, to: web, protocol: tcp, port: 22, expect: {blocked: ENI_SG_RULES_MISMATCH}}
"""


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch):
    """MkDocs writes the day into its sitemap."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """A folder with a configuration, one page and one design."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/index.md").write_text("# Home\n\n<!-- docgen:gallery -->\n")
    (tmp_path / "designs/shop").mkdir(parents=True)
    (tmp_path / "designs/shop/architecture.yaml").write_text(DEFINITION)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_site_holds_pages_pictures_and_downloads(project):
    """Every kind of file stands beside the design's page, and nothing is written among the author's pages."""
    out = build_site(project / "mkdocs.yml", project / "out")

    views = ("overview", "flow-shopper", "flow-stranger")
    expected = {f"designs/shop/{view}.{suffix}" for view in views for suffix in ("svg", "drawio")}
    expected |= {
        f"designs/shop/{name}"
        for name in ("overview.png", "index.html", "shop.drawio", "architecture.yaml", "traces.json")
    }
    assert expected <= _files(out)
    assert {"index.md"} == _files(project / "pages")


def test_two_builds_are_the_same(project):
    """Same input, same bytes."""
    first = build_site(project / "mkdocs.yml", project / "one")
    second = build_site(project / "mkdocs.yml", project / "two")

    names = _files(first)
    assert names == _files(second)
    _, different, failed = filecmp.cmpfiles(first, second, sorted(names), shallow=False)
    assert ([], []) == (different, failed)


def test_docgen_build_makes_the_same_site(project):
    """`docgen build` and `mkdocs build` differ in nothing."""
    from docgen.cli._publish import publish

    built = build_site(project / "mkdocs.yml", project / "one")
    published = publish("mkdocs.yml", strict=True, output=project / "two").folder

    names = _files(built)
    assert names == _files(published)
    _, different, failed = filecmp.cmpfiles(built, published, sorted(names), shallow=False)
    assert ([], []) == (different, failed)


def test_mistakes_come_with_their_place_and_no_site(project, caplog, monkeypatch):
    """A definition that AWS would refuse: file, line, column, code; then the plugin gives up, without a traceback."""
    file = project / "designs/shop/architecture.yaml"
    file.write_text(DEFINITION.replace("igw}", "no-such-gateway}"))

    monkeypatch.setattr(logging.getLogger("mkdocs"), "propagate", True)  # `docgen build` before may have set it
    with caplog.at_level(logging.ERROR, logger="mkdocs"), pytest.raises(Abort):
        build_site(project / "mkdocs.yml", project / "out")

    messages = [record.getMessage() for record in caplog.records]
    assert any("designs/shop/architecture.yaml:12:" in m and "[DGR-" in m for m in messages)
    assert not (project / "out/index.html").exists()


@pytest.mark.parametrize(
    ("setting", "fails"),
    [
        pytest.param("count_warnings: true", True, id="a-warning-fails-a-strict-build"),
        pytest.param("count_warnings: false", False, id="unless-the-settings-say-no"),
    ],
)
def test_warnings_under_strict(project, setting, fails):
    """A VPC in one zone is a warning: the page says so, and `--strict` listens to the settings."""
    file = project / "designs/shop/architecture.yaml"
    file.write_text(DEFINITION.replace("[a, b]", "[a]").replace("[10.0.0.0/24, 10.0.1.0/24]", "[10.0.0.0/24]"))
    config = project / "mkdocs.yml"
    config.write_text(CONFIG.replace('cache: ""', f'cache: "", {setting}'))

    if fails:
        with pytest.raises(Abort):
            build_site(config, project / "out")
    else:
        page = build_site(config, project / "out") / "designs/shop/index.html"
        assert "DGL-29" in page.read_text()


def test_live_reload_watches_what_pages_are_made_from(project):
    """A change of a definition, of a page's prose or of docgen's own templates and styles starts a new build."""
    config = load_config("mkdocs.yml")
    config.plugins.run_event("config", config)
    watched = {Path(path).name for path in config.watch}

    assert str(project / "designs") in config.watch
    assert {"templates", "static"} <= watched
    assert all(Path(path).exists() for path in config.watch)


def test_repeated_builds_of_one_server_change_nothing(project):
    """`serve` keeps the plugin and loads the settings anew: what the look adds is added once."""
    config = load_config("mkdocs.yml")
    for _ in range(3):
        config.plugins.run_event("config", config)

    for values in (config.extra_css, config.extra_javascript, config.extra["polyfills"], config.theme.dirs):
        assert len(values) == len({str(value) for value in values})


def test_edit_leads_to_the_definition(project):
    """The page of a design is edited in its definition, wherever the author's pages stand."""
    config = load_config("mkdocs.yml")
    config.plugins.run_event("config", config)
    files = config.plugins.run_event("files", get_files(config), config=config)

    page = files.get_file_from_path("designs/shop/index.md")
    assert page is not None
    assert page.edit_uri == "../designs/shop/architecture.yaml"


def test_navigation_without_settings(project):
    """Where mkdocs.yml has no `nav`, the author's pages come first, then the path, the designs and the reference."""
    config = load_config("mkdocs.yml")
    config.plugins.run_event("config", config)
    config.plugins.run_event("files", get_files(config), config=config)

    assert config.nav is not None
    assert "index.md" == config.nav[0]
    assert ["Learn", "Designs", "Reference"] == [next(iter(entry)) for entry in config.nav[1:]]


def test_own_page_beats_a_generated_one(project):
    """An author who writes a page of the same name keeps it."""
    (project / "pages/designs").mkdir()
    (project / "pages/designs/index.md").write_text("# My own gallery\n")
    out = build_site(project / "mkdocs.yml", project / "out")

    assert "My own gallery" in (out / "designs/index.html").read_text()


def test_hostile_title_stays_text(project):
    """Title, summary, flow and component names with HTML and Markdown in them: letters on every page."""
    nasty = "<script>alert(1)</script> [x](javascript:alert(1)) `{{ 1 }}` | & # h"
    file = project / "designs/shop/architecture.yaml"
    text = DEFINITION.replace("title: A web server", f"title: {nasty!r}\nsummary: {nasty!r}")
    text = text.replace(
        "{from: internet, to: web, protocol: tcp, port: 443,",
        f"{{title: {nasty!r}, from: internet, to: web, port: 443, description: {nasty!r},",
    )
    file.write_text(
        text.replace("  shop:\n    cidr", f"  shop:\n    title: {nasty!r}\n    description: {nasty!r}\n    cidr")
    )
    out = build_site(project / "mkdocs.yml", project / "out")

    for page in [*out.rglob("*.html"), *out.rglob("*.svg")]:
        words = page.read_text(encoding="utf-8")
        assert "<script>alert" not in words, page
        assert 'href="javascript' not in words, page


def test_plugin_is_found_by_name():
    """`plugins: [docgen]` works without an import path."""
    from importlib.metadata import entry_points

    (entry,) = entry_points(group="mkdocs.plugins", name="docgen")
    assert entry.load() is DocgenPlugin


def test_missing_folder_is_told(project):
    """No designs at all: an error that names the folder, not an empty site."""
    shutil.rmtree(project / "designs")
    config = load_config("mkdocs.yml")
    config.plugins.run_event("config", config)

    with pytest.raises(PluginError):
        config.plugins.run_event("files", get_files(config), config=config)
