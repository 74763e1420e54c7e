"""The answers of a form: each row of it taken as a figure, with all that is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from evalkit.base.text import Text
from evalkit.register.forms import tidying
from evalkit.register.forms.columns import ENTRIES, NEW, state_label
from evalkit.register.forms.comments import Comment, Comments, Place
from evalkit.register.forms.questions import SEPARATOR, Form, Question, Survey
from evalkit.register.forms.tidying import Given, UnfitError
from evalkit.register.forms.words import cited

# Of an answer; `key` is its row in the form.
ANSWER_COLUMNS = (
    "variable", "region", "unit", "year", "value", "state", "publication", "standing", "reason", "source", "page",
    "compiler", "compiled", "explanation", "last", "cell", "file", "key",
)  # fmt: skip
BLANK = Given(None)
READ: Mapping[str, Callable] = {
    "value": tidying.number,
    "state": tidying.state,
    "reason": tidying.remark,
    "explanation": tidying.remark,
    "source": tidying.text,
    "page": tidying.code,
    "compiler": tidying.text,
    "compiled": tidying.day,
    "unit": tidying.text,
}
NOT_SAID = ("no_answer", "no_reason", "value_and_state", "state_without_value")  # of a row that cannot be read


@dataclass(frozen=True)
class Filled:
    """A form that came in.

    Attributes
    ----------
    file, sha256 : its name, and the digest of its bytes.
    form : what it answers; None where nobody can tell.
    answers : one row a figure (`ANSWER_COLUMNS`).
    entries : what stands in its open cells, by row and column, as it came in.
    comments : all that is said of it.
    is_untouched : whether it is an answer of ours that nobody has changed.
    """

    file: str
    sha256: str
    form: Form | None = None
    answers: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*ANSWER_COLUMNS]))
    entries: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    is_untouched: bool = False

    def saying(self, more: list[Comment]) -> Filled:
        """Give the same form with more said of it."""
        return replace(self, comments=(*self.comments, *more))

    def of(self, survey: Survey | None) -> Filled:
        """Give the same form with its survey, or without it, as it goes from process to process."""
        return replace(self, form=self.form and replace(self.form, survey=survey))

    @property
    def is_sound(self) -> bool:
        """Whether it can be put on record: it was read, no error is said of it, and no warning is left open."""
        return self.form is not None and all(comment.level == "note" for comment in self.comments)

    @property
    def judged(self) -> pd.DataFrame:
        """The answers that could be read, which can be held against others."""
        wrong = {comment.place.key for comment in self.comments if comment.level == "error"}
        return self.answers[~self.answers.key.isin(wrong)]


@dataclass
class Gathering:
    """Answers as they are gathered, with what is said of them."""

    form: Form
    file: str
    said: Comments
    rows: list[dict] = field(default_factory=list)
    entries: dict[str, dict[str, object]] = field(default_factory=dict)
    first: dict[tuple, str] = field(default_factory=dict)
    new: dict[str, int] = field(default_factory=dict)
    is_untouched: bool = False

    def new_key(self, variable: str) -> str:
        """Give the key of a unit that the form does not list."""
        self.new[variable] = self.new.get(variable, 0) + 1
        return f"{variable}{SEPARATOR}{NEW}{self.new[variable]}"

    def take(self, question: Question, key: str, given: Mapping[str, Given], place: Callable[[str], Place]) -> None:
        """Take a row: what stands in its open cells, and where each of them is; a new unit has its name in `given`."""
        before = len(self.said.all)
        self.entries[key] = {column: cell.value for column, cell in given.items() if column in (*ENTRIES, "unit")}
        told = {column: self._read(column, given, place(column)) for column in (*ENTRIES, "unit")}
        if key != question.key:
            question = replace(question, unit=told["unit"] or "")
            if not question.unit:
                self.said.say("unit_nameless", place("unit"))
        self._check_once(question, place("unit" if question.unit else "value"))
        if len(self.said.all) == before or all(each.level == "note" for each in self.said.all[before:]):
            self._check_state(told, place)
        self.rows.append(self._row(question, key, told, given) | {"cell": str(place("value"))})

    def missed(self, questions: Mapping[str, Question]) -> None:
        """Say which questions have no row."""
        sheets = {key: row["cell"].partition("!")[0] for row in self.rows for key in [row["variable"]]}
        for key, question in questions.items():
            if key not in self.entries:
                place = Place(sheets.get(question.variable, ""), "", key, "value")
                self.said.say("no_row", place, value=cited(key))

    def done(self) -> tuple[pd.DataFrame, tuple[Comment, ...]]:
        """Give the answers, and the comments with the name of what each is of."""
        table = pd.DataFrame(self.rows, columns=[*ANSWER_COLUMNS])
        table = table.astype({"value": float, "last": float})
        return table, tuple(named(self.said.all, self.form, table))

    def _read(self, column: str, given: Mapping[str, Given], place: Place) -> object:
        def note(rule: str, **values: object) -> None:
            self.said.say(rule, place, level="note", **values)

        try:
            return READ[column](given.get(column, BLANK), note)
        except UnfitError as error:
            self.said.say(error.rule, place, **error.values)
            return None

    def _check_once(self, question: Question, place: Place) -> None:
        figure = (question.variable, question.region, tidying.bare(question.unit))
        if figure in self.first:
            rule = "unit_twice" if question.unit else "row_twice"
            value = cited(question.unit or question.key)
            self.said.say(rule, place, value=value, first=self.first[figure])
        self.first.setdefault(figure, str(place))

    def _check_state(self, told: dict, place: Callable[[str], Place]) -> None:
        """Hold the state against the value and the reason; a value needs no state."""
        value, state = told["value"], told["state"]
        word = Text(zh=state_label(state, "zh"), en=state_label(state, "en")) if state else ""
        if value is None and not state:
            self.said.say("no_answer", place("value"))
        elif value is None and state == "value":
            self.said.say("state_without_value", place("value"))
        elif value is not None and state not in ("", "value"):
            self.said.say("value_and_state", place("state"), value=f"{value:.15g}", state=word)
        elif value is None and not told["reason"]:
            self.said.say("no_reason", place("reason"), state=word)

    def _row(self, question: Question, key: str, told: dict, given: Mapping[str, Given]) -> dict:
        survey = self.form.survey
        texts = {column: told[column] or "" for column in ENTRIES if column != "value"}
        state = texts.pop("state") or ("value" if told["value"] is not None else "")
        return texts | {
            "variable": question.variable,
            "region": question.region,
            "unit": question.unit,
            "year": survey.year,
            "value": told["value"],
            "state": state,
            "publication": survey.publication_of(question.variable, question.region, question.unit),
            "standing": self.form.standing,
            "last": _shown_last(given.get("last", BLANK)),
            "file": self.file,
            "key": key,
        }


def named(comments: list[Comment], form: Form, answers: pd.DataFrame) -> Iterator[Comment]:
    """Give comments with the name of the variable, the region or the unit that each is of."""
    units = dict(zip(answers.key, answers.unit, strict=True))
    variables = form.survey.metadata.variables
    for comment in comments:
        variable = comment.place.key.partition(SEPARATOR)[0]
        if variable not in variables:
            yield comment
            continue
        name, question = variables[variable].name, form.questions.get(comment.place.key)
        more = units.get(comment.place.key) or (question.unit if question else "")
        tail = {"zh": more, "en": more}
        if question and form.reporter != question.region:
            region = form.survey.regions.loc[question.region]
            tail = {"zh": region.name_zh, "en": region.name_en}
        said = {language: " · ".join(filter(None, [name[language], tail[language]])) for language in ("zh", "en")}
        yield replace(comment, name=Text(**said))


def _shown_last(given: Given) -> float | None:
    """Give what the form shows of the time before, as far as it is a number."""
    number = isinstance(given.value, int | float) and not isinstance(given.value, bool)
    return float(given.value) if number else None
