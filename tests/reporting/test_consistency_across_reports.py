"""Whatever two reports print under one meaning is one figure: all tables of all reports are held against each other.

A meaning is the code of a column and what its row is about: the columns that say so, what the report is made for, and
the year. A new table is compared without being named here.
"""

import re
from collections import Counter, defaultdict
from functools import cache
from numbers import Real

import pandas as pd
import pytest

from evalkit.reporting.chapters import department, leadership, overview, province, province_targets, targets
from evalkit.runs.chapters import shared, shown
from evalkit.runs.kinds import reports
from evalkit.tabular.cells import value_of
from tests.conftest import DEMO, STUDY, shipped
from tests.reporting.assessed import demo
from tests.reporting.cities import assessed_report
from tests.reporting.departments import department_report
from tests.reporting.second import SECOND

# the columns that say what a row is about, each under what it names
ABOUT = {
    **{code: code for code in ("year", "city", "county", "project", "indicator", "item_code", "finding_code", "fund")},
    **{code: code for code in ("visit", "part", "variable", "fault", "rule", "facility", "group_node", "fund_part")},
    **{code: code for code in ("total_target", "target", "reading", "alternative", "event_code", "with", "relation")},
    "lead_department": "department",
    "department_name": "department",
    "department_code": "department",
}
# columns that say other things of the same row in several tables; each is a reason to rename one
HOMONYMS = {
    "ask_why": "why a figure is asked about: of one finding, and of all findings on it",
    "region": "the region of one finding, and of all findings on a figure",
    "declared_note": "what the data say of a figure: of one of its years, and of none",
}
# columns of several meanings under one label: of all a department answers for and of what it leads, of the uncapped
# and of the published score, and a rank that says out of how many
OF_ONE_LABEL = (
    {"lamp_no_data", "lamp_no_data_led"},
    {"lamp_met", "lamp_met_led"},
    {"lamp_behind", "lamp_behind_led"},
    {"lamp_disputed", "lamp_disputed_led"},
    {"lamp_not_applicable", "lamp_not_applicable_led", "state_not_applicable_led"},
    {"deviation", "sd"},
    {"assessment_rank", "place_of"},
)


def _plain(cell):
    """A cell as it is compared: numbers to the noise of floating point."""
    return round(float(cell), 9) if isinstance(cell, Real) and not isinstance(cell, bool) else str(cell)


def _is_blank(cell):
    return cell is None or (not isinstance(cell, tuple | list) and pd.isna(cell))


def _rows(table, about):
    """The rows of a table with what each is about; those that are told apart by nothing of it are left out."""
    rows = table.data.to_dict("records")
    told = [frozenset({**about, **{ABOUT[c]: str(row[c]) for c in row if c in ABOUT}}.items()) for row in rows]
    times = Counter(told)
    for key, row in zip(told, rows, strict=True):
        if times[key] == 1:
            yield key, {code: cell for code, cell in row.items() if code not in ABOUT}


@cache
def tables_of(name):
    """Every table of the reports of a study: its name, what the report is made for, and the table."""
    return tuple(_tables(shipped(name), name))


def _reports(study, name):
    """Every report, but of counties every tenth and of cities every second or fourth: all are made alike."""
    alike = {"counties": 10, "cities": 4 if name == SECOND else 2}
    found = reports(study)
    for kind in dict.fromkeys(one.kind for one in found):
        yield from [one for one in found if one.kind == kind][:: alike.get(kind.name, 1)]


def _tables(study, name):
    year, language = study.round.report_year, study.round.language
    for wanted in _reports(study, name):
        report, each = wanted.kind.make(study, wanted.code, year=year, language=language), wanted.kind.each
        own = {each.name: each.name_of(study, wanted.code, year, language)} if each else {}
        for about, tables in ((own, shown(study, wanted.kind)), ({}, shared(study, wanted.kind))):
            for name, make in tables.items():
                if (table := make(report)) is not None:
                    yield name, {"year": str(year), **about}, table


@cache
def printed(name):
    """Every figure by its column and what its row is about: the tables that print it, with what they say."""
    found = defaultdict(dict)
    for table_name, about, table in tables_of(name):
        for key, row in _rows(table, about):
            for code, cell in row.items():
                if not _is_blank(cell):
                    found[code, key][table_name] = _plain(cell)
    return found


def compared(name):
    """The figures that more than one table prints."""
    return {figure: said for figure, said in printed(name).items() if len(said) > 1 and figure[0] not in HOMONYMS}


@pytest.mark.parametrize(("name", "least"), [(DEMO, 3300), (STUDY, 380), (SECOND, 300)])
def test_what_several_reports_print_is_one_figure(name, least):
    figures = compared(name)
    apart = {figure: said for figure, said in figures.items() if len(set(said.values())) > 1}
    listed = {(code, tuple(sorted(said))): (dict(key), said) for (code, key), said in apart.items()}
    assert listed == {}
    assert len(figures) > least


def test_two_figures_do_not_bear_one_label():
    """A score, a rank or a change of the targets is not called as that of the services is, of one city and project."""
    said = defaultdict(lambda: defaultdict(set))
    for _, about, table in tables_of(DEMO):
        labels = dict(zip(table.codes, table.labels, strict=True))
        for key, row in _rows(table, about):
            for code, cell in row.items():
                if code in labels and not _is_blank(cell):
                    said[labels[code], key][code].add(_plain(cell))
    apart = {(label, *by) for (label, _), by in said.items() if len(by) > 1 and len(set().union(*by.values())) > 1}
    assert [found for found in apart if not any(set(found[1:]) <= known for known in OF_ONE_LABEL)] == []
    assert len(said) > 10_000


def test_what_is_behind_is_never_printed_as_what_was_asked():
    shown = 0
    for table_name, about, table in tables_of(DEMO):
        place = {code: at for at, code in enumerate(table.codes)}
        found = [place[code] for code in ("actual_value", "reported") if code in place]
        if found and {"lamp", "milestone"} <= place.keys():
            behind = [row for row in table.rows if value_of(row[place["lamp"]]) == "behind"]
            shown += len(behind)
            assert not [row for row in behind if row[found[0]] == row[place["milestone"]]], (table_name, about)
    assert shown > 500


def test_every_list_has_as_many_open_items_as_the_tables_of_all_say():
    rows = {about["city"]: len(table) for name, about, table in tables_of(DEMO) if name == "rectification_items"}
    assert sum(rows.values()) > 100
    for city, count in rows.items():
        key = frozenset({"city": city, "year": "2012"}.items())
        assert set(printed(DEMO)["left_open", key].values()) == {count}


def test_a_grade_that_no_veto_gave_stands_with_a_score():
    for (code, key), said in printed(DEMO).items():
        if code == "grade" and dict(key).keys() == {"city", "year"} and set(said.values()) & {"优秀", "良好", "合格"}:
            assert printed(DEMO)["assessment_score", key]


def test_what_only_lacks_a_baseline_is_no_missing_figure_in_any_report():
    """A judgement is counted once: what the lamps call no data is what the tables of data call so."""
    by_city = {key: said for (code, key), said in printed(DEMO).items() if code == "lamp_no_data" and len(said) > 1}
    assert {"province_data_by_city", "leadership_milestones"} in [set(said) for said in by_city.values()]
    led = [said for (code, _), said in printed(DEMO).items() if code == "lamp_no_data_led"]
    assert {"province_data_departments", "province_departments"} <= set().union(*led)


def test_targets_of_the_plans_text_are_those_of_cities_and_those_of_the_province_alone():
    stated = {i.code: i.target.assessed for i in shipped(DEMO).system.indicators if i.target_status == "confirmed"}
    of_cities = {code for code, levels in stated.items() if "city" in levels}
    city, demonstration = assessed_report(), demo()
    assert _stated(city) == len(of_cities) == 7
    assert f"本轮文件写明的 {len(of_cities)} 项" in targets.sentences.work_plan(city).data
    assert f"本轮文件写明数字的 {len(of_cities)} 项" in province_targets.sentences.weakest(demonstration).data
    led = [wanted for wanted in reports(shipped(DEMO)) if wanted.kind.each and wanted.kind.each.name == "department"]
    assert sum(_led(department_report(one.code)) for one in led) == len(stated) == 8


def _stated(report):
    return int(re.search(r"目标值由本轮文件写明的 (\d+) 项", leadership.sentences.method(report).data).group(1))


def _led(report):
    found = re.search(
        r"牵头目标 \*\*\d+\*\* 项（目标值属“文件确认”的 (\d+) 项）", department.sentences.summary(report).data
    )
    return int(found.group(1)) if found else 0


def test_every_department_is_called_by_one_name():
    """By its short name of the year, as the index system gives it: in every table of every report."""
    study = shipped(DEMO)
    known = {one.name_in(2012).zh for one in study.system.departments.values()}
    columns = ("lead_department", "department_name", "departments", "other_departments")
    cells = {
        str(cell)
        for _, _, table in tables_of(DEMO)
        for code in columns
        if code in table.codes
        for cell in table.data[code]
        if not _is_blank(cell)
    }
    assert {name for cell in cells for name in cell.split("、")} - known <= {"合计", "无", "—", "未声明责任部门"}
    assert not [name for name in known if "和" in name or "委员会" in name]


TURNED = r"新完成 (\d+) 项次?（上年未完成、当年达到目标或时序进度），由完成转为未完成 (\d+) 项次?；"


def _turned(text):
    """The targets that a report says to be newly met, and those no longer met."""
    found = re.search(TURNED, text)
    return tuple(map(int, found.groups())) if found else (0, 0)


@pytest.mark.parametrize("year", [2010, 2012])
def test_what_turned_in_cities_and_under_departments_is_what_turned_in_the_province(year):
    whole = _turned(province.sentences.summary(demo(year)).data)
    cities = [
        _turned(overview.sentences.changes(assessed_report(code, year)).data) for code in demo().study.regions.index
    ]
    study = shipped(DEMO)
    leading = study.assessed.duties.query("role == 'lead'").department.unique()
    led = [_turned(department.sentences.summary(department_report(code, year)).data) for code in leading]
    assert [tuple(map(sum, zip(*counts, strict=True))) for counts in (cities, led)] == [whole, whole]
    assert whole == {2010: (64, 12), 2012: (69, 7)}[year]


@pytest.mark.parametrize("name", [DEMO, STUDY, SECOND])
def test_no_title_promises_comparable_cities_where_none_are_declared(name):
    if shipped(name).round.readings.comparables is None:
        assert not [table.title for _, _, table in tables_of(name) if "可比市" in table.title]
    assert shipped(SECOND).round.readings.comparables is None
