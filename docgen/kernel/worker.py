# The process that touches the kernel: reads one job, moves into a network of its own, builds, asks, answers.
#
# `python -m docgen.kernel.worker PARENT` with a job as JSON on standard input; the outcomes as JSON on standard
# output. It ends with the process PARENT.
"""main."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from docgen.kernel.blueprint import Outcome, Probe
from docgen.kernel.echo import Echo
from docgen.kernel.namespaces import KernelError, Namespaces, build, isolate

MOST_FILES = 8192
"""Namespaces, servers, clients and notices: each is an open file."""
MOST_AT_ONCE = 400
"""Probes under way at once."""


def answer(job: dict[str, Any]) -> list[dict[str, Any]]:
    """What became of each probe of a job."""
    made = build(job)
    probes = [Probe(**p) for p in job["probes"]]
    found: dict[int, Outcome] = {}
    for indexes in rounds(probes):
        found |= zip(indexes, _ask(made, job, [probes[i] for i in indexes]), strict=True)
    return [asdict(found[i]) for i in range(len(probes))]


def rounds(probes: Sequence[Probe]) -> list[list[int]]:
    """Indexes of probes that may be under way at once: not more than a process may have sockets, no two from one
    port, and none to a port that another asks from. A dropped packet is known by either of its ports."""
    made: list[tuple[list[int], set[tuple[str, int]], set[tuple[str, int]]]] = []
    for index, probe in enumerate(probes):
        own, asked = (probe.protocol, probe.source_port), (probe.protocol, probe.port)
        for held, askers, servers in made:
            if len(held) < MOST_AT_ONCE and own not in askers and own not in servers and asked not in askers:
                break
        else:
            held, askers, servers = [], set(), set()
            made.append((held, askers, servers))
        held.append(index)
        askers.add(own)
        servers.add(asked)
    return [held for held, _, _ in made]


def _ask(made: Namespaces, job: dict[str, Any], probes: Sequence[Probe]) -> list[Outcome]:
    with Echo() as echo:
        for name in job["namespaces"]:
            with made.inside(name):
                echo.watch()
        for name, protocol, port in job["listeners"]:
            with made.inside(name):
                echo.listen(name, protocol, port)
        for index, probe in enumerate(probes):
            with made.inside(probe.namespace):
                echo.ask(index, probe)
        found = echo.outcomes(probes)
    for index, (probe, outcome) in enumerate(zip(probes, found, strict=True)):
        silent = not (outcome.answered or outcome.error or outcome.stranger or outcome.drops)
        if silent and probe.meant and made.is_stuck(probe.meant, probe.source_address):
            found[index] = replace(outcome, stuck=True)
    return found


def main() -> int:
    """Answer one job, or say in one line why not."""
    try:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, MOST_FILES)), hard))
        isolate(int(sys.argv[1]))
        found = answer(json.load(sys.stdin))
    except (KernelError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
