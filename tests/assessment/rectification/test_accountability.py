from datetime import date

import pytest

from evalkit import ParamsError
from evalkit.assessment.rectification.accountability import FAULTS, Accountability
from evalkit.base import params
from tests.conftest import ROOT

FILE = ROOT / "params/accountability/zhejiang.yaml"


@pytest.fixture(scope="module")
def shipped():
    return Accountability.load(FILE)


@pytest.fixture
def refused(tmp_path):
    def told(change):
        data = params.parse(FILE)[0]
        data["steps"] = [dict(step) for step in data["steps"]]
        change(data)
        path = tmp_path / "test.yaml"
        path.write_text(params.dump(data), encoding="utf-8")
        with pytest.raises(ParamsError) as error:
            Accountability.load(path)
        return error.value

    return told


def test_every_fault_is_called_to_account_and_says_where_its_rule_is_from(shipped):
    assert set(shipped.grounds) == set(FAULTS)
    assert shipped.reports["fail"].status == "other-source"


@pytest.mark.parametrize(
    ("fault", "years", "step"),
    [
        ("behind", 1, "notice"),
        ("behind", 2, "interview"),
        ("behind", 3, "criticism"),
        ("missing", 5, "criticism"),
        ("falsified", 1, "criticism"),
    ],
)
def test_steps_rise_with_the_years_behind(shipped, fault, years, step):
    assert shipped.step(fault, years, "confirmed") == step


@pytest.mark.parametrize(
    ("fault", "completion", "counts"),
    [
        ("behind", 79.99, True),
        ("behind", 80, False),
        ("behind", 79.99999999999999, False),
        ("behind", float("nan"), True),
        ("missing", 99, True),
    ],
)
def test_a_year_counts_where_the_completion_is_under_the_bound_or_there_is_none(shipped, fault, completion, counts):
    assert shipped.counts(fault, completion) is counts


def test_a_fault_of_which_no_year_counts_stands_at_the_first_step(shipped):
    assert shipped.step("behind", 0, "confirmed") == "notice"


def test_terms_run_from_the_notice_to_the_end_of_a_month(shipped):
    assert shipped.noticed(2009) == date(2010, 7, 31)
    assert shipped.deadline("behind", 2009) == date(2010, 12, 31)
    assert shipped.report_by("fail", 2009) == date(2010, 8, 31)
    assert shipped.report_by("pass", 2009) == date(2010, 9, 30)


def test_a_grade_that_the_round_does_not_have_is_refused(shipped):
    with pytest.raises(
        ParamsError,
        match=r"reports of zhejiang, accountability: found 'fail'; expected one of failed, otherwise \(did you mean",
    ):
        shipped.check(["failed"])


def test_a_deadline_before_its_round_is_refused(refused):
    def change(data):
        data["grounds"]["behind"]["months"] = -3
        data["notice"]["months"] = 0

    found = refused(change)
    assert [problem.found for problem in found.problems] == ["0", "-3"]
    assert "no deadline lies before its round is over" in str(found)


def test_overlapping_steps_are_refused(refused):
    def change(data):
        data["steps"][0]["years"], data["steps"][1]["years"], data["steps"][2]["code"] = 2, 2, "notice"

    assert [problem.expected.split(",")[0] for problem in refused(change).problems] == [
        "1 for the first step",
        "more than 2",
        "a code of its own",
    ]


def test_a_step_at_once_that_is_unknown_is_refused(refused):
    found = refused(lambda data: data["grounds"]["falsified"].update(at_once="critcism"))
    assert "grounds.falsified.at_once" in str(found)
    assert "did you mean 'criticism'?" in str(found)


def test_grades_without_a_term_are_refused(refused):
    assert "a term for every grade, under 'otherwise'" in str(refused(lambda data: data["reports"].pop("otherwise")))
