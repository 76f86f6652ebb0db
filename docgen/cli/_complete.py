# What a shell offers when a word is completed: designs, flows, views, variants, codes, formats.
#
# Answers within the time that a key press may take, so nothing of weight is imported and no design is opened: names
# are read from the text of a definition. What an author wrote gets to a shell only where it is a plain id.
"""Functions for `shell_complete` of options and arguments."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_CODE = re.compile(r'"(DG[A-Z]-\d+)"')
_MOST_BYTES = 2_000_000
_MOST_VALUES = 100_000  # an alias counts as often as it stands
_LONGEST = 100  # steps of `extends`

Complete = list[CompletionItem]


def designs(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> Complete:
    """Names of designs in `architectures/`; the shell adds files."""
    from docgen.cli._console import DEFAULT_FOLDER

    slugs = sorted(path.parent.name for path in Path(DEFAULT_FOLDER).glob("*/architecture.yaml"))
    return [CompletionItem(incomplete, type="file"), *_plain(dict.fromkeys(slugs, ""), incomplete)]


def flows(context: click.Context, _parameter: click.Parameter, incomplete: str) -> Complete:
    """Flows of the design that the line names already, with their titles."""
    return _plain(_flows(_definition(context)), incomplete)


def variants(context: click.Context, _parameter: click.Parameter, incomplete: str) -> Complete:
    """Variants of the design that the line names already."""
    return _plain(_titles(_definition(context), "variants"), incomplete)


def views(context: click.Context, _parameter: click.Parameter, incomplete: str) -> Complete:
    """What `docgen render --view` takes."""
    return _plain({"overview": "Everything", **_views(_definition(context))}, incomplete)


def graph_views(context: click.Context, _parameter: click.Parameter, incomplete: str) -> Complete:
    """What `docgen graph --view` takes."""
    kinds = {
        "topology": "What stands where",
        "routes": "Who uses which route table, and where it leads",
        "depends": "Which component names which",
        "extends": "Which definition grows from which",
    }
    found = _views(_definition(context))
    return _plain(kinds | {name: title for name, title in found.items() if not name.startswith("view-")}, incomplete)


def outages(context: click.Context, _parameter: click.Parameter, incomplete: str) -> Complete:
    """Sets of failures, and the zones of the design."""
    zones = _mapping(_definition(context)).get("zones")
    listed = [str(zone) for zone in zones] if isinstance(zones, list) else []
    return _plain(dict.fromkeys(["each-zone", "each-component", "each-part", *listed], ""), incomplete)


def codes(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> Complete:
    """What `docgen explain` takes, capitals or not."""
    from docgen.model.assumptions import ASSUMPTIONS
    from docgen.model.codes import REASON_CODES

    known = [*REASON_CODES, *_codes_in_sources(), *ASSUMPTIONS]
    return _plain(dict.fromkeys(known, ""), incomplete, any_case=True)


def formats(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> Complete:
    """Formats of pictures; after a comma the next one."""
    first, comma, last = incomplete.rpartition(",")
    names = ("svg", "png", "drawio", "drawio.svg", "drawio.png", "mermaid", "dot")
    return [CompletionItem(f"{first}{comma}{name}") for name in names if name.startswith(last)]


def targets(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> Complete:
    """Exporters, each a module of its name."""
    folder = Path(__file__).parent.parent / "exporters"
    names = sorted(path.stem for path in folder.glob("[a-z]*.py"))
    return _plain(dict.fromkeys(names, ""), incomplete)


def _plain(names: Mapping[str, str], incomplete: str, *, any_case: bool = False) -> Complete:
    """Those that begin so and are plain ids, with what they mean."""
    from docgen.core.terminal import visible

    begin = incomplete.casefold() if any_case else incomplete
    return [
        CompletionItem(name, help=visible(meaning) or None)
        for name, meaning in names.items()
        if _ID.fullmatch(name) and (name.casefold() if any_case else name).startswith(begin)
    ]


def _codes_in_sources() -> list[str]:
    """Codes of rules and messages as they stand in our modules: to import all of these takes a second."""
    package = Path(__file__).parent.parent
    found = {
        code
        for folder in ("loader", "routing", "rules", "pipeline")
        for path in (package / folder).glob("*.py")
        for code in _CODE.findall(path.read_text(encoding="utf-8"))
    }
    return sorted(found)


def _definition(context: click.Context) -> Any:
    """The definition that the command line names, with what it takes over; {} where none can be read.

    While an option waits for its value click tells no arguments, so the words of the line are looked at themselves.
    """
    from click.shell_completion import split_arg_string

    from docgen.cli._console import DEFAULT_FOLDER

    given = context.params.get("path") or context.params.get("paths")
    words = [given[0] if isinstance(given, tuple) else given] if given else []
    words += split_arg_string(os.environ.get("COMP_WORDS", ""))[2:]
    for word in words:
        for path in (Path(word), Path(DEFAULT_FOLDER) / word):
            if not word.startswith("-") and (path.is_file() or (path / "architecture.yaml").is_file()):
                return _read(path)
    return {}


def _read(path: Path, steps: int = 0) -> dict[Any, Any]:
    """A definition merged into the one that it extends, as the loader does it, without looking at what it says."""
    import yaml

    file = path / "architecture.yaml" if path.is_dir() else path
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:  # a pipe or a device would be read for ever
            return {}
        content = _mapping(yaml.load(file.read_bytes(), loader))
        if _count(content, {}) > _MOST_VALUES:
            return {}
        base = content.get("extends")
        if not isinstance(base, str) or not _ID.fullmatch(base) or steps > _LONGEST:
            return content
        inherited = _read(file.parent.parent / base, steps + 1)
        return _merged({key: value for key, value in inherited.items() if key != "variants"}, content)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return {}


def _count(value: Any, known: dict[int, int]) -> int:
    """How many values there are in one, each as often as aliases repeat it."""
    if id(value) not in known:
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        known[id(value)] = 1 + sum(_count(one, known) for one in inside)
    return known[id(value)]


def _merged(base: Any, patch: Any) -> dict[Any, Any]:
    """Blocks merge, anything else replaces, null takes away."""
    merged = dict(_mapping(base))
    for key, value in _mapping(patch).items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = _merged(merged.get(key), value) if isinstance(value, dict) else value
    return merged


def _flows(content: Any) -> dict[str, str]:
    """Flows with their titles; one that came by `extends` and names a variant that did not stays away."""
    block, variants = _mapping(_mapping(content).get("flows")), _mapping(_mapping(content).get("variants"))
    named = {name: _mapping(_mapping(flow).get("when")).get("variant") for name, flow in block.items()}
    return {name: title for name, title in _titles(content, "flows").items() if named[name] in (None, "", *variants)}


def _titles(content: Any, key: str) -> dict[str, str]:
    """The ids of a block with their titles; one that is taken back (null) is left out."""
    block = _mapping(_mapping(content).get(key))
    return {str(name): str(_mapping(value).get("title") or "") for name, value in block.items() if value is not None}


def _views(content: Any) -> dict[str, str]:
    vpcs = dict(_vpcs(content))
    apart = {f"vpc-{name}": title for name, title in vpcs.items()} if len(vpcs) > 1 else {}
    declared = {f"view-{name}": title for name, title in _titles(content, "views").items()}
    return apart | declared | {f"flow-{name}": title for name, title in _flows(content).items()}


def _vpcs(content: Any) -> Iterator[tuple[str, str]]:
    """Those at the top, and in accounts and Regions."""
    yield from _titles(content, "vpcs").items()
    for block in ("accounts", "regions"):
        inner: Iterable[Any] = _mapping(_mapping(content).get(block)).values()
        for one in inner:
            yield from _vpcs(one)


def _mapping(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}
