import io

import pytest

from evalkit.runs.progress import progress
from evalkit.runs.request import prepare
from evalkit.runs.scheduling import Outcome

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
        "[1/3] 330800 衢州市 done, 2.0 s",
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
