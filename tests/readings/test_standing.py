from datetime import date

from evalkit.readings.standing import standing_of
from tests.register import on_record


def test_a_study_stands_where_it_does_on_the_last_day_on_record_or_on_its_own(tmp_path):
    made = on_record.small(tmp_path / "p")
    on_record.corrected(made, 3)
    now = standing_of(on_record.load(made), 2012)
    assert (now.day, now.calendar, list(now.table.index)) == (
        on_record.CORRECTED,
        None,
        ["0100", "0200", "0300", "health"],
    )
    assert standing_of(on_record.load(made, "2013-04-30"), 2012).day == date(2013, 4, 30)
    assert (
        now.survey.form("0100").questions["doctors/0100"].last
        == on_record.load(made).dataset.values.doctors["0100", 2011]
    )


def test_without_a_register_nobody_hands_anything_in(study):
    assert standing_of(study, 2012) is None
