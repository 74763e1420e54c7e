from datetime import date

import pytest

from evalkit import ParamsError


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("report_year: 2012", "report_year: 2013", "a report_year within 2008–2012, not 2013"),
        (
            "years: [2008, 2012]",
            "years: [2012, 2008]",
            r"a first year that is not after the last \(years is \[2012, 2008",
        ),
        (
            "- code: uncapped",
            "- code: equal",
            "every alternative under a code of its own, not equal, geometric, min-max, eq",
        ),
        ("{kind: geometric}", "{kind: geometrik}", r"(?s)in the alternative 'geometric'.*did you mean 'geometric'\?"),
        ("method: {cap: false}", "method: {capp: false}", r"(?s)in the alternative 'uncapped'.*the unknown key 'capp'"),
        ("language: zh", "language: cn", r"language \(line \d+\): found 'cn'; expected one of zh, en"),
    ],
)
def test_a_round_that_contradicts_itself_is_refused(project, old, new, expected):
    project.edit("study", old, new)
    with pytest.raises(ParamsError, match=expected):
        project.load()


def test_a_round_without_a_design_has_a_seed_all_the_same(project):
    without = project.path("study").read_text("utf-8").partition("# What the uncertainty")[0]
    project.path("study").write_text(without, encoding="utf-8")
    declared = project.load().round
    assert (declared.seed, declared.uncertainty) == (20081231, None)


def test_a_design_that_is_not_valid_is_told_by_its_line(project):
    project.edit("study", "spread: 0.25", "spread: 2.5")
    line = project.line("study", "spread: 2.5")
    with pytest.raises(ParamsError, match=rf"uncertainty\.sources\.weights\.spread \(line {line}\): found 2\.5"):
        project.load()


def test_readings_of_what_the_study_does_not_have_are_refused(project):
    project.edit("study", "numerator: gdp", "numerator: gdpp")
    with pytest.raises(ParamsError, match=r"readings, regressor gdp: found 'gdpp'; expected one of .*'gdp'"):
        project.load()


def test_boundaries_are_found_by_the_code_of_a_region(project):
    project.edit("study", "language: zh\n", "language: zh\nboundaries: {file: own.geojson, key: adcode}\n")
    (project.root / "own.geojson").touch()
    assert project.load().round.boundaries.key == "adcode"


def test_a_day_is_written_as_yaml_has_it(project):
    project.edit("study", 'approved: ""}', 'approved: "", issued: 2013-07-31, objections_until: "2013-08-31"}')
    sign_off = project.load().round.sign_off
    assert (sign_off.issued, sign_off.objections_until) == (date(2013, 7, 31), date(2013, 8, 31))


def test_a_day_of_issue_that_is_none_is_refused(project):
    project.edit("study", 'approved: ""}', 'approved: "", objections_until: "2013-02-30"}')
    with pytest.raises(ParamsError, match=r"sign_off\.objections_until"):
        project.load()
