from dataclasses import replace

import pytest

from evalkit.base.text import Text
from evalkit.reporting.report import RoundReport
from tests.conftest import anew
from tests.reporting.printed import gaps


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


def test_each_service_is_on_one_side(report):
    lines = gaps.sentences.gaps(report).data.split("\n")
    assert all(report.node(i.code) in lines[1] for i in report.readings.services)
    assert report.word("none") in lines[2]


def test_what_became_of_each_gap_is_said_once(report):
    narrowed, widened, changed = gaps.sentences.gaps(report).data.split("\n\n")[1].split("\n")[1:4]
    assert report.word("none") in narrowed
    assert report.node("P04-beds") in widened
    assert report.node("P04-physicians") in widened
    assert report.node("P03-primary") in changed
    assert report.node("P03-secondary") in changed


def test_a_gap_made_by_one_city_names_it(report):
    words = {"name": report.node("P04-physicians"), "whole": "+0.286", "without": "+0.027"}
    text = gaps.sentences.gaps(report).data
    assert report.word("gap_hangs", city=report.region("330100"), **words) in text
    assert report.node("P03-primary") not in text.split("\n\n")[3]


def test_the_base_year_has_a_gap_and_no_change(study, result):
    report = RoundReport(study, result, 2008, "en")
    assert report.word("equality_base", year=2008) in gaps.sentences.gaps(report).data


def test_without_groups_no_gap_is_read(report, monkeypatch):
    monkeypatch.setattr("evalkit.readings.equality.Equality.ends", None)
    assert gaps.sentences.gaps(anew(report)).data == ""


def test_of_three_groups_the_ends_are_compared_and_the_other_is_named(report):
    text = gaps.sentences.gaps(three_groups(report, "330400", "330600", "330700", "330800")).data
    ends = {"first": report.group("northeast"), "last": report.group("southwest")}
    assert text.startswith(report.word("gaps_of_ends", n=3, others="M", **ends))
    assert not gaps.sentences.gaps(report).data.startswith(text[:5])


def test_groups_of_two_cities_are_compared_and_hang_on_no_single_one(report):
    pairs = three_groups(report, "330400", "330500", "330600", "330700", "330800", "330900", "331100")
    assert report.node("P04-beds") in gaps.sentences.gaps(pairs).data
    assert gaps.tables.gap_sensitivity(pairs).empty


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
    assert report.node("P09-refuse") in gaps.sentences.ceilings(report).data
    assert report.node("P09-sewage-plant") not in gaps.sentences.ceilings(report).data


def test_the_services_in_which_the_city_is_behind_are_named(city_report):
    text = gaps.sentences.among_cities(city_report("330300")).data
    assert (
        "可与各市合计相比的 4 项服务中，本市落后的有 2 项：**每千常住人口执业（助理）医师数、每千常住人口医院" in text
    )
    assert "4 项服务，本市均不落后" in gaps.sentences.among_cities(city_report("330900")).data


def test_a_city_that_is_nowhere_behind_has_no_shortage(city_report):
    assert gaps.sentences.shortages(city_report("330900")).data == ""
    assert "不是规定的目标" in gaps.sentences.shortages(city_report("330300")).data
