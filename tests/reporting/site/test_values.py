import numpy as np
import pytest

from evalkit.data.imputation import IMPUTED
from evalkit.reporting.report import RoundReport
from evalkit.reporting.site.values import printed, values


@pytest.fixture(scope="module")
def found(study, result):
    return split(values(RoundReport(study, result, 2012, "zh")))


def split(found):
    """What is written with bars between cities, as lists."""
    return {
        code: one | {"v": [texts.split("|") for texts in one["v"]], "rank": one["rank"].split("|")}
        for code, one in found.items()
    }


def test_every_figure_is_printed_as_the_city_s_report_prints_it(found, study, city_report):
    for at, city in enumerate(study.regions.index[:3]):
        report = city_report(city)
        for indicator in study.system.indicators:
            own = found[indicator.code]
            for year, texts in zip(own["y"], own["v"], strict=True):
                cell = str(report.printed(indicator, year, blank="…"))
                assert texts[at] == cell or (cell, texts[at]) in {("…", "/"), ("…", "○"), ("…", "?")}


def test_ranks_are_those_of_the_city_s_report(found, city_report, study):
    ranks = {code: one["rank"][list(study.regions.index).index("330800")] for code, one in found.items()}
    told = city_report("330800").standings["rank"]
    assert {code: float(place) for code, place in ranks.items() if place != "—"} == told.dropna().to_dict()


def test_a_year_without_figures_is_left_out_and_a_later_one_too(found, study, result):
    assert found["P02-unemployment-insurance"]["y"] == [2011, 2012]
    before = values(RoundReport(study, result, 2010, "zh"))
    assert max(year for one in before.values() for year in one["y"]) == 2010


def test_numbers_are_rounded_like_reports_and_blanks_say_why():
    cells = np.array([59.995, -0.001, np.nan, np.nan, 2.0, np.inf])
    states = np.array(["value", "value", "not due", "missing", IMPUTED, "value"])
    assert printed(cells, 2, states=states) == ["60.00", "0.00", "○", "…", "2.00*", "∞"]


def test_all_cities_together_are_told_by_year(found, study, figures):
    own = found["P02-unemployment-insurance"]
    assert len(own["all"]) == len(own["y"]) == len(own["v"])
    assert own["all"][-1] == "19.5"
