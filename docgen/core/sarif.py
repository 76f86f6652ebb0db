# Diagnostics as SARIF 2.1.0, which code scanning of GitHub, GitLab, Azure DevOps and editors read.
#
# In:  diagnostics, what their authors accept, and what the codes mean. Out: plain values for `json.dumps`.
# Standard: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata 01".
"""Described and as_sarif."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Severity, Suppressed
from docgen.core.span import Span
from docgen.core.terminal import visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "SRCROOT"
"""Stands for the folder in which docgen was started; whoever reads the file knows where that is."""
FINGERPRINT = "docgenFinding/v1"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINK = re.compile(r"[\[\]](?=.*\]\()|\](?=\()")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a code means."""

    code: str
    name: str = ""
    """A word for it, as `blackhole_route`; "" where it has none."""
    severity: Severity | None = None
    """None where its diagnostics differ."""
    title: str
    help: str
    """Markdown."""
    help_uri: str = ""


def as_sarif(
    diagnostics: Iterable[Diagnostic],
    suppressed: Iterable[Suppressed],
    rules: Sequence[Described],
    *,
    version: str,
) -> dict[str, Any]:
    """One run with a result for each diagnostic, then one for each that is accepted, with the reason.

    Args:
        diagnostics: What was found, in order.
        suppressed: What was found and is accepted.
        rules: What codes mean, in order; those that were found are told. A code that is not among them stands
            without an explanation.
        version: docgen's own.
    """
    diagnostics, suppressed = tuple(diagnostics), tuple(suppressed)
    found = {d.code for d in diagnostics} | {s.diagnostic.code for s in suppressed}
    rules = [rule for rule in rules if rule.code in found]
    index = {rule.code: at for at, rule in enumerate(rules)}
    prints = _Fingerprints()
    results = [_result(diagnostic, index, prints) for diagnostic in diagnostics]
    for accepted in suppressed:
        result = _result(accepted.diagnostic, index, prints)
        suppression: dict[str, Any] = {"kind": "inSource", "status": "accepted"}
        suppression["justification"] = visible(accepted.reason)
        if location := _location(accepted.span):
            suppression["location"] = location
        results.append({**result, "suppressions": [suppression]})
    driver = {"name": "docgen", "version": version, "rules": [_rule(rule) for rule in rules]}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "originalUriBaseIds": {BASE: {"description": {"text": "The folder in which docgen was started."}}},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def _rule(rule: Described) -> dict[str, Any]:
    values: dict[str, Any] = {"id": rule.code}
    if rule.name:
        values["name"] = rule.name
    values["shortDescription"] = {"text": rule.title}
    values["fullDescription"] = {"text": rule.title}
    values["help"] = {"text": rule.help, "markdown": rule.help}
    if rule.help_uri:
        values["helpUri"] = rule.help_uri
    if rule.severity is not None:
        values["defaultConfiguration"] = {"level": _LEVELS[rule.severity]}
    values["properties"] = {"tags": ["aws", "network"]}
    return values


def _result(diagnostic: Diagnostic, index: dict[str, int], prints: _Fingerprints) -> dict[str, Any]:
    hint = f"\n{diagnostic.hint}" if diagnostic.hint else ""
    result: dict[str, Any] = {"ruleId": diagnostic.code}
    if diagnostic.code in index:
        result["ruleIndex"] = index[diagnostic.code]
    result["level"] = _LEVELS[diagnostic.severity]
    result["message"] = {"text": _message(diagnostic.text + hint)}
    if location := _location(diagnostic.span):
        result["locations"] = [location]
    related = [
        {"id": number, **place, "message": {"text": _message(note.text)}}
        for number, note in enumerate(diagnostic.notes, 1)
        if (place := _location(note.span))
    ]
    if related:
        result["relatedLocations"] = related
    result["partialFingerprints"] = {FINGERPRINT: prints.of(diagnostic)}
    return result


def _location(span: Span) -> dict[str, Any]:
    """{} for what stands in no file."""
    if not span.file:
        return {}
    physical: dict[str, Any] = {"artifactLocation": _artifact(span.file)}
    if span.line:
        region = {"startLine": span.line, "startColumn": max(span.column, 1)}
        if span.end_column > span.column:
            region["endColumn"] = span.end_column
        physical["region"] = region
    return {"physicalLocation": physical}


def _artifact(file: str) -> dict[str, Any]:
    """Relative to where docgen runs, as it was named; a file outside of that folder by its absolute address."""
    path = Path(file)
    if path.is_absolute():
        if not path.is_relative_to(Path.cwd()):
            return {"uri": path.as_uri()}
        path = path.relative_to(Path.cwd())
    parts: list[str] = []
    for part in PurePosixPath(path.as_posix()).parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        else:
            parts.append(part)
    return {"uri": "/".join(quote(part, safe="") for part in parts), "uriBaseId": BASE}


def _message(text: str) -> str:
    r"""Plain text of a message, in which `[words](address)` would be a link and `{0}` a place to fill.

    >>> _message("add `a: [b]`, {c}")
    'add `a: [b]`, {c}'
    >>> _message("[click](https://example.com) {0}")
    '\\[click\\](https://example.com) {{0}}'
    """
    text = "\n".join(visible(line) for line in text.split("\n"))
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(r"\\\g<0>", text))


class _Fingerprints:
    """What stays of a finding when lines move: its code, its file and its sentence, which names what it is about."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def of(self, diagnostic: Diagnostic) -> str:
        """The same for the same finding, from run to run; equal ones of a file are counted."""
        file = _artifact(diagnostic.span.file)["uri"] if diagnostic.span.file else ""
        key = (diagnostic.code, file, diagnostic.text)
        self._seen[key] += 1
        text = "\0".join((*key, str(self._seen[key])))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
