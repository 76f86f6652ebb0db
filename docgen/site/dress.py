# The look of the site as settings of MkDocs: styles, scripts, the script that makes search work from disk.
#
# In:  a loaded configuration; changed in place, as MkDocs' hooks do. What an author set himself stays.
"""dress."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from docgen.site.contents import LOGO, POLYFILLS, SCRIPTS, STYLES

THEME_FAVICON = "assets/images/favicon.png"


def dress(config: MkDocsConfig) -> None:
    """Add docgen's look to a Material site; repeated calls (live reload) change nothing."""
    for style in STYLES:
        if style not in config.extra_css:
            config.extra_css.append(style)
    for script in SCRIPTS:
        if script not in config.extra_javascript:
            config.extra_javascript.append(script)
    polyfills = config.extra.setdefault("polyfills", [])
    polyfills[:] = [script for script in polyfills if "//" not in str(script)]  # `offline` names a foreign host
    polyfills += [script for script in POLYFILLS if script not in polyfills]
    if config.theme.get("favicon") == THEME_FAVICON:
        config.theme["favicon"] = LOGO
    if not config.theme.get("logo"):
        config.theme["logo"] = LOGO
