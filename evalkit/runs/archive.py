"""The tables of one report, kept beside it in one file, from which those of all are joined, now and in later runs."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

NAME = "tables.zip"
EPOCH = datetime(2000, 1, 1).timetuple()[:6]  # the same tables are the same bytes


def pack(folder: Path, path: Path) -> None:
    """Put the tables in a folder, with what stands in folders of it, into a file in the folder's place."""
    with ZipFile(path, "w") as archive:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            name = ZipInfo(file.relative_to(folder).as_posix(), EPOCH)
            archive.writestr(name, file.read_bytes(), ZIP_DEFLATED)
    shutil.rmtree(folder)


def unpacked(path: Path) -> dict[str, str]:
    """Give the text of every table of a report by the name of its file; nothing where the report has none."""
    try:
        with ZipFile(path) as archive:
            return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    except (FileNotFoundError, BadZipFile):
        return {}
