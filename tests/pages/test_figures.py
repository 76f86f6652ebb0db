"""Numbers that age: each with a date, a Region and a source, in one file."""

from __future__ import annotations

import re

import pytest

from docgen.kinds import all_kinds
from docgen.loader.figure_names import known_figures
from docgen.pages.figures import Figure, figures, figures_page, fill_figures
from docgen.pages.quotas import quotas
from docgen.rules import quota_exceeded

PRICE = re.compile(r"\d+(\.\d+)?")
TIME = re.compile(r"(about )?\d+(\.\d+)?( to \d+(\.\d+)?)?")


@pytest.mark.parametrize("figure", figures().values(), ids=lambda f: f.id)
def test_figure_is_whole(figure: Figure):
    """A price is one number in USD; a time has a unit; both have a month and a page."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", figure.id)
    assert figure.title
    assert figure.region
    assert (PRICE if figure.is_price else TIME).fullmatch(figure.value)
    assert figure.is_price or figure.unit in ("ms", "s")
    assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", figure.as_of)
    assert re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]+/[^\s]*", figure.source)


def test_figures_stand_in_order():
    """Two people who add one do not meet."""
    assert sorted(figures()) == list(figures())


def test_figure_titles_differ_by_region():
    """A reader can tell every two of them apart."""
    assert len({(f.title, f.unit, f.region) for f in figures().values()}) == len(figures())


def test_ids_are_not_repeated():
    """YAML would keep the last of two without a word; those who only look for an id read the lines themselves."""
    assert list(known_figures()) == list(figures())


def test_prose_is_filled():
    """Value, unit and year; the link leads to the row with date and source."""
    assert "It costs [0.045 USD per hour](../../reference/figures.md#nat-gateway-hour) (2026)." == fill_figures(
        "It costs {{ figure:nat-gateway-hour }}.", "../../"
    )
    assert "{{ figure:gold }}" == fill_figures("{{ figure:gold }}", "")


def test_page_has_every_figure():
    page = figures_page().markdown

    assert [] == [f for f in figures() if f'id="{f}"' not in page]


@pytest.mark.parametrize("kind", quotas())
def test_quotas_are_of_kinds_that_there_are(kind: str):
    """Each has a date and AWS's own page."""
    assert kind in all_kinds()
    for quota in quotas()[kind]:
        assert quota.what
        assert quota.value
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", quota.as_of)
        assert quota.source.startswith("https://docs.aws.amazon.com/")


def test_quotas_stand_in_order():
    assert sorted(quotas()) == list(quotas())


@pytest.mark.parametrize(
    ("expected", "kind", "what"),
    [
        pytest.param(quota_exceeded._SUBNETS, "subnet", "In a VPC", id="subnets"),
        pytest.param(quota_exceeded._ROUTE_TABLES, "route_table", "In a VPC", id="tables"),
        pytest.param(quota_exceeded._ROUTES, "route_table", "Routes of a family", id="routes"),
        pytest.param(quota_exceeded._BLOCKS, "vpc", "IPv4 blocks", id="blocks"),
        pytest.param(quota_exceeded._GROUP_RULES, "security_group", "Rules in a direction and family", id="rules"),
        pytest.param(quota_exceeded._GROUPS_OF_INTERFACE, "network_interface", "Security groups", id="groups"),
        pytest.param(quota_exceeded._ACL_ENTRIES, "network_acl", "Entries in a direction", id="entries"),
    ],
)
def test_quotas_are_those_that_the_rule_checks(expected: int, kind: str, what: str):
    """DGL-131 and the pages say the same."""
    assert [str(expected)] == [quota.value for quota in quotas()[kind] if quota.what == what]
