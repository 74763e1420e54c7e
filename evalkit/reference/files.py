"""The files of the reference: the schemas of a project, and the pages; all of them are written, or none."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from evalkit.base.errors import ParamsError, Problem
from evalkit.base.reading import shortened, unwritable
from evalkit.reference.kinds import KINDS
from evalkit.reference.meanings import gaps
from evalkit.reference.page import pages
from evalkit.reference.schema import models, schema

HEAD = 3  # lines, of which a file is known for one that was written here before


def reference(root: Path, schemas: Path, page_folder: Path | None = None) -> dict[Path, str]:
    """Give the text of every file of the reference by its path. Raises ParamsError where a meaning is missing."""
    if wrong := gaps(models().values()):
        raise ParamsError("the meanings do not fit the models", wrong)
    texts = {schemas / f"{kind.code}.json": _json(schema(kind)) for kind in KINDS}
    return texts | ({page_folder / name: text for name, text in pages(root).items()} if page_folder else {})


def save(texts: Mapping[Path, str], *, force: bool = False) -> None:
    """Write files in the place of those that are there: all or none; a folder is made where the one above it is there.

    Raises ParamsError where one of them cannot be written, or would replace one that begins otherwise, without `force`.
    """
    found = (_in_the_way(path) or (None if force else _other(path, text)) for path, text in texts.items())
    wrong = [problem for problem in found if problem]
    if wrong:
        raise ParamsError("the reference is not written", dict.fromkeys(wrong))
    beside = {path.with_name(f".{path.name}.part"): path for path in texts}
    try:
        for part, path in beside.items():
            path.parent.mkdir(exist_ok=True)
            part.write_text(texts[path], encoding="utf-8", newline="\n")
        for part, path in beside.items():
            part.replace(path)
    finally:
        for part in beside:
            part.unlink(missing_ok=True)


def _json(found: dict) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _in_the_way(path: Path) -> Problem | None:
    """Say why a file cannot be written."""
    folder = path.parent
    there = os.path.lexists(folder)
    if there and not os.path.isdir(folder):
        return Problem(f"the folder {shortened(folder)}", "a file", "a folder")
    if not there and not os.path.isdir(folder.parent):
        return Problem("the folder above", f"no {shortened(folder.parent)}", "a folder that is there")
    if os.path.isdir(path):
        return Problem(f"the file {path.name}", "a folder", "a file")
    why = unwritable(path if there else folder)
    return Problem(f"{shortened(path if there else folder)}", why, "one that can be written") if why else None


def _other(path: Path, text: str) -> Problem | None:
    """Say of a file that is there that it is not one that was written here."""
    if not os.path.lexists(path) or _head(path) == [line.encode() for line in text.splitlines()[:HEAD]]:
        return None
    return Problem(f"the file {path}", "one that is not of evalkit", "another folder, or --force to replace it")


def _head(path: Path) -> list[bytes] | None:
    try:
        with path.open("rb") as file:
            return [line.rstrip() for line in islice(file, HEAD)]
    except OSError:
        return None
