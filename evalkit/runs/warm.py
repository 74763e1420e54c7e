"""Imported once by the server that reports are forked from: what each of them would otherwise do first.

The first export of a process costs about half a second, and its first cell and workbook a twelfth of a city's report.
"""

from contextlib import suppress

import xlsxwriter  # noqa: F401 - imported by the first workbook
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import evalkit.reporting.chapters  # noqa: F401
from evalkit.base.errors import DataError
from evalkit.reporting.render.html import pages
from evalkit.runs import report  # noqa: F401
from evalkit.runs.shell import fresh_shell

with fresh_shell() as shell:
    shell.run(new_code_cell("from matplotlib.pyplot import figure\nfigure(figsize=(1, 1)).text(0, 0, '1')\nfigure()"))
with suppress(DataError):  # there is no type: each report says so
    pages(new_notebook(cells=[new_markdown_cell("# 1", id="warm")]))
