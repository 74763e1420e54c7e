import pytest

from evalkit import DistanceToLeader, DistanceToReference, DistanceToTarget, MethodError
from evalkit.index import Target
from evalkit.index.target import AnnualQuota
from tests.scoring.small import leaf, panel, system, words

YEARS = (2011, 2012)
TREE = system(leaf("a"))
LESS = system(leaf("a", worst=100, best=0))
every = pytest.mark.parametrize("scale", [DistanceToLeader(), DistanceToReference(region="r1")])


def scores(scale, values, tree=TREE, years=(2012,)):
    return scale(panel({"a": values}, years=years).values, tree)["a"].tolist()


def aimed(value, *, less=False, status="confirmed", **by_region):
    target = Target(value=value, year=2015, status=status, document=words("plan"), by_region=by_region)
    return system(leaf("a", worst=100 * less, best=100 * (not less), target=target))


def test_the_share_of_the_target():
    assert scores(DistanceToTarget(), [40, 50, 60], aimed(50)) == [80, 100, 120]


def test_the_target_over_the_value_where_less_is_better():
    assert scores(DistanceToTarget(), [40, 50, 80], aimed(40, less=True)) == [100, 80, 50]


def test_a_region_may_have_its_own_target():
    assert scores(DistanceToTarget(), [40, 40], aimed(50, r2=80)) == [80, 50]


@pytest.mark.parametrize("status", ["proxy", "proposed"])
def test_a_target_has_to_be_official(status):
    with pytest.raises(MethodError, match=f"a: found a target {status}; expected one of confirmed, other-source"):
        scores(DistanceToTarget(), [1], aimed(5, status=status))


def test_a_target_has_to_be_there():
    with pytest.raises(MethodError, match="a: found a target absent"):
        scores(DistanceToTarget(), [1])


def test_a_total_of_the_province_is_no_regions_target():
    target = AnnualQuota(
        kind="annual_quota", value=50, year=2015, status="confirmed", document=words("plan"), assessed=("province",)
    )
    with pytest.raises(MethodError, match="a: found the province's total"):
        scores(DistanceToTarget(), [1], system(leaf("a", target=target)))


def test_the_share_of_a_reference_of_the_same_year():
    assert scores(DistanceToReference(region="r1"), [10, 20, 5, 30], years=YEARS) == [100, 100, 50, 150]


def test_the_share_of_a_reference_of_the_first_year():
    scale = DistanceToReference(region="r1", over="panel")
    assert scores(scale, [10, 20, 5, 30], years=YEARS) == [100, 200, 50, 300]


def test_the_reference_over_the_value_where_less_is_better():
    assert scores(DistanceToReference(region="r1"), [10, 20, 5], LESS) == [100, 50, 200]


def test_the_reference_has_to_be_a_region_of_the_panel():
    with pytest.raises(MethodError, match="region: found Ningbo; expected one of r1, r2"):
        scores(DistanceToReference(region="Ningbo"), [1, 2])


def test_every_blank_of_the_reference_is_named_once():
    with pytest.raises(MethodError, match="a of r1 in 2011: found a blank; expected a value") as error:
        scores(DistanceToReference(region="r1"), [None, 20, 5, 30], years=YEARS)
    assert len(error.value.problems) == 1


def test_the_leader_stands_at_the_top():
    assert scores(DistanceToLeader(), [10, 40, 30]) == [25, 100, 75]
    assert scores(DistanceToLeader(), [10, 40, 20], LESS) == [100, 25, 50]


def test_the_leader_of_each_year():
    assert scores(DistanceToLeader(over="year"), [10, 20, 5, 40], years=YEARS) == [100, 50, 50, 100]
    assert scores(DistanceToLeader(), [10, 20, 5, 40], years=YEARS) == [25, 50, 12.5, 100]


def test_an_empty_column_has_no_leader():
    with pytest.raises(MethodError, match="a in 2012: found no value"):
        scores(DistanceToLeader(over="year"), [10, None, 5, None], years=YEARS)


@every
def test_a_single_region_has_nothing_to_be_held_against(scale):
    with pytest.raises(MethodError, match="found r1 only; expected two at least"):
        scores(scale, [5, 6], years=YEARS)


@every
@pytest.mark.parametrize(("tree", "values"), [(TREE, [5, -1]), (LESS, [5, 0])])
def test_a_share_needs_a_true_zero(scale, tree, values):
    with pytest.raises(MethodError, match=r"a of r2 in 2012: found -?[01]; expected above 0"):
        scores(scale, values, tree)


def test_a_reference_of_0_is_refused():
    with pytest.raises(MethodError, match="a share needs a reference above 0"):
        scores(DistanceToReference(region="r1"), [0, 5])


@every
def test_a_share_of_logarithms_is_refused(scale):
    with pytest.raises(MethodError, match="a: found `transform: log`; expected no transform"):
        scores(scale, [1, 2], system(leaf("a", worst=1, best=9, transform="log")))
