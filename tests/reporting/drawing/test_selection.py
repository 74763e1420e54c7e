"""No figure is blank, cut or a smear, whether there is one city or are more than can be shown one by one."""

from itertools import combinations
from operator import attrgetter
from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib.text import Text

from evalkit import load_study
from evalkit.reporting import chapters
from evalkit.reporting.city import CityReport
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.drawing.selection import ENDS, MANY, ends, rank_ticks, tied
from evalkit.reporting.report import RoundReport
from tests.mutations.edit import STUDY, SYSTEM, Edit
from tests.mutations.project import Small

ACROSS = 150 / 25.4  # inches that a landscape page has for a figure
LEAST = 0.3  # of two names, the share of the lower one that may lie under the other
EDGE = 0.03  # inches over which a figure may reach
OF_A_CITY = (
    "overview.figures.standing",
    "lagging.figures.dumbbells",
    "position.figures.ranks",
    "resources.figures.resources",
    "targets.figures.lamps_by_project",
)
OF_A_ROUND = (
    "robustness.figures.intervals", "robustness.figures.probabilities", "robustness.figures.sensitivity",
    "convergence.figures.dispersion", "efficiency.figures.ranks", "efficiency.figures.scores",
    "inequality.figures.city_contributions", "inequality.figures.group_shares", "inequality.figures.inequality_trend",
    "fiscal.figures.growth", "fiscal.figures.spending", "position.map.scores", "province_targets.figures.projects",
    "province_grades.figures.scores", "province.figures.slopes", "rectification.figures.by_city",
    "supervision.figures.risks",
)  # fmt: skip
OF_A_DEPARTMENT = ("department.figures.path", "department.figures.effects_of_cities")
# one city is no frontier, no inequality, no range of ranks
OF_ONE = {
    *OF_A_CITY,
    "fiscal.figures.growth",
    "fiscal.figures.spending",
    "position.map.scores",
    *OF_A_ROUND[-5:],
    "department.figures.path",
}


def amount(code):
    text = {"zh": code, "en": code}
    return {"code": code, "name": text, "unit": text, "variables": [code]}


READINGS = {
    "draws": 100,
    "services": ["doctors-per-head"],
    "efficiency": {"inputs": [amount("people")], "outputs": [amount("doctors")]},
    "fiscal": {"expenditure": "doctors", "revenue": "share", "livelihood": "own"},
}
LIVELIHOOD = """code: own
version: "1"
name: {zh: 单, en: list}
status: proposed
source: {zh: 书, en: book}
functions: [{code: "1", name: {zh: 医, en: health}, counted: true, note: {zh: 注, en: note}}]
"""


def full(system):
    """A tree with an input, and with baselines from which targets are judged."""
    (leaf,), share = (system["tree"]["children"][0]["children"], system["tree"]["children"][1])
    for indicator in (leaf, share):
        base = {"value": 0, "year": 2010, "document": {"zh": "书", "en": "book"}, "status": "confirmed"}
        indicator["target"]["baseline"] = base
    spent = {key: leaf[key] for key in leaf if key not in ("goalposts", "target")}
    name = {"code": "spent", "name": {"zh": "支出", "en": "spent"}, "numerator": "share"}
    system["tree"]["children"][0]["children"].append(spent | name | {"layer": "input", "unscored": "input"})


def tiles(found):
    cities = [region for region in found["regions"] if region["level"] == "city"]
    for place, region in enumerate(cities):
        region["tile"] = [place // 8, place % 8]


@pytest.fixture(scope="module", params=[1, MANY, MANY + 5])
def study(request, tmp_path_factory):
    edit = Edit(Small.make(tmp_path_factory.mktemp("many") / "small"))
    edit.cities(request.param)
    edit.assessed("accountability", "supervision")
    edit.yaml("params/regions/small.yaml", tiles)
    edit.yaml(SYSTEM, full)
    (edit.small.root / "params/livelihood").mkdir()
    edit.small.write("params/livelihood/own.yaml", LIVELIHOOD)
    cap = {"kind": "choice", "of": "cap", "options": [False]}
    edit.study(readings=READINGS)
    edit.yaml(STUDY, lambda found: found["uncertainty"]["sources"].update(cap=cap))
    if request.param == 1:
        edit.without("uncertainty")
    return load_study("small", root=edit.small.root)


def report(study, name):
    if name in OF_A_DEPARTMENT:
        return DepartmentReport(study, study.evaluate(), "health", 2012, "en")
    if name in OF_A_CITY:
        return CityReport(study, study.evaluate(), study.regions.index[len(study.regions) // 2], 2012, "zh")
    return RoundReport(study, study.evaluate(), 2012, "zh")


def draw(name, made):
    return attrgetter(name)(chapters)(made)


@pytest.mark.parametrize("name", [*OF_A_CITY, *OF_A_ROUND, *OF_A_DEPARTMENT])
def test_every_city_that_is_shown_can_be_read(study, name):
    made = report(study, name)
    figure = draw(name, made)
    if len(study.regions) == 1 and name not in OF_ONE:
        assert figure is None
        return
    figure.draw_without_rendering()
    assert figure.get_figheight() <= ACROSS
    assert any(axes.has_data() for axes in figure.axes)
    drawn = figure.get_tightbbox()
    assert (drawn.x0 > -EDGE, drawn.y0 > -EDGE) == (True, True)
    assert (drawn.x1 < figure.get_figwidth() + EDGE, drawn.y1 < figure.get_figheight() + EDGE) == (True, True)
    assert over_each_other(figure, set(map(made.region, study.regions.index))) == []


def over_each_other(figure, cities):
    """Names of cities, and marks of an axis, that lie on each other."""
    ticks = [axis.get_ticklabels() for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]
    names = [[text for text in axes.texts if text.get_text().split("\n")[0] in cities] for axes in figure.axes]
    groups = [[(text, Text.get_window_extent(text)) for text in group if text.get_text()] for group in (*ticks, *names)]
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    return [(a, b) for (a, at), (b, there) in pairs if smeared(at, there)]


def smeared(a, b):
    wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    return wide > 0 and high > LEAST * min(a.height, b.height)


def test_so_many_are_all_shown_and_of_one_more_both_ends():
    assert ends(range(MANY)).cities == tuple(range(MANY))
    rows = ends(range(MANY + 1))
    assert rows.shown == [*range(ENDS), *range(MANY + 1 - ENDS, MANY + 1)]
    assert rows.cities[ENDS] is None
    assert rows.places == [place for place in range(2 * ENDS + 1) if place != ENDS]


def test_the_own_city_is_shown_wherever_it_stands():
    assert ends(range(MANY + 1), 3) == ends(range(MANY + 1))
    middle = ends(range(MANY + 1), ENDS)
    assert middle.cities == (*range(ENDS), None, ENDS, None, *range(MANY + 1 - ENDS, MANY + 1))


def test_ranks_are_marked_one_by_one_or_by_tens():
    marked = []
    axis = type("Axis", (), {"set_ticks": staticmethod(lambda ticks: marked.append(list(ticks)))})
    rank_ticks(axis, 3)
    rank_ticks(axis, 181)
    assert marked == [[1, 2, 3], [1, *range(20, 181, 20)]]


def test_of_many_on_one_rank_the_first_are_named_and_the_own_one():
    made = SimpleNamespace(region=str, listed="、".join, word=lambda key, names, n: f"{names} 等 {n} 个")
    names = tied(made, pd.Series({"a": 1, "b": 1, "c": 1, "d": 1, "e": 5, "f": 5}), "d")
    assert names == {1: "d、a 等 4 个", 5: "e、f"}


def test_what_is_left_out_is_said(study):
    many = len(study.regions) > MANY
    texts = [text.get_text() for text in draw("fiscal.figures.spending", report(study, "")).findobj(Text)]
    assert any(f"共 {MANY + 5} 个市，只列首末各 {ENDS} 个" in text for text in texts) == many
    assert ("┊" in texts) == many
