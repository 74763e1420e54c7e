"""The folder of a run: what is written appears whole or not at all, and nothing that was there is lost."""

import os
import platform
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from evalkit.base.errors import ParamsError, Problem

OLD = ".old"
MACHINE = re.sub(r"\W", "-", platform.node()) or "here"


def output_folder(root: Path, study: str, year: int, *, language: str, default_language: str) -> Path:
    """Give outputs/<study>/<year>; another language than the study's own has a folder of its own beside it."""
    suffix = "" if language == default_language else f"-{language}"
    return root / "outputs" / study / f"{year}{suffix}"


def check_folder(folder: Path, root: Path) -> None:
    """Raise ParamsError where what is written to the folder of a run would land outside of it, or of the project."""
    way = [above for above in (folder, *folder.parents) if above.is_relative_to(root) and above != root]
    within = [Path(place, name) for place, *names in os.walk(folder) for name in chain(*names)]
    links = [path for path in (*reversed(way), *within) if path.is_symlink()]
    if links:
        expected = "a file or folder of its own: what is written there would land elsewhere"
        wrong = [Problem(str(path.relative_to(root)), f"a link to {os.readlink(path)}", expected) for path in links]
        raise ParamsError(f"{folder} is not written to", wrong)


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Give an empty folder on the same disk to write in, gone afterwards, to the only run that writes to `folder`.

    What runs that were killed have left is put in order first. Raises ParamsError where another run is at it, or where
    something cannot be written, now or later: the disk is full, or may not be written to.
    """
    place = stage_of(folder, os.getpid())
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            _clear_up(folder)
            place.mkdir()
            try:
                yield place
            finally:
                shutil.rmtree(place, ignore_errors=True)
    except OSError as error:
        where, found = str(error.filename2 or error.filename or folder), (error.strerror or str(error)).lower()
        expected = "a disk with room, folders that may be written to, and no file that another program has open"
        wrong = Problem(where, found, expected)
        raise ParamsError("the run cannot go on; what was finished is in place", [wrong]) from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder, also those of other machines that share it, if the share passes locks on.

    The system lets go of the lock with the process that has it, whatever ends that.
    """
    from filelock import FileLock, Timeout

    path = folder.with_name(f".{folder.name}.lock")
    lock = FileLock(path, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        wrong = Problem(str(folder), _holder(path) or "another run", "none: wait for its end")
        raise ParamsError("another run is making these reports", [wrong]) from None
    try:
        path.write_text(f"a run of process {os.getpid()} on {platform.node()}", encoding="utf-8")
        yield
    finally:
        with suppress(OSError):  # Windows keeps what is open, and lets go of it by itself
            path.unlink()  # as long as nobody else can have it
        lock.release()


def stage_of(folder: Path, process: int) -> Path:
    """Give the staging folder of a process of this machine, for what is to stand in `folder`."""
    return folder.with_name(f".{folder.name}.{MACHINE}.{process}")


def replace(new: Path, final: Path) -> None:
    """Put a file or a folder in the place of another, by renaming."""
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


def _holder(lock: Path) -> str:
    with suppress(OSError):  # it is just being let go of; or Windows lets nobody read it
        return lock.read_text("utf-8")
    return ""


def _clear_up(folder: Path) -> None:
    """Delete what runs that are gone were writing in, and give back what one was about to replace."""
    for stray in folder.parent.glob(f".{folder.name}.*/"):
        shutil.rmtree(stray, ignore_errors=True)
    for old in [*folder.rglob(f".*{OLD}")]:
        final = old.with_name(old.name.removeprefix(".").removesuffix(OLD))
        if final.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(final)
