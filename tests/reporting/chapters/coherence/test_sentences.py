from evalkit.reporting.chapters.coherence import sentences


def test_years_and_cities_of_the_statistics_are_told(round_report):
    said = sentences.coherence(round_report()).data
    assert "描述统计合计 2008—2012 年各市的数；相关、主成分、信度和实际影响在 2012 年有数的" in said


def test_coverage_counts_the_published_figures_of_the_year(round_report):
    assert "（含只展示的）中 2012 年有公布数的比重" in sentences.coverage(round_report()).data
