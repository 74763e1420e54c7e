import pytest

from evalkit.analysis.quality_design import QualityDesign
from evalkit.readings.quality import Quality
from evalkit.reporting.chapters.data_quality import checks
from tests.conftest import DEMO
from tests.reporting.chapters.data_quality.reports import whole

SECOND = "zhejiang-public-2015"


def test_chance_stands_beside_what_was_flagged():
    found = checks.by_chance(whole()).data.set_index("look_at")
    chances = Quality.of(whole().study, 2012).chances
    assert found.flagged.tolist() == chances.flagged.tolist()
    assert found.chance_normal["变动与同级地区当年的变动比"] == pytest.approx(chances.normal["by_peers"])


def test_the_least_likely_digits_come_first_and_small_registers_are_left_out():
    report = whole(name=DEMO)
    found = checks.digits(report).data
    tested = [one for one in Quality.of(report.study, 2012).registers if one.tested or one.conforms]
    assert len(found) == len(tested)
    assert found[["last_chance", "round_chance"]].min(axis=1).is_monotonic_increasing
    assert "乡镇综合文化站建筑面积（逐个设施）" in set(found.register)
    assert found.figures_n.min() >= QualityDesign().digits_least


def test_what_is_declared_stands_beside_what_was_found():
    found = checks.known(whole(name=SECOND)).data.set_index(["variable", "region", "year"])
    assert found.found_there["地方财政一般预算内支出", "湖州市", 2013].startswith("找到：")
    assert found.found_there["年末户籍人口", "丽水市", 2011] == "漏：变动 1.04 倍，小于提问的界限"
    assert len(found) == 22


def test_remarks_without_a_year_are_listed_apart():
    assert len(checks.undated(whole())) == 11


def test_every_bound_is_printed():
    numbers = {name for name, field in QualityDesign.model_fields.items() if field.annotation in (int, float)}
    assert checks.BOUNDS.keys() == numbers
    assert len(checks.bounds(whole())) == len(numbers)
