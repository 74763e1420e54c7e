"""The tables of one report, kept beside it in one file, from which those of all are joined, now and in later runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from evalkit.base.fingerprint import EPOCH
from evalkit.tabular import csv

NAME = "tables.zip"


def pack(files: Mapping[str, bytes], path: Path) -> None:
    """Put files, by their names, into one."""
    with ZipFile(path, "w") as archive:
        for name in sorted(files, key=lambda name: name.split("/")):
            archive.writestr(ZipInfo(name, EPOCH.timetuple()[:6]), files[name], ZIP_DEFLATED)


def unpacked(path: Path) -> dict[str, str]:
    """Give the text of every table of a report by the name of its file; nothing where the report has none."""
    try:
        with ZipFile(path) as archive:
            return {name: archive.read(name).decode(csv.ENCODING) for name in archive.namelist()}
    except (FileNotFoundError, BadZipFile):
        return {}


def join(archives: Sequence[Path], names: Collection[str], into: Path) -> None:
    """Join tables of several reports file by file, in the order of the reports; where none has a table, there is none.

    Where the columns differ, a report has blanks under those that it lacks. Never more than one report is in memory.
    """
    columns: dict[str, list[str]] = {}
    for path in archives:
        for name, text in unpacked(path).items():
            own = csv.header(text)
            known = columns.setdefault(name, own)
            columns[name] = known if known == own else list(dict.fromkeys([*known, *own]))
    with ExitStack() as stack:
        joined = {name: columns[name] for name in names if name in columns}
        files = {
            name: stack.enter_context((into / name).open("w", encoding=csv.ENCODING, newline="")) for name in joined
        }
        for name, head in joined.items():
            files[name].write(csv.line(head))
        for path in archives:
            for name, text in unpacked(path).items():
                if name in files:
                    files[name].write(csv.below(text, joined[name]))
