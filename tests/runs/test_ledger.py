import pytest

from evalkit.runs import archive, manifest
from evalkit.runs.kinds import KINDS, ReportId
from evalkit.runs.ledger import Ledger
from evalkit.runs.scheduling import Outcome

ONE, OTHER = (ReportId(KINDS["cities"], code) for code in ("01", "02"))
FROM = {"cities": "hash"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a run whose two cities are to be made."""
    monkeypatch.setattr("evalkit.runs.ledger.reports", lambda study: (ONE, OTHER))
    (tmp_path / "stage").mkdir()
    return tmp_path / "2012"


class Asked:
    """As much of a request as a ledger asks for."""

    study = None

    def __init__(self, folder):
        self.folder = folder


def make(folder, report_id, text="x"):
    place = folder / report_id.folder
    place.mkdir(parents=True, exist_ok=True)
    for name in ("report.html", archive.NAME):
        (place / name).write_text(text)


def begun(folder):
    ledger = Ledger.of(Asked(folder))
    ledger.begin({"made_from": FROM}, folder.parent / "stage")
    return ledger


def replaced(ledger, report_id, text="x"):
    ledger.retire(report_id)
    make(ledger.folder, report_id, text)


def settled(ledger, report_id, *, error=None):
    ledger.settle(report_id, Outcome(report_id.name, 1.0, error), ("html",))


def said(folder):
    return manifest.read(folder)


def finished(folder):
    """A run of both cities that came to its end."""
    ledger = begun(folder)
    for report_id in (ONE, OTHER):
        replaced(ledger, report_id)
        settled(ledger, report_id)
    ledger.finish({"made_from": FROM}, folder.parent / "stage")
    return Ledger.of(Asked(folder))


def test_a_report_stands_where_it_rests_on_the_same_in_the_same_formats(folder):
    ledger = finished(folder)
    assert ledger.whole
    assert ledger.stands(ONE, FROM, ("html",))
    assert not ledger.stands(ONE, {"cities": "other"}, ("html",))
    assert not ledger.stands(ONE, FROM, ("html", "docx"))


@pytest.mark.parametrize("name", ["report.html", archive.NAME, "more.txt"])
def test_a_report_of_which_a_file_was_touched_does_not_stand(folder, name):
    finished(folder)
    (folder / ONE.folder / name).write_text("mine")
    ledger = Ledger.of(Asked(folder))
    assert not ledger.whole
    assert [ledger.stands(each, FROM, ("html",)) for each in (ONE, OTHER)] == [False, True]


def test_a_run_that_is_killed_leaves_a_manifest_that_is_true(folder):
    finished(folder)
    ledger = begun(folder)
    replaced(ledger, ONE, "new")
    settled(ledger, ONE)
    replaced(ledger, OTHER, "new")  # and is killed before it is settled
    found = said(folder)
    assert not found["finished"]
    assert list(found["reports"]) == [ONE.name]
    assert {path for path in found["outputs"] if path.startswith("cities/02")} == set()
    now = manifest.outputs(folder)
    assert all(now[path] == known for path, known in found["outputs"].items())
    after = Ledger.of(Asked(folder))
    assert [after.stands(each, FROM, ("html",)) for each in (ONE, OTHER)] == [True, False]


def test_a_report_that_failed_keeps_what_is_known_of_the_one_before(folder):
    finished(folder)
    ledger = begun(folder)
    settled(ledger, ONE, error="甲")
    assert said(folder)["reports"][ONE.name] | {"seconds": 0} == {
        "status": "failed", "error": "甲", "seconds": 0, "made_from": "hash", "formats": ["html"],
    }  # fmt: skip
    assert f"{ONE.folder}/report.html" in said(folder)["outputs"]
    assert not ledger.stands(ONE, FROM, ("html",))


@pytest.mark.parametrize("text", ["{", "[]", ""])
def test_where_the_manifest_cannot_be_read_nothing_is_known_to_stand(folder, text):
    finished(folder)
    (folder / manifest.NAME).write_text(text)
    ledger = Ledger.of(Asked(folder))
    assert (ledger.whole, ledger.reports) == (False, {})
