import pytest

from evalkit.reporting.chapters.inequality.tables import named
from evalkit.reporting.report import RoundReport
from tests.conftest import anew
from tests.reporting.printed import gaps


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


@pytest.fixture(scope="module")
def base(study, result):
    return RoundReport(study, result, 2008, "en")


def row(table, report, code):
    """The row of an indicator, by the name that tables give it."""
    return table.set_index(report.word("indicator")).loc[named(report, report.system.node(code))]


def test_both_groups_stand_in_both_years(report, figures):
    own = figures.xs(2012, level="year").loc[report.readings.groups.index]
    sums = own.groupby(report.readings.groups)[["hospital_beds", "pop_resident"]].sum()
    found = row(gaps.tables.group_gaps(report), report, "P04-beds")
    for code, value in (sums.hospital_beds / sums.pop_resident / 10).items():
        name = report.study.all_regions.groups[code][report.language]
        assert float(found[f"{name} 2012"]) == pytest.approx(value, abs=5e-3)


def test_sides_that_changed_places_are_named(report):
    table = gaps.tables.gap_progress(report)
    changed = table[report.word("sides_changed")] == report.word("is_so")
    names = [named(report, report.system.node(code)) for code in ("P03-primary", "P03-secondary")]
    assert list(table[changed][report.word("indicator")]) == names


def test_an_overshoot_is_no_progress_beyond_parity(report):
    found = row(gaps.tables.gap_progress(report), report, "P03-primary")
    base, now = (float(found[report.word(f"gap_{end}", first=2008, last=2012)]) for end in ("first", "last"))
    assert (base, now) == (-0.49, 1.24)
    assert float(found[report.word("closed_share")]) == pytest.approx(100 * (1 - 1.2434 / 0.4866), abs=0.6)


def test_money_is_read_by_its_ratio(report):
    found = row(gaps.tables.gap_progress(report), report, "F-revenue")
    assert found[report.word("gap_by")] == report.word("by_ratio")
    assert found[report.word("gap_last", last=2012)] == "+1.26"  # 7784 over 3440 yuan, less 1


def test_people_and_what_they_lack(report):
    beds, primary = (row(gaps.tables.gap_people(report), report, code) for code in ("P04-beds", "P03-primary"))
    assert float(beds[report.word("people")]) == 2479.7
    assert abs(float(beds[report.word("lacking")]) - 0.8843219 * 24797) < 1
    variables = report.study.dataset.metadata.variables
    assert primary[report.word("people_of")] == variables["pupils_primary"].name[report.language]
    assert primary[report.word("lacking_of")] == variables["teachers_primary"].name[report.language]


def test_the_worse_side_is_the_other_one_in_the_base_year(base):
    found = row(gaps.tables.gap_people(base), base, "P03-primary")
    assert found[base.word("worse_group")] == base.study.all_regions.groups["northeast"].en


def test_the_gap_of_physicians_is_hangzhous(report):
    found = row(gaps.tables.gap_sensitivity(report), report, "P04-physicians")
    assert found[report.word("gap_mover")] == report.region("330100")
    assert found[report.word("gap_without")] == "+0.027"
    assert found[report.word("change_mover")] == report.region("330700")
    assert found[report.word("cities_left")] == 10


def test_refuse_is_near_its_end_and_sewage_is_not(report, values):
    table = gaps.tables.ceilings(report).set_index([report.word("indicator"), report.word("year")])
    refuse = table.loc[(report.node("P09-refuse"), 2012)]
    own = values["P09-refuse"].xs(2012, level="year").reindex(report.study.regions.index)
    assert refuse[report.word("near_bound")] == report.word("is_so")
    assert float(refuse[report.word("distance")]) == pytest.approx(100 - own.mean(), abs=0.05)
    assert table.loc[(report.node("P09-sewage-plant"), 2012), report.word("near_bound")] == report.word("is_not_so")
    assert [i.code for i in gaps.tables.near_bound(report)] == ["P09-refuse"]


def test_the_base_year_has_gaps_and_no_progress(base):
    assert gaps.tables.gap_progress(base).empty
    assert len(gaps.tables.group_gaps(base)) == 8
    assert base.word("change_mover") not in gaps.tables.gap_sensitivity(base)
    assert set(gaps.tables.ceilings(base)[base.word("year")]) == {2008}


def test_without_two_groups_there_is_no_gap(report, monkeypatch):
    report = anew(report)
    monkeypatch.setattr("evalkit.readings.equality.Equality.ends", None)
    assert gaps.tables.group_gaps(report) is None
    assert gaps.tables.gap_people(report) is None
    assert gaps.tables.gap_sensitivity(report) is None
