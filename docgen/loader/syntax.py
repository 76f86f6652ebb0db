# What PyYAML's parsers complain of, in words that help: the same for the C parser and the pure one.
#
# In:  the parser's error and the text. Out: code, place, sentence and hint.
"""explain, is_too_deep."""

from __future__ import annotations

import yaml

from docgen.core.span import Span

SMALL = 300_000
"""Characters up to which the pure parser is asked again: its positions are better, its speed is not."""

_AT_THE_START = ("end of stream", "expected ','", "expected ':'")
"""Problems that are noticed late, and better shown where the thing begins."""
_SENTENCES = (
    (
        "mapping values are not allowed",
        "a second `key:` on one line, or a key that is indented wrongly",
        "align it with its neighbours; quote a text that holds `: `",
    ),
    ("expected <block end>", "this line is indented unlike the lines above it", "align it with its neighbours"),
    ("could not find expected ':'", "a key without its `:`", "write `key: value`"),
    ("found unexpected end of stream", "the quote that opens here is never closed", "close it"),
    ("expected ',' or '}'", "this `{` is not closed, or a comma is missing in it", "write `{a: 1, b: 2}`"),
    (
        "did not find expected ',' or '}'",
        "this `{` is not closed, or a comma is missing in it",
        "write `{a: 1, b: 2}`",
    ),
    ("expected ',' or ']'", "this `[` is not closed, or a comma is missing in it", "write `[a, b]`"),
    ("did not find expected ',' or ']'", "this `[` is not closed, or a comma is missing in it", "write `[a, b]`"),
    ("cannot start any token", "this character cannot begin a value", "put the text in quotes"),
    ("expected the node content", "a value is missing here", "write one, or remove the comma or colon"),
    (
        "block sequence entries are not allowed",
        "a `- ` cannot stand here",
        "put the list on its own lines below the key",
    ),
    ("unknown escape character", "an escape that YAML does not know", "use single quotes, or double the backslash"),
)


def explain(error: yaml.MarkedYAMLError, text: str, name: str) -> tuple[str, Span, str, str]:
    """Code, place, sentence and hint for a syntax error."""
    found = _second_opinion(text) if len(text) <= SMALL else None
    problem = (found or error).problem or "not YAML"
    mark = (found or error).problem_mark
    context = (found or error).context_mark
    if context is not None and any(part in problem for part in _AT_THE_START):
        mark = context
    span = Span(name, mark.line + 1, mark.column + 1, mark.column + 2) if mark else Span(name, 1, 1, 2)
    if mark is not None and text[mark.index :].startswith("::"):
        return "DGY-04", span, "an IPv6 block cannot begin without quotes here", 'put it in quotes: `"::/0": igw`'
    for part, sentence, hint in _SENTENCES:
        if part in problem:
            return "DGY-04", span, sentence, hint
    return "DGY-04", span, f"not YAML: {problem}", "check the indentation and the quotes here"


def is_too_deep(error: yaml.MarkedYAMLError) -> bool:
    """Whether the parser gave up because of nesting (libyaml does from version 0.2.6 on)."""
    return "nesting depth" in (error.problem or "")


def _second_opinion(text: str) -> yaml.MarkedYAMLError | None:
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        return error
    except yaml.YAMLError:
        return None
    return None
