"""What is said of an answer that was handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from evalkit.base.text import Text

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Remark:
    """What is said of an answer: an error stops the submission, a warning asks for an explanation.

    Attributes
    ----------
    rule : its code, as it is declared; of what is judged where a workbook is read, the code of that.
    row : the label of the answer in the index of the answers.
    column : of the answers, "value", "state", "reason" or "last", where it is to be marked.
    """

    level: Level
    rule: str
    row: int
    column: str
    found: Text
    expected: Text

    def settled(self, answers: pd.DataFrame) -> bool:
        """Say whether it no longer stands in the way: a warning to which the answer's `explanation` says something."""
        if self.level == "error" or "explanation" not in answers:
            return False
        said = answers.explanation[self.row]
        return not pd.isna(said) and bool(str(said).strip())


def open_remarks(remarks: Iterable[Remark], answers: pd.DataFrame) -> list[Remark]:
    """Give the remarks that stand in the way: all errors, and the warnings that no explanation settles."""
    return [remark for remark in remarks if not remark.settled(answers)]
