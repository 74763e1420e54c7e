"""What a round leaves out of the score of what its index system means to score, since its data do not carry it."""

from __future__ import annotations

from collections.abc import Mapping

from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.index.indicator import DataReason, Indicator
from evalkit.index.system import IndexSystem


def without_scores(system: IndexSystem, reasons: Mapping[str, DataReason]) -> IndexSystem:
    """Give the same system with some indicators unscored, each for its reason; the weights of the others stay.

    Raises ParamsError with every code that is none of an indicator which is scored or is context, or where nothing
    would be scored.
    """
    codes = [indicator.code for indicator in system.indicators if indicator.unscored in (None, "context")]
    wrong = [Problem("unscored", repr(code), one_of(code, codes)) for code in reasons if code not in codes]
    if not wrong and not any(indicator.code not in reasons for indicator in system.scored):
        wrong = [Problem("unscored", "every indicator that would be scored", "all but one of them at most")]
    if wrong:
        raise ParamsError(f"the study cannot leave this out of the score of {system.code}", wrong)

    def unscored(indicator: Indicator) -> Indicator:
        reason = reasons.get(indicator.code)
        return indicator.model_copy(update={"unscored": reason, "weight": 0}) if reason else indicator

    return system.changed(unscored) if reasons else system
