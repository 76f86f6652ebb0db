"""The Markdown export as GitHub's own parser, MDX (Docusaurus) and TechDocs read it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.exporters.samples import ATTACKS
from tests.exporters.test_hostile import look

FLOW = ("three-tier", "--flow", "app-charges-card")
GITHUB = """\
import sys
from cmarkgfm import cmark, github_flavored_markdown_to_html as html
sys.stdout.write(html(sys.stdin.read(), options=cmark.Options.CMARK_OPT_UNSAFE))
"""
TECHDOCS = """\
site_name: Our platform
docs_dir: docs
theme: {{name: material, font: false}}
plugins: [techdocs-core]
nav: [{}]
"""
KEPT = """(html) => [html, DOMPurify.sanitize(html)].map((text) => {
  const made = document.createElement("template");
  made.innerHTML = text;
  const count = (name) => made.content.querySelectorAll(name).length;
  return ["img", "table", "details", "summary", "li", "pre, code"].map(count);
})"""
STYLE = """<!doctype html><meta charset="utf-8"><style>
body{max-width:980px;margin:0 auto;padding:32px;font:16px/1.5 "Noto Sans",Helvetica,Arial,sans-serif;color:#1f2328}
table{border-collapse:collapse;display:block;overflow:auto;font-size:14px}
th,td{border:1px solid #d1d9e0;padding:6px 13px}
tr:nth-child(2n){background:#f6f8fa} code{background:#818b981f;padding:.2em .4em;border-radius:6px;font-size:85%}
img{max-width:100%} h1,h2{border-bottom:1px solid #d1d9e0;padding-bottom:.3em}
</style>"""
"""About what GitHub's own style sheet does; its sanitizer drops what a style could reach."""


def github(tool: Callable[[str], Path], text: str) -> str:
    """The HTML that GitHub's parser makes, before its sanitizer."""
    program = [tool("confluence/bin/python"), "-c", GITHUB]
    done = subprocess.run(program, input=text, capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout


@pytest.mark.parametrize("arguments", [("small",), FLOW, ("hostile",)], ids=" ".join)
def test_github(
    exported: Callable[..., Path],
    tool: Callable[[str], Path],
    opened: Callable[..., Any],
    picture: Callable[..., None],
    arguments: tuple[str, ...],
) -> None:
    """Every table a table, every picture found, attacks as words; and it is looked at."""
    folder = exported("markdown", *arguments)
    (file,) = folder.glob("*.md")
    source = file.read_text(encoding="utf-8")
    html = github(tool, source)
    found = look(html)

    assert 0 == found.scripts
    assert [] == found.bad
    assert len(re.findall(r"^\| (?:-+:? \| )*-+:? \|$", source, re.MULTILINE)) == html.count("<table>")
    own_links = re.findall(
        r'<a href="(?:mailto:|http://|)([^"]*)">\1</a>', html
    )  # addresses that GitHub itself links
    leads = [where for where in found.leads if not where.endswith(tuple(own_links) or ("\0",))]
    assert [] == [where for where in leads if not (folder / where).is_file()]
    usual = "h1 h2 h3 p img a table thead tbody tr th td code pre strong ul li details summary"
    assert set() == found.elements - set(usual.split())
    said = re.sub(r"\s+", " ", "".join(found.words))
    for attack in ATTACKS if arguments == ("hostile",) else ():
        assert re.sub(r"\s+", " ", attack) in said
    (folder / "github.html").write_text(STYLE + html, encoding="utf-8")
    page = opened(f"file://{folder}/github.html")
    assert page.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 0)")
    if arguments == FLOW:
        picture(page, "github")


@pytest.mark.parametrize("arguments", [("small",), FLOW, ("hostile",)], ids=" ".join)
def test_mdx(exported: Callable[..., Path], tool: Callable[[str], Path], arguments: tuple[str, ...]) -> None:
    """Docusaurus compiles it: no expression, no module, no component but folds and code."""
    (file,) = exported("markdown", *arguments).glob("*.md")
    program = Path(__file__).parent / "mdx" / "nodes.mjs"
    command = ["node", str(program), str(tool("node_modules")), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert 0 == done.returncode, done.stderr
    found = json.loads(done.stdout)

    assert [] == found["expressions"]
    assert {"details", "summary", "code"} >= set(found["components"])
    assert found["tables"] > 1
    for attack in ATTACKS if arguments == ("hostile",) else ():
        assert re.sub(r"\s+", " ", attack) in re.sub(r"\s+", " ", found["text"])


def test_techdocs(
    exported: Callable[..., Path],
    tool: Callable[[str], Path],
    opened: Callable[..., Any],
    picture: Callable[..., None],
    tmp_path: Path,
) -> None:
    """Backstage's TechDocs builds it strictly, without a warning; pictures and folded tables show."""
    names = []
    docs = tmp_path / "docs"
    for arguments in (FLOW, ("hostile",)):
        for path in exported("markdown", *arguments).rglob("*"):
            if path.is_file() and path.suffix != ".html":
                place = docs / path.relative_to(exported("markdown", *arguments))
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(path.read_bytes())
                names += [place.name] if path.suffix == ".md" else []
    (docs / "index.md").write_text("# Our platform\n")
    (tmp_path / "mkdocs.yml").write_text(TECHDOCS.format(", ".join(["index.md", *names])))
    command = [tool("techdocs/bin/mkdocs"), "build", "--strict", "--no-directory-urls"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    assert "WARNING" not in done.stderr

    built = (tmp_path / "site/hostile.html").read_text(encoding="utf-8")
    article = built[built.index("<article") : built.index("</article>")]
    found = look(article)
    assert 0 == found.scripts
    assert [] == found.bad
    for attack in ATTACKS:
        assert re.sub(r"\s+", " ", attack) in re.sub(r"\s+", " ", "".join(found.words))
    frontend = opened()
    frontend.add_script_tag(path=str(tool("node_modules/dompurify/dist/purify.min.js")))
    for name in names:
        text = (tmp_path / "site" / name).with_suffix(".html").read_text(encoding="utf-8")
        counts = frontend.evaluate(KEPT, text[text.index("<article") : text.index("</article>")])
        assert counts[0] == counts[1], "Backstage shows what DOMPurify leaves"
        assert all(counts[0])
    page = opened(f"file://{tmp_path}/site/three-tier-app-charges-card.html", java_script_enabled=False)
    assert page.evaluate("[...document.querySelectorAll('article img')].every(one => one.naturalWidth > 0)")
    assert page.locator("article details table").count() > 0
    assert page.locator("article table").first.is_visible()
    picture(page, "techdocs")
