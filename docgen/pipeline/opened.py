# Opened designs kept between runs: what was not changed is neither read nor traced again.
#
# In:  folders of designs. Out: what `open_design` gives for each, with remedies worked out, which pages tell.
# Never stale: an entry names every file that it was made from, with its hash, and the files that were not there.
"""open_each."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docgen.core.diagnostic import Result
from docgen.pipeline.cache import FigureCache, key_of, words_key
from docgen.pipeline.design import Design, open_design
from docgen.pipeline.spread import spread

_MANIFEST, _DESIGN = "manifest", "design"
_HELPERS = {("docgen.pipeline.spread", "_read_only"), ("builtins", "frozenset"), ("builtins", "set")}
_MODULES = ("ipaddress", "pathlib", "datetime", "collections")
"""Of the standard library: what the values of a design are made of."""


def open_each(folders: Sequence[Path], cache: Path | None, workers: int) -> list[Result[Design | None]]:
    """Open designs, those in the cache from there, the others with some processes; the results in their order."""
    if cache is None:
        return [open_design(folder) for folder in folders]
    store = FigureCache(cache)
    found: dict[Path, Result[Design | None]] = {}
    for folder in folders:
        if (kept := _kept(store, folder)) is not None:
            found[folder] = kept
    missing = [folder for folder in folders if folder not in found]
    for folder, (packed, manifest) in zip(missing, spread(_opened, missing, workers, _size), strict=True):
        found[folder] = pickle.loads(packed)
        if manifest:
            store.store(_key(folder), {_MANIFEST: json.dumps(manifest).encode(), _DESIGN: packed})
    return [found[folder] for folder in folders]


def _opened(folder: Path) -> tuple[bytes, dict[str, str]]:
    """A design, and what it was made from; nothing where no design could be made, or a file changed meanwhile."""
    before = _manifest(folder, ())
    result = open_design(folder)
    packed = pickle.dumps(result, protocol=5)
    if result.value is None:
        return packed, {}
    read = result.value.architecture.sources
    after = _manifest(folder, list(read))
    same = all(after[name] == known for name, known in before.items())
    same = same and all(after[name] == _digest(text.encode(errors="surrogatepass")) for name, text in read.items())
    return packed, after if same else {}


def _key(folder: Path) -> str:
    return key_of(("opened", words_key(), folder.as_posix()))


def _size(folder: Path) -> float:
    """How long a design takes, roughly."""
    return sum(path.stat().st_size for path in folder.glob("*.yaml"))


def _kept(store: FigureCache, folder: Path) -> Result[Design | None] | None:
    entry = store.load(_key(folder))
    if entry is None:
        return None
    try:
        known = json.loads(entry[_MANIFEST])
        if known != _manifest(folder, list(known)):
            return None
        kept: Result[Design | None] = _Reader(io.BytesIO(entry[_DESIGN])).load()
    except (KeyError, ValueError, TypeError, AttributeError, ImportError, EOFError, pickle.UnpicklingError):
        return None  # of another time, or damaged: opened anew
    return kept


def _manifest(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """Hashes of the files in a design's folder and of others by name; "" for one that is not there."""
    beside = [path.as_posix() for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    return {name: _hash(Path(name)) for name in sorted({*beside, *names})}


def _hash(path: Path) -> str:
    return _digest(path.read_bytes()) if path.is_file() else ""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_own(found: object, module: str, name: str) -> bool:
    """Whether this is a class of that module: `subprocess.Popen` would be found in whichever imports `subprocess`."""
    return isinstance(found, type) and (found.__module__, found.__qualname__) == (module, name)


class _Reader(pickle.Unpickler):
    """Makes values of docgen's own classes and a few plain ones; a cache that somebody else wrote calls nothing."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of this name.

        Raises:
            UnpicklingError: it is none of those.
        """
        known = module.split(".", maxsplit=1)[0] in ("docgen", "builtins", *_MODULES)
        found = super().find_class(module, name) if known else None
        if (module, name) in _HELPERS or (module != "builtins" and _is_own(found, module, name)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a design")
