"""What a year earns or costs, in words: the fund, another rule beside it, and measures beside money."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from IPython.display import Markdown

from evalkit.assessment.incentives.rules import Fund
from evalkit.reporting.chapters.incentives import brief, tables
from evalkit.reporting.chapters.incentives.amounts import IN_MYRIADS, adding_up, rounded
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import rewarded, said_where
from evalkit.reporting.legal_basis import rule_notes
from evalkit.reporting.prose import prose
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number


@said_where(rewarded)
def allocation(report: RoundReport) -> Markdown:
    """How the fund in force is shared out, and that it is spent to the cent."""
    fund, shared = tables.in_force(report)
    named = {"name": fund.name[report.language], "amount": f"{fund.amount:,}"}
    named["parts"] = report.listed(part.name[report.language] for part in fund.parts.values())
    read = report.word("fund_read", **named, spent=f"{shared.table.amount.sum():,}")
    lines = [report.joined([read, *rule_notes(report, report.study.assessment_files.incentives)])]
    if shared.tied:
        lines.append(report.word("fund_tied", cities=report.listed(report.region(city) for city in shared.tied)))
    return prose("\n\n".join(lines))


@said_where(rewarded)
def in_brief(report: RoundReport) -> Markdown:
    """What the fund is, how its printed amounts add up, and who is paid how."""
    fund, shared = tables.in_force(report)
    named = {"name": fund.name[report.language], "cities": len(shared.table)}
    amount = f"{rounded(fund.amount, IN_MYRIADS):,}"
    read = report.word("fund_in_brief", **named, amount=amount)
    return prose(report.joined([read, *_payment(report, fund), *_to_whom(report, fund)]))


@said_where(rewarded)
def worked(report: RoundReport) -> Markdown:
    """Whose amount is worked through."""
    city = brief.example(tables.in_force(report)[1])
    return prose(report.word("fund_example", city=report.region(city)) if city else "")


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
    """How many cities are commended and restricted."""
    found = report.study.consequences.measures(report.year)
    kinds = {kind: found[(found.kind == kind)].region.nunique() for kind in ("commendation", "restriction")}
    return prose(report.word("measures_read", year=report.year, **kinds))


@said_where(rewarded)
def city(report: CityReport) -> Markdown:
    """What the city gets of the fund and by what, under either rule."""
    return prose("\n\n".join(_share(report)))


def _payment(report: RoundReport, fund: Fund) -> Iterator[str]:
    """Say which columns are left to be filled in, since the rules do not declare what stands in them."""
    payment = fund.payment
    declared = {"payee": payment and payment.payee, "budget_line": payment and payment.budget_line}
    if blank := [report.word(name) for name, found in declared.items() if not found]:
        yield report.word("fund_to_fill", columns=report.listed(blank))


def _to_whom(report: RoundReport, fund: Fund) -> Iterator[str]:
    """Say with whom the province settles apart and what goes on to counties, or that the rules do not say."""
    apart = fund.payment.apart if fund.payment else {}
    if apart:
        named = ((report.region(city), how[report.language]) for city, how in apart.items())
        cities = report.listed(report.word("with_value", name=name, value=how) for name, how in named)
        yield report.word("fund_apart", cities=cities)
    if fund.payment and fund.payment.counties:
        yield report.word("fund_counties", how=fund.payment.counties[report.language])
    if not (fund.payment and (apart or fund.payment.counties)):
        yield report.word("fund_to_cities")


def _share(report: CityReport) -> Iterator[str]:
    fund, shared = tables.in_force(report)
    row = shared.table.loc[report.city]
    named = {
        "city": report.city_name,
        "name": fund.name[report.language],
        "fund": f"{rounded(fund.amount, IN_MYRIADS):,}",
    }
    share = number(float(100 * Fraction(row.amount) / Fraction(fund.amount)), 2)
    amount = adding_up(shared.table.amount, IN_MYRIADS)[report.city]
    yield report.word("fund_city", **named, amount=f"{amount:,}", share=share)
    if row.limit:
        yield report.word("fund_city_limit", limit=tables.limit(report, row))
