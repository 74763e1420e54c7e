"""A few of many drawn studies that together show nearly every pair of what may be declared together, or left out."""

import random
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np

from tests.runs.studies import Drawn

CANDIDATES, RANKED = 600, 40
RARE = 0.02  # what fewer of them declare, or leave out, is met where studies are drawn at random
CHOICES = {"kind", "language", "layer", "level", "unscored"}  # keys whose values are no names


@cache
def composed():
    """Give the seeds of the candidates that come first: each shows the most pairs not shown before, for its size."""
    shown, sizes = _shown().astype(np.float32), np.array([_size(seed) for seed in range(CANDIDATES)])
    unseen, seeds = np.ones((shown.shape[1],) * 2, np.float32), []
    while len(seeds) < RANKED:
        news = ((shown @ unseen) * shown).sum(axis=1) / np.sqrt(sizes)
        news[seeds] = -1
        seeds.append(int(news.argmax()))
        its = shown[seeds[-1]] > 0
        unseen[np.ix_(its, its)] = 0
    return seeds


def share(seeds):
    """Give the share of the pairs that the candidates show which some of them do."""
    shown = _shown().astype(np.float32)
    some = shown[list(seeds)]
    return np.count_nonzero(some.T @ some) / np.count_nonzero(shown.T @ shown)


@cache
def _shown():
    """Say what each candidate shows: (seed, what is declared, and then what is not)."""
    declared = [set(_declared(_parts(seed))) for seed in range(CANDIDATES)]
    known = sorted(set().union(*declared), key=str)
    there = np.array([[what in one for what in known] for one in declared])
    common = (there.mean(axis=0) > RARE) & (there.mean(axis=0) < 1 - RARE)
    there = np.unique(there[:, common], axis=1)
    return np.hstack([there, ~there])


def _size(seed):
    """Give about how many reports a candidate has."""
    drawn = _drawn(seed)
    return len(drawn.regions["regions"]) + len(drawn.departments) + 4


def _drawn(seed):
    return Drawn(Path(), random.Random(seed))


def _parts(seed):
    drawn = vars(_drawn(seed))
    found = {name: drawn[name] for name in ("study", "system", "regions", "variables", "figures")}
    return found | {"sizes": {_sizes(drawn["regions"]["regions"]): True}}


def _sizes(regions):
    """Tell how many cities each group has: one, or more."""
    counts = Counter(region["group"] for region in regions if "group" in region)
    return tuple(sorted(min(n, 2) for n in counts.values()))


def _declared(found, key=""):
    """Tell keys below their keys, choices, and whether a list has one item, two or more."""
    if isinstance(found, dict):
        for name, value in found.items() if "zh" not in found else ():
            yield key, name
            yield from _declared(value, name)
    elif isinstance(found, list):
        yield key, min(len(found), 3)
        for value in found:
            yield from _declared(value, key)
    elif key in CHOICES or isinstance(found, bool):
        yield key, "is", found
