"""The theme's search script is known, and mended in built sites."""

from __future__ import annotations

from pathlib import Path

import material

from docgen.site import WORKER, mended_worker


def test_the_script_of_the_installed_theme_is_known():
    (script,) = Path(material.__file__).parent.glob(f"templates/{WORKER}*.js")
    before = script.read_text(encoding="utf-8")

    after = mended_worker(before)

    assert after is not None
    assert len(after) == len(before) + 4


def test_another_script_stays_as_it_is():
    assert mended_worker("return e}") is None


def test_a_built_site_has_the_mend(site: Path):
    (script,) = site.glob(f"{WORKER}*.js")

    assert 'e=e+s+o.id+","' in script.read_text(encoding="utf-8")
