"""All stages in their order; see README.md in this folder."""

from docgen.pipeline.design import Design, open_design
from docgen.pipeline.designs import Designs, open_all
from docgen.pipeline.figures import figures, figures_of_all, render_figures

__all__ = [
    "Design",
    "Designs",
    "figures",
    "figures_of_all",
    "open_all",
    "open_design",
    "render_figures",
]
