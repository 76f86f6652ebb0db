"""Pages as plain Markdown; see README.md in this folder."""

from docgen.pages.build import Build, Chapter, Command, Design, Option, Page, Picture, Stage, Stages
from docgen.pages.difference_comment import difference_comment
from docgen.pages.write import write

__all__ = [
    "Build",
    "Chapter",
    "Command",
    "Design",
    "Option",
    "Page",
    "Picture",
    "Stage",
    "Stages",
    "difference_comment",
    "write",
]
