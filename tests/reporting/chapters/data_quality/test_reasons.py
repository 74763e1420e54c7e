import pytest

from evalkit.readings.quality import Ask
from evalkit.readings.quality_changes import Finding
from evalkit.reporting.chapters.data_quality.reasons import departments, reason, whose, why
from tests.conftest import DEMO
from tests.reporting.chapters.data_quality.reports import whole

SLIP = Finding("slip", "city", "gdp", "330800", 2010, value=8_700_000, against=870.5)
STEP = Finding("step", "city", "gdp", "330800", 2010, value=3619, against=5914, size=0.5, usual=1.018, tests=2)


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (SLIP, "2010 年为 8700000，其他年份中位数 870.5，约为其 10000，疑单位误填"),
        (STEP, "2010 年为 3619，是前一个数 5914 的 0.61 倍，同级地区为 1.02 倍"),
        (STEP._replace(few=True), "2010 年为 3619，是前一个数 5914 的 0.61 倍，同级地区为 1.02 倍（数小，偶然也可致）"),
        (STEP._replace(unit="一馆"), "一馆：2010 年为 3619，是前一个数 5914 的 0.61 倍，同级地区为 1.02 倍"),
        (SLIP._replace(kind="copied", about="330802"), "2010 年与衢州市柯城区完全相同（8700000）"),
        (STEP._replace(usual=float("nan")), "2010 年为 3619，是前一个数 5914 的 0.61 倍"),
        (SLIP._replace(kind="zero", value=0.0), "2010 年为 0，其他年份中位数 870.5"),
        (SLIP._replace(kind="whole", size=0.25), "2010 年各地区变动一齐异于往年（中位数约 25%），疑口径变动或修订"),
        (SLIP._replace(kind="exceeds", about="physicians"), "2010 年为 8700000，小于其中的执业（助理）医师数（870.5）"),
    ],
)
def test_a_reason_says_the_figure_and_what_it_does_not_go_with(finding, said):
    assert reason(whole(), finding) == said


def test_a_smaller_figure_is_a_part_of_its_history():
    assert "about 1/100 times" in reason(whole("en"), SLIP._replace(value=0.93, against=93.0))


def test_of_many_findings_the_gravest_are_told_by_year():
    findings = tuple(STEP._replace(year=year) for year in (2012, 2009, 2011, 2010))
    told = why(whole(), Ask("explain", "city", "330800", "gdp", (), False, findings))
    assert [told.index(f"{year} 年") for year in (2009, 2011, 2012)] == sorted(
        told.index(f"{year} 年") for year in (2009, 2011, 2012)
    )
    assert told.endswith("；另有 1 处")
    assert "2010" not in told


def test_missing_years_are_told_at_once():
    findings = tuple(Finding("missing", "city", "gdp", "330800", year) for year in (2010, 2011, 2008))
    assert why(whole(), Ask("supply", "city", "330800", "gdp", (), False, findings)) == "2008、2010—2011 年缺数"


def test_a_county_is_named_with_its_city_and_nobody_is_all():
    assert [whose(whole(), code) for code in ("330802", "330800", "")] == ["衢州市柯城区", "衢州市", "各地区"]
    assert whose(whole("en"), "330802").endswith(", Quzhou")


def test_departments_are_named_as_they_were_called():
    assert departments(whole(name=DEMO), ("labour",)) == "省人力社保厅"
    assert departments(whole(), ()) == "—"
