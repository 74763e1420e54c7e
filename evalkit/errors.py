"""The three ways in which input can be wrong, each told with every offender at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TypeVar

SHOWN = 12
Result = TypeVar("Result")


@dataclass(frozen=True)
class Offence:
    """One offender: where it stands, what was found there and what was expected."""

    where: str
    found: str
    expected: str

    def __str__(self):
        return f"{self.where}: found {self.found}; expected {self.expected}"


class EvalkitError(Exception):
    """Bad input, in words that its author can act on."""

    def __init__(self, title: str, offences: Iterable[Offence | str] = ()):
        self.title = title
        self.offences = tuple(offences)
        super().__init__("\n  - ".join([title, *map(str, self.offences)]))


class ParamsError(EvalkitError):
    """A study, an index system, rules or a command-line parameter is wrong."""


class DataError(EvalkitError):
    """A table does not meet what the index system and the dataset declare."""


class MethodError(EvalkitError):
    """A method cannot be applied to the data at hand."""


def all_of(steps: Iterable[Callable[[], Result]]) -> list[Result]:
    """Take steps that do not rest on one another, and give their results.

    Raises the error of the one that failed, or a ParamsError with the offenders of all that did.
    """
    results, errors = [], []
    for step in steps:
        try:
            results.append(step())
        except EvalkitError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ParamsError(f"{len(errors)} things are wrong", [told for error in errors for told in _under_title(error)])
    return results


def _under_title(error: EvalkitError) -> list[Offence | str]:
    told = [
        f"{error.title}: {one}" if isinstance(one, str) else replace(one, where=f"{error.title}: {one.where}")
        for one in error.offences
    ]
    return told or [error.title]


def one_of(name: object, known: Iterable[object]) -> str:
    """Say which names are known, and which of them is near when `name` looks misspelt."""
    options = [str(option) for option in known]
    near = get_close_matches(str(name), options, n=1, cutoff=0.5)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    more = f", … ({len(options)} in all)" if len(options) > SHOWN else ""
    return f"one of {', '.join(options[:SHOWN])}{more}{hint}" if options else "nothing: none is known"
