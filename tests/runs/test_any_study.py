"""What `check` accepts, every report of it is made: small studies that leave out what may be left out."""

import re
import shutil

import pytest
from lxml import html

from evalkit import load_study
from evalkit.base.errors import EvalkitError
from evalkit.reporting.made import made
from evalkit.runs import runner
from evalkit.runs.request import prepare
from evalkit.runs.trial import attempt
from tests.conftest import ROOT
from tests.mutations.edit import FIGURES, REGIONS, STUDY, SYSTEM, Edit
from tests.mutations.project import Small
from tests.runs.in_process import UNSAID, here


@pytest.fixture
def small(tmp_path):
    made = Small.make(tmp_path / "small")
    shutil.copytree(ROOT / "notebooks", made.root / "notebooks")
    return made


def nothing_optional(edit):
    edit.without("alternatives", "uncertainty", "boundaries", "notes")
    edit.yaml(REGIONS, lambda found: [region.pop("tile", None) for region in found["regions"]])
    edit.yaml(SYSTEM, lambda system: system["tree"].pop("responsible"))
    edit.study(years=[2012, 2012])


def names_of_its_own(edit):
    options = [{"kind": "z_score"}, {"kind": "min_max"}]
    choice = {"kind": "choice", "of": "normalisation", "options": options}
    edit.study(uncertainty={"draws": 10, "sources": {"scale": choice, "my_weights": {"kind": "weight_noise"}}})


def dimension_below_a_project(edit):
    def deepen(system):
        group = system["tree"]["children"][0]
        below = {"code": "dim", "name": {"zh": "维", "en": "dim"}, "level": "dimension", "children": group["children"]}
        group.update(level="project", children=[below])

    edit.yaml(SYSTEM, deepen)


def one_indicator_under_the_root(edit):
    edit.yaml(SYSTEM, lambda system: system["tree"]["children"].pop(0))
    edit.study(readings={"services": ["share"]})


def constant(edit):
    text = (edit.small.root / FIGURES).read_text("utf-8")
    edit.small.write(FIGURES, re.sub(r"(share,\d+,\d+),[\d.]+", r"\1,5.0", text))
    edit.yaml(SYSTEM, lambda system: system["tree"]["children"][0].update(level="domain"))


def blanks(edit):
    """Of three cities one figure is carried forward, and another is not there for the score of one."""
    edit.without("uncertainty")
    edit.study(method={"imputation": {"kind": "carry_forward"}, "min_weight": 0.5}, readings={"services": ["share"]})
    text = (edit.small.root / FIGURES).read_text("utf-8")
    edit.small.write(FIGURES, re.sub(r"((?:doctors,0200,2012|share,0...,2011)),[\d.]+,value", r"\1,,missing", text))


def assessed_without_counties(edit):
    edit.assessed("accountability")
    edit.no_counties()


def one_assessed_city_with_nobody_responsible(edit):
    edit.assessed("accountability", "supervision")
    edit.one_city()
    edit.yaml(SYSTEM, lambda system: system["tree"].pop("responsible"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("odd", "language", "year"),
    [
        ((names_of_its_own, dimension_below_a_project), "zh", 2011),
        ((nothing_optional, constant), "zh", 2012),
        ((Edit.unrated,), "zh", 2012),
        ((blanks,), "en", 2012),
        ((assessed_without_counties,), "en", 2011),
        ((one_assessed_city_with_nobody_responsible,), "zh", 2012),
    ],
)
def test_what_is_accepted_is_made(small, odd, language, year):
    for each in odd:
        each(Edit(small))
    requested = prepare(load_study("small", root=small.root), language=language, year=year)
    attempt(requested)
    assert len(requested.reports) >= 4
    assert cells_of(requested.study) - {""}
    assert cells_of(requested.study).isdisjoint(UNSAID)


def cells_of(study):
    """What is printed in the tables that have been made of a study."""
    tables = [table for table in made(study).values() if table is not None]
    return {str(cell).strip() for table in tables for row in table.rows for cell in row}


def one_of_everything(edit):
    """One city with one county, one indicator, which is assessed, and one year."""
    edit.assessed("accountability")
    edit.one_city()
    one_indicator_under_the_root(edit)
    edit.study(years=[2012, 2012])


@pytest.mark.slow
def test_english_counts_are_right_for_one(small):
    one_of_everything(Edit(small))
    requested = prepare(load_study("small", root=small.root), language="en")
    with here(small.root):
        runner.run(requested)
    pages = [html.parse(str(path)).getroot().text_content() for path in requested.folder.rglob("*.html")]
    said = {found for page in pages for found in re.findall(r"(?<![\d.,–-])1 [a-z]+s\b(?! (?:is|has)\b).{0,30}", page)}
    assert (len(pages) > 4, said) == (True, set())


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (lambda edit: edit.small.write("own.geojson", "{}"), "no features"),
        (
            lambda edit: edit.yaml(STUDY, lambda s: s["uncertainty"]["sources"].update(out={"kind": "inclusion"})),
            "alone",
        ),
        (lambda edit: edit.study(alternatives=[WITHOUT_FLOOR]), "floor"),
    ],
)
def test_what_cannot_be_made_is_told_by_the_check(small, where, told):
    where(Edit(small))
    with pytest.raises(EvalkitError) as error:
        load_study("small", root=small.root).check()
    assert told in str(error.value)


WITHOUT_FLOOR = {
    "code": "product",
    "name": {"zh": "积", "en": "product"},
    "method": {"normalisation": {"kind": "min_max"}, "aggregation": {"kind": "geometric"}},
}
