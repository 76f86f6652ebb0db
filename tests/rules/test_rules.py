"""What holds for every rule: its page, its examples, its place in the source."""

import inspect
import re
from pathlib import Path

import pytest

from docgen import rules
from docgen.core.diagnostic import Severity
from docgen.rules import Rule, all_rules

ALL = all_rules()
by_name = pytest.mark.parametrize("rule", ALL, ids=lambda r: r.name)


def test_there_are_rules():
    """Discovery finds every module that is not a helper."""
    folder = Path(inspect.getfile(rules)).parent
    files = {p.stem for p in folder.glob("*.py") if not p.stem.startswith("_")}

    assert files == {rule.name for rule in ALL}


def test_codes_are_unique():
    """A code means one rule."""
    codes = [rule.code for rule in ALL]

    assert sorted(set(codes)) == sorted(codes)


@by_name
def test_readme_lists_the_rule(rule: Rule):
    """The folder's table says code, severity and summary as they are."""
    readme = (Path(inspect.getfile(rules)).parent / "README.md").read_text(encoding="utf-8")

    assert f"| `{rule.name}.py` | {rule.code} {rule.severity} | {rule.summary} |" in readme.splitlines()


@by_name
def test_rule_lives_in_a_file_of_its_name(rule: Rule):
    """Whoever reads a rule's name finds its file."""
    assert rule.name == Path(inspect.getfile(rule.find)).stem


@by_name
def test_page_has_its_sections_in_order(rule: Rule):
    """A summary of one sentence, then why, what is flagged and what is accepted."""
    assert tuple(rule.sections) == ("Why it matters", "Flagged", "Accepted")
    assert re.fullmatch(r"[A-Z].{10,140}\.", rule.summary), rule.summary
    assert all(rule.sections.values())
    assert re.fullmatch(r"DGL-\d{2,3}", rule.code)
    assert rule.source.startswith(("https://docs.aws.amazon.com/", "https://www.rfc-editor.org/"))


@by_name
def test_flagged_example_fires(rule: Rule, judge):
    """The flagged definition gives this rule's diagnostic, and no error of another rule."""
    assert rule.flagged
    for text in rule.flagged:
        found = judge(text)
        own = [d for d in found if d.code == rule.code]
        others = [d for d in found if d.code != rule.code and d.severity is Severity.ERROR]

        assert own, [str(d) for d in found]
        assert not others
        for diagnostic in own:
            assert diagnostic.severity is rule.severity
            assert diagnostic.span.line > 1, diagnostic
            assert diagnostic.hint, diagnostic
            assert not diagnostic.text.endswith("."), diagnostic
            assert not diagnostic.hint.endswith("."), diagnostic
            assert all(note.span.line > 0 for note in diagnostic.notes), diagnostic


@by_name
def test_accepted_example_is_clean(rule: Rule, judge):
    """The accepted definition is not flagged by this rule, and has no error at all."""
    assert rule.accepted
    for text in rule.accepted:
        found = judge(text)

        assert [d for d in found if d.code == rule.code or d.severity is Severity.ERROR] == []
