"""Tables of where everybody stands who hands figures in, of what is late, and of the objections that are open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from evalkit.readings.standing import standing_of
from evalkit.register.statuses import STATUSES
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED

if TYPE_CHECKING:
    from evalkit.register.standing import Standing

OFFICE = "office"
STATUS_WORDS = dict(
    zip(
        STATUSES,
        (
            "standing_draft",
            "standing_submitted",
            "standing_returned",
            "standing_verified",
            "standing_disputed",
            "standing_final",
        ),
        strict=True,
    )
) | {"nothing": "standing_nothing"}
KINDS = {"city": "reporter_city", "county": "reporter_county", "department": "reporter_department"}
STEPS = {
    "forms": "step_forms",
    "figures": "step_figures",
    "answers": "step_answers",
    "correction": "step_correction",
    "verification": "step_verification",
    "draft": "step_draft",
    "objections": "step_objections",
    "reply": "step_reply",
    "opinion": "step_opinion",
    "evidence": "step_evidence",
    "decision": "step_decision",
    "final": "step_final",
    "publication": "step_publication",
}
REPORTER = (
    "reporter", "code", "reporter_kind", "standing_status", "standing_since", "reported_asked", "reported_given",
    "reported_lacking", "reported_warned", "days_late", "ask_again",
)  # fmt: skip
LATE = ("late_step", "late_who", "late_about", "late_limit", "days_late")
OBJECTION = (
    "objection_code", "objection_about", "objection_of", "objection_by", "objection_raised", "objection_next",
    "late_who", "late_limit",
)  # fmt: skip


def reporters(report: RoundReport) -> Table:
    """Where everybody stands who is asked: the last submission, figures asked and given, days late."""
    rows = [
        {
            "reporter": row[f"name_{report.language}"],
            "code": code,
            "reporter_kind": report.word(KINDS[row.kind]),
            "standing_status": report.word(STATUS_WORDS[row.status]),
            "standing_since": _day(row.since),
            "reported_asked": int(row.asked),
            "reported_given": int(row.given),
            "reported_lacking": int(row.missing),
            "reported_warned": int(row.warned),
            "days_late": int(row.late),
            "ask_again": row.again or NOT_PRINTED,
        }
        for code, row in standing(report).table.iterrows()
    ]
    return replace(report.table(rows, REPORTER), title=report.word("standing_reporters"))


def late(report: RoundReport) -> Table:
    """What is late, by whom and by how many days."""
    rows = [
        {
            "late_step": report.word(STEPS[row.step]),
            "late_who": _named(report, row.who),
            "late_about": _named(report, row.about),
            "late_limit": _day(row.limit),
            "days_late": int(row.late),
        }
        for row in standing(report).late.itertuples()
    ]
    return replace(report.table(rows, LATE), title=report.word("standing_late"))


def open_objections(report: RoundReport) -> Table:
    """The objections that are open, with the next step, whose turn it is, and until when."""
    rows = [
        {
            "objection_code": code,
            "objection_about": _subject(report, row),
            "objection_of": _named(report, row.about),
            "objection_by": _named(report, row.raised_by),
            "objection_raised": _day(row.raised),
            "objection_next": report.word(STEPS[row.next]),
            "late_who": _named(report, row.who),
            "late_limit": _day(row.limit),
        }
        for code, row in standing(report).objections.iterrows()
    ]
    return replace(report.table(rows, OBJECTION), title=report.word("standing_objections"))


def standing(report: RoundReport) -> Standing:
    """Where everybody stands with the figures of the report's year."""
    return standing_of(report.study, report.year)


def _named(report: RoundReport, code: str) -> str:
    """Name a region, a department or the office; a submission or an objection by its code."""
    if code == OFFICE:
        return report.word("the_office")
    if code in report.study.all_regions.by_code:
        return report.region(code)
    return report.named_department(code) if code in report.system.departments else code


def _subject(report: RoundReport, objection: pd.Series) -> str:
    if objection.kind == "score":
        return report.node(objection.subject)
    name = report.study.dataset.metadata.variables[objection.subject].name[report.language]
    return report.word("in_brackets", name=name, note=objection.unit) if objection.unit else name


def _day(text: str | None) -> date | str:
    return date.fromisoformat(text) if text else NOT_PRINTED
