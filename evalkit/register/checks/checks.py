"""The file of rules that submissions must pass."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from evalkit.base import params
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text
from evalkit.register.checks.counties import CountiesCheck
from evalkit.register.checks.parts import PartsCheck, RatioCheck, UnitsCheck
from evalkit.register.checks.series import ConstantCheck, JumpCheck, PeersCheck, SlipCheck
from evalkit.register.checks.single import LastCheck, RangeCheck, RequiresCheck, SourcesCheck, WholeCheck

AnyCheck = Annotated[
    RangeCheck
    | WholeCheck
    | LastCheck
    | RequiresCheck
    | SourcesCheck
    | SlipCheck
    | JumpCheck
    | PeersCheck
    | ConstantCheck
    | PartsCheck
    | RatioCheck
    | UnitsCheck
    | CountiesCheck,
    Field(discriminator="kind"),
]


class Checks(DeclaredModel):
    """What `params/checks/<code>.yaml` declares: the rules, in the order in which their remarks on a row are told."""

    code: Code
    source: Text
    rules: tuple[AnyCheck, ...] = Field(min_length=1)

    @classmethod
    def load(cls, path: Path) -> Checks:
        """Read rules from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @model_validator(mode="after")
    def _each_once(self):
        codes = [rule.code for rule in self.rules]
        again = [place for place, code in enumerate(codes) if code in codes[:place]]
        if again:
            raise ContradictionError((("rules", place, "code"), "a code of its own") for place in again)
        return self

    def check(self, variables: Iterable[str]) -> None:
        """Raise ParamsError with every variable that a rule names and the dataset does not have."""
        known = list(variables)
        wrong = [
            Problem(f"{'.'.join(way)} of the rule {rule.code}", repr(code), one_of(code, known))
            for rule in self.rules
            for way, codes in rule.named
            for code in codes
            if code not in known
        ]
        if wrong:
            raise ParamsError(f"the checks {self.code} name variables that the dataset does not have", wrong)
