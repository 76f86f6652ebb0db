"""Text to Architecture and back; see README.md in this folder."""

from __future__ import annotations

from docgen.loader.definition import load, load_text
from docgen.loader.index import Chapter, Index, load_index
from docgen.loader.layout_file import LAYOUT, layout_text, read_layout
from docgen.loader.own import read_own
from docgen.loader.page_file import PAGE, read_comparisons, read_page, read_source_map
from docgen.loader.schema import json_schema, write_schema
from docgen.loader.schema_page import page_schema
from docgen.loader.to_yaml import dump, written

__all__ = [
    "LAYOUT",
    "PAGE",
    "Chapter",
    "Index",
    "dump",
    "json_schema",
    "layout_text",
    "load",
    "load_index",
    "load_text",
    "page_schema",
    "read_comparisons",
    "read_layout",
    "read_own",
    "read_page",
    "read_source_map",
    "write_schema",
    "written",
]
