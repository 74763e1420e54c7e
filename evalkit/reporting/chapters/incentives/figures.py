"""The figure of another rule for the fund: who would gain and who would lose."""

from __future__ import annotations

from matplotlib.figure import Figure

from evalkit.reporting.conditions import rewarded, shown_where
from evalkit.reporting.drawing.canvas import canvas, done, explain, signed_bars
from evalkit.reporting.drawing.selection import ends
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular.cells import signed

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
    rows = ends(change.index)
    figure, axes = canvas(0.27 * len(rows.cities) + 1.1)
    signed_bars(axes, change[rows.shown], rows.places)
    axes.set_yticks(range(len(rows.cities)), rows.names(report))
    explain(figure, report.word("simulation_key"), rows.note(report))
    ends_ = {"most": report.region(change.index[-1]), "least": report.region(change.index[0])}
    amounts = {"up": signed(change.iloc[-1], 2), "down": signed(change.iloc[0], 2)}
    return done(figure, report, report.word("simulation_title", **ends_, **amounts))
