"""Small evidence and rules, by hand."""

import pandas as pd
from hypothesis import settings

from evalkit.assessment import Event, Events, Evidence, Rules
from evalkit.assessment.assessment_files import AssessmentFiles
from evalkit.base.text import Text
from tests.conftest import ROOT

FILE = ROOT / "params/rules/zhejiang.yaml"
YEAR = 2012
# The same examples in every run: a property that fails here fails everywhere.
quick = settings(max_examples=10, deadline=None, derandomize=True)


def rules(**changes):
    """The shipped rules, with some choices changed: `quota={"share": 0.5}`, `gates=None` for none."""
    data = Rules.load(FILE).model_dump()
    for name, change in changes.items():
        data[name] = {**data[name], **change} if change else change
    return Rules.model_validate(data)


def only(**points):
    """The shipped rules with other parts, without a quota."""
    parts = {"status": "proposed", "source": words("test"), "name": words("part")}
    return Rules.model_validate(
        {**rules(quota=None).model_dump(), "parts": {code: {**parts, "points": n} for code, n in points.items()}}
    )


def words(text):
    return {"zh": text, "en": text}


def rows(regions, years=(YEAR,)):
    return pd.MultiIndex.from_product([regions, years], names=["region", "year"])


def table(columns, *, years=(YEAR,)):
    """Cells by indicator, region after region (r1, r2, …): each region in every year."""
    size = len(next(iter(columns.values()))) // len(years)
    return pd.DataFrame(columns, index=rows([f"r{n}" for n in range(1, size + 1)], years))


def series(*cells, years=(YEAR,)):
    return table({"only": cells}, years=years)["only"]


def evidence(completion, *, states=None, weights=None, projects=None, years=(YEAR,), **more):
    """Evidence in which a blank is missing, unless its state is given, all weights are 1 and there is one project."""
    frame = table(completion, years=years).astype(float)
    told = pd.DataFrame("value", index=frame.index, columns=frame.columns).where(frame.notna(), "missing")
    for code, given in (states or {}).items():
        told[code] = given
    weights = pd.Series(weights or dict.fromkeys(completion, 1.0))
    projects = pd.Series(projects or dict.fromkeys(completion, "P01"))
    return Evidence(frame, told, weights, projects, **more)


def scored(*scores, **more):
    """One indicator, whose completion is the score where completion is the only part."""
    return evidence({"a": scores}, **more)


def event(code="E1", region="r1", year=YEAR, points=0.0, **more):
    document = {"document": Text(**words("a notice")), "reason": Text(**words(f"the reason of {code}"))}
    return Event(code=code, region=region, year=year, points=points, **document | more)


def assessment_files(declared, *events):
    """Rules and events alone: nothing follows from them."""
    return AssessmentFiles(declared, events=Events(code="test", events=events))
