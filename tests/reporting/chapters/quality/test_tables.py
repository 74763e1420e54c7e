from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from evalkit.data.dataset import SHIPPED
from tests.reporting.printed import chapters
from tests.reporting.whatif import BEDS, CARRIED, under

CITIES = ["330800", "330100", "330200"]


@pytest.mark.parametrize("city", [*CITIES, "330500", "331100"])
def test_quality_names_the_breaks_of_this_city_and_of_all(city_report, variables, city):
    quality = chapters.quality.tables.quality(city_report(city))
    breaks = quality[quality["发现"] == "序列断裂"]
    expected = [
        (variable["name"]["zh"], found["year"], found["note"]["zh"])
        for variable in variables.values()
        for found in variable.get("breaks", ())
        if found.get("region") in (None, city) and 2008 <= found["year"] <= 2012
    ]
    assert list(breaks[["统计指标", "年份", "说明"]].itertuples(index=False, name=None)) == expected


def test_quality_has_every_doubt_and_check(city_report, variables):
    quality = chapters.quality.tables.quality(city_report())
    for kind, label in (("oddities", "存疑"), ("checks", "核对通过")):
        expected = [note["zh"] for variable in variables.values() for note in variable.get(kind, ())]
        assert list(quality.loc[quality["发现"] == label, "说明"]) == expected


def test_quality_names_figures_whose_publication_is_not_established(city_report):
    unstated = pd.concat(pd.read_csv(path) for path in (SHIPPED / "zhejiang").glob("*.csv"))
    codes = set(unstated.variable[unstated.publication == "compilation-only"])
    quality = chapters.quality.tables.quality(city_report())
    assert (quality["发现"] == "出处未能确认").sum() == len(codes) == 5


def test_a_dataset_without_findings_has_an_empty_table(city_report):
    report = city_report()
    plain = {
        code: v.model_copy(update=dict.fromkeys(("breaks", "oddities", "checks"), ())) for code, v in metadata(report)
    }
    stated = {
        code: p.model_copy(update={"stated": True}) for code, p in report.study.dataset.metadata.publications.items()
    }
    clean = report.study.dataset.metadata.model_copy(update={"variables": plain, "publications": stated})
    study = replace(report.study, dataset=replace(report.study.dataset, metadata=clean))
    assert chapters.quality.tables.quality(replace(report, study=study)).shape == (0, 4)


def metadata(report):
    return report.study.dataset.metadata.variables.items()


def test_every_imputed_figure_is_listed_and_of_a_city_its_own(city_report, round_report):
    row = [2012, "每千常住人口医院、卫生院床位数", Decimal("3.43"), "张"]
    assert chapters.quality.tables.city_imputed(under(city_report(), BEDS, **CARRIED)).to_numpy().tolist() == [row]
    assert chapters.quality.tables.imputed(under(round_report(), BEDS, **CARRIED)).to_numpy().tolist() == [
        ["衢州市", *row]
    ]
    assert chapters.quality.tables.city_imputed(under(city_report("330100"), BEDS, **CARRIED)).empty
    assert (
        chapters.quality.tables.city_imputed(city_report()) is chapters.quality.tables.imputed(round_report()) is None
    )


@pytest.mark.parametrize("city", CITIES)
def test_doubts_are_the_breaks_and_oddities_of_what_is_scored(city_report, variables, city):
    report = city_report(city)
    found = chapters.quality.tables.doubts(report)
    scored = {term for one in report.system.scored for term in one.terms}
    expected = [
        (variables[code]["name"]["zh"], note["zh"])
        for code in variables
        if code in scored
        for note in [
            *(
                b["note"]
                for b in variables[code].get("breaks", ())
                if b.get("region") in (None, city) and b["year"] >= 2008
            ),
            *variables[code].get("oddities", ()),
        ]
    ]
    assert sorted(found[["统计指标", "说明"]].itertuples(index=False, name=None)) == sorted(expected)
    assert set(found["发现"]) <= {"序列断裂", "存疑"}
