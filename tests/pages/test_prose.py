"""Prose of a README: what anybody may write there, and what becomes of it on any engine."""

from __future__ import annotations

import html

import pytest
from markdown import markdown

from docgen.pages.prose import harmless

SAME = {
    "links-to-files-and-the-web": "[a](b.md) [c](../d/e.md#f) [g](https://h.example/i?j=k&l) [m](mailto:n@o.example)",
    "titles-of-links": '[a](b.md "c d")',
    "pictures-of-the-same-folder": "![a](overview.svg) ![b](./c/d.png)",
    "lists-tables-emphasis": "- *a*\n- **b**\n\n| c | d |\n| --- | --- |\n| e | f |",
    "code": "the route `10.0.0.0/16`",
    "a-figure": "it costs {{ figure:nat-gateway-hour }}",
    "a-quote": "> said",
}
GONE = {
    "html": ("a <b>c</b>", "<b>"),
    "a-comment": ("<!-- docgen:gallery -->", "<!--"),
    "a-script-link": ("[a](javascript:b)", "[a]"),
    "a-script-link-in-angle-brackets": ("[a](<javascript:b>)", "[a]"),
    "a-script-link-after-a-line": ("[a](\njavascript:b)", "[a]"),
    "a-script-link-by-entities": ("[a](java&#115;cript:b)", "[a]"),
    "a-script-link-by-backslash": ("[a](javascript\\:b)", "[a]"),
    "a-script-link-in-code": ("[a](`javascript:b`)", "[a]"),
    "a-script-link-in-a-reference": ("[a][b]\n\n[b]: javascript:c", "[a][b]"),
    "a-script-link-below-a-reference": ("[a][b]\n\n[b]:\n  javascript:c", "[a][b]"),
    "a-script-link-inside-a-link": ("[[a](javascript:b)]([c](javascript:d))", "[a]"),
    "a-script-link-below-another-reference": ("[a][b]\n\n[x]:\n[b]: javascript:c", "[a][b]"),
    "a-data-link": ("[a](data:text/html,b)", "[a]"),
    "an-automatic-link": ("<javascript:a>", "<javascript:a"),
    "attributes": ('word {: onclick="a" }', "{: onclick"),
    "a-template": ("{{ 7*7 }} {% a %}", "{{ 7*7 }}"),
    "a-foreign-picture": ("![a](https://b.example/c.png)", "!<a href"),
    "a-foreign-picture-by-reference": ("![a][b]\n\n[b]: https://c.example/d.png", "!<a href"),
    "a-fence-of-a-plug-in": ("```architecture\nfile.yaml\n```", "<code>file.yaml"),
    "attributes-of-a-fence": ("```html onclick=a\nb\n```", '<code class="language-html">b'),
    "a-fence-that-never-ends": ("```\n<script>a</script>", "<script>"),
    "a-code-span-over-paragraphs": ("a ` b\n\n<i>c</i> ` d", "<i>"),
    "a-line-that-reorders": ("a \u202eb", "<U+202E>"),
    "a-mark-of-direction": ("a \u200fb", "<U+200F>"),
    "a-placeholder-of-the-engine": ("\x02wzxhzdk:0\x03", "wzxhzdk:0"),
}


@pytest.mark.parametrize("text", SAME.values(), ids=list(SAME))
def test_stays_as_written(text: str) -> None:
    assert text == harmless(text)


@pytest.mark.parametrize(("text", "shown"), GONE.values(), ids=list(GONE))
def test_shows_and_does_nothing(text: str, shown: str) -> None:
    made = markdown(harmless(text), extensions=["attr_list", "md_in_html", "tables", "fenced_code"])
    assert shown in html.unescape(made)
    for word in ("<script", "<b>", "<i>", 'href="javascript', "href='javascript", 'href="data', '" onclick', "<img"):
        assert word not in made
