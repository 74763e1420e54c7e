"""Tables of what a year earns or costs: how a fund is shared out, under which rule, and measures beside money."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from evalkit.assessment.incentives.allocation import Allocation
from evalkit.assessment.incentives.rules import Cause, Fund
from evalkit.reporting.chapters.incentives.amounts import rounded
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import rewarded, shown_where
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, number, signed

YUAN = 2  # decimals
CITY_MEASURES = ("city_measure", "measure_kind", "measure_why", "barred_by", "rule_status", "rule_source")


@round_table
@shown_where(rewarded)
def allocation(report: RoundReport) -> Table:
    """What every city gets of the fund in force: from what it is entitled to, part by part, to the amount in yuan."""
    fund, shared = in_force(report)
    scores, found, printed = report.study.consequences.basis(report.year).score, shared.table, shared.in_cents
    rows = [
        {
            "city": report.region(city),
            "assessment_score": number(scores[city], 2, blank=report.word("no_score")),
            "entitlement": printed.entitlement[city],
            "limit_held": limit(report, row),
            "fund_amount": row.amount,
            "yuan_a_head": _a_head(report, row.amount, city),
            **paid(report, fund, city),
        }
        for city, row in found.iterrows()
    ]
    sums = {"entitlement": printed.entitlement.sum(), "fund_amount": found.amount.sum()}
    rows.append({**dict.fromkeys(rows[0], NOT_PRINTED), "city": report.word("sum"), **sums})
    table = report.table(rows)
    for place, (part, pot) in enumerate(fund.parts.items(), start=2):
        cells = [*printed[part], printed[part].sum()]
        table = table.with_column(report.column("part_in_yuan", part, name=pot.name), cells, at=place)
    return table


@round_table
@shown_where(rewarded)
def simulation(report: RoundReport) -> Table:
    """The amounts under every other rule beside those of the one in force, who gains most first."""
    given, columns = (
        report.study.consequences,
        ("fund", "city", "fund_amount", "amount_then", "amount_change", "effect"),
    )
    rows = []
    for code in list(given.funds)[1:]:
        held, name = given.simulation(code, report.year), given.funds[code].name[report.language]
        order = held.difference.astype(float).sort_values(ascending=False, kind="stable").index
        rows += [{"fund": name, "city": report.region(city), **_held(report, held.loc[city])} for city in order]
        sums = held[["one", "other", "difference"]].sum()
        rows.append({"fund": name, "city": report.word("sum"), **_held(report, sums)})
    return report.table(rows, columns)


@round_table
@shown_where(rewarded)
def measures(report: RoundReport) -> Table:
    """Every commendation and restriction that follows from the year, and why."""
    found = report.study.consequences.measures(report.year)
    rows = [{"city": report.region(row.region), **_measure(report, row)} for row in found.itertuples()]
    return report.table(rows, ("city", *CITY_MEASURES))


@report_table
@shown_where(rewarded)
def fund_share(report: CityReport) -> Table:
    """How the city's amount comes about, part by part, and what other rules would give it."""
    given, language = report.study.consequences, report.language
    fund, shared = in_force(report)
    row, printed = shared.table.loc[report.city], shared.in_cents
    pots = {part: pot.name[language] for part, pot in fund.parts.items()}
    rows = [_part(name, printed[part].sum(), printed[part][report.city]) for part, name in pots.items()]
    lines = {
        report.word("entitlement"): printed.entitlement[report.city],
        report.word("entitlement_scaled", level=number(float(shared.level), 4)): _scaled(shared, row),
        report.word("floor_of_city"): row.floor,
        report.word("cap_of_city"): row.cap,
        report.word("amount_in_force", name=fund.name[language]): row.amount,
    }
    for code, other in list(given.funds.items())[1:]:
        amount = given.allocation(code, report.year).table.amount[report.city]
        lines[report.word("amount_under", name=other.name[language])] = amount
    blank = {"pot": NOT_PRINTED, "own_share": NOT_PRINTED}
    return report.table([*rows, *({"fund_part": name, **blank, "yuan": x} for name, x in lines.items())])


@report_table
@shown_where(rewarded)
def city_measures(report: CityReport) -> Table:
    """The commendations and restrictions of the city, and why."""
    found = report.study.consequences.measures(report.year)
    return report.table(
        [_measure(report, row) for row in found[found.region == report.city].itertuples()], CITY_MEASURES
    )


def in_force(report: Report) -> tuple[Fund, Allocation]:
    """Give the fund in force and how it is shared out."""
    given = report.study.consequences
    code, fund = next(iter(given.funds.items()))
    return fund, given.allocation(code, report.year)


def _part(name: str, pot: Decimal, own: Decimal) -> dict[str, object]:
    return {"fund_part": name, "pot": pot, "own_share": number(float(100 * own / pot), 2), "yuan": own}


def _scaled(shared: Allocation, row: pd.Series) -> Decimal:
    """Give the entitlement times the common number: where no limit holds, the amount itself, rounded as that is."""
    return rounded(shared.level * row.entitlement) if row.limit else row.amount


def paid(report: Report, fund: Fund, city: str) -> dict[str, str]:
    """Write who is paid and from which budget line; blank to be filled in where the rules do not say."""
    payment, language = fund.payment, report.language
    payee = payment.payee[language] if payment and payment.payee else ""
    if payment and city in payment.apart:
        payee = report.word("settled_apart", payee=payee)
    return {
        "payee": payee,
        "budget_line": payment.budget_line[language] if payment and payment.budget_line else "",
    }


def _held(report: Report, row: pd.Series) -> dict[str, object]:
    """Write one row of a simulation; the sums of all have no effect."""
    effect = report.word(f"effect_{row.effect}") if "effect" in row else NOT_PRINTED
    return {
        "fund_amount": row.one,
        "amount_then": row.other,
        "amount_change": signed(row.difference, YUAN),
        "effect": effect,
    }


def _measure(report: Report, row: NamedTuple) -> dict[str, str]:
    declared = {one.code: one for one in report.study.assessment_files.incentives.measures}
    bar = declared[row.barred_by].name[report.language] if row.barred_by else NOT_PRINTED
    return {
        "city_measure": declared[row.measure].name[report.language],
        "measure_kind": report.word(f"measure_{row.kind}"),
        "measure_why": report.listed(_why(report, cause) for cause in row.why),
        "barred_by": bar,
        "rule_status": report.word(row.status),
        "rule_source": row.source[report.language],
    }


def _why(report: Report, cause: Cause) -> str:
    """Write a year with its grade; the code of a finding stays as it is."""
    if cause.grade:
        return report.word("graded_in", year=cause.year, grade=report.band(cause.grade))
    return report.word("by_code", code=cause.finding)


def limit(report: Report, row: pd.Series) -> str:
    """Say which limit holds a city's amount, and why it gets the floor only; a sign where none does."""
    if row.limit == "floor_only":
        return report.word("floor_only", why=report.word(f"set_aside_{row.why}"))
    return report.word(f"limit_is_{row.limit}") if row.limit else NOT_PRINTED


def _a_head(report: Report, amount: Decimal, city: str) -> Decimal | str:
    """Give yuan per resident; a sign where the population is not known or the system names no variable for it."""
    residents = report.readings.variables.get(report.system.population.get("resident"))
    people = None if residents is None else residents[city, report.year]
    return number(float(amount) / people, YUAN) if people else NO_DATA


OF_A_CITY = {
    "fund_share": fund_share,
    "city_measures": city_measures,
}
OF_PROVINCE = {
    "province_allocation": allocation,
    "province_measures": measures,
}
OF_CONSEQUENCES = {
    "consequences_allocation": allocation,
    "consequences_simulation": simulation,
    "consequences_measures": measures,
}
