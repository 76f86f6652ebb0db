# The fence `architecture` for Python-Markdown, in whatever engine uses it: MkDocs, Pelican, or a call of markdown().
#
# In:  Markdown with fences. Out: HTML with designs in their places; with MkDocs the plugin tells where pages stand.
#      Where pymdownx.superfences is at work the fence becomes one of its own, and no other fence changes.
"""DocgenExtension, Pages, makeExtension."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import (
    CodeStash,
    SuperFencesBlockPreprocessor,
    SuperFencesCodeBlockProcessor,
    SuperFencesCodeExtension,
)

from docgen.core.diagnostic import Severity
from docgen.pipeline.fence_place import PageText, marked
from docgen.pipeline.fences import LANGUAGE, Fence, Fences, Project, Rendered
from docgen.site import embed

log = logging.getLogger("docgen")

BEFORE_ALL, WITH_FENCES, CODE = 200, 25, 80
"""Priorities among Python-Markdown's steps: the untouched text, fenced code, indented code."""


class Pages:
    """The page that is being read, and what its fences become."""

    def __init__(self, project: Project, tell: Callable[[Rendered], None]) -> None:
        self._fences = Fences(project)
        self._tell = tell
        self.begin("", "", project.root)

    def __deepcopy__(self, memo: object) -> Pages:
        """Itself: plugins that copy MkDocs' settings still speak of the same pages."""
        return self

    def begin(self, name: str, text: str, folder: Path) -> None:
        """The next page: its name in messages, its text as written, and where relative paths in it begin."""
        self._page = PageText(name, text, LANGUAGE)
        self._folder = folder
        self._taken: set[str] = set()
        self.count = 0
        """Fences of this page so far."""

    def render(self, options: Mapping[str, str], body: str, id: str) -> str:
        """One fence of the page."""
        self.count += 1
        fence = Fence(options=options, body=body, page=self._page, folder=self._folder, id=id)
        rendered = self._fences.render(fence, self._taken)
        self._tell(rendered)
        return str(rendered.html)


class DocgenExtension(Extension):
    """`docgen` among the extensions of Python-Markdown."""

    def __init__(self, **settings: Any) -> None:
        self.config = {
            "root": [".", "Folder outside of which nothing is read; relative paths in fences begin here"],
            "architectures": ["architectures", "Folder of the designs that go by their names, below root"],
            "cache": ["", "Folder of what was drawn before, below root; nothing is kept where it is empty"],
            "name": ["<markdown>", "What messages call the page"],
            "script": ["inline", "inline or none: whether pages with a design carry the player's script"],
            "style": ["inline", "inline or none: the same for styles of what is seen without the script"],
            "pages": ["", "For the MkDocs plugin: who knows which page is being read"],
        }
        super().__init__(**settings)  # type: ignore[no-untyped-call]

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Read fences with those of others, or alone."""
        self._md = md
        self._known = False
        given = self.getConfig("pages")
        self._pages: Pages = given or Pages(self._project(), _log)
        if not given:
            begin = _Begin(md, lambda text: self._pages.begin(self.getConfig("name"), text, self._root()))
            md.preprocessors.register(begin, "docgen_begin", BEFORE_ALL)
        md.preprocessors.register(_Marks(md), "docgen_marks", BEFORE_ALL - 1)
        md.postprocessors.register(_Parts(md, self._parts), "docgen_parts", 0)
        md.registerExtension(self)

    def reset(self) -> None:
        """Once all extensions are there: join superfences, wherever in the list it stands."""
        if self._known:
            return
        self._known = True
        superfences = next(
            (x for x in self._md.registeredExtensions if isinstance(x, SuperFencesCodeExtension)), None
        )
        if superfences is None:
            self._read_alone()
        elif all(entry["name"] != LANGUAGE for entry in superfences.superfences):
            superfences.extend_super_fences(LANGUAGE, self._format, _accept, None)

    def _read_alone(self) -> None:
        """Superfences' own reader with no other fence than ours: the rest stays to whoever comes after it."""
        alone: Any = SuperFencesCodeExtension()
        alone.md, alone.stash = self._md, CodeStash()
        skip = {"name": "*", "test": lambda _: True, "formatter": None, "validator": _accept, "reset": None}
        alone.superfences.append(skip)
        alone.extend_super_fences(LANGUAGE, self._format, _accept, None)
        reader: Any = _Reader(self._md)  # type: ignore[no-untyped-call]
        reader.config, reader.extension = alone.getConfigs(), alone
        self._md.preprocessors.register(reader, "docgen_fences", WITH_FENCES + 1)
        code: Any = SuperFencesCodeBlockProcessor(self._md.parser)
        code.config, code.extension = alone.getConfigs(), alone
        self._md.parser.blockprocessors.register(code, "code", CODE)

    def _format(self, src: str, options: Mapping[str, str], id_value: str, **_: object) -> str:
        return self._pages.render(options, src, id_value)

    def _parts(self) -> str:
        """What a page with designs needs once."""
        if not self._pages.count:
            return ""
        style = f"\n<style>{embed.plain_style()}</style>" if self.getConfig("style") == "inline" else ""
        script = f"\n<script>{embed.script()}</script>" if self.getConfig("script") == "inline" else ""
        return style + script

    def _root(self) -> Path:
        return Path(self.getConfig("root"))

    def _project(self) -> Project:
        root, cache = self._root(), self.getConfig("cache")
        return Project(
            root=root, architectures=root / self.getConfig("architectures"), cache=root / cache if cache else None
        )


def makeExtension(**settings: Any) -> DocgenExtension:  # noqa: N802 (Python-Markdown's name)
    """What Python-Markdown calls for `extensions=["docgen"]`."""
    return DocgenExtension(**settings)


def _accept(language: str, inputs: Mapping[str, str], options: dict[str, str], attrs: object, md: object) -> bool:  # noqa: ARG001
    """Takes all options: a wrong one is told in the page, where superfences would show the fence as text."""
    options |= inputs
    return True


def _log(rendered: Rendered) -> None:
    for one in rendered.diagnostics:
        if one.severity is Severity.ERROR:
            log.warning("%s: [%s] %s", one.span, one.code, one.text)


class _Reader(SuperFencesBlockPreprocessor):
    """Finds our fences among others; asks no highlighter for its settings."""

    def get_hl_settings(self) -> None:
        self.attr_list, self.relaxed_headers = True, False


class _Begin(Preprocessor):
    """Hands the page's text on before anything changes it."""

    def __init__(self, md: Markdown, begin: Callable[[str], None]) -> None:
        super().__init__(md)
        self._begin = begin

    def run(self, lines: list[str]) -> list[str]:
        self._begin("\n".join(lines))
        return lines


class _Marks(Preprocessor):
    """Makes fences of those that no engine would take for any."""

    def run(self, lines: list[str]) -> list[str]:
        return marked(lines, LANGUAGE)


class _Parts(Postprocessor):
    """Adds to the end of a page what its designs need."""

    def __init__(self, md: Markdown, parts: Callable[[], str]) -> None:
        super().__init__(md)
        self._parts = parts

    def run(self, text: str) -> str:
        return text + self._parts()
