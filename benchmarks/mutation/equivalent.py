"""Faults that nobody can see: `equivalent.yaml` says of each why no input tells it from the program as it is.

They stay among the mutants and count as missed; a second share leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from benchmarks.mutation.mutants import Mutant


def equivalents(mutants: Iterable[Mutant]) -> dict[Mutant, str]:
    """Those of these that are known to change nothing, each with the reason."""
    text = Path(__file__).with_name("equivalent.yaml").read_text(encoding="utf-8")
    known = {(e["file"], e["function"], e["what"], e["line"]): e["why"] for e in yaml.safe_load(text) or ()}
    found = {}
    for mutant in mutants:
        line = Path(mutant.path).read_text(encoding="utf-8").splitlines()[mutant.line - 1].strip()
        why = known.get((mutant.path, mutant.function, mutant.what, line))
        if why is not None:
            found[mutant] = why
    return found
