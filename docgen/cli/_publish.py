# Runs MkDocs in this process and tells docgen's own time from MkDocs'.
#
# In:  the name of a configuration. Out: a finished folder under its final name, or none.
"""publish, serve."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from docgen.cli._console import print_findings
from docgen.core.data import dataclass
from docgen.core.diagnostic import Severity
from docgen.mkdocs_plugin import DocgenPlugin
from docgen.pipeline.output import Stale, folder_beside, replace_folder, stale_tree

_MKDOCS = ("404.html", "sitemap.xml")
"""What MkDocs writes into every site."""
PLUGIN_LOG = "mkdocs.plugins.docgen"


@dataclass(frozen=True, slots=True)
class Published:
    """Where the site stands and how long it took."""

    folder: Path
    docgen_seconds: float
    mkdocs_seconds: float
    files: int = 0
    """Where the site was only compared: how many were looked at."""
    stale: tuple[Stale, ...] = ()
    """And what of them it would change."""


class PublishError(click.ClickException):
    """MkDocs gave up; what it had to say was printed."""

    exit_code = 1


def publish(
    config_file: str, *, strict: bool = False, output: Path | None = None, check_only: bool = False
) -> Published:
    """Build the site beside its final place and move it there when it is whole.

    With `check_only` it is built elsewhere, compared with what stands there, and thrown away.

    Raises:
        PublishError: MkDocs or the plugin stopped.
    """
    _log_to_stderr()
    start = time.perf_counter()
    spent = _Stopwatch()
    plugins: list[DocgenPlugin] = []
    final: Path | None = None
    try:
        config = load_config(config_file=config_file, strict=strict or None)
        final = output or Path(config.site_dir)
        if not check_only and not _is_a_site(final):
            raise click.UsageError(f"{final} holds something that is no site; name another folder")
        with TemporaryDirectory() if check_only else folder_beside(final) as made:
            staged = Path(made)
            config.site_dir = str(staged)
            plugins += [plugin for plugin in config.plugins.values() if isinstance(plugin, DocgenPlugin)]
            for plugin in plugins:
                spent.watch(config.plugins.events, plugin)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build.build(config)
            finally:
                config.plugins.on_shutdown()
            files, stale = 0, tuple[Stale, ...]()
            if check_only:
                files = sum(path.is_file() for path in staged.rglob("*"))
                stale = stale_tree(final, staged, _dated)
            else:
                replace_folder(staged, final)
    except MkDocsException as error:
        _show_errors(plugins)
        raise PublishError(f"{final} was not written: {error}" if plugins else str(error)) from None
    total = time.perf_counter() - start
    return Published(final, spent.seconds, total - spent.seconds, files, stale)


def _is_a_site(folder: Path) -> bool:
    """Whether a folder may be replaced: it is not there, empty, or MkDocs wrote it."""
    return not folder.is_dir() or not any(folder.iterdir()) or any((folder / name).is_file() for name in _MKDOCS)


def _dated(name: str) -> bool:
    """A file with the day in it, which another day makes different."""
    return name in ("sitemap.xml", "sitemap.xml.gz")


def serve(config_file: str, *, address: str | None = None, open_browser: bool = False) -> None:
    """Show the site until interrupted; rebuilt on every change.

    Raises:
        PublishError: MkDocs or the plugin stopped.
    """
    _log_to_stderr(live=True)
    try:
        mkdocs_serve.serve(config_file=config_file, dev_addr=address, open_in_browser=open_browser)
    except MkDocsException as error:
        raise PublishError(str(error)) from None


def _show_errors(plugins: list[DocgenPlugin]) -> None:
    """What is wrong with the designs, with excerpts; the log would have a line for each."""
    for plugin in plugins:
        if plugin.designs is not None and plugin.designs.failed:
            errors = [d for d in plugin.designs.diagnostics if d.severity is Severity.ERROR]
            print_findings(errors, plugin.designs.sources, err=True)


class _Stopwatch:
    """Adds up the time that one plugin's hooks take."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def watch(self, events: dict[str, list[Callable[..., Any]]], plugin: DocgenPlugin) -> None:
        for methods in events.values():
            methods[:] = [self._timed(m) if getattr(m, "__self__", None) is plugin else m for m in methods]

    def _timed(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            try:
                return method(*args, **kwargs)
            finally:
                self.seconds += time.perf_counter() - start

        return timed


def _log_to_stderr(*, live: bool = False) -> None:
    """MkDocs' own messages; while it serves also what it does, and there errors of designs stand in the log."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO if live else logging.WARNING)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    if not live:
        handler.addFilter(lambda record: record.name != PLUGIN_LOG or record.levelno < logging.ERROR)
    logger.handlers = [handler]
    logger.propagate = False
