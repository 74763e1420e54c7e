"""Documented events: what adds points, takes them, or vetoes a grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from pydantic import Field, field_validator

from evalkit.base import params
from evalkit.base.errors import DataError, Problem, one_of
from evalkit.base.fields import Code, Day, Year
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text


class Event(DeclaredModel):
    """One event of a region in a year: bonus or penalty points, a veto, or both; with its document and reason.

    `day` is that of the document, where it is known.
    """

    code: Code
    region: Code
    year: Year
    points: float = Field(default=0, ge=-100, le=100)
    veto: bool = False
    document: Text
    reason: Text
    day: Day | None = None


class Events(DeclaredModel):
    """The events of a round, each declared once."""

    code: Code
    events: tuple[Event, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Events:
        """Read events from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @field_validator("events")
    @classmethod
    def _documented_and_once(cls, events):
        wrong = [found for place, event in enumerate(events) for found in _contradictions(place, event, events)]
        if wrong:
            raise ContradictionError(wrong)
        return events

    def check(self, regions: Iterable[str], years: Iterable[int]) -> None:
        """Raise DataError with every event of a region or a year that is not assessed."""
        known = {"region": sorted(set(regions)), "year": sorted(set(years))}
        wrong = [
            Problem(f"{name} of the event {event.code}", repr(value), one_of(value, options))
            for event in self.events
            for name, options in known.items()
            if (value := getattr(event, name)) not in options
        ]
        if wrong:
            raise DataError("some events are about what is not assessed", wrong)

    def of(self, region: str, year: int) -> tuple[Event, ...]:
        """Give the events of one region and year."""
        return tuple(event for event in self.events if (event.region, event.year) == (region, year))

    def until(self, day: date) -> Events:
        """Give the events that are dated on a day or before, and those of which nobody says the day."""
        kept = tuple(event for event in self.events if event.day is None or event.day <= day)
        return self.model_copy(update={"events": kept})


NO_EVENTS = Events(code="none")


def _contradictions(place: int, event: Event, events: tuple[Event, ...]) -> Iterator[tuple[tuple, str]]:
    earlier = events[:place]
    if event.code in [other.code for other in earlier]:
        yield (place, "code"), "every event once, under a code of its own"
    elif any(_content(event) == _content(other) for other in earlier):
        yield (place, "code"), "every event once; this one stands there already, under another code"
    for name in ("document", "reason"):
        if not all(getattr(event, name)[language].strip() for language in ("zh", "en")):
            yield (place, name), f"a {name} that is named, in Chinese and in English"
    if not event.points and not event.veto:
        yield (place, "points"), "points other than 0, or a veto"


def _content(event: Event) -> dict:
    return event.model_dump(exclude={"code"})
