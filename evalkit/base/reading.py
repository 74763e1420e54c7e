"""Files that are named: the one door through which text comes in, what keeps it out, and where one may be written."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from evalkit.base.errors import EvalkitError, ParamsError, Problem
from evalkit.base.limits import MEGABYTE

# What no cell shows and no XML carries; a second byte order mark is one of them.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
IN_EXCEL = " (in Excel, save as “CSV UTF-8”)"
LINE = "\n"
SHOWN = 12
LONGEST_NAME = 60


def read_text(path: Path, *, most: int, error: type[EvalkitError] = ParamsError) -> str:
    """Read a text file in UTF-8, with or without a byte order mark.

    Raises `error` where it is no file that can be read, holds more than `most` bytes, is in another encoding, or holds
    control characters.
    """
    try:
        text = read_bytes(path, most=most, error=error).decode("utf-8-sig")
    except UnicodeDecodeError:
        expected = f"UTF-8{IN_EXCEL if path.suffix == '.csv' else ''}"
        raise error(f"{path} cannot be read", [Problem(path.name, "another encoding", expected)]) from None
    unseen = [
        Problem(f"{path.name}, line {text.count(LINE, 0, found.start()) + 1}", said(found[0]), "text that can be seen")
        for found in islice(UNSEEN.finditer(text), SHOWN + 1)
    ]
    if unseen:
        raise error(f"{path} cannot be read", [*unseen[:SHOWN], *(["… and more"] if unseen[SHOWN:] else [])])
    return text


def read_bytes(path: Path, *, most: int, error: type[EvalkitError] = ParamsError) -> bytes:
    """Read a file of at most so many bytes. Raises `error` where there is none or it cannot be read."""
    check_file(path, most=most, error=error)
    try:
        return path.read_bytes()
    except OSError as fault:
        raise _unreadable(path, fault, error) from None


def check_file(path: Path, *, most: int, error: type[EvalkitError] = ParamsError) -> None:
    """Raise `error` unless a path leads to a file that may be read, of at most so many bytes."""
    try:
        found = path.stat()
        readable = os.access(path, os.R_OK)
    except (OSError, ValueError) as fault:
        raise _unreadable(path, fault, error) from None
    if not stat.S_ISREG(found.st_mode):
        wrong = "a folder" if stat.S_ISDIR(found.st_mode) else "a device or a pipe"
    elif not readable:
        wrong = "a file that may not be read"
    elif found.st_size > most:
        wrong = f"{found.st_size / MEGABYTE:.1f} MB"
    else:
        return
    expected = f"a file of at most {most // MEGABYTE} MB" if readable and found.st_size > most else "a file"
    raise error(f"{path} cannot be read", [Problem(path.name, wrong, expected)])


def unwritable(path: Path) -> str | None:
    """Say why nothing can be written in the place of a path, whose folder is there; None where something can."""
    try:
        path.with_name(f".{path.name}.12345678").lstat()  # what is written stands beside it until it is whole
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as fault:
        return (getattr(fault, "strerror", None) or str(fault)).lower()
    return None if os.access(path.parent, os.W_OK) else "a folder that may not be written to"


def check_writable(path: Path, suffixes: Sequence[str], *, force: bool = False) -> None:
    """Raise ParamsError for a file that is there, unless by `force`, a folder that is not, or another suffix."""
    if path.suffix.lower() not in suffixes:
        wrong = Problem("the file", repr(path.suffix), f"one of {', '.join(suffixes)}")
    elif not path.parent.is_dir():
        wrong = Problem("the folder", f"no {path.parent}", "a folder that is there")
    elif why := unwritable(path):
        wrong = Problem(f"the file {shortened(path)}", why, "a file that can be written")
    elif path.is_dir():
        wrong = Problem("the file", "a folder", "a file")
    elif path.exists() and not force:
        wrong = Problem("the file", "one that is there already", "another name, or --force to replace it")
    else:
        return
    raise ParamsError(f"{shortened(path)} is not written", [wrong])


def shortened(path: Path) -> Path:
    """Give a path as a message names it."""
    return path if len(path.name) <= LONGEST_NAME else path.with_name(f"{path.name[: LONGEST_NAME - 1]}…")


def said(character: str) -> str:
    """Name a character that cannot be seen."""
    return f"the character U+{ord(character):04X}"


def _unreadable(path: Path, fault: OSError | ValueError, error: type[EvalkitError]) -> EvalkitError:
    """Give the error of a path that leads to nothing that can be read."""
    if isinstance(fault, FileNotFoundError) and not path.is_symlink():
        return error(f"there is no file {path}")
    dangling = isinstance(fault, FileNotFoundError)
    why = "a link that leads nowhere" if dangling else (getattr(fault, "strerror", None) or str(fault)).lower()
    short = shortened(path)
    return error(f"{short} cannot be read", [Problem(short.name, why, "a file that can be read")])
