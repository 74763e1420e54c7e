"""What the province's targets came to: its own, the projects', the weakest, and the departments'."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.assessment.grading.appraisal import LIT
from evalkit.data.panel import not_addable
from evalkit.reporting.chapters.province_grades.sentences import city_names, paragraphs_where_assessed
from evalkit.reporting.chapters.province_grades.tables import city_targets
from evalkit.reporting.chapters.province_targets import tables
from evalkit.reporting.legal_basis import counted_apart, duties, duty_bases
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number, signed


@paragraphs_where_assessed
def totals(report: RoundReport) -> Iterator[str]:
    """Where the province stands on its own targets."""
    lamps = report.study.assessed.province.lamps.loc[(report.study.all_regions.code, report.year)]
    codes = [indicator.code for indicator in tables.province_targets(report)]
    if not codes:
        yield report.word("totals_none")
        return
    lines = [
        report.word("lamp_of", lamp=report.word(f"lamp_{lamp}"), names=report.listed(map(report.node, own.index)))
        for lamp, own in lamps[codes].groupby(lamps[codes], sort=False)
    ]
    yield report.word("totals_read", year=report.year)
    yield "\n".join(f"- {line}" for line in lines)
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
    counts = {
        lamp: int((lamps == lamp).sum().sum()) for lamp in ("met", "on_schedule", "behind", "no_data", "disputed")
    }
    yield report.word(
        "projects_read",
        year=report.year,
        targets=lamps.shape[1],
        cells=lamps.size,
        mean=number(completion.mean(), 1),
        n=len(completion),
        **counts,
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
    yield report.word("weakest_read", shown=tables.SHOWN, targets=len(statuses), confirmed=own, others=others)


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
