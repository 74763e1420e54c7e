"""What a year earns or costs, in words: the fund, another rule beside it, and measures beside money."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from IPython.display import Markdown

from evalkit.reporting.chapters.incentives import tables
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import rewarded, said_where
from evalkit.reporting.legal_basis import rule_notes
from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular.cells import number


@said_where(rewarded)
def allocation(report: RoundReport) -> Markdown:
    """How the fund in force is shared out, with one city worked through, and that it is spent to the cent."""
    fund, shared = tables.in_force(report)
    named = {"name": fund.name[report.language], "amount": f"{fund.amount:,}"}
    named["parts"] = report.listed(part.name[report.language] for part in fund.parts.values())
    read = report.word("fund_read", **named, spent=f"{shared.table.amount.sum():,}")
    lines = [report.joined([read, *rule_notes(report, report.study.assessment_files.incentives)])]
    free = shared.table[shared.table.limit == ""]
    if len(free):
        lines.append(_worked(report, free.iloc[0], shared.level))
    if shared.tied:
        lines.append(report.word("fund_tied", cities=report.listed(report.region(city) for city in shared.tied)))
    return prose("\n\n".join(lines))


@said_where(rewarded)
def simulation(report: RoundReport) -> Markdown:
    """Who gains and who loses under each other rule, and by how much in all."""
    given = report.study.consequences
    lines = []
    for code in list(given.funds)[1:]:
        held = given.simulation(code, report.year)
        named = {key: int((held.effect == key).sum()) for key in ("gains", "loses", "same")}
        moved = f"{held.difference[held.difference > 0].sum():,}"
        lines.append(report.word("simulation_read", name=given.funds[code].name[report.language], moved=moved, **named))
    return prose("\n\n".join(lines))


@said_where(rewarded)
def measures(report: RoundReport) -> Markdown:
    """How many cities are commended and restricted, and which have neither."""
    found = report.study.consequences.measures(report.year)
    kinds = {kind: found[(found.kind == kind)].region.nunique() for kind in ("commendation", "restriction")}
    without = [report.region(city) for city in report.study.regions.index if city not in set(found.region)]
    return prose(report.word("measures_read", year=report.year, **kinds, without=report.listed(without)))


@said_where(rewarded)
def city(report: CityReport) -> Markdown:
    """What the city gets of the fund and by what, under either rule, and its measures."""
    return prose("\n\n".join([*_share(report), *_measures(report)]))


def _share(report: CityReport) -> Iterator[str]:
    fund, shared = tables.in_force(report)
    row = shared.table.loc[report.city]
    named = {"city": report.city_name, "name": fund.name[report.language], "fund": f"{fund.amount:,}"}
    share = number(float(100 * Fraction(row.amount) / Fraction(fund.amount)), 2)
    yield report.word("fund_city", **named, amount=f"{row.amount:,}", share=share)
    if row.limit:
        yield report.word("fund_city_limit", limit=tables.limit(report, row))


def _measures(report: CityReport) -> Iterator[str]:
    found = report.study.consequences.measures(report.year)
    if report.city not in set(found.region):
        yield report.word("measures_none", city=report.city_name, year=report.year)


def _worked(report: Report, row, level: Fraction) -> str:
    """Work one city through, from its entitlement to its amount."""
    due = tables.in_force(report)[1].in_cents.entitlement[row.name]
    return report.word(
        "fund_worked",
        city=report.region(row.name),
        due=f"{due:,}",
        level=number(float(level), 4),
        amount=f"{row.amount:,}",
    )
