import pytest

from evalkit import DataError, ParamsError
from evalkit.assessment import Events
from tests.assessment.small import event

HEAD = "code: test\nevents:\n"
ENTRY = """  - code: {code}
    region: "330100"
    year: 2012
    points: {points}
    document: {{zh: {document}, en: a notice}}
    reason: {{zh: {reason}, en: a prize}}
"""


def entry(code="E1", points=2, document="浙政发〔2012〕1号", reason="获奖"):
    return ENTRY.format(code=code, points=points, document=document, reason=reason)


@pytest.fixture
def load(tmp_path):
    def loaded(*entries):
        path = tmp_path / "test.yaml"
        path.write_text(HEAD + "".join(entries), encoding="utf-8")
        return Events.load(path)

    return loaded


def test_events_are_found_by_region_and_year(load):
    events = load(entry(), entry("E2", reason="另一事由"))
    assert [one.code for one in events.of("330100", 2012)] == ["E1", "E2"]
    assert events.of("330100", 2011) == ()


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((entry(document='""'),), r"events\[0\]\.document \(line 7\): .* expected a document that is named"),
        (
            (entry().replace("    document", "    #"),),
            r"events\[0\]\.document .*found nothing; expected the key 'docum",
        ),
        ((entry(), entry()), r"events\[1\]\.code \(line 9\): found 'E1'; expected every event once"),
        ((entry(), entry("E2")), r"events\[1\]\.code \(line 9\): found 'E2'; .* already, under another code"),
        ((entry(points=0),), r"events\[0\]\.points .*found 0; expected points other than 0, or a veto"),
        ((entry(reason='" "'),), r"expected a reason that is named"),
    ],
)
def test_events_that_may_not_count_are_refused(load, entries, expected):
    with pytest.raises(ParamsError, match=expected):
        load(*entries)


def test_every_fault_of_the_events_is_told_at_once(load):
    with pytest.raises(ParamsError) as error:
        load(entry(document='""'), entry(points=0), entry("E3", reason='""'))
    assert len(error.value.problems) == 4


def test_events_of_what_is_not_assessed_are_all_named():
    events = Events(code="test", events=(event(region="r9", points=1.0), event("E2", year=2031, points=1.0)))
    with pytest.raises(DataError, match=r"(?s)region of the event E1: found 'r9'.*year of the event E2: found 2031"):
        events.check(["r1"], [2012])
