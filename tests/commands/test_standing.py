from datetime import date

import pandas as pd

from evalkit.register.entries import Entry, Submission
from tests.register.on_record import design


def test_where_everybody_stands_is_told_with_what_is_late_and_open(said, office):
    figure = {"variable": "doctors", "region": "0100", "unit": "", "year": 2012, "value": 4.0, "state": "value"}
    register = design().open(office.root)
    came = Entry("intake", "Li", date(2013, 4, 5))
    register.receive(Submission("a", "small", "0100", 2012, "form"), pd.DataFrame([figure]), came)
    said("object raise small --figure doctors --region 0100 --raised-by 0200 --text too-many", "2013-04-12")
    told = said("status small --day 2013-04-12").splitlines()
    assert told[0] == "small 2012, 2013-04-12"
    assert told[2].split() == ["0100", "甲市", "city", "disputed", "2013-04-12", "3", "1", "2", "0", "0", "a"]
    assert told[3].split() == ["0200", "乙市", "city", "nothing", "3", "0", "3", "0", "2"]
    assert "figures 0200 0200 2013-04-10 2" in [" ".join(line.split()) for line in told]
    assert told[-1].split() == [
        "O-2012-001",
        "figure",
        "doctors",
        "0100",
        "0200",
        "2013-04-12",
        "reply",
        "0100",
        "2013-04-19",
    ]
