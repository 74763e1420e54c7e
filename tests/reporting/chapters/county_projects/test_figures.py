from decimal import ROUND_HALF_UP, Decimal

import pytest

from evalkit.reporting.chapters.county_projects import figures
from tests.reporting.cities import WENZHOU, assessed_report
from tests.reporting.drawn import draw, words


def rounded(value):
    return Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_drawn_without_a_warning(language):
    assert draw(figures.heat, assessed_report(language=language)) is not None


def test_every_cell_has_its_value():
    report = assessed_report()
    projects = report.study.assessed.county_assessment.projects.xs(2012, level="year")
    own = projects[projects.index.str.startswith(WENZHOU[:4])]
    written = [text for text in words(draw(figures.heat, report)) if text.replace(".", "").isdigit()]
    assert sorted(written) == sorted(str(rounded(value)) for value in own.to_numpy().ravel())


def test_its_title_names_the_weakest_project():
    assert "各县平均最低的是社会福利工程（34.4 分）" in figures.heat(assessed_report()).get_label()


def test_a_round_without_graded_counties_has_none(city_report):
    assert figures.heat(city_report()) is None
