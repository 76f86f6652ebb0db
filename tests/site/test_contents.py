"""What docgen adds to a site, before MkDocs sees it."""

from __future__ import annotations

import json

import pytest

from docgen import loader, pipeline, site
from docgen.pages import Build, Command
from docgen.site.commands import commands
from docgen.site.contents import _json, _together
from docgen.site.fonts import web_fonts
from tests.pages.shop_sample import build, written


@pytest.fixture(scope="module")
def designs(request):
    return pipeline.open_all(request.config.rootpath / "architectures")


@pytest.fixture(scope="module")
def contents(designs):
    return site.contents(designs.chapters, {})


def bare(build: Build) -> site.Contents:
    """A site with these designs and no page."""
    return site.Contents(build=build, pages=(), files=())


def test_schema_is_published(contents):
    """Editors fetch the JSON Schema from the site."""
    schema = next(file for file in contents.files if file.path == "architecture.schema.json")

    assert loader.json_schema() == json.loads(schema.content)


def test_every_design_has_its_downloads(contents, designs):
    """The definition as its author wrote it, and every trace."""
    files = {file.path: file.content for file in contents.files}
    for design in designs.designs:
        folder = f"designs/{design.slug}"
        assert files[f"{folder}/architecture.yaml"] == design.architecture.sources[design.architecture.span.file]
        assert len(design.reports) == len(json.loads(files[f"{folder}/traces.json"])["results"])


def test_every_flow_has_its_trace_as_a_file(contents):
    """What the player offers as JSON: one answer, that of the flow."""
    files = {file.path: file.content for file in contents.files}
    for design in contents.build.designs:
        for flow in [flow.id for flow in design.flows]:
            trace = json.loads(files[f"designs/{design.slug}/flow-{flow}.json"])
            assert [flow] == [result["id"] for result in trace["results"]]


def test_all_traces_are_those_of_the_flows_written_alike(contents, designs):
    """The file of all is put together from theirs, as if it had been written at once; also where there is none."""
    files = {file.path: file.content for file in contents.files}
    for design in designs.designs:
        folder = f"designs/{design.slug}"
        single = [json.loads(files[f"{folder}/flow-{flow}.json"]) for flow in design.reports]
        whole = {"version": single[0]["version"], "results": [one["results"][0] for one in single]}
        assert files[f"{folder}/traces.json"] == _json(whole)
    assert _together(()) == _json({"version": 1, "results": []})


def test_prose_comes_from_the_folder(contents):
    """README.md is the page's prose, without its heading."""
    page = next(page for page in contents.pages if page.path == "designs/isolated-vpc/index.md")

    assert "The problem" in page.markdown
    assert "\n# An isolated VPC\n" in page.markdown


def test_fonts_are_small_and_stable():
    """Latin letters only, and the same bytes in every build."""
    first = dict(web_fonts())
    web_fonts.cache_clear()

    assert first == dict(web_fonts())
    assert all(content.startswith(b"wOFF") and len(content) < 60_000 for content in first.values())


def test_commands_are_read_off_the_program():
    """Every command of the command line is in the reference, with usage and help."""
    found = {command.name: command for command in commands()}

    assert {"docgen", "docgen build", "docgen check", "docgen trace"} <= found.keys()
    assert all(isinstance(c, Command) and c.usage.startswith(c.name) and c.text for c in found.values())


@pytest.mark.parametrize(
    ("nav", "expected"),
    [
        pytest.param(["index.md"], ["index.md"], id="own-pages-stay"),
        pytest.param(
            [{"Designs": "designs/"}],
            [{"Designs": ["designs/index.md", {"One VPC": ["designs/shop/index.md"]}]}],
            id="a-place-is-filled",
        ),
        pytest.param(
            [{"Work": [{"All": "designs/"}]}],
            [{"Work": [{"All": ["designs/index.md", {"One VPC": ["designs/shop/index.md"]}]}]}],
            id="a-place-further-down-too",
        ),
    ],
)
def test_fill(nav, expected):
    """An author's navigation keeps its order; places end in a slash."""
    made = build()

    assert expected == site.fill(nav, made, written(made))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        pytest.param("<!-- docgen:nothing-known -->", "<!-- docgen:nothing-known -->", id="unknown-place-stays"),
        pytest.param("text <!-- docgen:facts -->", "text <!-- docgen:facts -->", id="only-on-a-line-of-its-own"),
        pytest.param("<!-- docgen:chapters -->", '<div class="dg-chapters" markdown>\n</div>', id="no-chapters"),
    ],
)
def test_expand(markdown, expected):
    """Places of hand-written pages are filled, everything else is left alone."""
    assert expected == site.expand(markdown, "index.md", bare(Build(chapters=())))


def test_expand_links_from_where_the_page_stands():
    """A page further down climbs up first."""
    made = bare(build())

    assert "(designs/shop/index.md)" in site.expand("<!-- docgen:gallery -->", "index.md", made)
    assert "(../../designs/shop/index.md)" in site.expand("<!-- docgen:gallery -->", "a/b/c.md", made)


def test_a_page_can_hold_a_small_player(contents):
    """Flows by name, all where none is; what does not exist stays the comment that it is."""
    place = "Before\n\n<!-- docgen:player isolated-vpc{} -->\n\nAfter"
    flows = [f.id for d in contents.build.designs if d.slug == "isolated-vpc" for f in d.flows]

    one = site.expand(place.format(f" {flows[1]}"), "guide/index.md", contents)
    every = site.expand(place.format(""), "guide/index.md", contents)

    assert [flows[1]] == [f for f in flows if f'data-flow="{f}"' in one]
    assert flows == [f for f in flows if f'data-flow="{f}"' in every]
    assert 'class="dg-player dg-player--compact"' in one
    assert f'id="isolated-vpc-flow-{flows[1]}"' in one
    assert "(../designs/isolated-vpc/flow-" in one
    unknown = place.format(" no-such-flow")
    assert unknown == site.expand(unknown, "guide/index.md", contents)
