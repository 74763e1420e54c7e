from datetime import date
from functools import partial

import pandas as pd
import pytest

from evalkit.base.errors import DataError
from evalkit.register.entries import Entry, Submission
from evalkit.register.forms.receiving import Reception, settled_figures, standing_figures
from evalkit.register.forms.taking import Desk
from evalkit.register.forms.writing import write_form
from tests.register.forms.small import changed, complete, figures, fill, put, survey

DOCTORS = "doctors/0100"


@pytest.fixture
def office(register):
    """Takes files in on a day of April, as an office does, and gives the receipts."""
    opening = Submission("open", "small", "small", 2011, "opening")
    register.receive(opening, figures(standing="own"), Entry("open", "office", date(2013, 1, 1)))

    def take(files, day=1, jobs=1):
        now = standing_figures(register, 2012)
        found = pd.concat([register.figures([2011]), now])
        of = survey(figures=found)
        settled = settled_figures(register, now)
        desk = Desk(of, found, settled=settled)
        return Reception(register, desk, Entry("intake", "clerk", date(2013, 4, day)), jobs).receive(files)

    return take


def on_record(register):
    found = register.figures([2012])
    return dict(zip(found.variable + "/" + found.region, found.value, strict=True))


def test_a_sound_form_is_on_record_with_all_of_its_figures(tmp_path, office, register):
    [receipt] = office([fill(tmp_path / "a.xlsx")])
    assert (receipt.outcome, receipt.is_accepted) == ("submitted", True)
    assert on_record(register) == {DOCTORS: 50, "people/0100": 60, "spending/0100": 70, "readers/0100": 50}
    row = register.submissions().loc[receipt.code]
    assert row[["reporter", "kind", "standing", "file", "form", "system", "status", "day", "by"]].tolist() == [
        "0100", "form", "own", "a.xlsx", survey().form("0100").version, "small 1", "submitted", "2013-04-01", "clerk",
    ]  # fmt: skip
    assert receipt.answer.is_file()


def test_a_form_with_an_error_is_returned_without_its_figures(tmp_path, office, register):
    [receipt] = office([fill(tmp_path / "a.xlsx", put(DOCTORS, value="无"))])
    assert (receipt.outcome, receipt.is_accepted) == ("returned", False)
    assert on_record(register) == {}
    assert register.submissions().loc[receipt.code, ["status", "note"]].tolist() == [
        "returned",
        "1 error(s), 0 warning(s)",
    ]


def test_the_same_file_is_not_taken_twice_also_under_another_name(tmp_path, office, register):
    path = fill(tmp_path / "a.xlsx")
    [first] = office([path])
    copy = tmp_path / "b.xlsx"
    copy.write_bytes(path.read_bytes())
    again = office([path, copy], day=2)
    assert [(each.outcome, each.code, each.before) for each in again] == [("known", first.code, "submitted")] * 2
    assert len(register.submissions()) == 2
    together = fill(tmp_path / "c.xlsx", put(DOCTORS, value=1))
    (tmp_path / "d.xlsx").write_bytes(together.read_bytes())
    assert [each.outcome for each in office([together, tmp_path / "d.xlsx"], day=3)] == ["submitted", "known"]


def test_a_later_form_takes_the_place_of_the_earlier_one(tmp_path, office, register):
    office([fill(tmp_path / "a.xlsx")])
    before = register.figures([2012]).set_index("variable").id
    office([fill(tmp_path / "b.xlsx", put(DOCTORS, value=51))], day=2)
    after = register.figures([2012]).set_index("variable")
    assert after.value["doctors"] == 51
    assert after.revises.astype(int).to_dict() == before.to_dict()
    assert set(after.because) == {"重新报送的表格取代先前的表格"}


def test_what_is_verified_stays_and_is_not_put_on_record_again(tmp_path, office, register):
    [receipt] = office([fill(tmp_path / "a.xlsx", put("people/0100", value=None, state="缺失", reason="迟报"))])
    register.advance(receipt.code, "verified", Entry("verify", "clerk", date(2013, 4, 2)))
    [refused] = office([fill(tmp_path / "b.xlsx", put(DOCTORS, value=51))], day=3)
    assert [comment.rule for comment in refused.filled.comments] == ["settled", "settled"]
    [same] = office(
        [changed(fill(tmp_path / "c.xlsx", put("people/0100", value=None, state="缺失", reason="再查")))], day=4
    )
    assert same.outcome == "submitted"
    assert set(register.figures([2012]).submission) == {receipt.code}


def test_what_was_verified_while_a_form_was_read_is_not_taken_over(tmp_path, office, register, monkeypatch):
    [first] = office([fill(tmp_path / "a.xlsx")])
    read = Reception._answered

    def meanwhile(*given):
        register.advance(first.code, "verified", Entry("verification", "Li", date(2013, 4, 2)))
        return read(*given)

    monkeypatch.setattr(Reception, "_answered", meanwhile)
    with pytest.raises(DataError, match=rf"{first.code}, verified meanwhile; expected the same command again"):
        office([fill(tmp_path / "b.xlsx", put(DOCTORS, value=51))], day=2)
    assert on_record(register)[DOCTORS] == 50
    assert not (tmp_path / "b-answer.xlsx").exists()
    assert not (tmp_path / "b-answer.html").exists()
    assert (tmp_path / "a-answer.xlsx").exists()


def test_what_is_left_open_is_asked_and_taken_alone(tmp_path, office, register):
    office([fill(tmp_path / "a.xlsx", put("people/0100", value=None, state="缺失", reason="迟报"))])
    of = survey(figures=register.figures([2011, 2012]))
    write_form(of.open_form("0100"), tmp_path / "b.xlsx")
    [receipt] = office([changed(tmp_path / "b.xlsx", complete)], day=2)
    assert receipt.outcome == "submitted"
    assert on_record(register) == {DOCTORS: 50, "people/0100": 50, "spending/0100": 70, "readers/0100": 50}


def test_an_answer_that_nobody_changed_is_not_taken(tmp_path, office, register):
    [receipt] = office([fill(tmp_path / "a.xlsx")])
    [again] = office([receipt.answer], day=2)
    assert (again.outcome, again.answer, again.is_accepted) == ("unchanged", None, True)
    assert len(register.submissions()) == 2


def test_an_answer_to_a_returned_form_that_nobody_changed_is_not_accepted(tmp_path, office, register):
    [receipt] = office([fill(tmp_path / "a.xlsx", put("people/0100", value="abc"))])
    [again] = office([receipt.answer], day=2)
    assert (again.outcome, again.before, again.is_accepted) == ("unchanged", "returned", False)


def test_what_is_no_form_is_answered_and_not_on_record(tmp_path, office, register):
    (tmp_path / "a.xlsx").write_bytes(b"no")
    [receipt] = office([tmp_path / "a.xlsx"])
    assert (receipt.outcome, receipt.code, receipt.answer.name) == ("returned", "", "a-answer.xlsx")
    assert len(register.submissions()) == 1


def test_forms_are_taken_by_several_processes_as_by_one(tmp_path, office, register):
    write = partial(fill, tmp_path / "a.xlsx"), partial(fill, tmp_path / "b.xlsx", reporter="0101")
    receipts = office([each() for each in write], jobs=2)
    assert [each.outcome for each in receipts] == ["submitted"] * 2
    assert len(register.figures([2012])) == 9
    assert receipts[1].filled.form.survey.year == 2012


def test_a_department_and_a_city_stand_beside_one_another(tmp_path, office, register):
    office([fill(tmp_path / "a.xlsx"), fill(tmp_path / "b.xlsx", reporter="health")])
    assert register.figures([2012]).standing.value_counts().to_dict() == {"own": 4, "department": 3}
    assert standing_figures(register, 2012).standing.value_counts().to_dict() == {"own": 4, "department": 6}
    of = survey(figures=standing_figures(register, 2012))
    assert of.open_form("health") is None
    assert list(of.open_form("0200").questions) == [
        f"{code}/0200" for code in ("doctors", "people", "spending", "readers")
    ]
