import shutil
from dataclasses import replace

import numpy as np
import pytest
from pydantic import BaseModel

from evalkit import DataError, ParamsError, load_study
from evalkit.base.project import study_names
from evalkit.base.text import Text
from evalkit.data.dataset import SHIPPED
from evalkit.scoring.uncertainty import uncertainty
from tests.conftest import ROOT, STUDY
from tests.mutations.project import Small


def texts(declared):
    """Every text below a declared thing."""
    if isinstance(declared, Text):
        yield declared
    elif isinstance(declared, BaseModel):
        yield from texts(dict(declared))
    elif isinstance(declared, dict | tuple):
        for part in declared.values() if isinstance(declared, dict) else declared:
            yield from texts(part)


def test_an_unknown_study_is_told_with_the_near_one():
    with pytest.raises(
        ParamsError, match=r"no params/studies/zhejiang-pubic\.yaml\n.*did you mean 'zhejiang-public'\?"
    ):
        load_study("zhejiang-pubic", root=ROOT)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "index: zhejiang-public",
            "index: zhejiang-publik",
            r"params/index/zhejiang-publik\.yaml.*'zhejiang-public'\?",
        ),
        ("regions: zhejiang", "regions: zhejang", r"params/regions/zhejang\.yaml.*did you mean 'zhejiang'\?"),
        ("dataset: tables", "dataset: zhejang", r"no dataset 'zhejang'.*did you mean 'zhejiang'\?"),
    ],
)
def test_an_unknown_part_of_a_study_is_told_with_the_near_one(project, old, new, expected):
    project.edit("study", old, new)
    with pytest.raises(ParamsError, match=f"(?s){expected}"):
        project.load()


def test_a_study_bears_the_name_of_its_file(project):
    project.edit("study", "code: zhejiang-public", "code: zhejiang")
    with pytest.raises(ParamsError, match="code: found 'zhejiang'; expected 'zhejiang-public'"):
        project.load()


def test_a_target_for_an_unknown_region_is_refused(project):
    project.edit("index", '{"330100": 85', '{"330199": 85')
    with pytest.raises(
        ParamsError, match="target of P09-sewage-plant, by_region: found '330199'; expected one of 330100"
    ):
        project.load()


def test_different_problems_in_a_projects_table_are_told_at_once(project):
    project.edit("health.csv", "physicians,330100,2008,", "physicans,330100,2008,")
    project.edit("health.csv", "physicians,330100,2009,22753,", "physicians,330100,2009,约两万,")
    with pytest.raises(DataError) as refused:
        project.load()
    assert [(problem.where, problem.found) for problem in refused.value.problems] == [
        ("health.csv row 3, column 'variable'", "'physicans'"),
        ("health.csv row 4, column 'value'", "'约两万'"),
        ("physicians of 330100 in 2008", "no row"),
    ]


def test_a_value_outside_its_indicators_valid_range_is_refused(project):
    project.edit("health.csv", "physicians,330100,2008,21223,", "physicians,330100,2008,212230,")
    with pytest.raises(
        DataError, match=r"P04-physicians \(每千.*\) of 330100 in 2008: found 25\.8754; expected 0 to 20"
    ):
        project.load().evaluate()


def test_an_index_system_with_an_unknown_variable_is_refused(project):
    project.edit("index", "numerator: physicians", "numerator: physicans")
    with pytest.raises(ParamsError, match=r"P04-physicians of .*: found the variable 'physicans'.*mean 'physicians'\?"):
        project.load().panel()


def test_a_word_of_the_sign_off_is_not_taken_for_false(project):
    project.edit("study", 'prepared: ""', "prepared: no")
    assert project.load().round.sign_off.prepared == "no"


def test_a_study_is_loaded_by_the_path_of_its_file(project):
    study = load_study(project.path("study"))
    assert (study.round.code, study.root) == (STUDY, project.root.resolve())


def test_the_projects_own_dataset_comes_before_a_shipped_one(project):
    project.edit("study", "dataset: tables", "dataset: zhejiang")
    shutil.move(project.root / "tables", project.root / "zhejiang")
    (project.root / "zhejiang" / "health.csv").unlink()
    with pytest.raises(DataError, match="physicians of 330100 in 2007: found no row"):
        project.load()


def test_the_files_of_a_study_are_those_that_its_results_rest_on(project):
    (project.root / "tables" / "notes.txt").touch()
    (project.root / "tables" / "drafts").mkdir()
    files = [file.relative_to(project.root).as_posix() for file in project.load().files]
    names = ("studies/zhejiang-public", "index/zhejiang-public", "regions/zhejiang", "livelihood/zhejiang")
    assert files[:4] == [f"params/{name}.yaml" for name in names]
    assert files[4:-1] == sorted(f"tables/{file.name}" for file in (SHIPPED / "zhejiang").glob("*.csv"))
    assert files[-1] == "tables/metadata.yaml"


def test_boundaries_are_among_the_files(project):
    project.edit("study", "language: zh\n", "language: zh\nboundaries: {file: own.geojson}\n")
    (project.root / "own.geojson").touch()
    assert project.root / "own.geojson" in project.load().files


def test_words_of_its_own_are_among_the_files_and_an_unknown_name_is_told(project):
    project.edit("study", "language: zh\n", "language: zh\nwords: own\n")
    with pytest.raises(ParamsError, match=r"there is no params/words/own\.yaml"):
        project.load()
    (project.root / "params/words").mkdir()
    file = project.root / "params/words/own.yaml"
    file.write_text("code: own\nwords: {score: {zh: 分数}}\n", encoding="utf-8")
    study = project.load()
    assert study.words["score"].zh == "分数"
    assert file in study.files
    assert "params/words/own.yaml" in study.inputs


def test_a_list_of_livelihood_that_is_not_there_is_named(project):
    project.edit("study", "livelihood: zhejiang", "livelihood: zhejang")
    with pytest.raises(ParamsError, match=r"livelihood: found 'zhejang'; expected one of zhejiang .did you mean"):
        project.load()


def test_a_round_may_read_no_list_of_livelihood(project):
    line = "  fiscal: {expenditure: fiscal_expenditure, revenue: fiscal_revenue, livelihood: zhejiang}\n"
    project.edit("study", line, "")
    assert project.load().livelihood is None


def test_the_studies_of_a_project_are_named(project):
    shutil.copy(project.path("study"), project.path("study").with_name("another.yaml"))
    assert study_names(project.root) == ["another", "zhejiang-plan-demo", STUDY, "zhejiang-public-2015"]


def test_the_years_and_cities_of_the_round(study):
    assert list(study.years) == [2008, 2009, 2010, 2011, 2012]
    assert len(study.regions) == 11
    assert set(study.regions.level) == {"city"}


def test_the_counties_of_a_city_stand_below_it(study):
    assert study.counties("330900").name_zh.tolist() == ["定海区", "普陀区", "岱山县", "嵊泗县"]


def test_the_counties_of_a_census_are_those_of_its_year(study):
    assert "富阳市" in study.counties("330100").name_zh.tolist()
    assert "富阳区" in study.counties("330100", 2020).name_zh.tolist()


def test_the_whole_panel_is_evaluated_at_once(study, result):
    assert result.scores.shape[0] == 11 * 5
    assert result.scores["index"].notna().all()


def test_the_composition_is_that_of_the_round_whichever_year_is_read(study):
    assert study.check(2008).equals(study.check())


def test_per_registered_inhabitant_another_population_divides(study, figures):
    panel = study.panel(population_base="registered")
    hangzhou = figures.loc[("330100", 2012)]
    expected = 1000 * hangzhou.physicians / (hangzhou.pop_registered * 10_000)
    assert panel.values.loc[("330100", 2012), "P04-physicians"] == pytest.approx(expected, rel=1e-12)


def test_alternatives_that_name_no_population_share_the_panel_of_the_round(study):
    panels = {code: found.panel for code, found in study.alternatives.items()}
    assert [code for code, panel in panels.items() if panel is not study.panel()] == ["registered"]


def test_every_alternative_is_scored_in_its_own_way(study):
    assert list(study.alternatives) == [alternative.code for alternative in study.round.alternatives]
    assert study.alternatives["geometric"].method == study.method.but(aggregation={"kind": "geometric"})
    assert study.alternatives["registered"].panel is study.panel(population_base="registered")


def test_the_cap_is_all_that_uncapped_scores_leave_out(study, result):
    assert study.uncapped.normalised.max(axis=None) > 100
    assert study.uncapped.normalised.clip(0, 100).equals(result.normalised)


def test_the_province_is_scored_as_if_it_were_one_city(study):
    assert study.province.scores.index.tolist() == [("zhejiang", year) for year in study.years]
    assert study.province.scores["index"].notna().all()


def test_the_round_is_given_with_every_default(project):
    project.edit("study", "language: zh\n", "")
    assert project.load().resolved()["language"] == "zh"


def test_every_text_of_the_shipped_study_is_said_in_both_languages(study):
    declared = (study.round, study.system, study.all_regions, study.dataset.metadata)
    spoken = [text for part in declared for text in texts(part)]
    assert len(spoken) > 300
    assert [text for text in spoken if not (text.zh.strip() and text.en.strip())] == []


def without_design(study, **changes):
    return replace(study, round=study.round.model_copy(update={"uncertainty": None} | changes))


def test_draws_are_those_of_the_design_the_seed_and_the_report_year(study, result):
    draws = study.draws()
    expected = uncertainty(result, study.round.uncertainty, seed=20081231, year=2012)
    assert (draws.year, draws.scores.shape) == (2012, (1000, 11))
    assert np.array_equal(draws.scores, expected.scores)


def test_a_round_that_declares_no_uncertainty_has_no_draws(study):
    with pytest.raises(ParamsError, match="uncertainty: found nothing; expected the sources"):
        without_design(study).draws()


def test_a_year_outside_the_round_has_no_draws(study):
    with pytest.raises(ParamsError, match="year: found 2013; expected 2008 to 2012"):
        study.draws(2013)


def test_evaluating_creates_nothing(project):
    study = project.load()
    before = sorted(project.root.rglob("*"))
    study.evaluate()
    study.draws()
    assert sorted(project.root.rglob("*")) == before


def test_faults_in_several_provisions_are_told_at_once(project):
    for kind, old, new in (
        ("accountability", "  months: 7", "  months: 0"),
        ("supervision", "capacity: 22", "capacity: 7"),
        ("findings", "closes: [330300-P05-01-2009]", "closes: []"),
    ):
        name = "zhejiang-plan-demo" if kind == "findings" else "zhejiang"
        project.edit(f"../params/{kind}/{name}.yaml", old, new)
    with pytest.raises(ParamsError, match="3 things are wrong") as told:
        load_study("zhejiang-plan-demo", root=project.root)
    message = str(told.value)
    assert "params/accountability/zhejiang.yaml)\n  - notice.months (line " in message
    assert "params/supervision/zhejiang.yaml)\n  - visits.riskiest (line " in message
    assert "params/findings/zhejiang-plan-demo.yaml)\n  - findings[1].closes (line " in message


def test_a_fund_that_cannot_satisfy_its_floors_and_a_closure_of_nothing_are_told_before_anything_is_made(project):
    project.edit("../params/incentives/zhejiang.yaml", "      value: 0.03", "      value: 0.1")
    project.edit("../params/findings/zhejiang-plan-demo.yaml", "330300-P05-01-2009", "330300-P05-01-2008")
    study = load_study("zhejiang-plan-demo", root=project.root)
    with pytest.raises(ParamsError) as told:
        study.check()
    assert "closes of the finding D-2010-01: found the item '330300-P05-01-2008'" in str(told.value)
    assert "floors: found 110000000.00 in all; expected at most the fund, 100000000" in str(told.value)


def test_a_round_that_imputes_may_have_blanks_but_nothing_is_imputed_for_all_cities_together(project):
    project.edit("health.csv", "hospital_beds,330800,2010,6502,value", "hospital_beds,330800,2010,,missing")
    with pytest.raises(ParamsError, match=r"P04-beds .*: found cells missing: 1 of 55.*\(found: incomplete\)"):
        project.load().check()
    project.edit("study", "  min_weight: 1\n", "  imputation: {kind: interpolation}\n")
    study = project.load()
    row = study.check().loc["P04-beds"]
    assert (row.missing, row.imputed, row.found) == (0, 1, ())
    assert np.isnan(study.province.scores.loc[("zhejiang", 2010), "index"])


def test_a_system_serves_another_span_by_what_that_round_leaves_out(project):
    project.edit("study", "years: [2008, 2012]", "years: [2011, 2012]")
    expected = (
        r"P02-pension \(.*\): found cells missing: 0 of 22, .* instead of 'short-series', or none: then it is scored"
    )
    with pytest.raises(ParamsError, match=expected):
        project.load().check()
    for code in ("P02-pension", "P02-unemployment-insurance", "P09-sewage-plant"):
        project.edit("study", f"  {code}: short-series\n", "")
    for code in ("P04-hospitals", "P09-broadband", "P09-post"):
        project.edit("study", f"  {code}: broken\n", "")
    assert [indicator.code for indicator in project.load().system.scored] == [
        "P02-pension", "P02-unemployment-insurance", "P03-primary", "P03-secondary", "P04-physicians", "P04-beds",
        "P09-sewage-plant", "P09-broadband", "P09-post",
    ]  # fmt: skip


def test_a_code_that_is_left_out_and_not_there_is_told(project):
    project.edit("study", "  P05-libraries: saturated", "  P05-library: saturated")
    with pytest.raises(ParamsError, match=r"unscored: found 'P05-library'; .*did you mean 'P05-libraries'"):
        project.load()


def test_every_alternative_that_cannot_be_scored_is_told_beside_the_map(tmp_path):
    small, file = Small.make(tmp_path / "small"), "params/studies/small.yaml"
    way = "{normalisation: {kind: min_max}, aggregation: {kind: geometric}}}"
    small.edit(file, "{weighting: {kind: equal, over: indicators}}}", way)
    small.edit(file, "uncertainty:", "  - {code: other, name: {zh: 另}, population_base: registered}\nuncertainty:")
    small.edit(file, "{file: own.geojson}", "{file: own.geojson, key: id}")
    with pytest.raises(ParamsError, match="3 things are wrong") as told:
        load_study("small", root=small.root).check()
    titles = [error.title.partition(":")[0].partition(" cannot")[0] for error in told.value.errors]
    assert titles == ["own.geojson", "the alternative 'equal'", "the alternative 'other'"]
