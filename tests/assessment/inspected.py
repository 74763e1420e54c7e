"""Small records, findings and rules of supervision, by hand: indicators a, b and c in the projects P01, P01 and P02."""

from dataclasses import replace

import pandas as pd

from evalkit import Panel
from evalkit.assessment.findings.inspections import Findings
from evalkit.assessment.supervision.record import RoundRecord
from evalkit.assessment.supervision.rules import Supervision
from evalkit.assessment.supervision.signals import signals
from evalkit.assessment.targets.achievement import achieve
from tests.assessment.panels import YEARS, declared
from tests.conftest import ROOT
from tests.index.test_target import aimed
from tests.scoring.small import group, leaf, system

FILE = ROOT / "params/supervision/zhejiang.yaml"
TEXT = {"zh": "记录", "en": "a record"}


def rules(*kinds, visits=None, checklists=None, **changes):
    """The shipped rules with only the named signals, in that order, and changes to each of them."""
    data = Supervision.load(FILE).model_dump(exclude_none=True)
    by_kind = {signal["kind"]: signal for signal in data["signals"]}
    data["signals"] = tuple({**by_kind[kind], **changes} for kind in kinds or by_kind)
    data["visits"] = {**data["visits"], **(visits or {})}
    data["checklists"] = {**data["checklists"], "indicators": {}, **(checklists or {})}
    return Supervision.model_validate(data)


def record(*, units=None, targets=None, findings=(), claims=None, **values):
    """A record of the years 2007–2012; a series is that of r1, or a dict of regions, and words are states."""
    parts = {code: declared(v if isinstance(v, dict) else {"r1": v}) for code, v in values.items()}
    frames = {
        name: pd.DataFrame({code: getattr(part, name)["a"] for code, part in parts.items()})
        for name in ("values", "states")
    }
    panel = Panel(frames["values"], frames["states"].fillna("missing"))
    panel = panel if units is None else replace(panel, units=units)
    tree = tree_of(values, targets or {})
    given = Findings.model_validate({"code": "test", "findings": tuple(findings)})
    return RoundRecord(tree, panel, achieve(panel, tree, YEARS), given, claims)


def tree_of(codes, targets):
    """An index system of some of the three indicators; a target of 90 unless another is given."""
    leaves = {code: leaf(code, **_aim(targets.get(code, {}))) for code in codes}
    first = [leaves[code] for code in ("a", "b") if code in leaves]
    last = [leaves[code] for code in ("c",) if code in leaves]
    groups = [group(f"P0{n}", *own, level="project") for n, own in ((1, first), (2, last)) if own]
    return system(*groups)


def finding(code="F1", region="r1", year=2012, indicator="a", verdict="contradicted", **more):
    """A finding as YAML would give it."""
    dated = {"date": f"{year + 1}-03-15", "document": TEXT, "note": TEXT}
    return {"code": code, "region": region, "year": year, "indicator": indicator, "verdict": verdict} | dated | more


def claimed(value, region="r1", year=2012, code="a"):
    """One self-assessed value."""
    index = pd.MultiIndex.from_tuples([(region, year)], names=["region", "year"])
    return pd.DataFrame({code: [value]}, index=index)


def rows(found, kind, year=2012, **changes):
    """The rows of one signal: (region, indicator, found, bound, why, about)."""
    table = signals(found, rules(kind, **changes), year)
    return list(table[["region", "indicator", "found", "bound", "why", "about"]].itertuples(index=False, name=None))


def _aim(target):
    less = target.get("kind") == "ceiling"
    return {"worst": 100, "best": 0, "target": aimed(**target)} if less else {"target": aimed(**target)}
