import pytest
from docx.oxml.ns import qn

from evalkit.reporting.render.docx.layout import STYLES
from tests.reporting.render.conftest import bound


def test_the_page_is_that_of_the_standard(written):
    section = written().sections[0]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge.mm) for edge in (section.page_width, section.page_height, *edges)] == [210, 297, 37, 35, 28, 26]
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "579"


def test_22_lines_of_28_characters_fill_the_text_area(written):
    normal = written().styles["Normal"]
    space = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 27.9 < 156 / 25.4 * 72 / (normal.font.size.pt + space) - 0.1 < 28
    assert 22 <= 225 / 25.4 * 72 / normal.paragraph_format.line_spacing.pt < 22.1


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_style_names_its_font_for_chinese_too(written, style):
    fonts = written().styles[style.name].element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == style.font
    assert not [name for name in fonts.attrib if "Theme" in name]


def test_fonts_and_sizes_are_those_of_the_standard(written):
    styles = written().styles
    found = {
        name: (styles[name].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")), styles[name].font.size.pt)
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Normal")
    }
    assert found == {
        "Title": ("方正小标宋简体", 22), "Heading 1": ("黑体", 16), "Heading 2": ("楷体_GB2312", 16),
        "Heading 3": ("仿宋_GB2312", 16), "Normal": ("仿宋_GB2312", 16),
    }  # fmt: skip


def test_a_volume_of_wide_tables_lies_on_its_side(written):
    section = written(bound(landscape=True)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert section._sectPr.pgSz.get(qn("w:orient")) == "landscape"
