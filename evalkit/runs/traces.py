"""The cell that a notebook is in, kept on disk for whoever finds its process dead."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

AT = b'{"at":'
PLACE = b"%9d"
NOWHERE = -1


@contextmanager
def traced(notebook: dict, path: Path) -> Iterator[Callable[[int], None]]:
    """Write a notebook as it is about to be run, and give what is to be told the place of each cell that is entered.

    The place stands in the file itself, before all else, so that telling it is to write a few bytes.
    """
    with path.open("wb", buffering=0) as file:
        file.write(AT + PLACE % NOWHERE + b"," + json.dumps(notebook, ensure_ascii=False).encode()[1:])

        def enter(place: int) -> None:
            file.seek(len(AT))
            file.write(PLACE % place)

        yield enter


def post_mortem(path: Path, happened: str) -> str:
    """Put what ended a notebook into the cell that it was in, and say in which; what happened, where it was in none."""
    try:
        notebook = json.loads(path.read_bytes())
    except (OSError, ValueError):  # it was not begun
        return happened
    at = notebook.pop("at", None)
    if at is None:  # it has told of its failure itself
        return happened
    where = _put(happened, notebook["cells"], at) if at != NOWHERE else ""
    with suppress(OSError):  # a disk that is full may be what happened
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return f"{where}{happened}"


def _put(happened: str, cells: list[dict], at: int) -> str:
    run = [cell for cell in cells[: at + 1] if cell["cell_type"] == "code" and cell["source"].strip()]
    told = {"output_type": "error", "ename": "Stopped", "evalue": happened, "traceback": [happened]}
    cells[at] |= {"execution_count": len(run), "outputs": [told]}
    return f"{label(len(run), cells[at]['source'])}: "


def label(number: int | None, source: str) -> str:
    """Name a cell by its number and its first line."""
    return f"cell [{number}] {next(iter(source.strip().splitlines()), '')!r}"
