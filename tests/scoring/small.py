"""Small index systems and panels: by hand, and at random for properties."""

from itertools import count

import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st

from evalkit import IndexSystem, Indicator, Panel
from evalkit.base.text import Text
from evalkit.index import Goalposts, Group

YEAR = 2012
# The same examples in every run: a property that fails here fails everywhere.
quick = settings(max_examples=12, deadline=None, derandomize=True)


def words(text):
    return Text(zh=text, en=text)


def leaf(code, *, worst=0, best=100, status="confirmed", **more):
    """An indicator that is scored as it is, unless goalposts are given; `worst=None` leaves them out."""
    posts = None if worst is None else _posts(worst, best, status)
    declared = {"unit": words("%"), "layer": "output", "variable": code, "goalposts": posts}
    return Indicator(code=code, name=words(code), **declared | more)


def group(code, *children, level="group", **more):
    return Group(code=code, name=words(code), level=level, children=children, **more)


def system(*children, **more):
    """An index system with the root `index`."""
    tree = group("index", *children)
    return IndexSystem(code="small", version="1", name=words("small"), edition=words("test"), tree=tree, **more)


def panel(columns, *, years=(YEAR,)):
    """Values by indicator, region after region: r1 in every year, then r2."""
    size = len(next(iter(columns.values()))) // len(years)
    regions = [f"r{place}" for place in range(1, size + 1)]
    index = pd.MultiIndex.from_product([regions, years], names=["region", "year"])
    return Panel.from_values(pd.DataFrame(columns, index=index, dtype=float))


def _posts(worst, best, status):
    both = {"worst_status": status, "best_status": status} if isinstance(status, str) else status
    return Goalposts(worst=worst, best=best, basis=words("by hand"), date="2012", **both)


points = st.floats(1, 100)
weights = st.floats(0.1, 10)
shapes = st.recursive(weights, lambda inner: st.tuples(weights, st.lists(inner, min_size=1, max_size=3)), max_leaves=6)


@st.composite
def systems(draw):
    """Ragged trees of any depth; some groups also show an indicator that does not count."""
    codes = (f"n{number}" for number in count())

    def grow(shape):
        if isinstance(shape, float):
            return leaf(next(codes), weight=shape)
        unscored = [leaf(next(codes), worst=None, unscored="context")] if draw(st.booleans()) else []
        return group(next(codes), *map(grow, shape[1]), *unscored, weight=shape[0])

    return system(*map(grow, draw(st.lists(shapes, min_size=1, max_size=4))))


@st.composite
def cases(draw, *, values=points, blanks=False, regions=2):
    """A random system and a panel for it; `blanks` leaves cells out."""
    drawn = draw(systems())
    cells = st.none() | values if blanks else values
    columns = {i.code: draw(st.lists(cells, min_size=regions, max_size=regions)) for i in drawn.indicators}
    return drawn, panel(columns)


def ragged():
    """One indicator beside a group of three, one of which is not scored."""
    below = group("g", leaf("b", weight=2), leaf("c", weight=6), leaf("d", worst=None, unscored="context"), weight=1)
    return system(leaf("a", weight=3), below)


def weigh(weighting, tree):
    """Weigh without scores."""
    return weighting(pd.DataFrame(), tree)
