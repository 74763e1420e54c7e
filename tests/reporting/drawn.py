"""Figures as they are drawn, and their words."""

import warnings

from matplotlib.text import Text


def draw(make, report):
    """Draw a figure; a missing glyph, a missing font and a layout that does not fit are warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = make(report)
        figure.canvas.draw()
    return figure


def words(figure):
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]
