"""Storing a study's results once, where every notebook of a run reads them."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pandas as pd

from evalkit import cache
from evalkit.readings.yields import Yields
from evalkit.runs.outputs import replace, staging
from evalkit.study import Study

KEPT = 2  # a notebook may still be reading what the run before has stored


def store(study: Study, year: int) -> None:
    """Store the evaluation of a study, one year's draws and its intervals of efficiency where it declares any.

    What is there and whole is left as it is.

    Of what was stored of other states of the study, only the latest is kept.
    """
    folder = cache.folder(study.root, study.round.code)
    stored = folder / study.key
    with suppress(OSError):  # another run stores the same just now, or nothing can be stored: then notebooks compute
        stored.mkdir(parents=True, exist_ok=True)
        os.utime(stored)
        if cache.read_evaluation(stored, study.system, study.method) is None:
            _put(cache.evaluation_frames(study.evaluate()), cache.evaluation_part(stored))
        if study.round.uncertainty and cache.read_draws(stored, year) is None:
            _put(cache.draws_frames(study.draws(year)), cache.draws_part(stored, year))
        part = cache.efficiency_part(stored, year)
        if study.round.readings.efficiency and cache.read_table(part) is None:
            _put({cache.TABLE: Yields(study, year).intervals}, part)
        _forget(folder, stored)


def _put(frames: dict[str, pd.DataFrame], part: Path) -> None:
    with staging(part) as stage:
        cache.write(frames, stage)
        replace(stage, part)


def _forget(folder: Path, stored: Path) -> None:
    others = sorted((path for path in folder.iterdir() if path != stored), key=lambda path: path.stat().st_mtime)
    for old in others[: -(KEPT - 1)]:
        shutil.rmtree(old, ignore_errors=True)
