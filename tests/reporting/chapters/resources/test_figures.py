from tests.reporting.drawn import draw
from tests.reporting.printed import resources


def test_resources_set_the_rank_of_the_money_beside_that_of_the_result(city_report, values):
    axes = draw(resources.figures.resources, city_report()).axes[0]
    spending, results = axes.lines
    money = values["P03-spending"].xs(2012, level="year").dropna()
    own = city_report()
    at = [label.get_text() for label in axes.get_yticklabels()].index("教育公平工程")
    assert spending.get_xdata()[at] == 1 + (money > money["330800"]).sum()
    assert list(results.get_xdata()) == [own.rank(project.code) for project in own.scored_projects[::-1]]
    above = sum(spending.get_xdata() < results.get_xdata())
    title = resources.figures.resources(own).get_label()
    assert title == f"衢州市可对照的 2 项工程中，投入位次高于结果位次的有 {above} 项"
