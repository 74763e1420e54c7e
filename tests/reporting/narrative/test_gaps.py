from dataclasses import replace

import pytest

from evalkit.base.text import Text
from evalkit.reporting import RoundReport
from evalkit.reporting.narrative import gaps
from tests.conftest import anew
from tests.mutations.edit import FIGURES
from tests.reporting.printed import gaps as tables


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


def test_each_service_is_on_one_side(report):
    lines = gaps.gaps(report).data.split("\n")
    assert all(report.node(i.code) in lines[1] for i in report.findings.services)
    assert report.word("none") in lines[2]


def test_what_became_of_each_gap_is_said_once(report):
    narrowed, widened, changed = gaps.gaps(report).data.split("\n\n")[1].split("\n")[1:4]
    assert report.word("none") in narrowed
    assert report.node("P04-beds") in widened
    assert report.node("P04-physicians") in widened
    assert report.node("P03-primary") in changed
    assert report.node("P03-secondary") in changed


def test_a_gap_made_by_one_city_names_it(report):
    words = {"name": report.node("P04-physicians"), "whole": "+0.286", "without": "+0.027"}
    text = gaps.gaps(report).data
    assert report.word("gap_hangs", city=report.region("330100"), **words) in text
    assert report.node("P03-primary") not in text.split("\n\n")[3]


def test_the_base_year_has_a_gap_and_no_change(study, result):
    report = RoundReport(study, result, 2008, "en")
    assert report.word("equality_base", year=2008) in gaps.gaps(report).data


def test_without_groups_no_gap_is_read(report, monkeypatch):
    monkeypatch.setattr("evalkit.readings.equality.Equality.ends", None)
    assert gaps.gaps(anew(report)).data == report.word("equality_no_groups")


def test_of_three_groups_the_ends_are_compared_and_the_other_is_named(report):
    text = gaps.gaps(three_groups(report, "330400", "330600", "330700", "330800")).data
    ends = {"first": report.group("northeast"), "last": report.group("southwest")}
    assert text.startswith(report.word("gaps_of_ends", n=3, others="M", **ends))
    assert not gaps.gaps(report).data.startswith(text[:5])


def test_groups_of_two_cities_are_compared_and_hang_on_no_single_one(report):
    pairs = three_groups(report, "330400", "330500", "330600", "330700", "330800", "330900", "331100")
    assert report.node("P04-beds") in gaps.gaps(pairs).data
    assert tables.gap_sensitivity(pairs).empty


def three_groups(report, *between):
    """The same report with some cities in a group between the two."""
    known = report.study.all_regions
    groups = {"northeast": known.groups["northeast"], "m": Text(zh="M", en="M"), "southwest": known.groups["southwest"]}
    moved = tuple(r.model_copy(update={"group": "m"}) if r.code in between else r for r in known.regions)
    regions = known.model_copy(update={"groups": groups, "regions": moved})
    regions.__dict__.pop("table", None)
    study = replace(report.study, all_regions=regions)
    return replace(report, study=study)


def test_what_is_near_its_end_is_named(report):
    assert report.node("P09-refuse") in gaps.ceilings(report).data
    assert report.node("P09-sewage-plant") not in gaps.ceilings(report).data


def test_the_counties_after_the_plan_are_no_result_of_it(report):
    text = gaps.counties(report).data
    assert [number in text for number in ("82", "90", "2020", "8")] == [True] * 4
    narrowed, widened = text.split("\n")[1:3]
    assert report.node("P08-toilet") in narrowed
    assert report.node("P08-housing-area") in widened


def test_what_narrows_by_itself_is_named(report):
    apart, _, text = gaps.counties(report).data.split("\n\n")[1:4]
    assert report.node("P03-illiteracy") in apart
    assert report.node("P08-toilet") in text
    assert report.node("P09-tap-water") not in text  # what falls short of it grew more equal as well


def test_a_deviation_that_falls_while_the_gini_rises_is_named(small):
    def less(edit):
        edit.census(2011, 2012, regions=("0101", "0102", "0100"))
        text = (edit.small.root / FIGURES).read_text("utf-8")
        told = {"bath,0101,2012,10.1": "bath,0101,2012,0.1", "bath,0102,2012,10.2": last}
        for before, now in told.items():
            text = text.replace(before, now)
        edit.small.write(FIGURES, text)

    last = "bath,0102,2012,0.15"
    assert (
        "标准差与基尼系数一升一降的（括号内为全部县的基尼系数）：bath（0.0025→"
        in gaps.counties(small(less, whole=True)).data
    )
    last = "bath,0102,2012,10.4"
    text = gaps.counties(small(less, whole=True)).data
    assert "一升一降" not in text
    assert "列出有县（市、区）数据的 1 个市（共 3 个市）的县（市、区），2012 年共 2 个" in text
