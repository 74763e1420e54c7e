"""An executed notebook written in the formats that are asked for: a file a volume, or many reports bound into one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from nbformat import NotebookNode, read

from evalkit.reporting.render.document import Document
from evalkit.reporting.render.html import pages
from evalkit.reporting.render.reading import document
from evalkit.runs.formats import DOCX, LAID_OUT, PDF


def write_pages(notebook: NotebookNode, folder: Path, formats: Collection[str]) -> None:
    """Write an executed notebook into a folder, a file a volume: as pages, and in the other formats asked for."""
    for volume, html in pages(notebook).items():
        (folder / f"{volume}.html").write_text(html, encoding="utf-8")
    if not LAID_OUT.isdisjoint(formats):
        _write(document(notebook), folder, formats)


def have_at_hand(formats: Collection[str]) -> None:
    """Import what writes formats, and find its type, for this process and what is forked from it."""
    if DOCX in formats:
        import evalkit.reporting.render.docx.writer  # noqa: F401
    if PDF in formats:
        from evalkit.reporting.render.pdf.writer import look

        look()


def _write(found: Document, folder: Path, formats: Collection[str]) -> None:
    if DOCX in formats:
        from evalkit.reporting.render.docx.writer import write_docx

        write_docx(found, folder)
    if PDF in formats:
        from evalkit.reporting.render.pdf.writer import write_pdf

        write_pdf(found, folder)


def bind_volume(notebooks: Iterable[Path], title: str, path: Path) -> None:
    """Bind the bodies of executed notebooks into one PDF file, with contents and pages through all of them."""
    from evalkit.reporting.render.pdf.writer import pdf_of

    found = [document(read(notebook, as_version=4)) for notebook in notebooks]
    path.write_bytes(pdf_of([(each, each.volumes[0]) for each in found], title=title))
