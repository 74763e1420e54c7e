import shutil
from dataclasses import replace

import pytest

from evalkit import MethodError
from evalkit.readings.editions import editions_of
from evalkit.reporting.chapters import joined
from evalkit.reporting.made import made
from evalkit.runs import groundwork
from evalkit.runs.kinds import KINDS
from evalkit.runs.request import prepare
from tests.conftest import ROOT
from tests.register import on_record

pytestmark = pytest.mark.slow


@pytest.fixture
def requested(study, tmp_path):
    """a request of some reports of a study on which nothing hangs yet, in a project that stands elsewhere."""

    def make(*kinds, **only):
        found = prepare(replace(study), only=dict.fromkeys(kinds, ()) | only)
        return replace(found, study=replace(found.study, root=tmp_path))

    return make


def made_of(requested):
    """The tables that are there, by name, each with the report that it is of."""
    return {key[0].rpartition("chapters.")[2]: key[3:] for key in made(requested.study)}


def test_the_tables_of_the_round_and_of_the_first_city_are_there(requested):
    given = requested(cities=("330800", "330100"))
    groundwork.lay(given)
    assert made_of(given)["summary.tables.headline"] == ("CityReport", "330800")
    assert made_of(given)["position.tables.ranking"] == ()
    assert len(made_of(given)) == len(joined("OF_A_CITY")) + len(joined("OF_THE_ROUND"))


def test_tables_that_two_kinds_show_are_there_and_those_of_one_are_not(requested):
    given = requested("province", "robustness")
    groundwork.lay(given)
    assert made_of(given) == {"robustness.tables.intervals": ()}


def test_where_figures_are_from_is_looked_up(requested):
    given = requested("index_system")
    groundwork.lay(given)
    assert "_years_by_publication" in {key[0].rpartition(".")[2] for key in vars(given.study)["_kept"]}


def test_what_differs_from_the_edition_before_is_read(tmp_path):
    project = on_record.small(tmp_path)
    on_record.corrected(project, 20.0)
    project.edit("params/studies/small.yaml", "seed: 7", "seed: 7\nsign_off: {previous: 2013-05-19}")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    given = prepare(on_record.load(project), only={"index_system": ()})
    groundwork.lay(given)
    (tmp_path / "registers").rename(tmp_path / "elsewhere")
    assert len(editions_of(given.study, 2012).figures) == 1


def test_what_cannot_be_made_is_left_to_the_report_that_will_say_so(requested, monkeypatch):
    def refuse(*_):
        raise MethodError("all are on the frontier")

    monkeypatch.setitem(KINDS["cities"].tables, "headline", refuse)
    groundwork.lay(requested(cities=("330800",)))
