"""`docgen completion`."""

from __future__ import annotations

import click


@click.command(
    epilog="""\b
Examples:
  eval "$(docgen completion bash)"                          for this shell
  docgen completion bash > ~/.local/share/bash-completion/completions/docgen
  docgen completion zsh > "${fpath[1]}/_docgen"
  docgen completion fish > ~/.config/fish/completions/docgen.fish
"""
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print a script that completes docgen's commands in a shell.

    Completed are commands and options, names of designs, and of the design that stands on the line flows, views,
    variants and zones; codes of `docgen explain`, formats and templates.
    """
    from click.shell_completion import ShellComplete, get_completion_class

    from docgen.cli import main

    script = get_completion_class(shell)
    assert script is not None
    # ShellComplete's own: that of bash first runs bash, to complain about a version of 2013
    click.echo(ShellComplete.source(script(main, {}, "docgen", "_DOCGEN_COMPLETE")), nl=False)
    return 0
