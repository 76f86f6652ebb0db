# Puts designs into a MkDocs site: fences in anybody's pages, and docgen's own pages where a site asks for them.
#
# Hooks only: what they add comes from docgen.markdown_extension, docgen.pipeline and docgen.site. Nothing is ever
# written into docs_dir: a generated file there would start the next live reload at once.
"""The `docgen` plugin of MkDocs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from docgen import pipeline, site
from docgen.core.diagnostic import Diagnostic, Severity
from docgen.core.errors import DocgenError
from docgen.core.terminal import visible
from docgen.markdown_extension import Pages
from docgen.pages.glossary import with_tooltips
from docgen.pipeline.fences import Project, Rendered
from docgen.pipeline.kept import keeping

log = get_plugin_logger("docgen")

EXTENSIONS = ["docgen.markdown_extension", "docgen"]
"""What a site may call our Markdown extension, if it lists it."""
_TOOLTIPS = "abbr"
"""The Markdown extension that explains words."""


class DocgenConfig(Config):
    """Settings under `plugins: - docgen:` in mkdocs.yml."""

    architectures = c.Type(str, default="architectures")
    """Folder of the designs, relative to mkdocs.yml."""
    pages = c.Type(bool, default=False)
    """Whether each design has a page, with the pages around them: path, comparisons, reference. Fences need none."""
    dress = c.Type(bool, default=False)
    """Whether the site is to look as docgen's own: its colours, typefaces, header and logo."""
    cache = c.Type(str, default=".cache/docgen")
    """Folder of pictures kept between builds, relative to mkdocs.yml; "" draws all of them every time."""
    count_warnings = c.Type(bool, default=True)
    """Whether `--strict` fails for a warning in a design that has a page; the page shows it in any case."""


class DocgenPlugin(BasePlugin[DocgenConfig]):
    """Draws the designs in fences; adds a page, pictures and downloads for each design where a site asks for them."""

    def __init__(self) -> None:
        self.contents: site.Contents | None = None
        self.designs: pipeline.Designs | None = None
        """What the last build opened, for whoever runs MkDocs and can say more than its log."""
        self._fences: Pages | None = None
        self._site: Path | None = None
        """Folder of the site that this instance knows: MkDocs keeps it for another one in the same process."""
        self._project: Project | None = None
        self._shown = False
        self._files: set[Path] = set()
        """Files that fences name; they are watched."""
        self._explained: set[str] = set()
        """Pages of docgen's own, which explain their words already."""
        self._server: LiveReloadServer | None = None

    def on_startup(self, **_: object) -> None:
        """Keeps this instance, and with it what fences became, through all builds of `mkdocs serve`."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read fences; bring the look along, and watch what pages are made from."""
        site_of, project = _root(config), self._project_of(config)
        if self._fences is None or (site_of, project) != (self._site, self._project):
            self._fences, self._site, self._project = Pages(project, self._tell_page), site_of, project
            self._files.clear()
        listed = [name for name in EXTENSIONS if name in config.markdown_extensions]
        config.markdown_extensions += [] if listed else EXTENSIONS[:1]
        config.mdx_configs[(listed or EXTENSIONS)[0]] = {"pages": self._fences, "script": "none", "style": "none"}
        self._shown = False
        if self.config.pages:
            site.dress(config, whole=self.config.dress)
            config.watch += [str(self._beside(config, self.config.architectures).absolute()), *site.watched()]
        return config

    def on_serve(self, server: LiveReloadServer, **_: object) -> LiveReloadServer:
        """Watch the files that fences of the first build name."""
        self._server = server
        self._watch()
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Open, trace and draw every design; add what comes of it."""
        if not self.config.pages:
            return files
        own = [file.src_uri for file in files.documentation_pages()]
        workers, cache = pipeline.all_cores(), self._project.cache if self._project else None
        designs = pipeline.open_all(self._beside(config, self.config.architectures), cache=cache, workers=workers)
        self.designs = designs
        for diagnostic in designs.diagnostics:
            self._tell(diagnostic, log.error, log.warning if self.config.count_warnings else log.info, log.info)
        if designs.failed:
            raise PluginError("docgen: the site was not built, see the errors above")
        site_url = config.site_url or ""
        try:
            figures = pipeline.figures_of_all(designs.listed, cache=cache, workers=workers, site=site_url)
        except DocgenError as error:  # a picture too large to draw
            raise PluginError(f"docgen: {error}") from None
        told = designs.collection
        self.contents = site.contents(
            designs.chapters,
            figures,
            told.comparisons,
            told.source_map,
            keeping(cache),
            tooltips=_TOOLTIPS in config.markdown_extensions,
        )
        self._explained.clear()
        for one in self.contents.files:
            if one.path not in files.src_uris:
                files.append(_file(config, one))
                self._explained.add(one.path)
        _mend_search(files, config)
        config.nav = site.fill(config.nav or [*own, *site.DEFAULT_NAV], self.contents.build, self.contents.pages)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
        """Fill the places that a hand-written page keeps for docgen (`<!-- docgen:gallery -->`); explain words."""
        self._begin(page, config)
        if self.contents is None:
            return markdown
        by_hand = page.file.abs_src_path is not None  # what stands in a definition fills no place
        expanded = site.expand(markdown, page.file.src_uri, self.contents) if by_hand else markdown
        explain = _TOOLTIPS in config.markdown_extensions and page.file.src_uri not in self._explained
        return with_tooltips(expanded, page.file.src_uri) if explain else expanded

    def on_page_content(self, html: str, **_: object) -> str:
        """Note whether the site has a fence at all."""
        self._shown = self._shown or bool(self._fences and self._fences.count)
        return html

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """A site with a fence, and no other, gets the player's script and its styles."""
        self._watch()
        if self._shown:
            for one in site.embed_files():
                if one.path not in files.src_uris:
                    files.append(_file(config, one))
            site.load_embeds(config)
        return env

    def _begin(self, page: Page, config: MkDocsConfig) -> None:
        """Tell the fences where the page stands; a generated one stands nowhere."""
        assert self._fences is not None
        source = page.file.abs_src_path
        folder = _from_here(Path(source or Path(config.docs_dir, page.file.src_uri)).parent)
        name = _from_here(Path(source)).as_posix() if source else page.file.src_uri
        try:
            text = page.file.content_string
        except (OSError, ValueError):
            text = ""
        self._fences.begin(name, text, folder)

    def _tell_page(self, rendered: Rendered) -> None:
        """What a fence has to say: `--strict` counts its errors; warnings of a design are for `docgen check`."""
        self._files |= set(rendered.files)
        for diagnostic in rendered.diagnostics:
            self._tell(diagnostic, log.warning, log.debug, log.debug)

    def _watch(self) -> None:
        """Folders rather than files: editors put a new file in the place of the old."""
        if self._server is not None:
            for folder in sorted({(p if p.is_dir() else p.parent).absolute() for p in self._files}):
                if folder.is_dir():
                    self._server.watch(str(folder), recursive=False)
            self._files.clear()

    def _tell(self, diagnostic: Diagnostic, *ways: Callable[[str], None]) -> None:
        """Log it: errors, warnings and remarks each in their way."""
        hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
        way = dict(zip((Severity.ERROR, Severity.WARNING, Severity.INFO), ways, strict=True))[diagnostic.severity]
        way(visible(f"{diagnostic.span}: [{diagnostic.code}] {diagnostic.text}{hint}"))

    def _project_of(self, config: MkDocsConfig) -> Project:
        root = _from_here(_root(config))
        cache = root / self.config.cache if self.config.cache else None
        if cache and (cache.resolve() / "x").is_relative_to(Path(config.docs_dir).resolve()):
            raise PluginError(f"docgen: the cache {self.config.cache!r} stands in docs_dir, where nothing is written")
        return Project(root=root, architectures=self._beside(config, self.config.architectures), cache=cache)

    def _beside(self, config: MkDocsConfig, path: str) -> Path:
        """A path relative to mkdocs.yml, as messages should show it: from where the user stands, if below."""
        return _from_here(_root(config) / path)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).absolute().parent


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _mend_search(files: Files, config: MkDocsConfig) -> None:
    """Replace the script that Material searches with, where there is one."""
    for file in [one for one in files if one.src_uri.startswith(site.WORKER)]:
        script = site.mended_worker(file.content_string)
        if script is not None:
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=script))


def _file(config: MkDocsConfig, one: site.SiteFile) -> File:
    file = File.generated(config, one.path, content=one.content, inclusion=InclusionLevel.UNDEFINED)
    if one.source:
        file.edit_uri = Path(os.path.relpath(one.source, config.docs_dir)).as_posix()
    else:
        file.edit_uri = None
    return file
