"""Self-contained pages: an executed notebook, or the index of a round, with its type embedded."""

import re
from functools import cache
from html import unescape
from itertools import zip_longest
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from evalkit.errors import DataError, Offence, ParamsError, one_of
from evalkit.reporting.cells import LAMP_SIGNS, STATE_SIGNS
from evalkit.reporting.fonts import FAMILY, missing_characters, subset_base64

TEMPLATES = Path(__file__).parent / "templates"
CONTENTS = {"zh": "目录", "en": "Contents"}
LANG = {"zh": "zh-CN", "en": "en"}
SEPARATOR = " · "
CELLS = ["th", "td"]
HEADINGS, DRAWN = ["h2", "h3", "h4"], ["figure", "svg", "img"]
CONTENT = ["p", "li", "td", "pre", *DRAWN]
LAMPS = {LAMP_SIGNS[lamp]: lamp.replace("_", "-") for lamp in ("met", "on_schedule", "behind", "disputed")}
DIGITS = ("", *"一二三四五六七八九")
NUMBER = re.compile(r"(?=.*\d)[\d\s.,:%‰+\-−–—~()\[\]<>=≤≥±×/*▲▼]+")
NEW_PAGE = "new-page"  # a span of this class in a heading begins a printed page with it
AMOUNT = re.compile(r"([+\-−]?)(\d{5,})(\.\d+)")
EMPTY = {"", "—", "–", "-", "...", "NaN", "nan", "NaT", "None", "<NA>", *STATE_SIGNS.values()}
LONG, SHORT, WIDE = 14, 16, 7  # characters in a cell, rows on one sheet, columns in ordinary type


def page(notebook: NotebookNode, *, title: str, language: str, footer: str, mark: str | None = None) -> str:
    """Give an executed notebook as one HTML page without code, scripts or outside resources.

    `footer` is the edition line, and `mark` says of the data that they are made up: both stand on every printed page.
    The notebook's own first-level heading becomes the line above the title; its second-level headings are numbered and
    make the table of contents. Tables without rows and sections in which nothing is shown are left out. What cells
    wrote to stderr stays in the notebook.

    Raises ParamsError for an unknown language, DataError for characters that the font lacks.
    """
    body = BeautifulSoup(_exporter().from_notebook_node(notebook)[0], "html.parser")
    for unwanted in body.select("script, style[scoped]"):
        unwanted.decompose()
    for table in body.find_all("table"):
        if table.find("td"):
            _typeset(table)
        else:
            table.decompose()
    heading = body.find("h1")
    kicker = heading.extract().get_text() if heading else None
    _leave_out_empty(body)
    sections = _sections(body, language)
    context = {"title": title, "edition": footer, "mark": mark, "kicker": kicker}
    return _render("report.html.j2", language, context | {"sections": sections, "body": Markup(body)})


def index_page(context: dict) -> str:
    """Give the index of a round as one HTML page.

    `context` holds language, title, edition, mark, notes, reports and departments (title, report, annex, remark),
    department_title, columns, rows (cells, report, annex, remark) and links (label, href).

    Raises ParamsError for an unknown language, DataError for characters that the font lacks.
    """
    return _render("index.html.j2", context["language"], context)


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter(
        template_file="notebook.html.j2",
        extra_loaders=[FileSystemLoader(TEMPLATES)],
        template_name="base",
        exclude_anchor_links=True,
    )


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, trim_blocks=True, undefined=StrictUndefined)


def _render(template: str, language: str, context: dict) -> str:
    if language not in LANG:
        raise ParamsError("unknown language", [Offence("language", repr(language), one_of(language, LANG))])
    shell = {"mark": None, "kicker": None, "lang": LANG[language], "contents": CONTENTS[language]}
    html = _environment().get_template(template).render(shell | context)
    return html.replace("/* type */", _font_face(unescape(html)), 1)


def _font_face(text: str) -> str:
    missing = sorted(missing_characters(text))
    if missing:
        offences = [Offence(_around(text, c), f"{c} (U+{ord(c):04X})", f"a character of {FAMILY}") for c in missing]
        raise DataError("the page has characters that its font lacks", offences)
    return f'@font-face {{ font-family: "Report Type"; src: url({subset_base64(text)}) format("woff"); }}'


def _around(text: str, character: str) -> str:
    """Quote the words around a character, for its author to find it."""
    return re.search(rf"[^<>\n]{{0,12}}{re.escape(character)}[^<>\n]{{0,12}}", text).group().strip()


def _sections(body: BeautifulSoup, language: str) -> list[tuple[str, str]]:
    """Number the sections, set the second language of every heading small; give the sections' anchors and names."""
    sections = []
    for number, heading in enumerate(body.find_all("h2"), 1):
        heading["id"] = f"section-{number}"
        if heading.find(class_=NEW_PAGE):
            _add_class(heading, NEW_PAGE)
        heading.string = f"{_chinese(number)}、{heading.get_text()}"
        first, _, second = heading.get_text().rpartition(SEPARATOR)
        sections.append((heading["id"], second if language == "en" else first or second))
    for heading in body.find_all(["h2", "h3", "h4"]):
        first, separator, second = (heading.string or "").rpartition(SEPARATOR)
        if separator:
            heading.string = f"{first} "
            heading.append(Tag(name="small"))
            heading.small.string = second
    return sections


def _leave_out_empty(body: BeautifulSoup) -> None:
    """Take out the headings that nothing stands under before the next of their rank."""
    for heading in body.find_all(HEADINGS):
        following = heading.find_all_next([*HEADINGS, *CONTENT])
        ends = (tag for tag in following if tag.name in CONTENT or tag.name <= heading.name)
        under = next((tag for tag in ends if tag.name in HEADINGS or tag.name in DRAWN or tag.get_text().strip()), None)
        if under is None or under.name in HEADINGS:
            heading.decompose()


def _chinese(number: int) -> str:
    """Write a number up to 99 in Chinese.

    >>> [_chinese(n) for n in (1, 10, 12, 20, 34)]
    ['一', '十', '十二', '二十', '三十四']
    """
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + DIGITS[ones]


def _typeset(table: Tag) -> None:
    """Set numbers to the right, give long text room and let a wide table scroll by itself."""
    for tag in [table, *table.find_all("tr")]:
        tag.attrs = {name: value for name, value in tag.attrs.items() if name not in ("border", "style")}
    _merge_index_names(table)
    _drop_row_numbers(table)
    rows = [row.find_all(CELLS)[::-1] for row in table.select("tbody tr")]
    columns = [[cell for cell in column if cell] for column in zip_longest(*rows)]
    kinds = [_kind({cell.get_text().strip() for cell in column}) for column in columns]
    for column, kind in zip(columns, kinds, strict=True):
        for cell in column:
            _group_thousands(cell)
            _add_class(cell, kind)
            _add_class(cell, LAMPS.get(cell.get_text().strip()[:1], ""))
    for row in table.select("thead tr"):
        _align_header(row, kinds)
    size = [name for name, holds in (("short", len(rows) <= SHORT), ("wide", len(columns) > WIDE)) if holds]
    table.wrap(Tag(name="div", attrs={"class": ["scroll", *size]}))


def _group_thousands(cell: Tag) -> None:
    """Part the thousands of an amount; whole numbers may be codes and years, and stay as they are."""
    if found := AMOUNT.fullmatch(cell.get_text().strip()):
        sign, whole, fraction = found.groups()
        cell.string = f"{sign}{int(whole):,}{fraction}"


def _merge_index_names(table: Tag) -> None:
    """Move the names of the index, to which pandas gives a row of their own, up beside the columns'."""
    header = [row.find_all(CELLS) for row in table.select("thead tr")]
    if len(header) < 2 or len(header[-1]) != len(header[-2]):
        return
    pairs = list(zip(*header[-2:], strict=True))
    if any(column.get_text() and name.get_text() for column, name in pairs):
        return
    for column, name in pairs:
        column.string = column.get_text() or name.get_text()
    pairs[0][1].parent.decompose()


def _drop_row_numbers(table: Tag) -> None:
    """Leave out an index that only counts rows."""
    rows = table.find_all("tr")
    first = [row.find(CELLS) for row in rows]
    counted = [cell.get_text() for cell in first if cell.parent.parent.name == "tbody"]
    if counted == [str(place) for place in range(len(counted))]:
        for cell in first:
            cell.decompose()


def _align_header(row: Tag, kinds: list[str]) -> None:
    """Align header cells with their columns, counting from the right: an index may span rows."""
    column = 0
    for cell in row.find_all(CELLS)[::-1]:
        span = int(cell.get("colspan", 1))
        _add_class(cell, "group" if span > 1 else kinds[column] if column < len(kinds) else "")
        column += span


def _kind(texts: set[str]) -> str:
    filled = texts - EMPTY
    if filled and all(NUMBER.fullmatch(text) for text in filled):
        return "number"
    return "long" if any(len(text) > LONG for text in filled) else ""


def _add_class(cell: Tag, name: str) -> None:
    if name:
        cell["class"] = [*cell.get("class", []), name]
