"""The rules of the funds, each with its status and its source."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evalkit.assessment.grading.bands import Sourced
from evalkit.assessment.incentives.rules import Fund, Limit, Need, Payment
from evalkit.reporting.conditions import rewarded, shown_where
from evalkit.reporting.legal_basis import stated
from evalkit.reporting.made import round_table
from evalkit.reporting.report import Report
from evalkit.tabular import Table
from evalkit.tabular.cells import plain


@round_table
@shown_where(rewarded)
def fund_rules(report: Report) -> Table | None:
    """Every fund with its rule, the one in force first; each line with its status and its source."""
    funds = report.study.consequences.funds.values()
    rows = [
        {"fund": fund.name[report.language], **row} for fund in funds for row in stated(report, _rules(report, fund))
    ]
    return report.table(rows) if rows else None


def _rules(report: Report, fund: Fund) -> Iterator[tuple[str, str, Sourced]]:
    word, language = report.word, report.language
    yield word("fund_total"), word("n_yuan", n=f"{fund.amount:,}"), fund
    for pot in fund.parts.values():
        yield word("fund_part_of", name=pot.name[language]), word("percent_of_fund", n=_percent(pot.share)), pot
    base = _variable(report, fund.base) if fund.base else word("alike")
    yield word("fund_base"), base, fund
    if fund.need:
        yield word("fund_need", name=fund.parts["need"].name[language]), _need(report, fund.need), fund.need
    for name, limit in (("floor_of_city", fund.floor), ("cap_of_city", fund.cap)):
        if limit:
            yield word(name), _bound(report, limit), limit
    if fund.payment:
        yield word("fund_payment"), _payment(report, fund.payment), fund.payment
    if fund.floor_only:
        yield word("fund_set_aside"), report.listed(word(f"set_aside_{why}") for why in fund.floor_only), fund


def _payment(report: Report, payment: Payment) -> str:
    """Write how a fund is paid: to whom, from which line, with whom apart, and what goes on to counties."""
    language = report.language
    said = report.texts([payment.payee, payment.budget_line])
    said += [report.word("with_value", name=report.region(c), value=how[language]) for c, how in payment.apart.items()]
    return report.word("semicolon").join([*said, *report.texts([payment.counties])])


def _need(report: Report, need: Need) -> str:
    if need.measure == "gap":
        return report.word("need_gap")
    variable = _variable(report, need.variable)
    of = report.word("per_of", name=variable, per=_variable(report, need.per)) if need.per else variable
    return report.word(f"need_{need.measure}", name=of)


def _bound(report: Report, limit: Limit) -> str:
    key = "percent_of_fund" if limit.of == "share" else "n_yuan"
    common = report.word(key, n=_percent(limit.value) if limit.of == "share" else f"{limit.value:,}")
    own = report.listed(report.region(city) for city in limit.by_region) if limit.by_region else ""
    return report.word("with_own", value=common, cities=own) if own else common


def _variable(report: Report, name: str) -> str:
    return report.study.dataset.metadata.variables[name].name[report.language]


def _percent(share: Decimal) -> str:
    return plain(float(100 * share))


OF_CONSEQUENCES = {"consequences_fund_rules": fund_rules}
