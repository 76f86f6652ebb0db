"""What page.yaml says, on the design's page."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import markdown as engine
import pytest

from docgen.model.component import Ref
from docgen.model.lesson import Choice, Lesson, Mistake, Question
from docgen.pages.outline import outline_of
from tests.pages.shop_sample import build, design, written

NASTY = '<script>alert("x")</script> [x](javascript:alert(1)) {{ 1 }} | # h'
LESSON = Lesson(
    topics=("web",),
    teaches="An ACL has the last word.",
    use_when=("There is one server.",),
    avoid_when=("There are two.",),
    costs=(Ref("public-ipv4-hour"),),
    latencies=(Ref("same-zone"),),
    mistakes=(Mistake(flow=Ref("web-to-database"), title="A narrow ACL", text="It names the wrong block."),),
    quiz=(
        Question(
            question="Does the web server reach the database?",
            flow=Ref("web-to-database"),
            choices=(
                Choice(text="Yes.", outcome="allowed"),
                Choice(text="No, the subnet's ACL.", outcome="SUBNET_ACL_RESTRICTION"),
            ),
            why="Its block is not on the list.",
        ),
    ),
)


def page_of(lesson: Lesson | None, **changes: object) -> str:
    made, told = build(**changes), replace(design(**changes), lesson=lesson)
    chapter = replace(made.chapters[0], designs=(outline_of(told),))
    pages = written(replace(made, chapters=(chapter,)), told)
    return next(page.markdown for page in pages if page.path == "designs/shop/index.md")


def test_lesson_is_as_recorded(golden):
    """The sections change on purpose only."""
    page = page_of(LESSON)
    parts = [
        re.search(rf'<h2 id="{first}".*?(?=<h2 id="{last}")', page, re.DOTALL)[0]
        for first, last in (("teaches", "what-is-new"), ("mistakes", "address-plan"))
    ]

    golden.check(Path(__file__).parent / "expected/lesson.md", "\n".join(parts))


def test_answer_comes_from_the_trace():
    """Of two choices the one is marked that the flow's report meets."""
    page = page_of(LESSON)

    assert ["No, the subnet's ACL."] == re.findall(r"<li data-right markdown>(.*?)</li>", page)
    assert "**No, the subnet's ACL.** Its block is not on the list." in page


def test_page_without_a_lesson_has_none_of_it():
    page = page_of(None)

    for name in ("teaches", "mistakes", "costs", "quiz"):
        assert f'id="{name}"' not in page


@pytest.mark.parametrize("field", ["teaches", "use_when", "mistakes", "quiz"])
def test_hostile_lesson_stays_text(field):
    """page.yaml is a stranger's text like the definition."""
    hostile = {
        "teaches": NASTY,
        "use_when": (NASTY,),
        "mistakes": (replace(LESSON.mistakes[0], title=NASTY, text=NASTY),),
        "quiz": (replace(LESSON.quiz[0], question=NASTY, why=NASTY),),
    }
    body = page_of(replace(LESSON, **{field: hostile[field]})).split("---\n", 2)[2]
    html = engine.markdown(body, extensions=["md_in_html", "tables", "attr_list"])

    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "{{" not in body
