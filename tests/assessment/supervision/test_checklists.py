from dataclasses import replace

import pandas as pd
import pytest

from evalkit import ParamsError
from evalkit.assessment.supervision.checklists import Visit, checklist, ledger_lines
from evalkit.assessment.supervision.record import RoundRecord
from evalkit.assessment.supervision.signals import signals
from tests.assessment.inspected import claimed, record, rules
from tests.assessment.panels import facilities
from tests.index.test_target import CENTRES, CLUBS, ROOMS, aimed
from tests.scoring.small import group, leaf, system

VISIT = Visit("r1", "P01", 2012, 7)
STEADY = [60, 61, 62, 63, 64, 65]
TASK = {"see": {"zh": "看", "en": "look"}, "ask": {"zh": "问", "en": "ask"}}


def made(found, visit=VISIT, **checklists):
    declared = rules(checklists=checklists)
    return checklist(found, declared, signals(found, declared, visit.year), visit)


def centre(unit, cell, region="r1"):
    given = (None, cell) if isinstance(cell, str) else (cell, "value")
    return [(unit, region, year, "a", *given) for year in range(2007, 2013)]


def test_the_checklist_of_a_threshold_share_names_what_to_measure():
    areas = {"large": 1900, "near": 1560, "exact": 1500, "small": 1480, "unknown": "missing"}
    units = facilities(
        *[row for unit, cell in areas.items() for row in centre(unit, cell)], *centre("other", 1500, "r2")
    )
    found = made(record(a={"r1": [75] * 6, "r2": [100] * 6}, units=units, targets={"a": CENTRES}), near=0.05)
    # three of the four known reach 1500; 1500 to 1575 is near
    assert found.places.drop(columns="indicator").fillna(-1).values.tolist() == [
        ["unknown", -1, "unknown"],
        ["exact", 1500, "near_the_threshold"],
        ["near", 1560, "near_the_threshold"],
    ]
    assert found.items.loc["a", ["value", "milestone", "lamp"]].tolist() == [75, 100, "behind"]
    assert "建筑面积" in found.items.see["a"].zh
    assert found.terms.empty


def test_what_is_exactly_near_the_threshold_is_measured():
    low = {**CENTRES, "threshold": 1.13}
    assert 1.13 * 1.1 < 1.243
    units = facilities(*[row for unit, cell in {"at": 1.243, "past": 1.244}.items() for row in centre(unit, cell)])
    found = made(record(a=[100] * 6, units=units, targets={"a": low}), near=0.1)
    assert found.places.place.tolist() == ["at"]


def test_the_checklist_of_a_quota_draws_lines_of_its_ledger():
    quota = {**ROOMS, "assessed": ("city",), "by_region": {"r1": 50}}
    found = record(a=[0, 50, 50, 50, 50, 40], targets={"a": quota})
    lines = made(found).places
    assert lines.why.tolist() == ["drawn"] * 3
    assert lines.place.map(int).between(1, 40).all()
    pd.testing.assert_frame_equal(lines, made(found).places)


def test_a_short_ledger_is_seen_as_a_whole_and_an_unknown_one_not_at_all():
    assert ledger_lines(2, 3, "a", VISIT) == [1, 2]
    assert ledger_lines(0, 3, "a", VISIT) == []
    drawn = {tuple(ledger_lines(50, 3, code, visit)) for code in "ab" for visit in (VISIT, VISIT._replace(year=2011))}
    assert len(drawn) == 4


def test_a_rate_stands_with_both_terms_and_their_publications():
    rate = leaf("a", variable=None, numerator="made", denominator="due", target=aimed())
    found = record(a=STEADY)
    variables = pd.DataFrame({"made": 65.0, "due": 100.0}, index=found.panel.values.index)
    publications = pd.DataFrame("form", index=variables.index, columns=variables.columns)
    panel = replace(found.panel, variables=variables, publications=publications)
    terms = made(RoundRecord(system(group("P01", rate, level="project")), panel, found.achievement)).terms
    assert terms.to_numpy().tolist() == [["a", "made", 65.0, "form"], ["a", "due", 100.0, "form"]]


def test_items_have_the_figure_as_reported_its_signals_and_blanks_to_fill_in():
    found = made(record(a=[60] * 5 + [10], b=STEADY, c=STEADY, claims=claimed(20)))
    assert found.items.index.tolist() == ["a", "b"]
    assert found.items.loc["a", ["value", "milestone", "lamp", "reason"]].tolist() == [20, 90, "behind", ""]
    assert found.items.signals.to_dict() == {"a": ("overstated", "jump"), "b": ()}
    assert (found.items[["found", "by", "date"]] == "").all(axis=None)
    assert found.signals.signal.tolist() == ["overstated", "jump", "behind", "uninspected"]


def test_an_indicator_may_have_a_task_of_its_own():
    items = made(record(a=STEADY, b=STEADY), indicators={"b": TASK}).items
    assert items.see.map(lambda text: text.en).tolist()[1] == "look"
    assert "分子" in items.see["a"].zh


def test_what_is_assessed_elsewhere_is_not_looked_at():
    clubs = {**CLUBS, "assessed": ("province",), "apportionment": None}
    assert made(record(a=STEADY, b=[0] * 6, targets={"b": clubs})).items.index.tolist() == ["a"]


def test_a_visit_to_nowhere_is_refused_with_every_name():
    with pytest.raises(ParamsError, match=r"(?s)region: found 'r9'.*project: found 'P1'.*did you mean 'P01'"):
        made(record(a=STEADY), Visit("r9", "P1", 2012, 1))
    with pytest.raises(ParamsError, match="year: found 2013"):
        checklist(record(a=STEADY), rules(), None, VISIT._replace(year=2013))
    with pytest.raises(ParamsError, match="'aa'; expected one of a"):
        made(record(a=STEADY), indicators={"aa": TASK})
