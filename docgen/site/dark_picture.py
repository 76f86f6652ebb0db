# The colours of pictures inside dark pages, as style rules made from the one palette that the picture files have.
#
# In:  docgen.diagram.theme. Out: CSS. A picture in a page has the light colours as attributes; these win over them.
"""dark_picture."""

from __future__ import annotations

from docgen.diagram import theme


def dark_picture(pages: str = '[data-md-color-scheme="slate"]') -> str:
    """Rules for `.dg-stage` in the dark palette; `pages` selects what is dark."""
    dark = theme.DARK
    rules: list[str] = []
    for style, look in dark.boxes.items():
        light = theme.BOXES[style]
        frame = [f"stroke:{look.stroke}"] if look.stroke else []
        frame += [f"fill:{look.fill}"] if look.fill not in ("", "none") else []
        rules.append(f".dg-{style}>.dg-frame{{{';'.join(frame)}}}")
        if look.badge_fill != light.badge_fill:
            rules.append(f'.dg-{style}>rect[fill="{light.badge_fill}"]{{fill:{look.badge_fill}}}')
    for light_ink, ink in dark.words.items():
        rules.append(f'text[fill="{light_ink}"]{{fill:{ink}}}')
    for tone, colour in dark.tones.items():
        rules.append(f".dg-{tone.value}{{--tone:{colour}}}")
    for light_ink, ink in dark.glyphs.items():
        rules.append(f'.dg-art [stroke="{light_ink}"]{{stroke:{ink}}}')
    rules += [
        ".dg-black{filter:invert(.9)}",
        ".dg-glyph{filter:brightness(1.25)}",
        ".dg-connector path{stroke:var(--tone)}",
        ".dg-connector polygon{fill:var(--tone)}",
        ".dg-art circle{fill:var(--dg-stage)}",
        f".dg-pill{{fill:{dark.tint}}}",
    ]
    dark_rules = "\n".join(f"  {rule}" for rule in rules)
    return f"@media screen {{ {pages} .dg-stage {{\n{dark_rules}\n}} }}\n"
