"""The program around the commands: help, exit codes, misuse, mistakes of our own."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from docgen.cli import main

COMMANDS = [
    "new",
    "list",
    "show",
    "check",
    "trace",
    "reach",
    "diff",
    "prove",
    "render",
    "export",
    "graph",
    "pin",
    "build",
    "generate",
    "serve",
]
COMMANDS += ["explain", "completion", "schema"]


def docgen(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "docgen", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_version(run) -> None:
    assert f"docgen {version('docgen')}\n" == run("--version").output


def test_help_lists_every_command(run) -> None:
    """In the order of work, with examples and exit codes."""
    text = run("--help").output

    assert COMMANDS == main.list_commands(click.Context(main))
    assert all(f"\n  {name} " in text for name in COMMANDS)
    assert "Examples:" in text
    assert "Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 internal error." in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_examples(run, name: str) -> None:
    """Somebody who forgot how a command is used finds a line to copy."""
    text = run(name, "--help").output

    assert f"  docgen {name}" in text.partition("Examples:")[2]


def test_help_imports_no_command() -> None:
    """`docgen --help` answers at once: neither a command nor YAML, Jinja, MkDocs or Pillow is imported."""
    code = (
        "import sys; from docgen.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    modules = set(printed.splitlines()[-1].split())

    heavy = {"yaml", "jinja2", "mkdocs", "PIL", "docgen.pipeline", "docgen.model", "docgen.cli.check_command"}
    assert set() == heavy & modules


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["chek"], "no command 'chek'; did you mean 'check'?", id="misspelt-command"),
        pytest.param(["check", "no-such"], "there is no file, folder or design 'no-such'", id="missing-path"),
        pytest.param(["trace"], "Missing argument 'PATH'", id="missing-argument"),
        pytest.param(["check", "--colour"], "--colour", id="unknown-option"),
        pytest.param(
            ["trace", "three-tier", "--flow", "web-to-databse"], "did you mean 'web-to-database'?", id="unknown-flow"
        ),
        pytest.param(
            ["render", "three-tier", "-o", "x", "--view", "overwiew"], "did you mean 'overview'?", id="unknown-view"
        ),
        pytest.param(["render", "three-tier", "-o", "x", "-f", "gif"], "no format 'gif'", id="unknown-format"),
        pytest.param(["explain", "DGL-999"], "no code 'DGL-999'", id="unknown-code"),
        pytest.param(["show", "three-tier", "--variant", "none"], "no variant 'none'", id="unknown-variant"),
    ],
)
def test_wrong_usage(run, arguments: list[str], message: str) -> None:
    """Exit code 2, a clear line on standard error, nothing on standard output."""
    result = run(*arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_internal_error_is_one_clear_message(run, monkeypatch) -> None:
    """A mistake in docgen: exit code 3, how to report it, no traceback."""
    monkeypatch.setattr("docgen.pipeline.explanations.explanations", lambda: 1 / 0)

    result = run("explain")

    assert 3 == result.exit_code
    assert "docgen: internal error: ZeroDivisionError: division by zero" in result.stderr
    assert "DOCGEN_DEBUG=1" in result.stderr
    assert "Traceback" not in result.stderr


def test_internal_error_with_debug_shows_the_traceback(run, monkeypatch) -> None:
    """For the one who mends it."""
    monkeypatch.setattr("docgen.pipeline.explanations.explanations", lambda: 1 / 0)
    monkeypatch.setenv("DOCGEN_DEBUG", "1")

    result = run("explain")

    assert 3 == result.exit_code
    assert "Traceback" in result.stderr


def test_interruption_is_quiet(run, monkeypatch) -> None:
    """Ctrl-C ends with 130 and one word."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("docgen.pipeline.explanations.explanations", interrupted)

    result = run("explain")

    assert (130, "stopped") == (result.exit_code, result.stderr.strip())


def test_reader_that_goes_away_is_no_error() -> None:
    """`docgen explain | head -1`, without a shell: the reader closes its end after the first line."""
    command = [sys.executable, "-m", "docgen", "explain"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        first = program.stdout.readline()
        program.stdout.close()
        complaint = program.stderr.read()

    assert "" == complaint
    assert first.strip()


def test_folder_that_cannot_be_written(run, tmp_path: Path) -> None:
    """Not docgen's mistake: exit code 2 and the name of the file in the way."""
    (tmp_path / "file").write_text("in the way")

    result = run("render", "isolated-vpc", "-o", str(tmp_path / "file" / "pictures"))

    assert 2 == result.exit_code
    assert "docgen: " in result.stderr
    assert "Traceback" not in result.stderr


def test_terminal_of_another_encoding() -> None:
    """What it cannot show is replaced; the answer still comes."""
    result = docgen("list", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert (0, "") == (result.returncode, result.stderr)


def test_no_colour_unless_a_terminal() -> None:
    """Neither a pipe nor NO_COLOR gets escape sequences; FORCE_COLOR asks for them."""
    plain = docgen("trace", "architectures/isolated-vpc", NO_COLOR="", FORCE_COLOR="")
    forced = docgen("trace", "architectures/isolated-vpc", NO_COLOR="", FORCE_COLOR="1")
    refused = docgen("trace", "architectures/isolated-vpc", NO_COLOR="1", FORCE_COLOR="1")

    assert ["\x1b" in out.stdout for out in (plain, forced, refused)] == [False, True, False]
