import pytest

from evalkit.reference.kinds import KINDS
from evalkit.reference.tables import Tables
from tests.reference.given import examples

BY_CODE = {kind.code: kind for kind in KINDS}


def tables(code, language="en"):
    return Tables(BY_CODE[code], language, examples())


def test_a_row_has_key_shape_default_meaning_and_example():
    *_, until = [line for line in tables("index").table("Name").splitlines() if "`until`" in line]
    assert until == (
        "| `until` | whole number 1900–2200 | `9999` | The last year of it; still borne where left out | `2008` |"
    )


def test_the_key_that_tells_a_method_from_others_comes_first():
    head, _, kind, *_ = tables("studies", "zh").table("MinMax").splitlines()
    assert head == "| 键 | 可写什么 | 省略时 | 含义 | 例 |"
    assert kind == "| `kind` | `min_max` | **必填** | 选用这一种 | `min_max` |"


@pytest.mark.parametrize(
    ("code", "name", "heading", "elsewhere"),
    [
        ("studies", "Total", "`readings.efficiency.inputs[]`", ["readings.efficiency.outputs[]"]),
        ("studies", "Geometric", "`method.aggregation` · `kind: geometric`",
         ["method.aggregation_at.*", "uncertainty.sources.*.options[]", "uncertainty.sources.*.options[].*"]),
        ("studies", "Permitted", "`method.normalisation(interval).indicators.*`", []),
        ("index", "Group", "`tree`", ["tree.children[]", "add[].nodes[]"]),
        ("index", "Extension", "`extends`", []),
        ("index", "Baseline", "`tree.children[].target.baseline`", []),
        ("index", "Text", "`Text`", []),
    ],
)  # fmt: skip
def test_a_model_is_named_by_its_places(code, name, heading, elsewhere):
    assert (tables(code).heading(name), tables(code).elsewhere(name)) == (heading, elsewhere)


def test_what_stands_in_a_model_comes_after_it():
    order = list(tables("studies").ways)
    assert order.index("Winsorise") < order.index("Trigger")
    assert order[0] == "Round"


def test_a_whole_entry_is_shown_of_what_has_a_kind():
    assert tables("studies").example("PowerMean") == "{kind: power, p: 0.5, floor: 1}"
    assert tables("studies").example("Boundaries") is None
