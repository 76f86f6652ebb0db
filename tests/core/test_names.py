"""Suggestions for misspelt names."""

import pytest

from docgen.core.names import did_you_mean

KEYS = ("availability_zone", "availability_zones", "cidr_block", "title")


@pytest.mark.parametrize(
    ("hint", "name", "known", "rather"),
    [
        pytest.param("did you mean 'cidr_block'?", "cidr_blok", KEYS, (), id="the-closest-spelling"),
        pytest.param("did you mean 'web-server'?", "web", ("web-server", "database"), (), id="the-one-with-it"),
        pytest.param(
            "known: accepter_vpc, requester_vpc",
            "vpc",
            ("requester_vpc", "accepter_vpc"),
            (),
            id="several-with-it-are-listed",
        ),
        pytest.param("did you mean 'availability_zone'?", "zone", KEYS, ("availability_zone",), id="plurals-aside"),
        pytest.param("known: allowed_vpc_endpoints", "vpc", ("allowed_vpc_endpoints",), (), id="not-in-the-middle"),
        pytest.param("known: cidr_block", "x", KEYS, ("cidr_block",), id="the-list-is-of-what-most-people-want"),
        pytest.param("did you mean 'title'?", "titel", KEYS, ("cidr_block",), id="but-everything-is-recognised"),
        pytest.param("", "x", (), (), id="nothing-known-nothing-said"),
        pytest.param(
            "did you mean 'NO_ROUTE_TO_DESTINATION'?",
            "NO_ROUTE",
            ("CANNOT_ROUTE", "NO_ROUTE_TO_DESTINATION"),
            (),
            id="the-one-that-goes-on-from-it",
        ),
        pytest.param("did you mean 'availability_zone'?", "az", KEYS, (), id="as-other-tools-call-it"),
        pytest.param("did you mean 'from'?", "source", ("from", "source_port"), (), id="not-what-looks-alike"),
        pytest.param("did you mean 'source_port'?", "source", ("source_port",), (), id="unless-nothing-is-called-so"),
    ],
)
def test_did_you_mean(hint, name, known, rather):
    """The closest name, else the only one that has it as a word, else a list."""
    assert hint == did_you_mean(name, known, rather=rather)
