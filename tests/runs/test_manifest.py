import json
import subprocess

import pytest

import evalkit
from evalkit.base.errors import ParamsError
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
    done = {"status": "completed", "seconds": 1.5, "made_from": ABC, "formats": []}
    failed = done | {"status": "failed"}
    first = {"reports": {"1": done, "2": done}, "outputs": {"cities/1/a": ABC, "cities/2/a": ABC}}
    manifest.write(first, tmp_path / manifest.NAME)
    manifest.note(tmp_path, "1", None, {"cities/1/a": None})
    manifest.note(tmp_path, "1", failed, {"cities/1/b": EMPTY})
    manifest.note(tmp_path, "3", done, {})
    with (tmp_path / manifest.JOURNAL).open("a") as journal:
        journal.write('{"report": "2", "sa')
    assert manifest.read(tmp_path) == {
        "reports": {"1": failed, "2": done, "3": done},
        "outputs": {"cities/1/b": EMPTY, "cities/2/a": ABC},
    }


def test_outputs_are_all_files_but_the_manifest(tmp_path):
    put(tmp_path / "cities" / "330100" / "report.html", "abc")
    put(tmp_path / "index.html", "")
    put(tmp_path / manifest.NAME, "{}")
    put(tmp_path / manifest.JOURNAL, "")
    assert manifest.outputs(tmp_path) == {"cities/330100/report.html": ABC, "index.html": EMPTY}
    assert json.dumps(manifest.outputs(tmp_path / "none")) == "{}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", ".json: found invalid json"),
        ("[" * 100_000, ".json: found invalid json: recursion limit"),
        ("\ud800", ".json: found invalid json"),
        ("[]", ".json: found input should be an object"),
        ('{"outputs": []}', r".json\['outputs'\]: found input should be an object"),
        ('{"inputs": {"a": 1}}', r".json\['inputs'\]\['a'\]: found input should be a valid string"),
        ('{"reports": {"1": 5}}', r".json\['reports'\]\['1'\]: found input should be an object"),
    ],
)
def test_what_no_run_writes_is_told_by_its_place_and_counts_as_no_manifest_to_the_next_run(tmp_path, text, told):
    (tmp_path / manifest.NAME).write_text(text, "utf-8", errors="surrogatepass")
    with pytest.raises(ParamsError, match=told):
        manifest.read(tmp_path)
    assert manifest.left(tmp_path) == {}


@pytest.mark.parametrize("line", ["5", '{"report": "1"}', '{"report": "1", "said": nul', "\x00"])
def test_a_line_of_the_journal_that_no_run_writes_is_told_by_its_number(tmp_path, line):
    manifest.write({"study": "s"}, tmp_path / manifest.NAME)
    manifest.note(tmp_path, "1", None, {"a": None})
    with (tmp_path / manifest.JOURNAL).open("a") as journal:
        journal.write(f"{line}\n")
    with pytest.raises(ParamsError, match=r"manifest\.journal, line 2"):
        manifest.read(tmp_path)
    assert manifest.left(tmp_path) == {}
