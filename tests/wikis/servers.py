"""PHP's own web server on a loopback port, for as long as a test session needs it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
SETTINGS = (
    "memory_limit=512M",
    "upload_max_filesize=32M",
    "post_max_size=64M",
    "display_errors=stderr",
    "opcache.enable=1",
)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    tree: Path, port: int, log: Path, *, router: Path | None = None, env: Mapping[str, str] = {}
) -> Iterator[str]:
    """Serves `tree`; gives its address, without a slash at the end.

    Its workers run in a process group of their own, which is ended as a whole.
    """
    settings = [word for setting in SETTINGS for word in ("-d", setting)]
    command = ["php", *settings, "-S", f"{HOST}:{port}", "-t", str(tree), *([str(router)] if router else [])]
    environment = {**os.environ, "PHP_CLI_SERVER_WORKERS": "3", **env}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=tree, env=environment, stdout=out, stderr=out, start_new_session=True)
        try:
            _wait(process, port, log)
            yield f"http://{HOST}:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"php does not answer on port {port}: {log.read_text()[-2000:]}")
