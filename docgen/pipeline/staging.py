# A place beside what is written, for what is not whole yet; and no trace of it once the writer is gone.
#
# In:  a folder. Out: a folder in it that only its writer touches. A writer holds a lock on it, which the system takes
# away when the process ends; so a later writer knows what was left by one that was killed, and takes that out.
"""Staging, exchanged."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX, _SIGN = ".docgen-", "staged-by-docgen"
_NAME = re.compile(re.escape(_PREFIX) + "[a-z0-9_]{8}")
_AT_FDCWD, _EXCHANGE = -100, 2  # of renameat2(2)


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A new folder in this one, gone at the end with all that is left in it; and with those of killed writers."""
    while True:
        made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
        lock = _lock(made)
        if lock is not None and made.is_dir():  # else another writer took it for a dead one's, between the two
            break
    try:
        (made / _SIGN).touch()
        sweep(folder)
        inside = made / "new"
        inside.mkdir()
        yield inside
    finally:
        shutil.rmtree(made, ignore_errors=True)
        _unlock(lock)


def sweep(folder: Path) -> None:
    """Take out what killed writers left in a folder: what bears our sign, or is empty, and has no owner any more."""
    with contextlib.suppress(OSError):
        for path in [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]:
            if path.is_dir() and not path.is_symlink():
                _sweep_one(path)


def _sweep_one(path: Path) -> None:
    names = [inside.name for inside in path.iterdir()]
    if names and _SIGN not in names:
        return
    lock = _lock(path)
    if lock is not None and lock >= 0:
        shutil.rmtree(path, ignore_errors=True)
        _unlock(lock)


def _lock(folder: Path) -> int | None:
    """Hold a folder: a descriptor, -1 where the system has no such locks, None where somebody else has it."""
    if sys.platform == "win32":
        return -1
    import fcntl

    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        return None if error.errno in (errno.EWOULDBLOCK, errno.EACCES) else -1
    return descriptor


def _unlock(lock: int | None) -> None:
    if lock is not None and lock >= 0:
        os.close(lock)


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders change names in one step, so that neither is ever missing; False where the system cannot."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)
