import pytest

from evalkit.reporting.report import RoundReport
from tests.reporting.drawn import draw, words
from tests.reporting.printed import census


def test_counties_name_both_ends(city_report, figures):
    text = words(draw(census.figures.counties, city_report()))
    tap = figures["hh_share_tap_water"].xs(2010, level="year").loc["330802":"330881"]
    assert len(tap) == 6
    assert tap.idxmin() == "330822"
    assert "常山县" in text
    assert "饮用自来水的家庭户比重" in text
    assert "平均受教育年限" not in text  # only shares share a scale


def test_its_title_says_where_the_counties_are_furthest_apart(city_report, figures):
    shares = ["tap_water", "toilet", "kitchen", "bath"]
    own = figures.xs(2010, level="year").loc["330802":"330881", [f"hh_share_{name}" for name in shares]]
    widest = own[(own.max() - own.min()).idxmax()]
    title = census.figures.counties(city_report()).get_label()
    assert f"：{widest.min():.1f}—{widest.max():.1f}%；菱形为全市" in title
    assert title.startswith("2010 年普查中的 6 个县（市、区）")


@pytest.fixture(scope="module", params=[("zh", 2012), ("en", 2012), ("zh", 2008)], ids=lambda asked: f"{asked}")
def report(request, study, result):
    language, year = request.param
    return RoundReport(study, result, year, language)


def test_each_county_is_a_dot_in_each_census(report):
    if report.year < 2010:
        assert census.figures.county_shares(report) is None
        return
    (axes,) = census.figures.county_shares(report).axes
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [len(line.get_xdata()) for line in dots] == [90] * 10
