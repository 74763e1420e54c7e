from types import SimpleNamespace as Like

import pandas as pd

from evalkit.reporting import ends

PLACES = pd.DataFrame({"rank": [1, 2, 3, 1, 4], "from_bottom": [4, 3, 2, 4, 1]}, index=list("abcde"))


def report(cities):
    kinds = zip("abcde", [None, "saturated", None, None, None], ["output"] * 3 + ["input"] * 2, strict=True)
    indicators = [Like(code=code, unscored=unscored, layer=layer) for code, unscored, layer in kinds]
    study, system = Like(regions=range(cities)), Like(indicators=indicators)
    return Like(study=study, system=system, standings=PLACES)


def codes(listed):
    return [indicator.code for indicator in listed]


def test_results_at_an_end_are_no_inputs_and_at_the_top_still_tell_cities_apart():
    assert codes(ends.first(report(4))) == ["a"]
    assert codes(ends.last(report(4))) == ["c"]


def test_few_cities_have_no_two_ends():
    assert not ends.has_two_ends(report(3))
    assert ends.first(report(3)) == ends.last(report(3)) == []
