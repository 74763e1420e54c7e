"""The dearest thing that a run computes, for tests that are about something else."""

from dataclasses import replace

from evalkit import stored
from evalkit.readings.yields import Yields
from tests.conftest import STUDY, shipped


def store_intervals(root):
    """Leave in a project what an earlier run has stored of the shipped study."""
    study = shipped(STUDY)
    elsewhere = Yields(replace(study, root=root.resolve()), study.round.report_year)
    stored.write(Yields.of(study, study.round.report_year).intervals, elsewhere.intervals_file)
