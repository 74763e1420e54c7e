from types import SimpleNamespace

from matplotlib import pyplot

from evalkit.reporting.figures.canvas import apart, canvas, done


def test_one_column_gives_axes_and_several_a_row_of_them():
    assert canvas(4, 3)[1].get_xlim() == (0, 1)
    figure, panels = canvas(4, 3, columns=3)
    assert (len(panels), len(figure.axes)) == (3, 3)
    pyplot.close("all")


def test_a_figure_that_is_done_is_out_of_pyplot_s_hands():
    figure, _ = canvas(4, 3)
    assert done(figure, SimpleNamespace(mark=None)) is figure
    assert figure.number not in pyplot.get_fignums()
    assert figure.texts == []


def test_a_figure_of_made_up_data_says_so():
    figure, _ = canvas(4, 3)
    assert [text.get_text() for text in done(figure, SimpleNamespace(mark="made up")).texts] == ["made up"]


def test_labels_move_apart_as_little_as_may_be_and_keep_their_order():
    assert apart([3.0, 1.0, 1.0], 1).tolist() == [3.0, 0.5, 1.5]
    assert apart([0.0, 5.0], 1).tolist() == [0.0, 5.0]
