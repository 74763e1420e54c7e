"""Tables of the tests: what chance alone would flag, digits, and what is known beside what was found."""

from __future__ import annotations

from evalkit.readings.quality_declared import DeclaredBeside, Known
from evalkit.readings.quality_digits import Register
from evalkit.reporting.chapters.data_quality.reasons import (
    SHOWN,
    quality_of,
    reason,
    variable_name,
    whose,
)
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, percent, plain

TESTS = {
    "by_peers": "test_peers",
    "by_history": "test_history",
    "by_series": "test_series",
    "same": "test_same",
    "copied": "test_copied",
}
WHY_NOT = {"alone": "missed_alone", "small": "missed_small", "usual": "missed_usual"}
CONFORMS = {"close": "conforms_close", "acceptable": "conforms_acceptable", "marginal": "conforms_marginal",
            "none": "conforms_none", "": "conforms_untested"}  # fmt: skip
BOUNDS = {
    "flag_chance": "bound_of_chance",
    "apart": "bound_of_change",
    "least": "bound_of_others",
    "large": "bound_of_large",
    "level": "bound_of_level",
    "same": "bound_of_same",
    "copied": "bound_of_copied",
    "tolerance": "bound_of_sums",
    "slip": "bound_of_slip",
    "digits_least": "bound_of_digits",
    "digits_chance": "bound_of_digits_chance",
    "benford_least": "bound_of_benford",
    "benford_orders": "bound_of_orders",
}
SMALL = 4  # decimals of a probability


@round_table
def by_chance(report: RoundReport) -> Table:
    """How many figures each test looked at, would flag by chance, and flagged."""
    rows = [
        {
            "look_at": report.word(TESTS[test]),
            "tested": int(row.tested),
            "chance_normal": number(row.normal, 1),
            "chance_heavy": number(row.heavy, 1),
            "flagged": int(row.flagged),
        }
        for test, row in quality_of(report).chances.iterrows()
    ]
    return report.table(rows, ("look_at", "tested", "chance_normal", "chance_heavy", "flagged"))


@round_table
def digits(report: RoundReport) -> Table:
    """The last and the first digits of every register that is large enough, the least likely first."""
    found = [register for register in quality_of(report).registers if register.tested or register.conforms]
    order = sorted(found, key=lambda one: min(one.last if one.tested else 1.0, one.heaping if one.tested else 1.0))
    rows = [_digits(report, register) for register in order]
    return report.table(rows, ("register", "figures_n", "last_chance", "round_share", "round_chance", "first_digits"))


@round_table
def known(report: RoundReport) -> Table:
    """Every break and doubt that is declared with a year, and what the look found there."""
    rows = [_known(report, one) for one in DeclaredBeside.of(report.study, report.year).known]
    return report.table(rows, ("variable", "region", "year", "declared_note", "found_there"))


@round_table
def undated(report: RoundReport) -> Table:
    """The oddities that are declared without a year, which only a reader can compare."""
    rows = [
        {"variable": variable_name(report, code), "declared_note": text[report.language], "findings_n": n}
        for code, text, n in DeclaredBeside.of(report.study, report.year).undated
    ]
    return report.table(rows, ("variable", "declared_note", "findings_n"))


@round_table
def bounds(report: RoundReport) -> Table:
    """From when on a figure is asked about."""
    design = quality_of(report).design
    rows = [{"look_bound": report.word(word), "value": plain(getattr(design, key))} for key, word in BOUNDS.items()]
    return report.table(rows)


def _digits(report: RoundReport, register: Register) -> dict:
    first = report.word(CONFORMS[register.conforms])
    if register.conforms:
        first = report.word("with_value", name=first, value=number(register.deviation, SMALL))
    return {
        "register": report.word("register_of", name=variable_name(report, register.variable),
                                level=level_name(report, register.level)),
        "figures_n": register.n,
        "last_chance": number(register.last, SMALL, blank=NOT_PRINTED),
        "round_share": percent(register.round_share if register.tested else None, 1),
        "round_chance": number(register.heaping, SMALL, blank=NOT_PRINTED),
        "first_digits": first,
    }  # fmt: skip


def level_name(report: RoundReport, level: str) -> str:
    """Name the regions of a level, or facilities; a level of a project's own by its code."""
    names = {"city": "of_cities", "county": "of_counties", "facility": "of_facilities"}
    return report.word(names[level]) if level in names else level


def _known(report: RoundReport, one: Known) -> dict:
    return {
        "variable": variable_name(report, one.variable),
        "region": whose(report, one.declared.region or ""),
        "year": one.declared.year,
        "declared_note": one.declared.note[report.language],
        "found_there": _found(report, one),
    }


def _found(report: RoundReport, one: Known) -> str:
    if one.found:
        told = [reason(report, finding) for finding in one.findings[:SHOWN]]
        return report.word("found_it", said=report.word("apart").join(told))
    return report.word(WHY_NOT[one.why_not], factor=number(one.factor, 2))


OF_QUALITY = {
    "quality_by_chance": by_chance,
    "quality_digits": digits,
    "quality_known": known,
    "quality_undated": undated,
    "quality_bounds": bounds,
}
