"""The forms in which reports leave: pages always, other files where they are asked for and their package is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib.util import find_spec

from evalkit.base.errors import Problem, one_of

HTML, XLSX, DOCX, PDF = "html", "xlsx", "docx", "pdf"
FORMATS = (HTML, XLSX, DOCX, PDF)
DEFAULT = (HTML, XLSX)
LAID_OUT = frozenset({DOCX, PDF})  # on pages of paper, with figures as vectors
PACKAGES = {DOCX: "docx", PDF: "typst"}  # what each needs, which the extra of its name brings


def lacking(formats: Collection[str]) -> Iterator[Problem]:
    """Say which formats nobody knows, and which are asked for without what makes them."""
    for name in formats:
        if name not in FORMATS:
            yield Problem("--formats", repr(name), one_of(name, FORMATS))
        elif name in PACKAGES and not find_spec(PACKAGES[name]):
            yield Problem("--formats", f"{name}, without its package", f"pip install 'evalkit[{name}]' first")
