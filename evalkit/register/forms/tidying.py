"""What stands in one cell, taken for what is meant by it: normalised, refused, or left as it is."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from evalkit.base.reading import UNSEEN
from evalkit.base.text import Text
from evalkit.register.forms.columns import STATES, state_label
from evalkit.register.forms.guides import LONGEST_TEXT
from evalkit.register.forms.words import cited
from evalkit.tabular.xlsx.entries import DAY, NUMBER, PLAIN_FORMATS, QUOTED, SCALED

NOTHING = {
    "", "na", "n/a", "#n/a", "nan", "none", "null", "nil", "-", "--", "---", "—", "——", "–", "/", "\\", "…", "……",
    "...", "*", "x", "无", "暂无", "没有", "空", "缺", "缺失", "不详", "未知", "不适用", "未到期", "missing",
}  # fmt: skip
GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
WHOLE = re.compile(r"(\d+)\.0+")
EPOCH = date(1899, 12, 30)  # of Excel's days
FIRST_DAY, LAST_DAY = 36_526, 73_050  # 2000-01-01 to 2099-12-31
COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")


@dataclass(frozen=True)
class Given:
    """What came in: a value, the format in which a number is shown, and the code of what is wrong, if it is known."""

    value: object
    number_format: str = "General"
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is seen."""
        return not self.fault and (self.value is None or (isinstance(self.value, str) and not _seen(self.value)))


class UnfitError(Exception):
    """A cell that cannot be taken: the code of the message that says why, and what fills it in."""

    def __init__(self, rule: str, **values: object):
        super().__init__(rule)
        self.rule, self.values = rule, values


Note = Callable[..., None]  # is told the code of a message, and what fills it in


def number(given: Given, note: Note) -> float | None:
    """Take a number, also one that was typed as people write it. Raises UnfitError."""
    value = given.value
    if given.is_blank:
        return None
    _check_kind(given)
    if isinstance(value, date | time | timedelta):
        raise UnfitError("a_date", value=cited(value))
    if isinstance(value, str):
        return _typed_number(value, note)
    if not math.isfinite(value):
        raise UnfitError("no_number", value=cited(value))
    if SCALED.search(QUOTED.sub("", given.number_format)):
        raise UnfitError("scaled", value=cited(f"{value:.15g}"), format=cited(given.number_format))
    return float(value)


def _typed_number(text: str, note: Note) -> float:
    seen = _seen(text)
    if seen.casefold() in NOTHING:
        raise UnfitError("nothing_word", value=cited(text.strip()))
    plain = seen.replace("，", ",").replace("−", "-").replace(" ", "")
    plain = plain.replace(",", "") if GROUPED.fullmatch(plain) else plain
    if not NUMBER.fullmatch(plain) or not math.isfinite(float(plain)):
        raise UnfitError("no_number", value=cited(text.strip()))
    if plain != text.strip():
        note("normalised", value=cited(text.strip()), taken=plain)
    return float(plain)


def text(given: Given, note: Note) -> str:
    """Take a text; a number for the digits that stand for it, without the .0 of a program. Raises UnfitError."""
    value = given.value
    if given.is_blank:
        return ""
    _check_kind(given)
    if isinstance(value, date):
        return _iso(value)
    if isinstance(value, time | timedelta):
        raise UnfitError("no_text", value=cited(value), most=LONGEST_TEXT)
    if not isinstance(value, str):
        return _digits(value, given.number_format)
    told = _without_unseen(value, note)
    if len(told) > LONGEST_TEXT:
        raise UnfitError("no_text", value=cited(told), most=LONGEST_TEXT)
    return told


def code(given: Given, note: Note) -> str:
    """Take a code, which a program may have turned into 330100.0, or whose digits are wide ones."""
    told = unicodedata.normalize("NFKC", text(given, note)).strip()
    whole = WHOLE.fullmatch(told)
    return whole[1] if whole else told


def bare(name: str) -> str:
    """Give a name without what people write one way or another: wide or narrow signs, blanks, capitals."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def remark(given: Given, note: Note) -> str:
    """Take a reason or an explanation; a word that says nothing is none."""
    told = text(given, note)
    return "" if _seen(told).casefold() in NOTHING else told


def day(given: Given, note: Note) -> str:
    """Take a day as ISO text: a date, a day as people write it, or the number that a program made of it."""
    value = given.value
    if given.is_blank:
        return ""
    _check_kind(given)
    if isinstance(value, date):
        return _iso(value)
    told = _digits(value, "General") if isinstance(value, int | float) else _seen(str(value))
    found = _day_of(told)
    if found is None:
        raise UnfitError("no_day", value=cited(value))
    if isinstance(value, int | float):
        note("normalised", value=cited(told), taken=found)
    return found


def state(given: Given, note: Note) -> str:
    """Take a state by its code, or by its word in either language; blank where nothing is said."""
    told = _seen(text(given, note)).casefold()
    if not told:
        return ""
    known = {state_label(each, language): each for each in STATES for language in ("zh", "en")}
    if told not in known:
        raise UnfitError("unknown_state", value=cited(given.value), states=_states())
    return known[told]


def _states() -> Text:
    return Text(**{language: "、".join(state_label(each, language) for each in STATES) for language in ("zh", "en")})


def _check_kind(given: Given) -> None:
    if given.fault:
        raise UnfitError(given.fault, value=cited(given.value), formula=cited(given.value))
    if isinstance(given.value, bool):
        raise UnfitError("a_truth", value=str(given.value).upper())


def _seen(value: str) -> str:
    """Give a text without what nobody sees, in narrow digits and signs."""
    plain = unicodedata.normalize("NFKC", value)
    return "".join(each for each in plain if unicodedata.category(each) != "Cf").strip()


def _without_unseen(value: str, note: Note) -> str:
    kept = "".join(each for each in value if unicodedata.category(each) != "Cf" and not UNSEEN.match(each))
    if kept != value:
        note("unseen", value=cited(kept.strip()))
    return kept.replace("\r\n", "\n").strip()


def _digits(value: float, number_format: str) -> str:
    if not math.isfinite(value):
        raise UnfitError("no_text", value=cited(value), most=LONGEST_TEXT)
    whole = value == int(value) and (number_format in PLAIN_FORMATS or abs(value) < 1e15)
    return str(int(value)) if whole else f"{value:.15g}"


def _iso(value: date) -> str:
    return (value.date() if isinstance(value, datetime) else value).isoformat()


def _day_of(told: str) -> str | None:
    written = DAY.fullmatch(told) or COMPACT.fullmatch(told)
    try:
        if written:
            return date(*map(int, written.groups())).isoformat()
        if told.isdecimal() and FIRST_DAY <= int(told) <= LAST_DAY:
            return (EPOCH + timedelta(int(told))).isoformat()
    except ValueError:
        pass
    return None
