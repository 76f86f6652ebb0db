"""Definitions of very many things: a right result or a message, in time and memory. `.ci/run hostile`, or DOCGEN_LONG=1."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(not os.environ.get("DOCGEN_LONG"), reason="`.ci/run hostile`, or DOCGEN_LONG=1")
HEAD = "version: 1\ntitle: Many\nregion: ap-south-1\nzones: [a]\n"
ONE = ("--view", "overview")


def servers(count: int, flows: int = 0) -> str:
    lines = ["vpcs:", "  big:", "    cidr_block: 10.0.0.0/16", "    subnets:"]
    lines += [f"      s{n}: {{cidr_block: 10.0.{n * 64}.0/18}}" for n in range(4)]
    lines += ["    instances:", *(f"      i{n}: {{subnet: s{n % 4}}}" for n in range(count))]
    lines += ["flows:"] if flows else []
    lines += [
        f"  f{n}: {{from: i{n % count}, to: i{(n * 7 + 13) % count}, port: {n % 60000 + 1}}}" for n in range(flows)
    ]
    return HEAD + "\n".join(lines)


def vpcs(count: int) -> str:
    rows = [
        f"  v{n}: {{cidr_block: 10.{n // 256 % 256}.{n % 256}.0/24, subnets: {{s: {{cidr_block: 10.{n // 256 % 256}.{n % 256}.0/25}}}}}}"
        for n in range(count)
    ]
    return HEAD + "vpcs:\n" + "\n".join(rows)


def subnets(count: int) -> str:
    rows = [f"      s{n}: {{cidr_block: 10.0.{n // 16}.{n % 16 * 16}/28}}" for n in range(count)]
    return HEAD + "vpcs:\n  big:\n    cidr_block: 10.0.0.0/16\n    subnets:\n" + "\n".join(rows)


def rules(count: int) -> str:
    many = ", ".join(f"tcp {n} from 10.{n // 256 % 256}.{n % 256}.0/24" for n in range(1, count))
    return (
        HEAD
        + f"vpcs: {{v: {{cidr_block: 10.0.0.0/16, subnets: {{s: {{cidr_block: 10.0.0.0/24}}}}, security_groups: {{g: {{ingress: [{many}]}}}}, instances: {{i: {{subnet: s, security_groups: [g]}}}}}}}}\nflows: {{f: {{from: 10.9.9.9, to: i, port: 65000}}}}"
    )


def routes(count: int) -> str:
    many = ", ".join(f"10.{n // 256 % 250 + 1}.{n % 256}.0/24: igw" for n in range(count))
    return (
        HEAD
        + f"vpcs: {{v: {{cidr_block: 10.0.0.0/16, internet_gateways: {{igw: {{}}}}, route_tables: {{t: {{routes: {{{many}}}}}}}, subnets: {{s: {{cidr_block: 10.0.0.0/24, route_table: t}}}}, instances: {{i: {{subnet: s}}}}}}}}\nflows: {{f: {{from: i, to: internet, port: 443}}}}"
    )


CASES = {
    "ten-thousand-servers": servers(10_000, 20),
    "sixty-thousand-servers": servers(59_000),
    "sixty-one-thousand-servers": servers(61_000),
    "a-thousand-flows": servers(200, 1000),
    "a-thicket-of-lines": servers(300, 250),
    "two-thousand-networks": vpcs(2000),
    "four-thousand-subnets": subnets(4000),
    "five-thousand-rules": rules(5000),
    "ten-thousand-routes": routes(10_000),
}
COMMANDS = {
    "check": ("check", "d"),
    "trace": ("trace", "d"),
    "list": ("list", "d"),
    "show": ("show", "d"),
    "graph": ("graph", "d", "-f", "svg", "-o", "out/g.svg"),
    "mermaid": ("graph", "d", "-o", "out/g.mmd"),
    "svg": ("render", "d", "-o", "out", *ONE),
    "drawio": ("render", "d", "-o", "out", "-f", "drawio", *ONE),
    "png": ("render", "d", "-o", "out", "-f", "png", *ONE),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
@pytest.mark.parametrize("text", CASES.values(), ids=list(CASES))
def test_many(docgen: Callable[..., Any], tmp_path: Path, text: str, command: tuple[str, ...]) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d/architecture.yaml").write_text(text)
    docgen(*command)


@pytest.mark.parametrize("command", [("check",), ("render", "-o", "out", *ONE)], ids=["check", "render"])
def test_a_chain_of_a_thousand_designs(docgen: Callable[..., Any], tmp_path: Path, command: tuple[str, ...]) -> None:
    for number in range(1000):
        folder = tmp_path / f"d{number}"
        folder.mkdir()
        base = (
            f"extends: d{number + 1}\n"
            if number < 999
            else "region: ap-south-1\nzones: [a]\nvpcs: {v: {cidr_block: 10.0.0.0/16}}\n"
        )
        (folder / "architecture.yaml").write_text(f"version: 1\ntitle: D{number}\n{base}")
    name, *options = command
    docgen(name, "d0", *options)
