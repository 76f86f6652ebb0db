"""The guide to the Python interface: its examples run, and it tells every name and no other."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import docgen as dg

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "site/guide/python.md"


def test_examples_run(monkeypatch):
    """In the order of the page, each with the values of those before."""
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"^```pycon\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "python.md", str(GUIDE), 0)
    told: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(test, out=told.append)

    assert len(test.examples) > 15
    assert 0 == results.failed, "".join(told)


def test_every_name_is_told_and_no_other():
    table = GUIDE.read_text(encoding="utf-8").partition("## The names")[2]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    told = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]

    assert sorted(told) == dg.__all__
