"""Lines share a stretch only where nobody can read a way out of it that is none."""

from __future__ import annotations

import pytest

from docgen.diagram.drawing import Tone
from docgen.diagram.scene import SceneLink
from docgen.diagram.siblings import siblings_of


@pytest.mark.parametrize(
    ("expected", "others"),
    [
        pytest.param({"a-y"}, ["a-y"], id="one-source"),
        pytest.param({"b-x"}, ["b-x"], id="one-target"),
        pytest.param(set(), ["b-y"], id="strangers"),
        pytest.param({"a-y", "b-x", "b-y"}, ["a-y", "b-x", "b-y"], id="every-source-to-every-target"),
        pytest.param({"a-y"}, ["a-y", "b-y"], id="one-of-four-is-missing"),
        pytest.param(set(), ["x-a"], id="the-way-back"),
    ],
)
def test_siblings_of_a_line(expected: set[str], others: list[str]) -> None:
    links = [_link(name) for name in ("a-x", *others)]

    assert expected == set(siblings_of(links)["a-x"])


@pytest.mark.parametrize("look", [{"dashed": True}, {"tone": Tone.BLOCKED}], ids=["dashed", "blocked"])
def test_lines_of_another_look_are_strangers(look: dict[str, object]) -> None:
    assert {"a-x": (), "a-y": ()} == siblings_of([_link("a-x"), _link("a-y", **look)])


def _link(name: str, **look: object) -> SceneLink:
    source, _, target = name.partition("-")
    return SceneLink(id=name, source=source, target=target, **look)  # type: ignore[arg-type]
