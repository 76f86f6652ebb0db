# Designs in fences of Markdown pages: each becomes HTML, or a box that says what is wrong with it.
#
# In:  what an engine read of a fence, and where its page stands. Out: HTML and diagnostics with places in the page.
#      Reads files inside of one folder only; writes nothing but the cache.
"""Project, Fence, Rendered, Fences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Note, Result, Severity, has_errors
from docgen.core.errors import DocgenError
from docgen.core.names import did_you_mean
from docgen.core.span import Span
from docgen.loader import LAYOUT, PAGE
from docgen.loader.texts import ID
from docgen.pages.markdown import anchor
from docgen.pipeline.cache import FigureCache, design_key, words_key
from docgen.pipeline.design import Design, open_design, open_text
from docgen.pipeline.drawing import views_of
from docgen.pipeline.fence_place import PageText
from docgen.pipeline.fence_request import BROKEN, FILE, NAME, Request, read_request
from docgen.pipeline.figure_files import stage
from docgen.pipeline.lesson import PROSE
from docgen.pipeline.sources import texts_of
from docgen.site import embed
from docgen.site.contents import stages_of

LANGUAGE = "architecture"
"""What the first line of a fence says."""
_INLINE = "-inline"
"""Name of the folder that a definition in a page would stand in; it does not exist."""
_HTML = "html"
_MOST = 1000
"""Results kept in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Where definitions are looked for."""

    root: Path
    """Nothing outside of it is read, save for the folder of designs."""
    architectures: Path
    """The folder of designs that go by their names; its owner may keep it elsewhere."""
    cache: Path | None = None
    """Folder of what was drawn before; None to draw everything anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """A fence as an engine read it."""

    options: Mapping[str, str]
    body: str
    page: PageText
    folder: Path
    """Of the page: where relative paths begin."""
    id: str = ""
    """Before the ids of what it shows; "" for a name made of the design's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What stands in the page."""

    html: Markup
    diagnostics: tuple[Diagnostic, ...] = ()
    """Of the definition; with an error among them the HTML is a box that says so."""
    sources: Mapping[str, str]
    """Texts that diagnostics point into, by name."""
    files: tuple[Path, ...] = ()
    """What it was made from besides the page."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A result before it is moved to its place in a page."""

    html: Markup
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    files: tuple[Path, ...]
    state: str
    """Of those files."""


class Fences:
    """Renders fences; what did not change since is not made again."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._made: dict[tuple[Request, Path, str], _Made] = {}

    def render(self, fence: Fence, taken: set[str]) -> Rendered:
        """A fence as HTML.

        Args:
            fence: What the engine read.
            taken: Prefixes of ids that the page has already; the fence's own is added.
        """
        span = fence.page.place(fence.body)
        request, wrong = read_request(fence.options, fence.body, span)
        if wrong:
            return self._box(wrong, {fence.page.name: fence.page.text}, ())
        prefix = _free(anchor(fence.id or _name(request)), taken)
        try:
            made = self._kept(request, fence.folder, prefix)
        except Exception as error:  # an engine would swallow it, and the page would lack a picture without a word
            text = f"docgen failed here: {type(error).__name__}: {error}"
            broken = Diagnostic(BROKEN, Severity.ERROR, span, text, "docgen check on the same definition says more")
            return self._box((broken,), {fence.page.name: fence.page.text}, ())
        shown = tuple(_moved(d, span, by_file=bool(request.file)) for d in made.diagnostics)
        sources = {**made.sources, fence.page.name: fence.page.text}
        if has_errors(shown):
            return self._box(shown, sources, made.files)
        return Rendered(html=made.html, diagnostics=shown, sources=sources, files=made.files)

    def _box(
        self, diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str], files: tuple[Path, ...]
    ) -> Rendered:
        errors = [d for d in diagnostics if d.severity is Severity.ERROR]
        html = embed.error_box(errors, sources, "This design cannot be shown")
        return Rendered(html=html, diagnostics=diagnostics, sources=sources, files=files)

    def _kept(self, request: Request, folder: Path, prefix: str) -> _Made:
        key = (request, folder if request.file else Path(), prefix)
        kept = self._made.get(key)
        if kept is None or not kept.html or kept.state != _state(kept.files):  # what failed may have lacked a file
            kept = self._made[key] = self._make(request, folder, prefix)
        if len(self._made) > _MOST:  # a page that is being written leaves a result for each state it had
            self._made.pop(next(iter(self._made)))
        return kept

    def _make(self, request: Request, folder: Path, prefix: str) -> _Made:
        opened, files = self._open(request, folder)
        found = list(opened.diagnostics)
        html = Markup("")
        if opened.value is not None and not opened.failed:
            found += _unknown(opened.value, request)
            if not has_errors(found):
                html = self._html(opened.value, request, prefix)
        sources = dict(opened.value.architecture.sources) if opened.value is not None else {}
        if not request.file:
            sources.pop("", None)
        return _Made(html, tuple(found), texts_of((d for d in found if d.span.file), sources), files, _state(files))

    def _html(self, design: Design, request: Request, prefix: str) -> Markup:
        views = [request.view] if request.picture else [f"flow-{flow}" for flow in request.flows]
        if request.flows and not request.picture:
            views.append("overview")
        cache = self._project.cache
        store = FigureCache(cache) if cache else None
        key = design_key(design, (_HTML, words_key(), repr(replace(request, text="")), prefix)) if store else ""
        kept = store.load(key) if store else None
        if kept is not None and _HTML in kept:
            return Markup(kept[_HTML].decode("utf-8"))
        html = embed.fragment(
            design,
            stages_of(stage(design, views, cache=cache)),
            flows=request.flows,
            picture=request.view if request.picture else "",
            prefix=prefix,
            height=request.height,
        )
        if store:
            store.store(key, {_HTML: html.encode("utf-8")})
            store.prune()
        return html

    def _open(self, request: Request, folder: Path) -> tuple[Result[Design | None], tuple[Path, ...]]:
        """The design and the files that it was made from."""
        designs = self._project.architectures
        if not request.file:
            inside = designs / _INLINE if designs.is_dir() else None
            opened = open_text(request.text, "", folder=inside)
            if opened.value is None:
                return opened, _around(designs)
            return opened, _files(opened, designs) if opened.value.architecture.extends else ()
        path = self._path(request.file, folder)
        if not self._inside(path):
            return _refused(f"{request.file!r} leads out of the project"), ()
        if not (path.is_file() or (path / "architecture.yaml").is_file()):
            known = sorted(p.parent.name for p in designs.glob("*/architecture.yaml"))
            return _refused(f"there is no definition {request.file!r}", did_you_mean(request.file, known)), (path,)
        try:
            opened = open_design(path)
        except DocgenError as error:
            return _refused(str(error)), (path,)
        files = _files(opened, path if path.is_dir() else path.parent)
        if not all(map(self._inside, files)):
            return _refused(f"{request.file!r} extends a design outside of the project"), ()
        missing = _around((path if path.is_dir() else path.parent).parent) if opened.value is None else ()
        return opened, tuple(dict.fromkeys((path, *files, *filter(self._inside, missing))))

    def _path(self, file: str, folder: Path) -> Path:
        if _is_name(file):
            return self._project.architectures / file
        return self._project.root / file.lstrip("/") if file.startswith("/") else folder / file

    def _inside(self, path: Path) -> bool:
        """Whether a path is inside the project or the folder of designs, wherever links lead."""
        allowed = (self._project.root, self._project.architectures)
        return any(path.resolve().is_relative_to(folder.resolve()) for folder in allowed)


def _is_name(file: str) -> bool:
    return re.fullmatch(ID, file) is not None and not file.endswith((".yaml", ".yml"))


def _name(request: Request) -> str:
    parts = [part for part in request.file.removesuffix("architecture.yaml").split("/") if part.strip(".")]
    return parts[-1].rpartition(".")[0] or parts[-1] if parts else "design"


def _free(prefix: str, taken: set[str]) -> str:
    number, free = 1, prefix
    while free in taken:
        number += 1
        free = f"{prefix}-{number}"
    taken.add(free)
    return free


def _refused(text: str, hint: str = "") -> Result[Design | None]:
    return Result(None, (Diagnostic(FILE, Severity.ERROR, Span(""), text, hint),))


def _unknown(design: Design, request: Request) -> list[Diagnostic]:
    """Flows and views that are asked for and not there."""
    wanted = [("flow", flow, tuple(design.reports)) for flow in request.flows]
    if request.view and not request.flows:
        wanted.append(("view", request.view, views_of(design)))
    return [
        Diagnostic(NAME, Severity.ERROR, Span(""), f"the design has no {what} {name!r}", did_you_mean(name, known))
        for what, name, known in wanted
        if name not in known
    ]


def _files(opened: Result[Design | None], folder: Path) -> tuple[Path, ...]:
    """Everything that was read: definitions, those extended too, and what stands beside them."""
    read = [Path(name) for name in opened.value.architecture.sources if name] if opened.value else []
    return tuple(dict.fromkeys((*read, *(folder / name for name in (LAYOUT, PAGE, PROSE)))))


def _around(designs: Path) -> tuple[Path, ...]:
    """A folder of designs and those in it: what a design extends and misses may come there."""
    return (designs, *sorted(p for p in designs.iterdir() if p.is_dir())) if designs.is_dir() else ()


def _state(files: tuple[Path, ...]) -> str:
    """What the files hold, as a short word."""
    digest = hashlib.sha256()
    for path in files:
        try:
            content = path.read_bytes()
        except OSError:
            content = b"\0"
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _moved(diagnostic: Diagnostic, fence: Span, *, by_file: bool) -> Diagnostic:
    """The diagnostic with places of the page; in a file it keeps its own, and a note tells the page."""
    moved = replace(
        diagnostic,
        span=_in_page(diagnostic.span, fence),
        notes=tuple(replace(note, span=_in_page(note.span, fence)) for note in diagnostic.notes),
    )
    if by_file and diagnostic.span.file:
        return replace(moved, notes=(*moved.notes, Note(fence, "shown here")))
    return moved


def _in_page(span: Span, fence: Span) -> Span:
    if span.file:
        return span
    if not span.line or not fence.line:
        return fence
    shift = fence.column - 1
    return Span(fence.file, fence.line + span.line, span.column + shift, span.end_column + shift)
