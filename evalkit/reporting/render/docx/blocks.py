"""The blocks of a document as elements of Word, written as text: a table of 300 rows is parsed once, not built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from evalkit.base.reading import UNSEEN
from evalkit.reporting.render.columns import fit, gaps, heads_in_lines, is_short
from evalkit.reporting.render.document import (
    Block,
    Cell,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Span,
    Verbatim,
)  # fmt: skip
from evalkit.reporting.render.docx.layout import table_text
from evalkit.reporting.render.official import POINTS_A_MM, in_print, text_area

ASVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
DRAWN = f'{nsdecls("r", "wp", "a", "pic")} xmlns:asvg="{ASVG}"'
TWIPS, EMU = 20 * POINTS_A_MM, 36_000  # in a mm
LAMP_COLOURS = {"met": "1C6B3A", "on-schedule": "7A5B00", "behind": "9C1C1C", "disputed": "6A2C8A"}
RULE, HAIR = "000000", "A6A6A6"
RULES = (("top", 12, RULE), ("bottom", 12, RULE), ("insideH", 4, HAIR))
FORM = (("insideV", 4, HAIR),)  # which parts what is written on by hand
HEAD_CELL = f'<w:tcBorders><w:bottom w:val="single" w:sz="6" w:color="{RULE}"/></w:tcBorders><w:vAlign w:val="bottom"/>'
# what keeps one table from the next: a line so low that it never begins a page, which would then be empty
BELOW = '<w:spacing w:before="0" w:after="120" w:line="20" w:lineRule="exact"/>'
KEEP = "<w:keepNext/>"
BESIDE, OVER = 57, 28  # twentieths of a point on either side of the text of a cell, and above and below it
ROOM = 9  # mm: the least height of a row that is written on by hand
Embed = Callable[[Picture], tuple[str, str]]
SVG_BLIP = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # of what draws a picture as vectors where that is understood


@dataclass
class Elements:
    """Turns the blocks of one volume into elements, and counts what is numbered on the way.

    `embed` puts a picture into the file and gives the ids by which it and its vectors, if any, are named; `anchors` are
    those of the volume.
    """

    landscape: bool
    anchors: frozenset[str]
    embed: Embed
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def of(self, block: Block, *, keep: bool = False) -> list[str]:
        """Give the elements of a block; a paragraph or a table may be kept with what follows."""
        match block:
            case Heading():
                return [self._heading(block)]
            case Paragraph():
                style = "Quote" if block.quoted else "Normal"
                return [paragraph(style, self._spans(block.spans), KEEP if keep else "")]
            case Listing():
                return self._listing(block, keep=keep)
            case Grid():
                return self._grid(block, keep=keep)
            case Picture():
                return self._picture(block)
            case Verbatim():
                return [paragraph("PlainText", run(line)) for line in block.text.split("\n")]

    def _heading(self, heading: Heading) -> str:
        before = "<w:pageBreakBefore/>" if heading.new_page else ""
        words = run(heading.text)
        inner = self._marked(heading.anchor, words) if heading.anchor else words
        return paragraph(f"Heading{heading.level - 1}", inner, before)

    def _marked(self, anchor: str, inner: str) -> str:
        number = next(self._ids)
        begin = f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(bookmark(anchor))}/>'
        return f'{begin}{inner}<w:bookmarkEnd w:id="{number}"/>'

    def _spans(self, spans: Iterable[Span]) -> str:
        return "".join(map(self._span, spans))

    def _span(self, span: Span) -> str:
        words = run(span.text, strong=span.strong)
        anchor = span.href.removeprefix("#")
        if span.href.startswith("#") and anchor in self.anchors:
            return f"<w:hyperlink w:anchor={quoteattr(bookmark(anchor))}>{words}</w:hyperlink>"
        return words

    def _listing(self, listing: Listing, *, keep: bool) -> list[str]:
        """Give points as what offices issue has them: paragraphs, of which those that are counted say their number.

        The last of them is what is kept with what follows.
        """
        style, size = "ListNumber" if listing.ordered else "ListBullet", len(listing.items)
        return [
            paragraph(
                style,
                run(f"{number}. " if listing.ordered else "") + self._spans(item),
                KEEP if keep and number == size else "",
            )
            for number, item in enumerate(listing.items, start=1)
        ]

    def _grid(self, grid: Grid, *, keep: bool) -> list[str]:
        if not grid.rows:
            return []
        across, down = text_area(landscape=self.landscape)
        widths, size = fit(grid, across)
        caption = [paragraph("Caption", run(grid.caption))] if grid.caption else []
        look = _Look(table_text(size).id, _places(grid, widths), ROOM if grid.room else 0)
        heads = [Cell(text) for text in heads_in_lines(grid, widths, size)]
        head = look.row(heads, keep=True, is_head=True) if heads else ""
        last = len(grid.rows) - 1  # which is never alone on a page, nor is the head with one row
        kept = range(last) if is_short(grid, widths, size, down) else {0, last - 1} - {last}
        kept = {*kept, *([last] if keep else [])}
        rows = "".join(look.row(row, keep=n in kept) for n, row in enumerate(grid.rows))
        columns = "".join(f'<w:gridCol w:w="{round(width * TWIPS)}"/>' for width in widths)
        table = (
            f"<w:tbl>{_properties(sum(widths), ruled=grid.room)}<w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>"
        )
        return [*caption, table, paragraph("PlainText", "", (KEEP if keep else "") + BELOW)]

    def _picture(self, picture: Picture) -> list[str]:
        width, height = in_print(picture.png, landscape=self.landscape)
        size = (round(width * EMU), round(height * EMU))
        drawn = _drawing(self.embed(picture), next(self._ids), picture.alt, size)
        keep = KEEP if picture.caption else ""
        found = [paragraph("PlainText", f"<w:r>{drawn}</w:r>", keep)]
        return (
            [*found, paragraph("Caption", run(picture.caption), '<w:keepNext w:val="0"/>')]
            if picture.caption
            else found
        )


def paragraph(style: str, inner: str, properties: str = "") -> str:
    """Give a paragraph of a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'


def run(text: str, *, strong: bool = False, lamp: str = "") -> str:
    """Give words of one kind; nothing for none. `lamp` is the code of the state whose colour they have."""
    kept = escape(UNSEEN.sub("", text))
    look = "<w:b/>" * strong + (f'<w:color w:val="{LAMP_COLOURS[lamp]}"/>' if lamp in LAMP_COLOURS else "")
    form = f"<w:rPr>{look}</w:rPr>" if look else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(kept.split("\n"))
    return f'<w:r>{form}<w:t xml:space="preserve">{lines}</w:t></w:r>' if text else ""


def bookmark(anchor: str) -> str:
    """Give the name of a bookmark, which holds letters, digits and lines alone, at most 40."""
    return ("_" + "".join(each if each.isalnum() else "_" for each in anchor))[:40]


@dataclass(frozen=True)
class _Look:
    """How the rows of a table are set: the style of their text, each cell's width and side, the least mm of a row."""

    style: str
    places: Sequence[tuple[str, str]]
    room: float

    def row(self, cells: Iterable[Cell], *, keep: bool, is_head: bool = False) -> str:
        """Give a row, which may be kept with the next; the head is repeated on every page."""
        of_row = "<w:tblHeader/>" if is_head else self._least
        next_to, of_cell = KEEP if keep else "", HEAD_CELL if is_head else ""
        told = "".join(
            f"<w:tc><w:tcPr>{width}{of_cell}</w:tcPr>"
            f"{paragraph(self.style, run(cell.text, strong=is_head, lamp=cell.lamp), next_to + side)}</w:tc>"
            for cell, (width, side) in zip(cells, self.places, strict=False)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{of_row}</w:trPr>{told}</w:tr>"

    @property
    def _least(self) -> str:
        return f'<w:trHeight w:val="{round(self.room * TWIPS)}" w:hRule="atLeast"/>' if self.room else ""


def _places(grid: Grid, widths: Iterable[float]) -> list[tuple[str, str]]:
    """Give for each column its width, and on which side of it text stands."""
    kinds = grid.kinds or ("",) * len(grid.rows[0])
    sides = [
        '<w:jc w:val="right"/>' if kind == "number" else f'<w:ind w:left="{round(gap * TWIPS)}"/>' if gap else ""
        for kind, gap in zip(kinds, gaps(grid), strict=True)
    ]
    told = [f'<w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/>' for width in widths]
    return list(zip(told, sides, strict=True))


def _properties(width: float, *, ruled: bool) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{weight}" w:space="0" w:color="{colour}"/>'
        for side, weight, colour in (*RULES, *(FORM if ruled else ()))
    )
    around = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", OVER), ("left", BESIDE), ("bottom", OVER), ("right", BESIDE))
    )
    margins = f"<w:tblCellMar>{around}</w:tblCellMar>"
    indent = f'<w:tblInd w:w="{BESIDE}" w:type="dxa"/>'  # or its rules would begin that much outside of the text
    total = f'<w:tblW w:w="{round(width * TWIPS)}" w:type="dxa"/>'
    return (
        f'<w:tblPr>{total}{indent}<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
    )


def _drawing(names: tuple[str, str], number: int, alt: str, size: tuple[int, int]) -> str:
    (name, vectors), (across, down) = names, size
    svg = f'<asvg:svgBlip r:embed="{vectors}"/>' if vectors else ""
    beside = f'<a:extLst><a:ext uri="{SVG_BLIP}">{svg}</a:ext></a:extLst>' if vectors else ""
    named = f'id="{number}" name="{number}" descr={quoteattr(alt)}'
    return (
        f'<w:drawing {DRAWN}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr {named}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{name}">{beside}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
