"""The page and the styles of GB/T 9704-2012, in the measures of Word."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from evalkit.reporting.render.columns import SIZES
from evalkit.reporting.render.official import (
    BODY_SIZE,
    CHARACTER_SPACE,
    LINE_PITCH,
    NUMBER_BELOW,
    NUMBER_SIZE,
    POINTS_A_MM,
    edges,
    page,
)  # fmt: skip

MARK_COLOUR = RGBColor(0x8A, 0x2B, 0x06)

SONG, FANGSONG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
FONTS = (SONG, FANGSONG, HEI, KAI, TITLE)
PITCH, LEADING = LINE_PITCH / 20, 1.2  # points of a line on the grid, and parts of its size of one in a table
DASH = 0.57  # of the line of a page number, from its top to its dashes, which stand at a distance from the text
CHINESE, LATIN_LANGUAGE = "zh-CN", "en-GB"
CONTENTS_LINE, TO_PAGE = "toc 1", (WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


@dataclass(frozen=True)
class Style:
    """How paragraphs of one kind look; sizes in points, the indent of the first line in characters.

    A line is as high as one of the grid, or as its type has it where `line` is 0.
    """

    name: str
    font: str
    size: float
    bold: bool = False
    indent: int = 0
    centred: bool = False
    before: float = 0
    line: float = PITCH
    keep: bool = False

    @property
    def id(self) -> str:
        """What paragraphs name it by."""
        return self.name.replace(" ", "")

    @property
    def justified(self) -> bool:
        """Whether it is text that goes on from line to line."""
        return self.name in ("Normal", "List Bullet", "List Number", "Quote")


def table_text(size: float) -> Style:
    """Give the style of the cells of tables whose type has a size; lines are as high whatever type is installed."""
    return Style(f"Table Text {size:g}", SONG, size, line=LEADING * size)


STYLES = (
    Style("Normal", FANGSONG, BODY_SIZE, indent=2),
    Style("Title", TITLE, 22, centred=True, before=6, line=33, keep=True),
    Style("Subtitle", FANGSONG, BODY_SIZE, centred=True),
    Style("Heading 1", HEI, BODY_SIZE, indent=2, keep=True),
    Style("Heading 2", KAI, BODY_SIZE, indent=2, keep=True),
    Style("Heading 3", FANGSONG, BODY_SIZE, bold=True, indent=2, keep=True),
    Style("List Bullet", FANGSONG, BODY_SIZE, indent=2),
    Style("List Number", FANGSONG, BODY_SIZE, indent=2),
    Style("Quote", KAI, BODY_SIZE, indent=2),
    Style("Caption", HEI, 10.5, before=6, line=LEADING * 10.5, keep=True),
    Style("TOC Heading", HEI, BODY_SIZE, centred=True, before=LINE_PITCH / 40, keep=True),
    Style(CONTENTS_LINE, FANGSONG, BODY_SIZE, indent=2),
    *(table_text(size) for size in sorted({size for size, _ in SIZES})),
    Style("Plain Text", SONG, 10.5, line=0),
    Style("Header", SONG, 9, line=0),
    Style("Footer", SONG, NUMBER_SIZE, line=LEADING * NUMBER_SIZE),
)


def lay_out(document: Document, *, across: float) -> None:
    """Give a new document, whose lines are so many mm long, its styles; its headings are real ones."""
    for style in STYLES:
        _apply(style, _styled(document, style.name))
    document.styles[CONTENTS_LINE].paragraph_format.tab_stops.add_tab_stop(Mm(across), *TO_PAGE)
    for run in document.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr"):
        _set_language(run)
    for squeezed in document.settings.element.xpath("./w:characterSpacingControl"):
        squeezed.set(qn("w:val"), "compressPunctuation")
    for theme in document.settings.element.xpath("./w:themeFontLang"):
        theme.set(qn("w:eastAsia"), CHINESE)


def lay_out_page(section: Section, *, landscape: bool) -> None:
    """Give a section the page of the standard, turned where it is for wide tables."""
    section.page_width, section.page_height = map(Mm, page(landscape=landscape))
    top, bottom, left, right = edges(landscape=landscape)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    under_dash = (1 - DASH) * LEADING * NUMBER_SIZE / POINTS_A_MM
    section.footer_distance = Mm(bottom - NUMBER_BELOW - under_dash)
    section.header_distance = Mm(15)
    if landscape:
        section._sectPr.pgSz.set(qn("w:orient"), "landscape")
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name, value in {"type": "lines", "linePitch": str(LINE_PITCH)}.items():
        grid.set(qn(f"w:{name}"), value)


def _styled(document: Document, name: str) -> ParagraphStyle:
    styles = document.styles
    if name in styles:
        return styles[name]
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=not name.startswith("Table Text"))
    made.base_style = None
    return made


def _apply(style: Style, to: ParagraphStyle) -> None:
    to.font.size, to.font.bold, to.font.italic = Pt(style.size), style.bold, False
    to.font.color.rgb = RGBColor(0, 0, 0)
    run = to.element.get_or_add_rPr()
    _set_fonts(run, style.font)
    if style.size == BODY_SIZE:
        space = OxmlElement("w:spacing")
        space.set(qn("w:val"), str(CHARACTER_SPACE))
        run.insert_element_before(space, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")
    form = to.paragraph_format
    form.space_before, form.space_after = Pt(style.before), Pt(0)
    form.line_spacing = Pt(style.line) if style.line else 1.0
    form.keep_with_next, form.widow_control = style.keep, True
    centred, justified = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
    form.alignment = centred if style.centred else justified if style.justified else WD_ALIGN_PARAGRAPH.LEFT
    _set_paragraph(to.element.get_or_add_pPr(), style)


def _set_fonts(run, font: str) -> None:
    """Set the font of each script: python-docx leaves that of Chinese alone, and Word would take its own."""
    fonts = run.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        run.insert(0, fonts)
    fonts.attrib.clear()
    for script, name in {"ascii": LATIN, "hAnsi": LATIN, "cs": LATIN, "eastAsia": font}.items():
        fonts.set(qn(f"w:{script}"), name)


def _set_paragraph(paragraph, style: Style) -> None:
    """Set what python-docx has no names for, in the order of the schema; blanks beside figures stand in the text."""
    for name in ("w:numPr", "w:pBdr", "w:ind"):
        for found in paragraph.findall(qn(name)):
            paragraph.remove(found)
    indent = OxmlElement("w:ind")
    indent.set(qn("w:left"), "0")
    indent.set(qn("w:firstLineChars"), str(100 * style.indent))
    indent.set(qn("w:firstLine"), str(round(20 * style.size * style.indent)))
    paragraph._insert_ind(indent)
    off_the_grid = ["w:snapToGrid"] if style.line != PITCH else []
    for name in ("w:overflowPunct", "w:autoSpaceDE", "w:autoSpaceDN", *off_the_grid):
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        paragraph.insert_element_before(off, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def _set_language(run) -> None:
    """Set the languages of Latin and of Chinese text: figures that were Chinese would be broken between any two."""
    found = run.find(qn("w:lang"))
    if found is None:
        found = OxmlElement("w:lang")
        run.append(found)
    found.set(qn("w:val"), LATIN_LANGUAGE)
    found.set(qn("w:eastAsia"), CHINESE)
