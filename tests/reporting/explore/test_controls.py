import sys

import pytest

from evalkit import ParamsError
from evalkit.reporting.explore import explorer
from evalkit.reporting.explore.controls import page

HUZHOU, NINGBO = "330500", "330200"


@pytest.fixture
def controls(study):
    return explorer(study, city=HUZHOU, year=2012)


def test_the_controls_start_from_the_study_s_own_weights(controls):
    assert {code: slider.value for code, slider in controls.sliders.items()} == {"P03": 50, "P04": 50}
    assert (controls.weights, controls.found.groups) == ({}, ())


def test_a_slider_that_is_moved_scores_anew(controls, result):
    controls.sliders["P04"].value = 0
    assert controls.weights == {"P03": 50, "P04": 0}
    assert controls.found.other.score("index") == result.published.loc[(HUZHOU, 2012), "P03"]
    assert controls.page.value == page(controls.found)
    controls.city.value, controls.year.value = NINGBO, 2010
    assert controls.found.other.score("index") == result.published.loc[(NINGBO, 2010), "P03"]
    controls.reset.click()
    assert (controls.weights, controls.found.groups) == ({}, ())


def test_no_weights_at_all_get_a_word_and_the_last_result_stays(controls):
    for slider in controls.sliders.values():
        slider.value = 0
    assert controls.page.value == ("<p>社会事业体系之下各项的权数都是 0，无法计分：请至少给其中一项大于 0 的权数。</p>")
    assert controls.found.groups


def test_where_a_notebook_is_only_read_it_has_the_page(controls):
    shown = controls._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert shown["text/html"] == page(controls.found)
    assert "<strong>试算，不是评价结果</strong>。" in shown["text/html"]


def test_without_the_library_it_says_what_brings_it(study, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(ParamsError, match=r"pip install 'evalkit\[lab\]'"):
        explorer(study)
