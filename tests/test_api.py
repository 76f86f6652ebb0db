"""The public Python interface: each name is there, documented, and hides no submodule."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import docgen as dg

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", dg.__all__)
def test_name_is_there_and_documented(name: str) -> None:
    value = getattr(dg, name)

    assert name == value.__name__
    assert value.__doc__
    assert value.__module__.startswith("docgen.")


def test_names_are_what_the_module_lists() -> None:
    homes = [name for names in dg._HOMES.values() for name in names]

    assert sorted(homes) == list(dg.__all__) == dir(dg)
    assert len(homes) == len(set(homes))


def test_no_name_hides_a_submodule() -> None:
    """`docgen.trace` can be the verb only because no module is called so."""
    assert set() == set(dg.__all__) & {module.name for module in pkgutil.iter_modules(dg.__path__)}


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="module 'docgen' has no attribute 'tracee'"):
        _ = dg.tracee


def test_import_is_light() -> None:
    """Importing docgen imports none of its parts: those come when they are first used."""
    code = "import sys, docgen; print([m for m in sys.modules if m.startswith('docgen.')])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "[]\n" == printed


def test_stage_after_stage() -> None:
    """From a folder to a picture, by the public names only."""
    architecture = dg.load(ROOT / "architectures/nat-egress").value
    assert architecture is not None
    network = dg.resolve(architecture).value
    assert network is not None
    report = dg.trace(network, dg.flow("web-a", "internet", 443))

    assert dg.Verdict.ALLOWED is report.verdict
    assert all(isinstance(found, dg.Diagnostic) for found in dg.check(network))
    assert dg.render(dg.draw(network), "svg").startswith(b"<")


def test_everything_at_once() -> None:
    design = dg.open_design(ROOT / "architectures/nat-egress").value

    assert design is not None
    assert "nat-egress.drawio" in dg.figures(design)
