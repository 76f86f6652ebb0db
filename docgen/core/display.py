# What a notebook shows of a value. The picture of it is made far above the value itself.
#
# In:  a value of the model, of drawing or of the pipeline. Out: HTML or SVG.
"""shown."""

from __future__ import annotations

from importlib import import_module


def shown(value: object) -> str:
    """HTML or SVG, as `docgen.pipeline.notebook` has it for this type.

    The one place where a lower layer asks a higher one, by name and only when a notebook asks: a value has to carry
    its `_repr_html_` itself.
    """
    made: str = import_module("docgen.pipeline.notebook").show(value)
    return made
