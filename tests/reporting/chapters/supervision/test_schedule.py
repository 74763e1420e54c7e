from evalkit.reporting.chapters.supervision import schedule, sentences, tables
from tests.reporting.assessed import demo, demo_under


def scheduled(**visits):
    """The demonstration whose rules declare other months or teams."""
    rules = demo().study.assessment_files.supervision
    own = rules.model_copy(update={"visits": rules.visits.model_copy(update=visits)})
    return demo_under(supervision=own)


def test_every_visit_has_a_line_with_unit_month_replacement_and_reason(round_report):
    table = schedule.schedule(demo()).printed
    plan = tables.plan_of(demo())
    assert table["序号"].tolist() == list(range(1, len(plan.visits) + 1))
    assert table["督查单元"].tolist() == [schedule.unit(demo(), v.region, v.project) for v in plan.visits]
    assert table["月份"].iloc[[0, -1]].tolist() == ["8 月", "11 月"]
    assert not set(table["候补单元"]) & set(table["督查单元"])
    assert table["候补单元"].is_unique
    assert table["风险信号"][0].startswith("必查，65 分：")
    assert schedule.schedule(round_report()) is None


def test_a_line_names_two_signals_and_counts_the_others():
    signals = tables.signal_names(demo(), *tables.plan_of(demo()).visits[0][:2])
    assert schedule.schedule(demo()).printed["风险信号"][0].endswith(f"等 {len(signals)} 类")


def test_teams_that_are_not_declared_are_left_to_be_filled_in():
    assert set(schedule.schedule(demo()).printed["督查组"]) == {""}
    assert "督查组由督查单位填写" in sentences.schedule(demo()).data
    named = scheduled(teams=({"zh": "一组", "en": "A"}, {"zh": "二组", "en": "B"}), months=())
    assert schedule.schedule(named).printed["督查组"].tolist()[:3] == ["一组", "二组", "一组"]
    assert set(schedule.schedule(named).printed["月份"]) == {""}
    assert "月份由督查单位填写" in sentences.schedule(named).data
    whole = scheduled(teams=({"zh": "一组", "en": "A"},))
    assert "留空待填" not in sentences.schedule(whole).data
