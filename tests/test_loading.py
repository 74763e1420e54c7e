import os
import shutil
from pathlib import Path

import pytest

from evalkit import ParamsError, load_study, loading
from evalkit.base.errors import EvalkitError
from evalkit.loading import held, hold, unchanged
from tests.conftest import ROOT, STUDY
from tests.mutations.project import Small
from tests.register import on_record as recorded

_FOUND = """  - {{code: F{0}, region: "0100", year: 2012, indicator: share, verdict: confirmed, date: "2013-05-0{0}",
     document: {{zh: 记录, en: record}}, note: {{zh: 说明, en: note}}}}
"""
FINDINGS = "code: own\nfindings:\n" + _FOUND.format(1) + _FOUND.format(2)
_EVENT = """  - {{code: E{0}, region: "0100", year: 2012, points: {0}.5, {1}
     document: {{zh: 文件, en: document}}, reason: {{zh: 事由, en: reason}}}}
"""
EVENTS = "code: own\nevents:\n" + "".join(
    [_EVENT.format(0, ""), _EVENT.format(1, "day: 2013-05-01,"), _EVENT.format(2, "day: 2013-05-02,")]
)
TARGET = "target: {value: 50, year: 2012, status: confirmed, document: {zh: 书, en: book}}"


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch):
    monkeypatch.setattr(loading, "_held", {})


def test_a_study_is_loaded_once_for_the_same_files(project):
    assert project.load() is project.load()
    assert project.load() is load_study(project.path("study"))


@pytest.mark.parametrize("file", ["study", "index", "regions", "health.csv", "metadata.yaml"])
def test_a_study_is_loaded_again_where_one_of_its_files_has_changed(project, file):
    before, times = project.load(), project.path(file).stat()
    content = project.path(file).read_text("utf-8")
    project.path(file).write_text(content.replace("\n", "\n\n", 1), encoding="utf-8")
    os.utime(project.path(file), ns=(times.st_atime_ns, times.st_mtime_ns))
    assert project.load() is not before


def test_a_table_more_is_a_change(project):
    before = project.load()
    header = project.path("health.csv").read_text("utf-8").partition("\n")[0]
    project.path("more.csv").write_text(header + "\n", encoding="utf-8")
    assert not unchanged(before)
    assert project.load() is not before


def test_a_file_less_is_a_change(project):
    before = project.load()
    project.path("index").unlink()
    assert not unchanged(before)
    with pytest.raises(ParamsError, match="there is no params/index/"):
        project.load()


def test_what_is_held_stands_whatever_becomes_of_its_files(project):
    study = project.load()
    hold(study)
    project.edit("study", "status: preliminary", "status: final")
    assert project.load() is study
    project.path("study").unlink()
    assert project.load() is study


def test_a_study_whose_file_is_a_link_is_held_as_well(project):
    file = project.path("study")
    file.rename(project.root / "elsewhere.yaml")
    file.symlink_to(project.root / "elsewhere.yaml")
    study = project.load()
    hold(study)
    project.edit("study", "status: preliminary", "status: final")
    assert project.load() is study


def test_a_study_is_read_from_its_place(project, tmp_path):
    shutil.copy(project.path("study"), tmp_path / f"{STUDY}.yaml")
    with pytest.raises(ParamsError, match=rf"the file: found .*; expected .*params/studies/{STUDY}\.yaml"):
        load_study(tmp_path / f"{STUDY}.yaml", root=project.root)


def test_what_is_held_for_a_while_is_let_go(project):
    study = project.load()
    with held(study):
        project.path("study").unlink()
        assert project.load() is study
    with pytest.raises(ParamsError, match="there is no params/studies"):
        project.load()


def test_a_study_knows_what_its_files_hash_to(study):
    from hashlib import sha256

    assert set(study.inputs) == {Path(file).relative_to(ROOT).as_posix() for file in study.files}
    name = f"params/studies/{STUDY}.yaml"
    assert study.inputs[name] == sha256((ROOT / name).read_bytes()).hexdigest()


def test_a_file_that_is_written_to_meanwhile_is_read_again(project, monkeypatch):
    load, times = loading._load, []

    def slow(*arguments):
        study = load(*arguments)
        if not times:
            project.edit("health.csv", "physicians,330100,2008,21223,", "physicians,330100,2008,21224,")
        times.append(study)
        return study

    monkeypatch.setattr(loading, "_load", slow)
    study = project.load()
    assert len(times) == 2
    assert study.dataset.values.loc[("330100", 2008), "physicians"] == 21224
    assert unchanged(study)


def test_files_that_never_rest_are_refused(project, monkeypatch):
    load = loading._load

    def restless(*arguments):
        path = project.path("study")
        path.write_text(path.read_text("utf-8") + "#\n", encoding="utf-8")
        return load(*arguments)

    monkeypatch.setattr(loading, "_load", restless)
    with pytest.raises(ParamsError, match=f"the files of {STUDY} are being written to"):
        project.load()


def test_only_the_latest_studies_are_kept(project, monkeypatch):
    monkeypatch.setattr(loading, "KEPT", 1)
    before = project.load()
    load_study(STUDY, root=ROOT)
    assert project.load() is not before


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("/etc/passwd", "boundaries.file leads out of the project"),
        ("../own.geojson", "boundaries.file leads out of the project"),
        ("tables", "tables: found a folder; expected a file"),
        ("gone.geojson", "there is no file .*gone.geojson"),
    ],
)
def test_boundaries_are_a_file_of_the_project(project, file, expected):
    project.edit("study", "language: zh\n", f"language: zh\nboundaries: {{file: {file}}}\n")
    with pytest.raises(ParamsError, match=f"(?s){expected}"):
        project.load()


@pytest.mark.parametrize("dataset", ["/etc", "..", "../other", "."])
def test_a_dataset_is_a_folder_of_the_project_or_a_name(project, dataset):
    project.edit("study", "dataset: tables", f"dataset: {dataset}")
    with pytest.raises(ParamsError, match="dataset leads out of the project"):
        project.load()


@pytest.mark.parametrize("code", ["../tables", "D/4"])
def test_a_region_cannot_be_called_by_a_path(project, code):
    project.edit("regions", 'code: "330100"', f'code: "{code}"')
    with pytest.raises(ParamsError, match=rf"regions\[\d+\].code \(line \d+\): found '{code}'; expected a code"):
        project.load()


@pytest.mark.parametrize("file", ["study", "index", "regions", "metadata.yaml", "health.csv"])
@pytest.mark.parametrize(
    ("put", "found"),
    [("folder", "a folder"), ("gone", "a link that leads nowhere"), ("", "too many levels of symbolic links")],
)
def test_what_stands_in_the_place_of_a_file_is_told(project, file, put, found):
    path = project.path(file)
    path.unlink()
    path.mkdir() if put == "folder" else path.symlink_to(put or path.name)
    with pytest.raises(EvalkitError, match=rf"{found}|there is no params/"):
        project.load()


@pytest.fixture
def small(tmp_path):
    """A small project whose round is assessed by the shipped rules, with a list of functions; a test breaks it."""
    made = Small.make(tmp_path / "small")
    for kind in ("rules", "livelihood", "accountability"):
        shutil.copytree(ROOT / "params" / kind, made.root / "params" / kind)
    made.edit("params/studies/small.yaml", "notes:", "assessment: {rules: zhejiang, accountability: zhejiang}\nnotes:")
    fiscal = "{fiscal: {expenditure: people, revenue: people, livelihood: zhejiang}}"
    made.edit("params/studies/small.yaml", "notes:", f"readings: {fiscal}\nnotes:")
    return made


FAULTS = {
    "params/studies/small.yaml": ("seed: 7", "sead: 7", "did you mean 'seed'?"),
    "params/regions/small.yaml": ("level: county, parent", "level: county, perent", "did you mean 'parent'?"),
    "params/index/small.yaml": ("layer: output", "layer: outputt", "found 'outputt'"),
    "tables/metadata.yaml": ("licence:", "license:", "did you mean 'licence'?"),
    "tables/figures.csv": ("variable,region", "variable,regoin", "did you mean 'region'?"),
    "params/rules/zhejiang.yaml": ("version:", "versoin:", "did you mean 'version'?"),
    "params/accountability/zhejiang.yaml": ("months: 7", "months: 0", "notice.months"),
    "params/livelihood/zhejiang.yaml": ("status:", "statuss:", "did you mean 'status'?"),
}


def test_a_fault_in_every_file_is_told_at_once(small):
    for file, (old, new, _) in FAULTS.items():
        small.edit(file, old, new)
    with pytest.raises(EvalkitError, match=rf"^{len(FAULTS)} things are wrong\n") as told:
        load_study("small", root=small.root)
    assert [said for *_, said in FAULTS.values() if said not in str(told.value)] == []


def test_what_does_not_fit_between_files_is_told_at_once(small):
    small.edit("params/studies/small.yaml", "expenditure: people", "expenditure: peple")
    small.edit("params/index/small.yaml", "numerator: doctors", "numerator: docters")
    small.edit("params/index/small.yaml", 'by_region: {"0100"', 'by_region: {"0109"')
    small.edit("tables/figures.csv", "share,0100,2011", "share,0108,2011")
    with pytest.raises(EvalkitError) as told:
        load_study("small", root=small.root)
    said = (
        "readings, fiscal: found 'peple'", "the variable 'docters'", "by_region: found '0109'", "region': found '0108'",
        "share of small: found a weight, and no target", "found 'exp_education'",
    )  # fmt: skip
    assert [each for each in said if each not in str(told.value)] == []


def test_of_a_study_that_is_not_yaml_nothing_else_is_told(small):
    small.write("params/studies/small.yaml", "code: [small\n")
    small.edit("params/regions/small.yaml", "level: county", "levle: county")
    with pytest.raises(ParamsError, match=r"^small\.yaml is not YAML") as told:
        load_study("small", root=small.root)
    assert len(told.value.problems) == 1


def test_a_study_of_a_register_is_loaded_again_where_something_was_put_on_record(tmp_path):
    made = recorded.small(tmp_path)
    before = recorded.load(made)
    assert recorded.load(made) is before
    recorded.corrected(made, 3.5)
    assert not unchanged(before)
    assert recorded.load(made).dataset.values.loc[("0100", 2012), "doctors"] == 3.5


def test_a_study_as_of_a_day_stays_as_it_was_whatever_comes_later(tmp_path):
    made = recorded.small(tmp_path)
    before = recorded.load(made, "2013-05-19")
    recorded.corrected(made, 3.5)
    assert unchanged(before)
    assert recorded.load(made, "2013-05-19") is before
    assert (before.name, before.round.code) == ("small@2013-05-19", "small")
    then, now = (recorded.load(made, day).dataset.values.doctors["0100", 2012] for day in ("2013-05-19", None))
    assert (then, now) == (22, 3.5)


def test_a_study_knows_the_digest_of_its_register_and_no_file_of_it(tmp_path):
    made = recorded.small(tmp_path)
    study = recorded.load(made)
    assert study.inputs["register"] == recorded.design().open(made.root).digest()
    assert {file.name for file in study.files} == {"small.yaml", "metadata.yaml", "own.geojson"}


def test_a_study_of_a_day_is_held_beside_the_study_itself(tmp_path):
    made = recorded.small(tmp_path)
    now, then = recorded.load(made), recorded.load(made, "2013-05-01")
    hold(then)
    shutil.rmtree(made.root / "registers")
    assert recorded.load(made, "2013-05-01") is then is not now
    with pytest.raises(ParamsError, match="there is no register"):
        recorded.load(made)


def test_a_dataset_does_not_know_what_stood_on_a_day(project):
    with pytest.raises(ParamsError, match=f"{STUDY}: found no register; expected one"):
        load_study(f"{STUDY}@2013-05-20", root=project.root)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("notes:", "either a dataset or a register, not neither"),
        (f"dataset: tables\n{recorded.DECLARED}", "either a dataset or a register, not both"),
        (recorded.DECLARED.replace("tables", "../tables"), "register.variables leads out of the project"),
        (recorded.DECLARED.replace("tables", "tabels"), "register.variables: found 'tabels'"),
        (recorded.DECLARED.replace("registers/", "../"), "register.store leads out of the project"),
    ],
)
def test_what_a_study_says_of_its_figures_is_checked(tmp_path, declared, expected):
    made = recorded.small(tmp_path)
    made.edit("params/studies/small.yaml", f"{recorded.DECLARED}\n", f"{declared}\n" if declared != "notes:" else "")
    with pytest.raises(ParamsError, match=f"(?s){expected}"):
        recorded.load(made)


def test_a_study_has_the_checks_that_its_register_names(tmp_path):
    made = checked(tmp_path, "doctors")
    study = recorded.load(made)
    assert [rule.variables for rule in study.checks.rules] == [("doctors",)]
    assert made.root / "params/checks/ours.yaml" in study.files
    made.edit("params/checks/ours.yaml", "kind: slip", "kind: jump")
    assert not unchanged(study)


def test_checks_that_name_no_variable_of_the_register_are_told_with_the_one_that_is_meant(tmp_path):
    made = checked(tmp_path, "docters")
    with pytest.raises(ParamsError, match=r"variables of the rule slips: found 'docters'.*did you mean 'doctors'"):
        recorded.load(made)


def checked(root, variable):
    """A study of a register with one check, on one variable."""
    made = recorded.small(root)
    text = f"code: ours\nsource: {{zh: 建议}}\nrules:\n  - {{code: slips, kind: slip, variables: [{variable}]}}\n"
    (made.root / "params/checks").mkdir()
    made.write("params/checks/ours.yaml", text)
    made.edit("params/studies/small.yaml", recorded.DECLARED, recorded.DECLARED.replace("}", ", checks: ours}"))
    return made


def test_findings_and_events_of_later_days_are_left_out(tmp_path):
    made = recorded.small(tmp_path)
    shutil.copytree(ROOT / "params/rules", made.root / "params/rules")
    for kind, text in {"findings": FINDINGS, "events": EVENTS}.items():
        (made.root / "params" / kind).mkdir()
        made.write(f"params/{kind}/own.yaml", text)
    made.edit("params/index/small.yaml", "variable: share", f"variable: share\n      {TARGET}")
    made.edit(
        "params/studies/small.yaml", "notes:", "assessment: {rules: zhejiang, findings: own, events: own}\nnotes:"
    )
    on = {day: recorded.load(made, day).assessment_files for day in ("2013-05-01", "2013-05-02")}
    said = {day: [one.code for one in (*files.findings.findings, *files.events.events)] for day, files in on.items()}
    assert said == {"2013-05-01": ["F1", "E0", "E1"], "2013-05-02": ["F1", "F2", "E0", "E1", "E2"]}


def test_a_calendar_is_loaded_with_the_study_and_told_where_it_is_wrong(tmp_path):
    made = recorded.small(tmp_path / "p")
    made.edit("params/studies/small.yaml", "publication: book}", "publication: book, calendar: ours}")
    (made.root / "params" / "calendar").mkdir()
    calendar = made.root / "params" / "calendar" / "ours.yaml"
    step = 'step: figures, name: {zh: 报}, who: reporters, until: "04-10", status: proposed, source: {zh: 建议}'
    calendar.write_text(f"code: ours\nname: {{zh: 日程}}\nsteps: [{{{step}}}]\n", encoding="utf-8")
    study = recorded.load(made)
    assert study.calendar.by_duty["figures"].until == "04-10"
    assert "params/calendar/ours.yaml" in study.inputs
    calendar.write_text(calendar.read_text("utf-8").replace("04-10", "02-30"), encoding="utf-8")
    with pytest.raises(ParamsError, match=r"ours\.yaml is not valid"):
        recorded.load(made)
