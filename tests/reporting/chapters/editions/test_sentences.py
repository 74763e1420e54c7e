from evalkit.reporting.chapters.editions.sentences import city, province
from evalkit.reporting.chapters.editions.tables import changed_scores, editions
from evalkit.reporting.report import RoundReport


def test_the_province_counts_what_changed_and_by_what(report, language):
    found = changed_scores(report).data
    scores = int((found.edition_score_before != found.edition_score).sum())
    ranks = int((found.edition_rank_before != found.edition_rank).sum())
    assert (
        province(report).data
        == {
            "zh": (
                "与 2013 年 5 月 19 日的上一版相比：数据变动 1 项，涉及 1 个地区，其中依异议决定 1 项、"
                f"依评价办公室决定 0 项；得分变动的市 {scores} 个，位次变动的 {ranks} 个。"
            ),
            "en": (
                "Since the edition of 2013-05-19: figures changed 1, in 1 regions, of which on an objection 1 and by a "
                f"decision of the office 0; cities with another score {scores}, with another rank {ranks}."
            ),
        }[language]
    )


def test_a_city_reads_its_own_score_and_rank(of_city, report, language):
    row = editions(report).cities.loc["0100"]
    said = city(of_city("0100")).data
    score = f"{row.score_before:.2f}", f"{row.score:.2f}"
    told = {"zh": "数据变动 1 项，得分由 {} 变为 {}，位次", "en": "changed 1; score {} before, {} now; rank"}
    assert told[language].format(*score) in said
    unmoved = next(code for code in report.study.regions.index if code not in editions(report).cities.index)
    none = {"zh": "数据、得分和位次均无变动。", "en": "no figure, no score and no rank has changed."}[language]
    assert city(of_city(unmoved)).data.endswith(none)


def test_without_an_edition_before_nothing_is_said(study):
    assert province(RoundReport(study, study.evaluate(), 2012, "zh")).data == ""


def test_cities_with_another_grade_are_named(assessed):
    assert "等次变动的市 1 个（甲市）。" in province(assessed).data
