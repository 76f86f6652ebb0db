"""Every kind that is drawn as an icon has its picture beside its page."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from docgen.kinds import all_kinds
from docgen.site.icons import component_icons


def test_each_kind_with_an_icon_has_its_file():
    wanted = {f"icons/{kind.icon}.svg" for kind in all_kinds().values() if kind.icon}

    assert wanted == set(component_icons())


def test_icons_are_pictures_and_ask_nobody():
    for name, content in component_icons().items():
        root = ET.fromstring(content)
        assert len(root), name
        for part in root.iter():
            assert part.get("href", "data:image/png;base64,").startswith("data:image/png;base64,"), name
