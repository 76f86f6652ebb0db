"""Which kept files are not what would be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.pipeline.figure_files import named_like_a_view
from docgen.pipeline.output import DIFFERS, LEFT, MISSING, stale_files, stale_tree


def kept(folder: Path, **files: bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def told(folder: Path, found) -> list[tuple[str, str]]:
    return [(one.path.relative_to(folder).as_posix(), one.how) for one in found]


def test_stale_files(tmp_path: Path) -> None:
    """Missing, different, no longer made; in the order of what would be written, then by name."""
    kept(tmp_path, same_svg=b"1", other_svg=b"2", deep__old_svg=b"", note_txt=b"")
    files = {"same.svg": b"1", "other.svg": b"3", "deep/new.svg": b""}

    assert [("other.svg", DIFFERS), ("deep/new.svg", MISSING)] == told(tmp_path, stale_files(tmp_path, files))
    assert [("other.svg", DIFFERS), ("deep/new.svg", MISSING), ("deep/old.svg", LEFT)] == told(
        tmp_path, stale_files(tmp_path, files, lambda name: name.endswith(".svg"))
    )


def test_folder_that_is_missing(tmp_path: Path) -> None:
    """Everything is, and nothing is made."""
    folder = tmp_path / "gone"

    assert [("a", MISSING)] == told(folder, stale_files(folder, {"a": b""}, lambda _: True))
    assert [] == list(tmp_path.iterdir())


def test_folder_where_a_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()

    assert [("a", MISSING)] == told(tmp_path, stale_files(tmp_path, {"a": b""}))


def test_stale_tree(tmp_path: Path) -> None:
    """A folder against another; some names are not looked at."""
    made = kept(tmp_path / "made", a=b"1", deep__b=b"2", sitemap=b"today")
    folder = kept(tmp_path / "kept", a=b"1", deep__c=b"3", sitemap=b"yesterday")

    assert [("deep/b", MISSING), ("deep/c", LEFT)] == told(
        folder, stale_tree(folder, made, lambda name: name == "sitemap")
    )


@pytest.mark.parametrize(
    ("name", "formats", "themes", "ours"),
    [
        pytest.param("overview.svg", ["svg"], ["light"], True, id="the-overview"),
        pytest.param("flow-gone.svg", ["svg"], ["light"], True, id="a-flow-that-is-gone"),
        pytest.param("vpc-shop.png", ["svg", "png"], ["light"], True, id="another-format-asked"),
        pytest.param("view-core.mmd", ["mermaid"], ["light"], True, id="a-text"),
        pytest.param("flow-gone.png", ["svg"], ["light"], False, id="a-format-not-asked"),
        pytest.param("flow-gone.dark.svg", ["svg"], ["light"], False, id="a-theme-not-asked"),
        pytest.param("flow-gone.dark.svg", ["svg"], ["light", "dark"], True, id="a-theme-asked"),
        pytest.param("flow-gone.drawio.svg", ["svg"], ["light"], False, id="a-longer-ending-is-another-format"),
        pytest.param("logo.svg", ["svg"], ["light"], False, id="the-users-own"),
    ],
)
def test_named_like_a_view(name: str, formats: list[str], themes: list[str], ours: bool) -> None:
    assert ours == named_like_a_view(formats, themes)(name)
