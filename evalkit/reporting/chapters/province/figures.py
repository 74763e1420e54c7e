"""The figure of the province: every city's score in the first year and now."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from evalkit.reporting.conditions import assessed
from evalkit.reporting.drawing.canvas import CITY, INK, LABEL, OTHERS, PROVINCE, canvas, done, explain, leaders
from evalkit.reporting.drawing.selection import MANY, ends, tied
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number, signed


@chinese_type()
def slopes(report: RoundReport) -> Figure | None:
    """A line a city from its score of the first year to that of the report year; of too many, those that moved most.

    None in the first year, and where no city has a score in both years.
    """
    every = _scores(report).dropna()
    if report.previous is None or every.empty:
        return None
    change = (every.iloc[:, 1] - every.iloc[:, 0]).sort_values(kind="stable")
    table = every.loc[ends(change.index).shown]
    figure, axes = canvas(max(2.8, LABEL * len(table) + 0.7))
    ranks = every.rank(ascending=False)
    for city, row in table.iterrows():
        gained = ranks.loc[city].iloc[0] - ranks.loc[city].iloc[1]
        colour = CITY if gained > 0 else PROVINCE if gained < 0 else OTHERS
        axes.plot([0, 1], row, "-o", color=colour, lw=2, ms=5)
    for x, side in ((0, "right"), (1, "left")):
        names = _named(report, table.iloc[:, x])
        leaders(axes, names, x, side, dict.fromkeys(names, INK))
    axes.set_xticks([0, 1], list(every.columns))
    axes.set_xlim(-0.6, 1.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    left_out = report.word("figure_movers", total=len(every), n=len(table) // 2) if len(every) > MANY else ""
    explain(figure, report.word("slopes_key"), left_out)
    return done(figure, report, _title(report, change))


def _scores(report: RoundReport) -> pd.DataFrame:
    """Give the scores of the first year and of the report year: of the assessment, or else of the index."""
    years = [report.study.years[0], report.year]
    found = report.study.assessed.assessment.results.score if assessed(report) else None
    scores = report.result.published[report.result.root] if found is None else found
    return scores.unstack("year")[list(dict.fromkeys(years))]


def _named(report: RoundReport, scores: pd.Series) -> dict[float, str]:
    """Name the cities of every score, with the score."""
    return {score: f"{names}  {number(score, 2)}" for score, names in tied(report, scores).items()}


def _title(report: RoundReport, change: pd.Series) -> str:
    """Say how many scores rose and fell, and whose moved most."""
    most = change.abs().idxmax()
    counts = {"rose": int((change > 0).sum()), "fell": int((change < 0).sum())}
    key = {(True, False): "rose_alone", (False, True): "fell_alone"}
    alone = key.get(((change > 0).all(), (change < 0).all()), "rose_and_fell")
    named = {"city": report.region(most), "change": signed(change[most], 2)}
    return report.word(
        "slopes_title", first=report.study.years[0], year=report.year, moved=report.word(alone, **counts), **named
    )
