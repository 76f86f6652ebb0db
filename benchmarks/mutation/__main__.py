"""How many small faults in the routing core the tests notice: `python -m benchmarks.mutation [--sample 400]`.

Runs the tests once to learn which of them execute which line, then each mutant in a process of its own, forked from
one that has collected the tests already. Prints every mutant that was not caught, then the share that was caught of
each file. A sample is tried in the order in which it was drawn: interrupted, it is a smaller sample.
Needs `pip install coverage`.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import settings

from benchmarks.mutation.equivalent import equivalents
from benchmarks.mutation.learn import caches, learned, run
from benchmarks.mutation.mutants import Mutant, apply, mutants_of

FOLDERS = ("docgen/routing", "docgen/kinds")
TESTS = (
    *("tests/routing", "tests/kinds"),
    "tests/test_architectures.py::test_traces_are_as_recorded",
    "tests/test_architectures.py::test_has_no_errors",
    *("tests/analysis", "tests/rules", "tests/loader", "tests/test_api.py"),
)
"""Closest first. Of shipped designs, what is recorded of them: more of that file looks at the same traces again."""
OPTIONS = (
    *("-o", "addopts=--import-mode=importlib", "--hypothesis-profile=mutation", "-s"),
    *("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:terminal"),
    *("-k", "not properties"),
    *("--ignore", "tests/loader/test_schema.py"),
)
"""Left out: properties of random networks take longer than everything else together; the schema holds no code."""
PATIENCE = 10.0
"""Seconds of the processor that a mutant is given; one test may take five more than it should, then it is endless."""
SLOW = 0.3
"""Tests that take longer come last."""
MEMORY = 3 << 30
OUTCOMES = {0: "missed", 2: "missed in time", 3: "not run", 4: "not applied"}
"""By exit status; anything else is "caught": a test failed, or the process ended in another way."""


class Plugin:
    """Lets mutants loose among the tests."""

    def __init__(self, mutants: list[Mutant], workers: int) -> None:
        self._mutants, self._workers = mutants, workers
        self._equivalent = equivalents(mutants)
        self.results: dict[Mutant, str] = {}

    def pytest_runtestloop(self, session: Any) -> bool:
        """Instead of running the tests once."""
        known = learned(session.items, _files(FOLDERS))
        order = Random(1).sample(session.items, len(session.items))
        running: dict[int, Mutant] = {}
        for cache in caches():
            cache.cache_clear()  # what collecting the tests left there would hide mutants
        gc.freeze()
        for mutant in self._mutants:
            covering = known.covering(mutant.path, mutant.line)
            stem = Path(mutant.path).stem
            items = sorted(
                (item for item in order if item.nodeid in covering),
                key=lambda item: (known.seconds[item.nodeid] > SLOW, stem not in item.nodeid, _distance(item.nodeid)),
            )
            while len(running) >= self._workers:
                self._reap(running)
            child = os.fork()
            if not child:
                _try(mutant, items, known.seconds)
            running[child] = mutant
        while running:
            self._reap(running)
        return True

    def _reap(self, running: dict[int, Mutant]) -> None:
        child, status = os.wait()
        mutant = running.pop(child)
        result = self.results[mutant] = OUTCOMES.get(os.waitstatus_to_exitcode(status), "caught")
        if result != "caught":
            known = self._equivalent.get(mutant)
            print(f"{result}: {mutant}" + (f" (equivalent: {known})" if known else ""), flush=True)
        if len(self.results) % 20 == 0:
            print(f"{len(self.results)} of {len(self._mutants)}", file=sys.stderr, flush=True)


def _try(mutant: Mutant, items: list[Any], seconds: dict[str, float]) -> None:
    """In a process of its own: the tests that execute the mutant, until one fails."""
    status = 4
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        apply(mutant)
        status = _run(items, seconds)
    finally:
        os._exit(status)


def _run(items: list[Any], seconds: dict[str, float]) -> int:
    end = time.process_time() + PATIENCE
    for item, following in zip(items, [*items, None][1:], strict=True):
        signal.setitimer(signal.ITIMER_PROF, 5 + 5 * seconds[item.nodeid])
        if run(item, following):
            return 1
        if time.process_time() > end:
            return 2
    return 0 if items else 3


def _distance(test: str) -> int:
    return next(at for at, start in enumerate(TESTS) if test.startswith(start))


def _files(names: Iterable[str]) -> list[str]:
    paths = (p for name in names for p in ([Path(name)] if name.endswith(".py") else Path(name).rglob("*.py")))
    return sorted(path.as_posix() for path in paths)


def _table(results: dict[Mutant, str]) -> Iterator[str]:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant, result in results.items():
        for name in (mutant.path, str(Path(mutant.path).parent), "~all"):
            counted[name][result] += 1
    for name, by_result in sorted(counted.items()):
        caught, total = by_result["caught"], by_result.total()
        yield f"{name.removeprefix('~'):<52} {caught:>5} of {total:>5} ({100 * caught / total:.1f} %)"


def main(arguments: Iterable[str]) -> None:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("paths", nargs="*", default=FOLDERS, help="files or folders")
    parser.add_argument("--sample", type=int, default=0, help="that many of them, by chance (0: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args(list(arguments))
    files = _files(chosen.paths)
    mutants = [m for path in files for m in mutants_of(path)]
    print(f"{len(mutants)} mutants in {len(files)} files", flush=True)
    if chosen.sample:
        mutants = Random(chosen.seed).sample(mutants, min(chosen.sample, len(mutants)))  # in any order
    plugin = Plugin(mutants, chosen.workers)
    settings.register_profile("mutation", deadline=None, database=None, derandomize=True)
    pytest.main([*OPTIONS, *TESTS], plugins=[plugin])
    print(*_table(plugin.results), sep="\n")
    others = {m: r for m, r in plugin.results.items() if m not in equivalents(mutants)}
    print("without those known to change nothing:", *list(_table(others))[-1:], sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
