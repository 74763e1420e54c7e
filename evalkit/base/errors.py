"""The three ways in which input can be wrong, each told with every offender at once."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import chain
from typing import Any, TypeVar

SHOWN = 12
Result = TypeVar("Result")
FAILED: Any = object()  # what a step gives that could not be taken


@dataclass(frozen=True)
class Problem:
    """One offender: where it stands, what was found there and what was expected."""

    where: str
    found: str
    expected: str

    def __str__(self):
        return f"{self.where}: found {self.found}; expected {self.expected}"


class EvalkitError(Exception):
    """Bad input, in words that its author can act on."""

    def __init__(self, title: str, problems: Iterable[Problem | str] = ()):
        self.title = title
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n  - ".join([title, *map(str, self.problems)]))

    @property
    def titled_problems(self) -> list[Problem | str]:
        """Every offender under the title; the title alone where there is none."""
        under = [
            f"{self.title}: {one}" if isinstance(one, str) else replace(one, where=f"{self.title}: {one.where}")
            for one in self.problems
        ]
        return under or [self.title]

    @property
    def brief(self) -> str:
        """The first offender and how many more there are, in one line."""
        first, *more = map(str, self.titled_problems)
        return first.splitlines()[0] + (f" (and {len(more)} more)" if more else "")


class ParamsError(EvalkitError):
    """A study, an index system, rules or a command-line parameter is wrong."""


class DataError(EvalkitError):
    """A table does not meet what the index system and the dataset declare."""


class MethodError(EvalkitError):
    """A method cannot be applied to the data at hand."""


class CombinedError(ParamsError):
    """Several things are wrong; `problems` are those of all `errors`, each under the title of its own."""

    def __init__(self, errors: Iterable[EvalkitError]):
        self.errors = tuple(errors)
        super().__init__(
            f"{len(self.errors)} things are wrong", [*chain.from_iterable(one.titled_problems for one in self.errors)]
        )

    def __str__(self):
        return "\n".join([self.title, *map(str, self.errors)])

    @property
    def titled_problems(self) -> list[Problem | str]:
        """Every offender under the title of its own."""
        return list(self.problems)


class Attempts:
    """Steps that are tried one after another; what rests on one that failed is passed over."""

    def __init__(self):
        self._errors: list[EvalkitError] = []

    def __call__(self, step: Callable[..., Result], *arguments: object) -> Result:
        """Give what a step makes of its arguments; FAILED where it fails, or where one of them is FAILED."""
        if any(argument is FAILED for argument in arguments):
            return FAILED
        try:
            return step(*arguments)
        except CombinedError as error:
            self._errors += error.errors
        except EvalkitError as error:
            self._errors.append(error)
        return FAILED

    def refuse(self) -> None:
        """Raise the error of the one step that failed, or a CombinedError of all that did, if any did; each once."""
        errors = [*{str(error): error for error in self._errors}.values()]
        if errors:
            raise CombinedError(errors) if len(errors) > 1 else errors[0]


def all_of(steps: Iterable[Callable[[], Result]]) -> list[Result]:
    """Take steps that do not rest on one another, and give their results.

    Raises the error of the one that failed, or a CombinedError of all that did.
    """
    tried = Attempts()
    results = [tried(step) for step in steps]
    tried.refuse()
    return results


def in_order(problems: Iterable[Problem | str]) -> list[Problem | str]:
    """Sort problems by place, as people count: row 2 before row 10, column B before column AA."""
    return sorted(problems, key=_counted)


def _counted(problem: Problem | str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+|(?<=!)[A-Z]{1,3}(?=\d))", str(problem))  # every second one is a number or a column
    return [(len(part) * (number % 2), part) for number, part in enumerate(parts)]


def unit_name(key: object) -> str:
    """Name a unit: the region, or the region in the year."""
    return " in ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def one_of(name: object, known: Iterable[object]) -> str:
    """Say which names are known, and which of them is near when `name` looks misspelt."""
    options = [str(option) for option in known]
    near = get_close_matches(str(name), options, n=1, cutoff=0.5)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    more = f", … ({len(options)} in all)" if len(options) > SHOWN else ""
    return f"one of {', '.join(options[:SHOWN])}{more}{hint}" if options else "nothing: none is known"
