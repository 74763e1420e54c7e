"""The figure of the province's projects."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalkit.assessment.grading.rules import ProjectGate
from evalkit.reporting.chapters.province_grades.tables import ordered
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.drawing.canvas import INK, MARK, canvas, done, explain, head_columns
from evalkit.reporting.drawing.selection import GAP, ends
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import LAMP_SIGNS, NO_DATA, STATE_SIGNS, number

PALE, PALEST = "#fbe3dc", 260  # numbers stay readable on the colours


@of_an_assessed_round
@chinese_type()
def projects(report: RoundReport) -> Figure:
    """Every city's score in every project, the weakest project first; one below the floor has a sign and a colour."""
    from matplotlib.colors import ListedColormap

    assessment = report.study.assessed.assessment
    rows = ends(ordered(report).index)
    every = assessment.projects.xs(report.year, level="year")
    means = every.mean().sort_values(kind="stable", na_position="last")
    found = every[means.index].reindex([city or GAP for city in rows.cities])
    gate = report.study.rules.gates.project
    below = found < gate.below if gate else found.isna() & False
    figure, axes = canvas(0.26 * len(found) + 1.5)
    axes.imshow(found, cmap="Blues", vmin=0, vmax=PALEST, aspect="auto")
    axes.imshow(below.where(below).astype(float), cmap=ListedColormap([PALE]), aspect="auto")
    for (row, column), score in np.ndenumerate(found.to_numpy()):
        city, project = rows.cities[row], found.columns[column]
        if city is None:
            continue
        due = project in assessment.cases[city, report.year].projects
        blank = NO_DATA if due else STATE_SIGNS["not applicable"]
        low = below.iloc[row, column]
        text = f"{LAMP_SIGNS['behind']} " * bool(low) + f"{number(score, 2, blank=blank)}"
        axes.text(column, row, text, ha="center", va="center", color=MARK if low else INK)
    axes.set_yticks(range(len(found)), rows.names(report))
    names = [report.node(project) for project in found]
    head_columns(axes, range(len(names)), names)
    axes.spines[:].set_visible(False)
    explain(figure, report.word("projects_key", n=f"{gate.below:g}") if gate else "", rows.note(report))
    return done(figure, report, _title(report, means.dropna(), gate, every))


def _title(report: RoundReport, means: pd.Series, gate: ProjectGate | None, every: pd.DataFrame) -> str:
    """Say which project has the lowest mean over the cities, which the highest, and how many scores miss the floor."""
    if means.empty:
        return ""
    ends_ = {"lowest": report.node(means.index[0]), "highest": report.node(means.index[-1])}
    scores = {"low": number(means.iloc[0], 2), "high": number(means.iloc[-1], 2)}
    said = report.word("projects_title", **ends_, **scores)
    if gate is None:
        return said
    count = int((every < gate.below).sum().sum())
    return said + report.word("projects_title_floor", n=f"{gate.below:g}", count=count)
