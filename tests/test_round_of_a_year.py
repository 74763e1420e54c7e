"""The year of an office, played on made-up figures: what comes back and why, what counts when, and what changed."""

import importlib
import re
from datetime import date
from string import Formatter

import pytest
import yaml

from evalkit.loading import load_study
from evalkit.reporting.chapters.editions.sentences import province
from evalkit.reporting.chapters.editions.tables import changed_figures
from evalkit.reporting.report import RoundReport
from tests import conftest
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
WRITERS = ["330921", "education", "330900", "330400"]  # in which order every kind of slip is made
PUPILS, DEATHS, STATION = "kindergarten_children", "maternal_deaths", "township_station_area"
TURNED = f"{STATION}/330921/岱山县第01乡镇综合文化站"
# By which rules, one of them at least, each kind of slip is returned.
RETURNED_BY = {
    "in_ten_thousands": {"unit-slip", "whole-number"},
    "stale": {"copied", "counties-and-city"},
    "with_its_unit": {"no_number"},
    "word_for_nothing": {"nothing_word"},
    "without_reason": {"no_reason"},
    "swapped": {"unit-slip", "own-jump", "part-of-total", "indicator-range"},
    "broken_sum": {"part-of-total"},
    "unit_left_out": {"units-and-count"},
    "last_year_changed": {"last-year"},
}
TAKEN = {"wide_digits", "digits_turned"}  # as they are meant, and as nobody can tell


@pytest.fixture(scope="module")
def tool():
    with conftest.tool("round") as found:
        yield found


@pytest.fixture(scope="module")
def year(tool, tmp_path_factory):
    """A year that was played by two cities, a county of one, and a department, with the counties of three cities.

    Each makes three slips; something stands where the project is made.
    """
    played = tool.Round(tmp_path_factory.mktemp("year") / "round", "en", tables=False)
    played.folder.mkdir()
    (played.folder / "old.txt").touch()
    played.writers = WRITERS
    played.shipped = played.shipped[played.shipped.region.str.fullmatch(r"33\d\d00|33(02|04|09)\d\d")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("spring.SLIPS_EACH", 3)
        played.play()
    return played


@pytest.fixture(scope="module")
def now(year):
    """The study as it stands in the end."""
    return load_study(year.study, root=year.project)


@pytest.fixture(scope="module")
def register(year):
    with tool_within(year):
        return year.office.register


def tool_within(year):
    return importlib.import_module("telling").within(year.project)


def said(year, folder="answers/1"):
    filling = importlib.import_module("filling")
    return {path.name.split("-")[0]: filling.Workbook(path).said() for path in (year.project / folder).glob("*.xlsx")}


def figure(register, variable, region, day, unit="", year=2012):
    """The value that counted at the end of a day; None where none did."""
    found = register.figures([year], day=day)
    own = found[(found.variable == variable) & (found.region == region) & (found.unit == unit)]
    return own.value.iloc[0] if len(own) else None


def test_every_form_comes_back_and_every_slip_is_named_but_what_nobody_can_see(year):
    answers = said(year)
    assert sorted(answers) == sorted(WRITERS)
    assert {slip.kind for slip in year.slips} == {*RETURNED_BY, *TAKEN}
    for slip in year.slips:
        rules = {each.rule for each in answers[slip.reporter] if each.key in slip.keys}
        assert (slip.kind in TAKEN and not rules) or rules & RETURNED_BY[slip.kind], (slip, rules)


def test_nothing_of_a_form_that_was_returned_counts(register):
    day = date(2013, 4, 11)
    known = register.submissions(day)
    assert set(known.status[known.kind == "form"]) == {"returned"}
    found = register.figures([2012], day=day)
    assert not found.region.isin([code for code in WRITERS if code != "education"]).any()


def test_what_was_put_right_counts_with_what_was_said_of_it(register):
    known = register.submissions(date(2013, 4, 12))
    assert (known.status[known.kind == "form"] == "submitted").sum() == len(WRITERS)
    found = register.figures([2012], day=date(2013, 4, 12))
    own = found[found.region == "330900"].set_index("variable")
    assert own.explanation[PUPILS] == "含早教机构在册儿童（演示）"
    assert own.value[PUPILS] == 30100
    assert set(found.explanation) == {
        "",
        "含早教机构在册儿童（演示）",
        "经核对原始台账，数据无误（演示）",
        "已更正（演示）",
    }


def test_a_slip_that_no_rule_sees_is_found_in_the_documents(year, register):
    true = year.truth.value[TURNED]
    values = [figure(register, STATION, "330921", date(2013, 5, day), TURNED.split("/")[2]) for day in (5, 6, 8)]
    assert values == [603, None, 630] == [603, None, true]
    notes = register.submissions(date(2013, 5, 7))
    assert "603 reported, 630 seen" in notes.note[notes.status == "returned"].iloc[-1]


def test_a_figure_and_a_place_are_what_they_were_on_each_day(year, register, now, demo):
    assert [figure(register, PUPILS, "330900", date(2013, 6, day)) for day in (17, 18)] == [30100, 28699]
    assert [figure(register, DEATHS, "330400", date(2013, 6, day)) for day in (19, 20)] == [22, 21]
    then, now = map(year.results, (year.before, now))
    assert [one["rank"][["330900", "330200"]].tolist() for one in (then, now)] == [[3, 4], [4, 3]]
    plain = demo.assessed.assessment.results.xs(2012, level="year")
    assert now.score[["330900", "330200"]].tolist() == plain.score[["330900", "330200"]].tolist()
    assert then.score["330900"] > plain.score["330900"]


def test_the_change_is_that_of_the_indicator_by_hand(year, now):
    figures = [study.dataset.values.loc[("330900", 2012)] for study in (year.before, now)]
    shares = [round(100 * values[PUPILS] / values.pop_age_3_5, 2) for values in figures]
    assert shares == [95.05, 90.62]  # of 31 669 children


def test_the_list_of_changes_is_what_was_decided(year):
    found = year.editions.figures
    told = found[["region", "variable", "value_before", "value", "day", "because", "objection"]].values.tolist()
    assert told == [
        ["330400", DEATHS, 22, 21, "2013-06-20", "一例经复核为外地户籍", ""],
        ["330900", PUPILS, 30100, 28699, "2013-06-18", "早教机构在册儿童不计入在园人数", "O-2012-001"],
    ]
    assert year.editions.cities.index.tolist() == ["330200", "330400", "330900"]


def test_what_is_final_is_the_truth_but_for_what_was_revised(year, register):
    with tool_within(year):
        assert year.differing() == [f"{DEATHS}/330400"]
    found = register.figures([2012], accepted="final")
    assert len(found) == len(year.truth)


def test_pages_say_what_changed(year, now):
    report = RoundReport(now, now.evaluate(), year.year, "zh")
    assert "数据变动 2 项，涉及 2 个地区" in province(report).data
    assert len(changed_figures(report).rows) == 2


def test_a_year_starts_anew_from_the_project_that_is_shipped(year):
    assert not (year.folder / "old.txt").exists()
    declared = (year.project / "params/studies/zhejiang-round.yaml").read_text("utf-8")
    assert "register: {store: registers/round.sqlite" in declared


def test_a_command_that_is_refused_ends_the_year(tool, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tool.Round, "set_up", lambda self: self.run("status", "nothing-of-this-name"))
    assert tool.played(["--to", str(tmp_path / "round"), "--language", "en"]) == 1
    assert "round: evalkit status nothing-of-this-name" in capsys.readouterr().err


def test_every_word_is_there_in_both_languages_with_the_same_blanks():
    story = yaml.safe_load((ROOT / "tools" / "round.yaml").read_text("utf-8"))
    for words in (story["words"], story["kinds"]):
        for key, text in words.items():
            blanks = [
                {name for _, name, _, _ in Formatter().parse(text[language]) if name} for language in ("zh", "en")
            ]
            assert blanks[0] == blanks[1], key
            assert not re.search(r"[一-鿿]", text["en"].replace("万", "").replace("无", "")), key
