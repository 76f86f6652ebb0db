# Writes files so that none ever stands half-written under its final name: staged beside it, then renamed.
"""write_file, write_files, replace_tree, replace_folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
