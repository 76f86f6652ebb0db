# Runs blueprints: one worker process each, which ends with us, with its job, or with its time.
"""ask, why_not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from docgen.kernel.blueprint import Blueprint, Outcome, Probe, outcome_of

JOB_SECONDS = 90
"""How long building and asking may take."""


class ProvingError(RuntimeError):
    """The kernel could not be asked; the text says why."""


def ask(plan: Blueprint) -> tuple[Outcome, ...]:
    """Build what a blueprint says, send its probes, and take everything away.

    Raises:
        ProvingError: it could not be built, or took too long.
    """
    here = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH", ""))))
    command = [sys.executable, "-m", "docgen.kernel.worker", str(os.getpid())]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(plan.job()),
            capture_output=True,
            text=True,
            check=False,
            timeout=JOB_SECONDS,
            env={**os.environ, "PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired:
        raise ProvingError(f"the kernel did not answer within {JOB_SECONDS} s") from None
    if done.returncode:
        raise ProvingError(done.stderr.strip() or f"the worker ended with {done.returncode}")
    return tuple(outcome_of(value) for value in json.loads(done.stdout))


@cache
def why_not() -> str:
    """Why no network can be emulated here; "" where one can."""
    if not sys.platform.startswith("linux"):
        return "this needs Linux"
    plan = Blueprint()
    plan.namespace("one")
    plan.namespace("two")
    plan.cable("one", "eth0", "two", "eth0")
    plan.bridge("one", "br0")
    plan.ip("one", "addr add 192.0.2.1/30 dev eth0")
    plan.ip("two", "addr add 192.0.2.2/30 dev eth0")
    plan.rules("two", f"table ip t {{\nchain c {{\ntype filter hook input priority 0\n{plan.drop('tried')}\n}}\n")
    plan.rules("two", "chain n {\ntype nat hook postrouting priority 100\n}\n}\n")
    plan.probes.append(Probe("one", "192.0.2.1", 40000, "192.0.2.2", 443))
    try:
        (outcome,) = ask(plan)
    except ProvingError as error:
        return str(error).splitlines()[0]
    return "" if outcome.drops else "nftables does not report what it drops (CONFIG_NETFILTER_NETLINK_LOG)"
