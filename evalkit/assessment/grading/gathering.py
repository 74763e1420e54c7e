"""Gathering: the evidence of an assessment, made from what was achieved."""

from __future__ import annotations

import pandas as pd

from evalkit.assessment.grading.events import Events
from evalkit.assessment.grading.evidence import Evidence
from evalkit.assessment.targets.achievement import Achievement
from evalkit.index import IndexSystem
from evalkit.index.plain_target import Level


def gather_evidence(
    achievement: Achievement,
    system: IndexSystem,
    *,
    events: Events,
    groups: pd.Series | None = None,
    public_evaluation: pd.Series | None = None,
    earmark: pd.Series | None = None,
    level: Level | None = None,
) -> Evidence:
    """Make evidence of the scored indicators, or of those with a target at a level, with their weights in the index.

    Indicators of the layer of equity make the equality part, and so leave the completion part: nothing counts twice.
    All of them make the progress part. The rest is given as `Evidence` takes it.
    """
    shares = system.root_shares()
    targeted = [indicator for indicator in system.scored if indicator.target]
    codes = [one.code for one in targeted if level is None or level in one.target.assessed]
    equal = [code for code in codes if system.node(code).is_gap]
    others = [code for code in codes if code not in equal]
    return Evidence(
        completion=achievement.completion[others],
        states=achievement.states[codes],
        weights=pd.Series({code: shares[code] for code in codes}, dtype=float),
        projects=pd.Series({code: system.project_of(code).code for code in codes}, dtype=object),
        progress=achievement.progress[codes],
        equality=achievement.completion[equal] if equal else None,
        public_evaluation=public_evaluation,
        earmark=earmark,
        groups=groups,
        events=events,
    )
