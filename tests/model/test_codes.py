"""The list of reason codes: complete, readable, and in step with what the routing core gives."""

import re
from pathlib import Path

import pytest

from docgen import model
from docgen.model.codes import REASON_CODES, ReasonCode

PACKAGE = Path(model.__file__).parent.parent
_NAME = re.compile(r'"([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)"')


def codes_in_the_routing_core() -> set[str]:
    sources = [p for folder in ("routing", "kinds") for p in (PACKAGE / folder).glob("*.py")]
    return {name for p in sources for name in _NAME.findall(p.read_text(encoding="utf-8"))}


def test_every_code_that_a_trace_can_carry_is_explained():
    """Nobody meets a code that `docgen explain` does not know."""
    assert sorted(codes_in_the_routing_core() - set(REASON_CODES)) == []


def test_raised_today_is_what_the_routing_core_names():
    """The reference page tells codes that can appear from those that come later."""
    marked = {code for code, reason in REASON_CODES.items() if reason.raised_today}

    assert sorted(codes_in_the_routing_core()) == sorted(marked)


def test_all_of_reachability_analyzers_codes_are_there():
    """89 explanation codes and 11 additional details, as counted from AWS's pages."""
    assert sum(reason.official for reason in REASON_CODES.values()) == 100


@pytest.mark.parametrize("reason", REASON_CODES.values(), ids=lambda r: r.code)
def test_code_says_what_it_means_and_what_to_do(reason: ReasonCode):
    """Title without period, sentences with one, a page of AWS's."""
    assert reason.official is not reason.code.startswith("DG_")
    assert REASON_CODES[reason.code] is reason
    assert not reason.title.endswith(".")
    assert reason.meaning.endswith(".")
    assert reason.fix.endswith(".")
    assert reason.source.startswith("https://docs.aws.amazon.com/")
