# What a fence in a Markdown page asks for: options of its first line, or of the first lines inside it.
#
# In:  options and the lines between the fences. Out: Request, and what is wrong with it. Opens no file.
"""Request, read_request, FENCE_CODES."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Severity
from docgen.core.names import did_you_mean
from docgen.core.span import Span
from docgen.pipeline.fence_place import UNQUOTED

OPTION, FILE, NAME, BROKEN = "DGF-01", "DGF-02", "DGF-03", "DGF-04"
FENCE_CODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        OPTION: (
            "a fence has an option that docgen does not understand",
            "A fence knows `file`, `flow`, `view`, `show` and `height`, in its first line (`architecture "
            'file="shop" flow="buy"`) or as `key: value` in the first lines inside it.',
        ),
        FILE: (
            "a fence names a definition that cannot be used",
            "`file` is the name of a design, or the path of a definition relative to the page; with `/` in front, "
            "relative to the project. Only files inside the project are read, wherever links lead.",
        ),
        NAME: (
            "a fence names a flow or a view that the design does not have",
            "`flow` takes ids of flows that the definition declares, `view` one of `overview`, `flow-<id>` and "
            "`vpc-<name>`.",
        ),
        BROKEN: (
            "docgen failed on a definition in a page",
            "That is a mistake of docgen, not of the page's author. `docgen check` on the same definition says more.",
        ),
    }
)
"""Code to title and explanation."""

NAMES = ("file", "flow", "view", "show", "height")
SHOWS = ("player", "picture")
LEAST, MOST = 120, 2000
"""Bounds of a height, in px."""
_LINE = re.compile(rf"(?P<indent>[ ]*)(?P<name>{'|'.join(NAMES)})[ ]*:(?P<value>.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be shown of which design."""

    file: str = ""
    """Of the definition; "" where it stands in the fence."""
    text: str = ""
    """The definition, each line where it stands in the fence."""
    flows: tuple[str, ...] = ()
    """Those that can be played; () for all."""
    view: str = ""
    """The view that the picture shows; "" for the one that fits."""
    picture: bool = False
    """Only a picture."""
    height: int | None = None
    """Of the picture, in px."""


def read_request(options: Mapping[str, str], body: str, span: Span) -> tuple[Request, tuple[Diagnostic, ...]]:
    """The request, and an error for each option that makes none.

    Args:
        options: Of the fence's first line.
        body: What stands between the fences.
        span: Of the fence's first line: options in the body are below it.
    """
    if UNQUOTED in options:
        name, _, value = str(options[UNQUOTED]).partition("=")
        hint = f'write {name}="{value or "..."}"'
        return Request(), (_wrong(span, f"the value of {name!r} is not in quotes", hint),)
    given = [(name, str(value), span) for name, value in options.items()]
    lines = body.split("\n")
    for number, line in enumerate(lines):
        match = _LINE.fullmatch(line)
        if match is None:
            if line.strip():
                break
            continue
        start = span.column + len(match["indent"])
        place = Span(span.file, span.line + 1 + number if span.line else 0, start, start + len(match["name"]))
        given.append((match["name"], _unquoted(match["value"]), place))
        lines[number] = ""
    text = "\n".join(lines).rstrip()
    found: list[Diagnostic] = []
    values: dict[str, str] = {}
    places: dict[str, Span] = {}
    for name, value, place in given:
        if name not in NAMES:
            found.append(_wrong(place, f"a fence has no option {name!r}", did_you_mean(name, NAMES)))
        elif name in values:
            found.append(_wrong(place, f"{name!r} is given twice"))
        else:
            values[name], places[name] = value, place
    found += _checked(values, places, text, span)
    if found:
        return Request(), tuple(found)
    flows = tuple(values.get("flow", "").replace(",", " ").split())
    picture = values.get("show") == "picture" or bool(values.get("view"))
    view = values.get("view") or (f"flow-{flows[0]}" if picture and flows else "overview" if picture else "")
    return (
        Request(
            file=values.get("file", ""),
            text=text,
            flows=flows,
            view=view,
            picture=picture,
            height=int(values["height"].removesuffix("px")) if "height" in values else None,
        ),
        (),
    )


def _checked(values: Mapping[str, str], places: Mapping[str, Span], text: str, span: Span) -> Iterable[Diagnostic]:
    for name, value in values.items():
        if not value:
            yield _wrong(places[name], f"{name!r} has no value", f'write {name}="..."')
    if "file" in values and text:
        yield _wrong(places["file"], "a fence has a definition or the name of a file, not both")
    if "file" not in values and not text:
        hint = 'write a definition between the fences, or file="..." in the first line'
        yield _wrong(span, "the fence is empty", hint)
    if values.get("show", "player") not in SHOWS and values["show"]:
        yield _wrong(places["show"], f"'show' is one of {', '.join(SHOWS)}", did_you_mean(values["show"], SHOWS))
    if "view" in values and "flow" in values:
        yield _wrong(
            places["view"], "a fence shows a view or flows, not both", "a view is a picture without a player"
        )
    if "view" in values and values.get("show") == "player":
        yield _wrong(places["show"], "a view is a picture; only flows can be played", 'leave out show="player"')
    height = values.get("height", "")
    if height and not (re.fullmatch(r"[0-9]{1,4}(px)?", height) and LEAST <= int(height.removesuffix("px")) <= MOST):
        yield _wrong(places["height"], f"'height' is a number of px between {LEAST} and {MOST}")


def _wrong(span: Span, text: str, hint: str = "") -> Diagnostic:
    return Diagnostic(OPTION, Severity.ERROR, span, text, hint)


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
