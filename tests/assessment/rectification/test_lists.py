import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit import DataError, ParamsError
from evalkit.assessment.findings.inspections import NO_FINDINGS
from evalkit.assessment.rectification.accountability import Accountability
from evalkit.assessment.rectification.lists import rectification
from tests.assessment.findings.test_inspections import finding, findings, rectified
from tests.assessment.panels import YEARS
from tests.assessment.rectification.test_accountability import FILE
from tests.assessment.rectification.test_shortfalls import BEHIND, results
from tests.scoring.small import words

RULES = Accountability.load(FILE)
# behind in three years that show anything: 82, 84, 86, 88 and 90 are asked
SLOW = {"r1": [80, 81, 83, "missing", 85, 91]}
quick = settings(max_examples=8, deadline=None, derandomize=True)


def lists(values, given=NO_FINDINGS, **more):
    return rectification(results(values, **more), RULES, given)


def course(found, code):
    """One item, year after year."""
    return found.entries.xs(code, level="code")


def test_an_item_escalates_over_three_years_and_a_gap_neither_closes_it_nor_counts():
    item = course(lists(SLOW), "r1-a-2008")
    assert item.index.tolist() == list(YEARS)
    assert item.years_behind.tolist() == [1, 2, 2, 3, 3]
    assert item.step.tolist() == ["notice", "interview", "interview", "criticism", "criticism"]
    assert item.not_observed.tolist() == [(), (), (2010,), (2010,), (2010,)]
    assert item.status.tolist() == ["open"] * 4 + ["closed"]
    assert (item.closed_by[2012], item.closed_value[2012]) == ("value", 91)


def test_a_year_that_falls_short_by_little_starts_the_count_anew():
    # from 80 the course asks 82, 84, 86, 88 and 90: the completion of 2010 is 5 of 6, of all others below 80
    item = course(lists({"r1": [80, 81, 82, 85, 86, 86]}), "r1-a-2008")
    assert item.years_behind.tolist() == [1, 2, 3, 4, 5]
    assert item.years_counted.tolist() == [1, 2, 0, 1, 2]
    assert item.step.tolist() == ["notice", "interview", "notice", "notice", "interview"]


def test_an_item_says_what_is_wrong_and_when_it_is_put_right():
    item = course(lists(SLOW), "r1-a-2008")
    assert item.gap.tolist() == [1, 1, 1, 3, 3]
    assert item.accept_at.tolist() == [84, 86, 88, 90, 90]
    assert item.accept_kind.unique().tolist() == ["floor"]
    # completion 50 and progress 0.5 in 2008: a fail, and one month for the report
    assert item.loc[2008, ["noticed", "report_by", "deadline"]].tolist() == ["2009-07-31", "2009-08-31", "2009-12-31"]
    # in 2010 nothing was seen: the notice of that year is about it all the same, and no deadline lies before it
    assert item.loc[2010, ["noticed", "deadline"]].tolist() == ["2011-07-31", "2011-12-31"]
    assert item.noticed[2012] == item.noticed[2011]  # the figure of 2012 closed it, so that no notice is about it


def test_an_entry_names_who_answers_and_traces_to_its_rule_and_source():
    one = lists(SLOW).closing(2008).loc["r1-a-2008"]
    assert (one.lead, one.joint, one.rule, one.target_status) == ("sport", ("culture",), "zhejiang 1.1", "confirmed")
    assert (one.source, one.apportioned) == (words("plan"), False)


def test_a_missing_figure_is_an_item_of_its_own_until_one_is_reported():
    found = lists({"r1": [80, 82, 84, "missing", 88, 90]})
    assert found.new(2010).index.tolist() == ["r1-a-2010"]
    assert found.new(2010).accept_kind.tolist() == ["figure"]
    assert found.new(2010)[["value", "bound", "gap"]].isna().all(axis=None)
    assert found.closed(2011).closed_value["r1-a-2010"] == 88


def test_a_missing_figure_that_an_open_item_waits_for_is_no_second_matter():
    found = lists(SLOW)
    assert found.new(2010).empty
    assert found.closing(2010).index.tolist() == ["r1-a-2008"]


@pytest.mark.parametrize(("fault", "step"), [("behind", "advice"), ("missing", "advice"), ("falsified", "criticism")])
def test_no_step_follows_on_a_target_that_is_only_proposed_but_where_figures_are_not_true(fault, step):
    assert RULES.step(fault, 3, "proposed") == step
    assert RULES.step(fault, 3, "confirmed") == "criticism"
    assert RULES.model_copy(update={"advice": None}).step(fault, 3, "proposed") == "criticism"


def test_an_item_that_comes_back_is_a_new_one():
    found = lists({"r1": [80, 81, 84, 85, 88, 90]})
    assert [found.new(year).fault.eq("behind").sum() for year in YEARS] == [1, 0, 1, 0, 0]
    assert "r1-a-2010" in found.closed(2011).index


def test_a_project_and_the_earmark_are_items():
    met = {("r1", year): year > 2008 for year in YEARS}
    found = lists(SLOW, met=met)
    assert {"r1-P01-2008", "r1-earmark-2008"} <= set(found.new(2008).index)
    # 3 of 4 points in 2009
    assert found.closed(2009).closed_value["r1-P01-2008"] == 75
    assert "r1-earmark-2008" in found.closed(2009).index


def test_a_finding_closes_an_item_with_its_document_and_the_year_does_not_count():
    closure = rectified("r1-a-2008", year=2009)
    item = course(lists(SLOW, findings(closure)), "r1-a-2008")
    assert item.index.tolist() == [2008, 2009]
    last = item.loc[2009]
    assert (last.status, last.closed_by, last.closed_document) == ("closed", "R1", closure.document)
    assert (last.years_behind, last.step) == (1, "notice")


def test_what_is_still_behind_after_a_finding_closed_it_opens_anew_in_the_next_year():
    found = lists({"r1": [80, 81, 83, 85, 85, 91]}, findings(rectified("r1-a-2008", year=2009)))
    assert found.closing(2009).empty
    assert course(found, "r1-a-2010").years_behind.tolist() == [1, 2, 2]


def test_a_falsified_figure_goes_straight_to_criticism_and_only_a_finding_closes_it():
    false = finding("F1", year=2009, verdict="falsified", seen=70.0)
    found = lists(BEHIND, findings(false, rectified("r1-a-2009", year=2011)))
    item = course(found, "r1-a-2009")
    assert (item.fault[2009], item.step[2009], item.finding[2009], item.value[2009]) == (
        "falsified", "criticism", "F1", 70,
    )  # fmt: skip
    assert item.status.tolist() == ["open", "open", "closed"]
    assert course(lists(BEHIND, findings(false)), "r1-a-2009").status.tolist() == ["open"] * 4


def test_an_item_may_be_opened_and_closed_in_one_year():
    found = lists(SLOW, findings(rectified("r1-a-2008", year=2008)))
    assert "r1-a-2008" in found.new(2008).index.intersection(found.closed(2008).index)
    assert "r1-a-2009" in found.new(2009).index


cells = st.lists(st.one_of(st.integers(78, 92), st.just("missing"), st.just("disputed")), min_size=6, max_size=6)


@quick
@given(st.lists(cells, min_size=1, max_size=3), st.booleans())
def test_every_year_hands_on_what_it_took_over_and_opened_less_what_it_closed(regions, inspected):
    values = {f"r{place}": series for place, series in enumerate(regions, start=1)}
    found = lists(values, findings(finding(year=2009, verdict="falsified")) if inspected else NO_FINDINGS)
    assert found.opening(2008).empty
    for year in YEARS:
        opening, new, closed, closing = (
            set(getattr(found, name)(year).index) for name in ("opening", "new", "closed", "closing")
        )
        assert closing == (opening | new) - closed
        assert len(closing) == len(opening) + len(new) - len(closed)
        if year < 2012:
            assert found.opening(year + 1).equals(found.closing(year))
    assert found.entries.index.is_unique


@quick
@given(cells)
def test_an_item_counts_the_years_that_showed_its_fault(series):
    asked = dict(zip(YEARS, [82, 84, 86, 88, 90], strict=True))
    given_in = dict(zip(YEARS, series[1:], strict=True))
    found = lists({"r1": [80, *series[1:]]}).entries
    for (year, _), entry in found[(found.fault == "behind") & (found.status == "open")].iterrows():
        since = range(entry.origin, year + 1)
        shown = [given_in[then] < asked[then] for then in since if not isinstance(given_in[then], str)]
        assert (all(shown), len(shown)) == (True, entry.years_behind)
        assert len(entry.not_observed) == len(since) - len(shown)


def test_without_faults_the_lists_are_there_and_empty():
    found = lists({"r1": [80, 90, 90, 90, 90, 90]})
    assert [len(found.closing(year)) for year in YEARS] == [0] * 5


def test_a_year_outside_the_round_is_refused():
    with pytest.raises(ParamsError, match="year: found 2013; expected one of 2008, 2009, 2010, 2011, 2012"):
        lists(BEHIND).closing(2013)


def test_findings_that_do_not_fit_the_list_are_all_told():
    wrong = findings(
        rectified("r1-a-2007", code="R1"),
        rectified("r1-a-2008", code="R2", region="r2"),
        rectified("r2-a-2008", code="R3", region="r2", year=2011),
        finding("D1", region="r7", indicator="b"),
    )
    with pytest.raises(DataError) as error:
        lists(BEHIND | {"r2": [80, 81, 90, 90, 90, 90]}, wrong)
    told = str(error.value)
    assert "closes of the finding R1: found the item 'r1-a-2007'" in told
    assert "region of the finding R2: found 'r2'; expected that of the item r1-a-2008" in told
    assert "year of the finding R3: found 2011; expected one with r2-a-2008 open: 2008, 2009" in told
    assert len(error.value.problems) == 5
