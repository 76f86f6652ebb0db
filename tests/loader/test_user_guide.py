"""What the guide to the format shows is true: its definitions load, and the schema accepts them."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

from docgen.core.diagnostic import Severity
from docgen.loader import json_schema, load_text
from docgen.loader.document import read
from docgen.loader.nodes import plain
from docgen.loader.report import Reporter
from docgen.pipeline import open_text

SITE = Path(__file__).parents[2] / "site"
GUIDE = "".join(
    page.read_text(encoding="utf-8") for page in (SITE / "definition-format.md", *sorted(SITE.glob("guide/*.md")))
)
EXAMPLES = [block for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if block.startswith("version:")]


def title(text):
    return re.sub(r"\W+", "-", text.splitlines()[1].removeprefix("title: ")).lower()


@pytest.mark.parametrize("text", EXAMPLES, ids=title)
def test_example_loads(text):
    """Without a remark, in the design and in all of its variants."""
    result = load_text(text)

    assert () == result.diagnostics
    for variant in result.value.variants:
        assert () == load_text(text, variant=variant.id).diagnostics


@pytest.mark.parametrize("text", EXAMPLES, ids=title)
def test_schema_accepts_example(text):
    """So that nobody's editor complains of what the guide shows."""
    node, _ = read(text, "guide", Reporter())

    jsonschema.Draft7Validator(json_schema()).validate(plain(node))


@pytest.mark.parametrize("text", EXAMPLES, ids=title)
def test_example_holds(text):
    """Nothing that AWS refuses, every flow as expected, every invariant proven."""
    errors = [d.text for d in open_text(text).diagnostics if d.severity is Severity.ERROR]

    assert [] == errors


def test_guide_has_examples():
    """The pattern above still finds them."""
    assert len(EXAMPLES) >= 5
