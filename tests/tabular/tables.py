"""Small tables, made by hand."""

from evalkit.base.text import Text
from evalkit.tabular import Column, Table


def column(code, label=None):
    return Column(code, Text(zh=label or code, en=code))


def table(**cells):
    """A table with one column a keyword; its Chinese labels are their codes."""
    return Table(tuple(map(column, cells)), tuple(zip(*cells.values(), strict=True)), "zh")
