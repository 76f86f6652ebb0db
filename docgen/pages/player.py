# The flow player: one picture and the flows of a design, which a script lets a reader step through.
#
# In:  a design, which of its flows, and where the page stands. Out: Markdown that is whole without the script:
#      the picture, then each flow as a list of steps. docs/decisions/0050 has the contract with player.js.
"""Place, player, player_of, picture_of, reason_link."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from markupsafe import Markup

from docgen.core.data import dataclass
from docgen.model.codes import REASON_CODES
from docgen.model.flow_log import Action
from docgen.pages.assumption_page import assumption_chip
from docgen.pages.build import Build, Design, Picture, Stages
from docgen.pages.flows import ConnectionView, FlowView, flow_views
from docgen.pages.markdown import anchor, attribute, code, link, prose, table, text
from docgen.pages.step_view import DecisionView, header_table
from docgen.pages.templating import render
from docgen.reports.flow_log import Shown, TransitShown

OVERVIEW = "overview"
_ACTIONS = {Action.ACCEPT: ("allow", "ACCEPT"), Action.REJECT: ("deny", "REJECT")}
_STORE = Markup('<svg class="dg-art-store" width="0" height="0" aria-hidden="true"><defs>{}</defs></svg>')
_DRAWING = Markup(
    '<svg class="dg-drawing" viewBox="0 0 {} {}" role="img" aria-label="{}"{} '
    'font-family="Arimo, Arial, Helvetica, sans-serif">\n<g id="{}" class="dg-ground">\n{}\n</g>\n{}\n</svg>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a player stands: ways from its page."""

    root: str | None
    """To the folder of all pages: `../../`; None where docgen's pages are not part of the site."""
    files: str | None
    """To the folder of the design's files: "" on the design's own page; None where there are none."""
    prefix: str = ""
    """Before every id, where a page holds several designs."""
    compact: bool = False
    """Only the picture and a sentence for each step."""

    @property
    def embedded(self) -> bool:
        """Whether it stands in somebody else's page."""
        return self.root is None


def player(build: Build, design: Design, place: Place, only: Collection[str] = ()) -> Markup:
    """The player of a design's flows (`only` those of these ids; all where none is named)."""
    pictures = build.pictures.get(design.architecture.slug, {})
    return player_of(build, design, place, flow_views(design, pictures, only=only, prefix=place.prefix))


def player_of(build: Build, design: Design, place: Place, flows: Sequence[FlowView]) -> Markup:
    """The same where the flows are written already."""
    slug = design.architecture.slug
    pictures = build.pictures.get(slug, {})
    stages = build.stages.get(slug)
    return render(
        "player",
        title=design.architecture.title,
        flows=flows,
        intro=_intro(flows),
        picture=picture_of(stages, _seen(flows), place, design.architecture.title) if stages else None,
        overview=pictures.get(OVERVIEW),
        overview_alt=f"Overview of {design.architecture.title}",
        place=place,
        **helpers(place),
    )


def helpers(place: Place) -> dict[str, object]:
    """What the templates of flows call."""
    return {
        "reason_link": lambda reason: reason_link(reason, place.root),
        "assumption_chip": lambda name: assumption_chip(name, place.root),
        "candidates": _candidates,
        "header_table": header_table,
        "record_table": _record_table,
        "transit_rows": _transit_rows,
        "return_open": _return_open,
        "remedy": _remedy,
        "circles": _circles,
        "anchor_of": lambda flow: f"#{flow.anchor}",
        "indent": lambda depth: Markup("    ") * depth,
        "stem": lambda flow: f"{place.files}{flow.view}",
        "downloads_of": lambda flow: _downloads(flow, place),
    }


def reason_link(reason: str, root: str | None) -> Markup:
    """A reason code as a link to what it means; where there is no such page, with the meaning as a tooltip."""
    if root is None:
        meaning = f"{REASON_CODES[reason].title}. {REASON_CODES[reason].meaning}" if reason in REASON_CODES else ""
        return Markup('<abbr title="{}">{}</abbr>').format(attribute(meaning), code(reason))
    return link(code(reason), f"{root}reference/reason-codes.md#{anchor(reason)}")


def _intro(flows: Sequence[FlowView]) -> str:
    if not flows:
        return "This design declares no flows."
    return (
        "Verdicts are computed, there and back. A number stands for a line of the picture and the component "
        "at its end: why the packet took that line, and what the component did to it."
    )


# -- the picture -----------------------------------------------------------------------------------
def _seen(flows: Sequence[FlowView]) -> tuple[str, ...]:
    """The views that a player has, the one first that is seen without a script."""
    views = tuple(dict.fromkeys(flow.view for flow in flows))
    return (*views, OVERVIEW) if len(views) == 1 else (OVERVIEW, *views)


def picture_of(stages: Stages, views: Sequence[str], place: Place, title: str) -> Markup:
    """Every ground with the layers of these views; without a script the first of them is seen.

    `xlink:href`, because Material's instant navigation sets `href` on whatever has one, which no picture survives.
    """
    seen = views[0]
    shown = [stage for stage in stages.stages if set(views) & stage.layers.keys()]
    prefix = f"{place.prefix}-" if place.prefix else ""
    images = Markup("").join(
        Markup('<image id="{}" width="48" height="48" xlink:href="{}"/>').format(attribute(prefix + id), uri)
        for id, uri in stages.art.items()
    )
    parts = [_STORE.format(images)]
    for number, stage in enumerate(shown, 1):
        layers = (
            Markup(layer if view == seen else layer.replace("<g ", '<g display="none" ', 1))
            for view, layer in stage.layers.items()
            if view in views
        )
        parts.append(
            _DRAWING.format(
                stage.width,
                stage.height,
                attribute(title),
                Markup("" if seen in stage.layers else ' style="display:none"'),
                attribute(f"{prefix}ground-{number}"),
                Markup(stage.ground.replace(' href="#art-', f' xlink:href="#{attribute(prefix)}art-')),
                Markup("\n").join(layers),
            )
        )
    return Markup("\n").join(parts)


# -- flows -----------------------------------------------------------------------------------------
def _candidates(decision: DecisionView) -> Markup:
    rows = []
    for candidate in decision.candidates:
        template = Markup("**{}**") if candidate.chosen else Markup("{}")
        note = Markup(" <small>{}</small>").format(text(candidate.code)) if candidate.code else Markup("")
        reason = Markup("{}{}").format(template.format(text(candidate.reason)), note)
        rows.append((template.format(code(candidate.text)), reason))
    return table([decision.check[:1].upper() + decision.check[1:], "Result"], rows)


def _record_table(records: Sequence[Shown]) -> Markup:
    """The records in the default format; a refused one stands out."""
    rows = [
        (
            code(one.record.interface or one.record.component_name),
            one.record.direction.value,
            Markup('<span class="dg-{}">{}</span>').format(*_ACTIONS[one.record.action]),
            code(one.ends),
            Markup("<br>").join(map(code, (one.record.line(), *one.other_lines))),
        )
        for one in records
    ]
    return table(["Interface", "Way", "Action", "From and to", "Record"], rows)


def _transit_rows(shown: TransitShown) -> Markup:
    rows = [(code(record.attachment_name), record.direction.value, code(line)) for record, line in shown.lines]
    return table(["Attachment", "Way", "Record"], rows)


def _return_open(connection: ConnectionView) -> Markup:
    """A return leg that decides the verdict is shown at once."""
    stopped = any(step.stopped for step in connection.returning)
    return Markup(" open") if stopped else Markup("")


def _circles(connection: ConnectionView) -> Markup:
    """The numbers of a connection's steps there, each a link to its step."""
    return Markup(" ").join(link(step.number, f"#{step.anchor}") for step in connection.forward)


def _remedy(flow: FlowView) -> Markup | None:
    """What would open a blocked flow, edit by edit; or in a sentence why nothing should, or is known to."""
    change = flow.report.smallest_change
    if change is None:
        return None
    if not change.edits:
        return Markup('<p class="dg-remedy__lead" markdown>{}</p>').format(prose(change.text))
    lead = "If that is ever to change, this opens it:" if flow.meant else "The smallest change that opens it:"
    edits = Markup("\n").join(Markup("- {}").format(prose(edit.text)) for edit in change.edits)
    return Markup('<p class="dg-remedy__lead" markdown>{}</p>\n\n{}').format(lead, edits)


def _downloads(flow: FlowView, place: Place) -> Markup:
    """Files of one flow, as links that a browser saves."""
    if place.files is None:
        return Markup("")
    return Markup(" ").join(_files(f"{place.files}{flow.view}", flow.picture))


def _files(stem: str, picture: Picture | None) -> Iterator[Markup]:
    if picture:
        yield link("SVG", f"{stem}.svg")
        if picture.png:
            yield link("PNG", f"{stem}.png")
        yield link("draw.io", f"{stem}.drawio")
    yield link("Trace, JSON", f"{stem}.json")
