"""ASEM's index through our own pipeline, held against plain pandas: 49 indicators, 8 pillars, 2 sub-indices, 4 levels.

`asem_hierarchy.csv` gives parent, direction and weight of every node, as in the R package COINr (MIT, William Becker).
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from evalkit import IndexSystem, Method, MinMax, Panel, ZScore, evaluate
from evalkit.data.imputation import PeerGroup
from evalkit.scoring.treatment import Winsorise
from tests.scoring.small import group, leaf, words

YEAR = 2018
METHOD = Method(imputation=PeerGroup(), treatment=Winsorise(), normalisation=MinMax(), cap=False)


def read(name):
    return pd.read_csv(Path(__file__).with_name(f"{name}.csv"))


@pytest.fixture(scope="module")
def hierarchy():
    return read("asem_hierarchy").set_index("code")


@pytest.fixture(scope="module")
def untreated():
    return read("asem_untreated").set_index("country")


@pytest.fixture(scope="module")
def tree(hierarchy):
    def node(code):
        children = [node(child) for child in hierarchy.index[hierarchy.parent == code]]
        weight = float(hierarchy.weight[code])
        if children:
            return group(code, *children, weight=weight)
        ends = (0, 1) if hierarchy.direction[code] > 0 else (1, 0)  # min-max takes only the direction from them
        return leaf(code, worst=ends[0], best=ends[1], weight=weight)

    return IndexSystem(code="asem", version="1", name=words("ASEM"), edition=words("test"), tree=node("Index"))


@pytest.fixture(scope="module")
def panel(untreated):
    values = pd.concat({YEAR: untreated.drop(columns="group")}).swaplevel().rename_axis(["region", "year"])
    return replace(Panel.from_values(values), regions=untreated[["group"]].rename_axis("code"))


@pytest.fixture(scope="module")
def ours(panel, tree):
    return evaluate(panel, tree, METHOD).scores.droplevel("year")


@pytest.fixture(scope="module")
def plain(untreated, hierarchy):
    changed = read("asem_changed").set_index(["country", "indicator"]).published.unstack()
    values = changed.combine_first(untreated.drop(columns="group"))[list(untreated)[1:]]
    signed = values * hierarchy.direction[values.columns]
    scores = 100 * (signed - signed.min()) / (signed.max() - signed.min())
    for parent in hierarchy.index[hierarchy.index.isin(hierarchy.parent)]:  # the file goes from the leaves to the root
        children = hierarchy.index[hierarchy.parent == parent]
        weights = hierarchy.weight[children]
        scores[parent] = (scores[children] * weights).sum(axis=1) / weights.sum()
    return scores


def test_every_score_of_every_level_is_that_of_plain_pandas(ours, plain):
    assert ours.shape == (51, 60)
    pd.testing.assert_frame_equal(ours, plain.loc[ours.index, ours.columns], rtol=1e-12, atol=1e-11, check_names=False)


def test_the_index_tells_fifty_one_countries_apart(ours):
    assert ours["Index"].nunique() == 51
    assert ours["Index"].between(0, 100).all()


def test_the_ranks_on_z_scores_are_those_of_the_scores_but_for_what_is_named(panel, tree):
    result = evaluate(panel, tree, METHOD.but(normalisation=ZScore(mean=0, sd=1)))
    exact = result.scores["Index"].rank(ascending=False, method="min")
    wrong = set(exact.index[exact != result.ranks["Index"]].get_level_values("region"))
    named = {region for regions in result.blurred().regions for region in regions}
    assert len(wrong) <= 1, "two decimals get 13 ranks wrong"
    assert wrong <= named
