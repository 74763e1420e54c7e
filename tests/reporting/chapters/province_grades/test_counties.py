from evalkit.reporting.chapters.province_grades import counties
from tests.reporting.assessed import demo


def test_every_county_is_counted_once_under_its_city_and_its_grade(round_report):
    table = counties.county_grades(demo()).printed.set_index("城市")
    results = demo().study.assessed.county_assessment.results.xs(2012, level="year")
    grades = [c for c in table.columns if c not in ("县（市、区）数", "得分最低的县（市、区）")]
    assert table.loc["合计", "县（市、区）数"] == len(results) == table[grades].loc["合计"].sum()
    assert (table[grades].sum(axis=1) == table["县（市、区）数"]).all()
    assert table["县（市、区）数"][:-1].sum() == len(results)
    assert counties.county_grades(round_report()) is None


def test_the_county_with_the_lowest_score_is_named():
    results = demo().study.assessed.county_assessment.results.xs(2012, level="year").score
    own = results[[code for code in results.index if demo().city_of(code) == "330400"]]
    cell = counties.county_grades(demo()).printed.set_index("城市").loc["嘉兴市", "得分最低的县（市、区）"]
    assert cell == f"{demo().region(own.idxmin())}（{own.min():.2f}）"
