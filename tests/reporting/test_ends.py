from types import SimpleNamespace as Like

import pandas as pd

from evalkit.reporting import ends
from tests.reporting.cities import assessed_report

PLACES = pd.DataFrame({"rank": [1, 2, 3, 1, 4, 1], "from_bottom": [4, 3, 2, 4, 1, 4]}, index=list("abcdef"))

FIRST = dict.fromkeys("abcde", 2) | {"f": 3}


def report(cities):
    layers = ["output"] * 3 + ["input"] * 2 + ["output"]
    kinds = zip("abcdef", [None, "saturated", *[None] * 4], layers, strict=True)
    indicators = [Like(code=code, unscored=unscored, layer=layer, target=None) for code, unscored, layer in kinds]
    study, system = Like(regions=range(cities)), Like(indicators=indicators)
    return Like(study=study, system=system, standings=PLACES, first_n=pd.Series(FIRST))


def codes(listed):
    return [indicator.code for indicator in listed]


def test_results_at_an_end_are_no_inputs_and_at_the_top_still_tell_cities_apart():
    assert codes(ends.first(report(4))) == ["a"]  # on f three cities share the first two places
    assert codes(ends.last(report(4))) == ["c"]


def test_few_cities_have_no_two_ends():
    assert not ends.has_two_ends(report(3))
    assert ends.first(report(3)) == ends.last(report(3)) == []


def test_no_city_is_told_off_for_a_target_of_the_province():
    found = [i.code for city in assessed_report().study.regions.index for i in ends.last(assessed_report(city))]
    assert found
    assert "P05-07" not in found
