# Writes files so that none ever stands half-written under its final name: staged beside it, then renamed; and tells
# which of those that somebody keeps are not what would be written.
"""write_file and its kin, replace_tree, folder_beside, replace_folder; Stale, stale_files, stale_tree."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from docgen.core.data import dataclass
from docgen.pipeline.staging import exchanged, staging

_ATTEMPTS = 20

MISSING, DIFFERS, LEFT = "missing", "differs", "no longer made"
"""What is wrong with a file that somebody keeps."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A file that is not what would be written."""

    path: Path
    how: str
    """`MISSING`, `DIFFERS` or `LEFT`."""


def write_file(path: Path, content: bytes) -> None:
    """Write one file, its folder too; a reader sees the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with staging(path.parent) as folder:
        staged = folder / "0"
        staged.write_bytes(content)
        staged.replace(path)


def write_named(path: Path, content: bytes) -> None:
    """The same for a path that the user gave, which may be a device or a pipe: `/dev/null` stays what it is."""
    if path.is_char_device() or path.is_fifo():
        path.write_bytes(content)
    else:
        write_file(path, content)


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, all staged before the first appears; the paths in the same order.

    Args:
        folder: Made where it is not there; what else stands in it stays.
        files: Content by file name, or by relative path with slashes.

    Raises:
        ValueError: a name leads out of the folder.
        OSError: a link in the folder leads out of it.
    """
    for name in files:
        _inside(name)
    folder.mkdir(parents=True, exist_ok=True)
    home = folder.resolve()
    with staging(folder) as staged:
        for at, content in enumerate(files.values()):
            (staged / str(at)).write_bytes(content)
        for at, name in enumerate(files):
            target = folder / name
            if not target.parent.resolve().is_relative_to(home):
                raise OSError(errno.ELOOP, "a link leads out of the folder that is written to", str(target.parent))
            target.parent.mkdir(parents=True, exist_ok=True)
            (staged / str(at)).replace(target)
    return tuple(folder / name for name in files)


def replace_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder with these files, named by paths with slashes, in the place of another.

    Raises:
        ValueError: a path leads out of the folder.
    """
    for name in files:
        _inside(name)
    with folder_beside(folder) as staged:
        for name, content in files.items():
            path = staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        replace_folder(staged, folder)


@contextmanager
def folder_beside(final: Path) -> Iterator[Path]:
    """An empty folder on the disk of another, to be filled and put in its place; gone at the end where it was not."""
    home = final.resolve().parent
    home.mkdir(parents=True, exist_ok=True)
    with staging(home) as staged:
        yield staged


def _inside(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if Path(name).is_absolute() or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"not a path inside the folder: {name!r}")


def replace_folder(staged: Path, final: Path) -> None:
    """Put a finished folder in the place of another, in one step where the system can; then the old one goes.

    Where `final` is a link to a folder, the link stays and what it leads to is replaced.
    """
    final = final.resolve()
    for _ in range(_ATTEMPTS):
        if final.is_dir() and exchanged(staged, final):
            shutil.rmtree(staged, ignore_errors=True)
            return
        try:
            staged.rename(final)  # nothing there, or an empty folder
            return
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        retired = staged.with_name("old")
        try:
            final.rename(retired)
        except FileNotFoundError:
            continue  # another build is between its two steps
        try:
            staged.rename(final)
        except OSError:
            retired.rename(final)
            raise
        shutil.rmtree(retired, ignore_errors=True)
        return
    raise OSError(errno.EBUSY, "others write to it all the time", str(final))


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
