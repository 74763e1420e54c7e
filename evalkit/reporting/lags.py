"""What lags: how it is counted in words, what falls short by little, and what has turned since the year before."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from evalkit.reporting.report import Report

MINOR = 95  # completion, in per cent, from which on a miss is a minor one
NAMED = 3
KEPT = ("met", "on_schedule")


def counted(report: Report, lamps: pd.Series) -> str:
    """Count targets by what became of them, in words, leaving out what is none's: in the last year none is behind."""
    short = "short" if report.at_the_end else "behind"
    counts = lamps.replace({"behind": short}).value_counts()
    order = ("met", "on_schedule", short, "no_data", "disputed", "not_applicable")
    return report.listed(report.word(f"count_{lamp}", n=counts[lamp]) for lamp in order if lamp in counts)


def nearly(behind: pd.DataFrame) -> pd.DataFrame:
    """Give those rows of what lags, by their completion, that fall short by little."""
    return behind[behind.completion >= MINOR]


def serious(behind: pd.DataFrame) -> pd.DataFrame:
    """Give those rows that fall short by more, or of which it is not known by how much."""
    return behind[~(behind.completion >= MINOR)]


def turned(before: pd.Series, now: pd.Series) -> tuple[list, list]:
    """Give the keys of lamps that are met since the year before, and of those that are met no longer."""
    before = before.reindex(now.index)
    gained = now.index[(now == "met") & before.isin(["behind", "on_schedule"])]
    return list(gained), list(now.index[(now == "behind") & (before == "met")])


def first_of(report: Report, names: Iterable[str], shown: int = NAMED) -> str:
    """Name the first of several, and say where these are not all."""
    names = list(names)
    listed = report.listed(names[:shown])
    return listed if len(names) <= shown else report.word("and_more", names=listed)
