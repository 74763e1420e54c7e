import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
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


def test_the_dashes_of_page_numbers_stand_7_mm_below_the_text(written):
    """In type of 14 points on a line of 16.8, LibreOffice draws them 3.4 mm below its top, measured on a page."""
    footer, section = written().styles["Footer"], written().sections[0]
    assert (footer.font.size.pt, footer.paragraph_format.line_spacing.pt) == (14, 16.8)
    top = 297 - section.footer_distance.mm - 16.8 / 72 * 25.4
    assert top + 3.4 - (297 - 35) == pytest.approx(7, abs=0.1)


def test_28_characters_are_neither_more_for_a_stop_nor_further_apart(written):
    found = written()
    (stops,) = found.settings.element.xpath("./w:characterSpacingControl/@w:val")
    (hanging,) = found.styles["Normal"].element.xpath("./w:pPr/w:overflowPunct/@w:val")
    assert (stops, hanging) == ("compressPunctuation", "0")


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


def test_figures_are_not_chinese_which_is_broken_between_any_two_characters(written):
    found = written()
    (language,) = found.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("en-GB", "zh-CN")
    assert found.settings.element.xpath("./w:themeFontLang")[0].get(qn("w:eastAsia")) == "zh-CN"


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_blanks_beside_figures_are_not_doubled(written, style):
    line = written().styles[style.name].element.pPr
    assert [line.find(qn(name)).get(qn("w:val")) for name in ("w:autoSpaceDE", "w:autoSpaceDN")] == ["0", "0"]


def test_points_are_justified_like_other_text(written):
    styles = written().styles
    names = ("Normal", "List Bullet", "List Number", "Quote")
    assert {styles[name].paragraph_format.alignment for name in names} == {WD_ALIGN_PARAGRAPH.JUSTIFY}


def test_lines_of_tables_are_as_high_whatever_type_is_installed(written):
    styles = written().styles
    forms = [styles[f"Table Text {size}"].paragraph_format for size in ("8", "9", "10.5")]
    assert {form.line_spacing_rule for form in forms} == {WD_LINE_SPACING.EXACTLY}
    assert [form.line_spacing.pt for form in forms] == [9.6, 10.8, 12.6]


def test_styles_that_word_knows_are_not_others_of_the_same_name(written):
    own = [style.name for style in written().styles if style.element.customStyle and not style.name.endswith("Char")]
    assert own == ["Table Text 8", "Table Text 9", "Table Text 10.5"]


def test_a_volume_of_wide_tables_lies_on_its_side(written):
    section = written(bound(landscape=True)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert section._sectPr.pgSz.get(qn("w:orient")) == "landscape"
