"""What holds for every export target."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping

import pytest

from docgen import exporters, pipeline
from docgen.core.errors import UnknownNameError
from docgen.exporters import all_exporters, exporter
from docgen.pipeline.exporting import SameNameError, export

SMALL = """\
version: 1
title: A shop
region: eu-central-1
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    security_groups:
      web: {ingress: [tcp 443 from 0.0.0.0/0]}
    subnets:
      private:
        cidr_block: 10.0.0.0/24
        instances: {web: {security_groups: [web]}, db: {}}
flows:
  stores: {title: An order is stored, from: web, to: db, port: 443}
  asks: {title: The database asks, from: db, to: web, port: 443}
"""


@pytest.fixture(scope="session")
def small() -> pipeline.Design:
    """A design that takes little time to draw."""
    design = pipeline.open_text(SMALL).value
    assert design is not None
    return design


@pytest.fixture(scope="session")
def exported(small: pipeline.Design) -> Callable[..., Mapping[str, bytes]]:
    """`exported(target, flow="")`: each export is made once."""
    made: dict[tuple[str, str], Mapping[str, bytes]] = {}

    def give(target: str, flow: str = "") -> Mapping[str, bytes]:
        if (target, flow) not in made:
            made[target, flow] = export([small], target, flow=flow)
        return made[target, flow]

    return give


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
def test_pictures_are_there(
    small: pipeline.Design, exported: Callable[..., Mapping[str, bytes]], target: str
) -> None:
    """In the forms that it asks for, of every view that has one."""
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
