import base64
import io
import sys

import matplotlib
import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.text import Text

from evalkit.base.errors import DataError
from evalkit.reporting.render import fonts
from evalkit.reporting.render.fonts import FAMILY, chinese_type, font_file, missing_characters, subset_base64


def decoded(uri):
    prefix, data = uri.split(",")
    assert prefix == "data:font/woff;base64"
    return TTFont(io.BytesIO(base64.b64decode(data)))


def outline(font, character):
    glyf = font["glyf"]
    return glyf[font.getBestCmap()[ord(character)]].getCoordinates(glyf)[0]


def bars():
    figure = Figure(figsize=(2, 1))
    figure.subplots().barh(["杭州", "宁波"], [1, -2])
    return figure


def test_font_file_is_noto_sans_and_zhplot_stays_unimported():
    assert TTFont(font_file(), lazy=True)["name"].getDebugName(1) == FAMILY
    assert "zhplot" not in sys.modules


def test_chinese_type_leaves_the_settings_alone():
    before = dict(matplotlib.rcParams)
    with chinese_type():
        assert matplotlib.rcParams["font.family"][0] == FAMILY
    assert dict(matplotlib.rcParams) == before


def test_figure_keeps_its_font_when_it_is_drawn_outside_the_context():
    with chinese_type():
        figure = bars()
    figure.savefig(io.BytesIO())
    assert {text.get_fontname() for text in figure.findobj(Text)} == {FAMILY}


def test_chinese_type_decorates():
    figure = chinese_type()(bars)()
    figure.axes[0].set_title("标题")
    figure.savefig(io.BytesIO())
    assert figure.axes[0].title.get_fontname() == FAMILY


def test_without_chinese_type_the_glyphs_are_missed():
    with pytest.raises(UserWarning, match=r"Glyph .* missing"):
        bars().savefig(io.BytesIO())


def test_subset_holds_exactly_the_characters_it_knows():
    characters = decoded(subset_base64("衢州 2012 衢✔\n")).getBestCmap()
    assert {chr(code) for code in characters} == set("衢州 2012")


def test_subset_has_the_outlines_and_the_date_of_its_source():
    source, subset = TTFont(font_file(), lazy=True), decoded(subset_base64("杭A"))
    assert [outline(subset, c) for c in "杭A"] == [outline(source, c) for c in "杭A"]
    assert subset["hmtx"][subset.getBestCmap()[ord("杭")]][0] == 1000
    assert subset["head"].modified == source["head"].modified


def test_subset_keeps_the_licence():
    assert "SIL Open Font License" in decoded(subset_base64("杭"))["name"].getDebugName(13)


def test_subset_depends_on_the_characters_alone():
    assert subset_base64("杭州宁波") == subset_base64("波宁州杭杭")


def test_missing_characters_are_the_visible_ones():
    assert missing_characters("杭州✔\u2009\n\u200b龘") == {"✔"}


def test_where_the_type_is_missing_it_says_what_brings_it(monkeypatch):
    monkeypatch.setattr(fonts, "FONT", "zhplot/fonts/none.ttf")
    with pytest.raises(DataError, match=r"no zhplot/fonts/none\.ttf; expected pip install"):
        font_file()
