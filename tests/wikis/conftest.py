"""Exports carried to the places that they are for, and looked at in Chromium: `.ci/run wikis`.

`DOCGEN_WIKIS` is the folder of what that stage installs. With `DOCGEN_PICTURES` set, the pictures that a test takes
are written there too: `DOCGEN_PICTURES=site/assets/embedding .ci/run wikis` renews those of the guide.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.chromium import running_chromium
from tests.exporters.samples import SMALL, hostile

ROOT = Path(__file__).parents[2]
TOOLS = Path(os.environ.get("DOCGEN_WIKIS", ROOT / "build/ci/wikis")).absolute()
PICTURES = os.environ.get("DOCGEN_PICTURES", "")
OF_OTHERS = "This page is using the deprecated ResourceLoader module"
"""What MediaWiki complains of in its own pages."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs something that `.ci/run wikis` installs."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("wikis")


@pytest.fixture(scope="session")
def tool() -> Callable[[str], Path]:
    """`tool("confluence/bin/python")`: a program or file that the stage installs."""

    def find(name: str) -> Path:
        path = TOOLS / name
        if not path.exists():
            pytest.skip(f"{path} is missing; `.ci/run wikis` installs it, DOCGEN_WIKIS names another folder")
        return path

    return find


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """`exported("markdown", "three-tier", "--flow", "web-to-database")`: the folder that the command wrote.

    Beside the shipped designs there are `small` and `hostile`.
    """
    base = tmp_path_factory.mktemp("designs")
    for name, text in (("small", SMALL), ("hostile", hostile())):
        (base / name).mkdir()
        (base / name / "architecture.yaml").write_text(text, encoding="utf-8")
    made: dict[tuple[str, ...], Path] = {}

    def give(target: str, *arguments: str) -> Path:
        key = (target, *arguments)
        if key not in made:
            made[key] = tmp_path_factory.mktemp(target) / "out"
            paths = [str(base / a) if (base / a).is_dir() else a for a in arguments]
            command = [sys.executable, "-m", "docgen", "export", *paths, "--to", target, "-o", str(made[key])]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            assert 0 == done.returncode, done.stderr
        return made[key]

    return give


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    with running_chromium() as instance:
        yield instance


@pytest.fixture
def opened(chromium: Any) -> Iterator[Callable[..., Any]]:
    """`opened(address)`: a page; at the end it has asked nobody else, run no attack and complained of nothing."""
    contexts, complaints = [], []

    def complaint(message: Any) -> bool:
        return message.type in ("error", "warning") and OF_OTHERS not in message.text

    def open_page(address: str = "about:blank", **settings: Any) -> Any:
        settings = {"viewport": {"width": 1200, "height": 800}, "reduced_motion": "reduce", **settings}
        context = chromium.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if complaint(m) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(f"ran: {dialog.message}"), dialog.dismiss()))
        own = ("file:", "data:", "blob:", "about:", "http://127.0.0.1:")
        page.on("request", lambda r: None if r.url.startswith(own) else complaints.append(r.url))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def picture() -> Callable[..., None]:
    """`picture(page, "confluence")`: takes a picture for the guide; it shows more than an empty page."""

    def take(page: Any, name: str, *, width: int = 1000, height: int = 1280) -> None:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)  # what fits itself to the window does so now
        taken = page.screenshot(animations="disabled")
        with Image.open(io.BytesIO(taken)) as shot:
            plain = shot.convert("RGB")
        assert len(plain.getcolors(1 << 24)) > 50, "the page is empty"
        if PICTURES:
            folder = ROOT / PICTURES
            folder.mkdir(parents=True, exist_ok=True)
            small = plain.quantize(160, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            small.save(folder / f"{name}.png", optimize=True)

    return take
