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
    with pytest.raises(ParamsError, match=r"(?s)a known parent of '0101'.*a known parent of '0101x'"):
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


CHAIN = """  - {code: x, name: {zh: 丁, en: X}, level: county, parent: y}
  - {code: y, name: {zh: 戊, en: Y}, level: county, parent: z}
  - {code: z, name: {zh: 己, en: Z}, level: county, parent: x}
"""


@pytest.mark.parametrize(
    ("old", "new", "where", "expected"),
    [
        ('parent: "0100"', 'parent: "0101"', "[2].parent (line 8)", "no circle: 0101 → 0101"),
        ('parent: "0100"}\n', f'parent: "0100"}}\n{CHAIN}', "[3].parent (line 9)", "no circle: x → y → z → x"),
        ('parent: "0100"', 'succeeds: "0101"', "[2].succeeds (line 8)", "no circle: 0101 → 0101"),
        ("乙市", "甲市", "[1].name.zh (line 7)", "another name than that of '0100'"),
        ("en: B", "en: A", "[1].name.en (line 7)", "another name than that of '0100'"),
        ("乙市", "' '", "[1].name.zh (line 7)", "a name"),
        ("code: 0200", "code: ''", "[1].code (line 7)", "a code: letters"),
        ("level: city}", "level: city, tile: [-1, 0]}", "[1].tile[0] (line 7)", "greater than or equal to 0"),
        ("level: city}", "level: city, since: 2010, until: 2000}", "[1].until (line 7)", "not before since, 2010"),
        ("level: city}", 'level: city, since: "2008\\n"}', "[1].since (line 7)", "a valid integer"),
    ],
)  # fmt: skip
def test_regions_that_contradict_one_another_are_told_by_line(load, old, new, where, expected):
    with pytest.raises(ParamsError) as refused:
        load(old, new)
    (problem,) = refused.value.problems
    assert problem.where == f"regions{where}"
    assert expected in problem.expected


def test_two_regions_on_one_tile_are_told(load):
    with pytest.raises(ParamsError, match=r"regions\[1\].tile \(line 7\): .*another tile than that of '0100'"):
        load("group: north}\n  - {code: 0200,", "group: north, tile: [1, 1]}\n  - {code: 0200, tile: [1, 1],")


def test_a_name_may_stand_for_one_area_after_another(load):
    again = 'until: 2005}\n  - {code: "0102", name: {zh: 丙县, en: C}, level: county, parent: "0100", since: 2006}'
    assert len(load('parent: "0100"}', f'parent: "0100", {again}').regions) == 4


def test_a_name_may_stand_for_two_areas_of_different_cities(load):
    again = 'parent: "0100"}\n  - {code: "0201", name: {zh: 丙县, en: C}, level: county, parent: 0200}'
    assert len(load('parent: "0100"}', again).regions) == 4


def test_a_file_without_regions_is_refused(load):
    with pytest.raises(ParamsError, match=r"regions \(line 5\): found \[\]; expected at least 1 item"):
        load(FILE[FILE.index("regions:") :], "regions: []")
