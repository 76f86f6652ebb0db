"""page.yaml: read whole, every mistake with its place, all in one run."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from docgen.core.errors import UnreadableInputError
from docgen.loader import page_schema, read_page

WHOLE = """\
version: 1
topics: [nat, internet]
teaches: One idea.
use_when: [Always.]
costs: [nat-gateway-hour]
mistakes:
  - {flow: a, title: Wrong, text: Long enough.}
quiz:
  - question: Does it load?
    flow: a
    choices:
      - {text: Yes., outcome: allowed}
      - {text: No., outcome: NO_ROUTE_TO_DESTINATION}
    why: Because.
"""


def read(folder: Path, text: str):
    (folder / "page.yaml").write_text(text, encoding="utf-8")
    return read_page(folder)


def test_reads_everything(tmp_path):
    """Values and the places of what is looked up later."""
    lesson = read(tmp_path, WHOLE).value

    assert ("nat", "internet") == lesson.topics
    assert ("nat-gateway-hour", 5) == (lesson.costs[0].name, lesson.costs[0].span.line)
    assert ("a", 10) == (lesson.quiz[0].flow.name, lesson.quiz[0].flow.span.line)
    assert ["allowed", "NO_ROUTE_TO_DESTINATION"] == [c.outcome for c in lesson.quiz[0].choices]


def test_there_may_be_none(tmp_path):
    """A user's own design has a page without it."""
    assert (None, ()) == (read_page(tmp_path).value, read_page(tmp_path).diagnostics)


def test_folder_in_its_place(tmp_path):
    (tmp_path / "page.yaml").mkdir()

    with pytest.raises(UnreadableInputError):
        read_page(tmp_path)


@pytest.mark.parametrize(
    ("expected", "old", "new"),
    [
        pytest.param(
            "1:10 DGY-11 this docgen reads version 1, found the number 2", "version: 1", "version: 2", id="v"
        ),
        pytest.param("2:10 DGY-17 `topics` of the page cannot be 'Big NAT'", "[nat,", "[Big NAT,", id="topic"),
        pytest.param("3:1 DGY-13 the page has no key 'teach'", "teaches:", "teach:", id="unknown-key"),
        pytest.param("4:11 DGY-14 `use_when` of the page wants a list", "[Always.]", "Always.", id="no-list"),
        pytest.param("7:5 DGY-12 `mistakes` of the page needs `title`", "title: Wrong, ", "", id="no-title"),
        pytest.param(
            "12:31 DGY-17 `outcome` of `choices` of `quiz` of the page cannot be 'alowed'",
            "outcome: allowed",
            "outcome: alowed",
            id="outcome",
        ),
        pytest.param(
            "12:7 DGY-31 a question wants at least two choices",
            "      - {text: No., outcome: NO_ROUTE_TO_DESTINATION}\n",
            "",
            id="one-choice",
        ),
    ],
)
def test_mistake_has_its_place(tmp_path, expected, old, new):
    """Line, column, code and the beginning of the sentence."""
    assert old in WHOLE
    found = read(tmp_path, WHOLE.replace(old, new, 1)).diagnostics

    assert [expected] == [f"{d.span.line}:{d.span.column} {d.code} {d.text}"[: len(expected)] for d in found]


def test_all_mistakes_at_once(tmp_path):
    text = WHOLE.replace("[nat,", "[Big NAT,").replace("outcome: allowed", "outcome: alowed")

    assert [2, 12] == [d.span.line for d in read(tmp_path, text).diagnostics]


def test_schema_accepts_what_is_read_and_refuses_typos():
    schema = jsonschema.Draft7Validator(page_schema())

    assert schema.is_valid(yaml.safe_load(WHOLE))
    assert not schema.is_valid(yaml.safe_load(WHOLE.replace("teaches", "teach")))
    assert not schema.is_valid(yaml.safe_load(WHOLE.replace("outcome: allowed", "outcome: alowed")))


def test_committed_schema_is_current(root, tmp_path):
    """`docgen schema --page > architectures/page.schema.json` renews it."""
    import json

    committed = (root / "architectures" / "page.schema.json").read_text(encoding="utf-8")

    assert json.dumps(page_schema(), indent=2, ensure_ascii=False) + "\n" == committed


def test_schema_accepts_every_shipped_page(root):
    schema = jsonschema.Draft7Validator(page_schema())
    files = sorted(root.glob("architectures/*/page.yaml"))

    assert files
    assert {} == {f.parent.name: e.message for f in files for e in schema.iter_errors(yaml.safe_load(f.read_text()))}
