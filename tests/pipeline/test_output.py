"""Files and folders that are never half-written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docgen.pipeline.output import replace_folder, replace_tree, write_file, write_files, write_named
from docgen.pipeline.staging import staging


def test_write_file_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    write_file(path, b"new")

    assert b"new" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_written_file_has_the_usual_mode(tmp_path: Path) -> None:
    """Others may read it as they may read what any program writes, although it was staged."""
    (tmp_path / "usual").touch()
    write_file(tmp_path / "a", b"")

    assert (tmp_path / "usual").stat().st_mode == (tmp_path / "a").stat().st_mode


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a full disk: the old content stays, and nothing is left beside it."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", _no_space)

    with pytest.raises(OSError, match="no space"):
        write_file(path, b"new")

    assert b"old" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_write_named_leaves_a_device(tmp_path: Path) -> None:
    """Else `-o /dev/null` of root would take the machine its /dev/null."""
    (tmp_path / "null").symlink_to(os.devnull)
    write_named(tmp_path / "null", b"new")

    assert (tmp_path / "null").is_char_device()


def test_write_named_fills_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_named(tmp_path / "pipe", b"new")

    assert b"new" == os.read(reader, 9)
    os.close(reader)


def test_write_named_writes_a_file(tmp_path: Path) -> None:
    write_named(tmp_path / "folder/a", b"new")

    assert b"new" == (tmp_path / "folder/a").read_bytes()


def test_write_files(tmp_path: Path) -> None:
    """In order, into a folder that is made where it is missing; what else stands there stays."""
    folder = tmp_path / "deep" / "down"
    folder.mkdir(parents=True)
    (folder / "mine").write_bytes(b"mine")

    written = write_files(folder, {"b.svg": b"1", "a.svg": b"2", "c/d.svg": b"3"})

    assert (folder / "b.svg", folder / "a.svg", folder / "c/d.svg") == written
    assert {"a.svg", "b.svg", "c", "mine"} == {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "/a", "a/../../b", "a//b", "a/.", "..\\a"])
def test_names_stay_in_the_folder(tmp_path: Path, name: str) -> None:
    """A name made from an id cannot lead out of the folder."""
    with pytest.raises(ValueError, match="not a path inside"):
        write_files(tmp_path / "out", {"fine": b"", name: b""})

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("there", [True, False], ids=["replaces-the-old-one", "is-the-first"])
def test_replace_folder(tmp_path: Path, there: bool) -> None:
    staged, final = tmp_path / "staged", tmp_path / "final"
    staged.mkdir()
    (staged / "new").touch()
    if there:
        final.mkdir()
        (final / "old").touch()

    replace_folder(staged, final)

    assert [final] == list(tmp_path.iterdir())
    assert ["new"] == [path.name for path in final.iterdir()]


def test_failed_replacement_brings_the_old_folder_back(tmp_path: Path) -> None:
    final = tmp_path / "final"
    final.mkdir()
    (final / "old").touch()

    with pytest.raises(OSError, match="missing"):
        replace_folder(tmp_path / "missing", final)

    assert ["old"] == [path.name for path in final.iterdir()]


def _no_space(_self: Path, _target: Path) -> None:
    raise OSError("no space")


def test_what_a_killed_writer_left_goes(tmp_path: Path) -> None:
    """And nothing else: neither what a living one holds, nor what only looks like it."""
    dead, own = tmp_path / ".docgen-aaaaaaaa", tmp_path / ".docgen-bbbbbbbb"
    (dead / "new").mkdir(parents=True)
    (dead / "staged-by-docgen").touch()
    own.mkdir()
    (own / "mine").touch()

    with staging(tmp_path) as living:
        write_file(tmp_path / "a", b"new")
        assert living.is_dir()
        assert not dead.exists()

    assert ["mine"] == [path.name for path in own.iterdir()]
    assert {"a", own.name} == {path.name for path in tmp_path.iterdir()}


def test_link_in_the_folder_leads_nowhere_else(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    folder.mkdir()
    (folder / "one").symlink_to(elsewhere)
    (folder / "file").symlink_to(elsewhere / "file")

    with pytest.raises(OSError, match="leads out of the folder"):
        write_files(folder, {"one/a": b"x"})
    write_files(folder, {"file": b"x"})

    assert [] == list(elsewhere.iterdir())
    assert not (folder / "file").is_symlink()


def test_link_to_the_folder_stays(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    (real / "old").touch()
    link.symlink_to(real)

    replace_tree(link, {"new": b""})

    assert link.is_symlink()
    assert ["new"] == [path.name for path in real.iterdir()]
