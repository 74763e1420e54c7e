"""Whatever the check accepts, every report of it is made: of studies that are drawn, at random or to be unlike."""

import os
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from lxml import html

from evalkit import load_study
from evalkit.base.errors import EvalkitError
from evalkit.runs import runner
from evalkit.runs.request import prepare
from evalkit.runs.trial import attempt
from tests.runs.composed import composed, share
from tests.runs.in_process import UNSAID, here
from tests.runs.studies import Drawn

COMPOSED = 8
# `make torture` draws a thousand in all, in halves, so that two workers share them.
STUDIES = int(os.environ.get("EVALKIT_STUDIES", "0")) // 2
# As they come, and not made smaller where one fails: each takes seconds.
SETTINGS = settings(
    max_examples=max(STUDIES, 1),
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def accepted(root):
    """The request for every report of a study, as `evalkit run` makes it; None where it would refuse."""
    try:
        return prepare(load_study("drawn", root=root))
    except EvalkitError:
        return None


def run_whole(requested):
    with here(requested.study.root):
        runner.run(requested)  # in this process what fails is raised
    for page in requested.folder.rglob("*.html"):
        assert UNSAID.isdisjoint(cell.text_content().strip() for cell in html.parse(str(page)).iter("td"))


def made_whole(drawn, *, written):
    """Say whether the check accepts a drawn study, of which every report is then made."""
    drawn.write()
    requested = accepted(drawn.root)
    if requested is not None:
        attempt(requested)
    if requested is not None and written:
        run_whole(requested)
    return requested is not None


@pytest.mark.slow
def test_whatever_the_check_accepts_of_what_may_stand_together_every_report_of_it_is_made(tmp_path):
    made = 0
    for seed in composed():
        # pages, workbooks and tables of the first only: most that can fail fails before
        made += made_whole(Drawn(tmp_path / str(seed), random.Random(seed)), written=not made)
        if made == COMPOSED:
            return


def test_the_studies_that_are_composed_show_far_more_than_as_many_drawn_at_random():
    assert share(composed()[:COMPOSED]) > 0.83
    assert share(composed()[:COMPOSED]) > share(range(COMPOSED)) + 0.1


@pytest.mark.slow
@pytest.mark.skipif(not STUDIES, reason="takes an hour: make torture")
@pytest.mark.parametrize("half", [1, 2])
def test_whatever_the_check_accepts_of_what_is_drawn_every_report_of_it_is_made(half):
    @settings(SETTINGS)
    @given(st.randoms(use_true_random=False))
    def property_(draw):
        with TemporaryDirectory() as folder:
            assume(made_whole(Drawn(Path(folder), draw), written=True))

    property_()
