"""A document as Word files, one a volume; the same document gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.parts.document import DocumentPart
from docx.section import Section

from evalkit.base.fingerprint import EPOCH
from evalkit.reporting.render.columns import breadth
from evalkit.reporting.render.document import Document, Heading, Picture, Volume, before_closing
from evalkit.reporting.render.docx.blocks import TWIPS, Elements, bookmark, paragraph, run
from evalkit.reporting.render.docx.layout import MARK_COLOUR, lay_out, lay_out_page
from evalkit.reporting.render.docx.outlines import outlined
from evalkit.reporting.render.numbering import numbered
from evalkit.reporting.render.official import BODY_SIZE, CONTENTS, LINE_PITCH, POINTS_A_MM, in_lines, text_area

SEPARATED = "\0"
LISTED = 9  # chapters that are named below the title of a page that lies on its side
MAIN, SECTION = "word/document.xml", b"<w:sectPr"  # in it stands what ends the text


def write_docx(document: Document, folder: Path) -> list[Path]:
    """Write every volume of a document as Word file NAME.docx into a folder; gives their paths."""
    paths = []
    for volume in document.volumes:
        path = folder / f"{volume.name}.docx"
        path.write_bytes(docx_of(document, volume))
        paths.append(path)
    return paths


def docx_of(document: Document, volume: Volume) -> bytes:
    """Give a volume as the bytes of a Word file."""
    file = docx.Document()
    lay_out(file, across=text_area(landscape=volume.landscape)[0])
    section = file.sections[0]
    lay_out_page(section, landscape=volume.landscape)
    _head(section, document)
    file.settings.odd_and_even_pages_header_footer = True
    anchors = frozenset(heading.anchor for heading in volume.chapters)
    elements = Elements(volume.landscape, anchors, partial(_embed, file.part))
    blocks = list(numbered(volume.blocks, document.language))
    kept = before_closing(blocks)
    parts = [
        *_front(document, volume),
        *(each for n, block in enumerate(blocks) for each in elements.of(block, keep=n == kept)),
    ]
    _describe(file, document, volume)
    return _packed(file, "".join(parts))


def _front(document: Document, volume: Volume) -> list[str]:
    """Give the title of a volume and its table of contents, filled in, which Word can also make anew.

    Only who lays the text out knows the pages of its chapters, so none are told: each line leads to its chapter, and
    where Word makes the table anew (F9) it puts their pages behind dots. To have it done at once (w:updateFields,
    w:dirty) brings up a question whenever somebody opens a report.
    """
    title = [paragraph("Title", run(in_lines(document.title)))]
    kicker = [paragraph("Subtitle", run(volume.kicker))] if volume.kicker else []
    if len(volume.chapters) < 2:
        return [*kicker, *title]
    abreast, (across, _) = _abreast(volume), text_area(landscape=volume.landscape)
    led = [_leading_to(heading) for heading in volume.chapters]
    lines = ["<w:r><w:tab/></w:r>".join(led[at : at + abreast]) for at in range(0, len(led), abreast)]
    begin, end = field(r' TOC \o "1-1" \h \z ', SEPARATED).split(SEPARATED)
    lines[0], lines[-1] = begin + lines[0], lines[-1] + end
    contents = paragraph("TOCHeading", run(CONTENTS[document.language]))
    below = f'<w:spacing w:after="{LINE_PITCH // 2}"/>'
    stops = "".join(f'<w:tab w:val="left" w:pos="{round(across * TWIPS * n / abreast)}"/>' for n in range(1, abreast))
    tabs = f"<w:tabs>{stops}</w:tabs>" if stops else ""
    told = [paragraph("toc1", line, tabs) for line in lines[:-1]]
    return [*kicker, *title, contents, *told, paragraph("toc1", lines[-1], tabs + below)]


def _abreast(volume: Volume) -> int:
    """Give how many chapters are named in a line: as many as have room where a page on its side could not hold all."""
    if not volume.landscape or len(volume.chapters) <= LISTED:
        return 1
    across, _ = text_area(landscape=True)
    widest = max(breadth(heading.text) for heading in volume.chapters) + 2
    return max(1, int(across * POINTS_A_MM / BODY_SIZE / widest))


def _leading_to(heading: Heading) -> str:
    return f'<w:hyperlink w:anchor="{bookmark(heading.anchor)}" w:history="1">{run(heading.text)}</w:hyperlink>'


def field(instruction: str, result: str) -> str:
    """Give what Word works out anew when it is asked to, with what stands there until then."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    told = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    return f"{begin}{told}{separate}{result}{end}"


def _head(section: Section, document: Document) -> None:
    """Put the mark of made-up data and the edition on top of every page, the number below it, odd ones on the right."""
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        line = header.paragraphs[0]
        if document.mark:
            line.add_run(document.mark + "　").font.color.rgb = MARK_COLOUR
        line.add_run(document.edition)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        number = f"{run('— ')}{field(' PAGE ', run('1'))}{run(' —')}"
        room = f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
        made = parse_xml(paragraph("Footer", number, room).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))
        old = footer.paragraphs[0]._p
        old.addprevious(made)
        old.getparent().remove(old)


def _embed(whole: DocumentPart, picture: Picture) -> tuple[str, str]:
    """Put a picture into a file, and its vectors, their words as outlines; gives their ids, "" where it has none."""
    name, _ = whole.get_or_add_image(io.BytesIO(picture.png))
    if not picture.svg:
        return name, ""
    at = whole.package.next_partname("/word/media/figure%d.svg")
    return name, whole.relate_to(Part(at, "image/svg+xml", outlined(picture.svg), whole.package), RT.IMAGE)


def _describe(file: docx.document.Document, document: Document, volume: Volume) -> None:
    told = file.core_properties
    told.title, told.subject, told.author = document.title, volume.kicker, "evalkit"
    told.comments = document.mark or ""
    told.language = "zh-CN" if document.language == "zh" else "en-GB"
    told.created = told.modified = EPOCH
    told.last_modified_by, told.revision = "evalkit", 1


def _packed(file: docx.document.Document, elements: str) -> bytes:
    """Give the bytes of a file with these elements in its section, whose parts carry a fixed date.

    The elements go in as text: to parse, move and write again 8,000 cells takes longer than all the rest.
    """
    drawn, packed = io.BytesIO(), io.BytesIO()
    file.save(drawn)
    with zipfile.ZipFile(drawn) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as to:
        for name in parts.namelist():
            content = parts.read(name)
            if name == MAIN:
                content = content.replace(SECTION, elements.encode() + SECTION)
            to.writestr(zipfile.ZipInfo(name, EPOCH.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
