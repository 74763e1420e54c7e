"""Every figure of a round says in words what is to be seen, with numbers."""

import re
from operator import attrgetter

import pytest

from evalkit.reporting import chapters
from tests.reporting.assessed import demo

PUBLIC = (
    "robustness.figures.intervals", "convergence.figures.dispersion", "efficiency.figures.ranks",
    "efficiency.figures.scores", "inequality.figures.city_contributions", "inequality.figures.group_shares",
    "inequality.figures.inequality_trend", "fiscal.figures.growth", "fiscal.figures.spending", "position.map.scores",
    "province.figures.slopes", "census.figures.county_shares", "robustness.figures.probabilities",
    "robustness.figures.sensitivity",
)  # fmt: skip
ASSESSED = (
    "province.figures.slopes", "province_grades.figures.scores", "province_targets.figures.projects",
    "rectification.figures.by_city", "incentives.figures.simulation", "supervision.figures.risks",
)  # fmt: skip


def title(name, report):
    return attrgetter(name)(chapters)(report).get_label()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PUBLIC)
def test_a_figure_of_the_public_round_says_what_is_to_be_seen(round_report, name, language):
    assert re.search(r"\d", title(name, round_report(language=language)))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ASSESSED)
def test_a_figure_of_the_assessed_round_says_what_is_to_be_seen(name, language):
    assert re.search(r"\d", title(name, demo(language=language)))


def test_titles_have_the_numbers_of_the_data(round_report, scores):
    own = scores.xs(2012, level="year")
    said = title("position.map.scores", round_report())
    assert said.endswith(f"舟山市最高（{own.max()} 分），台州市最低（{own.min()} 分）")
    items = demo().study.consequences.rectification.closing(2012).region.value_counts()
    share = f"{100 * items.max() / items.sum():.1f}"
    most = demo().region(items.idxmax())
    assert title("rectification.figures.by_city", demo()) == (
        f"{most}未销号事项最多，{items.max()} 项，占全省 {items.sum()} 项的 {share}%"
    )
    risks = demo().study.consequences.visit_plan(2012).risks.score
    assert f"（{risks.max()} 分）；{len(risks)} 个单元中督查 22 个" in title("supervision.figures.risks", demo())
    spent = round_report().readings.spending.per_head.xs(2012, level="year").drop(round_report().study.all_regions.code)
    assert f"{spent.max():.0f} 元" in title("fiscal.figures.spending", round_report())
    assert "8 项中 6 项的市际基尼系数上升" in title("inequality.figures.inequality_trend", round_report())
    assert "位次的 4 个市、低于的 4 个市" in title("efficiency.figures.ranks", round_report())


def test_what_has_no_score_or_no_items_is_not_given_an_end(round_report):
    assert "最高的是" in title("inequality.figures.inequality_trend", round_report(year=2008))
    assert chapters.convergence.figures.dispersion(round_report(year=2008)) is None
