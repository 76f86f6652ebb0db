"""Checks a wheel: under 10 MB, and holding every file of `docgen/` that git knows. `python .ci/wheel.py WHEEL`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

MOST = 10_000_000
"""Bytes."""
NOT_SHIPPED = ("/README.md",)
"""For those who work on docgen; they may come along."""


def main(wheel: Path) -> int:
    """Print what is wrong."""
    known = subprocess.run(["git", "ls-files", "docgen"], capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    held = set(ZipFile(wheel).namelist())
    missing = [name for name in filter(None, known) if name not in held and not name.endswith(NOT_SHIPPED)]
    size = wheel.stat().st_size
    sys.stdout.write(f"{wheel.name}: {size:,} bytes, {len(held)} files\n")
    for name in missing:
        sys.stderr.write(f"{name} is not in the wheel\n")
    if size > MOST:
        sys.stderr.write(f"the wheel has {size:,} bytes; at most {MOST:,}\n")
    return int(bool(missing) or size > MOST)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
