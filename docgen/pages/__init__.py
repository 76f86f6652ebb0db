"""Pages as plain Markdown; see README.md in this folder. `write` makes them: docgen.pages.write."""

from docgen.pages.build import Build, Chapter, Command, Design, Option, Page, Picture, Stage, Stages

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
]
