"""`docgen serve`."""

from __future__ import annotations

import click

from docgen.cli._console import config_option


@click.command(
    epilog="""\b
Examples:
  docgen serve
  docgen serve --address 127.0.0.1:8001 --open
"""
)
@config_option
@click.option("--address", metavar="HOST:PORT", help="Where to listen; as mkdocs.yml says, else 127.0.0.1:8000.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
def command(config_file: str, address: str | None, open_browser: bool) -> int:
    """Show the site, and reload it when a definition, a page or docgen itself changes."""
    from docgen.cli._publish import serve

    serve(config_file, address=address, open_browser=open_browser)
    return 0
