# `--check` of commands that write: compares with what stands there, and says which files are stale.
"""check_option, tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from docgen.pipeline.output import Stale

check_option = click.option(
    "--check",
    "check_only",
    is_flag=True,
    help="Write nothing; leave with 1 where what stands there is not what would be written, and name each file.",
)


def tell(stale: Sequence[Stale], made: int) -> int:
    """Print every stale file and a sum; the exit code.

    Args:
        stale: What is not as it would be written.
        made: How many files would be written.
    """
    from docgen.core.terminal import visible_path
    from docgen.pipeline.output import LEFT

    for one in stale:
        click.echo(f"{visible_path(one.path)}: {one.how}")
    if not stale:
        click.echo(f"{_files(made)} up to date")
        return 0
    counts = Counter(one.how for one in stale)
    click.echo(f"{_files(len(stale))} stale: " + ", ".join(f"{count} {how}" for how, count in counts.items()))
    remove = "; remove what is no longer made" if counts[LEFT] else ""
    click.echo(f"  hint: the same command without --check writes them anew{remove}")
    return 1


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"
