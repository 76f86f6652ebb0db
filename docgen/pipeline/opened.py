# Opened designs kept between runs: what was not changed is neither read nor traced again.
#
# In:  folders of designs. Out: what `open_design` gives for each, with remedies worked out, which pages tell; one of
# an earlier run is listed only, and read when somebody asks for more than its outline.
# Never stale: an entry names every file that it was made from, with its hash, and the files that were not there.
"""Listed, open_each."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.core.diagnostic import Diagnostic, Result
from docgen.core.errors import UnreadableInputError
from docgen.pipeline.cache import FigureCache, key_of, words_key
from docgen.pipeline.design import Design, open_design
from docgen.pipeline.packed import UnreadableError, pack, unpack
from docgen.pipeline.spread import spread

if TYPE_CHECKING:
    from docgen.pages.outline import Outline

_MANIFEST, _HEAD, _DESIGN = "manifest", "head", "design"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A design that was opened now or in an earlier run: what is said of it, and itself when somebody asks."""

    slug: str
    outline: Outline
    drawn_from: str
    told_from: str
    read: Callable[[], Design] = field(repr=False, compare=False)

    @cached_property
    def whole(self) -> Design:
        """The design itself."""
        return self.read()


Found = Result["Design | Listed | None"]
Head = tuple[str, "Outline", str, str, tuple[Diagnostic, ...]]
"""What is told of a design before it is read: the fields of Listed, and what it has to say."""
_Fresh = tuple[Head, bytes, dict[str, str]]
"""A design opened now: its head, itself, and what it was made from, {} where a file changed meanwhile."""


def open_each(folders: Sequence[Path], cache: Path | None, workers: int) -> list[Found]:
    """Open designs, those in the cache from there, the others with some processes; the results in their order."""
    if cache is None:
        return [Result(opened.value, opened.diagnostics) for opened in map(open_design, folders)]
    store = FigureCache(cache)
    found: dict[Path, Found] = {}
    for folder in folders:
        if (kept := _kept(store, folder)) is not None:
            found[folder] = kept
    missing = [folder for folder in folders if folder not in found]
    for folder, opened in zip(missing, spread(_opened, missing, workers, _size), strict=True):
        if isinstance(opened, Result):
            found[folder] = opened
            continue
        head, packed, manifest = opened
        found[folder] = _listed(head, partial(unpack, packed))
        if manifest:
            files = {_MANIFEST: json.dumps(manifest).encode(), _HEAD: pack(head), _DESIGN: packed}
            store.store(_key(folder), files)
    return [found[folder] for folder in folders]


def _listed(head: Head, read: Callable[[], Design]) -> Found:
    slug, outline, drawn_from, told_from, diagnostics = head
    listed = Listed(slug=slug, outline=outline, drawn_from=drawn_from, told_from=told_from, read=read)
    return Result(listed, diagnostics)


def _opened(folder: Path) -> _Fresh | Result[None]:
    """A design, or what is wrong with one that could not be made."""
    before = _manifest(folder, ())
    result = open_design(folder)
    design = result.value
    if design is None:
        return Result(None, result.diagnostics)
    head = (design.slug, design.outline, design.drawn_from, design.told_from, result.diagnostics)
    read = design.architecture.sources
    after = _manifest(folder, list(read))
    same = all(after[name] == known for name, known in before.items())
    same = same and all(after[name] == _digest(text.encode(errors="surrogatepass")) for name, text in read.items())
    return head, pack(design), after if same else {}


def _key(folder: Path) -> str:
    return key_of(("opened", words_key(), folder.as_posix()))


def _size(folder: Path) -> float:
    """How long a design takes, roughly."""
    return sum(path.stat().st_size for path in folder.glob("*.yaml"))


def _kept(store: FigureCache, folder: Path) -> Found | None:
    entry = store.load(_key(folder))
    if entry is None:
        return None
    try:
        known = json.loads(entry[_MANIFEST])
        if known != _manifest(folder, list(known)):
            return None
        return _listed(unpack(entry[_HEAD]), partial(_read, entry[_DESIGN], folder))
    except (LookupError, ValueError, TypeError, AttributeError, UnreadableError):
        return None  # of another time, or damaged: opened anew


def _read(packed: bytes, folder: Path) -> Design:
    """A design that was kept.

    Raises:
        UnreadableInputError: it cannot be read, and no more be opened.
    """
    with contextlib.suppress(UnreadableError):
        kept: Design = unpack(packed)
        return kept
    opened = open_design(folder).value
    if opened is None:
        raise UnreadableInputError(f"{folder} was changed while it was read")
    return opened


def _manifest(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """Hashes of the files in a design's folder and of others by name; "" for one that is not there."""
    beside = [path.as_posix() for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    return {name: _hash(Path(name)) for name in sorted({*beside, *names})}


def _hash(path: Path) -> str:
    return _digest(path.read_bytes()) if path.is_file() else ""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
