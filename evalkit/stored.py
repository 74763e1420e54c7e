"""What is dear to compute, kept from run to run: a table a file, named by a hash of all that it depends on."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

import pandas as pd

from evalkit import fingerprint

KEPT = 8  # of one study, the latest written


def place(root: Path, study: str, name: str, depends_on: object) -> Path:
    """Give the file of a result of a study; `depends_on` is plain data, another of which has another file."""
    return root / "outputs" / study / ".cache" / f"{name}-{fingerprint.digest(depends_on)[:32]}.json"


def read(path: Path) -> pd.DataFrame | None:
    """Read a table; None where it is not there, or not whole."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["sha256"] != fingerprint.digest(kept["table"]):
            return None
        return pd.DataFrame(kept["table"]["data"], kept["table"]["index"], kept["table"]["columns"])
    except Exception:  # what is stored saves time: whatever is wrong with it, computing gives the same
        return None


def write(table: pd.DataFrame, path: Path) -> None:
    """Write a table of plain numbers and text, whole or not at all, and forget the oldest where there are many."""
    parts = table.to_dict(orient="split")
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with suppress(OSError):  # another run stores the same just now, or nothing can be stored: then it is computed
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps({"sha256": fingerprint.digest(parts), "table": parts}), encoding="utf-8")
        os.replace(part, path)
        written = sorted(path.parent.glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
        for old in written[:-KEPT]:
            old.unlink()
