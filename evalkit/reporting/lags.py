"""What lags: how it is counted in words, what falls short by little, and what has turned since the year before."""

from __future__ import annotations

from collections.abc import Iterable, Sized

import pandas as pd

from evalkit.reporting.report import Report

MINOR = 95  # completion, in per cent, from which on a miss is a minor one
NAMED = 3
KEPT = ("met", "on_schedule")


def counted(report: Report, lamps: pd.Series, unit: str = "item") -> str:
    """Count targets, or verdicts on several regions, by what became of them, leaving out what is none's.

    In the last year none is behind: it is missed.
    """
    short = "short" if report.at_the_end else "behind"
    counts = lamps.replace({"behind": short}).value_counts()
    order = ("met", "on_schedule", short, "no_data", "disputed", "not_applicable")
    numbers = {lamp: report.word(f"counted_{unit}", n=counts[lamp]) for lamp in order if lamp in counts}
    return report.listed(report.word(f"count_{lamp}", n=n) for lamp, n in numbers.items())


def nearly(behind: pd.DataFrame) -> pd.DataFrame:
    """Give those rows of what lags, by their completion, that fall short by little."""
    return behind[behind.completion >= MINOR]


def serious(behind: pd.DataFrame) -> pd.DataFrame:
    """Give those rows that fall short by more, or of which it is not known by how much."""
    return behind[~(behind.completion >= MINOR)]


def turned(before: pd.Series, now: pd.Series) -> tuple[list, list]:
    """Give the keys of lamps that keep what the year asks and missed it the year before, and of those the other way.

    To be on schedule is to keep it; what has no verdict in one of the years has not turned.
    """
    before = before.reindex(now.index)
    gained, lost = now.isin(KEPT) & (before == "behind"), (now == "behind") & before.isin(KEPT)
    return list(now.index[gained]), list(now.index[lost])


def turns(report: Report, gained: Sized, lost: Sized, unit: str = "item") -> str:
    """Say how many targets, or verdicts on several regions, have turned either way, and what is counted so."""
    if not len(gained) and not len(lost):
        return report.word("targets_unturned")
    found = (report.word(f"counted_{unit}", n=len(keys)) for keys in (gained, lost))
    return report.word("targets_turned", **dict(zip(("gained", "lost"), found, strict=True)))


def first_of(report: Report, names: Iterable[str], shown: int = NAMED) -> str:
    """Name the first of several, and say where these are not all."""
    names = list(names)
    listed = report.listed(names[:shown])
    return listed if len(names) <= shown else report.word("and_more", names=listed)
