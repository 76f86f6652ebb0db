"""`extends` and variants: merge patches on written trees, each part at its own place."""

from __future__ import annotations

import pytest

from docgen.core.errors import UnknownNameError, UnreadableInputError
from docgen.loader import load, load_text
from docgen.model.component import Key

BASE = """\
version: 1
title: Base
summary: What came first.
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}}
    instances:
      web: {subnet: app, title: Web server}
      old: {subnet: app}
variants:
  mistake: {title: A mistake, changes: {vpcs: {shop: {instances: {old: null}}}}}
flows:
  ask: {from: internet, to: web, port: 443, expect: allowed}
  ask-old: {from: internet, to: old, port: 443}
  ask-in-variant: {from: internet, to: web, port: 80, when: {variant: mistake}}
"""


@pytest.fixture
def designs(tmp_path, monkeypatch):
    """Writes designs beside each other."""
    monkeypatch.chdir(tmp_path)

    def write(**texts):
        for slug, text in texts.items():
            (tmp_path / slug).mkdir(exist_ok=True)
            (tmp_path / slug / "architecture.yaml").write_text(text)

    return write


def printed(result):
    return [f"{d.span}: {d.severity}[{d.code}]: {d.text}" for d in result.diagnostics]


def test_extends_takes_over_components_and_flows(designs):
    """Added, changed, removed; title, summary and variants are each design's own."""
    designs(
        base=BASE,
        next="""\
version: 1
title: Next
extends: base
vpcs: {shop: {instances: {old: null, web: {title: Better}, new: {subnet: app}}}}
flows:
  ask-old: null
  ask: {port: 8443}
""",
    )
    result = load("next")
    architecture = result.value

    assert [] == printed(result)
    assert ("next", "Next", "", "base", ()) == (
        architecture.slug,
        architecture.title,
        architecture.summary,
        architecture.extends,
        architecture.variants,
    )
    assert ["web", "new"] == [c.id for c in architecture.components if c.kind == "instance"]
    assert [("ask", 8443)] == [(f.id, f.port) for f in architecture.flows]


def test_places_point_into_the_file_where_they_were_written(designs):
    """A mistake in the base is the base's."""
    designs(
        base=BASE.replace("title: Web server", "titel: Web server"), next="version: 1\ntitle: Next\nextends: base\n"
    )
    result = load("next")

    assert ["base/architecture.yaml:11:26: error[DGY-13]: instance 'web' has no key 'titel'"] == printed(result)
    assert ["next/architecture.yaml", "base/architecture.yaml"] == list(result.value.sources)


def test_extends_works_from_inside_the_folder(designs, monkeypatch):
    """Paths are shown as they are reached, never absolute."""
    designs(base=BASE, next="version: 1\ntitle: Next\nextends: base\nflows: {asq: null}\n")
    monkeypatch.chdir("next")
    result = load(".")

    assert "next" == result.value.slug
    assert ["architecture.yaml", "../base/architecture.yaml"] == list(result.value.sources)


def test_chains_are_followed(designs):
    """Each step patches what the step before made."""
    designs(
        base=BASE,
        second="""\
version: 1
title: Second
extends: base
vpcs: {shop: {instances: {old: null}}}
flows: {ask-old: null}
""",
        third="""\
version: 1
title: Third
extends: second
vpcs: {shop: {instances: {old: {subnet: app, title: Back}}}}
""",
    )
    architecture = load("third").value

    assert "Back" == next(c for c in architecture.components if c.id == "old").title
    assert ["ask"] == [f.id for f in architecture.flows]


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        pytest.param(
            {"one": "two", "two": "one"},
            "two/architecture.yaml:3:10: error[DGY-26]: `extends` goes round in a circle: one -> two -> one",
            id="two-that-extend-each-other",
        ),
        pytest.param(
            {"one": "two", "two": "three", "three": "two"},
            "three/architecture.yaml:3:10: error[DGY-26]: `extends` goes round in a circle:"
            " one -> two -> three -> two",
            id="a-circle-further-down",
        ),
        pytest.param(
            {"one": "too", "two": "one"},
            "one/architecture.yaml:3:10: error[DGY-26]: there is no design 'too' to extend",
            id="a-missing-folder",
        ),
    ],
)
def test_extends_that_leads_nowhere(designs, texts, message):
    """One message, at the `extends` that closes the circle."""
    designs(**{slug: f"version: 1\ntitle: {slug}\nextends: {base}\n" for slug, base in texts.items()})

    assert [message] == printed(load("one"))


def test_a_text_without_a_folder_cannot_extend():
    """Standard input stands nowhere."""
    result = load_text("version: 1\ntitle: T\nextends: base\n")

    assert ["<stdin>:3:10: error[DGY-26]: `extends` needs a file in a folder; this text has none"] == printed(result)


def test_a_base_that_cannot_be_read_is_one_message(designs):
    """No follow-up errors about what it would have held."""
    designs(base="version: 1\ntitle: [\n", next="version: 1\ntitle: Next\nextends: base\nflows: {ask: null}\n")
    result = load("next")

    assert result.value is None
    assert 1 == len(result.diagnostics)
    assert "base/architecture.yaml" == result.diagnostics[0].span.file


def test_removing_what_is_not_there_is_a_warning(designs):
    """With the hint that an empty block is written `{}`."""
    designs(base=BASE, next="version: 1\ntitle: Next\nextends: base\nusers:\n  shopper:\n")
    result = load("next")

    assert ["next/architecture.yaml:5:3: warning[DGY-28]: nothing to remove: there is no 'shopper' here"] == printed(
        result
    )
    assert result.value is not None


def test_an_empty_block_without_a_base_is_a_block(designs):
    """Null removes in patches only."""
    assert [Key("user", "shopper")] == [
        c.key for c in load_text("version: 1\ntitle: T\nusers:\n  shopper:\n").value.components
    ]


def test_a_list_replaces_a_list(designs):
    """Only blocks merge."""
    designs(
        base=BASE,
        next="version: 1\ntitle: Next\nextends: base\nzones: [b]\n",
    )
    shop = next(c for c in load("next").value.components if c.kind == "vpc")

    assert ("ap-south-1b",) == shop.zones


def test_variant_is_a_patch_before_expansion():
    """The design with one difference; it says which."""
    result = load_text(BASE, variant="mistake")

    assert "mistake" == result.value.variant
    assert Key("instance", "shop/old") not in {c.key for c in result.value.components}
    assert ["mistake"] == [v.id for v in result.value.variants]


def test_flows_of_variants_left_behind_stay_behind(designs):
    """`ask-in-variant` needs a variant that `extends` does not hand on."""
    designs(base=BASE, next="version: 1\ntitle: Next\nextends: base\n")

    assert ["ask", "ask-old"] == [f.id for f in load("next").value.flows]


def test_a_variant_cannot_change_the_head():
    """Title, summary and variants stand for all of them."""
    text = "version: 1\ntitle: T\nvariants: {x: {changes: {title: Other}}}\n"
    result = load_text(text, variant="x")

    assert ["<stdin>:3:26: error[DGY-27]: a variant cannot change `title`"] == printed(result)
    assert "T" == result.value.title


def test_unknown_variant_is_the_callers_mistake():
    """Not the author's: an exception."""
    with pytest.raises(UnknownNameError, match="no variant 'typo'; known: mistake"):
        load_text(BASE, variant="typo")


def test_missing_file_is_the_callers_mistake(tmp_path):
    """An exception that names the file."""
    with pytest.raises(UnreadableInputError, match=r"architecture\.yaml: No such file"):
        load(tmp_path)
