"""Sentences of a department report: how its targets stand, who pulls them down, and what no rule of the round says."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.assessment.targets.departments import LAMPS, ROLES
from evalkit.reporting.chapters.department import brief, follow_up, tables
from evalkit.reporting.chapters.rectification.items import DEADLINE, FAULT, open_items
from evalkit.reporting.conditions import NO_WORDS, called_to_account, said_where
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.lags import counted, first_of, turned, turns
from evalkit.reporting.legal_basis import CONFIRMED, duties
from evalkit.reporting.prose import bullets, prose
from evalkit.reporting.saying import rest
from evalkit.tabular.cells import number, signed, value_of

NAMED = 3


def summary(report: DepartmentReport) -> Markdown:
    """What the department leads, how the province and the cities stand on it, what changed, and whom to press."""
    parts = (_duty(report), *_province(report), *_cities(report), *_since(report), *_press(report))
    return bullets(parts)


def heat(report: DepartmentReport) -> Markdown:
    """The key to the signs of the table of cities and targets."""
    shown = {value_of(cell) for row in brief.heat(report).rows for cell in row[1:]}
    signs = [report.word(f"sign_{lamp}") for lamp in LAMPS if lamp in shown]
    return _say(report, "department_heat_read", signs=report.listed(signs)) if signs else NO_WORDS


def pressed(report: DepartmentReport) -> Markdown:
    """What the effect of a city is, who holds back the province's totals, and how many cities are not listed."""
    every, shown = brief.cities_to_press(report), brief.pressed(report)
    if not every:
        return NO_WORDS
    lines = [report.word("department_pressed_read"), *_totals(report)]
    return prose(report.joined([*lines, *rest(report, len(every) - len(shown), "effects-of-cities", "city")]))


def wanted(report: DepartmentReport) -> Markdown:
    """How many figures are wanted, and what the page leaves to the annex."""
    counts = _unreported(report, list(report.first))
    if not counts["n"]:
        return NO_WORDS
    found = follow_up.unreported(report).data
    more = rest(report, int(found.code.isin(report.first).sum()) - len(brief.wanted(report)), "unreported")
    return prose(report.joined([report.word("department_wanted_read", **counts), *more]))


@said_where(called_to_account)
def due(report: DepartmentReport) -> Markdown:
    """How many items are open, which came and went in the year."""
    found = open_items(report, lead=report.department)
    if found.empty:
        return NO_WORDS
    lists = report.study.consequences.rectification
    came = {
        name: int((getattr(lists, name)(report.year)["lead"] == report.department).sum()) for name in ("new", "closed")
    }
    text = report.word("department_due_read", n=len(found), cities=found.region.nunique(), **came)
    kinds = found.groupby([DEADLINE, FAULT]).ngroups
    return prose(report.joined([text, *rest(report, kinds - len(brief.due(report)), "every-item", "kind")]))


def standing(report: DepartmentReport) -> Markdown:
    """How completion and its change are to be read."""
    return _say(report, "department_standing_read")


def province(report: DepartmentReport) -> Markdown:
    """How totals are made; nothing where the department has no target of the province."""
    shown = tables.province(report) is not None
    return _say(report, "department_province_read") if shown else prose("")


def lamps(report: DepartmentReport) -> Markdown:
    """The key to the signs."""
    key = report.word("department_lamps_read", **{lamp: report.word(f"lamp_{lamp}") for lamp in LAMPS})
    return prose(report.joined([key, *report.reference("department_report", "targets", "department_lamps_where")]))


def effects_of_cities(report: DepartmentReport) -> Markdown:
    """Which cities pull the department's mean down, by how much, and that it is no cause."""
    down = report.effects_of_cities[report.effects_of_cities.effect < 0].head(NAMED)
    if down.empty:
        return NO_WORDS
    return _say(
        report,
        "department_effects_of_cities_read",
        names=_named(report, {c: signed(x, 2) for c, x in down.effect.items()}),
    )


def path(report: DepartmentReport) -> Markdown:
    """What a change from year to year may mean."""
    return _say(report, "department_path_read")


def facilities(report: DepartmentReport) -> Markdown:
    """How many facilities are below their threshold; nothing where no target of the department has one."""
    if not any(indicator.target.by_unit for indicator in report.indicators):
        return prose("")
    found, listed = report.facilities, follow_up.facilities(report)
    if listed is None:
        return _say(report, "department_facilities_all" if _judged(report) else "department_facilities_none")
    states = {state: int((found.state == state).sum()) for state in ("below", "unknown")}
    counts = states | {"listed": len(listed), "rest": len(found) - len(listed)}
    return _say(report, "department_facilities_read", **counts)


def unreported(report: DepartmentReport) -> Markdown:
    """How many figures are wanted."""
    counts = _unreported(report)
    return _say(report, "department_unreported_read", **counts) if counts["n"] else NO_WORDS


def limits(report: DepartmentReport) -> Markdown:
    """What the report does not say."""
    return _say(report, "department_limits", **{status: report.word(status) for status in ("proxy", "proposed")})


def duties_read(report: DepartmentReport) -> Markdown:
    """What the plan says of who answers for what."""
    return bullets(duties(report))


def _say(report: DepartmentReport, key: str, **values) -> Markdown:
    return prose(report.word(key, year=report.year, **values))


def _unreported(report: DepartmentReport, codes: list[str] | None = None) -> dict[str, int | str]:
    """Count the figures that are missing or disputed, and say how many of them lack the base year's alone."""
    states, based = map(report.of_the_year, (report.achieved.states, report.achieved.without_base))
    codes = list(states) if codes is None else codes
    n, base = (int(found[codes].to_numpy().sum()) for found in (states.isin(["missing", "disputed"]), based))
    return {"n": n, "without_base": report.word("department_base", n=base) if base else ""}


def _duty(report: DepartmentReport) -> str:
    roles, named = report.scorecard.role, {"year": report.year, "department": report.department_name}
    own = [code for code in report.first if report.system.node(code).target.status == CONFIRMED]
    counts = {role: int((roles == role).sum()) for role in ROLES} | {"own": len(own)}
    named_by = {"lead": "department_leads", "joint": "department_leads_none", "report": "department_reports"}
    key = next(named_by[role] for role in ROLES if counts[role])
    said = [report.word(key, confirmed=report.word("confirmed"), **named, **counts)]
    if counts["lead"] and counts["joint"]:
        said.append(report.word("department_joins", **counts))
    return report.joined(said)


def _province(report: DepartmentReport) -> Iterator[str]:
    """How the province stands on the targets that are its own: met, and not met with what was done and asked."""
    whole, key = report.study.assessed.province, (report.study.all_regions.code, report.year)
    own = [code for code in report.first if "province" in report.system.node(code).target.assessed]
    lamps = whole.lamps.loc[key, own]
    if not own:
        return
    yield report.word("department_whole", n=len(own), counts=counted(report, lamps))
    if short := [_missed(report, code) for code in own if lamps[code] == "behind"]:
        yield report.word("department_whole_short", names=report.listed(short))


def _missed(report: DepartmentReport, code: str) -> str:
    whole, key = report.study.assessed.province, (report.study.all_regions.code, report.year)
    decimals = report.system.node(code).decimals
    done, asked = (number(frame.loc[key, code], decimals) for frame in (whole.values, whole.milestones))
    return report.word("department_missed", name=report.node(code), done=done, asked=asked)


def _cities(report: DepartmentReport) -> Iterator[str]:
    """How the judgements of cities fall, and on which targets most are behind."""
    cells = brief.by_city(report)
    if cells.empty:
        return
    lit = cells.stack()
    yield report.word(
        "department_cells", targets=cells.shape[1], cities=len(cells), n=len(lit), counts=counted(report, lit, "cell")
    )
    behind = (cells == "behind").sum()
    if len(most := behind[behind > 0].nlargest(NAMED)):
        names = (report.word("behind_in", name=report.node(code), n=int(n)) for code, n in most.items())
        yield report.word("department_worst", names=report.listed(names))


def _since(report: DepartmentReport) -> Iterator[str]:
    """Which judgements have turned since the year before."""
    if report.previous is None:
        return
    before = report.of_the_year(report.achieved.lamps, report.previous)[list(brief.by_city(report))]
    gained, lost = turned(before.stack(), brief.by_city(report).stack())
    names = (report.word("with_value", name=report.region(city), value=report.node(code)) for city, code in lost)
    named = [report.word("department_lost", names=first_of(report, names))] if lost else []
    yield report.joined([turns(report, gained, lost, "cell"), *named])


def _press(report: DepartmentReport) -> Iterator[str]:
    if cities := brief.cities_to_press(report)[:NAMED]:
        yield report.word("department_press", names=report.listed(map(report.region, cities)))


def _totals(report: DepartmentReport) -> Iterator[str]:
    """Of each total that the province misses, which cities lack most of their part."""
    whole, key = report.study.assessed.province, (report.study.all_regions.code, report.year)
    gaps = report.of_the_year(report.achieved.gaps)
    for indicator in (report.system.node(code) for code in report.first):
        code = indicator.code
        own = gaps[code].dropna()
        own = own[own > 0].sort_values(ascending=False, kind="stable")
        if code in report.achieved.parts and whole.lamps.loc[key, code] == "behind" and len(own):
            lacks = number(whole.milestones.loc[key, code] - whole.values.loc[key, code], indicator.decimals)
            named = {city: number(gap, indicator.decimals) for city, gap in own[:NAMED].items()}
            yield report.word("department_total", name=report.node(code), gap=lacks, names=_named(report, named))


def _judged(report: DepartmentReport) -> bool:
    """Whether any facility of the department's targets was judged in the year."""
    units = report.achieved.units
    keys = () if units is None else units.index
    return any(code in report.scorecard.index and year == report.year for code, _, year in keys)


def _named(report: DepartmentReport, cells: dict[str, str]) -> str:
    return report.listed(
        report.word("with_value", name=report.region(city), value=cell) for city, cell in cells.items()
    )
