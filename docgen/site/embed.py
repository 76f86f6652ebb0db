# A design in somebody else's page: the picture with its flows, as HTML that is whole without a script.
#
# In:  a design and the picture inside the page (`Stages`). Out: HTML, the script and styles that make a player of it,
#      or a whole page with everything inside. Fetches nothing, relies on no other file. See docs/decisions/0062.
"""fragment, document, script, plain_style, error_box."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from hashlib import sha256
from html import escape

from markupsafe import Markup

from docgen.core.diagnostic import Diagnostic
from docgen.core.report import as_text
from docgen.core.terminal import visible
from docgen.pages import Build, Chapter, Design, Stages
from docgen.pages.outline import outline_of
from docgen.pages.player import OVERVIEW, Place, picture_of, player
from docgen.site import shrink
from docgen.site.assets import player_script, static_text
from docgen.site.dark_picture import dark_picture

ROOT_PX = 20
"""What one rem is on docgen's own site, in px."""
_PICTURE = re.compile(r"(?<=<docgen-player>\n).*?(?=\n</docgen-player>)", re.DOTALL)
_REM = re.compile(r"(?<![\w.-])(-?\d*\.?\d+)rem\b")
_WIDE, _NARROW = "@media screen and (min-width: 1200px)", "@media screen and (max-width: 699.98px)"
_BY_MARK = ':is([data-md-color-scheme="slate"], [data-bs-theme="dark"])'
"""Dark pages of Material and of Bootstrap, which the theme `mkdocs` is made of."""
_BY_SYSTEM = "(prefers-color-scheme: dark)"


def fragment(
    design: Design,
    stages: Stages,
    *,
    flows: Collection[str] = (),
    picture: str = "",
    prefix: str = "",
    height: int | None = None,
) -> Markup:
    """The picture with its flows as lists of steps, in one element that `script` makes a player of.

    Args:
        design: The design.
        stages: Its pictures; they must have every view that is shown.
        flows: Ids of the flows to show; () for all.
        picture: Only the picture of this view (`overview`, `flow-<id>`), without lists; "" for all.
        prefix: Before every id; differs for each design in a page.
        height: Of the picture in the player, in px; None for what fits.
    """
    stage = next((s for s in stages.stages if (picture or OVERVIEW) in s.layers), stages.stages[0])
    style = f"--dg-ratio:{stage.height / stage.width:.3f}" + (f";--dg-height:{height}px" if height else "")
    place = Place(root=None, files=None, prefix=prefix)
    if picture:
        drawn = picture_of(stages, (picture,), place, design.architecture.title)
        body = Markup(
            '<div class="dg-figure-only"><div class="dg-stage" data-search-exclude>\n{}\n</div></div>'
        ).format(drawn)
    else:
        shown = Chapter(title="", designs=(outline_of(design),))
        build = Build(chapters=(shown,), stages={design.architecture.slug: stages})
        body = _html(player(build, design, place, flows))
    return Markup('<div class="dg-embed"><docgen-embed style="{}">\n{}\n</docgen-embed></div>').format(style, body)


def document(title: str, body: Iterable[Markup], *, fill: bool = False) -> str:
    """A whole page that needs nothing else: for an iframe, a mail, a disk. It runs docgen's script and no other.

    Args:
        title: Of the page.
        body: Fragments, one below the other.
        fill: Whether there is nothing around it (an iframe): no margin, no heading.
    """
    head = "" if fill else f"<h1>{escape(title)}</h1>\n"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
        f"<title>{escape(title)}</title>\n<style>{_PAGE_STYLE}{plain_style(_BY_SYSTEM)}</style>\n</head>\n"
        f"<body{' class=dg-fill' if fill else ''}>\n{head}"
        + "\n".join(body)
        + f"\n<script>{script()}</script>\n</body>\n</html>\n"
    )


@cache
def _policy() -> str:
    """Nothing is fetched, and of scripts only ours runs."""
    digest = b64encode(sha256(script().encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


_PAGE_STYLE = (
    ":root{color-scheme:light dark}body{margin:24px auto;max-width:1400px;padding:0 16px;"
    "font:15px/1.6 system-ui,sans-serif;background:#fff;color:#0f1b2d}h1{font-size:26px;line-height:1.25}"
    "body.dg-fill{margin:0;padding:1px;max-width:none}.dg-fill docgen-embed{margin:0;--dg-room:300px}"
    "@media screen and (prefers-color-scheme:dark){body{background:#0d131c;color:#edf2f8}}\n"
)


def error_box(diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], title: str) -> Markup:
    """What is wrong, where it was to be shown: text with excerpts, as the command line has it."""
    text = as_text(diagnostics, sources).rstrip()
    return Markup('<div class="dg-error" role="alert"><p>{}</p><pre><code>{}</code></pre></div>').format(
        visible(title), text
    )


@cache
def script() -> str:
    """The element and the player, with their styles inside; runs once however often a page has it."""
    style = json.dumps(_inner_style()).replace("</", "<\\/")
    element = shrink.script(static_text("embed.js")).replace("STYLE", style, 1)
    return element + player_script()


@cache
def plain_style(dark: str = _BY_MARK) -> str:
    """Styles of what a page shows without the script, and of the box of errors.

    Args:
        dark: When they are dark: with a page that says so in a way that we know, or with the reader's system.
    """
    pages = f"{dark} docgen-embed" if dark == _BY_MARK else "docgen-embed"
    colours = static_text("colours.css").replace(":root, [data-md-color-scheme]", "docgen-embed")
    colours = colours.replace('[data-md-color-scheme="slate"]', pages) + dark_picture(pages)
    if dark == _BY_SYSTEM:
        colours = colours.replace("@media screen", f"@media screen and {_BY_SYSTEM}")
    return shrink.style(colours + static_text("embed-plain.css"))


def _inner_style() -> str:
    """Styles inside the element; they know neither the size of the page's root nor the width of its window."""
    own = ("colours.css", "embed.css", "tables.css", "flows.css", "player.css")
    text = static_text(*own) + dark_picture() + static_text("embed-tail.css")
    text = text.replace("body:has(.dg-on) .md-top { display: none; }", "")
    text = _within(_within(text, _WIDE, "(min-width: 1000px)"), _NARROW, "(max-width: 619.98px)")
    return shrink.style(_REM.sub(lambda size: f"{float(size[1]) * ROOT_PX:g}px", text))


def _within(text: str, media: str, width: str) -> str:
    """Blocks that ask for the window's width ask for the element's."""
    parts = text.split(media + " {")
    out = [parts[0]]
    for part in parts[1:]:
        depth, end = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(part[end], 0)
            end += 1
        out.append(f"@media screen {{ @container dg {width} {{{part[:end]} }}{part[end:]}")
    return "".join(out)


def _html(markdown: Markup) -> Markup:
    """Our own Markdown as HTML. The picture goes around the converter, which would take long over it."""
    from markdown import Markdown

    found = _PICTURE.search(markdown)
    picture = found[0] if found else ""
    text = _PICTURE.sub("dg-picture", markdown, count=1)
    html = Markdown(extensions=["attr_list", "md_in_html", "tables"]).convert(text)
    html = html.replace("<table>", '<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table>')
    html = html.replace("</table>", "</table></div></div>")
    return Markup(html.replace("dg-picture", picture, 1))
