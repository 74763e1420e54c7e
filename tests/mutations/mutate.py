"""Ways in which a file of text or a workbook may be wrong: each gives another content, or puts something else there."""

import io
import os
import random
import re
import zipfile
from pathlib import Path

import openpyxl

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
)
SCALARS = (
    "", "''", "' '", "!!float .nan", "!!float .inf", "1e999", "-1e999", "-1", "0", "0.5", "99999999999", "9" * 5000,
    "1000000000", "600000", "400", "../tables", "D/4", "/etc/passwd", ".", "..", '"a\\0b"', '"2008\\n"', "[]", "{}",
    "null", "true", "[" * 400 + "]" * 400, "[" * 20000, "*nobody", "&a [*a]", "&b {c: *b}", "{<<: {a: 1}}", "2008.5",
    '"\\u200bx"', "x" * 300, "!!timestamp x", "!!binary x", "!!python/object:os.system {}", "<<", "- - -", "'", '"',
    "\ufeff", "{a: 1, a: 2}", "small", "'0100'", "!!set {a, b}", "2012-01-01", "<script>alert(1)</script>", "=1+1",
)  # fmt: skip
CELLS = (
    "", " ", "nan", "inf", "1e999", "-1", "0", "abc", "2008\n", "１２", "1,5", "x" * 5000, "\0", "\u200b", '"', '""',
    "99999999999999999999", "0100 ", "book", "missing", "=1+1", "../x", "\r", "\ufeff", ",", "people\u200b",
)  # fmt: skip
VALUES = (
    None, "", " ", "a b", 0, -1, 1e308, 1e999, 0.264, 10**30, True, "弄虚作假 ", "弄虚作假\u200b", "=1/0", "#REF!",
    "x" * 3000, "0100\u200b", "../x", "2012-13-45", 41155, "1e999", "a；a；a", "a=1；a=2", "index", "care", "=A1",
)  # fmt: skip
FORMATS = ("General", "0.0%", "@", "0000", "yyyy-mm-dd", "#,##0,", "[h]:mm")
PARTS = (b"", b"<a/>", b"\0\0\0", b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', b"<a>" * 3000, bytes(2**27 + 1))


def text(draw: random.Random, content: bytes) -> bytes:
    """Change YAML in one place, or as a whole."""
    return draw.choice([_scalar, _scalar, _scalar, _scalar, _line, _bytes, _around])(draw, content)


def table(draw: random.Random, content: bytes) -> bytes:
    """Change CSV in one cell, or as a whole."""
    return draw.choice([_cell, _cell, _cell, _line, _bytes, _around])(draw, content)


def book(draw: random.Random, content: bytes) -> bytes:
    """Change a workbook in one cell, or in one of its parts."""
    return draw.choice([_in_cells, _in_cells, _in_cells, _part, _part, _bytes])(draw, content)


def in_place(draw: random.Random, path: Path) -> str:
    """Put something else where a file stands, and say what."""
    path.unlink()
    what = draw.choice(["nothing", "folder", "link", "loop", "pipe", "unreadable", "empty"])
    match what:
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to("gone")
        case "loop":
            path.symlink_to(path.name)
        case "pipe":
            os.mkfifo(path)
        case "unreadable":
            path.touch(mode=0)
        case "empty":
            path.touch()
    return what


def _scalar(draw: random.Random, content: bytes) -> bytes:
    found = list(re.finditer(rb"(?<=: )[^\s{}\[\],&][^{}\[\],\n]*|(?<=\[)[^{}\[\],\n]+", content))
    place = draw.choice(found)
    return content[: place.start()] + draw.choice(SCALARS).encode() + content[place.end() :]


def _cell(draw: random.Random, content: bytes) -> bytes:
    lines = [line.split(b",") for line in content.splitlines()]
    line = draw.choice(lines)
    line[draw.randrange(len(line))] = draw.choice(CELLS).encode()
    return b"\n".join(map(b",".join, lines)) + b"\n"


def _line(draw: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    place = draw.randrange(len(lines))
    line = lines[place]
    lines[place : place + 1] = draw.choice(
        [[], [line, line], [b"  " + line], [line.lstrip()], [b"\t" + line], [b"- " + line]]
    )
    return b"".join(lines)


def _bytes(draw: random.Random, content: bytes) -> bytes:
    place = draw.randrange(len(content))
    some = bytes(draw.randrange(256) for _ in range(draw.choice([1, 4, 30])))
    return draw.choice(
        [
            content[:place],
            content[:place] + some + content[place:],
            content[:place] + some + content[place + len(some) :],
        ]
    )


def _around(draw: random.Random, content: bytes) -> bytes:
    words = content.decode()
    before = [LAUGHS.encode(), b"\xef\xbb\xbf" * 2, b"- " * 30000, b"a: " + b"9" * 5000 + b"\n", content]
    others = [content.replace(b"\n", b"\r\n"), b"", b"\0", words.encode("gbk"), words.encode("utf-16")]
    return draw.choice([*others, *(each + content for each in before)])


def _in_cells(draw: random.Random, content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = draw.choice(book.worksheets)
    rows = [row for row in sheet.iter_rows() if any(cell.value is not None for cell in row)]
    cell = draw.choice(draw.choice(rows))
    match draw.randrange(10):
        case 0:
            sheet[draw.choice(["XFD1048576", "A1048576", "XFD1", "ZZ9"])] = "x"
        case 1:
            sheet.merge_cells(draw.choice(["A1:B2", "A3:C9"]))
        case 2:
            sheet.delete_rows(cell.row) if draw.random() < 0.5 else sheet.delete_cols(cell.column)
        case 3:
            place = book.sheetnames.index(sheet.title)
            title, _ = sheet.title, book.remove(sheet)
            if draw.random() < 0.7 or not book.worksheets:
                book.create_chartsheet(title, place)
                book.create_sheet()
        case _:
            cell.value = draw.choice(VALUES)
            cell.number_format = draw.choice(FORMATS)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _part(draw: random.Random, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    name = draw.choice(sorted(parts))
    before = parts.pop(name)
    after = draw.choice([None, before[: len(before) // 2], _bytes(draw, before), *PARTS])
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as book:
        for each, found in (parts if after is None else {**parts, name: after}).items():
            book.writestr(each, found)
    return saved.getvalue()
