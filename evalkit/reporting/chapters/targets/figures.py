"""The figure of a city's assessment: its targets under each lamp."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import judged, shown_where
from evalkit.reporting.drawing.canvas import LAMP_COLOURS, canvas, done, ink_on, legend
from evalkit.reporting.render.fonts import chinese_type


@shown_where(judged)
@chinese_type()
def lamps_by_project(report: CityReport) -> Figure:
    """The number of targets under each lamp, project by project."""
    projects = {code: report.system.project_of(code) for code in report.judged.index}
    groups = list({group.code: group for group in projects.values()}.values())[::-1]
    lit = report.judged.lamps.groupby(report.judged.index.map(lambda code: projects[code].code)).value_counts()
    counts = lit.unstack(fill_value=0).reindex([group.code for group in groups])
    figure, axes = canvas(0.28 * len(groups) + 1.2)
    left = counts.iloc[:, 0] * 0
    for lamp in [lamp for lamp in LAMP_COLOURS if lamp in counts]:
        bars = axes.barh(range(len(groups)), counts[lamp], left=left, color=LAMP_COLOURS[lamp], height=0.66)
        labels = [str(n) if n else "" for n in counts[lamp]]
        axes.bar_label(bars, labels, label_type="center", color=ink_on(LAMP_COLOURS[lamp]))
        bars.set_label(report.word(f"lamp_{lamp}"))
        left = left + counts[lamp]
    axes.set_yticks(range(len(groups)), [group.name[report.language] for group in groups])
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel(report.word("targets_n"))
    legend(axes)
    return done(figure, report, _title(report, counts, {group.code: group.name[report.language] for group in groups}))


def _title(report: CityReport, counts: pd.DataFrame, names: dict[str, str]) -> str:
    """Say how many targets are behind, and in which project most of them."""
    behind = counts["behind"] if "behind" in counts else counts.sum(axis=1) * 0
    total = {"total": int(counts.to_numpy().sum()), "behind": int(behind.sum())}
    if not behind.any():
        return report.word("lamps_title_none", **total)
    return report.word("lamps_title", most=names[behind.idxmax()], n=int(behind.max()), **total)
