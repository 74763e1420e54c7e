"""What the province's targets came to: its own, the projects', the weakest, and the departments'."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.assessment.grading.appraisal import LIT
from evalkit.data.panel import not_addable
from evalkit.reporting.chapters.province_grades.sentences import city_names, paragraphs_where_assessed
from evalkit.reporting.chapters.province_grades.tables import city_targets
from evalkit.reporting.chapters.province_targets import brief, tables, verdicts
from evalkit.reporting.lags import counted
from evalkit.reporting.legal_basis import counted_apart, duties, duty_bases
from evalkit.reporting.report import RoundReport
from evalkit.reporting.saying import rest
from evalkit.tabular.cells import number, signed


@paragraphs_where_assessed
def totals(report: RoundReport) -> Iterator[str]:
    """Where the province stands on its own targets."""
    codes = [indicator.code for indicator in tables.province_targets(report)]
    if not codes:
        return
    yield report.word("totals_read", year=report.year)
    why = {code: not_addable(report.system.node(code), report.study.dataset.metadata) for code in codes}
    for reason, key in {"unweighed": "totals_unknown", "unlike": "totals_unlike"}.items():
        if own := [code for code in codes if why[code] == reason]:
            yield report.word(key, names=report.listed(map(report.node, own)))


@paragraphs_where_assessed
def split(report: RoundReport) -> Iterator[str]:
    """By what the province's totals were split among the cities; nothing where none was."""
    found = report.study.assessed.cities.parts
    if not found:
        return
    rules = {code: report.system.node(code).target.split.document[report.language] for code in found}
    yield report.word("parts_read")
    yield "\n".join(
        report.word("part_read", name=report.node(code), document=document, tied=_tied(report, code))
        for code, document in rules.items()
    )


@paragraphs_where_assessed
def projects(report: RoundReport) -> Iterator[str]:
    """How many targets of cities stand under which lamp, and how far they are on the whole."""
    lamps, completion = tables.lamps_of(report), tables.completion_of(report, report.year).stack().dropna()
    yield report.word(
        "projects_read",
        year=report.year,
        targets=lamps.shape[1],
        cells=lamps.size,
        mean=number(completion.mean(), 1),
        n=len(completion),
        counts=counted(report, lamps.stack(), "cell"),
    )
    unscored = int(lamps.isin(LIT).sum().sum()) - len(completion)
    if unscored:
        yield report.word("projects_without_base", n=unscored)
    yield _changed(report)


@paragraphs_where_assessed
def weakest(report: RoundReport) -> Iterator[str]:
    """How the list of the weakest is made, and what it does not say."""
    statuses = [report.system.node(code).target_status for code in city_targets(report)]
    own = sum(status == "confirmed" for status in statuses)
    others = report.word("weakest_others", n=n) if (n := len(statuses) - own) else ""
    shown = {"shown": brief.SHOWN, "targets": len(statuses), "confirmed": own, "others": others}
    behind = int((tables.lamps_of(report) == "behind").any().sum())
    yield report.joined([report.word("weakest_read", **shown), *rest(report, behind - brief.SHOWN, "targets")])


@paragraphs_where_assessed
def documented(report: RoundReport) -> Iterator[str]:
    """What the targets are that a document of the round gives, and that others stand elsewhere."""
    if codes := verdicts.confirmed(report):
        yield report.word("documented_read", targets=len(codes), year=report.year)


@paragraphs_where_assessed
def lost(report: RoundReport) -> Iterator[str]:
    """How many targets a city met the year before and meets no longer, and where those are that are not shown."""
    if n := len(verdicts.lost(report)):
        read = report.word("lost_read", n=n, year=report.year, before=report.previous)
        yield report.joined([read, *rest(report, n - brief.SHOWN, "targets", "cell")])


@paragraphs_where_assessed
def departments_in_brief(report: RoundReport) -> Iterator[str]:
    """By what departments are put in order, and where the others are."""
    if not (n := len(tables.departments(report))):
        return
    more = rest(report, n - brief.SHOWN, "departments", "department")
    yield report.joined([report.word("departments_in_brief"), *more])


@paragraphs_where_assessed
def departments(report: RoundReport) -> Iterator[str]:
    """How departments are counted."""
    read = report.word("province_departments_read", year=report.year, bases=duty_bases(report))
    yield report.joined([read, *duties(report)])


def _tied(report: RoundReport, code: str) -> str:
    tied = report.study.assessed.cities.parts[code].tied
    return report.word("part_tied", cities=city_names(report, tied)) if tied else ""


def _changed(report: RoundReport) -> str:
    if report.previous is None:
        return report.word("projects_first", year=report.year, apart=counted_apart(report))
    both = tables.completion_of(report, report.year) - tables.completion_of(report, report.previous)
    change = both.stack().dropna()
    known = {"n": len(change), "change": signed(change.mean(), 1), "apart": counted_apart(report)}
    return report.word("projects_changed", year=report.previous, **known)
