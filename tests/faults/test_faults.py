"""Killed, out of space, forbidden to write, two at once: no half-written file under its final name, nothing of the user's
touched, and the next run is as if nothing had been.

`.ci/run faults`, or `DOCGEN_FAULTS=1 pytest tests/faults`: 50 kills at moments drawn by chance, the same every time.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.hostile.conftest import Runner, check_ended

ROOT = Path(__file__).parents[2]
MANY = bool(os.environ.get("DOCGEN_FAULTS"))
DESIGN, BASE = "isolated-vpc", "public-web-server"
MINE = {"mine.txt": b"mine", ".docgen-mine": b"mine too", "overview.svg.bak": b"also mine"}
SITE = """\
site_name: Faults
docs_dir: docs
site_dir: out
theme: {name: material, font: false}
plugins: [{docgen: {architectures: architectures, pages: true, cache: cache, count_warnings: false}}]
markdown_extensions: [attr_list, md_in_html, tables, pymdownx.superfences]
"""
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "render": ("render", DESIGN, "-o", "out/pictures", "-f", "svg,png,drawio"),
    "export": ("export", DESIGN, "--to", "bundle", "-o", "out"),
    "export-markdown": ("export", DESIGN, "--to", "markdown", "-o", "out"),
    "graph": ("graph", DESIGN, "-f", "svg", "-o", "out/graph.svg"),
    "trace": ("trace", DESIGN, "-o", "out"),
    "new": ("new", "fresh", "--folder", "out"),
    "generate": ("generate", "architectures", "-o", "out/markdown", "--cache", "cache"),
    "build": ("build",),
}
REPLACED = ("build",)
"""What owns its whole folder."""
KILLS = [
    name
    for name in ("render", "export", "export-markdown", "graph", "trace", "new", "generate", "build")
    for _ in range(6)
]
KILLS += ["render", "generate"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for slug in (DESIGN, BASE):
        shutil.copytree(ROOT / "architectures" / slug, tmp_path / "architectures" / slug)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Start\n")
    (tmp_path / "mkdocs.yml").write_text(SITE)
    return tmp_path


def add_mine(place: Path, name: str) -> None:
    if name not in REPLACED:
        (place / "out").mkdir()
        for file, content in MINE.items():
            (place / "out" / file).write_bytes(content)


def files_in(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def made(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What a run makes, apart from the day that MkDocs writes."""
    return {
        n: c
        for n, c in files.items()
        if n not in MINE and "sitemap" not in n and not n.startswith("markdown/designs/x")
    }


class Reference:
    """What each command makes, and how long it takes."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[dict[str, bytes], float]] = {}

    def of(self, name: str, place: Path, runner: Runner) -> tuple[dict[str, bytes], float]:
        if name not in self._known:
            aside = place.parent / f"{place.name}-reference-{name}"
            shutil.copytree(place, aside)
            ended = runner.run(*COMMANDS[name], cwd=aside, seconds=120)
            assert ended.code == 0, ended.told
            self._known[name] = made(files_in(aside / "out")), ended.clock
        return self._known[name]


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference()


def check_whole(place: Path, name: str, whole: Mapping[str, bytes]) -> None:
    """Every file under a final name is whole, and the user's own are as they were."""
    now = files_in(place / "out") if (place / "out").is_dir() else {}
    if name not in REPLACED:
        assert {n: now[n] for n in MINE} == MINE
    for file, content in made(now).items():
        if not file.split("/")[0].startswith(".docgen-") and "/.docgen-" not in file:
            assert whole.get(file) == content, f"{file} is not whole"


def leftovers(place: Path) -> list[str]:
    return [p.name for p in place.rglob(".docgen-*") if p.name not in MINE]


def check_next(place: Path, name: str, whole: Mapping[str, bytes], runner: Runner) -> None:
    """The next run succeeds, leaves the same as a first one, and nothing else."""
    if name == "new" and (place / "out/fresh").exists():
        return  # it refuses what is there
    ended = runner.run(*COMMANDS[name], cwd=place, seconds=120)
    assert ended.code == 0, ended.told
    check_whole(place, name, whole)
    assert made(files_in(place / "out")).keys() == whole.keys()
    assert leftovers(place) == []


@pytest.mark.parametrize(
    "number", range(len(KILLS)) if MANY else range(0, len(KILLS), 12), ids=lambda n: f"{n}-{KILLS[n]}"
)
def test_killed(place: Path, runner: Runner, reference: Reference, number: int) -> None:
    name = KILLS[number]
    whole, usual = reference.of(name, place, runner)
    add_mine(place, name)
    moment = random.Random(number).uniform(0, 1.05) * usual
    runner.run(*COMMANDS[name], cwd=place, seconds=120, kill_after=moment)
    check_whole(place, name, whole)
    check_next(place, name, whole, runner)


@pytest.mark.parametrize("number", range(8) if MANY else [3])
@pytest.mark.parametrize("again", [False, True] if MANY else [True], ids=lambda again: "again" if again else "first")
def test_pin_killed(place: Path, runner: Runner, number: int, again: bool) -> None:
    """It writes beside the user's own definition: what stood there stays, or the new layout stands there whole."""
    ended = runner.run("render", DESIGN, "-o", "drawn", "-f", "drawio", cwd=place, seconds=120)
    assert ended.code == 0, ended.told
    file, layout = place / f"drawn/{DESIGN}.drawio", place / f"architectures/{DESIGN}/layout.yaml"
    layout.unlink(missing_ok=True)
    pin = ("pin", f"drawn/{DESIGN}.drawio", DESIGN)
    before = b""
    if again:
        file.write_text(_moved(file.read_text(), 9))
        assert runner.run(*pin, cwd=place, seconds=120).code == 0
        before = layout.read_bytes()
    file.write_text(_moved(file.read_text(), 17))
    aside = place.parent / f"{place.name}-pinned"
    shutil.copytree(place, aside)
    usual = runner.run(*pin, cwd=aside, seconds=120)
    whole = (aside / layout.relative_to(place)).read_bytes()
    assert usual.code == 0, usual.told
    assert before != whole
    others = {n: c for n, c in files_in(place).items() if not n.endswith("layout.yaml")}

    moment = random.Random(number).uniform(0, 1.05) * usual.clock
    runner.run(*pin, cwd=place, seconds=120, kill_after=moment)

    now = files_in(place)
    assert (layout.read_bytes() if layout.exists() else b"") in (before, whole)
    assert others == {n: c for n, c in now.items() if not n.endswith("layout.yaml") and "/.docgen-" not in n}
    assert runner.run(*pin, cwd=place, seconds=120).code == 0
    assert (layout.read_bytes(), leftovers(place)) == (whole, [])


def _moved(text: str, by: int) -> str:
    """The first instance of a diagram, moved to the right."""
    shape = r'(<object id="instance:.*?<mxGeometry )x="(\d+)"'
    return re.sub(shape, lambda m: f'{m[1]}x="{int(m[2]) + by}"', text, count=1, flags=re.DOTALL)


@pytest.mark.parametrize("limit", [0, 1000, 20_000, 60_000] if MANY else [1000])
@pytest.mark.parametrize("name", COMMANDS if MANY else ["render", "export"])
def test_no_space_left(place: Path, runner: Runner, reference: Reference, name: str, limit: int) -> None:
    """A file cannot grow beyond a limit: the write fails as on a full disk."""
    whole, _ = reference.of(name, place, runner)
    add_mine(place, name)
    ended = runner.run(*COMMANDS[name], cwd=place, seconds=120, largest_file=limit)
    check_whole(place, name, whole)
    if ended.code:
        told_nothing = limit == 0 and ended.code == 120  # the message itself has no room: Python's own exit code
        assert told_nothing or ended.code in (1, 2)
        assert "Traceback" not in ended.told
        assert leftovers(place) == []
    check_next(place, name, whole, runner)


@pytest.mark.skipif(
    os.geteuid() != 0 or any(not folder.stat().st_mode & 1 for folder in Path(os.__file__).resolve().parents),
    reason="needs root, to become somebody who may not write, and a Python that such a one may read",
)
@pytest.mark.parametrize("name", COMMANDS if MANY else ["render", "new"])
def test_folder_that_may_not_be_written(place: Path, runner: Runner, reference: Reference, name: str) -> None:
    whole, _ = reference.of(name, place, runner)
    add_mine(place, name)
    for folder in (place, *place.parents):
        if stat.S_IMODE(folder.stat().st_mode) & 5 != 5 and folder.is_relative_to("/tmp"):
            folder.chmod(folder.stat().st_mode | 5)
    ended = runner.run(*COMMANDS[name], cwd=place, seconds=120, user=65534)
    assert ended.code in (1, 2), ended.told
    assert "Traceback" not in ended.told
    assert "denied" in ended.told or "not" in ended.told
    check_whole(place, name, whole)
    check_next(place, name, whole, runner)


@pytest.mark.parametrize("name", COMMANDS if MANY else ["export"])
def test_two_at_once(place: Path, runner: Runner, reference: Reference, name: str) -> None:
    """On one output folder and one cache: both succeed, or one says why not, and what stands there is whole."""
    whole, _ = reference.of(name, place, runner)
    add_mine(place, name)
    command = [sys.executable, "-m", "docgen", *COMMANDS[name]]
    both = [
        subprocess.Popen(
            command,
            cwd=place,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for _ in range(2)
    ]
    told = [one.communicate() for one in both]
    codes = [one.returncode for one in both]
    assert 0 in codes, told
    assert name == "new" or codes == [0, 0], told
    assert not any("Traceback" in err for _, err in told)
    check_whole(place, name, whole)
    assert made(files_in(place / "out")).keys() == whole.keys()
    assert leftovers(place) == []


DAMAGE = {
    "emptied": lambda path: path.write_bytes(b""),
    "cut-short": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "garbage": lambda path: path.write_bytes(os.urandom(5000)),
    "one-bit-changed": lambda path: path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1])),
    "a-folder": lambda path: (path.unlink(), path.mkdir()),
    "a-link-to-nothing": lambda path: (path.unlink(), path.symlink_to("nowhere")),
    "a-link-to-itself": lambda path: (path.unlink(), path.symlink_to(path.name)),
    "a-link-to-a-device": lambda path: (path.unlink(), path.symlink_to("/dev/zero")),
    "a-pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "not-readable": lambda path: path.chmod(0),
}


@pytest.mark.parametrize(
    "damage",
    DAMAGE.values() if MANY else [DAMAGE["garbage"], DAMAGE["a-pipe"]],
    ids=list(DAMAGE) if MANY else ["garbage", "a-pipe"],
)
def test_damaged_cache(place: Path, runner: Runner, reference: Reference, damage) -> None:
    """It costs time, and nothing else."""
    whole, _ = reference.of("generate", place, runner)
    add_mine(place, "generate")
    assert runner.run(*COMMANDS["generate"], cwd=place, seconds=120).code == 0
    entries = [path for path in (place / "cache").iterdir() if path.is_file()]
    assert entries
    for path in entries:
        damage(path)
    check_next(place, "generate", whole, runner)


def test_cache_that_is_a_file(place: Path, runner: Runner) -> None:
    add_mine(place, "generate")
    (place / "cache").write_text("not a folder")
    ended = runner.run(*COMMANDS["generate"], cwd=place, seconds=120)
    check_ended(ended, codes=(0, 2))
    assert (place / "cache").read_text() == "not a folder"


def test_a_folder_of_the_user_is_no_site(place: Path, runner: Runner) -> None:
    (place / "precious").mkdir()
    (place / "precious/letter.txt").write_text("Dear")
    for command in (
        ("build", "-o", "precious"),
        ("generate", "architectures", "-o", "precious"),
        ("build", "-o", "."),
    ):
        ended = runner.run(*command, cwd=place, seconds=120)
        assert ended.code == 2
        assert "name another folder" in ended.told
    assert (place / "precious/letter.txt").read_text() == "Dear"
