import warnings

import pytest

from evalkit.reporting.chapters import supervision
from tests.reporting.assessed import demo


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_drawn_without_a_warning(language):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        supervision.figures.risks(demo(2012, language)).canvas.draw()


def test_every_unit_has_its_risk_and_every_visit_its_frame():
    plan = demo().study.consequences.visit_plan(2012)
    axes = supervision.figures.risks(demo()).axes[0]
    assert sorted(int(text.get_text()) for text in axes.texts) == sorted(plan.risks.score)
    frames = [(patch.get_x() + 0.46, patch.get_y() + 0.44, patch.get_linestyle()) for patch in axes.patches]
    projects = list(plan.record.units.unique("project"))
    cities = list(demo().study.regions.index)
    expected = [
        (
            projects.index(v.project),
            cities.index(v.region),
            "--" if plan.selection.stratum[v.region, v.project] == "random" else "-",
        )
        for v in plan.visits
    ]
    assert [(round(x), round(y), style) for x, y, style in frames] == expected


def test_a_round_without_rules_of_supervision_has_none(round_report):
    assert supervision.figures.risks(round_report()) is None
