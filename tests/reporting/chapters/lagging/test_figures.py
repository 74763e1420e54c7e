import pytest

from evalkit.reporting.chapters.lagging import figures
from tests.reporting.cities import HUZHOU, assessed_report, of_the_city
from tests.reporting.drawn import draw

JIAXING = "330400"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("year", [2008, 2012])
def test_it_is_drawn_without_a_warning(language, year):
    assert draw(figures.dumbbells, assessed_report(JIAXING, year, language)) is not None


def test_it_has_the_ten_worst_with_the_year_before():
    report = assessed_report(HUZHOU)
    lamps, completion = of_the_city(report, "lamps"), of_the_city(report, "completion")
    worst = completion[(lamps == "behind") & (completion < 95)].sort_values().head(10)[::-1]
    before, now = figures.dumbbells(report).axes[0].lines[:2]
    assert list(now.get_xdata()) == pytest.approx(list(worst))
    then = report.study.assessed.cities.completion.loc[(HUZHOU, 2011)]
    assert list(before.get_xdata()) == pytest.approx(list(then[worst.index]), nan_ok=True)


def test_its_title_says_what_is_to_be_seen():
    title = figures.dumbbells(assessed_report()).get_label()
    assert title.startswith(
        "差距较大的目标 8 项，完成度不足一半的有 4 项，最低的是农村五保和城镇“三无”对象集中供养率（14.3%）"
    )
    assert "不足一半" not in figures.dumbbells(assessed_report("330600")).get_label()


def test_where_nothing_lags_there_is_none(monkeypatch, city_report):
    monkeypatch.setattr(figures, "serious", lambda found: found.iloc[:0])
    assert figures.dumbbells(assessed_report()) is None
    assert figures.dumbbells(city_report()) is None
