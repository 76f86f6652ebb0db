"""How many small faults in the routing core the tests notice: `python -m benchmarks.mutation [--sample 400]`.

Runs the tests once to learn which of them execute which line, then each mutant in a process of its own, forked from
one that has collected the tests already. Prints the share that was caught for each file, and every one that was not.
Needs `pip install coverage`.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import coverage
import pytest

from benchmarks.mutation.mutants import Mutant, apply, mutants_of

TESTS = ("tests/routing", "tests/kinds", "tests/analysis", "tests/rules", "tests/test_architectures.py")
OPTIONS = ("-o", "addopts=--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:terminal")
PATIENCE = 30.0
"""Seconds of tests that a mutant is given; endless loops count as caught after three times that."""


class Plugin:
    """Learns what tests execute, then lets mutants loose among them."""

    def __init__(self, mutants: list[Mutant], workers: int) -> None:
        self._mutants, self._workers = mutants, workers
        self._failed = False
        self.results: dict[Mutant, str] = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        self._failed |= report.failed

    def pytest_runtestloop(self, session: Any) -> bool:
        """Instead of running the tests once."""
        paths = {str(Path(m.path).resolve()) for m in self._mutants}
        took, lines = self._learn(session.items, paths)
        if self._failed:
            raise SystemExit("the tests fail as they are")
        running: dict[int, tuple[Mutant, float]] = {}
        for mutant in self._mutants:
            covering = lines[str(Path(mutant.path).resolve()), mutant.function]
            items = sorted((i for i in session.items if i.nodeid in covering), key=lambda i: took[i.nodeid])
            while len(running) >= self._workers:
                self._reap(running)
            child = os.fork()
            if not child:
                self._try(mutant, items)
            running[child] = (mutant, time.monotonic())
        while running:
            self._reap(running)
        return True

    def _learn(self, items: list[Any], paths: set[str]) -> tuple[dict[str, float], dict[tuple[str, str], set[str]]]:
        """How long each test takes, and which tests execute a function."""
        measure = coverage.Coverage(data_file=None, include=sorted(paths), config_file=False)
        took = {}
        measure.start()
        for item in items:
            measure.switch_context(item.nodeid)
            before = time.monotonic()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            took[item.nodeid] = time.monotonic() - before
        measure.stop()
        data = measure.get_data()
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        by_file = {path: data.contexts_by_lineno(path) for path in paths}
        for mutant in self._mutants:
            full = str(Path(mutant.path).resolve())
            found[full, mutant.function] |= set(by_file[full].get(mutant.line, ()))
        return took, found

    def _try(self, mutant: Mutant, items: list[Any]) -> None:
        """In a process of its own: the tests that execute the mutant, until one fails."""
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        signal.alarm(int(PATIENCE * 3))
        apply(mutant)
        end = time.monotonic() + PATIENCE
        for item in items:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if self._failed:
                os._exit(1)
            if time.monotonic() > end:
                os._exit(2)
        os._exit(0 if items else 3)

    def _reap(self, running: dict[int, tuple[Mutant, float]]) -> None:
        child, status = os.wait()
        mutant, _ = running.pop(child)
        ended = os.waitstatus_to_exitcode(status)
        self.results[mutant] = {0: "missed", 2: "missed in time", 3: "not run"}.get(ended, "caught")
        if len(self.results) % 20 == 0:
            print(f"{len(self.results)} of {len(self._mutants)}", file=sys.stderr, flush=True)


def _table(results: dict[Mutant, str]) -> Iterator[str]:
    by_file: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant, result in results.items():
        by_file[mutant.path][result] += 1
    for path, counted in sorted(by_file.items()):
        yield f"{path:<52} {counted['caught']:>5} of {counted.total():>5}"
    caught = sum(r == "caught" for r in results.values())
    yield f"{'all':<52} {caught:>5} of {len(results):>5} ({100 * caught / len(results):.1f} %)"


def main(arguments: Iterable[str]) -> None:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("paths", nargs="*", default=["docgen/routing", "docgen/kinds"], help="files or folders")
    parser.add_argument("--sample", type=int, default=0, help="that many of them, by chance (0: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args(list(arguments))
    files = sorted(
        p for name in chosen.paths for p in ([Path(name)] if name.endswith(".py") else Path(name).rglob("*.py"))
    )
    mutants = [m for path in files for m in mutants_of(path.as_posix())]
    print(f"{len(mutants)} mutants in {len(files)} files")
    if chosen.sample:
        mutants = sorted(Random(chosen.seed).sample(mutants, min(chosen.sample, len(mutants))))
    plugin = Plugin(mutants, chosen.workers)
    pytest.main([*OPTIONS, *TESTS], plugins=[plugin])
    print()
    for mutant, result in sorted(plugin.results.items()):
        if result != "caught":
            print(f"{result}: {mutant}")
    for line in _table(plugin.results):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
