import pytest

from evalkit import ParamsError


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("years: [2012, 2012]", "years: [2012, 2011]", "a first year that is not after the last"),
        ("valid: [0, 100]", "valid: [100, 0]", "a valid range from low to high"),
        ("kind: rate", "kind: rat", r"variables\.share\.kind \(line 26\): found 'rat'; .*did you mean 'rate'\?"),
        ("scale: 10000", "scale: 0", r"variables\.people\.scale \(line 9\): found 0; expected greater than 0"),
        ("years: [2012, 2012]", "years: [2012, 99999999999]", r"share\.years\[1\] .*less than or equal to 2200"),
        ("valid: [0, 100]", "valid: [0, !!float .inf]", r"share\.valid\[1\] .*found inf; expected a finite number"),
        (
            "valid: [0, 100]",
            "breaks: [{year: 2011, note: {zh: 断, en: break}}]",
            r"share\.breaks\[0\]\.year \(line 29\): found 2011; expected a year from 2012 to 2012",
        ),
        (
            "valid: [0, 100]",
            "doubts: [{year: 2013, note: {zh: 疑, en: doubt}}]",
            r"share\.doubts\[0\]\.year \(line 29\): found 2013; expected a year from 2012 to 2012",
        ),
        ("valid: [0, 100]", "weight: peopl", r"share\.weight \(line 29\): found 'peopl'; .*did you mean 'people'\?"),
        ("valid: [0, 100]", "weight: share", r"share\.weight .*a count, not 'share', which is of the kind rate"),
        (
            "scope: {zh: 全市, en: city}\n    years: [2012, 2012]",
            "scope: {zh: 市区, en: core}\n    weight: people\n    years: [2012, 2012]",
            r"share\.weight .*a count of the same scope and levels, which 'people' is not",
        ),
        ("population_base: resident", "weight: doctors", r"people\.weight .*no weight on the kind count"),
        ("  share:", "  a/b:", r"variables\.a/b .*found 'a/b'; expected a code"),
        ("stated: true", "statd: true", r"(?s)publications\.book\.stated.*the unknown key 'statd'"),
    ],
)
def test_malformed_metadata_are_refused(tables, old, new, expected):
    tables.edit("metadata.yaml", old, new)
    with pytest.raises(ParamsError, match=expected):
        tables.load()


def test_a_census_has_a_figure_every_ten_years(study):
    variables = study.dataset.metadata.variables
    assert list(variables["pop_census"].calendar) == [2010, 2020]
    assert list(variables["pop_hukou_census"].calendar) == [2010]
