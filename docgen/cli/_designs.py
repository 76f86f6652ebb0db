# Opens what a command line names: definitions, folders of them, standard input.
"""open_paths and open_network."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path

from docgen import pipeline
from docgen.cli._console import STDIN
from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Result
from docgen.core.errors import UnknownNameError
from docgen.model.network import Network
from docgen.pipeline import Design
from docgen.pipeline.design import definition_loader
from docgen.pipeline.design import open_network as pipeline_network


@dataclass(frozen=True, slots=True)
class Opened:
    """The designs that could be opened, and what all have to say."""

    designs: tuple[Design, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, str] = field(default_factory=dict)
    count: int = 0
    """Definitions that were looked at, also those that could not be opened."""

    @property
    def unread(self) -> bool:
        """Whether errors keep any of them from being read: what the rest answers would mislead."""
        missing = len(self.designs) < self.count
        return missing or any(d.failed and d.architecture.flows and not d.reports for d in self.designs)


def open_paths(paths: Iterable[str]) -> Opened:
    """Open every definition that the paths stand for, in order."""
    designs: list[Design] = []
    found: list[Diagnostic] = []
    sources: dict[str, str] = {}
    count = 0
    for path in paths:
        if path == STDIN:
            text = sys.stdin.buffer.read()
            sources["<stdin>"] = text.decode("utf-8", errors="replace")
            results = [pipeline.open_text(text, folder=None)]
        elif (folder := Path(path)).is_dir() and not (folder / "architecture.yaml").is_file():
            opened = pipeline.open_all(folder)
            found += opened.diagnostics
            sources.update(opened.sources)
            designs += opened.designs
            count += opened.count
            continue
        else:
            results = [pipeline.open_design(path)]
        for result in results:
            count += 1
            found += result.diagnostics
            if result.value is not None:
                designs.append(result.value)
                sources.update(result.value.architecture.sources)
    return Opened(tuple(designs), tuple(dict.fromkeys(found)), sources, count)


def open_network(path: str, variant: str) -> tuple[Result[Network | None], dict[str, str]]:
    """Load and resolve one definition, with a variant applied; and texts for excerpts.

    Raises:
        UnknownNameError: there is no such variant.
    """
    text = sys.stdin.buffer.read() if path == STDIN else None
    load = definition_loader(Path(path) if text is None else text)
    opened = pipeline_network(load)
    if variant and opened.value is not None:
        known = [v.id for v in opened.value.architecture.variants]
        if variant not in known:
            raise UnknownNameError("variant", variant, known)
        opened = pipeline_network(load, variant)
    return opened, {} if text is None else {"<stdin>": text.decode("utf-8", errors="replace")}
