"""Completion, progress and schedule: how far a value is on the way from its baseline to its milestone.

All take arrays that fit one another, leave a blank blank, and are told by `rises` whether more is better. What is
written as proposed here is ours: no source gives it.
"""

from __future__ import annotations

import numpy as np

from evalkit.base.exact import at_least, at_most, reached
from evalkit.index.target import IntervalTarget
from evalkit.scoring.scales import rescale


def completion(x, baseline, milestone, *, rises: bool, scale: float):
    """Give 0 at the baseline and 100 at the milestone, capped; `scale` is the size of the target.

    Where the baseline is at the milestone already nothing has to be gained: 100 while the milestone is held, and one
    point less for each hundredth of `scale` that is lost (proposed); of a target of 0 nothing may be lost. Without a
    baseline it stays blank even at the milestone: otherwise only those that fall short would drop out.

    >>> float(completion(83.0, 80.0, 86.0, rises=True, scale=95.0))
    50.0
    """
    fallback = milestone - scale if rises else milestone + scale
    worst = np.where(reached(baseline, milestone, rises=rises), fallback, baseline)
    found = np.where(reached(x, milestone, rises=rises), 100.0, 100 * _between(x, worst, milestone))
    return np.where(np.isnan(baseline), np.nan, found)


def interval_completion(x, target: IntervalTarget):
    """Give 100 inside the interval, and from there linear to 0 at the permitted bounds."""
    x, (low, high) = np.asarray(x, dtype=float), target.permitted
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.fmin(rescale(x, low, target.value), rescale(x, high, target.upper))
    outside = np.where(np.isnan(x), np.nan, 100 * np.clip(shares, 0, 1))
    return np.where(at_least(x, target.value) & at_most(x, target.upper), 100.0, outside)


def quota_completion(x, quota, made, asked):
    """Give the worse of two shares, capped at 100: the year's count in its quota, all counts in all quotas so far.

    That the worse one counts is proposed: a good year does not hide that the sum lags, nor a good start an idle year.
    A quota of 0 is met by anything.
    """
    return np.minimum(_share(x, quota), _share(made, asked))


def progress(x, before, milestone, *, goal, rises: bool, narrows: bool = False):
    """Give the change achieved on the year before as a share of what this year's milestone required, in 0–1.

    Full at the target itself, however it moved; but not of a gap, which is to `narrow`: a wider one is no progress
    (proposed). Elsewhere a step back is 0; where the year before was at this year's milestone already nothing was
    required, and holding it is full.

    >>> float(progress(84.0, 80.0, 88.0, goal=100.0, rises=True))
    0.5
    """
    held = np.where(reached(x, before, rises=rises), 1.0, 0.0)
    moved = np.where(
        reached(before, milestone, rises=rises), held + 0 * (x + milestone), _between(x, before, milestone)
    )
    full = reached(x, goal, rises=rises) & (reached(x, before, rises=rises) | (not narrows))
    return np.where(full, 1.0, moved)


def _between(x, worst, best):
    """Rescale within 0–1; where the two ends coincide there is nothing between them, and all is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.clip(rescale(np.asarray(x, dtype=float), worst, best), 0, 1)
    return np.where(worst == best, 0.0 * x, shares)


def _share(x, quota):
    shares = 100 * np.clip(x / np.where(quota > 0, quota, np.nan), 0, 1)
    return np.where(reached(x, quota, rises=True), 100.0, shares)
