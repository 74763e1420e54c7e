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


def test_outputs_are_all_files_but_the_manifest(tmp_path):
    put(tmp_path / "cities" / "330100" / "report.html", "abc")
    put(tmp_path / "index.html", "")
    put(tmp_path / manifest.NAME, "{}")
    assert manifest.outputs(tmp_path) == {"cities/330100/report.html": ABC, "index.html": EMPTY}
    assert json.dumps(manifest.outputs(tmp_path / "none")) == "{}"
