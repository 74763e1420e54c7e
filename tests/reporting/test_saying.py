from evalkit.reporting.chapters import position, province, summary
from tests.reporting.whatif import BEDS, HANGZHOU, under


def test_a_score_on_part_of_the_weight_is_said_wherever_its_rank_is(round_report, city_report):
    of_city, of_round = (under(report(), BEDS, min_weight=0.5) for report in (city_report, round_report))
    whole = [*summary.sentences.of_the_round(of_round), province.sentences.summary(of_round).data]
    for text in (summary.sentences.summary(of_city).data, position.sentences.position(of_city).data, "".join(whole)):
        assert "：衢州市（3 项、75.0%）。其得分、位次是与按全部指标计分的市" in text
    assert "一部分计分" not in summary.sentences.summary(under(city_report(HANGZHOU), BEDS, min_weight=0.5)).data
