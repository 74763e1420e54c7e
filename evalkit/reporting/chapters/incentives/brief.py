"""What a body shows of the consequences: the fund in 10 000 yuan, one city worked through, and measures in short."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from evalkit.assessment.incentives.allocation import Allocation
from evalkit.assessment.incentives.rules import Fund
from evalkit.reporting.chapters.incentives import tables
from evalkit.reporting.chapters.incentives.amounts import IN_MYRIADS, adding_up, rounded
from evalkit.reporting.conditions import rewarded, shown_where
from evalkit.reporting.made import round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import number

_ALLOCATION = ("city", "assessment_score", "entitlement_myriad", "limit_held", "amount_myriad", "payee", "budget_line")
_MEASURES = ("city_measure", "measure_kind", "measure_applies", "measure_barred", "rule_status")


@shown_where(rewarded)
def allocation(report: RoundReport) -> Table:
    """What every city gets, in 10 000 yuan: either column adds up as it is printed; who is paid, from which line."""
    found = tables.in_force(report)[1].table
    table = tables.allocation(report)
    for name, amounts in (("entitlement_myriad", found.entitlement), ("amount_myriad", found.amount)):
        cells = [*adding_up(amounts, IN_MYRIADS).values(), rounded(amounts.sum(), IN_MYRIADS)]
        table = table.with_column(report.column(name), cells)
    return table.only(*_ALLOCATION)


@round_table
@shown_where(rewarded)
def worked(report: RoundReport) -> Table | None:
    """The rule worked through for the first city that no limit holds, step by step; None where one holds all."""
    fund, shared = tables.in_force(report)
    city = example(shared)
    if city is None:
        return None
    row, level = shared.table.loc[city], number(float(shared.level), 4)
    shown = adding_up({part: row[part] for part in fund.parts}, IN_MYRIADS)
    rows = [_share(report, fund, part, row) | {"amount_myriad": shown[part]} for part in fund.parts]
    rows.append(_step(report, "fund_by_entitled", row.entitlement))
    rows.append(_step(report, "fund_by_scaled", shared.level * row.entitlement, level=level))
    bounds = {name: f"{rounded(row[name], IN_MYRIADS):,}" for name in ("floor", "cap")}
    rows.append(_step(report, "fund_by_held", row.amount, **bounds))
    return report.table(rows)


@round_table
@shown_where(rewarded)
def by_measure(report: RoundReport) -> Table:
    """Every measure that follows from the year: for which cities, and which of them are barred from it."""
    found = report.study.consequences.measures(report.year)
    declared = {one.code: one for one in report.study.assessment_files.incentives.measures}
    rows = [
        {
            "city_measure": declared[code].name[report.language],
            "measure_kind": report.word(f"measure_{declared[code].kind}"),
            "measure_applies": report.listed(map(report.region, own.region[own.barred_by == ""])),
            "measure_barred": report.listed(map(report.region, own.region[own.barred_by != ""])),
            "rule_status": report.word(declared[code].status),
        }
        for code, own in found.groupby(found.measure, sort=False)
    ]
    return report.table(rows, _MEASURES)


def example(shared: Allocation) -> str | None:
    """Give the first city that no limit holds, of those whose amounts rounded alone are as the columns print them.

    Of all that no limit holds where there is none of these; None where one holds all.
    """
    free = list(shared.table.index[shared.table.limit == ""])
    columns = [(column, adding_up(column, IN_MYRIADS)) for column in (shared.table.entitlement, shared.table.amount)]
    alike = [city for city in free if all(rounded(own[city], IN_MYRIADS) == shown[city] for own, shown in columns)]
    return next(iter([*alike, *free]), None)


def _share(report: Report, fund: Fund, part: str, row: pd.Series) -> dict[str, object]:
    """Write one part of the fund, and the city's share of it."""
    pot = Fraction(fund.amount) * Fraction(fund.parts[part].share)
    share = number(float(100 * row[part] / pot), 2) if pot else number(0, 2)
    named = {"name": fund.parts[part].name[report.language], "pot": f"{rounded(pot, IN_MYRIADS):,}", "share": share}
    return _step(report, "fund_by_part", row[part], **named)


def _step(report: Report, key: str, amount: Fraction, **values) -> dict[str, object]:
    return {"fund_step": report.word(key, **values), "amount_myriad": rounded(amount, IN_MYRIADS)}


OF_PROVINCE = {"province_by_measure": by_measure}
OF_CONSEQUENCES = {"consequences_worked": worked, "consequences_by_measure": by_measure}
