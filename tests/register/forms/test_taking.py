import os

import pandas as pd
import pytest

from evalkit.base.errors import DataError
from evalkit.base.text import Text
from evalkit.register.forms import taking
from evalkit.register.forms.taking import Desk, in_processes, read_all
from evalkit.register.remarks import Remark
from tests.register.forms.small import figures, fill, put, read, said, survey

DOCTORS = "doctors/0100"


def test_a_desk_without_rules_finds_nothing(tmp_path):
    assert said(Desk(survey(), figures()).judged(read(tmp_path / "a.xlsx"))) == []


def settled(value):
    return figures([("doctors", "0100", "", value)], year=2012).assign(standing="own")


def test_what_is_verified_is_not_changed_by_a_form(tmp_path):
    form = read(tmp_path / "a.xlsx")
    assert said(Desk(survey(), figures(), settled=settled(50.0)).judged(form)) == []
    told = Desk(survey(), figures(), settled=settled(51.0)).judged(form)
    assert said(told) == [("error", "settled", "G5")]
    assert told.comments[0].name.zh == "医师"
    other = settled(51.0).assign(standing="department")
    assert said(Desk(survey(), figures(), settled=other).judged(form)) == []


def test_rules_are_applied_and_a_warning_that_is_explained_is_a_note(tmp_path, monkeypatch):
    seen = {}

    def judge(answers, history, checks, metadata, regions, *, system):
        seen.update(answers=answers, history=history)
        said = Text(zh="多", en="much")
        return [Remark("warning", "jump", row, "value", said, said) for row in answers.index]

    monkeypatch.setattr(taking, "judge", judge)
    form = read(tmp_path / "a.xlsx", put(DOCTORS, explanation="并入两家医院"), put("people/0100", value="无"))
    beside = figures([("people", "0200", "", 5.0)], year=2012)
    told = Desk(survey(), figures(), checks=object()).judged(form, [beside])
    assert said(told) == [
        ("error", "nothing_word", "G6"), ("note", "jump", "G5"), ("warning", "jump", "G7"), ("warning", "jump", "G5"),
    ]  # fmt: skip
    assert "people/0100" not in set(seen["answers"].key)  # what cannot be read is not judged
    assert seen["history"].iloc[-1].region == "0200"


def _squared(number):
    return number**2


def _dead(number):
    os._exit(1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_calls_give_their_results_in_order(jobs):
    assert in_processes(_squared, [3, 1, 2], jobs) == [9, 1, 4]


def test_a_process_that_dies_is_told():
    with pytest.raises(DataError, match="none was put on record"):
        in_processes(_dead, [1, 2], 2)


def test_forms_are_read_in_processes_as_they_are_in_one(tmp_path):
    paths = [fill(tmp_path / f"{code}.xlsx", reporter=code) for code in ("0100", "health")]
    of = survey()
    one, two = (read_all(paths, of, jobs) for jobs in (1, 2))
    for alone, apart in zip(one, two, strict=True):
        pd.testing.assert_frame_equal(alone.answers, apart.answers)
        assert apart.form == alone.form
        assert apart.form.survey is of
