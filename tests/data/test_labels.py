import pytest

from evalkit.data.labels import Labels, Mark, common, plain

FUYANG = ("330183", "330111")


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("2012", Mark("year", 2012)), ("2012年", Mark("year", 2012)), ("２０１２ 年", Mark("year", 2012)),
        ("2012年末", Mark("year", 2012)), ("2012 年底", Mark("year", 2012)), ("2012年12月31日", Mark("year", 2012)),
        ("2012-12-31", Mark("year", 2012)), ("2012/12/31", Mark("year", 2012)), ("2012.12.31", Mark("year", 2012)),
        ("people", Mark("variable", "people")), ("People", Mark("variable", "people")),
        ("人 口", Mark("variable", "people")), ("Physicians", Mark("variable", "doctors")),
        ("人口（万人）", Mark("variable", "people", "万人")), ("医师\n(人)", Mark("variable", "doctors", "人")),
        ("330100", Mark("region", ("330100",))), ("杭 州 市", Mark("region", ("330100",))),
        ("杭州", Mark("region", ("330100",))), ("hangzhou city", Mark("region", ("330100",))),
        ("上城", Mark("region", ("330102",))), ("富阳市", Mark("region", ("330183",))),
        ("富阳", Mark("region", FUYANG)), ("Fuyang", Mark("region", FUYANG)),
        ("2-1 人口", Mark("variable", "people")), ("表 3.2：杭州市", Mark("region", ("330100",))),
        *((text, None) for text in ("12", "2012末", "2012年初", "2012-06-30", "2012-12/31", "2012①", "人", "市", "")),
    ],
)  # fmt: skip
def test_a_text_stands_for_a_year_a_variable_or_a_region(labels, text, mark):
    assert labels.mark(text) == mark


def test_a_text_is_read_as_what_it_may_be(labels):
    assert labels.mark("2012", {"region", "variable"}) is None
    assert labels.mark("杭州", {"region"}) == Mark("region", ("330100",))


def test_a_name_that_two_variables_bear_stands_for_neither(labels):
    people = labels.metadata.variables["people"]
    twice = labels.metadata.model_copy(update={"variables": labels.metadata.variables | {"other": people}})
    assert Labels(twice, labels.regions).mark("人口") is None
    assert Labels(twice, labels.regions).mark("other") == Mark("variable", "other")


@pytest.mark.parametrize("text", ["全省", "合 计", "浙江省", "Total", "province"])
def test_what_stands_for_all_regions_is_known(labels, text):
    assert labels.is_whole(text)
    assert not labels.is_whole("杭州")


def test_a_city_that_bears_the_name_of_the_province_is_no_row_of_the_whole(labels):
    named = labels.regions.model_copy(update={"name": labels.regions.regions[0].name})
    assert not Labels(labels.metadata, named).is_whole("Hangzhou")
    assert Labels(labels.metadata, named).is_whole("province")


@pytest.mark.parametrize(("year", "codes"), [(2011, ("330183",)), (2012, ("330111",)), (2013, FUYANG)])
def test_of_regions_of_one_name_those_are_meant_that_are_there(labels, year, codes):
    assert labels.among(FUYANG, "area", year) == codes


def test_what_is_declared_depends_on_level_and_year(labels):
    assert labels.declares("people", "330100", 2011)
    assert not labels.declares("people", "330102", 2011)
    assert not labels.declares("share", "330100", 2011)
    assert not labels.declares("area", "330183", 2012)


def test_the_unit_may_be_told_in_either_language(labels):
    assert labels.has_unit("people", "万 人")
    assert labels.has_unit("people", "10 000 Persons")
    assert not labels.has_unit("people", "人")


def test_near_names_are_those_of_what_is_wanted(labels):
    assert labels.near("杭洲市", {"region"}).endswith("(did you mean '杭州市'?)")
    assert labels.near("peple", {"variable"}).endswith("(did you mean 'people'?)")
    assert labels.near("20l2", {"year"}) == "a year"
    assert labels.near("杭洲市", {"year", "variable"}).startswith("a year or one of 人口, 医师")


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (Mark("region", FUYANG), Mark("region", ("330111",)), Mark("region", ("330111",))),
        (Mark("region", FUYANG), None, Mark("region", FUYANG)),
        (Mark("region", FUYANG), Mark("region", ("330100",)), None),
        (Mark("year", 2011), Mark("year", 2012), None),
        (None, Mark("year", 2012), None),
    ],
)
def test_two_labels_have_to_agree(one, other, both):
    assert common(one, other) == both


def test_a_text_is_compared_without_blanks_capitals_and_wide_characters():
    assert plain("Ｎo．1 （万 人）\n") == "no.1(万人)"
