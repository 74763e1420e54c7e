"""What a study declares of its assessment: its rules, its events, and what stands for what no index system has."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from evalkit.assessment.assessment_files import KINDS
from evalkit.assessment.grading.rules import Rules
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel
from evalkit.index import IndexSystem


class AssessmentDesign(DeclaredModel):
    """The files by name (each in the folder `params/<kind>`), and what the other parts rest on.

    `public_evaluation` is a variable of the dataset, in 0–100; `earmark` is an indicator whose numerator is held
    against the rules' share of its denominator. Without them the part is dropped and the rule is not tested. Counties
    are graded where `county_rules` name rules, maybe those of the round; `peers` say with whom each is compared.
    """

    rules: Code
    county_rules: Code | None = None
    peers: Code | None = None
    events: Code | None = None
    findings: Code | None = None
    accountability: Code | None = None
    incentives: Code | None = None
    supervision: Code | None = None
    self_assessed: Code | None = None
    public_evaluation: Code | None = None
    earmark: Code | None = None

    @property
    def named_files(self) -> dict[str, str]:
        """The files that are named, by kind."""
        return {kind: name for kind in KINDS if (name := getattr(self, kind))}

    def check_rules(self, rules: Rules) -> None:
        """Raise ParamsError where an indicator is to be held against an earmark that the rules do not have."""
        if self.earmark and not rules.gates.earmark:
            wrong = [Problem("assessment, earmark", repr(self.earmark), f"a gate `earmark` in the rules {rules.code}")]
            raise ParamsError("the assessment does not fit its rules", wrong)

    def check(self, system: IndexSystem, variables: Collection[str]) -> None:
        """Raise ParamsError with all that the study does not have, and every scored indicator without a target."""
        wrong = [*self._unknown(system, variables), *_untargeted(system)]
        if wrong:
            raise ParamsError("the assessment does not fit the index system and the dataset", wrong)

    def _unknown(self, system: IndexSystem, variables: Collection[str]) -> Iterator[Problem]:
        if self.public_evaluation not in {None, *variables}:
            expected = one_of(self.public_evaluation, variables)
            yield Problem("assessment, public_evaluation", repr(self.public_evaluation), expected)
        ratios = [indicator.code for indicator in system.indicators if indicator.numerator]
        if self.earmark not in {None, *ratios}:
            expected = f"an indicator with two terms: {one_of(self.earmark, ratios)}"
            yield Problem("assessment, earmark", repr(self.earmark), expected)


def _untargeted(system: IndexSystem) -> Iterator[Problem]:
    for indicator in system.scored:
        if indicator.target is None:
            yield Problem(f"{indicator.code} of {system.code}", "a weight, and no target", "a target, or a weight of 0")
    if all(indicator.is_gap for indicator in system.scored):
        yield Problem(f"layers of {system.code}", "equity alone", "a scored indicator whose completion counts")
