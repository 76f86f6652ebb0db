"""What holds for every export target."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from docgen import exporters, pipeline
from docgen.core.errors import UnknownNameError
from docgen.exporters import all_exporters, exporter
from docgen.pipeline.exporting import SameNameError, export

EVERY = pytest.mark.parametrize("target", sorted(all_exporters()))


@EVERY
def test_describes_itself(target: str) -> None:
    one = exporter(target)

    assert target == one.name
    assert one.title
    assert one.writes
    assert not one.writes.endswith(".")


@EVERY
def test_paths_stay_in_the_folder(exported: Callable[..., Mapping[str, bytes]], target: str) -> None:
    """Plain names, as every file system and wiki takes them."""
    files = exported(target)

    assert files
    assert [] == [
        path for path in files if not re.fullmatch(r"([a-z0-9][A-Za-z0-9._-]*/)*[a-z0-9][A-Za-z0-9._-]*", path)
    ]


@EVERY
def test_pictures_are_there(exported: Callable[..., Mapping[str, bytes]], target: str) -> None:
    """As PNG where it asks for that, of every view, or of the one of the flow."""
    if {"png"} & set(exporter(target).pictures):
        assert 3 == sum(path.endswith(".png") for path in exported(target))
        assert 1 == sum(path.endswith(".png") for path in exported(target, "asks"))


@EVERY
def test_same_bytes_again(small: pipeline.Design, exported: Callable[..., Mapping[str, bytes]], target: str) -> None:
    """No clock, no chance, no order of a set."""
    assert list(exported(target).items()) == list(export([small], target).items())


@EVERY
def test_one_flow_alone(exported: Callable[..., Mapping[str, bytes]], target: str) -> None:
    """Is less than all, and still has its title somewhere and nothing of the other's."""
    whole, alone = exported(target), exported(target, "asks")
    text = b"".join(content for content in alone.values() if not content.startswith(b"\x89PNG"))

    assert sum(map(len, alone.values())) < sum(map(len, whole.values()))
    assert b"The database asks" in text
    assert not any("stores" in path for path in alone)


@pytest.mark.parametrize("flow", ["", "asks"])
def test_pictures_from_the_cache(
    small: pipeline.Design, exported: Callable[..., Mapping[str, bytes]], tmp_path: Path, monkeypatch, flow: str
) -> None:
    """Are the same, and nothing is drawn a second time; another target has its own."""
    wanted = exported("bundle", flow)
    assert wanted == export([small], "bundle", flow=flow, cache=tmp_path)

    def never(designs: Sequence[pipeline.Design], *_: object, **__: object) -> dict[str, dict[str, bytes]]:
        assert not designs
        return {}

    monkeypatch.setattr("docgen.pipeline.exporting.draw_figures", never)
    assert wanted == export([small], "bundle", flow=flow, cache=tmp_path)
    with pytest.raises(AssertionError):
        export([small], "html", flow=flow, cache=tmp_path)


def test_unknown_names(small: pipeline.Design) -> None:
    """Say what there is instead."""
    with pytest.raises(UnknownNameError, match="did you mean 'markdown'"):
        export([small], "markdwn")
    with pytest.raises(UnknownNameError, match="no flow 'ask'; did you mean 'asks'"):
        export([small], "markdown", flow="ask")


def test_designs_of_the_same_name(small: pipeline.Design) -> None:
    """Are not written over each other."""
    with pytest.raises(SameNameError, match="rename one"):
        export([small, small], "markdown")


@pytest.mark.parametrize("module", sorted(m.name for m in pkgutil.iter_modules(exporters.__path__)))
def test_examples_in_docstrings(module: str) -> None:
    """Are true."""
    assert 0 == doctest.testmod(importlib.import_module(f"docgen.exporters.{module}")).failed
