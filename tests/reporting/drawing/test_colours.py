"""Colours that stand for something stay apart for who does not tell red from green, and in grey."""

from itertools import combinations

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from evalkit.assessment.targets.departments import LAMPS
from evalkit.reporting.chapters.convergence.figures import COLOURS as CONVERGENCE
from evalkit.reporting.chapters.data_quality.figures import COLOURS as GRAVITIES
from evalkit.reporting.drawing.canvas import CITY, INK, LAMP_COLOURS, OTHERS, PROVINCE, ink_on, luminance

# how linear RGB is seen, at full severity: Machado, Oliveira and Fernandes (2009), tables for 1.0
SEEN = {
    "all colours": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
}
XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
D65 = (0.95047, 1, 1.08883)
PALETTES = {
    "verdicts": LAMP_COLOURS.values(),
    "gravities": GRAVITIES.values(),
    "layers": (CITY, *CONVERGENCE.values()),
    "lines": (CITY, OTHERS, PROVINCE, INK),
}
APART, APART_IN_GREY = 20, 8  # in CIELAB, and of its lightness; one is about what is just seen


def lab(colour, seen):
    """Give CIELAB of a colour of sRGB as it is seen."""
    coded = np.array(to_rgb(colour))
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    of_white = XYZ @ np.clip(seen @ linear, 0, 1) / D65
    x, y, z = np.where(of_white > 216 / 24389, np.cbrt(of_white), (24389 / 27 * of_white + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_lightness_is_that_of_published_values():
    assert lab("white", np.eye(3)) == pytest.approx([100, 0, 0], abs=0.01)
    assert lab("red", np.eye(3)) == pytest.approx([53.24, 80.09, 67.20], abs=0.01)


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("name", PALETTES)
def test_colours_are_told_from_each_other(name, seen):
    found = [lab(colour, np.array(SEEN[seen])) for colour in PALETTES[name]]
    assert min(np.linalg.norm(one - other) for one, other in combinations(found, 2)) > APART


@pytest.mark.parametrize("name", PALETTES)
def test_greys_are_told_from_each_other(name):
    found = [lab(colour, np.eye(3))[0] for colour in PALETTES[name]]
    assert min(abs(one - other) for one, other in combinations(found, 2)) > APART_IN_GREY


def test_words_stand_out_on_every_colour_that_they_are_written_on():
    """At least 4.5 : 1 (WCAG 2.1, 1.4.3), the disputed and the middle of every scale included."""
    scales = [matplotlib.colormaps[name](np.linspace(0, 1, 41)) for name in ("Blues", "OrRd_r", "RdBu_r")]
    grounds = [*LAMP_COLOURS.values(), *(tuple(colour[:3]) for colours in scales for colour in colours)]
    assert [ground for ground in grounds if contrast(ink_on(ground), ground) < 4.5] == []
    assert [ink_on(LAMP_COLOURS[lamp]) for lamp in ("met", "disputed")] == ["white", "black"]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_published_values():
    assert contrast("white", "black") == pytest.approx(21)
    assert contrast("#777777", "white") == pytest.approx(4.48, abs=0.01)


def test_every_verdict_has_a_colour():
    assert set(LAMP_COLOURS) == set(LAMPS)
