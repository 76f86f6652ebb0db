"""Opened designs from the cache: the same as fresh ones, never stale, and never code of somebody else's."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from docgen.pipeline import open_all, opened
from docgen.pipeline.cache import FigureCache
from docgen.pipeline.packed import UnreadableError, unpack

BASE = """\
version: 1
title: Shop
region: eu-west-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}, data: {cidr_block: 10.0.20.0/24}}
    security_groups: {app: {ingress: []}, db: {ingress: []}}
    instances: {app: {subnet: app, security_groups: [app]}, db: {subnet: data, security_groups: [db]}}
flows:
  query: {from: app, to: db, port: 3306, expect: {blocked: ENI_SG_RULES_MISMATCH}}
"""


@pytest.fixture
def designs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two designs, of which one extends the other."""
    monkeypatch.chdir(tmp_path)
    for slug, text in {"base": BASE, "more": "version: 1\ntitle: More\nextends: base\n"}.items():
        (tmp_path / "designs" / slug).mkdir(parents=True)
        (tmp_path / "designs" / slug / "architecture.yaml").write_text(text)
    return Path("designs")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the designs that are opened from here on, not taken from the cache."""
    names: list[str] = []
    real = opened.open_design

    def open_design(folder: Path):
        names.append(folder.name)
        return real(folder)

    monkeypatch.setattr(opened, "open_design", open_design)
    return names


def test_nothing_is_opened_twice(designs: Path, read: list[str]) -> None:
    """The second time gives the same: reports with remedies, diagnostics, texts."""
    first = open_all(designs, cache=Path("cache"))
    second = open_all(designs, cache=Path("cache"))

    assert ["base", "more"] == read
    assert [(d.slug, d.reports, d.diagnostics, d.architecture) for d in first.designs] == [
        (d.slug, d.reports, d.diagnostics, d.architecture) for d in second.designs
    ]
    assert second.designs[0].reports["query"].smallest_change is not None
    assert first.diagnostics == second.diagnostics


@pytest.mark.parametrize(
    ("path", "content", "anew"),
    [
        pytest.param("more/architecture.yaml", "version: 1\ntitle: Less\nextends: base\n", ["more"], id="definition"),
        pytest.param("base/architecture.yaml", BASE + "# seen\n", ["base", "more"], id="what another extends"),
        pytest.param("more/README.md", "# More\n", ["more"], id="prose that was not there"),
        pytest.param("base/page.yaml", "idea: One.\n", ["base"], id="page"),
    ],
)
def test_only_what_changed_is_opened(
    designs: Path, read: list[str], path: str, content: str, anew: list[str]
) -> None:
    open_all(designs, cache=Path("cache"))
    read.clear()
    (designs / path).write_text(content)

    open_all(designs, cache=Path("cache"))

    assert anew == read


@pytest.mark.parametrize("part", ["head", "design"])
def test_a_cache_of_somebody_else_runs_nothing(designs: Path, read: list[str], part: str) -> None:
    """An entry is values of docgen's; what would call anything else counts as none."""

    class Evil:
        def __reduce__(self):
            return os.mkdir, ("evil",)

    open_all(designs, cache=Path("cache"))
    store, key = FigureCache(Path("cache")), opened._key(designs / "base")
    entry = store.load(key)
    assert entry is not None
    store.store(key, {**entry, part: pickle.dumps(Evil())})
    read.clear()

    assert 2 == len(open_all(designs, cache=Path("cache")).designs)

    assert ["base"] == read
    assert not Path("evil").exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        pytest.param("os", "mkdir", id="a function of a module that no design needs"),
        pytest.param("builtins", "eval", id="a function of Python"),
        pytest.param("docgen.pipeline.revisions", "subprocess.Popen", id="a class that a module of ours imports"),
        pytest.param("docgen.pipeline.opened", "Path", id="the same by the name that it has there"),
        pytest.param("pathlib", "os.mkdir", id="a function that a module of Python imports"),
        pytest.param("docgen.pipeline.design", "open_design", id="a function of ours"),
    ],
)
def test_no_name_leads_to_anything_else(module: str, name: str) -> None:
    """pickle follows the points in a name through whatever a module imports."""
    words = (b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name))

    with pytest.raises(UnreadableError, match="no value of a design"):
        unpack(b"\x80\x04" + b"".join(words) + b"\x93.")


def test_errors_are_told_each_time(designs: Path) -> None:
    """What cannot be opened is not kept, and says why again."""
    (designs / "more/architecture.yaml").write_text("version: 1\nvpcs: [\n")

    first, second = (open_all(designs, cache=Path("cache")) for _ in range(2))

    assert first.failed
    assert first.diagnostics == second.diagnostics
