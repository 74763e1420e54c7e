from evalkit.reporting.chapters.inequality import brief


def test_what_moved_apart_most_stands_first_of_each_measure(round_report):
    table = brief.projects(round_report()).printed
    changes = {measure: own.iloc[:, -1].astype(float).tolist() for measure, own in table.groupby("尺度")}
    assert changes == {measure: sorted(own, reverse=True) for measure, own in changes.items()}
    assert len(table) == 6  # two projects and four services; the others have no scored data
    assert table.columns.tolist()[:4] == ["读数对象", "尺度", "2008", "2012"]


def test_the_first_year_has_no_change(round_report):
    assert brief.projects(round_report(year=2008)) is None
