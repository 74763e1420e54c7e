"""What figures say is to be seen is what the data say; that each says so at all is held where all are drawn."""

from operator import attrgetter

from evalkit.reporting import chapters
from tests.reporting.assessed import demo


def title(name, report):
    return attrgetter(name)(chapters)(report).get_label()


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
