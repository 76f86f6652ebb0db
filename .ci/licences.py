"""Licences of what docgen needs at run time, from the metadata of what is installed: `docs/licences.md`.

`python .ci/licences.py` prints the table; with `--check` it leaves with 1 where the file is not what it would print.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

FILE = Path(__file__).parents[1] / "docs/licences.md"
HEAD = """\
# Licences of dependencies

What `pip install docgen` brings, by the packages' own metadata; written by `python .ci/licences.py`.

| package | licence |
|---|---|
"""
KNOWN = {"resvg-py": "MIT"}
"""Where the metadata is silent: what the package's own files say."""


def names() -> list[str]:
    """docgen's requirements, and theirs, without extras."""
    found: set[str] = set()
    wanted = ["docgen"]
    while wanted:
        name = wanted.pop()
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # of another platform
        for text in requires:
            match = re.match(r"[\w.-]+", text)
            if match and "extra ==" not in text and (other := _plain(match[0])) not in found:
                found.add(other)
                wanted.append(other)
    return sorted(name for name in found if _installed(name))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def licence(package: Distribution) -> str:
    """What the metadata says: the expression, else classifiers, else the first line of the free text."""
    meta = package.metadata
    given = str(meta.get("License-Expression") or "")
    classified = [c.rpartition(" :: ")[2] for c in meta.get_all("Classifier") or [] if c.startswith("License :: OSI")]
    free = str(meta.get("License") or "").strip().split("\n")[0]
    return given or ", ".join(sorted(classified)) or free[:60] or KNOWN.get(_plain(meta["Name"]), "not stated")


def table() -> str:
    """The whole file."""
    return HEAD + "".join(f"| {name} | {licence(distribution(name))} |\n" for name in names())


def main() -> int:
    """Print, or compare."""
    made = table()
    if "--check" not in sys.argv[1:]:
        sys.stdout.write(made)
        return 0
    if FILE.read_text(encoding="utf-8") == made:
        return 0
    sys.stderr.write(
        f"{FILE.name} is not what is installed; look at it after: python .ci/licences.py > docs/licences.md\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
