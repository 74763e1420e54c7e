from datetime import date

import numpy as np
import pytest

from evalkit.base.errors import DataError, ParamsError
from evalkit.readings.editions import editions_of
from tests.register import on_record

PREVIOUS = "register: {"


@pytest.fixture
def made(tmp_path):
    """A small project, whose first city has 40 doctors since the day after the edition before."""
    project = on_record.small(tmp_path / "p")
    since(project, "2013-05-19")
    on_record.corrected(project, 40.0)
    return project


def since(project, day):
    project.edit("params/studies/small.yaml", "seed: 7", f"seed: 7\nsign_off: {{previous: {day}}}")


def test_figures_scores_and_ranks_are_held_beside_those_of_the_edition_before(made):
    study = on_record.load(made)
    found = editions_of(study, 2012)
    assert found.day == date(2013, 5, 19)
    assert found.figures[["variable", "region", "value_before", "value"]].values.tolist() == [
        ["doctors", "0100", 22, 40]
    ]
    both = [one.evaluate() for one in (on_record.load(made, "2013-05-19"), study)]
    scores = [one.published.loc[("0100", 2012), "index"] for one in both]
    ranks = [one.ranks.loc[("0100", 2012), "index"] for one in both]
    row = found.cities.loc["0100"]
    assert [row.score_before, row.score] == scores
    assert row.score > row.score_before
    assert [row.rank_before, row["rank"]] == ranks
    assert row.grade is None or np.isnan(row.grade)
    assert "index" in found.nodes("0100").index
    assert "care" in found.nodes("0100").index


def test_a_study_as_of_the_edition_before_or_without_one_has_nothing_to_hold_beside(made, study):
    assert editions_of(on_record.load(made, "2013-05-19"), 2012) is None
    assert editions_of(study, 2012) is None
    assert editions_of(on_record.load(made, "2013-05-20"), 2012).figures.value.tolist() == [40]


def test_what_changed_in_a_later_year_is_not_of_the_report(made):
    assert editions_of(on_record.load(made), 2011).figures.empty
    assert editions_of(on_record.load(made), 2011).cities.empty


def test_an_edition_of_before_the_register_is_told(tmp_path):
    project = on_record.small(tmp_path / "p")
    since(project, "2013-03-01")
    with pytest.raises(DataError, match="nothing up to 2013-03-01"):
        editions_of(on_record.load(project), 2012)


def test_an_edition_before_needs_a_register(tmp_path):
    project = on_record.Small.make(tmp_path / "p")
    since(project, "2013-03-01")
    with pytest.raises(ParamsError, match=r"a register, for what stood on the day of sign_off\.previous"):
        on_record.load(project)
