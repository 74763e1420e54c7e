import re

import pytest
from lxml import etree

from evalkit.reporting.render.docx.outlines import LINK, outlined
from evalkit.reporting.render.docx.outlines import SVG as SPACE
from evalkit.reporting.render.fonts import _font, outline
from tests.reporting.render.conftest import SVG

NAMES = {"s": SPACE}


def read(svg):
    return etree.fromstring(outlined(svg))


def test_words_become_outlines_in_their_place_size_and_colour():
    root = read(SVG)
    assert root.xpath("//s:text", namespaces=NAMES) == []
    (group,) = root.xpath("//s:g", namespaces=NAMES)
    assert group.get("transform") == "rotate(-0 100 50) translate(100 50) scale(0.009 -0.009)"
    assert group.get("fill") == "#ff0000"
    used = [each.get(f"{{{LINK}}}href") for each in group]
    drawn = {f"#{path.get('id')}": path.get("d") for path in root.xpath("//s:defs/s:path", namespaces=NAMES)}
    assert [drawn[name] for name in used] == [outline("市")[0], outline("3")[0]]


@pytest.mark.parametrize(("anchor", "before"), [("start", 0), ("middle", 777.5), ("end", 1555)])
def test_characters_stand_side_by_side_about_their_anchor(anchor, before):
    group = read(SVG.replace("middle", anchor)).xpath("//s:g", namespaces=NAMES)[0]
    assert [float(each.get("x")) for each in group] == [-before, 1000 - before]  # 1000 and 555 units wide


def test_what_the_type_lacks_stays_as_words():
    root = read(SVG.replace("市3", "\N{HEAVY CHECK MARK}"))
    assert [text.text for text in root.xpath("//s:text", namespaces=NAMES)] == ["\N{HEAVY CHECK MARK}"]


def test_an_outline_stays_within_its_character():
    path, reach = outline("市")
    assert reach == _font()["head"].unitsPerEm == 1000
    across = [float(number) for number in re.findall(r"[ML](-?[\d.]+)", path)]
    assert 0 < min(across) < max(across) < 1000
