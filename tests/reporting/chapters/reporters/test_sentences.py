from evalkit.reporting.chapters.reporters.sentences import lead


def test_the_page_begins_with_the_counts_and_the_day(report):
    assert (
        lead(report)
        == {
            "zh": ["截至 2013-04-12", "应报单位 4 个，尚未报送 2 个，退回待重报 1 个，逾期 3 个；未决异议 1 件。"],
            "en": [
                "As of 2013-04-12",
                "Asked: 4; nothing came from 2 yet, 1 were returned, 3 are late; 1 objections are open.",
            ],
        }[report.language]
    )
