"""The cell that a notebook is in, kept on disk for whoever finds its process dead."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

AT = b'{"at":'
PLACE = b"%9d"


@contextmanager
def traced(notebook: dict, path: Path | None) -> Iterator[Callable[[int], None]]:
    """Write a notebook as it is about to be run, and give what is to be told the place of each cell that is entered.

    The place stands in the file itself, before all else, so that telling it is to write a few bytes. Without a path
    nothing is kept.
    """
    if path is None:
        yield lambda place: None
        return
    with path.open("wb", buffering=0) as file:
        file.write(AT + PLACE % 0 + b"," + json.dumps(notebook, ensure_ascii=False).encode()[1:])

        def enter(place: int) -> None:
            file.seek(len(AT))
            file.write(PLACE % place)

        yield enter


def post_mortem(path: Path, happened: str) -> str:
    """Put what ended a notebook into the cell that it was in, and say in which; what happened, where it was in none."""
    try:
        notebook = json.loads(path.read_bytes())
        at = notebook.pop("at")
    except (OSError, ValueError, KeyError):  # it was not begun, or has told of its failure itself
        return happened
    run = [cell for cell in notebook["cells"][: at + 1] if cell["cell_type"] == "code" and cell["source"].strip()]
    told = {"output_type": "error", "ename": "Stopped", "evalue": happened, "traceback": [happened]}
    notebook["cells"][at] |= {"execution_count": len(run), "outputs": [told]}
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return f"{label(len(run), notebook['cells'][at]['source'])}: {happened}"


def label(number: int | None, source: str) -> str:
    """Name a cell by its number and its first line."""
    return f"cell [{number}] {next(iter(source.strip().splitlines()), '')!r}"
