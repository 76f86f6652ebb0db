# Bytes of a file that belongs to a design: bounded, an ordinary file, and of the folder of designs itself.
#
# In:  a path. Out: its bytes. A design may come from a stranger: no link in it may show what else is on the machine.
"""read_own."""

from __future__ import annotations

import stat
from pathlib import Path

from docgen.core.errors import UnreadableInputError
from docgen.loader.document import MAX_BYTES


def read_own(path: Path, *, named: bool = False) -> bytes:
    """The first bytes of a file of a design, one more than any such file may have.

    Args:
        path: The file.
        named: The user gave this very path: a pipe or a link is then what was meant.

    Raises:
        FileNotFoundError: there is none.
        UnreadableInputError: it is no ordinary file, it cannot be opened, or it is a link that leads out of the
            folder in which the designs stand.
    """
    name = path.as_posix()
    try:
        if not named and path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve().parent):
            raise UnreadableInputError(f"{name}: a link that leads out of the folder of designs is not followed")
        if not named and not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableInputError(f"{name}: no ordinary file")
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise
    except (OSError, RuntimeError) as error:  # a circle of links is a RuntimeError
        raise UnreadableInputError(f"{name}: {getattr(error, 'strerror', '') or error}") from error
