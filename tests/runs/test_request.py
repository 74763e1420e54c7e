import shutil
from dataclasses import replace

import pytest

from evalkit.base.errors import ParamsError
from evalkit.runs.kinds import KINDS, reports
from evalkit.runs.request import prepare
from evalkit.subjects import CITY, COUNTY, DEPARTMENT
from tests.conftest import ROOT, STUDY


@pytest.fixture
def with_notebooks(project):
    """The copied project with its notebooks."""
    shutil.copytree(ROOT / "notebooks", project.root / "notebooks")
    return project


def names(requested):
    return [report_id.name for report_id in requested.reports]


def test_every_report_in_the_report_year_and_the_study_s_language_unless_told_otherwise(study):
    requested = prepare(study)
    assert requested.reports == reports(study)
    codes = {subject: [one.code for one in requested.reports if one.kind.each is subject] for subject in (CITY, COUNTY)}
    assert codes == {CITY: [f"33{number:02}00" for number in range(1, 12)], COUNTY: list(COUNTY.codes(study))}
    assert (requested.year, requested.language) == (2012, "zh")
    assessed = {ROOT / KINDS[name].path for name in ("departments", "consequences", "supervision")}
    of_reports = set(ROOT.glob("notebooks/*.ipynb")) - {ROOT / "notebooks/explore.ipynb"}  # which is no report of a run
    assert {requested.template(kind) for kind in requested.kinds} | assessed == of_reports


def test_a_kind_alone_is_all_its_reports(study):
    assert names(prepare(study, only={"robustness": []})) == ["robustness"]
    assert len(names(prepare(study, only={"cities": []}))) == 11


def test_a_city_that_is_named_twice_is_made_once(study):
    assert names(prepare(study, only={"cities": ["330800", "330100", "330800"]})) == ["330800", "330100"]


@pytest.mark.parametrize(
    ("options", "folder"), [({}, "2012"), ({"year": 2008}, "2008"), ({"language": "en"}, "2012-en")]
)
def test_another_language_has_a_folder_of_its_own(study, options, folder):
    assert prepare(study, **options).folder == ROOT / "outputs" / "zhejiang-public" / folder


def test_each_notebook_gets_its_city_if_it_is_of_one(study):
    own, of_a_city = prepare(study, only={"robustness": [], "cities": ["330800"]}, year=2009, language="en").reports
    requested, expected = prepare(study, year=2009, language="en"), {"study": STUDY, "year": 2009, "language": "en"}
    assert requested.parameters_of(own) == expected
    assert requested.parameters_of(of_a_city) == expected | {"city": "330800"}


def test_a_report_is_called_by_its_city_or_its_title(study):
    requested = prepare(study, only={"robustness": [], "cities": ["330800"]}, language="en")
    assert [requested.label(report_id) for report_id in requested.reports] == [
        "Zhejiang 2012: how far ranks depend on the choices made",
        "Quzhou",
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"only": {"cities": ["330810"]}},
            r"--city: found '330810'; expected one of 330100, .*\(did you mean '330\d00'\?\)",
        ),
        ({"only": {"cities": ["330100", "330802"]}}, r"--city: found '330802'"),  # a county
        ({"only": {"robustnes": []}}, r"--report: found 'robustnes'; .*\(did you mean 'robustness'\?\)"),
        ({"year": 2031}, "--year: found 2031; expected 2008 to 2012"),
        ({"year": "2012"}, "--year: found 2012; expected 2008 to 2012"),
        ({"language": "cn"}, r"--language: found 'cn'; expected one of zh, en"),
    ],
)
def test_what_is_not_known_is_refused(study, options, message):
    with pytest.raises(ParamsError, match=message):
        prepare(study, **options)


def test_everything_that_is_asked_for_wrongly_is_told_at_once(study):
    only = {"cities": ["1", "2"], "city": []}
    with pytest.raises(ParamsError, match="the study zhejiang-public cannot be run like this") as caught:
        prepare(study, only=only, year=2007, language="fr")
    assert [problem.where for problem in caught.value.problems] == [
        "--report",
        "--city",
        "--city",
        "--year",
        "--language",
    ]


def test_notebooks_that_do_not_declare_what_their_kind_needs_are_refused_with_what_keeps_the_round_from_scores(
    with_notebooks,
):
    for name, old, new in (("index_system", "year = 2012", "yaer = 2012"), ("robustness", '\\"zh\\"', "1")):
        path = with_notebooks.root / "notebooks" / f"{name}.ipynb"
        path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    with_notebooks.edit("study", "P05-libraries: saturated", "P05-libraries: short-series")
    with pytest.raises(ParamsError, match="3 things are wrong") as told:
        prepare(with_notebooks.load())
    assert "index_system.ipynb cannot be run with these parameters\n  - year: found a parameter" in str(told.value)
    assert "robustness.ipynb cannot be run with these parameters\n  - language: found the default 1" in str(told.value)


def test_a_study_that_the_notebooks_would_not_find_is_refused(study):
    changed = replace(study, round=study.round.model_copy(update={"report_year": 2011}))
    with pytest.raises(ParamsError, match=r"the study: found a file from elsewhere; expected .*zhejiang-public\.yaml"):
        prepare(changed)
    with pytest.raises(ParamsError, match=r"params/studies/mine\.yaml, which the notebooks read by its name"):
        prepare(replace(study, round=study.round.model_copy(update={"code": "mine"})))


def test_an_index_that_does_not_fit_its_data_is_refused(with_notebooks):
    with_notebooks.edit("study", "P05-libraries: saturated", "P05-libraries: short-series")
    with pytest.raises(
        ParamsError, match=r"P05-libraries .*: found cells missing: 0 of 55, .*regions at the cap: 10 of 11"
    ):
        prepare(with_notebooks.load())


def test_a_project_without_notebooks_is_told_so(project):
    with pytest.raises(ParamsError, match=r"found no notebook; expected one of .*notebooks/city_report\.ipynb"):
        prepare(project.load())
    with pytest.raises(ParamsError, match=r"there is no notebook .*robustness\.ipynb"):
        prepare(project.load(), only={"robustness": []})


def test_a_kind_whose_notebook_is_not_there_is_left_out(with_notebooks):
    (with_notebooks.root / "notebooks" / "robustness.ipynb").unlink()
    assert "robustness" not in names(prepare(with_notebooks.load()))


def test_nothing_is_written(with_notebooks):
    prepare(with_notebooks.load())
    assert not (with_notebooks.root / "outputs").exists()


def test_a_code_of_two_reports_is_refused_with_their_kinds(demo, monkeypatch):
    alike = replace(DEPARTMENT, codes=lambda study: ("330100", "province"))
    monkeypatch.setitem(KINDS, "departments", replace(KINDS["departments"], each=alike))
    with pytest.raises(ParamsError) as error:
        prepare(demo)
    assert [str(problem) for problem in error.value.problems] == [
        "the code province: found one of province and of departments; expected another code for one of them",
        "the code 330100: found one of cities and of departments; expected another code for one of them",
    ]


@pytest.mark.parametrize("codes", [("a-b", "A-B"), ("é", "e\u0301")])
def test_codes_that_one_file_would_stand_for_are_refused(demo, monkeypatch, codes):
    alike = replace(DEPARTMENT, codes=lambda study: codes)
    monkeypatch.setitem(KINDS, "departments", replace(KINDS["departments"], each=alike))
    with pytest.raises(
        ParamsError, match=f"the code {codes[0]} and {codes[1]}: found one of departments and of departments"
    ):
        prepare(demo)
