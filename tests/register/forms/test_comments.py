from evalkit.register.forms.comments import NOWHERE, Comments, Place, by_cell, where, worst


def test_what_is_said_is_filled_in_in_both_languages():
    said = Comments()
    said.say("wrong_year", Place("a", "B1"), found="“2011”", expected=2012)
    said.refuse("big", size=400, most=32)
    one, other = said.all
    assert (one.found.zh, one.expected.en) == ("“2011” 年度的表格", "a form for 2012")
    assert other.found.en == "a file that unpacks to 400 MB, of at most 32 MB"


def test_comments_are_found_by_their_cell_and_the_worst_of_them_shows():
    said, place = Comments(), Place("a", "B1", "k", "value")
    said.say("unseen", place, level="note", value="x")
    said.say("no_answer", place)
    said.say("no_cover", NOWHERE, name="a", keys="b")
    assert {at: len(found) for at, found in by_cell(said.all).items()} == {("k", "value"): 2}
    assert worst(said.all) == "error"


def test_a_place_is_named():
    assert [where(place, "zh") for place in (Place("a", "B1"), Place("a"), NOWHERE)] == ["a!B1", "a", "工作簿"]
