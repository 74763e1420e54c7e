"""What a workbook of tables says beside them, in the words of reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.reporting.report import Report
from evalkit.reporting.words import word
from evalkit.study import Study
from evalkit.tabular.cells import years
from evalkit.tabular.table import in_language
from evalkit.tabular.xlsx.printed import Labels

LANGUAGES = {"zh": "language_zh", "en": "language_en"}
LISTED = 6  # publications that a note names; of more it names the dataset


def sheet_labels(language: str, study: Study | None = None) -> Labels:
    """Give the labels of a workbook, in the words of a study if one is given."""
    keys = ("contents", "sheet_table", "sheet_rows", "sheet_columns", "sheet_back")
    return Labels(*(word(key, language, study) for key in keys))


def front_lines(report: Report) -> tuple[str, ...]:
    """Say on the first sheet what tables are of: edition, mark of made-up data, dataset, years and language."""
    dataset = report.study.dataset.metadata.title[report.language]
    told = {
        "data_basis": dataset,
        "sheet_years": in_language(years(report.years), report.language),
        "sheet_language": report.word(LANGUAGES[report.language]),
    }
    labelled = (report.word("labelled", name=report.word(key), value=value) for key, value in told.items())
    return tuple(filter(None, (report.edition_line, report.mark, *labelled)))


def sheet_notes(report: Report, publications: Sequence[str], *, where: str | None) -> tuple[str, ...]:
    """Give the notes under each table: where the figures of the report are from, and that made-up data are.

    `publications` are their titles; `where` is the title of the table that tells it of each figure, if there is one.
    """
    return tuple(filter(None, (_mark(report), report.joined(_sources(report, publications, where)))))


def _mark(report: Report) -> str | None:
    return report.mark and report.word("sheet_mark", mark=report.mark)


def _sources(report: Report, publications: Sequence[str], where: str | None) -> Iterator[str]:
    if len(publications) > LISTED:
        dataset = report.study.dataset.metadata.title[report.language]
        yield report.word("sheet_sources_many", dataset=dataset, count=len(publications))
    elif publications:
        yield report.word("sheet_sources", publications=report.listed(publications))
    if where:
        yield report.word("sheet_where", title=where)
