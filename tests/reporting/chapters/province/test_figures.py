from evalkit.reporting.chapters import province
from tests.reporting.assessed import by_hand, demo
from tests.reporting.drawn import draw, words


def test_every_city_has_a_line_from_its_first_score_to_its_last():
    figure = draw(province.figures.slopes, by_hand(70, 60, 80, 90, years=(2011, 2012)))
    (axes,) = figure.axes
    assert [line.get_ydata().tolist() for line in axes.lines] == [[70, 60], [80, 90]]
    assert {"杭州市  70.00", "杭州市  60.00", "宁波市  80.00", "宁波市  90.00"} <= set(words(figure))


def test_the_title_says_how_many_rose_and_whose_score_moved_most():
    figure = province.figures.slopes(by_hand(70, 60, 80, 85, years=(2011, 2012)))
    assert figure.get_label() == "2011—2012 年，1 个市得分上升、1 个市下降，变动最大的是杭州市（-10.00 分）"
    assert province.figures.slopes(demo()).get_label().startswith("2008—2012 年，10 个市得分均上升，变动最大的是舟山市")


def test_a_city_without_a_score_has_no_line():
    (axes,) = province.figures.slopes(by_hand(70, None, 80, 90, years=(2011, 2012))).axes
    assert len(axes.lines) == 1


def test_the_first_year_has_no_slopes(round_report):
    assert province.figures.slopes(round_report(year=2008)) is None


def test_where_no_grades_are_given_the_lines_are_those_of_the_index(round_report):
    (axes,) = draw(province.figures.slopes, round_report()).axes
    assert len(axes.lines) == 11
