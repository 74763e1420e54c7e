import argparse
from datetime import date

import pandas as pd
import pytest

from evalkit.base.errors import DataError, ParamsError
from evalkit.commands.office import Office, add_author, entry, shown


def test_an_office_is_read_though_nothing_is_on_record_of_its_figures(office):
    found = Office.of("small")
    assert (found.calendar.code, found.system.code, len(found.metadata.variables)) == ("small", "small", 3)
    assert found.register.submissions().index.tolist() == ["opening"]


def test_who_reports_what_is_scored_and_what_can_be_are_known(office):
    found = Office.of("small")
    found.check_reporter("health")
    found.check_node("care")
    found.check_value("doctors", 3.0)
    with pytest.raises(ParamsError, match=r"the code: found helth; .*did you mean 'health'"):
        found.check_reporter("helth")
    with pytest.raises(ParamsError, match=r"the code: found car; .*did you mean 'care'"):
        found.check_node("car")
    with pytest.raises(DataError, match="doctors: found 100001; expected 0 to 100000"):
        found.check_value("doctors", 100001.0)


def test_an_entry_names_who_and_when_or_whoever_is_here_today():
    parser = argparse.ArgumentParser()
    add_author(parser)
    given = entry(parser.parse_args(["--by", "Li", "--day", "2013-05-01"]), "closing")
    assert (given.kind, given.by, given.day) == ("closing", "Li", date(2013, 5, 1))
    assert entry(parser.parse_args([]), "closing").by
    for name in ("", " ", "a\nb", "\u202eb", "x" * 61):
        with pytest.raises(ParamsError, match="expected a name of one line"):
            entry(parser.parse_args(["--by", name]), "closing")
    with pytest.raises(SystemExit):
        parser.parse_args(["--day", "20130501"])


def test_a_table_is_shown_without_signs_of_nothing():
    lines = shown(pd.DataFrame({"市": ["杭州市", "B"], "n": [1.5, None]})).splitlines()
    assert [line.split() for line in lines] == [["市", "n"], ["杭州市", "1.5"], ["B"]]
    assert shown(pd.DataFrame({"a": []})) == "(none)"
