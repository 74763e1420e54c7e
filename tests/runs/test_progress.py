import io
import os
from dataclasses import replace

import pytest

from evalkit.runs import manifest
from evalkit.runs.progress import TimeLeft, progress, taken_before
from evalkit.runs.request import ask, prepare
from evalkit.runs.scheduling import Outcome
from tests.conftest import ROOT, elsewhere

DONE, FAILED, OWN = Outcome("330800", 2.04, None), Outcome("330100", 0.5, "甲"), Outcome("robustness", 3.0, None)


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def requested(study):
    return prepare(study, only={"robustness": [], "cities": ["330800", "330100"]})


def test_a_log_has_a_line_a_report(requested, capsys):
    with progress(requested) as on_done:
        on_done(DONE)
        on_done(FAILED)
        on_done(OWN)
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "[1/3] 330800 衢州市 done, 2.0 s; about 4 s left",
        "[2/3] 330100 杭州市 failed, 0.5 s",
        "[3/3] robustness 浙江省 2012 年评价结果的稳健性 done, 3.0 s",
    ]
    assert err == ""


def test_names_are_in_the_language_of_the_reports(study, capsys):
    with progress(prepare(study, only={"cities": ["330800"]}, language="en")) as on_done:
        on_done(DONE)
    assert capsys.readouterr().out == "[1/1] 330800 Quzhou done, 2.0 s\n"


def test_a_terminal_has_a_bar(requested, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    with progress(requested) as on_done:
        on_done(DONE)
        on_done(FAILED)
    assert "2/3" in terminal.getvalue()
    assert "杭州市" in terminal.getvalue()
    assert capsys.readouterr().out == ""


def test_what_stands_says_nothing_of_the_time(requested, capsys):
    with progress(requested, before={"cities": 2.0}) as on_done:
        on_done(Outcome("330800", 0.0, None, made=False))
    assert capsys.readouterr().out == "[1/3] 330800 衢州市 unchanged\n"


def test_a_bar_tells_the_time_from_the_start_if_it_is_known(requested, monkeypatch):
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    with progress(requested, workers=2, before={"cities": 100.0, "robustness": 40.0}) as on_done:
        assert "0/3 [00:00, about 2 min left]" in terminal.getvalue()
        on_done(Outcome("330800", 50.0, None))
    assert "1/3 [00:00, 衢州市; about 50 s left]" in terminal.getvalue()


KINDS = {"province": "province"} | {f"c{n}": "cities" for n in range(4)}


def left(workers, before, *ended):
    time = TimeLeft(KINDS, workers, before)
    for name, seconds, error in ended:
        time.settle(Outcome(name, seconds, error))
    return time


def test_each_report_is_expected_to_take_what_its_kind_took_before():
    assert left(1, {"province": 30.0, "cities": 10.0}).seconds == 30 + 4 * 10
    assert left(2, {"province": 30.0, "cities": 10.0}).seconds == (30 + 4 * 10) / 2
    assert left(9, {"province": 30.0, "cities": 10.0}).seconds == 30  # as long as the longest


def test_a_slower_run_is_expected_to_stay_slower():
    before = {"province": 30.0, "cities": 10.0}
    assert left(1, before, ("province", 60.0, None)).seconds == 4 * 20
    assert left(1, before, ("province", 60.0, None), ("c0", 15.0, None)).seconds == 3 * 15


def test_nothing_is_told_while_most_is_not_known_and_at_the_end():
    assert str(left(1, {})) == ""
    assert str(left(1, {}, ("province", 3.0, None))) == ""
    assert str(left(1, {}, ("province", 3.0, None), ("c0", 5.0, None))) == "about 15 s left"
    assert str(left(1, {}, *((name, 1.0, None) for name in KINDS))) == ""


def test_what_failed_or_took_no_time_tells_nothing():
    assert left(1, {}, ("c0", 0.1, "甲")).seconds is None
    assert left(1, {"province": 0.0, "cities": 2.0}, ("province", 0.0, None)).seconds == 8


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.4, "0 s"), (90, "90 s"), (119.9, "120 s"), (150, "2 min"), (7199, "120 min"), (86400, "24 h")],
)
def test_the_time_is_told_in_units_of_its_size(seconds, told):
    assert str(TimeLeft({"a": "cities"}, 1, {"cities": seconds})) == f"about {told} left"


def test_what_each_kind_took_is_of_the_latest_run_that_made_some(study, tmp_path):
    (tmp_path / "notebooks").symlink_to(ROOT / "notebooks")
    requested = replace(ask(study), study=elsewhere(study, tmp_path))
    write(requested, 2011, {"330100": (1.0, "completed"), "robustness": (9.0, "completed"), "gone": (5.0, "completed")})
    write(requested, 2012, {"330100": (2.0, "completed"), "330200": (4.0, "completed"), "330300": (90.0, "failed")})
    (requested.folder.with_name("2010")).mkdir()
    (requested.folder.with_name("2010") / manifest.NAME).write_text("{")
    assert taken_before(requested) == {"cities": 3.0, "robustness": 9.0}


def write(requested, year, took):
    folder = requested.folder.with_name(str(year))
    folder.mkdir(parents=True)
    made = {"made_from": None, "formats": []}
    said = {name: made | {"seconds": seconds, "status": status} for name, (seconds, status) in took.items()}
    manifest.write({"reports": said}, folder / manifest.NAME)
    os.utime(folder / manifest.NAME, (year, year))
