"""A figure is drawn as wide as the text of GB/T 9704, so that its type is as large in print: none is under 9 points."""

import re
from operator import attrgetter

import pytest
from matplotlib.text import Text

from evalkit.reporting import chapters
from evalkit.reporting.city import CityReport
from evalkit.reporting.report import RoundReport
from tests.conftest import DEMO, ROOT, STUDY, shipped
from tests.reporting.counties import county_report
from tests.reporting.departments import department_report
from tests.reporting.second import SECOND

LEAST, PAGE, EDGE = 9, (156 / 25.4, 136 / 25.4), 0.03  # points, inches, and inches over which a figure may reach
OF_A_ROUND = ("province_report", "robustness", "data_quality", "consequences", "supervision_plan")
OF_AN_ASSESSMENT = ("department_report", "consequences", "supervision_plan")
WITHOUT = [(DEMO, "robustness"), *((study, "county_report") for study in (DEMO, STUDY, SECOND))]
FIGURE = re.compile(r"chapters\.(\w+\.(?:figures|map)\.\w+)\(")


def figures(notebook):
    """The figures that a notebook shows, by name; a figure that is added is held to the same."""
    return list(dict.fromkeys(FIGURE.findall((ROOT / f"notebooks/{notebook}.ipynb").read_text("utf-8"))))


def report(name, notebook, language):
    study = shipped(name)
    if notebook == "city_report":
        return CityReport(study, study.evaluate(), "330300", study.years[-1], language)
    if (study, notebook) in WITHOUT:
        return county_report(language=language, study=name)
    if notebook == "department_report":
        return department_report(language=language)
    return RoundReport(study, study.evaluate(), study.years[-1], language)


def cases():
    for study in (DEMO, STUDY, SECOND):
        for notebook in ("city_report", "county_report", "department_report", *OF_A_ROUND):
            if study == DEMO or notebook not in OF_AN_ASSESSMENT:
                yield study, notebook


def in_languages():
    """Both languages of the study that has all reports, and of the two whose figures are of one make, one of each."""
    one = {STUDY: ("en",), SECOND: ("zh",)}
    return [(*case, language) for case in cases() for language in one.get(case[0], ("zh", "en"))]


@pytest.mark.parametrize(("study", "notebook", "language"), in_languages())
def test_a_figure_can_be_read_on_a_printed_page_and_says_in_words_and_numbers_what_is_to_be_seen(
    study, notebook, language
):
    made = report(study, notebook, language)
    drawn = {name: attrgetter(name)(chapters)(made) for name in figures(notebook)}
    assert any(drawn.values()) or (study, notebook) in WITHOUT
    for name, figure in drawn.items():
        if figure is not None:
            figure.draw_without_rendering()
            assert small(figure) == [], name
            assert (figure.get_size_inches() <= PAGE).all(), name
            assert standing_out(figure) == [], name
            assert re.search(r"\d", figure.get_label()), name


def small(figure):
    """Words that can be seen and are smaller than is printed."""
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    assert texts
    return [(text.get_text(), text.get_size()) for text in texts if text.get_size() < LEAST]


def standing_out(figure):
    """The sides over which a figure reaches, by how many inches."""
    drawn, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
    sides = {"left": -drawn.x0, "below": -drawn.y0, "right": drawn.x1 - width, "above": drawn.y1 - height}
    return [(side, inches) for side, inches in sides.items() if inches > EDGE]
