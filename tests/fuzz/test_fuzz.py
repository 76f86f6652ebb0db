"""Definitions by chance, through every stage: load, resolve, trace, check, compose, place, every format, pages, exports.

`.ci/run fuzz` does so for ten minutes, or for `DOCGEN_FUZZ` seconds, from a seed (`DOCGEN_FUZZ_SEED`), and prints how many
it tried and what it found. Each definition is a shipped one, or a kind's example, with parts of it changed: values swapped
with those of other definitions, removed, doubled, moved, or replaced by what nobody expects; now and then the text itself.
What must hold: nothing but a DocgenError is raised, XML is well-formed, the same input gives the same bytes, and no
definition takes longer than ten seconds.

Finds are mended, and their definitions kept in `tests/fuzz/finds/`, which the default tests run through as well.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from docgen import pipeline
from docgen.core.errors import DocgenError
from docgen.core.report import as_text
from docgen.exporters import all_exporters
from docgen.graphs import write as graph_text
from docgen.kinds import all_kinds
from docgen.pipeline.exporting import export
from docgen.pipeline.graphs import graph_of
from docgen.reports import report_text, results
from docgen.site import contents
from tests.hostile.payloads import PAYLOADS

ROOT = Path(__file__).parents[2]
FINDS = Path(__file__).parent / "finds"
SECONDS = int(os.environ.get("DOCGEN_FUZZ", "0"))
LONGEST = 10, 240
"""Seconds of the processor for a definition and its overview; and for all there is of it, twice."""
ODD = (
    None, True, False, 0, -1, 1, 65535, 65536, 2**31, 2**63, 10**400, 1.5, float("nan"), float("inf"), "", " ", "~", "null",
    "a", "b", "..", "../x", "shop/app", "internet", "0.0.0.0/0", "::/0", "10.0.0.0/8", "10.0.0.0/33", "255.255.255.255/32",
    "2001:db8::/32", "ap-south-1", "ap-south-1a", "tcp 443 from 0.0.0.0/0", "all", "https://www.example.com/x", "*", "*.example.com",
    "web@a", "kind:instance", [], {}, [None], [[]], {"a": {}}, ["a", "a"], {"": ""}, *list(PAYLOADS.values())[:30],
)  # fmt: skip


class TookTooLongError(Exception):
    """A definition that the time ran out for."""


def seeds() -> list[Any]:
    """Trees of shipped definitions and of the kinds' examples."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("architectures/*/architecture.yaml"))]
    texts += [kind.example for kind in all_kinds().values()]
    return [yaml.safe_load(text) for text in texts]


class Mutator:
    """Makes definitions of others."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._seeds = seeds()
        self._parts: dict[str, list[Any]] = {}
        """Values by the key that they stand under, in any definition."""
        for tree in self._seeds:
            self._gather(tree)

    def _gather(self, tree: Any, key: str = "") -> None:
        self._parts.setdefault(key, []).append(tree)
        if isinstance(tree, dict):
            for name, value in tree.items():
                self._gather(value, str(name))
        elif isinstance(tree, list):
            for value in tree:
                self._gather(value, key)

    def text(self) -> str:
        """A definition."""
        chance = self._chance
        tree = deepcopy(chance.choice(self._seeds))
        tree.pop("extends", None)
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 8))):
            self._change(tree)
        text = yaml.dump(
            tree, allow_unicode=True, sort_keys=False, default_flow_style=chance.random() < 0.3, width=10_000
        )
        if chance.random() < 0.08:
            for _ in range(chance.randint(1, 4)):
                at = chance.randint(0, len(text))
                text = (
                    text[:at]
                    + chance.choice(("", "{", "]", "*a", "&a ", "- ", ": ", "\n", "\u202e", "\0", "!!x ", "'", "#"))
                    + text[at + chance.randint(0, 6) :]
                )
        return text

    def _change(self, tree: Any) -> None:
        chance = self._chance
        holder, key, name = self._place(tree)
        if holder is None:
            return
        what = chance.randrange(7)
        if what == 0:
            del holder[key]
        elif what == 1:
            holder[key] = deepcopy(chance.choice(self._parts[name])) if name in self._parts else None
        elif what == 2:
            value = chance.choice(ODD)
            holder[key] = deepcopy(value)
        elif what == 3 and isinstance(holder, dict):
            other = chance.choice(list(self._parts))
            holder[other or "x"] = deepcopy(chance.choice(self._parts[other]))
        elif what == 4 and isinstance(holder, dict):
            holder[chance.choice(("a", "x-1", chance.choice(list(self._parts)) or "y"))] = holder.pop(key)
        elif what == 5 and isinstance(holder, list):
            holder.insert(key, deepcopy(holder[key]))
        else:
            other, at, _ = self._place(tree)
            if other is not None:
                holder[key] = deepcopy(other[at])

    def _place(self, tree: Any) -> tuple[Any, Any, str]:
        """Anything in a tree: what holds it, its key there, and the name that it stands under."""
        chance = self._chance
        holder, name = tree, ""
        while holder:
            key = chance.choice(list(holder)) if isinstance(holder, dict) else chance.randrange(len(holder))
            name = str(key) if isinstance(holder, dict) else name
            inner = holder[key]
            if not isinstance(inner, dict | list) or not inner or chance.random() < 0.25:
                return holder, key, name
            holder = inner
        return None, None, ""


def outputs(text: str, thorough: bool) -> Iterator[tuple[str, bytes]]:
    """Everything that is made of a definition, by name; raises what docgen raises."""
    opened = pipeline.open_text(text, "fuzz")
    yield "findings", as_text(opened.diagnostics, {"fuzz": text}).encode("utf-8", "surrogatepass")
    design = opened.value
    if design is None:
        return
    for flow in design.architecture.flows:
        if flow.id in design.reports:
            yield f"trace {flow.id}", report_text(design.reports[flow.id], flow).encode()
    if opened.failed:
        return
    yield (
        "traces",
        json.dumps(
            results(
                (design.network_of(f), design.reports[f.id])
                for f in design.architecture.flows
                if f.id in design.reports
            )
        ).encode(),
    )
    formats = ("svg", "drawio", "drawio.svg") if thorough else ("svg", "drawio")
    made = pipeline.render_figures(design, formats, () if thorough else ("overview",), themes=("light", "dark"))
    yield from made.items()
    for view in ("topology", "routes", "depends"):
        graph = graph_of(design, view)
        yield f"{view}.mermaid", graph_text(graph, "mermaid", "light").encode()
        yield f"{view}.dot", graph_text(graph, "dot", "light").encode()
    if thorough:
        chapter = pipeline.DesignChapter(title="x", designs=(design,))
        pages = contents((chapter,), pipeline.figures_of_all([design]))
        yield from ((p.path, p.markdown.encode()) for p in pages.pages if p.path.startswith("designs/"))
        for target in all_exporters():
            yield from ((f"{target}/{name}", content) for name, content in export([design], target).items())


def check(text: str, *, thorough: bool) -> str:
    """How it went: `refused`, `written` or `told` (a DocgenError)."""
    made: dict[str, bytes] = {}
    try:
        for name, content in outputs(text, thorough):
            made[name] = content
            if name.endswith((".svg", ".drawio")):
                ElementTree.fromstring(content)
    except DocgenError:
        return "told"
    if thorough:
        assert dict(outputs(text, thorough)) == made, "not the same bytes twice"
    return "written" if len(made) > 1 else "refused"


def bounded(text: str, *, thorough: bool) -> str:
    def ring(*_: Any) -> None:
        raise TookTooLongError

    signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST[thorough])
    try:
        return check(text, thorough=thorough)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@pytest.mark.skipif(not SECONDS, reason="`.ci/run fuzz`, or DOCGEN_FUZZ=seconds")
def test_by_chance() -> None:
    seed = int(os.environ.get("DOCGEN_FUZZ_SEED", "2026"))
    mutator = Mutator(seed)
    counts: Counter[str] = Counter()
    finds: dict[str, str] = {}
    end = time.monotonic() + SECONDS
    number = 0
    while time.monotonic() < end:
        text = mutator.text()
        number += 1
        try:
            counts[bounded(text, thorough=number % 25 == 0)] += 1
        except Exception as error:
            places = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
            inside = [p for p in places if not p.startswith("test_fuzz")]
            about = f"{type(error).__name__}: {str(error)[:200]} at {' < '.join(inside[-3:])}"
            if inside[-1:] and f"{type(error).__name__} {inside[-1]}" not in finds:
                finds[f"{type(error).__name__} {inside[-1]}"] = about
                folder = ROOT / "build/fuzz"
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{seed}-{number}.yaml").write_text(text, encoding="utf-8", errors="surrogatepass")
                print(f"\n{seed}-{number}.yaml: {about}", flush=True)
            counts["failed"] += 1
    print(f"\n{number} definitions in {SECONDS} s from seed {seed}: {dict(counts)}; {len(finds)} finds", flush=True)
    assert not finds, "\n".join(finds.values())


@pytest.mark.parametrize("path", sorted(FINDS.glob("*.yaml")), ids=lambda p: p.stem)
def test_finds(path: Path) -> None:
    """What was found once stays mended."""
    bounded(path.read_text(encoding="utf-8"), thorough=True)
