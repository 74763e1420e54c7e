import numpy as np

from evalkit.reporting.report import RoundReport
from evalkit.reporting.site.profiles import intervals, profiles
from tests.reporting.assessed import demonstration


def test_scores_and_ranks_are_those_of_the_ranking(study, result):
    found = profiles(RoundReport(study, result, 2012, "zh"))
    at = list(study.regions.index).index("330800")
    score, rank, *projects = found["measures"]
    assert (score["v"][-1][at], rank["v"][-1][at]) == ("79.24", "4")
    assert [one["n"] for one in projects] == ["教育公平工程", "全民健康工程"]
    assert (score["y"], score["d"], rank["d"]) == ([2008, 2009, 2010, 2011, 2012], 2, None)


def test_likes_are_told_by_their_places(study, result):
    found = profiles(RoundReport(study, result, 2012, "zh"))
    cities = list(study.regions.index)
    own = found["likes"][cities.index("330800")]
    assert [study.regions.name_zh[cities[place]] for place in own] == ["丽水市", "湖州市", "嘉兴市"]


def test_ranks_have_intervals_where_the_round_draws(study, result):
    found = [str(cell) for cell in intervals(RoundReport(study, result, 2012, "zh"))]
    assert (found[list(study.regions.index).index("330800")], len(found)) == ("2—5", 11)
    demo = demonstration()
    assert intervals(RoundReport(demo, demo.evaluate(), 2012, "zh")) == []


def test_an_assessed_round_tells_grades_first():
    demo = demonstration()
    score, grade, *_ = profiles(RoundReport(demo, demo.evaluate(), 2012, "zh"))["measures"]
    at = list(demo.regions.index).index("330800")
    assert (score["v"][-1][at], grade["v"][-1][at]) == ("96.33", "优秀")


def test_what_likeness_rests_on_is_told_in_standard_deviations(study, result, figures):
    [size, *_] = profiles(RoundReport(study, result, 2012, "zh"))["structure"]
    people = np.log(figures.pop_resident.xs(2012, level="year").reindex(study.regions.index))
    assert size["n"] == "常住人口"
    assert size["v"] == [[f"{z:.2f}" for z in (people - people.mean()) / people.std(ddof=0)]]
