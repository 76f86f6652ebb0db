# Puts docgen's pages into a MkDocs site. Hooks only: what they add comes from docgen.pipeline and docgen.site.
#
# Nothing is ever written into docs_dir: a generated file there would start the next live reload at once.
"""The `docgen` plugin of MkDocs."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from docgen import pipeline, site
from docgen.core.diagnostic import Diagnostic, Severity

log = get_plugin_logger("docgen")


class DocgenConfig(Config):
    """Settings under `plugins: - docgen:` in mkdocs.yml."""

    architectures = c.Type(str, default="architectures")
    """Folder of the designs, relative to mkdocs.yml."""
    cache = c.Type(str, default="build/cache")
    """Folder of pictures kept between builds, relative to mkdocs.yml; "" draws all of them every time."""
    count_warnings = c.Type(bool, default=True)
    """Whether `--strict` fails for a warning in a design; its page shows it in any case."""


class DocgenPlugin(BasePlugin[DocgenConfig]):
    """Opens every design, and adds its page, pictures and downloads to the site."""

    def __init__(self) -> None:
        self.contents: site.Contents | None = None
        self.designs: pipeline.Designs | None = None
        """What the last build opened, for whoever runs MkDocs and can say more than its log."""

    def on_startup(self, **_: object) -> None:
        """Keeps this instance through all builds of `mkdocs serve`."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring the look along, and watch what pages are made from."""
        site.dress(config, whole=True)
        config.watch += [
            str(self._beside(config, self.config.architectures).absolute()),
            *site.watched(),
        ]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Open, trace and draw every design; add what comes of it."""
        own = [file.src_uri for file in files.documentation_pages()]
        designs = pipeline.open_all(self._beside(config, self.config.architectures))
        self.designs = designs
        for diagnostic in designs.diagnostics:
            self._tell(diagnostic)
        if designs.failed:
            raise PluginError("docgen: the site was not built, see the errors above")
        cache = Path(config.config_file_path).parent / "build" / "cache"
        workers, site_url = pipeline.all_cores(), config.site_url or ""
        figures = pipeline.figures_of_all(designs.designs, cache=cache, workers=workers, site=site_url)
        told = designs.collection
        self.contents = site.contents(designs.chapters, figures, told.comparisons, told.source_map)
        for one in self.contents.files:
            if one.path not in files.src_uris:
                files.append(_file(config, one))
        config.nav = site.fill(config.nav or [*own, *site.DEFAULT_NAV], self.contents.build, self.contents.pages)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
        """Fill the places that a hand-written page keeps for docgen (`<!-- docgen:gallery -->`); explain words."""
        if self.contents is None:
            return markdown
        expanded = site.expand(markdown, page.file.src_uri, self.contents.build)
        return site.with_tooltips(expanded, page.file.src_uri) if "abbr" in config.markdown_extensions else expanded

    def _tell(self, diagnostic: Diagnostic) -> None:
        warn = log.warning if self.config.count_warnings else log.info
        levels = {Severity.ERROR: log.error, Severity.WARNING: warn, Severity.INFO: log.info}
        hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
        levels[diagnostic.severity](f"{diagnostic.span}: [{diagnostic.code}] {diagnostic.text}{hint}")

    def _beside(self, config: MkDocsConfig, path: str) -> Path:
        """A path relative to mkdocs.yml, as messages should show it: from where the user stands, if below."""
        whole = Path(config.config_file_path).absolute().parent / path
        here = Path.cwd()
        return whole.relative_to(here) if whole.is_relative_to(here) else whole


def _file(config: MkDocsConfig, one: site.SiteFile) -> File:
    file = File.generated(config, one.path, content=one.content, inclusion=InclusionLevel.UNDEFINED)
    if one.source:
        file.edit_uri = Path(os.path.relpath(one.source, config.docs_dir)).as_posix()
    else:
        file.edit_uri = None
    return file
