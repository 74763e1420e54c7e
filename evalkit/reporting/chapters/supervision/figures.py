"""The figure of the supervision plan: every unit's risk, and which units are visited."""

from __future__ import annotations

from matplotlib.figure import Figure

from evalkit.assessment.supervision.visit_plan import VisitPlan
from evalkit.reporting.chapters.supervision.schedule import unit
from evalkit.reporting.chapters.supervision.tables import plan_of
from evalkit.reporting.conditions import shown_where, supervised
from evalkit.reporting.drawing.canvas import CITY, INK, canvas, done, explain, head_columns, ink_on
from evalkit.reporting.drawing.selection import ENDS, MANY
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import STATE_SIGNS, number


@shown_where(supervised)
@chinese_type()
def risks(report: RoundReport) -> Figure:
    """The risk of each city's projects; framed are the visits, with a solid line those that are certain."""
    plan = plan_of(report)
    every = plan.risks.score.unstack("project").reindex(columns=plan.record.units.unique("project"))
    order = report.study.regions.index.intersection(every.index, sort=False)
    riskiest = every.sum(axis=1).nlargest(2 * ENDS).index
    scores = every.loc[order if len(order) <= MANY else order[order.isin(riskiest)]]
    figure, axes = canvas(0.25 * len(scores) + 1.8)
    shaded = axes.imshow(scores, cmap=_shades(), vmin=0, vmax=plan.rules.cap.points, aspect="auto")
    for row, city in enumerate(scores.index):
        for column, project in enumerate(scores.columns):
            score = scores.loc[city, project]
            label = f"{number(score, 0, blank=STATE_SIGNS['not applicable'])}"
            axes.annotate(label, (column, row), ha="center", va="center", color=ink_on(shaded.to_rgba(score)))
    _frame(axes, plan, scores)
    head_columns(axes, range(scores.shape[1]), list(map(report.node, scores.columns)))
    axes.set_yticks(range(len(scores)), [report.region(city) for city in scores.index])
    left_out = len(scores) < len(order)
    note = report.word("figure_riskiest", total=len(order), n=len(scores)) if left_out else ""
    explain(figure, report.word("risks_key"), note)
    city, project = plan.risks.score.idxmax()
    named = {"unit": unit(report, city, project), "risk": number(plan.risks.score.max(), 0)}
    return done(figure, report, report.word("risks_title", **named, n=len(plan.visits), units=len(plan.risks)))


def _frame(axes, plan: VisitPlan, scores) -> None:
    from matplotlib.patches import Rectangle

    for visit in (visit for visit in plan.visits if visit.region in scores.index):
        drawn = plan.selection.stratum[visit.region, visit.project] == "random"
        corner = scores.columns.get_loc(visit.project) - 0.46, scores.index.get_loc(visit.region) - 0.44
        style = "--" if drawn else "-"
        axes.add_patch(Rectangle(corner, 0.92, 0.88, fill=False, ec=INK, lw=1.2 if drawn else 2.2, ls=style))


def _shades():
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("risk", ["#ffffff", "#b7cbe0", CITY])
