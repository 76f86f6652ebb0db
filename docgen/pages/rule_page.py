# Reference pages of rules, from the rules' own docstrings.
#
# In:  the registry of rules. Out: an overview and a page for each rule.
"""rule_pages, rule_body, rule_link."""

from __future__ import annotations

from markupsafe import Markup

from docgen.pages.build import Page, rule_path
from docgen.pages.front_matter import front_matter
from docgen.pages.markdown import code, fence, link, prose, table
from docgen.pages.rule_example import example_text
from docgen.rules import Rule, all_rules

INDEX = "reference/rules/index.md"
WHY = "Why it matters"


def rule_pages() -> tuple[Page, ...]:
    """The overview first, then every rule by number."""
    return (_index(), *(_page(rule) for rule in all_rules()))


def rule_link(rule_code: str, root: str) -> Markup:
    """A diagnostic's code, as a link where a rule of that code exists."""
    known = any(rule.code == rule_code for rule in all_rules())
    return link(code(rule_code), f"{root}{rule_path(rule_code)}") if known else code(rule_code)


def _index() -> Page:
    rows = [
        (
            link(rule.code, f"{rule.code.lower()}.md"),
            code(rule.name),
            _severity(rule),
            prose(rule.summary),
            Markup(", ").join(code(r.id) for r in rule.related),
        )
        for rule in all_rules()
    ]
    intro = (
        "What `docgen check` looks for. An *error* is what AWS refuses or what cannot work; *warnings* and "
        "*remarks* fail a check only with `--strict`."
    )
    listed = table(["Code", "Name", "Severity", "It reports", "Elsewhere"], rows)
    meta = front_matter({"title": "Rules"})
    return Page(INDEX, "Rules", f"{meta}\n# Rules\n\n{intro}\n\n{listed}\n")


def rule_body(rule: Rule) -> str:
    """Why it matters, what is flagged, what docgen says to that and how to cure it, what is accepted; Markdown."""
    sections = [
        (WHY, rule.sections[WHY]),
        ("Flagged", rule.sections["Flagged"]),
        ("What `docgen check` says", fence(example_text(rule), "text")),
        ("Accepted", rule.sections["Accepted"]),
    ]
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in sections)


def _page(rule: Rule) -> Page:
    title = f"{rule.code} {rule.name}"
    lines = [
        f"# {rule.code} {code(rule.name)}",
        f"{_severity(rule)} {prose(rule.summary)}",
        rule_body(rule),
        "## Source",
        f"- {link(rule.source.removeprefix('https://'), rule.source)}",
    ]
    if rule.related:
        rows = [(r.catalogue, code(r.id), r.severity) for r in rule.related]
        lines += ["## Elsewhere", "The same is looked for by:", table(["Catalogue", "Id", "Severity there"], rows)]
    body = "\n\n".join(lines)
    meta = front_matter({"title": title, "description": rule.summary})
    return Page(rule_path(rule.code), title, f"{meta}\n{body}\n")


def _severity(rule: Rule) -> Markup:
    word = {"info": "remark"}.get(rule.severity, rule.severity.value)
    return Markup('<span class="dg-severity dg-severity--{}">{}</span>').format(rule.severity.value, word)
