"""`docgen(...)`: a command in a process of its own that must end in time and memory, and never with a traceback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
SECONDS, MEGABYTES = 10, 1024
"""What a command may take, of the processor and of memory."""
FEIGNED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What could command a terminal or reorder a line."""


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str
    seconds: float
    megabytes: float
    clock: float

    @property
    def told(self) -> str:
        return self.out + self.err


def check_ended(ended: Ended, *, codes: tuple[int, ...] = (0, 1, 2)) -> None:
    """A message or a right result, within the bounds."""
    assert "Traceback" not in ended.told, ended.told[-3000:]
    assert "internal error" not in ended.told, ended.told[-3000:]
    assert ended.code in codes, (ended.code, ended.told[-2000:])
    assert ended.seconds <= SECONDS
    assert ended.megabytes <= MEGABYTES
    assert ended.code == 0 or ended.told.strip(), "it failed and said nothing"
    found = FEIGNED.search(ended.told)
    assert found is None, (ascii(found[0]), ended.told[max(0, found.start() - 80) : found.end() + 80])


class Runner:
    """One process that copies itself for every command."""

    def __init__(self) -> None:
        command = [sys.executable, str(HERE / "zygote.py")]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, *args: str, cwd: Path, stdin: str = "", seconds: int = SECONDS, **fault: Any) -> Ended:
        asked = {"args": args, "cwd": str(cwd), "stdin": stdin, "seconds": seconds, **fault}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Ended(
            answer["code"], answer["out"], answer["err"], answer["seconds"], answer["megabytes"], answer["clock"]
        )

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


@pytest.fixture
def docgen(runner: Runner, tmp_path: Path) -> Callable[..., Ended]:
    """`docgen("check", "-", stdin=text)`, in `tmp_path`: runs, and checks how it ended."""

    def run(*args: str, stdin: str | bytes = "", codes: tuple[int, ...] = (0, 1, 2), **settings: Any) -> Ended:
        text = stdin.decode("utf-8", "surrogateescape") if isinstance(stdin, bytes) else stdin
        ended = runner.run(*args, cwd=settings.get("cwd", tmp_path), stdin=text)
        check_ended(ended, codes=codes)
        return ended

    return run
