import pytest

from evalkit.reporting.explore import tables, what_if

HUZHOU = "330500"


@pytest.fixture(scope="module")
def found(study):
    """All weight on education, in Huzhou."""
    return what_if(study, {"P03": 1, "P04": 0}, city=HUZHOU, year=2012)


def test_the_study_s_own_result_stands_above_what_is_tried(found, result):
    own, tried = tables.standing(found).printed.to_dict("records")
    assert own["权数"], tried["权数"] == ("方案声明的权数", "试算的权数")
    assert float(own["得分"]) == result.published.loc[(HUZHOU, 2012), "index"]
    assert float(tried["得分"]) == result.published.loc[(HUZHOU, 2012), "P03"]


def test_weights_are_in_per_cent_of_their_parent(found):
    assert tables.weights(found).data[["weight_own", "weight_tried"]].to_numpy().tolist() == [[50, 100], [50, 0]]


def test_an_indicator_without_weight_gives_nothing(found, result):
    rows = tables.moved(found).data.set_index("indicator")
    beds = rows.loc[found.own.node("P04-beds")]
    score = result.normalised.loc[(HUZHOU, 2012), "P04-beds"]
    assert (beds.weight_own, beds.weight_tried, beds.gives_tried) == (25, 0, 0)
    assert (beds.gives_own, beds.gives_more) == pytest.approx((score / 4, -score / 4))


def test_cities_stand_by_the_rank_that_is_tried(found):
    rows = tables.ranking(found).data
    assert rows.rank_tried.is_monotonic_increasing
    assert (rows.places_up == rows.rank_own - rows.rank_tried).all()
    assert len(rows) == 11


def test_where_nothing_is_tried_only_the_own_result_stands(study):
    assert len(tables.standing(what_if(study))) == 1
    assert len(tables.weights(what_if(study))) == 0


@pytest.mark.parametrize("make", [tables.standing, tables.weights, tables.moved, tables.ranking])
def test_both_languages_have_the_same_table_under_a_title_of_its_own(study, make):
    zh, en = (make(what_if(study, {"P03": 1, "P04": 0}, language=to)) for to in ("zh", "en"))
    assert (zh.codes, len(zh)) == (en.codes, len(en))
    assert zh.title.startswith("试算")
    assert en.title.startswith("What-if")
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in en.html)
