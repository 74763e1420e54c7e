import re
from dataclasses import replace

from evalkit.reporting.chapters.sources.tables import used_variables
from tests.mutations.edit import FIGURES, METADATA
from tests.reporting.cities import assessed_report
from tests.reporting.printed import chapters


def test_sources_name_each_variable_once(city_report, variables):
    sources = chapters.sources.tables.sources(city_report())
    assert list(sources["统计指标"]) == [variable["name"]["zh"] for variable in variables.values()]
    years = sources.set_index("统计指标")["年份"]
    assert (years["年末常住人口"], years["住房内有厕所的家庭户比重"]) == ("2008—2012", "2010、2020")
    assert sources.set_index("统计指标").at["教育支出", "出处"] == "《中国城市统计年鉴》（下一年版，全市口径）"


def test_a_source_has_the_years_that_the_report_shows(city_report):
    of_2010 = chapters.sources.tables.sources(city_report(year=2010)).set_index("统计指标")["年份"]
    assert (of_2010["年末常住人口"], of_2010["住房内有厕所的家庭户比重"]) == ("2008—2010", "2010")


def test_each_of_several_sources_has_its_own_years(small):
    def reprinted(edit):
        edit.yaml(
            METADATA, lambda data: data["publications"].update(later={"title": {"zh": "刊", "en": "l"}, "stated": True})
        )
        text = (edit.small.root / FIGURES).read_text("utf-8")
        edit.small.write(FIGURES, re.sub("(people,.*,2012,.*),book", r"\1,later", text))

    found = chapters.sources.tables.sources(small(reprinted)).set_index("统计指标")
    assert (found.at["人口", "年份"], found.at["人口", "出处"]) == ("2011—2012", "书（2011）、刊（2012）")
    assert found.at["医师", "出处"] == "书"


def test_years_without_a_figure_are_no_years_of_a_source(small):
    found = chapters.sources.tables.sources(small(lambda edit: edit.missing("doctors", 2012))).set_index("统计指标")
    assert (found.at["医师", "年份"], found.at["人口", "年份"]) == ("2011", "2011—2012")


def test_what_an_assessment_rests_on_is_among_the_sources():
    report = assessed_report()
    found = chapters.sources.tables.sources(report).set_index("统计指标")
    assert "公众满意度" in found.index
    events = report.study.assessment_files.events.events
    documents = {event.document.zh for event in events if event.year <= 2012}
    assert set(found.at["加减分与否决事项的文件", "出处"].split("、")) == documents
    funds = report.study.assessment_files.incentives.funds.values()
    assert {fund.base for fund in funds if fund.base} <= used_variables(report).keys()
    before = replace(report, year=2008)
    later = {event.document.zh for event in events} - {event.document.zh for event in events if event.year == 2008}
    assert not any(document in chapters.sources.tables.sources(before).to_string() for document in later)
