"""`docgen trace`: for people, and as the machine interface."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docgen.reports import json_schema

FLOWS: list[dict[str, Any]] = [
    {"id": "page", "from": "internet", "to": "www.example.com", "protocol": "tcp", "port": 443},
    {"id": "skip", "from": "web-a", "to": "orders", "protocol": "tcp", "port": 3306, "source_port": 40000},
    {"id": "ping", "from": "app-a", "to": "203.0.113.99", "protocol": "icmp"},
    {"id": "inner", "from": "internet", "to": "inner", "protocol": "tcp", "port": 443},
    {"id": "who", "from": "nobody", "to": "orders", "protocol": "tcp", "port": 3306},
    {"id": "address", "from": "10.99.0.1", "to": "orders", "protocol": "tcp", "port": 3306},
    {"id": "name", "from": "app-a", "to": "nowhere.example.org", "protocol": "udp", "port": 53},
]
ANSWERS = [
    ("page", "ALLOWED", None, None, None),
    ("skip", "BLOCKED", "forward", "ENI_SG_RULES_MISMATCH", "orders"),
    ("ping", "ALLOWED", None, None, None),
    ("inner", "BLOCKED", "forward", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "igw"),
    ("who", "UNKNOWN", None, "UNKNOWN_RESOURCE", None),
    ("address", "UNKNOWN", None, "UNKNOWN_RESOURCE", None),
    ("name", "UNKNOWN", "forward", "UNKNOWN_DESTINATION", "internet"),
]


@pytest.fixture
def flow_file(tmp_path: Path) -> Path:
    path = tmp_path / "flows.json"
    path.write_text(json.dumps(FLOWS))
    return path


def heads(answer: dict[str, Any]) -> list[tuple[Any, ...]]:
    keys = ("id", "verdict", "leg", "reason", "component")
    return [tuple(result[key] for key in keys) for result in answer["results"]]


def validate(answer: Any) -> None:
    jsonschema.Draft202012Validator(json_schema()).validate(answer)


def test_flow_file(run_json, flow_file: Path) -> None:
    """One result for each flow in the same order, in the shape that the schema promises."""
    answer = run_json("trace", "three-tier", "--flow-file", str(flow_file), "--format", "json")

    validate(answer)
    assert 1 == answer["version"]
    assert ANSWERS == heads(answer)


def test_flow_file_matches_its_own_schema() -> None:
    """The schema describes what the command takes as well."""
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)

    jsonschema.validate(FLOWS, {"$ref": "#/$defs/flows", "$defs": schema["$defs"]})


def test_flow_file_from_standard_input(run_json) -> None:
    answer = run_json("trace", "three-tier", "--flow-file", "-", "--format", "json", text=json.dumps(FLOWS[:1]))

    assert ANSWERS[:1] == heads(answer)


def test_definition_from_standard_input(run_json, flow_file: Path, root: Path) -> None:
    text = (root / "architectures/isolated-vpc/architecture.yaml").read_bytes()
    answer = run_json("trace", "-", "--flow-file", str(flow_file), "--format", "json", text=text)

    assert [flow["id"] for flow in FLOWS] == [result["id"] for result in answer["results"]]


def test_no_flows_no_results(run_json) -> None:
    answer = run_json("trace", "three-tier", "--flow-file", "-", "--format", "json", text="[]")

    assert {"version": 1, "results": []} == answer


def test_connection_tells_its_hops(run_json) -> None:
    """Hops there and back, each with the header before and after and what decided."""
    flow = [
        {"id": "out", "from": "app-a", "to": "203.0.113.99", "protocol": "tcp", "port": 443, "source_port": 40000}
    ]
    (result,) = run_json("trace", "three-tier", "--flow-file", "-", "--format", "json", text=json.dumps(flow))[
        "results"
    ]
    (connection,) = result["connections"]
    nat = next(hop for hop in connection["hops"] if hop["component"] == "nat-a")

    assert ("nat_gateway", "shop/nat-a") == (nat["kind"], nat["path"])
    assert [40000, 40000] == nat["packet_in"]["source_ports"]
    assert nat["packet_in"]["source"] != nat["packet_out"]["source"]
    assert {"by": "public", "by_kind": "route_table", "outcome": "pass"}.items() <= _step(nat, "route_table").items()
    assert ["local", "0.0.0.0/0 -> igw"] != [c["text"] for c in _step(nat, "route_table")["candidates"]]
    assert "app-a" == connection["return_hops"][-1]["component"]


def _step(hop: dict[str, Any], check: str) -> dict[str, Any]:
    return next(step for step in hop["steps"] if step["check"] == check)


def test_connections_form_a_tree(run_json) -> None:
    """What a load balancer opens has the connection as parent that made it open it."""
    (page, *_) = run_json("trace", "three-tier", "--flow", "web-asks-app", "--format", "json")["results"]
    parents = [connection["parent"] for connection in page["connections"]]

    assert None is parents[0]
    assert all(parent is None or parent < index for index, parent in enumerate(parents))
    assert {"listener"} == {c["purpose"] for c in page["connections"] if c["parent"] is not None}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("", "is not JSON", id="empty"),
        pytest.param("{", "is not JSON", id="not-json"),
        pytest.param("[" * 100_000, "is not JSON", id="nested-too-deep"),
        pytest.param('{"flows": []}', "must hold a JSON array", id="not-an-array"),
        pytest.param("[1]", "flow 1: is not an object", id="not-an-object"),
        pytest.param('[{"id": "a"}]', "flow 1 ('a'): 'from' must be a text", id="key-missing"),
        pytest.param(
            '[{"id": "a", "from": "b", "to": "c", "protocol": "sctp", "port": 1}]',
            "flow 1 ('a'): 'protocol' must be one of tcp, udp, icmp, not 'sctp'",
            id="unknown-protocol",
        ),
        pytest.param(
            '[{"id": "a", "from": "b", "to": "c", "protocol": "tcp"}]',
            "'port' is missing; tcp needs one",
            id="no-port",
        ),
        pytest.param(
            '[{"id": "a", "from": "b", "to": "c", "protocol": "tcp", "port": 65536}]',
            "'port' must be a number from 0 to 65535, not 65536",
            id="port-out-of-range",
        ),
        pytest.param(
            '[{"id": "a", "from": "b", "to": "c", "protocol": "tcp", "port": true}]', "not True", id="port-no-number"
        ),
        pytest.param(
            '[{"id": "a", "from": "b", "to": "c", "protocol": "udp", "port": 1, "source_prot": 2}]',
            "unknown key 'source_prot'",
            id="misspelt-key",
        ),
        pytest.param(
            '[{"id": "a", "from": "b", "to": "c", "protocol": "udp", "port": 1}, {"id": "z"}, 7]',
            "flow 3: is not an object",
            id="every-bad-flow-is-named",
        ),
    ],
)
def test_bad_flow_file(run, content: str, message: str) -> None:
    """A file that cannot be understood is wrong usage: nothing is traced, every problem is named."""
    result = run("trace", "three-tier", "--flow-file", "-", "--format", "json", text=content)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--from", "app"], "--from and --to go together", id="half-a-flow"),
        pytest.param(["--from", "app", "--to", "orders"], "--port is missing; tcp needs one", id="no-port"),
        pytest.param(["--from", "a", "--to", "b", "--flow", "c"], "exclude each other", id="two-ways-to-ask"),
        pytest.param(["--outage", "a"], "need --from and --to or --flow-file", id="outage-of-nothing"),
        pytest.param(
            ["--from", "app", "--to", "orders", "--port", "70000"], "not in the range", id="port-out-of-range"
        ),
        pytest.param(
            ["--from", "app", "--to", "orders", "--port", "1", "--outage", "zz"],
            "no zone or component 'zz'",
            id="unknown-outage",
        ),
        pytest.param(
            ["--from", "app", "--to", "orders", "--port", "1", "--variant", "zz"],
            "no variant 'zz'",
            id="unknown-variant",
        ),
        pytest.param(["--flow-file", "none.json"], "none.json", id="missing-flow-file"),
    ],
)
def test_wrong_usage(run, arguments: list[str], message: str) -> None:
    result = run("trace", "three-tier", *arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr


def test_one_flow_asked(run) -> None:
    """The text names what decided, and the header before and after each translation."""
    result = run("trace", "three-tier", "--from", "app-a", "--to", "203.0.113.99", "--port", "443")

    assert 0 == result.exit_code
    assert "Route table private-a sends 0.0.0.0/0 to nat-a" in result.stdout
    assert "before tcp 10.0.10.5:1024-65535 -> 203.0.113.99:443" in result.stdout
    assert "\nALLOWED\n" in result.stdout


@pytest.mark.parametrize(
    ("more", "code"),
    [pytest.param([], 0, id="verdict-is-an-answer"), pytest.param(["--strict"], 1, id="strict-makes-it-a-finding")],
)
def test_blocked_flow_asked(run, more: list[str], code: int) -> None:
    result = run("trace", "three-tier", "--from", "web", "--to", "orders", "--port", "3306", *more)

    assert code == result.exit_code
    assert "BLOCKED on the way there at orders: ENI_SG_RULES_MISMATCH" in result.stdout


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        pytest.param([], "BLOCKED", id="as-designed"),
        pytest.param(["--variant", "web-group-opened"], "ALLOWED", id="in-a-variant"),
    ],
)
def test_circumstances(run, more: list[str], verdict: str) -> None:
    """--variant and --outage change the network in which a flow is asked."""
    result = run("trace", "three-tier", "--from", "internet", "--to", "web-a", "--port", "8443", *more)

    assert f"\n{verdict}" in result.stdout


def test_outage(run_json) -> None:
    """Nothing that stands in a zone that is down takes part."""
    flows = json.dumps([{"id": "f", "from": "app-b", "to": "orders", "protocol": "tcp", "port": 3306}])
    answers = [
        run_json("trace", "three-tier", "--flow-file", "-", "--format", "json", *more, text=flows)["results"][0]
        for more in ([], ["--outage", "a"])
    ]
    ends = [answer["connections"][-1]["hops"][-1]["interface"] for answer in answers]

    assert ["orders@primary", "orders@standby"] == ends


def test_declared_flows(run, root: Path) -> None:
    """Without options every declared flow, as the golden file has it."""
    result = run("trace", "three-tier")

    assert 0 == result.exit_code
    assert (root / "architectures/three-tier/expected/traces.txt").read_text() == result.stdout


def test_declared_flows_as_json(run_json) -> None:
    answer = run_json("trace", "three-tier", "--format", "json")

    validate(answer)
    assert "shopper-opens-page" == answer["results"][0]["id"]


def test_unmet_expectation_is_a_finding(run, root: Path) -> None:
    """The trace is printed, what was expected beside it, and the exit code is 1."""
    text = (root / "architectures/isolated-vpc/architecture.yaml").read_text()
    result = run("trace", "-", text=text.replace("expect: allowed", "expect: {blocked: NO_ROUTE_TO_DESTINATION}", 1))

    assert 1 == result.exit_code
    assert "expected: blocked with NO_ROUTE_TO_DESTINATION" in result.stdout
    assert "error[DGP-01]" in result.stderr


def test_an_invariant_with_an_error_hides_no_trace(run, root: Path) -> None:
    """What could be read is traced and printed; the error stands beside it."""
    text = (root / "architectures/isolated-vpc/architecture.yaml").read_text()
    unclear = "invariants:\n  unclear: {never: {from: internet, to: nothing}}\n"
    result = run("trace", "-", text=text.replace("invariants:\n", unclear, 1))

    assert 1 == result.exit_code
    assert "ALLOWED" in result.stdout
    assert "error[DGP-12]" in result.stderr
    assert 1 == result.stderr.count("error[")


def test_broken_definition(run) -> None:
    """Diagnostics on standard error, nothing on standard output."""
    result = run("trace", "-", "--from", "a", "--to", "b", "--port", "1", text="version: 1\nvpcs: [")

    assert (1, "") == (result.exit_code, result.stdout)
    assert "<stdin>:2:" in result.stderr


@pytest.mark.parametrize(
    ("options", "connections"),
    [
        pytest.param((), 23, id="with what is called in turn"),
        pytest.param(("--connection-only",), 7, id="the connection and its load balancer alone"),
    ],
)
def test_a_url_says_protocol_and_port(run, options: tuple[str, ...], connections: int) -> None:
    """Where people write where they go, no port is needed."""
    result = run("trace", "three-tier", "--from", "shopper", "--to", "https://www.example.com", *options)

    assert 0 == result.exit_code
    assert f"ALLOWED: {connections} connections" in result.stdout


@pytest.mark.parametrize(
    ("to", "options", "problem"),
    [
        pytest.param("htps://www.example.com", (), "did you mean 'https'?", id="a misspelt scheme"),
        pytest.param("https://www.example.com", ("--port", "443"), "leave --port out", id="a port twice"),
        pytest.param("orders", (), "--port is missing", id="no port at all"),
    ],
)
def test_a_url_that_cannot_be_asked(run, to: str, options: tuple[str, ...], problem: str) -> None:
    """Wrong usage, with the way out."""
    result = run("trace", "three-tier", "--from", "shopper", "--to", to, *options)

    assert 2 == result.exit_code
    assert problem in result.stderr
