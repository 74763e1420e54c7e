"""Objections to a figure or to a draft score: raised, replied to, opined on, checked and decided, each on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from evalkit.base.errors import DataError, Problem, one_of
from evalkit.register.calendar import Calendar, Duty
from evalkit.register.decisions.deciding import decide
from evalkit.register.decisions.lookup import FigureKey, counting, named, status_before_dispute, submission_of
from evalkit.register.decisions.revisions import Authority, Revision, revision_rows
from evalkit.register.entries import Entry, Rows
from evalkit.register.register import Register
from evalkit.register.schema import FIGURE, OBJECTION, OBJECTION_STEP, STATUS

# The steps in their order, with what each may come to; "none" where nobody said anything in time.
OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "reply": ("accepts", "contests", "none"),
    "opinion": ("supports", "opposes", "none"),
    "evidence": ("proves", "fails"),
    "decision": ("revised", "disputed", "rejected"),
}
STEPS: tuple[Duty, ...] = tuple(OUTCOMES)
OF_A_SCORE = ("upheld", "rejected")


@dataclass(frozen=True)
class Objection:
    """What is objected to, by whom (the code of a region or a department), and why.

    `kind` is "figure" or "score". Of a score, `subject` is the code of a node of the index system and there is no unit.
    """

    kind: str
    raised_by: str
    about: str
    subject: str
    year: int
    text: str
    document: str = ""
    unit: str = ""
    study: str = ""


@dataclass(frozen=True)
class ObjectionStep:
    """A step of an objection: what it comes to, in words, and the document; a decision `revised` has the new value."""

    step: str
    outcome: str
    text: str = ""
    document: str = ""
    value: float | None = None
    state: str = "value"


def raise_objection(register: Register, objection: Objection, entry: Entry) -> str:
    """Put an objection on record, and its figure's submission as disputed; gives its code.

    Raises DataError where the figure is not on record, where the same one objects to the same already, or where
    somebody objects to a figure of its own, or to the score of another.
    """
    return decide(register, entry, lambda: _raised(register, objection))


def _raised(register: Register, objection: Objection) -> tuple[str, Rows]:
    figure = _figure(register, objection) if objection.kind == "figure" else None
    if wrong := [*_not_to_be_raised(register, objection)]:
        raise DataError("the objection cannot be raised", wrong)
    code = f"O-{objection.year}-{len(register.rows(OBJECTION)) + 1:03d}"
    study = (
        register.submissions().study.iloc[0] if figure is None else submission_of(register, figure["submission"]).study
    )
    row = {"code": code, "study": study, **vars(objection), "figure": figure and int(figure["id"])}
    return code, {OBJECTION: [row], STATUS: _disputed(register, figure, code)}


def take_step(
    register: Register, code: str, step: ObjectionStep, entry: Entry, calendar: Calendar | None = None
) -> str:
    """Put a step of an objection on record; gives the code of the submission with a new version of the figure, or "".

    With a decision, the submission is what it was before it was disputed, unless it is disputed by others too. Raises
    DataError where another step comes first, for an outcome that it cannot have, or for words that are missing. A step
    that is late is taken; one that passes over somebody's silence is not, as long as that one may still speak.
    """
    return decide(register, entry, lambda: _taken(register, code, step, entry, calendar))


def _taken(
    register: Register, code: str, step: ObjectionStep, entry: Entry, calendar: Calendar | None
) -> tuple[str, Rows]:
    known = objections(register, calendar=calendar)
    if code not in known.index:
        raise DataError("there is no such objection", [Problem("objection", code, one_of(code, known.index))])
    objection = known.loc[code]
    if wrong := [*_not_to_be_taken(code, objection, step, entry.day)]:
        raise DataError(f"the step cannot be taken in {code}", wrong)
    row = {"objection": code, **{name: getattr(step, name) for name in ("step", "outcome", "text", "document")}}
    made, rows = _decided(register, objection, step, entry) if step.step == "decision" else ("", {})
    return made, {**rows, OBJECTION_STEP: [row]}


def objections(register: Register, day: date | None = None, calendar: Calendar | None = None) -> pd.DataFrame:
    """Give every objection up to a day with how far it has come: index code, in the order raised.

    Beside the columns of the table, `raised` is the day, `step` and `outcome` are the last ones, `since` is its day,
    `next` the step that is awaited ("" where it is decided), and `limit` its last day, if the calendar has one.
    """
    found = register.rows(OBJECTION, day).rename(columns={"day": "raised"}).set_index("code")
    steps = register.rows(OBJECTION_STEP, day).sort_values("id").groupby("objection").last()
    last = steps[["step", "outcome", "day"]].rename(columns={"day": "since"})
    found = found.join(last).fillna({"step": "", "outcome": ""})
    found["since"] = found.since.fillna(found.raised)
    found["next"] = [_after(step) for step in found.step]
    limits = [_limit(calendar, *row) for row in zip(found.next, found.year, found.since, strict=True)]
    return found.assign(limit=pd.Series(limits, index=found.index, dtype=object))


def late_steps(register: Register, calendar: Calendar, day: date | None = None) -> pd.DataFrame:
    """Give every step of an objection that was taken late: objection, step, day, by, limit, late (days)."""
    raised, taken = register.rows(OBJECTION, day), register.rows(OBJECTION_STEP, day).sort_values("id")
    rows = []
    for each in raised.itertuples():
        before = None
        first = [("objections", each.day, each.by)]
        of_it = taken[taken.objection == each.code]
        for step, on, by in [*first, *zip(of_it.step, of_it.day, of_it.by, strict=True)]:
            days = calendar.late(step, each.year, date.fromisoformat(on), before)
            if days:
                rows.append((each.code, step, on, by, calendar.limit(step, each.year, before).isoformat(), days))
            before = date.fromisoformat(on)
    return pd.DataFrame(rows, columns=["objection", "step", "day", "by", "limit", "late"])


def _after(step: str) -> str:
    order = ("", *STEPS, "")
    return order[order.index(step) + 1]


def _limit(calendar: Calendar | None, step: str, year: int, since: str) -> str | None:
    limit = calendar.limit(step, year, date.fromisoformat(since)) if calendar and step else None
    return limit.isoformat() if limit else None


def _figure(register: Register, objection: Objection) -> dict:
    return counting(register, FigureKey(objection.subject, objection.about, objection.year, objection.unit))


def _not_to_be_raised(register: Register, objection: Objection) -> Iterator[Problem]:
    own = objection.raised_by == objection.about
    if objection.kind == "figure" and own:
        yield Problem(
            "raised by", f"{objection.raised_by}, whose figure it is", "another; its own is corrected by a form"
        )
    if objection.kind == "score" and not own:
        yield Problem("raised by", objection.raised_by, f"{objection.about}, whose score it is")
    if not objection.text.strip():
        yield Problem("text", "nothing", "what is objected to and why")
    known = objections(register)
    same = ["kind", "raised_by", "about", "subject", "unit", "year"]
    for code, one in known[known.next != ""].iterrows():
        if all(one[name] == getattr(objection, name) for name in same):
            yield Problem("the objection", f"{code}, which is the same and open", "one that is not raised yet")


def _disputed(register: Register, figure: Mapping | None, code: str) -> list[dict]:
    if figure is None or submission_of(register, figure["submission"]).status not in ("submitted", "verified"):
        return []
    return [{"submission": figure["submission"], "status": "disputed", "note": code}]


def _not_to_be_taken(code: str, objection: pd.Series, step: ObjectionStep, day: date) -> Iterator[Problem]:
    if step.step != objection.next:
        expected = f"{objection.next}, which comes first" if objection.next else "nothing more: it is decided"
        yield Problem(code, step.step, expected)
        return
    options = OF_A_SCORE if (step.step, objection.kind) == ("decision", "score") else OUTCOMES[step.step]
    if step.outcome not in options:
        yield Problem(f"the outcome of the {step.step}", repr(step.outcome), one_of(step.outcome, options))
    if step.outcome == "none" and objection.limit and day.isoformat() <= objection.limit:
        yield Problem(f"no {step.step}", day.isoformat(), f"a day after {objection.limit}, until which there is time")
    if step.outcome != "none" and not step.text.strip():
        yield Problem(f"the text of the {step.step}", "nothing", "what is said")
    if step.step in ("evidence", "decision") and not step.document.strip():
        yield Problem(f"the document of the {step.step}", "nothing", "what it rests on")


def _decided(register: Register, objection: pd.Series, step: ObjectionStep, entry: Entry) -> tuple[str, Rows]:
    """Give what follows from a decision: a new version of the figure, and its submission no longer disputed."""
    if objection.kind == "score":
        return "", {}
    old = register.rows(FIGURE, id=[int(objection.figure)]).iloc[0].to_dict()
    code, rows = "", {}
    if step.outcome != "rejected":
        _check_counting(register, old, objection.name)
        value, state = (step.value, step.state) if step.outcome == "revised" else (old["value"], "disputed")
        new = Revision(old, value, state, step.text, step.document)
        code, rows = revision_rows(register, [new], entry, Authority(objection=objection.name))
    return code, {**rows, STATUS: [*rows.get(STATUS, ()), *_released(register, old["submission"], objection.name)]}


def _check_counting(register: Register, old: Mapping, code: str) -> None:
    """Raise DataError where another version took the place of the figure while the objection was open."""
    now = counting(register, FigureKey(old["variable"], old["region"], int(old["year"]), old["unit"]))
    if now["id"] != old["id"]:
        found = f"{named(now)} of {now['submission']}, which is later than the one objected to"
        raise DataError(f"{code} cannot be upheld", [Problem("the figure that counts", found, "rejected, as settled")])


def _released(register: Register, submission: str, code: str) -> list[dict]:
    known = objections(register)
    its = register.rows(FIGURE, submission=[submission]).id
    others = known[(known.next != "") & known.figure.isin(its) & (known.index != code)]
    if len(others) or submission_of(register, submission).status != "disputed":
        return []
    return [{"submission": submission, "status": status_before_dispute(register, submission), "note": code}]
