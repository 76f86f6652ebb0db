"""Runs `docgen` commands for tests, each in a process of its own that is measured and bounded.

Reads one JSON line for each command from standard input: {"args", "cwd", "stdin", "seconds"},
and "kill_after", "largest_file", "environment", "user" where they are wanted. Answers each
with a line: {"code", "out", "err", "seconds", "clock", "megabytes"}. A command is a copy of this process, which has
docgen loaded already; so many commands cost little.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import time

from docgen import pages, pipeline, rules, site  # noqa: F401  (loaded once, for all commands)
from docgen.cli import main
from docgen.kinds import all_kinds
from docgen.renderers import all_renderers

HANGS = 12
"""So many times the seconds of the processor by the clock: on a busy machine, what takes longer waits for something."""
ADDRESS_SPACE = 6 << 30
"""Above what wasmtime reserves; what is used is measured."""


def run(asked: dict) -> dict:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(asked.get("stdin", "").encode("utf-8", "surrogateescape"))
        given.seek(0)
        start = time.monotonic()
        child = os.fork()
        if child == 0:
            _command(asked, given.fileno(), out.fileno(), err.fileno())
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
        signal.alarm(int(asked["seconds"]) * HANGS)
        if asked.get("kill_after") is not None:
            time.sleep(asked["kill_after"])
            os.kill(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
        signal.alarm(0)
        took = time.monotonic() - start
        out.seek(0)
        err.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "out": out.read().decode("utf-8", "surrogateescape"),
            "err": err.read().decode("utf-8", "surrogateescape"),
            "seconds": used.ru_utime + used.ru_stime,
            "clock": took,
            "megabytes": used.ru_maxrss / 1024,
        }


def _command(asked: dict, given: int, out: int, err: int) -> None:
    os.setpgid(0, 0)
    for at, stream in enumerate((given, out, err)):
        os.dup2(stream, at)
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    os.chdir(asked["cwd"])
    if asked.get("largest_file") is not None:  # as on a full disk
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["largest_file"],) * 2)
    os.environ.update(asked.get("environment", {}))
    if asked.get("user"):
        os.setgid(asked["user"])
        os.setuid(asked["user"])
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (int(asked["seconds"]) + 1,) * 2)
    code = 70
    try:
        main(args=asked["args"])
    except SystemExit as gone:
        code = gone.code if isinstance(gone.code, int) else 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    all_kinds()
    all_renderers()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin.buffer:
        print(json.dumps(run(json.loads(line))), file=answers, flush=True)
