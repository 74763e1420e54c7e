"""Imported once by the server that reports are forked from: what each of them would otherwise do first.

The first export of a process costs about half a second.
"""

from nbformat.v4 import new_markdown_cell, new_notebook

import evalkit.reporting.chapters  # noqa: F401
from evalkit.reporting.render.html import page
from evalkit.runs import report  # noqa: F401

page(new_notebook(cells=[new_markdown_cell("# 1", id="warm")]), title="1", language="en", footer="1")
