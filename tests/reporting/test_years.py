"""A report of a year shows no figure of a later year of its round."""

import pandas as pd
import pytest

from evalkit import load_study
from evalkit.runs.kinds import KINDS
from tests.mutations.edit import FIGURES, Edit
from tests.mutations.project import Small

READ = {
    "services": ["doctors-per-head", "share"],
    "regressors": [{"code": "own", "name": {"zh": "口", "en": "own"}, "numerator": "people"}],
    "county_population": "census-people",
}


def years_of(tmp_path, last):
    """A round of two years, whose later figures are so many times what they were."""
    edit = Edit(Small.make(tmp_path / str(last)))
    edit.cities(6)
    edit.assessed("accountability", "supervision")
    edit.census(2010, 2012, regions=["0101", "0102"])
    for code in ("bath", "census-people"):
        edit.figures(code, {(city, year): None for city in ("0400", "0500", "0600") for year in (2010, 2012)})
    edit.study(readings=READ)
    figures = pd.read_csv(edit.small.root / FIGURES, dtype={"region": str})
    later = (figures.year == 2012) & (figures.variable != "census-people")
    figures.loc[later, "value"] = (figures.value[later] * last).round(6)
    figures.to_csv(edit.small.root / FIGURES, index=False)
    return load_study("small", root=edit.small.root)


@pytest.fixture(scope="module")
def studies(tmp_path_factory):
    root = tmp_path_factory.mktemp("years")
    return [years_of(root, last) for last in (1, 0.9)]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_report_shows_no_figure_of_a_later_year(studies, kind):
    reports = [kind.make(study, kind.codes(study)[0], year=2011, language="zh") for study in studies]
    for name, table in kind.tables.items():
        before, after = map(table, reports)
        assert (before is None) == (after is None), name
        if before is not None:
            assert before == after, name
            pd.testing.assert_frame_equal(before.data, after.data, obj=name)
