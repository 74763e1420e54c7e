import ast
import json
import re
from inspect import signature
from operator import attrgetter

import pytest

from evalkit.reporting import chapters
from evalkit.reporting.words import words
from evalkit.runs.kinds import KINDS, ReportId, present, reports
from evalkit.runs.parameters import declared_parameters
from tests.conftest import ROOT

TABLE = re.compile(r"chapters\.\w+\.(?!sentences|figures|pages|map|brief)\w+\.")
SHIPPED = present(ROOT)
OF_AN_ASSESSMENT = {"departments", "consequences", "supervision"}
COUNTY, DEPARTMENT = chapters.county.brief, chapters.department.brief
# what a report is, and who signs it; what a page has room for of tables that are filed whole
EXTRACTS = {COUNTY.worst, COUNTY.below, COUNTY.duties, DEPARTMENT.heat, DEPARTMENT.wanted}
QUALITY = chapters.data_quality.tables
EXTRACTS |= {QUALITY.first_asks, QUALITY.listed_asks, QUALITY.most_asked}
EXTRACTS |= {chapters.objections.tables.missing, chapters.quality.tables.doubts, chapters.weaknesses.tables.weaknesses}
EXTRACTS |= {chapters.inequality.brief.moved_apart}
each_shipped = pytest.mark.parametrize("kind", SHIPPED, ids=lambda kind: kind.name)


def shown(path):
    """Every table that a notebook shows, as the function that it calls."""
    cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    calls = [
        node for cell in cells for node in ast.walk(ast.parse("".join(cell["source"]))) if isinstance(node, ast.Call)
    ]
    names = [ast.unparse(call.func) for call in calls]
    return {attrgetter(name.removeprefix("chapters."))(chapters) for name in names if TABLE.match(name)}


@each_shipped
def test_every_table_that_a_report_shows_is_filed(kind):
    filed = {*kind.tables.values(), *chapters.joined("OF_THE_ROUND").values()}
    assert shown(ROOT / kind.path) - filed - EXTRACTS == set()


def taken(table):
    """The kinds of report that a table says it is made of."""
    [report, *_] = signature(table).parameters.values()
    return {name.strip() for name in report.annotation.split("|")}


@each_shipped
def test_every_table_says_that_it_takes_the_reports_that_it_is_shown_in(kind):
    own = {base.__name__ for base in kind.report.__mro__}
    tables = {**kind.tables, **kind.shared}
    assert [name for name, table in tables.items() if not taken(table) & own] == []


@each_shipped
def test_a_notebook_declares_what_its_kind_is_told_apart_by(kind):
    own = {"study", "year", "language"} | ({kind.each.name} if kind.each else set())
    assert declared_parameters(ROOT / kind.path).keys() == own


def test_every_notebook_is_of_a_kind_but_the_one_of_what_is_only_tried():
    of_kinds = [kind.path.name for kind in SHIPPED]
    assert sorted([*of_kinds, "explore.ipynb"]) == sorted(path.name for path in ROOT.glob("notebooks/*.ipynb"))


def test_a_file_name_means_one_table():
    found = [
        *chapters.joined("OF_THE_ROUND").items(),
        *(item for kind in KINDS.values() for item in kind.tables.items()),
    ]
    assert len(dict(found)) == len(set(found))


def test_every_kind_has_a_title():
    assert [kind.title for kind in KINDS.values() if kind.title not in words()] == []


def test_a_report_is_told_by_its_code_or_its_kind():
    of_a_city, own = ReportId(KINDS["cities"], "330800"), ReportId(KINDS["robustness"])
    assert (of_a_city.name, of_a_city.folder) == ("330800", "cities/330800")
    assert (own.name, own.folder) == ("robustness", "robustness")


def test_no_two_reports_are_told_by_the_same(study):
    names = [report_id.name for report_id in reports(study, dict.fromkeys(KINDS, ()))]
    assert len(set(names)) == len(names)


def test_all_reports_are_those_of_the_notebooks_that_there_are(study, project):
    assert len(reports(study)) == len(SHIPPED) - len(OF_AN_ASSESSMENT) - 2 + 11 + 90
    assert reports(project.load()) == ()


def test_a_round_that_is_assessed_has_departments_and_one_without_draws_no_robustness(demo):
    names = {report_id.kind.name for report_id in reports(demo)}
    assert names == {"province", "data_quality", "index_system", "cities", "counties"} | OF_AN_ASSESSMENT
    codes = KINDS["departments"].codes(demo)
    assert {"culture", "sport", "labour", "finance"} <= set(codes)
    assert KINDS["departments"].each.name_of(demo, "labour", 2008, "zh") == "省劳动保障厅"
    assert KINDS["departments"].each.name_of(demo, "labour", 2012, "zh") == "省人力社保厅"


def test_some_reports_are_those_of_some_kinds_and_codes(study):
    found = reports(study, {"cities": ("330800", "330100", "330800"), "robustness": ()})
    assert [report_id.name for report_id in found] == ["robustness", "330800", "330100"]
