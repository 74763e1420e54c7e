"""The figure of convergence: how far apart the cities were in every year so far."""

from __future__ import annotations

from matplotlib.figure import Figure

from evalkit.analysis.convergence import sigma
from evalkit.data.panel import up_to
from evalkit.reporting.chapters.convergence.tables import name
from evalkit.reporting.conditions import reads_convergence, shown_where
from evalkit.reporting.drawing.canvas import CITY, INK, PROVINCE, apart, canvas, done, explain
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport

COLOURS = {"input": PROVINCE, "index": INK}
LINE = 0.05  # what a name takes of the height
_LED = {"textcoords": ("axes fraction", "data"), "va": "center"}
_LEADER = {"arrowstyle": "-", "lw": 0.6, "shrinkA": 1, "shrinkB": 4, "relpos": (0, 0.5)}


@shown_where(reads_convergence)
@chinese_type()
def dispersion(report: RoundReport) -> Figure | None:
    """The standard deviation of logarithms over the cities, a line a series; None where none can be read."""
    found = report.readings
    read = [code for code, reading in found.convergences(report.year).items() if reading]
    lines = {code: sigma(up_to(found.series(code), report.year)).sd_log for code in read}
    if not lines:
        return None
    figure, axes = canvas(4.4)
    top = 1.08 * max(line.max() for line in lines.values())
    places = apart([line.iloc[-1] for line in lines.values()], LINE * top)
    for (code, line), place in zip(lines.items(), places, strict=True):
        colour = COLOURS.get(getattr(report.system.node(code), "layer", "index"), CITY)
        axes.plot(line.index, line, "-o", color=colour, lw=1.8, ms=4)
        end, label = (line.index[-1], line.iloc[-1]), (1.03, place)
        axes.annotate(name(report, code), end, label, **_LED, color=colour, arrowprops={"color": colour, **_LEADER})
    axes.set_xticks(list(report.years))
    axes.set_ylim(0, top)
    axes.set_ylabel(report.word("spread_axis"))
    explain(figure, report.word("spread_key"))
    rose = sum(bool(line.iloc[-1] > line.iloc[0]) for line in lines.values())
    named = {"first": report.years[0], "year": report.year, "n": len(lines), "rose": rose}
    return done(figure, report, report.word("spread_title", **named))
