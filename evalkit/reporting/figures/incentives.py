"""The figure of another rule for the fund: who would gain and who would lose."""

from __future__ import annotations

from matplotlib.figure import Figure

from evalkit.reporting.conditions import rewarded, shown_where
from evalkit.reporting.figures.canvas import INK, canvas, done, signed_bars
from evalkit.reporting.fonts import chinese_type
from evalkit.reporting.report import Report, RoundReport

IN_10000_YUAN = 10_000


def has_another_rule(report: Report) -> bool:
    """Whether a second rule is declared, to be held beside the one in force."""
    return bool(rewarded(report)) and len(report.study.consequences.funds) > 1


@shown_where(has_another_rule)
@chinese_type()
def simulation(report: RoundReport) -> Figure:
    """What the first other rule would give each city more or less, who gains most on top."""
    code = list(report.study.consequences.funds)[1]
    change = report.study.consequences.simulation(code, report.year).difference.astype(float) / IN_10000_YUAN
    change = change.sort_values(kind="stable")
    figure, axes = canvas(8, 0.36 * len(change) + 1.2)
    signed_bars(axes, change.rename(index=report.region))
    axes.set_title(report.word("simulation_key"), loc="left", fontsize=9, color=INK)
    return done(figure, report)
