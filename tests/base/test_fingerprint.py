from pathlib import Path

import pandas as pd

from evalkit.base import fingerprint
from tests.conftest import ROOT

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2's example


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_hashes_are_sha_256(tmp_path):
    assert fingerprint.sha256(put(tmp_path / "a", "")) == EMPTY
    assert fingerprint.sha256(put(tmp_path / "b", "abc")) == ABC


def test_inputs_stand_under_their_path_in_the_project(tmp_path):
    files = [put(tmp_path / "params" / "a.yaml", "abc"), put(tmp_path / "data" / "a.csv", "")]
    assert fingerprint.inputs(files, tmp_path) == {"params/a.yaml": ABC, "data/a.csv": EMPTY}


def test_a_project_that_is_named_otherwise_is_the_same(tmp_path, monkeypatch):
    put(tmp_path / "project" / "a", "abc")
    (tmp_path / "link").symlink_to(tmp_path / "project")
    assert fingerprint.inputs([tmp_path / "link" / "a"], tmp_path / "link") == {"a": ABC}
    monkeypatch.chdir(tmp_path)
    assert fingerprint.inputs([tmp_path / "project" / "a"], Path("project")) == {"a": ABC}


def test_files_of_the_library_are_told_apart_in_any_project(tmp_path):
    files = fingerprint.source_files()
    names = fingerprint.inputs(files, tmp_path)
    assert len(names) == len(files)
    assert {"evalkit/__init__.py", "evalkit/scoring/__init__.py", "evalkit/runs/index.py"} <= set(names)


def test_every_file_that_can_change_a_result_is_a_source():
    names = [path.relative_to(ROOT / "evalkit").as_posix() for path in fingerprint.source_files()]
    expected = {
        "reporting/words.yaml",
        "reporting/render/templates/page.css",
        "reporting/site/templates/index.html.j2",
        "reporting/site/templates/tables.js",
        "study.py",
    }
    assert expected <= set(names)
    assert not [name for name in names if "datasets" in name or "__pycache__" in name]
    assert len(names) == len(set(names))


def test_a_file_that_is_changed_has_another_fingerprint(tmp_path):
    before = fingerprint.inputs([put(tmp_path / "a", "1")], tmp_path)
    assert fingerprint.inputs([put(tmp_path / "a", "2")], tmp_path) != before


def test_a_digest_is_that_of_the_data_in_any_order_of_keys():
    assert fingerprint.digest({"a": 1, "b": "甲"}) == fingerprint.digest({"b": "甲", "a": 1})
    assert len({fingerprint.digest(found) for found in ({"a": 1}, {"a": "1"}, {"b": 1})}) == 3


def test_versions_are_those_of_what_is_installed():
    versions = fingerprint.versions(["pandas", "no-such-package"])
    assert list(versions) == ["python", "pandas"]
    assert versions["pandas"] == pd.__version__
