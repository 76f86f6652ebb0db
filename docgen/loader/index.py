# The order of the designs: architectures/index.yaml.
#
# In:  the folder of the designs. Out: chapters with the slugs of their designs.
"""load_index."""

from __future__ import annotations

from pathlib import Path

from docgen.core.data import dataclass
from docgen.core.diagnostic import Result
from docgen.core.errors import UnreadableInputError
from docgen.core.names import did_you_mean
from docgen.core.span import Span
from docgen.loader.document import read
from docgen.loader.nodes import Mapping, Node, Scalar, Sequence, describe, quoted
from docgen.loader.own import read_own
from docgen.loader.report import Reporter, TooManyError
from docgen.loader.source import FILE
from docgen.loader.texts import check_id, check_text

INDEX = "index.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Designs that belong together."""

    title: str
    slugs: tuple[str, ...]
    summary: str = ""
    """Its idea in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """All chapters, in the order of the site."""

    chapters: tuple[Chapter, ...] = ()

    @property
    def slugs(self) -> tuple[str, ...]:
        """All designs, in order."""
        return tuple(slug for chapter in self.chapters for slug in chapter.slugs)


def load_index(folder: Path) -> Result[Index]:
    """Read the index of a folder of designs.

    Designs that are not in it are left out of the site's order and reported, as are slugs without a folder.

    Raises:
        UnreadableInputError: there is no index, or it cannot be opened.
    """
    path = Path(folder) / INDEX
    try:
        data = read_own(path)
    except OSError as error:
        raise UnreadableInputError(f"{path.as_posix()}: {error.strerror or error}") from error
    reader = _Reader(Path(folder), Reporter())
    index = Index()
    try:
        node, _ = read(data, path.as_posix(), reader.report)
        index = Index() if node is None else reader.index(node)
    except TooManyError:
        pass
    return Result(index, reader.report.diagnostics())


class _Reader:
    def __init__(self, folder: Path, report: Reporter) -> None:
        self.report = report
        self._designs = sorted(p.parent.name for p in folder.glob(f"*/{FILE}"))
        self._seen: dict[str, Span] = {}

    def index(self, node: Node) -> Index:
        if not isinstance(node, Mapping):
            self._wrong(node, "an index", "a block of keys")
            return Index()
        self._refuse_unknown(node, "an index", ("version", "chapters"))
        chapters = node.get("chapters")
        if chapters is None or not isinstance(chapters.value, Sequence):
            self._wrong(chapters.value if chapters else node, "`chapters`", "a list")
            return Index()
        found = tuple(c for item in chapters.value.items if (c := self._chapter(item)))
        for slug in self._designs:
            if slug not in self._seen:
                self.report.warning(
                    "DGY-33",
                    chapters.key.span,
                    f"the design {quoted(slug)} is in no chapter",
                    "add it where it belongs",
                )
        return Index(chapters=found)

    def _chapter(self, node: Node) -> Chapter | None:
        if not isinstance(node, Mapping):
            self._wrong(node, "a chapter", "a block with `title` and `slugs`")
            return None
        self._refuse_unknown(node, "a chapter", ("title", "summary", "slugs"))
        title, slugs = node.get("title"), node.get("slugs")
        if title is None or slugs is None or not isinstance(slugs.value, Sequence):
            self.report.error(
                "DGY-33",
                node.span,
                "a chapter has a `title` and a list of `slugs`",
                "for example `{title: The way out, slugs: [nat-egress]}`",
            )
            return None
        text = check_text(title.value, "`title` of a chapter", self.report) or ""
        summary = node.get("summary")
        told = check_text(summary.value, "`summary` of a chapter", self.report) if summary else None
        known = tuple(s for item in slugs.value.items if (s := self._slug(item)))
        return Chapter(title=text, slugs=known, summary=told or "")

    def _slug(self, node: Node) -> str | None:
        if not isinstance(node, Scalar):
            self._wrong(node, "a slug", "the name of a folder")
            return None
        slug = check_id(node, "design", self.report)
        if slug is None:
            return None
        if slug in self._seen:
            self.report.error("DGY-33", node.span, f"the design {quoted(slug)} stands in the index twice")
            return None
        if slug not in self._designs:
            self.report.error(
                "DGY-33", node.span, f"there is no design {quoted(slug)}", did_you_mean(slug, self._designs)
            )
            return None
        self._seen[slug] = node.span
        return slug

    def _refuse_unknown(self, node: Mapping, what: str, known: tuple[str, ...]) -> None:
        for entry in node.entries:
            if entry.key.text not in known:
                self.report.error(
                    "DGY-13",
                    entry.key.span,
                    f"{what} has no key {quoted(entry.key.text)}",
                    did_you_mean(entry.key.text, known),
                )

    def _wrong(self, node: Node, what: str, wanted: str) -> None:
        self.report.error("DGY-14", node.span, f"{what} wants {wanted}, found {describe(node)}")
