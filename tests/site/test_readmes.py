"""The folder guides name every file."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("package", ["pages", "site"])
def test_readme_names_every_module(package, root):
    """A new module comes with its line in the table."""
    folder = root / "docgen" / package
    words = (folder / "README.md").read_text(encoding="utf-8")
    modules = sorted(path.name for path in folder.glob("*.py") if path.name != "__init__.py")

    assert [name for name in modules if f"| {name} |" not in words] == []
