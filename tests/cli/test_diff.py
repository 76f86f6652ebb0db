"""`docgen diff`: what a change opens and closes, by path and by git revision, told in three ways and drawn."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docgen.pipeline import revisions
from docgen.reports import difference_schema

BEFORE = """\
version: 1
title: Shop
region: ap-south-1
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {cidr_block: 10.0.0.0/24, availability_zone: a, route_table: public}
      data: {cidr_block: 10.0.1.0/24, availability_zone: a, route_table: data}
    route_tables: {public: {0.0.0.0/0: igw}, data: {}}
    security_groups: {web: {ingress: [tcp 443 from 0.0.0.0/0]}, data: {ingress: [tcp 5432 from web]}}
    instances:
      web: {subnet: public, associate_public_ip_address: true, security_groups: [web]}
      old: {subnet: data, security_groups: [data]}
    db_instances: {orders: {subnets: [data], engine: postgres, multi_az: false, security_groups: [data]}}
flows:
  page: {from: internet, to: web, port: 443}
  store: {from: web, to: orders, port: 5432}
  admin: {from: internet, to: web, port: 22}
  leave: {from: orders, to: internet, port: 443}
"""
OPENED = BEFORE.replace("[tcp 443 from 0.0.0.0/0]", "[tcp 443 from 0.0.0.0/0, tcp 22 from 0.0.0.0/0]")
CASES = [
    pytest.param(BEFORE, ["Nothing is different."], [], id="nothing"),
    pytest.param(
        BEFORE.replace("title: Shop", "title: The shop # a word more"), ["Nothing is different."], [], id="words only"
    ),
    pytest.param(
        OPENED,
        [
            "~ Security group web",
            "+ ingress: tcp 22 from 0.0.0.0/0",
            "admin: opened",
            "+ old, orders, internet to web: tcp 22",
            "different: 1 component, 1 flow, 1 way opened, 0 closed",
        ],
        ["- ingress"],
        id="a rule more",
    ),
    pytest.param(
        BEFORE.replace("[tcp 5432 from web]", "[]"),
        [
            "- ingress: tcp 5432 from web",
            "store: closed",
            "now    BLOCKED on the way there at orders: SG_HAS_NO_RULES",
            "- web to orders: tcp 5432",
            "- web to old: tcp 5432",
        ],
        ["opened, whether"],
        id="a rule less",
    ),
    pytest.param(
        BEFORE.replace("data: {}}", "data: {0.0.0.0/0: igw}}"),
        ["+ 0.0.0.0/0: igw", "leave: other reason"],
        ["\nclosed"],
        id="a route that opens nothing yet",
    ),
    pytest.param(
        "".join(line for line in BEFORE.splitlines(keepends=True) if "      old:" not in line),
        ["- EC2 instance old", "- old to web: tcp 443", "- web to old: tcp 5432"],
        ["opened, whether"],
        id="a server less",
    ),
    pytest.param(
        BEFORE.replace("  admin:", "  dns: {from: internet, to: web, port: 53, protocol: udp}\n  admin:"),
        ["dns: declared now only", "BLOCKED on the way there at web: ENI_SG_RULES_MISMATCH"],
        ["components\n", "opened, whether"],
        id="a question more",
    ),
    pytest.param(
        BEFORE.replace("port: 22", "port: 23"),
        ["admin: asks something else"],
        ["components\n"],
        id="another question",
    ),
]


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    """Two files."""
    for name in ("before.yaml", "after.yaml"):
        (tmp_path / name).write_text(BEFORE)
    return str(tmp_path / "before.yaml"), str(tmp_path / "after.yaml")


@pytest.mark.parametrize(("after", "said", "unsaid"), CASES)
def test_text(run, pair, after: str, said: list[str], unsaid: list[str]) -> None:
    """Components, flows, and who reaches whom whether a flow asks it or not."""
    Path(pair[1]).write_text(after)
    result = run("diff", *pair)

    assert 0 == result.exit_code, result.output
    assert [] == [line for line in said if line not in result.output]
    assert [] == [line for line in unsaid if line in result.output]


@pytest.mark.parametrize(("after", "said", "unsaid"), CASES)
def test_there_and_back_are_each_others_mirror(run_json, pair, after: str, said: Any, unsaid: Any) -> None:
    """What one way opens the other closes, what one adds the other removes; and all of it as the schema says."""
    Path(pair[1]).write_text(after)
    there, back = (run_json("diff", *p, "--format", "json") for p in (pair, pair[::-1]))
    for found in (there, back):
        jsonschema.validate(found, difference_schema())

    def ways(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        keys = ("source", "destination", "through", "protocol", "ports", "headers", "outcome")
        return [tuple(json.dumps(row[key]) for key in keys) for row in rows]

    one, other = there["designs"][0], back["designs"][0]
    assert ways(one["opened"]) == ways(other["closed"])
    assert ways(one["closed"]) == ways(other["opened"])
    turned = {"opened": "closed", "closed": "opened", "added": "removed", "removed": "added"}
    assert {f["flow"]: turned.get(f["turn"], f["turn"]) for f in one["flows"]} == {
        f["flow"]: f["turn"] for f in other["flows"]
    }
    marks = {c["component"]: turned.get(c["change"], c["change"]) for c in one["components"]}
    assert marks == {c["component"]: c["change"] for c in other["components"]}


@pytest.mark.parametrize(
    ("code", "guard"),
    [(1, "web"), (1, "kind=instance"), (0, "orders"), (2, "nobody")],
    ids=["it", "its kind", "another", "nobody"],
)
def test_guarded_components(run, pair, code: int, guard: str) -> None:
    """A way that was opened to what is guarded fails the command; a closed one does not."""
    Path(pair[1]).write_text(OPENED)
    assert code == run("diff", *pair, "--guard", guard).exit_code
    assert (2 if code == 2 else 0) == run("diff", *pair[::-1], "--guard", guard).exit_code


def test_a_comment_for_a_pull_request(run, pair, tmp_path: Path) -> None:
    """Guarded first, then the picture, flows and ways; hostile names stay text."""
    Path(pair[1]).write_text(OPENED.replace("title: Shop", 'title: "Shop <img src=x onerror=alert(1)> | [x](y)"'))
    result = run(
        *("diff", *pair, "--format", "markdown", "--guard", "web", "-o", str(tmp_path / "out")),
        *("--picture-base", "https://ci.example/7"),
    )

    assert 1 == result.exit_code
    assert result.stdout.startswith("### Newly open to guarded components\n\n| From | To |")
    assert "](https://ci.example/7/after-changes.svg)" in result.stdout
    assert "| `old`, `orders`, `internet` | web: tcp 22 |" in result.stdout
    assert "<img" not in result.stdout
    assert ["after-changes.svg"] == [p.name for p in (tmp_path / "out").iterdir()]


def test_a_comment_on_declarations_alone(run, pair) -> None:
    """A flow that comes to the same although it asks something else, and one that has answered so all along."""
    more = "  again: {from: internet, to: web, port: 22}\n"
    Path(pair[1]).write_text(BEFORE.replace("to: internet, port: 443", "to: internet, port: 80") + more)
    assert "### Shop\n\n2 flows declared otherwise.\n" in run("diff", *pair, "--format", "markdown").stdout


def test_a_comment_with_a_picture_in_a_folder_of_any_name(run, pair, tmp_path: Path) -> None:
    """Its address is one in Markdown too."""
    Path(pair[1]).write_text(OPENED)
    result = run("diff", *pair, "--format", "markdown", "-o", str(tmp_path / "out"), "--picture-base", "run (7)")
    assert "](run%20%287%29/after-changes.svg)" in result.stdout


def test_the_picture_of_the_guide(run, golden, root: Path, tmp_path: Path) -> None:
    """It is what the command draws."""
    run("diff", "isolated-vpc", "public-web-server", "-o", str(tmp_path))
    golden.check(root / "site/guide/changes.svg", (tmp_path / "public-web-server-changes.svg").read_bytes())


def test_folders_pair_designs_by_name(run, tmp_path: Path) -> None:
    """New and lost designs are told whole; the same ones are not told."""
    for side, slugs in (("before", "ab"), ("after", "bc")):
        for slug in slugs:
            (tmp_path / side / slug).mkdir(parents=True)
            (tmp_path / side / slug / "architecture.yaml").write_text(BEFORE.replace("Shop", f"Shop {slug}"))
    told = run("diff", str(tmp_path / "before"), str(tmp_path / "after")).stdout
    assert "Shop a" in told
    assert "- VPC shop" in told
    assert "Shop b" not in told
    assert "Shop c" in told
    assert "+ VPC shop" in told


def test_a_broken_side_is_told_by_its_name(run, pair) -> None:
    """Nothing is compared with what could not be read."""
    Path(pair[1]).write_text(BEFORE.replace("subnet: data", "subnet: lost"))
    result = run("diff", *pair)
    assert (1, "") == (result.exit_code, result.stdout)
    assert "after.yaml" in result.stderr


# -- git ---------------------------------------------------------------------------------------------
@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a revision `v1` of a design and its base, both changed since."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    work = tmp_path / "work"
    folder = work / "net works" / "shop"
    folder.mkdir(parents=True)
    (work / "net works" / "base").mkdir()
    (work / "net works" / "base" / "architecture.yaml").write_text(BEFORE)
    (folder / "architecture.yaml").write_text("version: 1\ntitle: Grown shop\nextends: base\n")
    (work / "secret.md").symlink_to("/etc/hostname")

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *identity, *arguments], cwd=work, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    git("tag", "v1")
    (work / "net works" / "base" / "architecture.yaml").write_text(OPENED)
    return work


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("v1:net works/shop", "net works/shop"),
        ("v1", "net works/shop"),
        ("v1:net works/shop/architecture.yaml", "net works/shop"),
        ("v1", "net works"),
        ("v1:", "."),
    ],
    ids=["path of a revision", "revision", "file", "folder", "whole tree"],
)
def test_revisions(run, repository: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """With what a design extends, as it was."""
    monkeypatch.chdir(repository if new != "." else repository / "net works")
    old = "v1:./" if new == "." else old
    result = run("diff", old, new)
    assert 0 == result.exit_code, result.output
    assert "admin: opened" in result.output


@pytest.mark.parametrize("old", ["v1:net works/shop", "v1:net works/shop/architecture.yaml", "v1:net works"])
def test_only_what_may_be_read_is_asked_for(run, repository: Path, monkeypatch: pytest.MonkeyPatch, old: str) -> None:
    """A repository may hold a million other files: no size, and no content, of those is looked up."""
    elsewhere = repository / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "other.yaml").write_text("a: 1\n")
    (repository / "net works/shop/data.bin").write_bytes(b"\0" * 9)
    for arguments in (("add", "."), ("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "more")):
        subprocess.run(["git", *arguments], cwd=repository, check=True)
    asked: list[tuple[str, ...]] = []
    real = revisions._git

    def told(*arguments: str, given: bytes = b"") -> bytes:
        asked.append((*arguments, *given.decode().split()))
        return real(*arguments, given=given)

    monkeypatch.setattr(revisions, "_git", told)
    monkeypatch.chdir(repository)

    assert 0 == run("diff", old.replace("v1", "main"), "net works/shop").exit_code
    assert [2, 2] == [len(set(one[2:])) for one in asked if one[0] == "cat-file"]
    assert not any("-l" in one for one in asked)


def test_revision_below_a_folder(run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are relative to where one stands, and may lead up."""
    monkeypatch.chdir(repository / "net works" / "base")
    assert "admin: opened" in run("diff", "v1:../shop", "../shop").output


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("v2:net works/shop", "git knows no revision 'v2' here"),
        ("v1:net works/nobody", "no definition has this path in that revision"),
        ("v1:../elsewhere", "the path leads out of the repository"),
        ("--nope=x:shop", "No such option"),
        ("v1:secret.md", "no definition has this path in that revision"),
        ("nowhere", "there is no file, folder, design or revision 'nowhere'"),
    ],
)
def test_revisions_that_cannot_be_read(run, repository: Path, monkeypatch, old: str, said: str) -> None:
    """Said in a line, and nothing is written; a link in a revision leads nowhere."""
    monkeypatch.chdir(repository)
    result = run("diff", old, "net works/shop")
    assert 2 == result.exit_code, result.output
    assert said in result.output


def test_messages_name_the_revision(run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the folder where it was put to be read."""
    monkeypatch.chdir(repository)
    broken = repository / "net works" / "base" / "architecture.yaml"
    broken.write_text(BEFORE.replace("subnet: data", "subnet: lost"))
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qam", "two"], check=True
    )
    result = run("diff", "main:net works/base", "v1:net works/base")
    assert 1 == result.exit_code
    assert "main:net works/base/architecture.yaml:" in result.stderr
    assert "/tmp" not in result.stderr
