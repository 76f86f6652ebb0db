# The site as plain Markdown files, for engines other than MkDocs with Material.
#
# In:  designs with figures, and the folder of pages written by hand. Out: content by path. Pictures are the light
#      ones: which of two files a page shows is a matter of the theme's.
"""plain_files, is_ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from docgen.model.comparison import Comparison
from docgen.model.source_map import SourceMap
from docgen.site.assets import ASSETS
from docgen.site.contents import IndexChapter, Make, contents, one_by_one
from docgen.site.expand import expand

_DARK = ".dark.svg"


def plain_files(
    chapters: Iterable[IndexChapter],
    figures: Mapping[str, Mapping[str, bytes]],
    comparisons: Iterable[Comparison],
    source_map: SourceMap | None,
    own: Path | None,
    make: Make = one_by_one,
) -> dict[str, bytes]:
    """Every file by its path, with slashes; pages written by hand come first where paths are the same."""
    light = {
        slug: {name: content for name, content in files.items() if not name.endswith((_DARK, ".json"))}
        for slug, files in figures.items()
    }
    made = contents(chapters, light, comparisons, source_map, make)
    files = {one.path: _bytes(one.content) for one in made.files}
    for path in sorted(own.rglob("*")) if own else ():
        if path.is_file():
            name = path.relative_to(own).as_posix()  # type: ignore[arg-type]
            content = path.read_bytes()
            files[name] = _bytes(expand(content.decode("utf-8"), name, made)) if name.endswith(".md") else content
    return files


def is_ours(folder: Path) -> bool:
    """Whether a folder may be written anew: it is not there, empty, or was written by us."""
    return not folder.exists() or not any(folder.iterdir()) or (folder / ASSETS).is_dir()


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content
