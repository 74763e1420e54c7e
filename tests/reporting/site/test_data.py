import json

from evalkit.reporting.report import RoundReport
from evalkit.reporting.site.data import SAID, gathered
from evalkit.reporting.site.pages import TEMPLATES
from tests.reporting.assessed import demonstration


def test_what_is_gathered_is_plain_and_leads_to_the_reports(study, result):
    found = gathered(RoundReport(study, result, 2012, "zh"), {"330800": "cities/330800/report.html"})
    common = json.loads(json.dumps(found))["scripts"]["common"]
    assert ["330800", "衢州市", "../cities/330800/report.html"] in common["cities"]
    assert ["330100", "杭州市", None] in common["cities"]
    assert (common["year"], common["previous"]) == (2012, 2011)
    assert found["scripts"]["rectification"] is None


def test_scripts_are_sent_every_word_that_they_say():
    code = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.js"))
    assert [key for key in SAID if f'"{key}"' not in code and f"{key}:" not in code] == []


def test_braces_of_words_are_left_to_the_scripts(study, result):
    said = gathered(RoundReport(study, result, 2012, "en"), {})["scripts"]["said"]
    assert said["words"]["site_found"] == "{n} of {total} found"


def test_an_assessed_round_has_departments_and_a_list():
    demo = demonstration()
    found = gathered(RoundReport(demo, demo.evaluate(), 2012, "en"), {})
    assert len(found["departments"]) == len(found["scorecards"]["rows"])
    assert found["scripts"]["rectification"]["rows"]


def test_grades_verdicts_and_steps_are_sorted_by_their_place():
    demo = demonstration()
    order = gathered(RoundReport(demo, demo.evaluate(), 2012, "zh"), {})["scripts"]["said"]["sorting"]
    grades = ["优秀", "良好", "合格", "不合格", "不予评定"]
    assert [order[grade] for grade in grades] == [0, 1, 2, 3, None]
    assert order["● 完成"] < order["▼ 未完成"]
    assert order["约谈"] < order["通报批评"]
