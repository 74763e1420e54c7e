from evalkit.reporting.chapters import leadership, position, province, summary
from evalkit.reporting.prose import prose
from evalkit.reporting.saying import other_base, rest
from tests.reporting.cities import assessed_report
from tests.reporting.whatif import BEDS, HANGZHOU, under


def test_a_score_on_part_of_the_weight_is_said_wherever_its_rank_is(round_report, city_report):
    of_city, of_round = (under(report(), BEDS, min_weight=0.5) for report in (city_report, round_report))
    whole = [*summary.sentences.of_the_round(of_round), province.sentences.summary(of_round).data]
    for text in (summary.sentences.summary(of_city).data, position.sentences.position(of_city).data, "".join(whole)):
        assert "：衢州市（3 项、75.0%）。其得分、位次是与按全部指标计分的市" in text
    assert "一部分计分" not in summary.sentences.summary(under(city_report(HANGZHOU), BEDS, min_weight=0.5)).data


def test_the_bases_of_two_scores_are_counted_where_they_differ():
    report = assessed_report("330500")  # Huzhou reported much less in 2012
    evidence = report.assessment.evidence
    weighed = [code for code in evidence.completion if evidence.weights[code] > 0]
    known = evidence.completion.loc["330500", weighed].where(evidence.states.loc["330500", weighed] == "value")
    then, now = (set(known.loc[year].dropna().index) for year in (2011, 2012))
    told = f"2011 年得分依据 {len(then)} 项目标，2012 年依据 {len(now)} 项（两年相同的 {len(then & now)} 项），"
    assert next(iter(other_base(report))).startswith(told)
    said = leadership.sentences.method(assessed_report()).data
    assert next(iter(other_base(assessed_report()))) in said
    assert [*other_base(assessed_report("330400"))] == []


def test_no_base_is_compared_in_the_first_year():
    assert [*other_base(assessed_report("330500", 2008))] == []


def test_what_is_left_is_counted_as_what_it_is():
    report = assessed_report()
    units = {"item": "9 项", "cell": "9 项次", "city": "9 个市", "department": "9 个部门", "kind": "9 类"}
    for unit, counted in units.items():
        assert prose("".join(rest(report, 9, "targets", unit))).data == f"其余 {counted}见[附表](#targets)。"
    assert list(rest(report, 0, "targets")) == list(rest(report, -3, "targets")) == []
