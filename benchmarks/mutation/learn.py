"""Which tests execute a line, and how long they take.

Takes collected tests, gives what was learned of them once; kept in `build/mutation/` while nothing changes in
`docgen/` and `tests/`.
"""

from __future__ import annotations

import functools
import gc
import hashlib
import json
import os
import time
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage

from benchmarks.mutation.mutants import lines_with_code

KEPT = Path("build/mutation")


@dataclass(frozen=True)
class Learned:
    """What one run of all tests showed."""

    seconds: dict[str, float]
    """Time of the processor, by test."""
    tests: dict[str, dict[str, list[int]]]
    """By file and line: the tests that execute it, as their places in `seconds`."""

    def covering(self, path: str, line: int) -> set[str]:
        """The tests that execute a line; of one without code, those of the line that it belongs to."""
        lines = sorted(lines_with_code(path))
        at = lines[bisect_right(lines, line) - 1]
        names = list(self.seconds)
        return {names[place] for place in self.tests.get(path, {}).get(str(at), ())}


def learned(items: list[Any], paths: Iterable[str]) -> Learned:
    """From an earlier run, or from one in a process of its own: what tests leave behind must not meet the mutants.

    Raises:
        SystemExit: A test fails as things are.
    """
    kept = KEPT / f"{_digest(items)}.json"
    if not kept.is_file():
        child = os.fork()
        if not child:
            failed = True
            try:
                kept.parent.mkdir(parents=True, exist_ok=True)
                failed = _learn(items, sorted(paths), kept)
            finally:
                os._exit(failed)
        _, status = os.waitpid(child, 0)
        if status:
            raise SystemExit("the tests fail as they are")
    return Learned(**json.loads(kept.read_text(encoding="utf-8")))


def caches() -> list[Any]:
    """Every `functools.cache` of the process: what it keeps of one test hides from the next what it would execute."""
    return [thing for thing in gc.get_objects() if type(thing) is functools._lru_cache_wrapper]


def run(item: Any, following: Any = None) -> bool:
    """Run one test; whether it failed."""
    from _pytest.runner import runtestprotocol

    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def _learn(items: list[Any], paths: list[str], kept: Path) -> bool:
    measure = coverage.Coverage(data_file=None, include=paths, config_file=False)
    seconds, failed = {}, False
    kept_between = caches()
    measure.start()
    for item in items:
        for cache in kept_between:
            cache.cache_clear()
        measure.switch_context(item.nodeid)
        before = time.process_time()
        if run(item):
            failed = True
            print(f"fails: {item.nodeid}", flush=True)
        seconds[item.nodeid] = time.process_time() - before
    measure.stop()
    data = measure.get_data()
    places = {name: place for place, name in enumerate(seconds)}
    by_file = {path: data.contexts_by_lineno(str(Path(path).resolve())) for path in paths}
    tests = {p: {line: [places[t] for t in found] for line, found in lines.items()} for p, lines in by_file.items()}
    if not failed:
        kept.write_text(json.dumps({"seconds": seconds, "tests": tests}), encoding="utf-8")
    return failed


def _digest(items: list[Any]) -> str:
    content = hashlib.sha256("\n".join(item.nodeid for item in items).encode())
    for path in sorted(p for folder in ("docgen", "tests") for p in Path(folder).rglob("*") if p.is_file()):
        if "__pycache__" not in path.parts:
            content.update(path.read_bytes())
    return content.hexdigest()[:16]
