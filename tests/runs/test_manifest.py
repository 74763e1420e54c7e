import json
import subprocess

import evalkit
from evalkit.runs import manifest
from tests.base.test_fingerprint import ABC, EMPTY, put


def test_what_a_report_is_made_from_is_its_inputs_and_versions(monkeypatch):
    first = manifest.made_from({"a": ABC})
    assert first == manifest.made_from({"a": ABC})
    assert len({first, manifest.made_from({"a": EMPTY}), manifest.made_from({"b": ABC})}) == 3
    monkeypatch.setattr(manifest, "versions", lambda: {"pandas": "9"})
    assert manifest.made_from({"a": ABC}) != first


def test_versions_name_what_shapes_a_report():
    versions = manifest.versions()
    assert list(versions)[:2] == ["python", "evalkit"]
    assert versions["evalkit"] == evalkit.__version__
    assert all(versions.values())


def test_a_project_outside_a_repository_has_no_commit(tmp_path):
    assert manifest.commit(tmp_path) is None


def test_the_commit_is_marked_where_files_differ_from_it(tmp_path):
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b.c"]
    put(tmp_path / "a", "1")
    for command in (["init", "-q"], ["add", "a"], ["commit", "-q", "-m", "a"]):
        subprocess.run([*git, *command], check=True)
    clean = manifest.commit(tmp_path)
    assert len(clean) == 40
    put(tmp_path / "a", "2")
    assert manifest.commit(tmp_path) == f"{clean} (with uncommitted changes)"


def test_a_manifest_reads_back_the_same_and_in_characters(tmp_path):
    assert manifest.read(tmp_path) == {}
    manifest.write({"error": "甲", "seed": None}, tmp_path / manifest.NAME)
    assert manifest.read(tmp_path) == {"error": "甲", "seed": None}
    assert '"error": "甲"' in (tmp_path / manifest.NAME).read_text("utf-8")


def test_what_is_noted_counts_as_if_it_stood_in_the_manifest_but_for_a_line_that_was_cut_off(tmp_path):
    first = {"reports": {"1": {"status": "completed"}, "2": {}}, "outputs": {"cities/1/a": ABC, "cities/2/a": ABC}}
    manifest.write(first, tmp_path / manifest.NAME)
    manifest.note(tmp_path, "1", None, {"cities/1/a": None})
    manifest.note(tmp_path, "1", {"status": "failed"}, {"cities/1/b": EMPTY})
    manifest.note(tmp_path, "3", {}, {})
    with (tmp_path / manifest.JOURNAL).open("a") as journal:
        journal.write('{"report": "2", "sa')
    assert manifest.read(tmp_path) == {
        "reports": {"1": {"status": "failed"}, "2": {}, "3": {}},
        "outputs": {"cities/1/b": EMPTY, "cities/2/a": ABC},
    }


def test_outputs_are_all_files_but_the_manifest(tmp_path):
    put(tmp_path / "cities" / "330100" / "report.html", "abc")
    put(tmp_path / "index.html", "")
    put(tmp_path / manifest.NAME, "{}")
    put(tmp_path / manifest.JOURNAL, "")
    assert manifest.outputs(tmp_path) == {"cities/330100/report.html": ABC, "index.html": EMPTY}
    assert json.dumps(manifest.outputs(tmp_path / "none")) == "{}"
