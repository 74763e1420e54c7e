from evalkit.reporting.chapters.position import brief, tables


def test_the_body_has_the_ranking_without_codes(round_report):
    assert brief.ranking(round_report()).codes == ["rank", "city", "score", "change", "rank_range"]
    assert len(brief.ranking(round_report())) == len(tables.ranking(round_report())) == 11
