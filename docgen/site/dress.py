# The look of the site as settings of MkDocs: styles, scripts, the script that makes search work from disk.
#
# In:  a loaded configuration; changed in place, as MkDocs' hooks do. What an author set himself stays.
"""dress, load_embeds, embed_files, watched."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import Any

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
    _add(config.extra_css, (SHELL_STYLE, *PAGE_STYLES) if whole else PAGE_STYLES)
    _add(config.extra_javascript, PAGE_SCRIPTS)
    if not whole:
        return
    polyfills = config.extra.setdefault("polyfills", [])
    polyfills[:] = [script for script in polyfills if "//" not in str(script)]  # `offline` names a foreign host
    _add(polyfills, POLYFILLS)
    if config.theme.get("favicon") == THEME_FAVICON:
        config.theme["favicon"] = LOGO
    if not config.theme.get("logo"):
        config.theme["logo"] = LOGO


def embed_files() -> tuple[SiteFile, ...]:
    """What pages with designs in fences load."""
    return (SiteFile(EMBED_SCRIPT, embed.script()), SiteFile(EMBED_STYLE, embed.plain_style()))


def load_embeds(config: MkDocsConfig) -> None:
    """Have pages load it; whatever their theme."""
    _add(config.extra_css, [EMBED_STYLE])
    _add(config.extra_javascript, [EMBED_SCRIPT])


def _add(listed: list[Any], names: Iterable[str]) -> None:
    """Those that are not there yet."""
    listed += [name for name in names if name not in listed]
