"""What stands over a report and under it: who issues it, what it is and rests on, and who signs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from IPython.display import Markdown

from evalkit.assessment.grading.rules import Rules
from evalkit.reporting.prose import paragraphs
from evalkit.reporting.report import Report
from evalkit.tabular import Table


def cover_of(
    report: Report, made_for: Mapping[str, str], said: Mapping[str, str] | None = None, *, rules: Rules | None = None
) -> Table:
    """Make a cover: whom the report is made for stands above its year, and what else is said of it below.

    `rules` are those that it is graded by. Lines that say nothing are left out.
    """
    declared, system, blank = report.study.round, report.system, report.word("signature")
    lines = {
        "title": declared.title[report.language],
        **made_for,
        "year": str(report.year),
        **(said or {}),
        "edition": report.edition,
        "version": f"{system.code} {system.version}",
        "rules_version": rules and f"{rules.name[report.language]} {rules.version}",
        "data_basis": report.study.dataset.metadata.title[report.language],
        "status": report.status,
        "prepared": declared.sign_off.prepared or blank,
        "reviewed": declared.sign_off.reviewed or blank,
        "approved": declared.sign_off.approved or blank,
    }
    return report.table([{"item": report.word(key), "value": value} for key, value in lines.items() if value])


def heading(report: Report, made_for: Mapping[str, str], *, rules: Rules | None = None) -> Markdown:
    """Give the lines over a report as over an office's letter: who issues it and when, whom it is of, what it rests on.

    Lines and parts of them that say nothing are left out.
    """
    declared, system = report.study.round, report.system
    of = _line(report, made_for)
    what = " · ".join(filter(None, (declared.title[report.language], of, report.status)))
    rests_on = {
        "version": f"{report.edition} {system.code} {system.version}".lstrip(),
        "rules_version": rules and f"{rules.name[report.language]} {rules.version}",
        "data_basis": report.study.dataset.metadata.title[report.language],
    }
    return paragraphs(" · ".join(_issued(report)), what, _line(report, rests_on))


def signatures(report: Report) -> Markdown:
    """Give the line under a report: who prepared, reviewed and approved it, or room to sign."""
    sign_off, room = report.study.round.sign_off, report.word("room_to_sign")
    return paragraphs(
        _line(report, {key: getattr(sign_off, key) or room for key in ("prepared", "reviewed", "approved")})
    )


def _issued(report: Report) -> Iterator[str]:
    sign_off = report.study.round.sign_off
    if sign_off.office:
        yield sign_off.office[report.language]
    if sign_off.number:
        yield sign_off.number
    if day := sign_off.issued:
        yield report.word("on_day", year=day.year, month=day.month, day=day.day)


def _line(report: Report, parts: Mapping[str, str | None]) -> str:
    said = (report.word("labelled", name=report.word(key), value=value) for key, value in parts.items() if value)
    return report.word("apart").join(said)
