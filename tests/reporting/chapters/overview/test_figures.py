import pandas as pd
import pytest

from evalkit.reporting.chapters.overview import figures
from tests.reporting.cities import HUZHOU, WENZHOU, assessed_report
from tests.reporting.drawn import draw, words


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_drawn_without_a_warning(city_report, language):
    assert draw(figures.standing, assessed_report(language=language)) is not None
    assert draw(figures.standing, city_report(language=language)) is not None


def test_it_has_every_score_the_highest_on_top():
    report = assessed_report()
    scores = report.study.assessed.assessment.results.score.xs(2012, level="year").dropna()
    points = figures.standing(report).axes[0].collections[0].get_offsets()
    assert list(points[:, 0]) == sorted(scores, reverse=True)


def test_the_bands_stand_where_the_rules_have_them():
    drawn = words(draw(figures.standing, assessed_report()))
    assert {"优秀", "良好"} <= set(drawn)
    assert "合格" not in drawn  # it begins below all scores


def test_its_title_says_how_far_the_city_is_from_the_first(city_report):
    assert figures.standing(assessed_report()).get_label() == "温州市 91.66 分，10 市中第 6，与居首的衢州市相差 4.67 分"
    assert figures.standing(assessed_report("330800")).get_label() == "衢州市 96.33 分，10 市中居首"
    assert figures.standing(assessed_report(HUZHOU)).get_label() == "10 个参评市的得分；湖州市没有得分"
    assert figures.standing(city_report(WENZHOU)).get_label().startswith("温州市 62.70 分，11 市中第 8")


def test_without_a_score_of_any_city_there_is_none(monkeypatch):
    monkeypatch.setattr(figures, "_scores", lambda report: (pd.Series(dtype=float), 2))
    assert figures.standing(assessed_report()) is None
