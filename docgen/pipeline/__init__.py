"""All stages in their order; see README.md in this folder."""

from docgen.pipeline.design import Design, open_design, open_text
from docgen.pipeline.designs import DesignChapter, Designs, design_folders, open_all
from docgen.pipeline.figure_files import figures, figures_of_all, render_figures, stage
from docgen.pipeline.questions import Question, ask, ask_within
from docgen.pipeline.sources import texts_of
from docgen.pipeline.spread import all_cores

__all__ = [
    "Design",
    "DesignChapter",
    "Designs",
    "Question",
    "all_cores",
    "ask",
    "ask_within",
    "design_folders",
    "figures",
    "figures_of_all",
    "open_all",
    "open_design",
    "open_text",
    "render_figures",
    "stage",
    "texts_of",
]
