"""Data changed in one place, as a slip of the hand changes it."""

from copy import deepcopy

SLIP = "misspelt"


def mutated(data):
    """Give (where, changed data) for a key too many in every mapping, and another type in the place of every value."""
    for way in _ways(data):
        changed = deepcopy(data)
        inner = changed
        for step in way[:-1]:
            inner = inner[step]
        here = inner[way[-1]] if way else changed
        if isinstance(here, dict):
            here[SLIP] = {SLIP: 1}
        else:
            inner[way[-1]] = {SLIP: [here]}
        yield way, changed


def _ways(data, way=()):
    yield way
    for step, below in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from _ways(below, (*way, step))
