"""What definitions become: every address, table and filter of each question's network, and of each kind's example."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docgen.core.diagnostic import Result
from docgen.kinds import all_kinds
from docgen.loader import load, load_text
from docgen.model.architecture import Architecture
from docgen.model.network import Network
from docgen.reports.network_json import network_values
from docgen.routing import resolve

HERE = Path(__file__).parent
QUESTIONS = sorted(p.name for p in (HERE / "questions").iterdir())


def lines_of(loaded: Result[Architecture | None]) -> Iterator[str]:
    """One for each component, interface, line of a table or of a filter."""
    assert loaded.value is not None, loaded.diagnostics
    network: Network = resolve(loaded.value, all_kinds()).value
    values = network_values(network)
    for name in ("components", "interfaces", "route_tables", "network_acls", "security_groups"):
        for one in values[name]:
            lists: dict[str, list[Any]] = {k: v for k, v in one.items() if v and isinstance(v, list)}
            lists = {k: v for k, v in lists.items() if isinstance(v[0], dict)}
            yield f"{name} {json.dumps({k: v for k, v in one.items() if k not in lists})}"
            yield from (f"  {k} {json.dumps(entry)}" for k, entries in lists.items() for entry in entries)


@pytest.mark.parametrize("slug", QUESTIONS)
def test_network_of_a_question(slug: str, golden) -> None:
    """Resolved networks change only on purpose."""
    golden.check(
        HERE / "expected" / "questions" / f"{slug}.txt", "\n".join(lines_of(load(HERE / "questions" / slug)))
    )


def test_network_of_the_world(golden) -> None:
    """The same of everything that can fail."""
    text = (HERE / "world.yaml").read_text(encoding="utf-8")

    golden.check(HERE / "expected" / "world.txt", "\n".join(lines_of(load_text(text))))


@pytest.mark.parametrize("kind", sorted(all_kinds()))
def test_network_of_an_example(kind: str, golden) -> None:
    """The same of the example in a kind's documentation."""
    made = "\n".join(lines_of(load_text(all_kinds()[kind].example)))

    golden.check(HERE / "expected" / "kinds" / f"{kind}.txt", made)
