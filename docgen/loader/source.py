# Files of a design: its own definition and those that it grows from.
#
# In:  a folder or a file, or text. Out: one tree with `extends` and the variant merged in, and the texts read.
"""read_design."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from docgen.core.diagnostic import Note
from docgen.core.errors import UnknownNameError, UnreadableInputError
from docgen.core.names import did_you_mean
from docgen.core.span import Span
from docgen.loader.document import read
from docgen.loader.nodes import Mapping, Node, Scalar, describe, quoted
from docgen.loader.own import read_own
from docgen.loader.patch import is_null, merge
from docgen.loader.report import Reporter
from docgen.loader.texts import ID

FILE = "architecture.yaml"
MAX_STEPS = 50
_OWN = ("version", "title", "summary", "extends", "variants")
"""What a design does not hand on to those that extend it."""
_SLUG = re.compile(ID)


@dataclass(slots=True)
class Sources:
    """Reads definitions, remembering their texts."""

    reporter: Reporter
    texts: dict[str, str] = field(default_factory=dict)

    def file(self, path: Path, steps: tuple[str, ...] = (), *, named: bool = False) -> Mapping | None:
        """The merged tree of a file; `named` where the user gave this very path."""
        data = read_own(path, named=named)
        return self.text(data, path.as_posix(), path.parent, steps)

    def text(self, data: str | bytes, name: str, folder: Path | None, steps: tuple[str, ...] = ()) -> Mapping | None:
        """The merged tree of a text that stands in a folder."""
        node, text = read(data, name, self.reporter)
        self.texts[name] = text
        if node is None:
            return None
        if not isinstance(node, Mapping):
            self.reporter.error(
                "DGY-14",
                node.span,
                f"a definition is a block of keys, found {describe(node)}",
                "begin with `version: 1` and a `title`",
            )
            return None
        return self._extended(node, folder, steps)

    def _extended(self, root: Mapping, folder: Path | None, steps: tuple[str, ...]) -> Mapping | None:
        entry = root.get("extends")
        if entry is None or is_null(entry.value):
            return root
        path = self._base_path(entry.value, folder, steps)
        if path is None:
            return root
        slug = slug_of(entry.value)
        if not path.is_file():
            self._missing(entry.value, slug, path)
            return None
        try:
            base = self.file(path, (*steps, _slug(folder), slug))
        except (OSError, UnreadableInputError) as error:
            self.reporter.error("DGY-26", entry.value.span, f"cannot read the design {quoted(slug)}: {error}")
            return None
        if base is None:
            return None
        own = {e.key.text for e in root.entries}
        patch = root.without(*_OWN)
        merged = merge(base.without(*_OWN), patch, self.reporter)
        assert isinstance(merged, Mapping)
        kept = tuple(e for e in root.entries if e.key.text in _OWN and e.key.text in own)
        return Mapping((*kept, *merged.entries), root.span)

    def _base_path(self, node: Node, folder: Path | None, steps: tuple[str, ...]) -> Path | None:
        slug = slug_of(node)
        if not slug:
            self.reporter.error(
                "DGY-26",
                node.span,
                f"`extends` wants the name of a folder beside this one, found {describe(node)}",
                "a plain name without `/`",
            )
            return None
        if folder is None:
            self.reporter.error(
                "DGY-26",
                node.span,
                "`extends` needs a file in a folder; this text has none",
                "save it as architectures/<name>/architecture.yaml",
            )
            return None
        chain = (*steps, _slug(folder))
        if slug in chain or len(steps) > 2 * MAX_STEPS:
            ways = " -> ".join((*dict.fromkeys(chain), slug))
            self.reporter.error(
                "DGY-26", node.span, f"`extends` goes round in a circle: {ways}", "one of them has to stand alone"
            )
            return None
        return Path(os.path.normpath(folder / ".." / slug / FILE))

    def _missing(self, node: Node, slug: str, path: Path) -> None:
        folder = path.parent.parent
        known = sorted(p.parent.name for p in folder.glob(f"*/{FILE}")) if folder.is_dir() else []
        self.reporter.error(
            "DGY-26", node.span, f"there is no design {quoted(slug)} to extend", did_you_mean(slug, known)
        )


def slug_of(node: Node) -> str:
    """The name of a folder that `extends` gives; "" where it is none, a path for example."""
    if isinstance(node, Scalar) and _SLUG.fullmatch(node.text) and ".." not in node.text:
        return node.text
    return ""


def _slug(folder: Path | None) -> str:
    return folder.resolve().name if folder is not None else ""


def apply_variant(root: Mapping, variant: str, reporter: Reporter) -> Mapping:
    """The tree with the changes of one of its variants.

    Raises:
        UnknownNameError: the definition has no such variant.
    """
    block = root.get("variants")
    variants = block.value if block and isinstance(block.value, Mapping) else Mapping((), root.span)
    found = variants.get(variant)
    if found is None:
        raise UnknownNameError("variant", variant, (e.key.text for e in variants.entries))
    changes = found.value.get("changes") if isinstance(found.value, Mapping) else None
    if changes is None or not isinstance(changes.value, Mapping):
        return root
    for entry in changes.value.entries:
        if entry.key.text in _OWN:
            reporter.error(
                "DGY-27",
                entry.key.span,
                f"a variant cannot change `{entry.key.text}`",
                "it changes components and flows",
                Note(found.key.span, "the variant"),
            )
    merged = merge(root, changes.value.without(*_OWN), reporter)
    assert isinstance(merged, Mapping)
    return Mapping(merged.entries, root.span)


def start_of(root: Mapping) -> Span:
    """Where a definition begins."""
    return Span(root.span.file, 1, 1, 2)
