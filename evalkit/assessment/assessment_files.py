"""The files of an assessment: its rules, what is documented, and what is to follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from evalkit.assessment.findings.inspections import NO_FINDINGS, Findings
from evalkit.assessment.findings.self_assessment import SelfAssessment
from evalkit.assessment.grading.events import NO_EVENTS, Event, Events
from evalkit.assessment.grading.peers import Peers
from evalkit.assessment.grading.rules import Rules
from evalkit.assessment.incentives.rules import Incentives
from evalkit.assessment.rectification.accountability import Accountability
from evalkit.assessment.supervision.findings_sheet import read_findings
from evalkit.assessment.supervision.rules import Supervision
from evalkit.base.errors import ParamsError, Problem, all_of
from evalkit.base.model import DeclaredModel
from evalkit.base.project import find
from evalkit.index import IndexSystem

# What a study may name, and what each name is read as: a file of `params/<kind>`, or of the folder of another kind.
KINDS = {
    "rules": Rules,
    "county_rules": Rules,
    "peers": Peers,
    "events": Events,
    "findings": Findings,
    "accountability": Accountability,
    "incentives": Incentives,
    "supervision": Supervision,
    "self_assessed": SelfAssessment,
}
FOLDERS = {kind: kind for kind in KINDS} | {"county_rules": "rules"}


@dataclass(frozen=True)
class AssessmentFiles:
    """What a study names for its assessment; what it leaves out does not follow from it.

    `paths` are of the files that each kind was read from, in the project.
    """

    rules: Rules
    county_rules: Rules | None = None
    peers: Peers | None = None
    events: Events = NO_EVENTS
    findings: Findings = NO_FINDINGS
    accountability: Accountability | None = None
    incentives: Incentives | None = None
    supervision: Supervision | None = None
    self_assessed: SelfAssessment | None = None
    paths: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def load(cls, root: Path, named: Mapping[str, str]) -> AssessmentFiles:
        """Read the files that are named, by kind. Raises ParamsError with every offender in all of them."""
        loaded = all_of(partial(_load, root, kind, name) for kind, name in named.items())
        paths = {kind: find(root, FOLDERS[kind], name).relative_to(root).as_posix() for kind, name in named.items()}
        return cls(**dict(zip(named, loaded, strict=True)), paths=paths)

    @property
    def declared(self) -> tuple[DeclaredModel, ...]:
        """All that is declared, in one order."""
        return tuple(one for kind in KINDS if (one := getattr(self, kind)) is not None)

    @cached_property
    def grading_events(self) -> Events:
        """The documented events, and the vetoes that follow from findings by the rules."""
        gate = self.rules.gates.veto
        verdicts = gate.verdicts if gate else ()
        vetoes = [
            Event(code=one.code, region=one.region, year=one.year, veto=True, document=one.document, reason=one.note)
            for one in self.findings.findings
            if one.verdict in verdicts
        ]
        return self.events.model_copy(update={"events": (*self.events.events, *vetoes)})

    def check(
        self, system: IndexSystem, regions: Iterable[str], years: Iterable[int], *, counties: Iterable[str] = ()
    ) -> None:
        """Raise ParamsError with all that does not fit the rules, the index system, the regions and the years."""
        bands, codes = self.rules.bands.codes, [indicator.code for indicator in system.indicators]
        held_against = {
            "findings": (regions, years, codes),
            "accountability": (bands,),
            "incentives": (bands,),
            "supervision": (system,),
            "peers": (counties,),
            "self_assessed": (regions, years, codes),
        }
        found = [
            (kind, problem)
            for kind, known in held_against.items()
            if (declared := getattr(self, kind)) is not None
            for problem in declared.problems(*known)
        ]
        found += [("findings", problem) for problem in self._codes_used_twice()]
        wrong = [replace(one, where=": ".join(filter(None, (self.paths.get(kind), one.where)))) for kind, one in found]
        if wrong:
            raise ParamsError("what is to follow from the assessment does not fit it", wrong)

    def until(self, day: date) -> AssessmentFiles:
        """Give what was there on a day: without the findings and the events that are dated later."""
        return replace(self, findings=self.findings.until(day), events=self.events.until(day))

    def _codes_used_twice(self) -> list[Problem]:
        events = {event.code for event in self.events.events}
        return [
            Problem("code of a finding", repr(one.code), "a code that no event has")
            for one in self.findings.findings
            if one.code in events
        ]


def _load(root: Path, kind: str, name: str) -> DeclaredModel:
    path = find(root, FOLDERS[kind], name)
    if kind == "findings" and path.suffix == ".xlsx":
        return read_findings(path)
    return KINDS[kind].load(path)
