import pytest
from pydantic import ValidationError

from evalkit import Arithmetic, DeclaredWeights, EqualWeights, Geometric, GoalpostsScale, Method, MinMax, ParamsError


def test_but_changes_what_is_named_and_keeps_the_rest():
    first = Method(min_weight=0.5)
    second = first.but(cap=False, weighting={"kind": "equal", "over": "indicators"})
    assert second == Method(min_weight=0.5, cap=False, weighting=EqualWeights(over="indicators"))
    assert first == Method(min_weight=0.5)


def test_but_takes_values_as_well_as_their_declarations():
    assert Method().but(aggregation=Geometric(floor=1)) == Method().but(aggregation={"kind": "geometric", "floor": 1.0})


def test_but_refuses_a_key_that_a_method_does_not_have():
    with pytest.raises(ParamsError, match="min_wieght: found the unknown key 'min_wieght'"):
        Method().but(min_wieght=0.5)


@pytest.mark.parametrize(
    ("changes", "near"),
    [
        ({"aggregation": {"kind": "geometrc"}}, "aggregation: found 'geometrc'.*did you mean 'geometric'"),
        ({"normalisation": {"kind": "minmax"}}, "normalisation: found 'minmax'.*did you mean 'min_max'"),
        ({"weighting": {"kind": "equal", "over": "indicator"}}, "found 'indicator'.*did you mean 'indicators'"),
    ],
)
def test_but_gives_the_near_name_of_an_unknown_kind(changes, near):
    with pytest.raises(ParamsError, match=near):
        Method().but(**changes)


def test_but_names_every_offender_at_once():
    with pytest.raises(ParamsError, match="the changed method is not valid") as error:
        Method().but(cap="yes", min_weight=2, aggregation_at={"P03": {"kind": "geo"}})
    assert sorted(o.where for o in error.value.problems) == ["aggregation_at.P03", "cap", "min_weight"]


def test_but_validates_where_the_copy_of_pydantic_does_not():
    unchecked = Method().model_copy(update={"min_weight": 7, "aggregation": "geometrc"})
    assert (unchecked.min_weight, unchecked.aggregation) == (7, "geometrc")
    with pytest.raises(ParamsError, match=r"min_weight: found 7; expected less than or equal to 1"):
        Method().but(min_weight=7)


@pytest.mark.parametrize("share", [0, -0.1, 1.01])
def test_the_share_of_weight_that_must_have_data_is_above_0_and_at_most_1(share):
    with pytest.raises(ValidationError, match="min_weight"):
        Method(min_weight=share)


def test_a_node_has_its_own_aggregation_or_that_of_all():
    method = Method(aggregation_at={"index": Geometric()})
    assert method.at("index") == Geometric()
    assert method.at("P03") == Arithmetic()


def test_a_method_cannot_be_changed_in_place():
    with pytest.raises(ValidationError, match="frozen"):
        Method().cap = False


def test_the_method_of_a_round_that_says_nothing_is_declared_arithmetic_and_capped():
    method = Method()
    assert (method.normalisation, method.weighting) == (GoalpostsScale(), DeclaredWeights())
    assert (method.aggregation, method.cap, method.min_weight) == (Arithmetic(), True, 1)


def test_a_method_written_out_reads_back_as_itself():
    method = Method(normalisation=MinMax(), aggregation_at={"index": Geometric(floor=1)}, min_weight=0.5)
    assert Method.model_validate(method.model_dump()) == method
