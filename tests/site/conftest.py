"""The whole site, built once for all workers with small pictures: these tests are about pages, not drawings."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from docgen import pipeline
from docgen.pipeline import Design
from docgen.pipeline.opened import Listed

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="880" height="620" viewBox="0 0 880 620">'
    b'<rect x="20" y="20" width="840" height="580" fill="#fff" stroke="#8c4fff"/></svg>'
)


def small_stage(design: Design | Listed) -> bytes:
    """A picture in the page with one box and a layer for each view."""
    views = ("overview", *(f"flow-{flow.id}" for flow in design.outline.flows))
    layers = {view: f'<g class="dg-layer" data-view="{view}" data-on=""/>' for view in views}
    ground = '<g class="dg-box"><rect class="dg-frame" width="860" height="600" fill="none"/></g>'
    stage = {"width": 880, "height": 620, "ground": ground, "layers": layers}
    return json.dumps({"art": {}, "stages": [stage]}).encode()


def small_figures(designs: Iterable[Design | Listed], **_: object) -> Mapping[str, Mapping[str, bytes]]:
    """A stand-in for `pipeline.figures_of_all`: the right names, hardly any content."""
    return {
        design.slug: {
            **{
                f"{view}.{suffix}": SVG
                for view in ("overview", *(f"flow-{flow.id}" for flow in design.outline.flows))
                for suffix in ("svg", "dark.svg", "png", "drawio")
                if suffix != "png" or view == "overview"
            },
            f"{design.slug}.drawio": b"<mxfile/>",
            "stage.json": small_stage(design),
        }
        for design in designs
    }


def build_site(config_file: Path, site_dir: Path, *, strict: bool = True) -> Path:
    """What `mkdocs build` does, in this process."""
    config = load_config(str(config_file), site_dir=str(site_dir), strict=strict)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return site_dir


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site of this repository; whichever worker comes first builds it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    target, done = shared / "whole-site", shared / "whole-site.done"
    try:
        (shared / "whole-site.lock").mkdir()
    except FileExistsError:
        for _ in range(600):
            if done.exists():
                break
            time.sleep(0.5)
        assert done.exists(), "the other worker could not build the site"
        return target
    with pytest.MonkeyPatch.context() as patch:
        root = Path(__file__).parent.parent.parent
        patch.chdir(root)
        patch.setattr(pipeline, "figures_of_all", small_figures)
        build_site(root / "mkdocs.yml", target)
    done.touch()
    return target
