import pytest

from evalkit.base.errors import DataError
from evalkit.register.decisions.history import history
from evalkit.register.decisions.objections import raise_objection
from evalkit.register.decisions.verification import Verification, verify
from tests.register.decisions.conftest import on
from tests.register.decisions.test_objections import DOCTORS, REVISED, decided
from tests.register.decisions.test_verification import seen


def test_every_version_and_every_step_is_told_in_order(city):
    number = int(city.figures([2012]).set_index("variable").id["doctors"])
    verify(city, Verification("a", "confirmed", "visit 1"), seen((number, 10.0)), on(5, 1))
    raise_objection(city, DOCTORS, on(5, 9))
    decided(city, REVISED)
    found = history(city, "doctors", "330100")
    assert found[["day", "step", "state"]].values.tolist() == [
        ["2013-04-01", "figure", "value"],
        ["2013-04-01", "status", "submitted"],
        ["2013-05-01", "status", "verified"],
        ["2013-05-01", "verification", "confirmed"],
        ["2013-05-09", "status", "disputed"],
        ["2013-05-09", "objection", "330200"],
        ["2013-05-10", "reply", "contests"],
        ["2013-05-11", "opinion", "supports"],
        ["2013-05-12", "evidence", "proves"],
        ["2013-05-13", "figure", "value"],
        ["2013-05-13", "status", "submitted"],
        ["2013-05-13", "status", "verified"],
        ["2013-05-13", "status", "verified"],
        ["2013-05-13", "decision", "revised"],
    ]
    assert found.value.dropna().tolist() == [10, 10, 9]
    last = found[found.step == "figure"].iloc[-1]
    assert (last.text, last.document) == ("nurses were counted (O-2012-001)", "minutes 3")


@pytest.mark.parametrize(
    ("variable", "region", "more", "expected"),
    [
        ("docters", "330100", {}, "the variable: found 'docters'; expected one of .*did you mean 'doctors'"),
        ("doctors", "330900", {}, "the region: found '330900'; expected one of 330100"),
        ("doctors", "330100", {"unit": "x"}, "the unit: found 'x'; expected "),
        ("doctors", "330100", {"year": 2011}, "the year: found 2011; expected one of 2012"),
    ],
)
def test_what_is_not_on_record_is_told_with_what_is_near(city, variable, region, more, expected):
    with pytest.raises(DataError, match=expected):
        history(city, variable, region, **more)
