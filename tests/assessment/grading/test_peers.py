import pytest

from evalkit.assessment.grading.peers import Peers
from evalkit.base.errors import ParamsError
from tests.conftest import DEMO, ROOT, shipped

GROUPED = """code: mine
source: {zh: 甲, en: a}
groups:
  near: {name: {zh: 近, en: near}, members: ["01", "02"]}
  far: {name: {zh: 远, en: far}, members: ["03"]}
"""


@pytest.fixture
def peers(tmp_path):
    def load(text=GROUPED):
        (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
        return Peers.load(tmp_path / "mine.yaml")

    return load


def test_every_region_has_its_group(peers):
    assert peers().by_region.to_dict() == {"01": "near", "02": "near", "03": "far"}


def test_a_region_in_two_groups_is_refused(peers):
    with pytest.raises(ParamsError, match="02 once"):
        peers(GROUPED.replace('"03"', '"02"'))


def test_members_that_are_no_such_regions_are_told_with_their_group(peers):
    [problem] = peers().problems(["01", "02", "04"])
    assert str(problem).startswith("groups.far of the peers mine: found '03'")


def test_the_shipped_groups_are_those_of_the_codes_and_leave_no_county_out():
    peers = Peers.load(ROOT / "params/peers/zhejiang-counties.yaml").by_region
    assert set(peers.index) == set(shipped(DEMO).assessed.counties.completion.index.unique("region"))
    kinds = ((81, "county_cities"), (21, "counties"), (1, "districts"))
    of = {code: next(kind for least, kind in kinds if int(code[-2:]) >= least) for code in peers.index}
    assert peers.to_dict() == of
