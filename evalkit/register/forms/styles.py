"""How the cells of a form look."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

OPEN, RED, AMBER, BLUE = "#FFFBE0", "#F6B8B0", "#FFD98F", "#D9E8F6"
MARKS = {"error": RED, "warning": AMBER, "note": BLUE}
DAY, NUMBER, FRACTION, TEXT = "yyyy-mm-dd", "#,##0", "#,##0.00####", "@"
CELL = {"valign": "vcenter", "text_wrap": True, "border": 1, "border_color": "#B8C2CC", "font_size": 10}
STYLES = {
    "title": {"bold": True, "font_size": 13},
    "note": {"font_size": 9, "font_color": "#555555"},
    "heading": CELL | {"bold": True, "bg_color": "#E8EDF3", "align": "center"},
    "key": {"font_size": 7, "font_color": "#8A8A8A", "num_format": TEXT},
    "said": CELL | {"num_format": TEXT},
    "small": CELL | {"num_format": TEXT, "font_size": 9},
    "last": CELL | {"num_format": NUMBER, "font_color": "#555555"},
    "number": CELL | {"num_format": NUMBER, "locked": False},
    "text": CELL | {"num_format": TEXT, "locked": False},
    "day": CELL | {"num_format": DAY, "locked": False, "align": "left"},
    "link": CELL | {"font_color": "#0B5394", "underline": 1},
    "plain": {"valign": "top", "text_wrap": True},
    "label": {"valign": "top", "bold": True, "text_wrap": True},
}


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook):
        self._book = book
        self._made: dict[tuple, Format] = {}

    def __getitem__(self, name: str) -> Format:
        return self.marked(name)

    def marked(self, name: str, level: str | None = None) -> Format:
        """Give a style, in the colour of what is said of its cell, if anything is; an open cell has a tint."""
        if (name, level) not in self._made:
            style = STYLES[name]
            tint = MARKS.get(level) or (OPEN if style.get("locked") is False else None)
            self._made[name, level] = self._book.add_format(style | ({"bg_color": tint} if tint else {}))
        return self._made[name, level]

    def fraction(self) -> Format:
        """Give how a number that is not whole is shown, where whole ones have no point."""
        if ("fraction", None) not in self._made:
            self._made["fraction", None] = self._book.add_format({"num_format": FRACTION})
        return self._made["fraction", None]
