"""The second public round: figures by hand, doubtful cells left out, and nothing tied to the first."""

import pandas as pd
import pytest
import yaml

from evalkit.data.dataset import SHIPPED
from evalkit.runs.remarks import remarks
from tests.conftest import ROOT, shipped
from tests.reporting.second import SECOND, second_study

# What the reading of the yearbooks found wrong: a repeated figure, a slip, a change of scope.
LEFT_OUT = {
    ("pop_registered", "331100", 2011), ("pupils_vocational", "330700", 2011), ("fiscal_expenditure", "330500", 2013),
    ("insured_pension_employees", "330200", 2015), ("insured_pension_employees", "330400", 2015),
    ("insured_pension_employees", "330600", 2014), ("insured_pension_employees", "330700", 2014),
    ("insured_pension_employees", "330800", 2014), ("insured_pension_employees", "330900", 2014),
    ("internet_users", "330100", 2014), ("internet_users", "330100", 2015),
    ("library_collection", "330300", 2012), ("library_collection", "330300", 2013),
    ("library_collection", "330300", 2014), ("library_collection", "330400", 2013),
    ("library_collection", "330500", 2011), ("library_collection", "331000", 2012),
    ("library_collection", "331100", 2011), ("post_offices", "330300", 2014), ("post_offices", "330300", 2015),
    ("post_offices", "330800", 2014),
}  # fmt: skip
# Odd, but within the factor for a break.
KEPT = {
    ("physicians", "330700", 2012), ("teachers_primary", "330400", 2012), ("teachers_primary", "330400", 2013),
    ("pupils_vocational", "331000", 2014), ("exp_health", "330800", 2014),
}  # fmt: skip
PER_HEAD = {
    "P01-registered-unemployed": ("unemployed_registered", 1000),
    "P02-unemployment-insurance": ("insured_unemployment", 100),
    "P04-physicians": ("physicians", 1000),
    "P04-beds": ("hospital_beds", 1000),
}
SCALES = {
    "P01-registered-unemployed": (11.3, 0),
    "P02-unemployment-insurance": (0, 38.9),
    "P03-primary": (26.4, 13.2),
    "P03-secondary": (20.3, 10.1),
    "P03-vocational": (24.7, 12.3),
    "P04-physicians": (1.57, 3.14),
    "P04-beds": (2.45, 6),
    "P09-sewage-plant": (55, 95),
}


def read(folder):
    return pd.concat(pd.read_csv(path, dtype={"region": str}) for path in (SHIPPED / folder).glob("*.csv"))


@pytest.fixture(scope="module")
def rows():
    """Every row of the dataset's files."""
    return read(SECOND.replace("-public", ""))


@pytest.fixture(scope="module")
def figures(rows):
    """What may be used of the figures, as they are printed: one column a variable."""
    return rows[rows.state == "value"].pivot_table(index=["region", "year"], columns="variable", values="value")


@pytest.fixture(scope="module")
def indicators(figures):
    """The scored indicators of the cities, without evalkit."""
    cities = figures[figures.pop_resident.notna()]
    heads = cities.pop_resident * 10_000
    return pd.DataFrame(
        {code: cities[count] / heads * per for code, (count, per) in PER_HEAD.items()}
        | {
            "P03-primary": cities.pupils_primary * 10_000 / cities.teachers_primary,
            "P03-secondary": cities.pupils_secondary * 10_000 / cities.teachers_secondary,
            "P03-vocational": cities.pupils_vocational / cities.teachers_vocational,
            "P09-sewage-plant": cities.sewage_treat_rate_plant,
        }
    )


def test_figures_are_those_of_the_yearbook():
    values = second_study().panel().values
    hangzhou, zhoushan = values.loc[("330100", 2015)], values.loc[("330900", 2015)]
    assert hangzhou["P04-physicians"] == pytest.approx(34832 / 9_018_000 * 1000)
    assert hangzhou["P01-registered-unemployed"] == pytest.approx(36709 / 9_018_000 * 1000)
    assert hangzhou["P03-vocational"] == pytest.approx(106776 / 6715)
    assert zhoushan["P02-unemployment-insurance"] == pytest.approx(212917 / 1_152_000 * 100)
    assert zhoushan["P03-primary"] == pytest.approx(47700 / 3412)
    assert [hangzhou["P09-sewage-plant"], zhoushan["P09-sewage-plant"]] == [94, 65]


def test_sums_of_the_cities_are_those_that_the_province_printed(figures):
    """The province printed 9.81 million insured in 2011, and 3.4673 million primary pupils in 2012."""
    sums = figures.groupby("year").sum()
    assert sums.insured_unemployment[2011] == pytest.approx(9.81e6, rel=1e-3)
    assert sums.pupils_primary[2012] == pytest.approx(346.73, abs=0.02)
    assert sums.pop_resident[2011] == pytest.approx(5463)


def test_cells_that_are_wrong_are_in_dispute_and_no_others(rows):
    disputed = rows[rows.state == "disputed"]
    assert set(disputed[["variable", "region", "year"]].itertuples(index=False, name=None)) == LEFT_OUT
    assert disputed.value.notna().all()


def test_every_flagged_cell_is_told_to_the_reader():
    """Each by its city in the year, or in the first of the years that a doubt of its city covers."""
    declared = yaml.safe_load((SHIPPED / "zhejiang-2015/metadata.yaml").read_text("utf-8"))["variables"]
    told = {(code, doubt["region"]) for code, variable in declared.items() for doubt in variable.get("doubts", ())}
    assert told == {(variable, region) for variable, region, _ in LEFT_OUT | KEPT}
    for code, variable in declared.items():
        for doubt in variable.get("doubts", ()):
            used = (code, doubt["region"], doubt["year"]) in KEPT
            assert ("仍予采用" in doubt["note"]["zh"], "未予采用" in doubt["note"]["zh"]) == (used, not used)


def test_a_disputed_figure_enters_no_indicator():
    values = second_study().panel().values
    assert pd.isna(values.loc[("330700", 2011), "P03-vocational"])
    assert values["P03-vocational"].isna().sum() == 1
    assert values.loc["330100"]["P09-broadband"].isna().tolist() == [False, False, False, True, True]


def test_the_two_datasets_are_one_series(rows):
    both = rows.merge(read("zhejiang"), on=["variable", "region", "year"], suffixes=("", "_before"))
    both = both[both.value.notna() & both.value_before.notna()]
    assert set(both.year) == {2010, 2011, 2012, 2020}
    assert both.variable.nunique() >= 25
    assert (both.value == both.value_before).all()


def test_residents_between_censuses_lie_on_a_straight_line(figures):
    cities = list(second_study().regions.index)
    census = figures.pop_census.unstack("year").loc[cities, [2010, 2020]]
    assert census.sum().to_dict() == {2010: 54_426_891, 2020: 64_567_588}
    for year in range(2011, 2016):
        line = census[2010] + (census[2020] - census[2010]) * (year - 2010) / 10
        assert figures.pop_intercensal.xs(year, level="year").to_dict() == pytest.approx(line.to_dict())


def test_scores_are_those_of_plain_pandas(indicators):
    scored = pd.DataFrame({code: (indicators[code] - worst) / (best - worst) for code, (worst, best) in SCALES.items()})
    scored = 100 * scored.clip(0, 1)
    projects = scored.T.groupby(lambda code: code[:3]).mean().T
    index = projects.mean(axis=1)
    published = second_study().evaluate().published["index"]
    assert set(projects) == {"P01", "P02", "P03", "P04", "P09"}
    assert published.to_dict() == pytest.approx(index[published.index].to_dict(), abs=0.005001)


def test_the_round_is_clean_and_every_city_has_a_score():
    held = second_study().check(2015)
    scored = held.index[held.unscored.isna()]
    assert set(scored) == set(SCALES)
    told = list(remarks(second_study(), 2015))
    assert len(told) == 1
    assert told[0].startswith("there is no total of all cities of housing_area_per_capita")
    assert second_study().evaluate().published["index"].notna().all()


def test_all_cities_together_are_scored_on_all_that_a_city_is():
    assert second_study().province.published.xs(2015, level="year").iloc[0].notna().all()


def test_nothing_that_a_page_says_of_the_round_is_of_the_first():
    study = second_study()
    for text in (study.round.title, study.system.edition, *(way.name for way in study.round.alternatives)):
        assert not any(year in text[language] for year in ("2008", "2009", "2012") for language in ("zh", "en"))
    assert (study.years[0], study.years[-1], study.round.report_year) == (2011, 2015, 2015)
    assert study.system.version > shipped("zhejiang-public").system.version


def test_departments_bear_the_names_of_the_year():
    health = second_study().system.departments["health"]
    assert [health.name_in(year)["zh"] for year in (2012, 2013, 2014, 2015)] == ["省卫生厅"] * 2 + ["省卫生计生委"] * 2


def test_the_first_round_scores_what_it_scored():
    """As first published, from the highest to the lowest."""
    first = shipped("zhejiang-public")
    in_2012 = first.evaluate().published["index"].xs(2012, level="year").sort_values(ascending=False)
    assert list(in_2012) == [95.02, 87.52, 84.85, 79.24, 75.36, 72.24, 67.30, 62.70, 61.49, 55.51, 52.98]
    assert [int(city) // 100 % 100 for city in in_2012.index] == [9, 1, 11, 8, 5, 2, 6, 3, 4, 7, 10]
    assert first.dataset.metadata.variables["pop_resident"].years == (2007, 2012)


def test_the_study_ships_beside_the_first():
    assert {path.stem for path in (ROOT / "params/studies").glob("*.yaml")} >= {"zhejiang-public", SECOND}
