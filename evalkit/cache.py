"""What the runner has stored of a study's results: frames as Parquet, read only where they are whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from pandas.api.types import is_object_dtype

from evalkit.data import Panel
from evalkit.fingerprint import sha256
from evalkit.index import IndexSystem
from evalkit.scoring import Evaluation, Method
from evalkit.scoring.draws import Draws

# scikit-learn imputes; pyarrow is what reads
PACKAGES = ("numpy", "pandas", "pydantic", "scipy", "scikit-learn", "highspy", "pyarrow")
CONTENTS = "contents.json"
PANEL = "panel."
TABLE = "table"
Result = TypeVar("Result", Evaluation, Draws, pd.DataFrame)


def folder(root: Path, study: str) -> Path:
    """Give the folder in which each state of a study has a folder of its own, named by its key."""
    return root / "outputs" / study / ".cache"


def evaluation_part(stored: Path) -> Path:
    """Give the folder of the evaluation."""
    return stored / "evaluation"


def draws_part(stored: Path, year: int) -> Path:
    """Give the folder of one year's draws."""
    return stored / f"draws-{year}"


def efficiency_part(stored: Path, year: int) -> Path:
    """Give the folder of one year's intervals of efficiency."""
    return stored / f"efficiency-{year}"


def read_evaluation(stored: Path, system: IndexSystem, method: Method) -> Evaluation | None:
    """Read an evaluation; None where it is not there, or not whole."""
    return _read(evaluation_part(stored), lambda frames: _evaluation(frames, system, method))


def read_draws(stored: Path, year: int) -> Draws | None:
    """Read the draws of one year; None where they are not there, or not whole."""
    return _read(draws_part(stored, year), lambda frames: _draws(frames, year))


def read_table(part: Path) -> pd.DataFrame | None:
    """Read what is one table; None where it is not there, or not whole."""
    return _read(part, lambda frames: frames[TABLE])


def evaluation_frames(result: Evaluation) -> dict[str, pd.DataFrame]:
    """Give every frame of an evaluation and of its panel, by name."""
    own = {name: getattr(result, name) for name in _names(result) if name not in ("panel", "system", "method")}
    panel = {PANEL + name: getattr(result.panel, name) for name in _names(result.panel)}
    return own | panel | {"weights": result.weights.to_frame(result.weights.name or "")}


def draws_frames(draws: Draws) -> dict[str, pd.DataFrame]:
    """Give the arrays of the draws as frames, by name."""
    return {
        "scores": pd.DataFrame(draws.scores, columns=list(draws.regions)),
        "base": pd.DataFrame({"base": draws.base}, index=list(draws.regions)),
        "choices": draws.choices,
        "weights": draws.weights,
    }


def write(frames: dict[str, pd.DataFrame], part: Path) -> None:
    """Write frames into an empty folder, with a table of contents by which damage is seen."""
    for name, frame in frames.items():
        frame.to_parquet(part / f"{name}.parquet", engine="pyarrow")
    contents = {name: [sha256(part / f"{name}.parquet"), _objects(frame)] for name, frame in frames.items()}
    (part / CONTENTS).write_text(json.dumps(contents, indent=1) + "\n", encoding="utf-8")


def _read(part: Path, build: Callable[[dict[str, pd.DataFrame]], Result]) -> Result | None:
    try:
        contents = json.loads((part / CONTENTS).read_text(encoding="utf-8"))
        if any(sha256(part / f"{name}.parquet") != expected for name, (expected, _) in contents.items()):
            return None
        return build({name: _frame(part / f"{name}.parquet", objects) for name, (_, objects) in contents.items()})
    except Exception:  # what is stored saves time: whatever is wrong with it, computing gives the same
        return None


def _evaluation(frames: dict[str, pd.DataFrame], system: IndexSystem, method: Method) -> Evaluation:
    panel = {name.removeprefix(PANEL): frame for name, frame in frames.items() if name.startswith(PANEL)}
    own = {name: frame for name, frame in frames.items() if not name.startswith(PANEL)}
    weights = own["weights"].squeeze(axis=1)
    weights.name = weights.name or None
    return Evaluation(panel=Panel(**panel), system=system, method=method, **own | {"weights": weights})


def _draws(frames: dict[str, pd.DataFrame], year: int) -> Draws:
    base = frames["base"]["base"]
    return Draws(
        scores=np.ascontiguousarray(frames["scores"]),
        regions=tuple(base.index),
        year=year,
        base=base.to_numpy(),
        choices=frames["choices"],
        weights=frames["weights"],
    )


def _frame(path: Path, objects: list[str]) -> pd.DataFrame:
    """Read a frame; Parquet does not tell text from objects that are text, or nothing."""
    frame = pd.read_parquet(path, engine="pyarrow", use_threads=False)
    return frame.astype(dict.fromkeys(objects, object)) if objects else frame


def _objects(frame: pd.DataFrame) -> list[str]:
    return [name for name, dtype in frame.dtypes.items() if is_object_dtype(dtype)]


def _names(of: object) -> list[str]:
    return [field.name for field in fields(of)]
