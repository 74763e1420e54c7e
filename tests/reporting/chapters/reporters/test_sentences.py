from evalkit.reporting.chapters.reporters.sentences import lead

SAID = {
    "zh": "应报单位 4 个，尚未报送 2 个，退回待重报 1 个，逾期 3 个；未决异议 1 件。",
    "en": "Asked: 4; nothing came from 2 yet, 1 were returned, 3 are late; 1 objections are open.",
}


def test_the_page_begins_with_the_day_and_the_counts(report):
    day = {"zh": "截至 2013 年 4 月 12 日", "en": "As of 2013-04-12"}[report.language]
    assert lead(report) == [day, SAID[report.language]]
