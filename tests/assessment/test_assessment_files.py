import re
import shutil
from dataclasses import replace
from datetime import date

import pytest

from evalkit import ParamsError
from evalkit.assessment import Events
from evalkit.assessment.assessment_files import KINDS, AssessmentFiles
from evalkit.assessment.supervision.findings_sheet import findings_sheets
from evalkit.tabular.xlsx.writer import write_sheets
from tests.assessment.findings.test_inspections import FILE, finding, findings
from tests.assessment.small import event, rules
from tests.conftest import ROOT

FALSE = finding("F1", verdict="falsified")


def given(*found, gate=("falsified",), events=()):
    declared = rules()
    veto = declared.gates.veto.model_copy(update={"verdicts": gate})
    gates = declared.gates.model_copy(update={"veto": veto})
    taken = Events(code="test", events=events)
    return AssessmentFiles(declared.model_copy(update={"gates": gates}), events=taken, findings=findings(*found))


def test_a_falsified_figure_vetoes_with_the_document_of_its_finding():
    (veto,) = given(FALSE, finding("D2", year=2009)).grading_events.events
    assert (veto.code, veto.region, veto.year, veto.veto, veto.points) == ("F1", "r1", 2008, True, 0)
    assert (veto.document, veto.reason) == (FALSE.document, FALSE.note)


def test_rules_that_name_no_verdict_make_no_veto_of_a_finding():
    assert given(FALSE, gate=()).grading_events.events == ()


def test_documented_events_stand_beside_the_vetoes():
    assert [one.code for one in given(FALSE, events=(event("E1", points=1),)).grading_events.events] == ["E1", "F1"]


def test_what_does_not_fit_is_told_at_once(demo):
    wrong = demo.assessment_files.accountability.model_copy(update={"reports": {"failed": None, "otherwise": None}})
    declared = replace(given(FALSE, finding("E1", year=1999), events=(event("E1", points=1),)), accountability=wrong)
    with pytest.raises(ParamsError) as error:
        declared.check(demo.system, ["r1"], [2008])
    told = [str(problem) for problem in error.value.problems]
    assert [line.split(":")[0] for line in told] == [
        "indicator of the finding F1",
        "year of the finding E1",
        "indicator of the finding E1",
        "reports of zhejiang, accountability",
        "code of a finding",
    ]


def test_what_does_not_fit_is_told_with_its_file(demo, tmp_path):
    shutil.copytree(ROOT / "params", tmp_path / "params")
    file = tmp_path / "params/rules/zhejiang.yaml"
    file.write_text(re.sub(r"\bfail\b", "failed", file.read_text("utf-8")), "utf-8")
    declared = AssessmentFiles.load(tmp_path, demo.round.assessment.named_files)
    with pytest.raises(ParamsError) as error:
        declared.check(demo.system, [], [2010])
    files = {str(problem).split(": ")[0] for problem in error.value.problems}
    named = {kind: f"params/{kind}/{name}.yaml" for kind, name in demo.round.assessment.named_files.items()}
    assert files == {named[kind] for kind in ("findings", "accountability", "incentives", "peers")}


def test_findings_are_read_by_the_suffix_of_their_file(demo, tmp_path):
    for kind in ("findings", "rules"):
        shutil.copytree(ROOT / "params" / kind, tmp_path / "params" / kind)
    named = {"rules": demo.round.assessment.rules, "findings": FILE.stem}
    declared = AssessmentFiles.load(tmp_path, named)
    written = tmp_path / "params/findings" / FILE.name
    written.unlink()
    write_sheets(findings_sheets(demo.consequences.record, names=demo.regions.name_zh), written.with_suffix(".xlsx"))
    assert AssessmentFiles.load(tmp_path, named) == declared
    assert len(declared.findings.findings) == 5


def test_what_the_demonstration_names_is_all_declared(demo):
    named = KINDS.keys() - {"self_assessed"}
    assert len(demo.assessment_files.declared) == len(named)
    assert demo.round.assessment.named_files.keys() == named


def test_what_is_dated_later_than_a_day_is_not_there_on_it():
    events = (event(points=1.0), event("E2", points=2.0, day="2010-05-02"), event("E3", points=3.0, day="2010-05-01"))
    found = (finding("F1", date="2010-05-01"), finding("F2", date="2010-05-02"))
    files = given(*found, events=events).until(date(2010, 5, 1))
    assert [one.code for one in files.findings.findings] == ["F1"]
    assert [one.code for one in files.events.events] == ["E1", "E3"]
    assert [one.code for one in files.grading_events.events] == ["E1", "E3"]
