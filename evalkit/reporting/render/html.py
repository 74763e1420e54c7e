"""Self-contained pages: an executed notebook, or the index of a round, with its type embedded."""

import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring
from markupsafe import Markup
from nbformat import NotebookNode

from evalkit.base.errors import DataError, ParamsError, Problem, one_of
from evalkit.reporting.render.fonts import FAMILY, missing_characters, subset_base64
from evalkit.reporting.render.notebook import BODY, shown, volumes

TEMPLATES = Path(__file__).parent / "templates"
CONTENTS = {"zh": "目录", "en": "Contents"}
SKIP = {"zh": "跳到正文", "en": "Skip to the text"}
LANG = {"zh": "zh-CN", "en": "en"}
SEPARATOR = " · "
CAPTIONS = {
    "caption": {"zh": "{annex}表 {n}　{title}", "en": "Table {annex}{n}. {title}"},
    "figcaption": {"zh": "{annex}图 {n}　{title}", "en": "Figure {annex}{n}. {title}"},
}
ANNEXED = {"zh": "附", "en": "A"}
LANDSCAPE = ("annex", "checklists")  # the volumes of wide tables
HEADINGS, DRAWN = ("h2", "h3", "h4"), ("figure", "svg", "img")
CONTENT = ("p", "li", "td", "pre", *DRAWN)
DIGITS = ("", *"一二三四五六七八九")
Sections = list[tuple[str, str]]  # anchors, headings
NEW_PAGE = "new-page"  # a span of this class in a heading begins a printed page with it


def pages(notebook: NotebookNode, *, title: str, language: str, footer: str, mark: str | None = None) -> dict[str, str]:
    """Give an executed notebook as HTML pages by the name of their volume, without code, scripts or outside resources.

    `footer` is the edition line, and `mark` says of the data that they are made up: both stand on every printed page.
    The first-level heading of a volume becomes the line above the title; its second-level headings are numbered and
    make the table of contents, which names what the other volumes hold. Headings that are told in two languages are
    printed in the one of the report. Tables without rows, sections in which nothing is shown and volumes without
    content are left out. What cells wrote to stderr stays in the notebook.

    Raises ParamsError for an unknown language, DataError for characters that the font lacks.
    """
    bodies = {name: _body(shown(cells), language) for name, cells in volumes(notebook).items()}
    kickers = {name: _take_out(body.find(".//h1")) for name, body in bodies.items()}
    sections = {name: _sections(body, language) for name, body in bodies.items() if name == BODY or _has_content(body)}
    for name in sections:
        _link(bodies[name], name, sections)
        _number_captions(bodies[name], language, annexed=name != BODY)
    found = {}
    for name in sections:
        others = [(kickers[other], f"{other}.html", sections[other]) for other in sections if other != name]
        context = {
            "title": title,
            "edition": footer,
            "mark": mark,
            "kicker": kickers[name],
            "landscape": name in LANDSCAPE,
        }
        context |= {"sections": sections[name], "others": others, "body": _inner(bodies[name])}
        found[name] = _render("report.html.j2", language, context)
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
def _parser() -> HTMLParser:
    return HTMLParser(huge_tree=True)  # a picture may be larger than what is trusted of a stranger


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


def _write(tag: HtmlElement, text: str) -> None:
    """Put text in the place of all that a tag holds."""
    del tag[:]
    tag.text = text


def _body(shown_html: str, language: str) -> HtmlElement:
    """Read what is shown, without styles, tables and sections that hold nothing, its headings in one language."""
    body = document_fromstring(f"<body>{shown_html}</body>", parser=_parser()).body
    for unwanted in [*body.iter("script", "style")]:
        unwanted.drop_tree()
    for table in [*body.iter("table")]:
        if table.find(".//td") is None:
            table.drop_tree()
    for heading in body.iter("h1", *HEADINGS):
        if heading.find_class(NEW_PAGE):
            heading.classes.add(NEW_PAGE)
        own = heading.getparent().get("class") == "prose"  # of the notebook, in both languages
        _write(heading, _in_language(heading.text_content(), language) if own else heading.text_content())
    _leave_out_empty(body)
    return body


def _in_language(heading: str, language: str) -> str:
    """Of a heading in two languages give the one.

    >>> _in_language("摘要 · Summary", "en"), _in_language("摘要 · Summary", "zh"), _in_language("2012", "en")
    ('Summary', '摘要', '2012')
    """
    first, _, second = heading.rpartition(SEPARATOR)
    return second if language == "en" else first or second


def _has_content(body: HtmlElement) -> bool:
    return any(tag.tag in DRAWN or tag.text_content().strip() for tag in body.iter(*CONTENT))


def _link(body: HtmlElement, own: str, sections: Mapping[str, Sections]) -> None:
    """Have links to a chapter lead to its volume; what leads to none becomes plain words."""
    places = {anchor: name for name, listed in sections.items() for anchor, _ in listed}
    for link in [*body.iter("a")]:
        anchor = link.get("href", "").partition("#")[2]
        if not link.get("href", "").startswith("#"):
            continue
        if anchor not in places:
            link.drop_tag()
        elif places[anchor] != own:
            link.set("href", f"{places[anchor]}.html#{anchor}")


def _take_out(heading: HtmlElement | None) -> str | None:
    """Take a heading out and give its words."""
    if heading is None:
        return None
    heading.drop_tree()
    return heading.text_content()


def _sections(body: HtmlElement, language: str) -> Sections:
    """Number the sections; give their anchors and names."""
    sections = []
    for number, heading in enumerate(body.iter("h2"), 1):
        chapter = heading.getparent().get("id") or f"section-{number}"
        heading.getparent().attrib.pop("id", None)
        heading.set("id", chapter)
        heading.text = f"{number}. {heading.text}" if language == "en" else f"{_chinese(number)}、{heading.text}"
        sections.append((chapter, heading.text))
    return sections


def _number_captions(body: HtmlElement, language: str, *, annexed: bool) -> None:
    """Number the tables and the figures that have a caption, each kind through its volume."""
    for tag, kind in CAPTIONS.items():
        for number, caption in enumerate(body.iter(tag), 1):
            caption.text = kind[language].format(
                annex=ANNEXED[language] if annexed else "", n=number, title=caption.text
            )


def _leave_out_empty(body: HtmlElement) -> None:
    """Take out headings that nothing stands under before the next of their rank, from the end, and what they leave."""
    filled = dict.fromkeys(HEADINGS, False)
    for tag in [*body.iter(*HEADINGS, *CONTENT)][::-1]:
        if tag.tag in HEADINGS:
            if not filled[tag.tag]:
                tag.drop_tree()
            filled |= {rank: False for rank in HEADINGS if rank >= tag.tag}
        elif not all(filled.values()) and (tag.tag in DRAWN or tag.text_content().strip()):
            filled = dict.fromkeys(HEADINGS, True)
    for section in body.find_class("prose"):
        if not len(section) and not section.text_content().strip():
            section.drop_tree()


def _chinese(number: int) -> str:
    """Write a number up to 99 in Chinese.

    >>> [_chinese(n) for n in (1, 10, 12, 20, 34)]
    ['一', '十', '十二', '二十', '三十四']
    """
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + DIGITS[ones]
