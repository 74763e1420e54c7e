"""Whatever the check accepts, every report of it is made: of studies that are drawn at random."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from lxml import html

from evalkit import load_study
from evalkit.errors import EvalkitError
from evalkit.runs import runner
from evalkit.runs.order import prepare
from tests.runs.in_process import here
from tests.runs.studies import Drawn

# Of each half, so that two workers share them; `make torture` draws a thousand in all.
STUDIES = int(os.environ.get("EVALKIT_STUDIES", "60")) // 2
# As they come, and not made smaller where one fails: each takes seconds.
SETTINGS = settings(
    max_examples=STUDIES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
UNSAID = {"nan", "None", "NaN", "<NA>"}


def accepted(root):
    """The order of every report of a study, as `evalkit run` makes it; None where it would refuse."""
    try:
        study = load_study("drawn", root=root)
        order = prepare(study)
        study.check()
    except EvalkitError:
        return None
    return order


@pytest.mark.slow
@pytest.mark.parametrize("half", [1, 2])
def test_whatever_the_check_accepts_every_report_of_it_is_made(half):
    @settings(SETTINGS)
    @given(st.randoms(use_true_random=False))
    def property_(draw):
        with TemporaryDirectory() as folder:
            Drawn(Path(folder), draw).write()
            order = accepted(Path(folder))
            assume(order is not None)
            with here(order.study.root):
                assert all(outcome.error is None for outcome in runner.run(order))
            for page in order.folder.rglob("*.html"):
                assert UNSAID.isdisjoint(cell.text_content().strip() for cell in html.parse(str(page)).iter("td"))

    property_()
