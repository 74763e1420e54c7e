"""Chinese type for figures and pages, on machines with no Chinese font installed."""

import base64
import io
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import MappingProxyType

import matplotlib
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont, newTable
from matplotlib import font_manager

from evalkit.base.errors import DataError, Problem

FAMILY = "Noto Sans SC"
FONT = "zhplot/fonts/NotoSansSC-Regular.ttf"
UNITS = 1000  # of an em, in which the type is drawn
TYPE = 9  # points of all type in figures: in print, nothing is smaller
FIGURE_STYLE = MappingProxyType(
    {
        "axes.titley": 1.0,
        "font.family": (FAMILY, "DejaVu Sans"),
        "font.weight": "normal",
        "font.size": TYPE,
        "axes.titlesize": TYPE,
        "figure.titlesize": TYPE,
        "axes.unicode_minus": True,
        "text.parse_math": False,  # a dollar in a name is a dollar
    }
)
INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def font_file() -> Path:
    """Find Noto Sans SC Regular, which the package `zhplot` ships under the Open Font License.

    The package is never imported, for that would change matplotlib's settings. Raises DataError where it is not there.
    """
    with suppress(PackageNotFoundError):
        path = Path(distribution("zhplot").locate_file(FONT))
        if path.is_file():
            return path
    problem = Problem("the package zhplot", f"no {FONT}", "pip install --force-reinstall zhplot")
    raise DataError("there is no type to set reports in", [problem])


@contextmanager
def chinese_type() -> Iterator[None]:
    """Draw in Chinese type: text made in this context keeps its font wherever it is shown later.

    A decorator too: `@chinese_type()`. The family has one weight; bold text logs a warning.
    """
    _register()
    with matplotlib.rc_context(FIGURE_STYLE):
        yield


def subset_base64(text: str) -> str:
    """Give a data URI of a WOFF font with the characters of `text`; the same text gives the same bytes.

    Characters that the font lacks are left out: see `missing_characters`.
    """
    characters = {ord(c): _cmap()[ord(c)] for c in sorted(set(text)) if ord(c) in _cmap()}
    woff = base64.b64encode(_subset(characters)).decode("ascii")
    return f"data:font/woff;base64,{woff}"


def face(text: str) -> str:
    """Give the rule of a style that names the type of pages, with the characters of `text`."""
    return f'@font-face {{ font-family: "Report Type"; src: url({subset_base64(text)}) format("woff"); }}'


def missing_characters(text: str) -> set[str]:
    """Say which visible characters of `text` the font has no glyph for."""
    lacking = {c for c in set(text) if ord(c) not in _cmap()}
    return {c for c in lacking if unicodedata.category(c) not in INVISIBLE}


@cache
def outline(character: str) -> tuple[str, float]:
    """Give the outline of a character as a path of SVG, upwards, and how far it reaches, both in `UNITS`.

    Raises KeyError for a character that the font lacks.
    """
    glyphs, name = _font()["glyf"], _cmap()[ord(character)]
    pen = SVGPathPen(glyphs)
    glyphs[name].draw(pen, glyphs)
    return pen.getCommands(), _font()["hmtx"][name][0]


@cache
def _register() -> None:
    font_manager.fontManager.addfont(font_file())


@cache
def _font() -> TTFont:
    return TTFont(font_file(), lazy=True)


@cache
def _cmap() -> dict[int, str]:
    return _font().getBestCmap()


def _subset(characters: dict[int, str]) -> bytes:
    """Copy the source's outlines undecoded: a tenth of the time of `fontTools.subset`."""
    source = _font()
    names = [".notdef", *sorted(set(characters.values()))]
    font = TTFont(recalcTimestamp=False, recalcBBoxes=False)
    for tag in ("head", "hhea", "maxp", "OS/2", "name"):
        font[tag] = copy(source[tag])
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphs = {name: source["glyf"].glyphs[name] for name in names}
    builder = FontBuilder(font=font)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(characters)
    builder.setupHorizontalMetrics({name: source["hmtx"][name] for name in names})
    builder.setupPost(keepGlyphNames=False)
    font.flavor = "woff"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
