"""The folder of a run: what is written appears whole or not at all, and nothing that was there is lost."""

import os
import platform
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evalkit.base.errors import ParamsError, Problem

OLD = ".old"
MACHINE = re.sub(r"\W", "-", platform.node()) or "here"


def output_folder(root: Path, study: str, year: int, *, language: str, default_language: str) -> Path:
    """Give outputs/<study>/<year>; another language than the study's own has a folder of its own beside it."""
    suffix = "" if language == default_language else f"-{language}"
    return root / "outputs" / study / f"{year}{suffix}"


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Give an empty folder on the same disk to write in; it is gone afterwards.

    What runs that were killed have left is put in order first. Raises ParamsError where nothing can be written.
    """
    place = stage_of(folder, os.getpid())
    with _in_words(folder):
        _clear_up(folder)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def stage_of(folder: Path, process: int) -> Path:
    """Give the staging folder of a process of this machine, for what is to stand in `folder`."""
    return folder.with_name(f".{folder.name}.{MACHINE}.{process}")


def replace(new: Path, final: Path) -> None:
    """Put a file or a folder in the place of another, by renaming.

    Raises ParamsError where that cannot be: what stood there still does.
    """
    with _in_words(final):
        _rename(new, final)


def _rename(new: Path, final: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    if new.is_file():
        os.replace(new, final)
        return
    old = final.with_name(f".{final.name}{OLD}")
    if final.exists():
        shutil.rmtree(old, ignore_errors=True)
        final.rename(old)
    try:
        new.rename(final)
    except BaseException:  # an interruption too
        if old.exists():
            old.rename(final)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Say of what the system refuses what may be done about it."""
    try:
        yield
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        expected = "a folder that may be written to, and no file in it that another program has open"
        title = f"{path.name} cannot be written; what stands there stays"
        raise ParamsError(title, [Problem(str(path), why, expected)]) from None


def _clear_up(folder: Path) -> None:
    """Delete the staging folders of processes that are gone, and give back what one was about to replace.

    Of another machine that shares the folder it cannot be asked what runs there: what it has is left alone.
    """
    places = [place for place in folder.parent.glob(f".{folder.name}.*.*") if place.suffix[1:].isdecimal()]
    ours = stage_of(folder, 0).stem
    running = [place for place in places if place.stem != ours or _runs(int(place.suffix[1:]))]
    for stray in set(places) - set(running):
        shutil.rmtree(stray, ignore_errors=True)
    for old in () if running else [*folder.rglob(f".*{OLD}")]:
        final = old.with_name(old.name.removeprefix(".").removesuffix(OLD))
        if final.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(final)


def _runs(process: int) -> bool:
    """Whether a process is there; where that cannot be asked without ending it (Windows), it is held to be."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # another user's
        pass
    return True
