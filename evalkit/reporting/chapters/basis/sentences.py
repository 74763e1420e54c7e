"""Sentences on the basis: what is measured, what is left out, and which limits the figures keep to."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.base.exact import below
from evalkit.data.panel import up_to
from evalkit.reporting.chapters.basis.totals import without_total
from evalkit.reporting.conditions import held_to_limits, planned, said_where
from evalkit.reporting.legal_basis import goals
from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report
from evalkit.tabular.cells import plain, span


def basis(report: Report) -> Markdown:
    """What is measured, what is left out, and what nobody knows; the notes of the round close the list."""
    years = span(report.years[0], report.year)
    shown, scored = len(report.system.indicators), len(report.system.scored)
    left_out = report.word("basis_left_out", n=n) if (n := shown - scored) else ""
    counts = {"shown": shown, "scored": scored, "left_out": left_out, "years": years}
    on_part = bool(below(up_to(report.result.scored_on, report.year), 1).any())
    lines = [report.word("basis_shown_in_part" if on_part else "basis_shown", **counts)]
    if planned(report):
        lines.append(report.joined(_of_the_plan(report)))
    targets = sum(indicator.target is not None for indicator in report.system.indicators)
    lines += [report.word("basis_read", weights=_weight_statuses(report), targets=targets), *without_total(report)]
    return prose("\n".join([*lines, *(f"- {note[report.language]}" for note in report.study.round.notes)]))


@said_where(held_to_limits)
def limits(report: Report) -> Markdown:
    """What the figures of an indicator keep to where it is scored."""
    declared = report.study.round.composition
    return prose(
        report.word(
            "composition_limits",
            figures=_figures(report),
            jump=plain(declared.jump),
            share=report.share(declared.at_cap),
            year=report.study.round.report_year,
        )
    )


def _of_the_plan(report: Report) -> Iterator[str]:
    """How much of the plan the index covers, and what is known of the plan."""
    covered, total = len(report.scored_projects), len(report.projects)
    yield report.word("basis_whole" if covered == total else "basis_plan", projects=covered, total=total)
    yield from goals(report)
    if note := report.system.plan.note:
        yield report.word("remark", note=note[report.language])


def _weight_statuses(report: Report) -> str:
    scored = [*report.system.scored_groups[1:], *report.system.scored]
    statuses = dict.fromkeys(report.word(node.weight_status) for node in scored)
    return ("、" if report.language == "zh" else ", ").join(statuses)


def _figures(report: Report) -> str:
    """Say how complete figures have to be."""
    method, most = report.result.method, report.study.round.composition.missing
    strict = "figures_all" if method.imputation.kind == "none" else "figures_imputed"
    figures = report.word("figures_some" if method.min_weight < 1 else strict)
    return figures if most is None else report.word("figures_up_to", figures=figures, n=plain(100 * most))
