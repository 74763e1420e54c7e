from evalkit.reporting.chapters.province_targets.verdicts import turned_cells
from evalkit.reporting.report import RoundReport
from evalkit.reporting.site.changes import changes
from tests.reporting.assessed import demonstration


def test_each_city_has_its_score_and_rank_then_and_now(study, result):
    table = changes(RoundReport(study, result, 2012, "zh"))["site_cities_moved"]
    rows = {row[0]: [str(cell) for cell in row[1:]] for row in table.rows}
    assert rows["衢州市"] == ["73.26", "79.24", "+5.98", "4", "4"]


def test_indicators_of_all_cities_together_differ_as_they_are_printed(study, result):
    table = changes(RoundReport(study, result, 2012, "zh"))["site_together"]
    for *_, then, now, difference, _ in table.rows:
        assert difference.replace("+", "") == str(now - then)


def test_an_assessed_round_tells_grades_verdicts_and_the_list():
    demo = demonstration()
    report = RoundReport(demo, demo.evaluate(), 2012, "zh")
    found = changes(report)
    assert list(found) == ["site_cities_moved", "site_turned", "site_together", "site_balance"]
    assert len(found["site_turned"]) == sum(map(len, turned_cells(report)))
    assert "本年等次" in found["site_cities_moved"].labels


def test_the_first_year_has_nothing_before_it(study, result):
    assert changes(RoundReport(study, result, 2008, "zh")) == {}
