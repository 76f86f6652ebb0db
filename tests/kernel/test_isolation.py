"""What the emulation does to the machine: nothing, and nothing of it is left, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from docgen.kernel import run
from docgen.kernel.blueprint import MOST_NAMESPACES, Blueprint, Probe, TooLargeError
from docgen.kernel.worker import MOST_AT_ONCE, rounds

SLOW = """
from docgen.kernel.blueprint import Blueprint, Probe
from docgen.kernel.run import ask
plan = Blueprint()
plan.namespace("one")
plan.namespace("two")
plan.cable("one", "eth0", "two", "eth0")
plan.ip("one", "addr add 192.0.2.1/30 dev eth0")
plan.ip("two", "addr add 192.0.2.2/30 dev eth0")
plan.rules("two", "table ip t {\\nchain c {\\ntype filter hook input priority 0\\ndrop\\n}\\n}\\n")
plan.probes.append(Probe("one", "192.0.2.1", 40000, "192.0.2.2", 443))
print(ask(plan))
"""
"""Asks somebody who says nothing: four seconds."""


def _network_devices() -> list[str]:
    lines = Path("/proc/net/dev").read_text(encoding="ascii").splitlines()[2:]
    return [line.partition(":")[0].strip() for line in lines]


def _children(pid: int) -> list[int]:
    try:
        return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def _wait(done: object, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def _gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.kernel
def test_the_machine_is_left_alone() -> None:
    """No device, name of a namespace or rule of its own is there while it runs, or afterwards."""
    before = _network_devices()
    named = sorted(p.name for p in Path("/run/netns").glob("*"))
    with subprocess.Popen([sys.executable, "-c", SLOW], stdout=subprocess.PIPE) as asking:
        assert _wait(lambda: _children(asking.pid))
        time.sleep(0.5)
        assert before == _network_devices()
        assert named == sorted(p.name for p in Path("/run/netns").glob("*"))
        assert b"answered=False" in asking.communicate()[0]
    assert before == _network_devices()


@pytest.mark.kernel
@pytest.mark.parametrize("after", [0.05, 0.3, 1.0, 2.0])
def test_killed(after: float) -> None:
    """With whoever asked, killed without a chance to clean up, the worker ends, and its namespaces with it."""
    with subprocess.Popen([sys.executable, "-c", SLOW], stdout=subprocess.DEVNULL) as asking:
        assert _wait(lambda: _children(asking.pid))
        (worker,) = _children(asking.pid)
        time.sleep(after)
        asking.send_signal(signal.SIGKILL)
        asking.wait()
        assert _wait(lambda: _gone(worker), 5), "the worker outlived its parent"


@pytest.mark.kernel
@pytest.mark.skipif(os.geteuid() != 0, reason="already without rights")
def test_without_rights() -> None:
    """A user who may make user namespaces needs no root."""
    root = Path(__file__).parents[2]
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\nfrom docgen.kernel.run import why_not\nprint(repr(why_not()))"
    )
    nobody: dict[str, Any] = {"user": 65534, "group": 65534, "extra_groups": [], "cwd": "/"}
    for python in (sys.executable, "/usr/bin/python3"):
        command = [python, "-B", "-c", script, str(root)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, **nobody)
        except OSError:
            continue
        break
    else:
        pytest.skip("nobody may run Python here")
    if "user namespaces" in done.stdout:
        pytest.skip(f"this kernel allows it to root only: {done.stdout}")
    assert done.stdout.strip() == "''", done.stdout + done.stderr


@pytest.mark.kernel
def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that takes too long is ended, and the caller hears so."""
    monkeypatch.setattr(run, "JOB_SECONDS", 0.01)
    plan = Blueprint()
    plan.namespace("one")
    with pytest.raises(run.ProvingError, match="did not answer within"):
        run.ask(plan)


@pytest.mark.kernel
def test_what_the_kernel_refuses_is_told() -> None:
    """The command of `ip` that failed, without a traceback."""
    plan = Blueprint()
    plan.namespace("one")
    plan.ip("one", "addr add 192.0.2.1/30 dev nothing")
    with pytest.raises(run.ProvingError, match='Cannot find device "nothing"') as error:
        run.ask(plan)
    assert "Traceback" not in str(error.value)


def test_too_many_namespaces() -> None:
    """Bounded before anything is built."""
    plan = Blueprint()
    for at in range(MOST_NAMESPACES):
        plan.namespace(f"n{at}")
    with pytest.raises(TooLargeError):
        plan.namespace("one too many")


def test_rounds() -> None:
    """Dropped packets are known by the asker's port: who uses the same one waits."""
    ports = [(1024, "tcp"), (1025, "tcp"), (1024, "udp"), (1024, "tcp"), (1024, "tcp")]
    probes = [Probe("one", "192.0.2.1", port, "192.0.2.2", 443, protocol) for port, protocol in ports]
    assert rounds(probes) == [[0, 1, 2], [3], [4]]


def test_rounds_by_either_port() -> None:
    """What somebody asks for at a port would be taken for an answer to who asks from it."""
    ports = [(40000, 8080), (8080, 443), (40001, 443), (123, 123), (40002, 123)]
    probes = [Probe("one", "192.0.2.1", own, "192.0.2.2", port, "udp") for own, port in ports]
    assert rounds(probes) == [[0, 2, 3], [1, 4]]


def test_rounds_are_bounded() -> None:
    """A process may have so many sockets."""
    probes = [Probe("one", "192.0.2.1", port, "192.0.2.2", 443) for port in range(1024, 1024 + 1000)]
    assert [len(r) for r in rounds(probes)] == [MOST_AT_ONCE, MOST_AT_ONCE, 1000 - 2 * MOST_AT_ONCE]


@pytest.mark.kernel
def test_many_connections() -> None:
    """More than fit at once are sent one round after the other."""
    plan = Blueprint()
    plan.namespace("one")
    plan.namespace("two")
    plan.cable("one", "eth0", "two", "eth0")
    plan.ip("one", "addr add 192.0.2.1/30 dev eth0")
    plan.ip("two", "addr add 192.0.2.2/30 dev eth0")
    plan.listen("two", "tcp", (443,))
    plan.probes += [Probe("one", "192.0.2.1", port, "192.0.2.2", 443) for port in range(1024, 1024 + 1000)]
    assert all(outcome.answered for outcome in run.ask(plan))
