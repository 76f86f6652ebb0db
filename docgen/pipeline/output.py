# Writes files so that none ever stands half-written under its final name: staged beside it, then renamed; and tells
# which of those that somebody keeps are not what would be written.
"""write_file, write_files, replace_tree, replace_folder; Stale, stale_files, stale_tree."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

MISSING, DIFFERS, LEFT = "missing", "differs", "no longer made"
"""What is wrong with a file that somebody keeps."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A file that is not what would be written."""

    path: Path
    how: str
    """`MISSING`, `DIFFERS` or `LEFT`."""


def write_file(path: Path, content: bytes) -> None:
    """Write one file; a reader sees the old content or the new, never a part."""
    descriptor, staged = tempfile.mkstemp(prefix=".docgen-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(staged).chmod(0o666 & ~_umask())
        Path(staged).replace(path)
    except BaseException:
        Path(staged).unlink(missing_ok=True)
        raise


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, all staged before the first appears; the paths in the same order.

    Args:
        folder: Made where it is not there; what else stands in it stays.
        files: Content by file name, or by relative path with slashes.

    Raises:
        ValueError: a name leads out of the folder.
    """
    for name in files:
        _inside(name)
    folder.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".docgen-", dir=folder))
    try:
        for at, content in enumerate(files.values()):
            (staging / str(at)).write_bytes(content)
        for at, name in enumerate(files):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / str(at)).replace(folder / name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return tuple(folder / name for name in files)


def replace_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder with these files, named by paths with slashes, in the place of another.

    Raises:
        ValueError: a path leads out of the folder.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in files.items():
            _inside(name)
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        staging.chmod(0o777 & ~_umask())
        replace_folder(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _inside(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if Path(name).is_absolute() or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"not a path inside the folder: {name!r}")


def replace_folder(staged: Path, final: Path) -> None:
    """Put a finished folder in the place of another; the old one goes only when the new one stands."""
    final.parent.mkdir(parents=True, exist_ok=True)
    if not final.exists():
        staged.rename(final)
        return
    retired = Path(tempfile.mkdtemp(prefix=f".{final.name}-", dir=final.parent))
    final.rename(retired / "old")
    try:
        staged.rename(final)
    except OSError:
        (retired / "old").rename(final)
        raise
    finally:
        shutil.rmtree(retired, ignore_errors=True)


def stale_files(
    folder: Path, files: Mapping[str, bytes], left: Callable[[str], bool] | None = None
) -> tuple[Stale, ...]:
    """Which files of a folder are not as these, named by paths with slashes; writes nothing.

    Args:
        folder: Where they are kept; it may be missing.
        files: What would be written.
        left: Whether a file that would not be written is one of ours, written once; None: no other file is told.
    """
    return _stale(folder, files, files.__getitem__, left)


def stale_tree(folder: Path, made: Path, apart_from: Callable[[str], bool]) -> tuple[Stale, ...]:
    """The same against a folder that was just made, for one that is replaced as a whole.

    Args:
        folder: What somebody keeps.
        made: What would stand there.
        apart_from: Files that are not looked at.
    """
    names = [name for name in _names(made) if not apart_from(name)]
    return _stale(folder, names, lambda name: (made / name).read_bytes(), lambda name: not apart_from(name))


def _stale(
    folder: Path, names: Iterable[str], content: Callable[[str], bytes], left: Callable[[str], bool] | None
) -> tuple[Stale, ...]:
    found = []
    for name in names:
        path = folder / name
        if not path.is_file():
            found.append(Stale(path, MISSING))
        elif path.read_bytes() != content(name):
            found.append(Stale(path, DIFFERS))
    known = set(names)
    others = [name for name in _names(folder) if name not in known and left(name)] if left else []
    return (*found, *(Stale(folder / name, LEFT) for name in others))


def _names(folder: Path) -> list[str]:
    """Every file of a folder by its path with slashes, in order; links to folders are not followed."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
