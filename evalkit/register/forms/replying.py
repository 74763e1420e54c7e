"""The answer to a form: the sender's own workbook written anew, with all that is said of it, and a page of the same."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path

from evalkit.register.forms.answers import Filled
from evalkit.register.forms.review import COLUMNS, cells_of, write_list
from evalkit.register.forms.words import label
from evalkit.register.forms.writing import Reply, write_form
from evalkit.tabular.html import table_html

SUFFIX = "-answer"
STYLE = """body{font-family:"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2rem auto;max-width:76rem;
padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{border:1px solid #b8c2cc;padding:.35rem .5rem;
text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#e8edf3}dt{font-weight:bold}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0}.scroll{overflow-x:auto}"""


def reply(filled: Filled, status: str, folder: Path, language: str) -> tuple[Path, Path]:
    """Write the answer to a form, as a workbook and as a page, whole or not at all; gives both files."""
    stem = Path(filled.file).stem
    book, page = (folder / f"{stem}{SUFFIX}{suffix}" for suffix in (".xlsx", ".html"))
    heading = _heading(filled, status, language)
    if filled.form:
        write_form(filled.form, book, Reply(filled.entries, filled.comments, heading))
    else:
        write_list(book, filled.comments, heading, language)
    beside = page.with_name(f".{page.name}.part")
    beside.write_text(_page(filled, heading, language), encoding="utf-8")
    beside.replace(page)
    return book, page


def counted(filled: Filled) -> Counter:
    """Count what is said of a form, by level."""
    return Counter(comment.level for comment in filled.comments)


def _heading(filled: Filled, status: str, language: str) -> list[tuple[str, str]]:
    found = counted(filled)
    colon = " "
    numbers = "，" if language == "zh" else ", "
    levels = numbers.join(
        f"{label(f'level_{level}')[language]}{colon}{found[level]}" for level in ("error", "warning", "note")
    )
    lines = [("file", filled.file), ("outcome", label(f"outcome_{status}")[language]), ("counts", levels)]
    if filled.form:
        survey = filled.form.survey
        mark = survey.metadata.synthetic
        lines[:0] = [
            ("title", survey.title[language]),
            ("reporter_name", f"{filled.form.reporter} {filled.form.name[language]}"),
            ("year", str(survey.year)),
            *([("synthetic", mark[language])] if mark else []),
        ]
    return [(label(key)[language], text) for key, text in lines]


def _page(filled: Filled, heading: list[tuple[str, str]], language: str) -> str:
    title = f"{label('review')[language]} · {filled.form.name[language] if filled.form else filled.file}"
    said = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in heading)
    rows = [
        list(cells_of(comment, number, language).values()) for number, comment in enumerate(filled.comments, start=1)
    ]
    labels = [label(key)[language] for key in COLUMNS]
    body = table_html(labels, [False] * len(labels), rows) if rows else f"<p>{escape(label('nothing')[language])}</p>"
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en-GB"}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1><dl>{said}</dl>\n{body}</body></html>\n"
    )
