import pytest

from evalkit import ParamsError, Regions
from evalkit.data.regions import in_year

FILE = """code: p
name: {zh: 省, en: province}
source: {zh: 书, en: book}
groups: {north: {zh: 北, en: north}}
regions:
  - {code: "0100", name: {zh: 甲市, en: A}, level: city, group: north}
  - {code: 0200, name: {zh: 乙市, en: B}, level: city}
  - {code: "0101", name: {zh: 丙县, en: C}, level: county, parent: "0100"}
"""


@pytest.fixture
def load(tmp_path):
    """Reads the regions after one change of their file."""

    def loaded(old="", new=""):
        assert old in FILE
        (tmp_path / "p.yaml").write_text(FILE.replace(old, new, 1), encoding="utf-8")
        return Regions.load(tmp_path / "p.yaml")

    return loaded


def test_the_table_has_one_row_a_region(load):
    table = load().table
    assert table.index.tolist() == ["0100", "0200", "0101"]
    assert table.loc["0100"].tolist()[:3] == ["甲市", "A", "city"]
    assert table.loc["0101", "parent"] == "0100"
    assert table.group.isna().tolist() == [False, True, True]


def test_a_code_with_a_leading_zero_stays_text(load):
    assert load().at_level("city") == ("0100", "0200")


def test_a_code_that_yaml_makes_a_number_is_told_with_its_line(load):
    with pytest.raises(
        ParamsError, match=r'regions\[0\]\.code \(line 6\): found the number 330100.*"330100" in quotes'
    ):
        load('"0100"', "330100")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code: 0200", 'code: "0100"', "the code '0100' once"),
        ('parent: "0100"', 'parent: "0109"', "a known parent of '0101' instead of '0109'"),
        (
            "group: north",
            "group: nort",
            r"a known group of '0100' instead of 'nort' \(one of north \(did you mean 'north'",
        ),
    ],
)
def test_codes_parents_and_groups_must_be_known(load, old, new, expected):
    with pytest.raises(ParamsError, match=expected):
        load(old, new)


def test_all_that_is_wrong_is_in_one_message(load):
    with pytest.raises(ParamsError, match=r"a known parent of '0101'.*; a known parent of '0101x'"):
        load('parent: "0100"}', 'parent: "x"}\n  - {code: 0101x, name: {zh: a, en: b}, level: county, parent: y}')


def test_zhejiang_has_eleven_cities_and_ninety_counties(study):
    regions = study.all_regions
    assert len(regions.at_level("city")) == 11
    counties = regions.table.query("level == 'county'")
    assert [in_year(counties, year).sum() for year in (2010, 2020)] == [90, 90]
    assert in_year(counties, 2010).mul(in_year(counties, 2020)).sum() == 82
    assert set(regions.table.loc[list(regions.at_level("county")), "parent"]) == set(regions.at_level("city"))


def test_a_county_of_zhejiang_stands_under_the_city_whose_digits_it_bears(study):
    counties = study.all_regions.table.query("level == 'county'")
    assert counties.parent.tolist() == [f"{code[:4]}00" for code in counties.index]


def test_a_county_that_was_renamed_names_the_one_before_it(study):
    regions = study.all_regions.by_code
    assert regions["330604"].name.zh == "上虞区"
    assert regions[regions["330604"].succeeds].name.zh == "上虞市"


def test_every_city_has_a_tile_of_its_own(study):
    tiles = [study.all_regions.by_code[city].tile for city in study.regions.index]
    assert None not in tiles
    assert len(set(tiles)) == 11


def test_a_region_before_that_nobody_knows_is_refused(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text(FILE.replace('parent: "0100"', 'parent: "0100", succeeds: "0109"'), encoding="utf-8")
    with pytest.raises(ParamsError, match="a known region before '0101' instead of '0109'"):
        Regions.load(path)
