# A definition to an Architecture: read, merge, flatten, expand, structure, bind groups, flows; in that order.
#
# In:  a path or a text. Out: Result[Architecture | None] with every mistake of the file.
"""load, load_text, check_version."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Map
from pathlib import Path
from types import MappingProxyType

from docgen.core.collector import paused_collector
from docgen.core.diagnostic import Result
from docgen.core.errors import UnreadableInputError
from docgen.core.names import did_you_mean
from docgen.kinds import all_kinds
from docgen.loader.assumptions import read_assumptions
from docgen.loader.blocks import SETTINGS, Flattener
from docgen.loader.expand import Expander
from docgen.loader.flows import read_flows, read_variants
from docgen.loader.groups import Grouper, Placed
from docgen.loader.invariants import read_invariants
from docgen.loader.nodes import Mapping, Scalar, Tag, describe, quoted
from docgen.loader.report import Reporter, TooManyError
from docgen.loader.source import FILE, Sources, apply_variant, slug_of, start_of
from docgen.loader.structure import refuse_duplicates, structure
from docgen.loader.suppressions import read_suppressions
from docgen.loader.texts import check_text
from docgen.loader.views import read_views
from docgen.model.architecture import Architecture
from docgen.model.component import Component, Key
from docgen.model.kind import Kind

VERSION = 1
HEAD = (
    *("version", "title", "summary", "extends", *sorted(SETTINGS), "templates"),
    *("variants", "flows", "invariants", "views", "suppress", "assumptions"),
)
"""Keys of the file that hold no components."""


@paused_collector()
def load(path: str | Path, *, variant: str = "") -> Result[Architecture | None]:
    """Read the definition in a folder, or in a file.

    Args:
        path: A folder with an `architecture.yaml`, or such a file.
        variant: Apply this variant's changes.

    Raises:
        UnreadableInputError: there is no such file, or it cannot be opened.
        UnknownNameError: there is no such variant.
    """
    file = Path(path)
    named = not file.is_dir()
    if not named:
        file = file / FILE
    reporter = Reporter()
    sources = Sources(reporter)
    name = file.parent.resolve().name if file.name == FILE else file.stem
    try:
        return _loaded(lambda: sources.file(file, named=named), name, variant, sources)
    except OSError as error:
        raise UnreadableInputError(f"{file.as_posix()}: {error.strerror or error}") from error


@paused_collector()
def load_text(
    text: str | bytes, name: str = "<stdin>", *, folder: Path | None = None, variant: str = ""
) -> Result[Architecture | None]:
    """Read a definition from a text.

    Args:
        text: The definition.
        name: What messages call it.
        folder: Where it stands, for `extends`; None where it stands nowhere.
        variant: Apply this variant's changes.

    Raises:
        UnknownNameError: there is no such variant.
    """
    sources = Sources(Reporter())
    slug = folder.resolve().name if folder is not None else "definition"
    return _loaded(lambda: sources.text(text, name, folder), slug, variant, sources)


def _loaded(
    read: Callable[[], Mapping | None], slug: str, variant: str, sources: Sources
) -> Result[Architecture | None]:
    architecture = None
    try:
        root = read()
        if root is not None:
            architecture = _architecture(root, slug, variant, sources)
    except TooManyError:
        pass
    return Result(architecture, sources.reporter.diagnostics())


def _architecture(root: Mapping, slug: str, variant: str, sources: Sources) -> Architecture:
    reporter = sources.reporter
    variants = read_variants(root, reporter)
    if variant:
        root = apply_variant(root, variant, reporter)
    kinds = all_kinds()
    head = _head(root, kinds, reporter)
    components, broken = _components(root, kinds, reporter)
    extends = root.get("extends")
    return Architecture(
        slug=slug,
        title=head["title"],
        summary=head["summary"],
        version=VERSION,
        extends=slug_of(extends.value) if extends else "",
        components=components,
        flows=read_flows(root, [v.id for v in variants], reporter),
        invariants=read_invariants(root, reporter),
        views=read_views(root, components, variant, reporter),
        suppressions=read_suppressions(root, reporter),
        variants=variants,
        variant=variant,
        zones_in_full=tuple((name, span) for span, name in sorted(reporter.zones_in_full.items())),
        assumptions=read_assumptions(root, reporter),
        broken=broken,
        span=start_of(root),
        sources=MappingProxyType(dict(sources.texts)),
    )


def _head(root: Mapping, kinds: Map[str, Kind], reporter: Reporter) -> dict[str, str]:
    known = {*HEAD, *Flattener(kinds, reporter).holds("")}
    for entry in root.entries:
        if entry.key.text not in known:
            reporter.error(
                "DGY-13",
                entry.key.span,
                f"a definition has no key {quoted(entry.key.text)}",
                did_you_mean(entry.key.text, known),
            )
    check_version(root, "the definition", reporter)
    texts = {"title": "", "summary": ""}
    for name in texts:
        found = root.get(name)
        if found is not None:
            texts[name] = check_text(found.value, f"`{name}`", reporter, prose=name == "summary") or ""
        elif name == "title":
            reporter.error("DGY-12", start_of(root), "the definition needs a `title`", "add `title: What it shows`")
    return texts


def check_version(root: Mapping, what: str, reporter: Reporter) -> None:
    """The first line says which version of the format a file is written in."""
    version = root.get("version")
    if version is None:
        reporter.error("DGY-11", start_of(root), f"{what} names no version", "begin with `version: 1`")
    elif not (
        isinstance(version.value, Scalar) and version.value.tag is Tag.INT and version.value.text == str(VERSION)
    ):
        reporter.error(
            "DGY-11",
            version.value.span,
            f"this docgen reads version {VERSION}, found {describe(version.value)}",
            "write `version: 1`",
        )


def _components(
    root: Mapping, kinds: Map[str, Kind], reporter: Reporter
) -> tuple[tuple[Component, ...], frozenset[Key]]:
    flat = Flattener(kinds, reporter)
    flat.flatten(root)
    regions = {
        b.id.text: e.value
        for b in flat.blocks
        if b.kind.name == "vpc" and (e := b.fields.get("region")) and isinstance(e.value, Scalar)
    }
    expander = Expander(regions, flat.unclear, reporter)
    blocks = expander.expand(flat.blocks)
    known = flat.broken | expander.broken
    placed, broken = structure(blocks, known, reporter)
    broken |= known
    grouper = Grouper(kinds, reporter)
    bound = grouper.bind(refuse_duplicates(placed, reporter))
    again = refuse_duplicates((Placed(c, "") for c in bound), reporter)
    broken = frozenset(broken | grouper.broken)
    return _ordered([p.component for p in again if p.component.key not in broken]), broken


def _ordered(components: list[Component]) -> tuple[Component, ...]:
    """Accounts, Regions, then everything by kind as it first appears; what a VPC holds right after it."""
    inside: dict[str, dict[str, list[Component]]] = {}
    outside: dict[str, list[Component]] = {"account": [], "region": []}
    for c in components:
        group = inside.setdefault(c.scope, {}) if c.scope else outside
        group.setdefault(c.kind, []).append(c)
    ordered: list[Component] = []
    for kind, many in outside.items():
        for c in many:
            ordered.append(c)
            if kind == "vpc":
                ordered += [x for held in inside.pop(c.id, {}).values() for x in held]
    ordered += [x for held in inside.values() for many in held.values() for x in many]
    return tuple(ordered)
