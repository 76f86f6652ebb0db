"""`docgen reach`: for people, and as the machine interface."""

from __future__ import annotations

import json

import jsonschema
import pytest

from docgen.reports import reach_schema

TABLES = [
    pytest.param(
        ["--to", "orders"],
        ["app-a, app-b  at 10.0.20.4, 10.0.21.4  tcp 3306  --from app-a --to 10.0.20.4 --port 3306"],
        id="a database behind its group",
    ),
    pytest.param(
        ["--to", "tier=data", "--outage", "a"],
        ["app-b  at 10.0.21.4  tcp 3306  --from app-b --to 10.0.21.4 --port 3306"],
        id="a tier while a zone is down",
    ),
    pytest.param(
        ["--from", "internet"],
        [
            "internet (every public address)  at 198.51.100.3, 198.51.100.4  tcp 443  "
            "--from 203.0.113.50 --to 198.51.100.3 --port 443",
            *[
                "internet (every public address)  through edge at 198.51.100.3, 198.51.100.4  tcp 443  "
                "--from 203.0.113.50 --to 198.51.100.3 --port 443"
            ]
            * 2,
        ],
        id="from the internet",
    ),
    pytest.param(
        ["--from", "app", "--to", "internet"],
        ["app-a, app-b  at every public address  tcp; icmp; udp  --from app-a --to 203.0.113.50 --port 443"],
        id="to the internet",
    ),
]


@pytest.mark.parametrize(("options", "rows"), TABLES)
def test_table(run, options, rows):
    """Every row of the table, apart from headings."""
    result = run("reach", "three-tier", *options)
    assert result.exit_code == 0
    assert [line.strip() for line in result.output.splitlines() if line.startswith("  ")] == rows


def test_nothing_gets_there(run):
    """Said in words."""
    result = run("reach", "three-tier", "--to", "orders", "--from", "internet")
    assert result.exit_code == 0
    assert result.output.startswith("Nothing gets there.\n")


def test_json(run):
    """As its schema says, each witness traced."""
    result = run("reach", "three-tier", "--to", "orders", "--format", "json")
    answer = json.loads(result.output)
    jsonschema.validate(answer, reach_schema())
    first = answer["results"][0]
    assert (first["source"]["component"], first["protocol"], first["ports"]) == (
        "app-a",
        "tcp",
        [{"first": 3306, "last": 3306}],
    )
    assert first["witness"]["result"]["verdict"] == "ALLOWED"
    assert first["headers"] == 2


def test_schema(run):
    """`docgen schema --reach` prints it."""
    assert json.loads(run("schema", "--reach").output) == reach_schema()
    assert run("schema", "--reach", "--trace").exit_code == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "name --to, --from, or both"),
        (["--to", "nobody"], "nothing in this design is called 'nobody'"),
        (["--to", "colour=red"], "not by 'colour'"),
        (["--to", "orders", "--outage", "nobody"], "no zone or component 'nobody'"),
    ],
)
def test_wrong_usage(run, options, words):
    """Exit code 2, and what is wrong."""
    result = run("reach", "three-tier", *options)
    assert result.exit_code == 2
    assert words in result.output + result.stderr
