# layout.yaml: places that a person gave to what a picture shows, beside the definition.
#
# In:  a folder, or pins. Out: pins, or the text of the file. docgen writes it (`docgen pin`); people may too.
"""read_layout and layout_text."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import yaml

from docgen.core.diagnostic import Result
from docgen.core.names import did_you_mean
from docgen.loader.document import read
from docgen.loader.nodes import Entry, Mapping, Node, Scalar, Tag, describe, quoted
from docgen.loader.own import read_own
from docgen.loader.report import Reporter, TooManyError
from docgen.model.pins import Pin, Pins

LAYOUT = "layout.yaml"
MOST_PINS = 500
FARTHEST = 100_000
"""px: farther away nobody finds it."""
_HEAD = "# Written by `docgen pin`: what was moved by hand, in px from the upper left corner of the box around it.\n"
_NONE: Pins = MappingProxyType({})


def read_layout(folder: Path) -> Result[Pins]:
    """The pins of a design; none where it has no such file.

    Raises:
        UnreadableInputError: the file is there and cannot be opened.
    """
    path = folder / LAYOUT
    try:
        data = read_own(path)
    except FileNotFoundError:
        return Result(_NONE)
    reporter = Reporter()
    pins: Pins = _NONE
    try:
        node, _ = read(data, path.as_posix(), reporter)
        pins = _NONE if node is None else _views(node, reporter)
    except TooManyError:
        pass
    return Result(pins, reporter.diagnostics())


def layout_text(pins: Pins) -> str:
    """The file for these pins: views and ids in the order given; the same pins give the same text."""
    views = {view: {pin.id: _values(pin) for pin in held} for view, held in pins.items() if held}
    body = yaml.safe_dump(
        {"version": 1, "views": views}, sort_keys=False, default_flow_style=None, allow_unicode=True, width=200
    )
    return _HEAD + body


def _values(pin: Pin) -> dict[str, object]:
    values = {"in": pin.parent, "x": pin.x, "y": pin.y, "width": pin.width, "height": pin.height}
    return {name: value for name, value in values.items() if value is not None}


def _views(node: Node, report: Reporter) -> Pins:
    known = ("version", "views")
    if not isinstance(node, Mapping):
        report.error("DGY-14", node.span, f"a layout wants a block of keys, found {describe(node)}")
        return _NONE
    _refuse_unknown(node, "a layout", known, report)
    views = node.get("views")
    if views is None or not isinstance(views.value, Mapping):
        return _NONE
    found = {e.key.text: _pins(e, report) for e in views.value.entries}
    count = sum(map(len, found.values()))
    if count > MOST_PINS:
        report.error("DGY-02", views.key.span, f"{count} places are pinned; a layout has at most {MOST_PINS}")
        return _NONE
    return MappingProxyType(found)


def _pins(view: Entry, report: Reporter) -> tuple[Pin, ...]:
    if not isinstance(view.value, Mapping):
        report.error("DGY-14", view.value.span, f"a view wants places by id, found {describe(view.value)}")
        return ()
    return tuple(pin for entry in view.value.entries if (pin := _pin(entry, report)) is not None)


def _pin(entry: Entry, report: Reporter) -> Pin | None:
    values = entry.value
    if not isinstance(values, Mapping):
        report.error("DGY-14", values.span, f"a place wants `{{in: BOX, x: 0, y: 0}}`, found {describe(values)}")
        return None
    _refuse_unknown(values, "a place", ("in", "x", "y", "width", "height"), report)
    parent = values.get("in")
    if parent is not None and not isinstance(parent.value, Scalar):
        report.error("DGY-14", parent.value.span, f"`in` wants the id of a box, found {describe(parent.value)}")
        return None
    numbers = {name: _number(values, name, report) for name in ("x", "y", "width", "height")}
    x, y = numbers["x"], numbers["y"]
    if x is None or y is None:
        if values.get("x") is not None and values.get("y") is not None:
            return None  # said already
        report.error("DGY-14", entry.key.span, f"the place of {quoted(entry.key.text)} wants `x` and `y` in px")
        return None
    name = parent.value.text if parent is not None and isinstance(parent.value, Scalar) else ""
    return Pin(
        id=entry.key.text,
        parent=name,
        x=x,
        y=y,
        width=numbers["width"],
        height=numbers["height"],
        span=entry.key.span,
    )


def _number(values: Mapping, name: str, report: Reporter) -> int | None:
    entry = values.get(name)
    if entry is None:
        return None
    node, least = entry.value, 1 if name in ("width", "height") else -FARTHEST
    number = None
    if isinstance(node, Scalar) and node.tag is Tag.INT and len(node.text) <= 8 and not set(node.text) & set("xo"):
        number = int(node.text)
    if number is None or not least <= number <= FARTHEST:
        report.error("DGY-14", node.span, f"`{name}` wants a whole number of px, {least} to {FARTHEST}")
        return None
    return number


def _refuse_unknown(node: Mapping, what: str, known: tuple[str, ...], report: Reporter) -> None:
    for entry in node.entries:
        if entry.key.text not in known:
            hint = did_you_mean(entry.key.text, known)
            report.error("DGY-13", entry.key.span, f"{what} has no key {quoted(entry.key.text)}", hint)
