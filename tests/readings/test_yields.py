from dataclasses import replace

import numpy as np
import pytest

from evalkit import stored
from evalkit.readings.yields import Yields


@pytest.fixture(scope="module")
def yields(study):
    return Yields.of(study, 2012)


def test_amounts_are_sums_of_the_printed_figures(yields, figures):
    row = figures.loc[("330800", 2012)]
    assert yields.inputs.at["330800", "spending"] == row.exp_education + row.exp_health
    assert yields.outputs.at["330800", "teachers"] == row.teachers_primary + row.teachers_secondary


def test_each_year_has_a_frontier_of_its_own(study, yields):
    assert yields.frontier.n == 11
    assert (Yields(study, 2008).frontier.scores == 1).any()


def test_productivity_ends_with_the_year(study):
    changes = Yields(study, 2010).productivity
    assert sorted(set(changes.index.get_level_values("year"))) == [2009, 2010]


def test_scale_is_what_constant_returns_take_away(yields):
    assert (yields.scale.constant <= yields.frontier.scores + 1e-12).all()
    assert yields.alone.infeasible.any()


@pytest.fixture(scope="module")
def drawn(study):
    """The yields of the study where fewer frontiers are drawn."""
    design = study.round.readings.efficiency.model_copy(update={"draws": 60})
    readings = study.round.readings.model_copy(update={"efficiency": design})
    return Yields(replace(study, round=study.round.model_copy(update={"readings": readings})), 2012)


@pytest.fixture
def kept(drawn, tmp_path):
    """The same in another place, where the intervals are stored."""
    elsewhere = Yields(replace(drawn.study, root=tmp_path), 2012)
    stored.write(drawn.intervals.assign(score=-1.0), elsewhere.intervals_file)
    return elsewhere


def test_intervals_lie_about_the_corrected_scores(yields):
    assert (yields.intervals.low < yields.intervals.corrected).all()


def test_intervals_that_are_stored_are_read(kept):
    assert (kept.intervals.score == -1).all()


def test_intervals_that_are_damaged_are_computed(kept, drawn):
    kept.intervals_file.write_bytes(kept.intervals_file.read_bytes()[:-9])
    assert np.array_equal(kept.intervals.to_numpy(), drawn.intervals.to_numpy())


def test_intervals_of_other_amounts_another_level_or_library_are_stored_elsewhere(kept, monkeypatch):
    declared = kept.study.round.model_copy(update={"seed": 1})
    others = [Yields(kept.study, 2011), Yields(replace(kept.study, round=declared), 2012)]
    files = {other.intervals_file for other in [kept, *others]}
    monkeypatch.setattr("evalkit.fingerprint.source_files", lambda room: [])
    files.add(Yields(kept.study, 2012).intervals_file)
    assert len(files) == 4
