"""The catalogue of the loader's codes."""

from __future__ import annotations

import re

from docgen.loader.messages import LOADER_CODES


def test_every_code_in_the_source_is_explained_and_used(root):
    """And no other."""
    used = set()
    for file in sorted((root / "docgen" / "loader").glob("*.py")):
        if file.name != "messages.py":
            used |= set(re.findall(r"DGY-\d\d", file.read_text(encoding="utf-8")))

    assert set(LOADER_CODES) == used


def test_explanations_are_sentences():
    """A title without a period, an explanation with one."""
    for code, (title, explanation) in LOADER_CODES.items():
        assert title, code
        assert not title.endswith("."), code
        assert explanation.endswith("."), code


def test_readme_names_every_module(root):
    """The folder's table is complete."""
    folder = root / "docgen" / "loader"
    readme = (folder / "README.md").read_text(encoding="utf-8")

    assert [] == [
        f.name for f in sorted(folder.glob("*.py")) if f"`{f.name}`" not in readme and f.name != "__init__.py"
    ]
