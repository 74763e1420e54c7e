"""The forms in which reports leave: pages always, other files where they are asked for and their package is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from nbformat import NotebookNode, read

from evalkit.base.errors import Problem, one_of
from evalkit.reporting.render.document import Document
from evalkit.reporting.render.html import pages
from evalkit.reporting.render.reading import document

HTML, XLSX, DOCX, PDF = "html", "xlsx", "docx", "pdf"
FORMATS = (HTML, XLSX, DOCX, PDF)
DEFAULT = (HTML, XLSX)
PACKAGES = {DOCX: "docx", PDF: "typst"}  # what each needs, which the extra of its name brings


def lacking(formats: Collection[str]) -> Iterator[Problem]:
    """Say which formats nobody knows, and which are asked for without what makes them."""
    for name in formats:
        if name not in FORMATS:
            yield Problem("--formats", repr(name), one_of(name, FORMATS))
        elif name in PACKAGES and not find_spec(PACKAGES[name]):
            yield Problem("--formats", f"{name}, without its package", f"pip install 'evalkit[{name}]' first")


def write_pages(notebook: NotebookNode, folder: Path, formats: Collection[str]) -> None:
    """Write an executed notebook into a folder, a file a volume: as pages, and in the other formats asked for."""
    for volume, html in pages(notebook).items():
        (folder / f"{volume}.html").write_text(html, encoding="utf-8")
    if not {DOCX, PDF}.isdisjoint(formats):
        _write(document(notebook), folder, formats)


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
