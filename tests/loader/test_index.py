"""The index of designs."""

from __future__ import annotations

import pytest

from docgen.core.errors import UnreadableInputError
from docgen.loader import Chapter, load_index


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for slug in ("one", "two"):
        (tmp_path / "designs" / slug).mkdir(parents=True)
        (tmp_path / "designs" / slug / "architecture.yaml").write_text("version: 1\ntitle: T\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "designs"


def read(folder, text):
    (folder / "index.yaml").write_text(text)
    result = load_index(folder.relative_to(folder.parent))
    return result.value, [f"{d.span}: {d.severity}[{d.code}]: {d.text}" for d in result.diagnostics]


def test_chapters_in_their_order(folder):
    """With the slugs of each."""
    index, said = read(
        folder, "version: 1\nchapters:\n- {title: First, slugs: [two]}\n- {title: Second, slugs: [one]}\n"
    )

    assert (Chapter(title="First", slugs=("two",)), Chapter(title="Second", slugs=("one",))) == index.chapters
    assert ("two", "one") == index.slugs
    assert [] == said


def test_chapter_has_a_summary(folder):
    """Where its author wrote one."""
    index, said = read(folder, "version: 1\nchapters: [{title: A, summary: One idea., slugs: [one, two]}]\n")

    assert ("One idea.", []) == (index.chapters[0].summary, said)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "chapters: [{title: A, slugs: [one, tow, two]}]",
            "designs/index.yaml:1:36: error[DGY-33]: there is no design 'tow'",
            id="unknown-slug",
        ),
        pytest.param(
            "chapters: [{title: A, slugs: [one, one, two]}]",
            "designs/index.yaml:1:36: error[DGY-33]: the design 'one' stands in the index twice",
            id="slug-twice",
        ),
        pytest.param(
            "chapters: [{title: A, slugs: [one]}]",
            "designs/index.yaml:1:1: warning[DGY-33]: the design 'two' is in no chapter",
            id="design-left-out",
        ),
        pytest.param(
            "chapters: [{title: A, slugs: [one, ../two, two]}]",
            "designs/index.yaml:1:36: error[DGY-18]: '../two' cannot be the id of this design",
            id="path",
        ),
        pytest.param(
            "chapters: [{title: A, slugs: [one, two], slug: one}]",
            "designs/index.yaml:1:42: error[DGY-13]: a chapter has no key 'slug'",
            id="typo",
        ),
        pytest.param(
            "chapters: one",
            "designs/index.yaml:1:11: error[DGY-14]: `chapters` wants a list, found text 'one'",
            id="no-list",
        ),
        pytest.param(
            "[one]",
            "designs/index.yaml:1:1: error[DGY-14]: an index wants a block of keys, found a list",
            id="no-block",
        ),
        pytest.param("", "designs/index.yaml:1:1: error[DGY-03]: the file is empty", id="empty"),
    ],
)
def test_broken_index(folder, text, message):
    """Positioned messages, as for definitions."""
    assert message == read(folder, text)[1][0]


def test_missing_index_is_the_callers_mistake(folder):
    """An exception that names the file."""
    with pytest.raises(UnreadableInputError, match=r"index\.yaml"):
        load_index(folder)


def test_shipped_index_is_sound(root):
    """Every design in one chapter."""
    assert () == load_index(root / "architectures").diagnostics
