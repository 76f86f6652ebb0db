"""`docgen prove --kernel`: for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli import main
from docgen.kernel import run as kernel_run
from docgen.kernel.blueprint import TooLargeError


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.chdir(root)


def prove(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["prove", *arguments], input=text)


@pytest.mark.kernel
def test_text() -> None:
    """Each flow in the definition's order, where it is blocked, and the counts."""
    result = prove("three-tier", "--kernel", "--flow", "web-to-database", "--flow", "app-stores-order")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "three-tier",
        "  app-stores-order  allowed  the kernel agrees (2 connections, 4 tries)",
        "  web-to-database   blocked  the kernel agrees (2 connections, 4 tries)",
        " " * 29 + "blocked, forward: db_instance:shop/orders refuses it by its security groups (ingress)",
        " " * 29 + "tcp 10.0.0.6:1024 > 10.0.20.4:3306",
        "",
        "2 flows, 2 sent as real packets (8 tries):",
        "     2  the kernel agrees",
    ]


@pytest.mark.kernel
def test_json() -> None:
    """Both answers, and what is not proven."""
    result = prove("s3-gateway-endpoint", "--kernel", "--flow", "app-to-elsewhere", "--format", "json")
    assert result.exit_code == 0
    (found,) = json.loads(result.output)["results"]
    assert found["agreement"] == "up to a policy"
    assert found["docgen"]["reason"] == "DG_POLICY_DENIED"
    assert found["kernel"]["verdict"] == "ALLOWED"
    assert found["kernel"]["not_proven"] == ["the service's own policies"]


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["three-tier"], "say by whom: --kernel", id="by-whom"),
        pytest.param(
            ["three-tier", "--kernel", "--flow", "web-to-databse"], "did you mean 'web-to-database'?", id="flow"
        ),
        pytest.param(["no-such-design", "--kernel"], "there is no file, folder or design", id="path"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    """Told, without a traceback."""
    result = prove(*arguments)
    assert result.exit_code != 0
    assert said in result.output


def test_a_definition_with_errors() -> None:
    """What could not be read is missing from the network: nothing is sent."""
    result = prove("-", "--kernel", text="version: 1\ntitle: Broken\nvpcs: {shop: {}}\n")
    assert result.exit_code == 1
    assert "cidr_block" in result.output


def test_a_machine_that_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that is missing, by name; exit code 2 as for other missing tools."""
    monkeypatch.setattr("docgen.pipeline.proving.why_not", lambda: "the program 'ip' is not installed")
    result = prove("three-tier", "--kernel")
    assert result.exit_code == 2
    assert result.output == "docgen: no network can be emulated here: the program 'ip' is not installed\n"


def test_a_network_that_cannot_be_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is no agreement: what said why, and exit code 1."""

    def fail(plan: object) -> None:
        raise kernel_run.ProvingError("RTNETLINK answers: No space left on device\nmore")

    monkeypatch.setattr("docgen.pipeline.proving.why_not", lambda: "")
    monkeypatch.setattr("docgen.pipeline.proving.ask", fail)
    result = prove("three-tier", "--kernel", "--flow", "app-stores-order")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "three-tier",
        "  app-stores-order  allowed  THE KERNEL GAVE NO ANSWER: RTNETLINK answers: No space left on device",
        "",
        "1 flow, 0 sent as real packets (0 tries):",
        "     1  THE KERNEL GAVE NO ANSWER",
        "           1  RTNETLINK answers: No space left on device",
    ]


def test_a_network_too_large_to_emulate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is listed with the reason, as other flows that cannot be sent."""

    def refuse(*_: object) -> None:
        raise TooLargeError("it would take 300 namespaces; at most 250 are made")

    monkeypatch.setattr("docgen.pipeline.proving.why_not", lambda: "")
    monkeypatch.setattr("docgen.pipeline.proving.emulate", refuse)
    result = prove("three-tier", "--kernel", "--flow", "app-stores-order")

    assert result.exit_code == 0
    assert "cannot be emulated: it would take 300 namespaces" in result.output


def test_another_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only Linux has these namespaces."""
    monkeypatch.setattr("sys.platform", "darwin")
    kernel_run.why_not.cache_clear()
    assert kernel_run.why_not() == "this needs Linux"
    kernel_run.why_not.cache_clear()
