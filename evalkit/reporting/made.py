"""Tables are made once: whoever asks for one of the same report, notebook, file or sentence, gets the same.

The title of a table is the word `title_CHAPTER_FUNCTION`, CHAPTER being the folder of the module that makes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TypeVar

from evalkit.base.errors import ParamsError, Problem
from evalkit.base.once import once
from evalkit.reporting.report import Report
from evalkit.study import Study
from evalkit.tabular import Table

AnyReport = TypeVar("AnyReport", bound=Report)
Make = Callable[[AnyReport], Table | None]


def report_table(make: Make[AnyReport]) -> Make[AnyReport]:
    """Have a table of one city or department made once for each of its reports."""
    return _made_once(make, lambda report: (report.year, report.language, type(report).__name__, report.code))


def round_table(make: Make[AnyReport]) -> Make[AnyReport]:
    """Have a table that is the same in all reports of a round made once for all of them."""
    return _made_once(make, lambda report: (report.year, report.language))


@once
def made(study: Study) -> dict[tuple, Table | None]:
    """Give the tables that have been made of a study so far, by their function and report."""
    return {}


def _made_once(make: Make[AnyReport], key_of: Callable[[Report], tuple]) -> Make[AnyReport]:
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def kept(report: AnyReport) -> Table | None:
        if report.result is not report.study.evaluate():  # a what-if of a reader's own
            return _with_labels_apart(make, report)
        tables, key = made(report.study), (name, *key_of(report))
        if key not in tables:
            tables[key] = _with_labels_apart(make, report)
        return tables[key]

    return kept


def _with_labels_apart(make: Make[AnyReport], report: AnyReport) -> Table | None:
    """Make a table, with its title. Raises ParamsError where two of its columns bear one name."""
    found = make(report)
    if found is None:
        return None
    labels = found.labels
    if alike := dict.fromkeys(label for label in labels if labels.count(label) > 1):
        expected = "another name for each column, in the words of the study or in its rules"
        wrong = [Problem(f"the table {make.__name__}", f"{name!r} twice", expected) for name in alike]
        raise ParamsError("columns cannot be told apart", wrong)
    return replace(found, title=report.word(f"title_{make.__module__.split('.')[-2]}_{make.__name__}"))
