"""What stands over a report and under it: who issues it, what it is and rests on, and who signs it."""

from __future__ import annotations

from collections.abc import Mapping

from IPython.display import Markdown

from evalkit.reporting.prose import paragraphs
from evalkit.reporting.report import Report
from evalkit.reporting.saying import on_day


def heading(report: Report) -> Markdown:
    """Give the lines over a report as over an office's letter: who issues it and when, whom it is of, what it rests on.

    Who issues it, under which number and when have room to be filled in where they are not declared; other lines and
    parts of them that say nothing are left out.
    """
    declared, rules = report.study.round, report.rules
    what = (declared.title[report.language], _line(report, report.made_for), report.status)
    rests_on = {
        "version": report.system_version,
        "rules_version": rules and f"{rules.name[report.language]} {rules.version}",
        "data_basis": report.study.dataset.metadata.title[report.language],
    }
    return paragraphs(*_issued(report), " · ".join(filter(None, what)), _line(report, rests_on))


def signatures(report: Report) -> Markdown:
    """Give the line under a report: who prepared, reviewed and approved it, or room to sign."""
    sign_off, room = report.study.round.sign_off, report.word("room_to_sign")
    return paragraphs(
        _line(report, {key: getattr(sign_off, key) or room for key in ("prepared", "reviewed", "approved")})
    )


def _issued(report: Report) -> tuple[str, str]:
    sign_off, room = report.study.round.sign_off, report.word("room_to_sign")
    day = on_day(report, sign_off.issued) if sign_off.issued else report.word("day_blank")
    return (
        report.word("issued_by", office=sign_off.office[report.language] if sign_off.office else room),
        report.word("issued_on", number=sign_off.number or room, day=day),
    )


def _line(report: Report, parts: Mapping[str, str | None]) -> str:
    said = (report.word("labelled", name=report.word(key), value=value) for key, value in parts.items() if value)
    return report.word("apart").join(said)
