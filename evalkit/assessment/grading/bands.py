"""The bands of a grade scale: each from its lower bound up to the next."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, field_validator

from evalkit.base.exact import publish
from evalkit.base.fields import Code, Named
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text
from evalkit.index.plain_target import TargetStatus

UNRATED = "unrated"


class Sourced(DeclaredModel):
    """A rule with the document that it comes from, and how sure that is."""

    status: TargetStatus
    source: Text


def rules_in(declared: object) -> Iterator[Sourced]:
    """Give every rule in what is declared, in the order of the file."""
    if isinstance(declared, Sourced):
        yield declared
    if isinstance(declared, DeclaredModel):
        inside = [getattr(declared, name) for name in type(declared).model_fields]
    else:
        inside = declared.values() if isinstance(declared, dict) else declared if isinstance(declared, tuple) else ()
    for part in inside:
        yield from rules_in(part)


class Band(DeclaredModel):
    """One band: scores of `least` or more belong to it, unless they reach the band above."""

    code: Code
    name: Named
    least: float = Field(ge=0, le=100)


class Bands(Sourced):
    """The bands, the best first, and the name of what is not rated."""

    unrated: Text
    scale: tuple[Band, ...] = Field(min_length=1)

    @field_validator("scale")
    @classmethod
    def _falls_to_zero(cls, scale):
        wrong = list(_contradictions(scale))
        if wrong:
            raise ContradictionError(wrong)
        return scale

    @property
    def codes(self) -> tuple[str, ...]:
        """The bands' codes, the best first."""
        return tuple(band.code for band in self.scale)

    def of(self, score: float) -> str:
        """Give the band of a published score; "unrated" where there is none."""
        return next((band.code for band in self.scale if score >= band.least), UNRATED)

    def lowest(self, *codes: str) -> str:
        """Give the worst of some bands; "unrated" only where no band is among them."""
        rated = [code for code in codes if code != UNRATED]
        return max(rated, key=self.codes.index) if rated else UNRATED

    def below(self, code: str) -> str:
        """Give the band next below; the last one has only itself."""
        return self.codes[min(self.codes.index(code) + 1, len(self.codes) - 1)]

    def above(self, code: str) -> str | None:
        """Give the band next above; None above the best, and for what is not rated."""
        place = self.codes.index(code) if code in self.codes else 0
        return self.codes[place - 1] if place else None

    def name_of(self, code: str) -> Text:
        """Give the name of a band, or of what is not rated."""
        return next((band.name for band in self.scale if band.code == code), self.unrated)


def _contradictions(scale: tuple[Band, ...]) -> Iterator[tuple[tuple, str]]:
    bounds, codes = [band.least for band in scale], [band.code for band in scale]
    for place, band in enumerate(scale):
        if band.code in (*codes[:place], UNRATED):
            yield (place, "code"), f"a code of its own, other than {UNRATED!r}"
        if publish(band.least) != band.least:
            yield (place, "least"), "two decimals at most, as scores are published"
        if place and band.least >= bounds[place - 1]:
            yield (place, "least"), f"less than {bounds[place - 1]:g}, the bound of the band above"
    if bounds[-1] != 0:
        yield (len(scale) - 1, "least"), "0 for the last band, so that every score has one"
