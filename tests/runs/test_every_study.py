"""Whatever the check accepts, every report of it is made: of studies that are drawn at random."""

import os
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
from tests.runs.in_process import UNSAID, here
from tests.runs.studies import Drawn

# Of each half, so that two workers share them; `make torture` draws a thousand in all.
STUDIES = int(os.environ.get("EVALKIT_STUDIES", "60")) // 2
# The share of those accepted whose pages, workbooks and tables are written too: most that can fail fails before.
WRITTEN = 0.1 if STUDIES < 100 else 1
# As they come, and not made smaller where one fails: each takes seconds.
SETTINGS = settings(
    max_examples=STUDIES,
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


@pytest.mark.slow
@pytest.mark.parametrize("half", [1, 2])
def test_whatever_the_check_accepts_every_report_of_it_is_made(half):
    @settings(SETTINGS)
    @given(st.randoms(use_true_random=False))
    def property_(draw):
        with TemporaryDirectory() as folder:
            Drawn(Path(folder), draw).write()
            requested = accepted(Path(folder))
            assume(requested is not None)
            attempt(requested)
            if draw.random() < WRITTEN:
                run_whole(requested)

    property_()
