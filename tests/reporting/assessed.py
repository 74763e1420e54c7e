"""The demonstration round, and rounds whose scores are set by hand."""

import re
from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import pandas as pd

from evalkit.assessment import Events, Evidence, assess
from evalkit.reporting.report import RoundReport
from tests.assessment.small import assessment_files, rows, rules
from tests.conftest import DEMO, shipped

CITIES = ("330100", "330200", "330300", "330400")


def demonstration():
    return shipped(DEMO)


def blank_or_chinese(made, language):
    """Cells that are blank, and Chinese ones of an English table; a clause is cited by its number in its source."""
    own = made.drop(columns="Source", errors="ignore")
    cells = [*own.columns, *own.astype(str).to_numpy().ravel()]
    return [c for c in cells if not c or c in ("nan", "None") or (language == "en" and re.search("[\u3000-\u9fff]", c))]


@cache
def demo(year=2012, language="zh"):
    """A report of the demonstration round; nothing of the assessment looks at its index."""
    return RoundReport(demonstration(), None, year, language)


def demo_under(**rules):
    """A report of the demonstration round under other files of the assessment; the assessment itself stays."""
    report = demo()
    files = replace(report.study.assessment_files, **rules)
    study = replace(report.study, assessment_files=files)
    study.__dict__["assessed"] = replace(report.study.assessed, assessment_files=files)
    return replace(report, study=study)


def by_hand(*completion, projects=("P01",), events=(), years=(2012,), **more):
    """A report of cities each with one indicator in every project, of which completion alone is known."""
    index = rows(CITIES[: len(completion) // len(years)], years)
    frame = pd.DataFrame(dict.fromkeys(projects, completion), index=index, dtype=float)
    states = pd.DataFrame("value", index=index, columns=frame.columns).where(frame.notna(), "missing")
    same, found = pd.Series({code: code for code in projects}), Events(code="events", events=tuple(events))
    evidence = Evidence(frame, states, pd.Series(1.0, index=frame.columns), same, events=found, **more)
    round_ = demonstration().round.model_copy(update={"years": (years[0], years[-1])})
    study = replace(demonstration(), round=round_, assessment_files=assessment_files(rules(), *events))
    study.__dict__["assessed"] = SimpleNamespace(assessment=assess(evidence, study.rules), events=found)
    return RoundReport(study, None, years[-1], "zh")
