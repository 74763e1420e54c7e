from datetime import date

import pytest

from evalkit.base.errors import ParamsError
from evalkit.register.as_of import joined, split


def test_a_name_may_say_of_which_day_it_is_meant():
    assert split("a-b@2013-05-20") == ("a-b", date(2013, 5, 20))
    assert split("a-b") == ("a-b", None)
    assert joined(*split("a-b@2013-05-20")) == "a-b@2013-05-20"
    assert joined("a-b", None) == "a-b"


def test_a_day_that_is_to_come_has_no_edition():
    with pytest.raises(ParamsError, match="found 2999-01-01; expected today or earlier"):
        split("a@2999-01-01")


@pytest.mark.parametrize("day", ["2013-02-30", "20130520", "2013-W21-1", "", "today"])
def test_what_is_no_day_is_told(day):
    with pytest.raises(ParamsError, match="a day such as 2013-05-20"):
        split(f"a@{day}")
