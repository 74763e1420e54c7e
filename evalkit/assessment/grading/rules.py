"""The rules of a round: parts, bands, gates, quota and the period's score, as one declared value."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from evalkit.assessment.findings.inspections import Verdict
from evalkit.assessment.grading.bands import Bands, Sourced
from evalkit.base import params
from evalkit.base.errors import one_of
from evalkit.base.fields import Code, Named, Share
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text

PartCode = Literal["completion", "equality", "progress", "public_evaluation"]


class Part(Sourced):
    """A part of the 100 points."""

    name: Named
    points: float = Field(gt=0, le=100)


class ValidShare(Sourced):
    """The share of weight that must have valid data; below it a region is not rated."""

    least: float = Field(gt=0, le=1)


class EventPoints(Sourced):
    """The most points that all events of a region and year, taken together, add (`bonus`) or take (`penalty`)."""

    bonus: float = Field(ge=0)
    penalty: float = Field(ge=0)


class Gate(Sourced):
    """A condition under which the grade is not above a band, whatever the score."""

    not_above: Code


class EarmarkGate(Gate):
    """The gate of the rule that a `share` of new means goes to a purpose; the study says which indicator has both."""

    name: Named
    share: Share


class ProjectGate(Gate):
    """The gate of a project whose published score is less than `below`."""

    below: float = Field(ge=0, le=100)


class VetoGate(Gate):
    """The gate of a documented event that vetoes, and of a finding with one of the `verdicts`."""

    verdicts: tuple[Verdict, ...] = ()


class Gates(DeclaredModel):
    """The gates of a round; one that is left out does not exist in it."""

    earmark: EarmarkGate | None = None
    project: ProjectGate | None = None
    veto: VetoGate | None = None


class GradeQuota(Sourced):
    """The largest share of rated regions in a band, counted year by year over the province.

    `rounding` makes a number of regions of the share; `ties` says whether regions that tie across the edge are all
    in, above the quota, or all out, below it.
    """

    band: Code
    share: float = Field(ge=0, le=1)
    rounding: Literal["down", "half up"]
    ties: Literal["in", "out"]


class Period(Sourced):
    """The shares of the mean of earlier years, and of the final year, in the score of a period."""

    earlier: float = Field(ge=0, le=1)
    final: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _adds_up(self):
        if _sum((self.earlier, self.final)) != 1:
            raise ContradictionError([(("earlier",), f"a share that makes 1 with `final`, {self.final:g}")])
        return self


class Rules(DeclaredModel):
    """What `params/rules/<code>.yaml` declares."""

    code: Code
    version: str
    name: Named
    notes: tuple[Text, ...] = ()
    parts: dict[PartCode, Part]
    valid_share: ValidShare
    events: EventPoints
    bands: Bands
    gates: Gates
    quota: GradeQuota | None = None
    period: Period

    @classmethod
    def load(cls, path: Path) -> Rules:
        """Read rules from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @field_validator("parts")
    @classmethod
    def _parts_sum_to_100(cls, parts):
        wrong = [] if "completion" in parts else [((), "the part 'completion', on which the valid share rests")]
        total = _sum(part.points for part in parts.values())
        if total != 100:
            wrong += [((code, "points"), f"parts that sum to 100, not {total:f}") for code in parts]
        if wrong:
            raise ContradictionError(wrong)
        return parts

    @field_validator("gates", "quota")
    @classmethod
    def _bands_are_known(cls, rule, info: ValidationInfo):
        if rule is None or "bands" not in info.data:
            return rule
        known = info.data["bands"].codes
        if isinstance(rule, GradeQuota):
            wrong = [] if rule.band in known[:-1] else [(("band",), one_of(rule.band, known[:-1]))]
        else:
            caps = {kind: gate.not_above for kind, gate in rule if gate}
            wrong = [((kind, "not_above"), one_of(band, known)) for kind, band in caps.items() if band not in known]
        if wrong:
            raise ContradictionError(wrong)
        return rule

    @property
    def points(self) -> dict[str, float]:
        """The points of each part."""
        return {code: part.points for code, part in self.parts.items()}


def _sum(numbers: Iterable[float]) -> Decimal:
    """Add numbers as the decimals that were written: 0.7 + 0.2 + 0.1 is 1."""
    return sum((Decimal(str(number)) for number in numbers), Decimal(0))
