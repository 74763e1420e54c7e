from evalkit.reporting.chapters.rectification.tables import items
from evalkit.reporting.report import RoundReport
from evalkit.reporting.site.rectification import rectified
from tests.reporting.assessed import demonstration


def test_the_list_has_every_item_with_its_departments():
    demo = demonstration()
    report = RoundReport(demo, demo.evaluate(), 2012, "zh")
    found = rectified(report)
    place = {column["c"]: at for at, column in enumerate(found["columns"])}
    assert len(found["rows"]) == len(items(report)) == len(found["units"])
    for row, units in zip(found["rows"], found["units"], strict=True):
        assert row[place["responsible_units"]] == report.listed(units)
    assert {row[place["item_status"]] for row in found["rows"]} == {"未销号", "已销号"}


def test_a_round_that_calls_nobody_to_account_has_no_list(study, result):
    assert rectified(RoundReport(study, result, 2012, "zh")) is None
