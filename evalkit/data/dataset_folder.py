"""A dataset as a folder: its metadata, and one table of all its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from evalkit.base import params
from evalkit.base.errors import ParamsError, Problem
from evalkit.base.reading import shortened, unwritable
from evalkit.data.dataset import Dataset
from evalkit.data.metadata import METADATA

FIGURES = "figures.csv"


def save(dataset: Dataset, folder: Path, *, force: bool = False) -> None:
    """Write a dataset to a folder, which holds nothing else: whole or not at all.

    Raises
    ------
    ParamsError
        The folder is there and `force` is not given, it holds what is no part of a dataset, or there is none to put
        it in.
    """
    replace(folder, partial(_write, dataset), force=force)


def replace(folder: Path, write: Callable[[Path], None], *, force: bool) -> None:
    """Have `write` make the folder of a dataset anew: whole or not at all. Raises ParamsError as `save` does."""
    folder = folder.resolve()
    wrong = list(_in_the_way(folder, force))
    if wrong:
        raise ParamsError(f"{shortened(folder)} is not written", wrong)
    with TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        new.mkdir()
        write(new)
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except BaseException:  # an interruption too
            if old.exists():
                old.rename(folder)
            raise


def _in_the_way(folder: Path, force: bool) -> Iterator[Problem]:
    if not folder.parent.is_dir():
        yield Problem("the folder above", f"no {folder.parent}", "a folder that is there")
    elif why := unwritable(folder):
        yield Problem(f"the folder {shortened(folder)}", why, "a folder that can be written")
    elif folder.exists() and not force:
        yield Problem("the folder", "one that is there already", "another name, or --force to replace it")
    elif folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name != METADATA and not (path.is_file() and path.suffix == ".csv"):
                yield Problem("the folder", path.name, f"nothing beside {METADATA} and tables of CSV")
    elif folder.exists():
        yield Problem("the folder", "a file", "a folder")


def _write(dataset: Dataset, folder: Path) -> None:
    metadata = dataset.metadata.model_dump(mode="json", exclude_defaults=True)
    (folder / METADATA).write_text(params.dump(metadata), encoding="utf-8", newline="\n")
    write_figures(dataset, folder)


def write_figures(dataset: Dataset, folder: Path) -> None:
    """Write the table of a dataset to a folder that is there."""
    table = dataset.table.assign(value=dataset.table.value.map(_printed))
    table.to_csv(folder / FIGURES, index=False, encoding="utf-8", lineterminator="\n")


def _printed(value: float) -> str:
    return "" if pd.isna(value) else np.format_float_positional(value, trim="-")
