"""The parts of a workbook file, looked at before anything is made of them: a workbook is XML in a zip."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from evalkit.base.errors import ParamsError, Problem
from evalkit.base.limits import AREA, MEGABYTE, TABLE_BYTES, WORKBOOK_BYTES, WORKBOOK_PARTS
from evalkit.base.reading import check_file

CHUNK = MEGABYTE
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
AREAS = ("mergeCell", "hyperlink")
BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # a byte order mark, half a character of two bytes, blanks
WORKBOOK = "an Excel workbook (.xlsx)"


def check_parts(path: Path) -> None:
    """Raise ParamsError with every part of a workbook that is too large, damaged, or no XML."""
    check_file(path, most=TABLE_BYTES)
    try:
        with zipfile.ZipFile(path) as parts:
            wrong = list(_too_much(parts)) or [told for part in parts.infolist() for told in _damage(parts, part)]
    except (*DAMAGED, ValueError) as error:
        wrong = [Problem(path.name, str(error) or "no workbook", WORKBOOK)]
    if wrong:
        raise ParamsError(f"{path.name} cannot be read ({path})", wrong)


def _too_much(parts: zipfile.ZipFile) -> Iterator[Problem]:
    """Find what unpacks to more than the limit: the sizes are declared, and zipfile reads no more than that."""
    entries = parts.infolist()
    if len(entries) > WORKBOOK_PARTS:
        yield Problem("the workbook", f"{len(entries)} parts", f"at most {WORKBOOK_PARTS}")
    size = sum(entry.file_size for entry in entries)
    if size > WORKBOOK_BYTES:
        most = f"at most {WORKBOOK_BYTES // MEGABYTE} MB"
        yield Problem("the workbook", f"parts that unpack to {size // MEGABYTE} MB", most)


def _damage(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[Problem]:
    """Read one part to its end, and hold it against XML where it is to be, or begins as if it were.

    By which name a part goes is for the workbook to say: any may be read as a sheet.
    """
    areas: list[str] = []
    named, reader = part.filename.endswith((".xml", ".rels")), None
    try:
        with parts.open(part) as stream:
            chunk = stream.read(CHUNK)
            if named or chunk.lstrip(BEFORE_XML).startswith(b"<"):
                reader = _xml_reader(areas)
            while chunk:
                if reader:
                    reader.Parse(chunk, False)
                chunk = stream.read(CHUNK)
        if reader:
            reader.Parse(b"", True)
        for area in areas:
            yield Problem(
                f"the part {part.filename}", f"the area {area}", f"at most {AREA} cells that are merged or linked"
            )
    except expat.ExpatError as error:
        if named:  # else a drawing in what only looks like XML, perhaps, which nothing here reads
            yield Problem(f"the part {part.filename}", f"damaged XML ({error})", f"a part of {WORKBOOK}")
    except _DoctypeError:
        yield Problem(f"the part {part.filename}", "a document type", "XML without one")
    except DAMAGED as error:
        yield Problem(f"the part {part.filename}", f"damage ({error})", f"a part of {WORKBOOK}")


def _is_large(area: str) -> bool:
    from openpyxl.utils import range_boundaries

    try:
        left, top, right, bottom = range_boundaries(area)
    except ValueError:
        return False
    return None in (left, top) or (right - left + 1) * (bottom - top + 1) > AREA


class _DoctypeError(Exception):
    """XML that declares entities, which may multiply: no workbook does."""


def _xml_reader(areas: list[str]) -> expat.XMLParserType:
    """Give a reader that adds to `areas` those that openpyxl would fill cell by cell for a very long time."""
    reader = expat.ParserCreate()

    def refuse(*_) -> None:
        raise _DoctypeError

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.endswith(AREAS) and _is_large(attributes.get("ref", "")):
            areas.append(attributes["ref"])

    reader.StartDoctypeDeclHandler = refuse
    reader.StartElementHandler = start
    return reader
