"""A document as Word files, one a volume; the same document gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section

from evalkit.reporting.render.document import Document, Volume
from evalkit.reporting.render.docx.blocks import NAMESPACES, Elements, bookmark, paragraph, run
from evalkit.reporting.render.docx.layout import MARK_COLOUR, lay_out, lay_out_page
from evalkit.reporting.render.numbering import numbered
from evalkit.reporting.render.official import CAPTION_ROOM, CONTENTS, in_lines, text_area

EPOCH = datetime(2000, 1, 1)  # a file carries a date; a fixed one keeps the same content the same bytes
SEPARATED = "\0"


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
    lay_out(file, document.language)
    section = file.sections[0]
    lay_out_page(section, landscape=volume.landscape)
    _head(section, document)
    file.settings.odd_and_even_pages_header_footer = True
    body, (width, height) = file.element.body, text_area(landscape=volume.landscape)
    elements = Elements(
        width,
        height - CAPTION_ROOM,
        frozenset(heading.anchor for heading in volume.chapters),
        lambda png: file.part.get_or_add_image(io.BytesIO(png))[0],
    )
    parts = [
        *_front(document, volume),
        *(each for block in numbered(volume.blocks, document.language) for each in elements.of(block)),
    ]
    whole = parse_xml(f"<w:body {NAMESPACES}>{''.join(parts)}</w:body>")
    last = body.find(qn("w:sectPr"))
    for element in list(whole):
        last.addprevious(element)
    _describe(file, document, volume)
    return _packed(file)


def _front(document: Document, volume: Volume) -> list[str]:
    """Give the title of a volume and its table of contents, filled in, which Word can also make anew."""
    title = [paragraph("Title", run(in_lines(document.title)))]
    kicker = [paragraph("Subtitle", run(volume.kicker))] if volume.kicker else []
    if len(volume.chapters) < 2:
        return [*kicker, *title]
    lines = [
        f'<w:hyperlink w:anchor="{bookmark(heading.anchor)}" w:history="1">{run(heading.text)}</w:hyperlink>'
        for heading in volume.chapters
    ]
    begin, end = field(r' TOC \o "1-1" \n \h \z ', SEPARATED).split(SEPARATED)
    lines[0], lines[-1] = begin + lines[0], lines[-1] + end
    contents = paragraph("TOCHeading", run(CONTENTS[document.language]))
    return [*kicker, *title, contents, *(paragraph("TOC1", line) for line in lines)]


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
        made = parse_xml(paragraph("Footer", number, room).replace("<w:p>", f"<w:p {NAMESPACES}>", 1))
        old = footer.paragraphs[0]._p
        old.addprevious(made)
        old.getparent().remove(old)


def _describe(file: docx.document.Document, document: Document, volume: Volume) -> None:
    told = file.core_properties
    told.title, told.subject, told.author = document.title, volume.kicker, "evalkit"
    told.comments = document.mark or ""
    told.language = "zh-CN" if document.language == "zh" else "en-GB"
    told.created = told.modified = EPOCH
    told.last_modified_by, told.revision = "evalkit", 1


def _packed(file: docx.document.Document) -> bytes:
    """Give the bytes of a file, whose parts carry a fixed date."""
    drawn, packed = io.BytesIO(), io.BytesIO()
    file.save(drawn)
    with zipfile.ZipFile(drawn) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as to:
        for name in parts.namelist():
            to.writestr(zipfile.ZipInfo(name, EPOCH.timetuple()[:6]), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
