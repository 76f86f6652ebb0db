"""The tutorial, done from its first line to its last: every file is written, every command run, its output compared.

`pytest --update-golden` writes the outputs anew. Unlike those of other documents, the commands build on each other.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.pipeline import open_design
from tests.test_docs import output_of, shortened

PAGE = Path(__file__).parent.parent / "site/guide/tutorial.md"
PICTURES = PAGE.parent / "my-shop"
SHOWN = tuple(f"{view}{dark}.svg" for view in ("overview", "flow-web-reads-orders") for dark in ("", ".dark"))
PART = re.compile(
    r'^```yaml title="(?P<file>[^"]+)"\n(?P<text>.*?)^```$|^```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)


def test_tutorial_says_what_happens(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who does as it says sees what it shows, and ends with a design of his own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    page = PAGE.read_text(encoding="utf-8")
    made, at, wrong = [], 0, []
    for part in PART.finditer(page):
        made.append(page[at : part.start()])
        at = part.end()
        if part["file"]:
            path = tmp_path / part["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(part["text"], encoding="utf-8")
            made.append(part[0])
        else:
            output = shortened(output_of(part["command"]))
            made.append(f"```console\n$ {part['command']}\n{output}```")
            if output != part["output"]:
                wrong.append(part["command"])
    text = "".join(made) + page[at:]
    if request.config.getoption("--update-golden"):
        PAGE.write_text(text, encoding="utf-8")
        wrong = []

    assert [] == wrong
    design = open_design(tmp_path / "architectures/my-shop").value
    assert design is not None
    assert not design.failed
    output_of("docgen render my-shop -o pictures -f svg --theme both")
    for shown in SHOWN:
        drawn = (tmp_path / "pictures" / shown).read_text(encoding="utf-8")
        if request.config.getoption("--update-golden"):
            (PICTURES / shown).write_text(drawn, encoding="utf-8")
        assert drawn == (PICTURES / shown).read_text(encoding="utf-8"), "the page shows another picture"
        assert f"(my-shop/{shown}#only-" in text
