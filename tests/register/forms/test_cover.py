from datetime import datetime

from evalkit.register.forms.columns import COVER_KEYS
from evalkit.register.forms.cover import entered, told
from tests.register.forms.small import survey


def test_the_cover_tells_what_a_form_is_read_by():
    form = survey().form("health")
    said = told(form)
    assert tuple(said) == COVER_KEYS
    assert (said["reporter"], said["standing"], said["year"], said["scope"]) == ("health", "department", "2012", "all")
    assert told(form.only({"doctors/0100"}))["scope"] == "open"
    assert set(told(form, {})) - set(said) == {"entered"}


def test_entries_are_the_same_however_a_program_writes_them():
    one = {"b": {"value": 12, "page": "3"}, "a": {"compiled": datetime(2013, 3, 15), "source": None}}
    other = {"a": {"compiled": "2013-03-15"}, "b": {"page": 3.0, "value": 12.0, "reason": " "}}
    assert entered(one) == entered(other)
    assert entered(one) != entered(one | {"b": {"value": 13, "page": "3"}})
