"""What a fence asks for, and where it stands in its page."""

from __future__ import annotations

import pytest

from docgen.core.span import Span
from docgen.loader.definition import HEAD
from docgen.pipeline.fence_place import PageText, marked
from docgen.pipeline.fence_request import NAMES, Request, read_request

HERE = Span("page.md", 10, 5, 6)


@pytest.mark.parametrize(
    ("expected", "options", "body"),
    [
        pytest.param(Request(file="shop"), {"file": "shop"}, "", id="a-design-by-name"),
        pytest.param(Request(text="version: 1"), {}, "version: 1\n", id="a-definition"),
        pytest.param(Request(text="\n\nversion: 1", height=300), {}, "height: 300px\n\nversion: 1", id="lines-stay"),
        pytest.param(
            Request(file="a/b.yaml", flows=("x", "y")), {}, "  file: 'a/b.yaml'\n  flow: x, y\n", id="options-inside"
        ),
        pytest.param(
            Request(file="shop", flows=("x",), view="flow-x", picture=True),
            {"file": "shop", "flow": "x", "show": "picture"},
            "",
            id="picture-of-a-flow",
        ),
        pytest.param(
            Request(file="shop", view="vpc-a", picture=True), {"file": "shop", "view": "vpc-a"}, "", id="a-view"
        ),
        pytest.param(
            Request(file="shop", view="overview", picture=True),
            {"file": "shop", "show": "picture"},
            "",
            id="picture-alone",
        ),
        pytest.param(Request(text="version: 1\nheight: 3"), {}, "version: 1\nheight: 3", id="options-come-first"),
    ],
)
def test_request(expected, options, body):
    assert (expected, ()) == read_request(options, body, HERE)


@pytest.mark.parametrize(
    ("expected", "options", "body"),
    [
        pytest.param(["10:5 a fence has no option 'fiel'"], {"fiel": "shop"}, "version: 1", id="unknown"),
        pytest.param(["11:5 'file' is given twice"], {"file": "a"}, "file: b", id="twice"),
        pytest.param(["12:7 'height' has no value"], {}, "file: a\n  height:", id="no-value"),
        pytest.param(
            ["10:5 a fence has a definition or the name of a file, not both"], {"file": "a"}, "version: 1", id="both"
        ),
        pytest.param(["10:5 the fence is empty"], {}, "\n", id="empty"),
        pytest.param(["10:5 'show' is one of player, picture"], {"file": "a", "show": "film"}, "", id="show"),
        pytest.param(
            ["10:5 a fence shows a view or flows, not both"],
            {"file": "a", "view": "v", "flow": "f"},
            "",
            id="view-flow",
        ),
        pytest.param(
            ["10:5 a view is a picture; only flows can be played"],
            {"file": "a", "view": "v", "show": "player"},
            "",
            id="played-view",
        ),
        *(
            pytest.param(
                ["10:5 'height' is a number of px between 120 and 2000"], {"file": "a", "height": wrong}, "", id=wrong
            )
            for wrong in ("119", "2001", "50%", "-300", "1e3", "300px;x:y", "٣٠٠")
        ),
    ],
)
def test_wrong_options(expected, options, body):
    """Each with its place: in the fence's first line, or in the line inside it."""
    request, found = read_request(options, body, HERE)

    assert expected == [f"{d.span.line}:{d.span.column} {d.text}" for d in found]
    assert Request() == request


def test_no_option_is_a_key_of_a_definition():
    """Else the first line of a definition could be taken for an option."""
    assert set() == set(NAMES) & set(HEAD)


PAGE = """\
---
title: x
---
```architecture
a
```
> ```architecture
> b
> ```

````markdown
```architecture
a
```
````

- item

\t~~~{.architecture file="x"}
\ta

\t    c
\t~~~

```architecture file=x
```

```architecture
a
```
"""


@pytest.mark.parametrize(
    ("expected", "bodies"),
    [
        pytest.param(["4:1"], ["a"], id="below-front-matter"),
        pytest.param(["7:3"], ["b"], id="in-a-quotation"),
        pytest.param(["19:5"], ["a\n\n    c"], id="in-a-list-with-tabs"),
        pytest.param(["4:1", "28:1", "4:1"], ["a", "a", "a"], id="one-after-another-and-not-the-shown-one"),
        pytest.param(["0:0"], ["from a snippet"], id="not-in-this-page"),
    ],
)
def test_place(expected, bodies):
    page = PageText("page.md", PAGE, "architecture")
    places = [page.place(body) for body in bodies]

    assert expected == [f"{p.line}:{p.column}" for p in places]


def test_only_fences_with_options_out_of_quotes_are_marked():
    lines = [*PAGE.split("\n"), "> ~~~ architecture view='a' flow=b c=d", "> ~~~"]
    changed = {at: line for at, line in enumerate(marked(lines, "architecture"), 1) if line != lines[at - 1]}

    assert {25: '```architecture unquoted="file=x"', 32: '> ~~~architecture unquoted="flow=b"'} == changed
