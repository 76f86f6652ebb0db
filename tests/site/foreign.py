"""A site that is not docgen's: its own theme and plugins, and designs only in fences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.site.test_mkdocs_plugin import DEFINITION

THEMES: dict[str, dict[str, Any]] = {
    "material": {
        "name": "material",
        "font": False,
        "palette": [
            {
                "media": "(prefers-color-scheme: light)",
                "scheme": "default",
                "toggle": {"icon": "material/weather-night", "name": "Dark"},
            },
            {
                "media": "(prefers-color-scheme: dark)",
                "scheme": "slate",
                "toggle": {"icon": "material/weather-sunny", "name": "Light"},
            },
        ],
    },
    "mkdocs": {"name": "mkdocs", "color_mode": "auto", "user_color_mode_toggle": True},
    "readthedocs": {"name": "readthedocs"},
}
INSTANT = {**THEMES["material"], "features": ["navigation.instant"]}
SUPERFENCES = ["admonition", "attr_list", "pymdownx.superfences", {"pymdownx.tabbed": {"alternate_style": True}}]
PAGES = {
    "index.md": (
        "---\ntitle: Our shop\n---\n# Our shop\n\nWhat our customers reach.\n\n"
        f"```architecture\n{DEFINITION}```\n\nAnd a word behind it, with [the way there](nets/deep/inside.md).\n"
    ),
    "nets/deep/inside.md": (
        "# Inside\n\nOne flow of a design by its name:\n\n"
        '```{.architecture file="shop" flow="stranger" height="300"}\n```\n\n'
        "1. In a list, a file beside this page:\n\n"
        '    ```architecture file="beside.yaml" show="picture"\n    ```\n\n'
        "Options inside the fence, and the same design again:\n\n"
        "~~~architecture\nfile: /architectures/shop\nflow: shopper, stranger\n~~~\n"
    ),
    "plain.md": "# A page without any\n\n```yaml\na: 1\n```\n",
}


def foreign(
    folder: Path,
    *,
    theme: str | dict[str, Any] = "material",
    plugins: tuple[Any, ...] = ("search", "docgen"),
    extensions: list[Any] | None = None,
    **settings: Any,
) -> Path:
    """Write the site's sources; its mkdocs.yml."""
    config = {
        "site_name": "Somebody else's",
        "theme": THEMES[theme] if isinstance(theme, str) else theme,
        "plugins": list(plugins),
        "markdown_extensions": SUPERFENCES if extensions is None else extensions,
        **settings,
    }
    files = {f"docs/{name}": text for name, text in PAGES.items()}
    files["architectures/shop/architecture.yaml"] = DEFINITION
    files["docs/nets/deep/beside.yaml"] = DEFINITION.replace("A web server", "Beside the page")
    files["mkdocs.yml"] = yaml.safe_dump(config, sort_keys=False)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "mkdocs.yml"


def embeds(page: Path) -> list[str]:
    """The designs in a built page, each as its HTML."""
    return page.read_text(encoding="utf-8").split("<docgen-embed")[1:]
