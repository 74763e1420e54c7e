"""Self-contained pages: an executed notebook, or the index of a round, with its type embedded."""

import re
from functools import cache
from html import unescape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml.html import HtmlElement, tostring
from markupsafe import Markup
from nbformat import NotebookNode

from evalkit.base.errors import DataError, ParamsError, Problem, one_of
from evalkit.reporting.render.binding import bind
from evalkit.reporting.render.fonts import FAMILY, missing_characters, subset_base64
from evalkit.reporting.render.reading import about

TEMPLATES = Path(__file__).parent / "templates"
CONTENTS = {"zh": "目录", "en": "Contents"}
SKIP = {"zh": "跳到正文", "en": "Skip to the text"}
LANG = {"zh": "zh-CN", "en": "en"}
STRAIGHT = str.maketrans({"“": "&quot;", "”": "&quot;", "‘": "&#39;", "’": "&#39;"})  # Chinese type has wide ones only


def pages(notebook: NotebookNode) -> dict[str, str]:
    """Give an executed notebook as HTML pages by the name of their volume, without code, scripts or outside resources.

    What the notebook says of itself, its title, its edition and the mark of made-up data, stands on every printed page.
    The first-level heading of a volume becomes the line above the title; its second-level headings are numbered and
    make the table of contents, which names what the other volumes hold. Headings that are told in two languages are
    printed in the one of the report. Tables without rows, sections in which nothing is shown and volumes without
    content are left out. What cells wrote to stderr stays in the notebook.

    Raises ParamsError for an unknown language, DataError for characters that the font lacks.
    """
    said = about(notebook)
    bound = bind(notebook, said.language)
    found = {}
    for name, volume in bound.items():
        others = [(other.kicker, f"{code}.html", other.sections) for code, other in bound.items() if code != name]
        context = {"title": said.title, "edition": said.edition, "mark": said.mark, "kicker": volume.kicker}
        context |= {"landscape": volume.landscape, "sections": volume.sections, "others": others}
        found[name] = _render("report.html.j2", said.language, context | {"body": _inner(volume.body)})
    return found


def index_page(context: dict) -> str:
    """Give the index of a round as one HTML page.

    `context` holds language, title, edition, mark, headline (lines of text), tiles (row, column, name, score, note,
    share, report), notes, reports (title, report, annex, volumes, remark), caption, columns, numeric, name_at (the
    place of the name among the cells), rows (cells, report, annex, volumes, remark), others (title, and groups of
    reports by what they are within) and links (label, href).

    Raises ParamsError for an unknown language, DataError for characters that the font lacks.
    """
    return _render("index.html.j2", context["language"], context)


def status_page(context: dict) -> str:
    """Give the page of where everybody stands, as HTML.

    `context` holds language, kicker, title, edition, mark, lead (lines of text), tables (HTML) and links (label, href).
    Raises as `index_page` does.
    """
    return _render("status.html.j2", context["language"], context)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, trim_blocks=True, undefined=StrictUndefined)


def _render(template: str, language: str, context: dict) -> str:
    if language not in LANG:
        raise ParamsError("unknown language", [Problem("language", repr(language), one_of(language, LANG))])
    shell = {"mark": None, "kicker": None, "landscape": False, "lang": LANG[language]}
    shell |= {"contents": CONTENTS[language], "skip": SKIP[language]}
    html = _environment().get_template(template).render(shell | context)
    if language == "en":
        html = html.translate(STRAIGHT)
    return html.replace("/* type */", _font_face(unescape(html)), 1)


def _font_face(text: str) -> str:
    used = "".join(set(text))
    missing = sorted(missing_characters(used))
    if missing:
        problems = [Problem(_around(text, c), f"{c} (U+{ord(c):04X})", f"a character of {FAMILY}") for c in missing]
        raise DataError("the page has characters that its font lacks", problems)
    return f'@font-face {{ font-family: "Report Type"; src: url({subset_base64(used)}) format("woff"); }}'


def _around(text: str, character: str) -> str:
    """Quote the words around a character, for its author to find it."""
    return re.search(rf"[^<>\n]{{0,12}}{re.escape(character)}[^<>\n]{{0,12}}", text).group().strip()


def _inner(body: HtmlElement) -> Markup:
    return Markup((body.text or "") + "".join(tostring(child, encoding="unicode") for child in body))
