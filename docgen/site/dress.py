# The look of the site as settings of MkDocs: styles, scripts, the script that makes search work from disk.
#
# In:  a loaded configuration; changed in place, as MkDocs' hooks do. What an author set himself stays.
"""dress, load_embeds, embed_files, watched."""

from __future__ import annotations

from importlib.resources import files

from mkdocs.config.defaults import MkDocsConfig

from docgen.site import embed
from docgen.site.assets import EMBED_SCRIPT, EMBED_STYLE, LOGO, PAGE_SCRIPTS, PAGE_STYLES, POLYFILLS, SHELL_STYLE
from docgen.site.contents import SiteFile

THEME_FAVICON = "assets/images/favicon.png"


def watched() -> tuple[str, ...]:
    """Folders of docgen's own whose change is seen in the next page: templates, styles, scripts."""
    return (str(files("docgen.pages") / "templates"), str(files("docgen.site") / "static"))


def dress(config: MkDocsConfig, *, whole: bool) -> None:
    """Add what docgen's pages load to a Material site; repeated calls (live reload) change nothing.

    Args:
        config: Changed in place.
        whole: Whether the site is to look as docgen's own, with its colours, typefaces, header and logo.
    """
    for style in (SHELL_STYLE, *PAGE_STYLES) if whole else PAGE_STYLES:
        if style not in config.extra_css:
            config.extra_css.append(style)
    for script in PAGE_SCRIPTS:
        if script not in config.extra_javascript:
            config.extra_javascript.append(script)
    if not whole:
        return
    polyfills = config.extra.setdefault("polyfills", [])
    polyfills[:] = [script for script in polyfills if "//" not in str(script)]  # `offline` names a foreign host
    polyfills += [script for script in POLYFILLS if script not in polyfills]
    if config.theme.get("favicon") == THEME_FAVICON:
        config.theme["favicon"] = LOGO
    if not config.theme.get("logo"):
        config.theme["logo"] = LOGO


def embed_files() -> tuple[SiteFile, ...]:
    """What pages with designs in fences load."""
    return (SiteFile(EMBED_SCRIPT, embed.script()), SiteFile(EMBED_STYLE, embed.plain_style()))


def load_embeds(config: MkDocsConfig) -> None:
    """Have pages load it; whatever their theme."""
    if EMBED_STYLE not in config.extra_css:
        config.extra_css.append(EMBED_STYLE)
    if EMBED_SCRIPT not in config.extra_javascript:
        config.extra_javascript.append(EMBED_SCRIPT)
