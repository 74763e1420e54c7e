"""The page of GB/T 9704-2012, by which offices lay out what they issue.

The standard gives a text area of 156 mm by 225 mm on A4 with 22 lines of 28 characters of size 三号 (16 points), and
page numbers of 四号 (14 points) between dashes 7 mm below it.
"""

from __future__ import annotations

import re
from math import floor

from evalkit.reporting.render.columns import breadth

WIDTH, HEIGHT = 210, 297  # mm
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26  # mm
LINES, CHARACTERS = 22, 28
BODY_SIZE = 16  # points
LINE_PITCH = 579  # twentieths of a point: 225 mm / 22
POINTS_A_MM = 72 / 25.4
# What a character of 16 points gives up for 28 of them to fit 156 mm, in twentieths of a point. It is set with the type
# and not by the grid of Word, by which LibreOffice sets each character twice as far apart.
CHARACTER_SPACE = floor(20 * ((WIDTH - LEFT - RIGHT) * POINTS_A_MM / CHARACTERS - BODY_SIZE))
NUMBER_BELOW = 7  # mm from the text to the page number
NUMBER_SIZE = 14
TITLE_LINE = 17.5  # characters of the size of a title, with the room that is left around digits
WORD_ENDS = re.compile(r"年度?|[市省县区厅局划]|\s|[）、：](?!）)")
CAPTION_ROOM = 20  # mm that a figure leaves of its page for its caption
CONTENTS = {"zh": "目　录", "en": "Contents"}
PNG_SIZE = slice(16, 24)


def page(*, landscape: bool) -> tuple[int, int]:
    """Give the width and the height of the page in mm."""
    return (HEIGHT, WIDTH) if landscape else (WIDTH, HEIGHT)


def edges(*, landscape: bool) -> tuple[int, int, int, int]:
    """Give the margins above, below, left and right in mm; what lies on its side has its top on the left."""
    return (LEFT, RIGHT, BOTTOM, TOP) if landscape else (TOP, BOTTOM, LEFT, RIGHT)


def text_area(*, landscape: bool) -> tuple[int, int]:
    """Give the width and the height of the text in mm."""
    (width, height), (top, bottom, left, right) = page(landscape=landscape), edges(landscape=landscape)
    return width - left - right, height - top - bottom


def in_lines(title: str) -> str:
    """Break a title that one line cannot hold where words end, near its middle.

    >>> in_lines("某某市2012年度基本公共服务均等化评价报告")
    '某某市2012年度\\n基本公共服务均等化评价报告'
    """
    if breadth(title) <= TITLE_LINE:
        return title
    ends = [place.end() for place in WORD_ENDS.finditer(title) if place.end() < len(title)]
    if not ends:
        return title
    middle = breadth(title) / 2
    at = min(ends, key=lambda end: abs(breadth(title[:end]) - middle))
    return f"{title[:at].rstrip()}\n{title[at:].lstrip()}"


def in_print(png: bytes, *, landscape: bool) -> tuple[float, float]:
    """Give the width and the height in mm of a picture on a page: as wide as upright text, or as there is room."""
    (across, down), (width, height) = png_size(png), text_area(landscape=landscape)
    wide = min(WIDTH - LEFT - RIGHT, width, (height - CAPTION_ROOM) * across / down)
    return wide, wide * down / across


def png_size(png: bytes) -> tuple[int, int]:
    """Give the width and the height of a PNG picture in dots, which stand in its head."""
    found = png[PNG_SIZE]
    return int.from_bytes(found[:4]), int.from_bytes(found[4:])
