# The JSON Schema of page.yaml, for editors.
#
# In:  nothing. Out: a schema in the same dialect as that of definitions.
"""page_schema."""

from __future__ import annotations

from typing import Any

from docgen.kinds import all_kinds
from docgen.loader.docstrings import class_doc
from docgen.loader.schema import Builder
from docgen.model.lesson import Lesson

NAME = "page.schema.json"


def page_schema() -> dict[str, Any]:
    """The schema of a `page.yaml`."""
    builder = Builder(all_kinds())
    made = builder.block(Lesson)
    version = {"const": 1, "description": "Version of this format."}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "page.yaml of a docgen design",
        "description": class_doc(Lesson),
        "type": "object",
        "required": ["version"],
        "additionalProperties": False,
        "properties": {"version": version, **made["properties"]},
        "definitions": dict(sorted(builder.values_used.items())),
    }
