"""The formats as exporters of nbconvert: `jupyter nbconvert --to evalkit-docx report.ipynb`.

A report says of itself in which language it is and what it rests on, so that nothing else has to be told. nbconvert
takes one file; other volumes of the report are written beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from evalkit.reporting.render.document import Document, Grid
from evalkit.reporting.render.html import pages
from evalkit.reporting.render.notebook import BODY
from evalkit.reporting.render.reading import document
from evalkit.reporting.sheets import sheet_labels
from evalkit.tabular import Table
from evalkit.tabular.xlsx.printed import Front, write_workbook


class EvalkitExporter(Exporter):
    """Gives the body of a report, and the other volumes as files beside it."""

    suffix: ClassVar[str]

    def _file_extension_default(self) -> str:
        return self.suffix

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw):
        """Give the body, and what nbconvert is to write beside it."""
        _, resources = super().from_notebook_node(nb, resources, **kw)
        volumes = dict(self.volumes(nb))
        body = volumes.pop(BODY)
        resources["outputs"] = {f"{name}{self.suffix}": content for name, content in volumes.items()}
        return body, resources

    def volumes(self, notebook: NotebookNode) -> Mapping[str, str | bytes]:
        """Give the content of every volume by name."""
        raise NotImplementedError


class HTMLExporter(EvalkitExporter):
    """Pages."""

    suffix = ".html"

    def volumes(self, notebook: NotebookNode) -> dict[str, str]:
        """Give a page a volume."""
        return {name: html if name == BODY else html.encode() for name, html in pages(notebook).items()}


class DocxExporter(EvalkitExporter):
    """Word files."""

    suffix = ".docx"

    def volumes(self, notebook: NotebookNode) -> dict[str, bytes]:
        """Give a Word file a volume."""
        from evalkit.reporting.render.docx.writer import docx_of

        found = document(notebook)
        return {volume.name: docx_of(found, volume) for volume in found.volumes}


class PDFExporter(EvalkitExporter):
    """PDF files."""

    suffix = ".pdf"

    def volumes(self, notebook: NotebookNode) -> dict[str, bytes]:
        """Give a PDF file a volume."""
        from evalkit.reporting.render.pdf.writer import pdf_of

        found = document(notebook)
        return {volume.name: pdf_of([(found, volume)], title=found.title) for volume in found.volumes}


class XlsxExporter(EvalkitExporter):
    """One workbook with every table of all volumes."""

    suffix = ".xlsx"

    def volumes(self, notebook: NotebookNode) -> dict[str, bytes]:
        """Give the workbook."""
        return {BODY: workbook_of(document(notebook))}


def workbook_of(found: Document) -> bytes:
    """Give the tables of a document, as the notebook kept them with their values, as the bytes of a workbook."""
    blocks = [block for volume in found.volumes for block in volume.blocks]
    typed = [Table.unpacked(block.packed) for block in blocks if isinstance(block, Grid) and block.packed]
    named = {table.title or str(place): table for place, table in enumerate(typed, 1)}
    lines = tuple(filter(None, (found.edition, found.mark)))
    front = Front("　".join((found.title, *lines)), found.title, sheet_labels(found.language), lines)
    with TemporaryDirectory() as place:
        path = Path(place) / "report.xlsx"
        write_workbook(named, path, front)
        return path.read_bytes()
