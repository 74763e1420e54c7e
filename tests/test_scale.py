"""A nation made by tools/scale.py, in small: what is made up, what a file says, and the report of the nation."""

import csv
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evalkit.loading import load_study
from evalkit.reporting import chapters
from evalkit.reporting.report import RoundReport
from evalkit.runs import runner
from evalkit.runs.request import check_study, prepare
from tests import conftest
from tests.runs.in_process import here

MADE_UP = "虚构数据"


@pytest.fixture(scope="module")
def tool():
    with conftest.tool("scale") as found:
        yield found


@pytest.fixture(scope="module")
def nation(tool, tmp_path_factory):
    root = tmp_path_factory.mktemp("nation") / "nation"
    tool.write(tool.made_up(regions=31, provinces=3, seed=1), root)
    return load_study("scale-31", root=root)


def test_regions_are_dealt_out_to_provinces_and_their_names_say_that_they_are_made_up(nation):
    assert nation.regions.groupby("group").size().to_dict() == {"11": 11, "12": 10, "13": 10}
    assert nation.all_regions.groups["13"].en == "Hebei"
    assert all("虚构" in name for name in nation.regions.name_zh)
    assert nation.regions.index[0] == "11-001"  # no code of GB/T 2260


def test_a_nation_has_its_indicators_in_every_year(nation):
    assert nation.panel().values.shape == (31 * 5, 60)
    assert nation.panel().values.notna().mean(axis=None) > 0.99
    assert len(check_study(nation)) == 60


def test_the_same_seed_gives_the_same_figures_and_another_seed_others(tool):
    first, again, other = (tool.made_up(regions=5, provinces=2, seed=seed).values for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


@pytest.mark.slow
def test_the_report_of_the_nation_says_on_every_page_and_in_every_row_that_it_is_made_up(nation):
    request = prepare(nation, only={"province": ()})
    with here(nation.root):
        assert [outcome.error for outcome in runner.run(request)] == [None]
    pages = [path.read_text("utf-8") for path in request.folder.rglob("*.html")]
    assert len(pages) > 5
    assert [page for page in pages if MADE_UP not in page] == []
    rows = list(csv.reader((request.folder / "tables" / "ranking.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 1 + 31
    assert {row[-1] for row in rows[1:]} == {MADE_UP}


def test_a_nation_too_large_to_list_is_told_by_province(nation, monkeypatch):
    monkeypatch.setattr("evalkit.reporting.conditions.READABLE", 30)
    report = prepare(replace(nation), only={"province": ()}).report  # no table of it is made yet
    scores = nation.evaluate().published["index"].xs(2020, level="year")
    middle = scores.groupby(nation.regions.group).median().sort_values(ascending=False)
    names = {"11": "北京", "12": "天津", "13": "河北"}
    table = chapters.position.tables.by_group(report).data
    assert list(table.group) == [names[code] for code in middle.index]
    assert list(table.median_score) == pytest.approx(middle)
    assert table.cities_n.sum() == 31
    assert table.in_first_tenth.sum() == table.in_last_tenth.sum() == 3
    best = f"{nation.all_regions.by_code[scores.idxmax()].name.zh}（{scores.max():.2f}）"
    assert best in set(table.highest_score)


def test_a_list_that_is_read_is_not_told_by_province(nation):
    assert chapters.position.tables.by_group(RoundReport(nation, nation.evaluate(), 2019, "zh")) is None


def test_a_file_of_the_users_own_is_no_made_up_nation(tool, tmp_path):
    codes, years = [f"11010{n}" for n in range(4)], (2019, 2020)
    rows = [{"region_code": c, "region": f"R{c[-1] if c[-1] != '3' else 2}", "year": y} for c in codes for y in years]
    drawn = np.random.default_rng(1).uniform(1, 9, (len(rows), 2)).round(3)
    table = pd.DataFrame(rows).assign(beds=drawn[:, 0], queues=drawn[:, 1], pop_resident=1000)
    table.loc[0, "beds"] = np.nan
    table.to_csv(tmp_path / "own.csv", index=False)
    tool.write(tool.read(tmp_path / "own.csv", ["queues"]), tmp_path / "own")
    study = load_study("scale-4", root=tmp_path / "own")
    assert study.dataset.metadata.synthetic is None
    assert [indicator.higher_is_better for indicator in study.system.indicators] == [True, False]
    assert study.panel().values.loc[("110101", 2019), "queues"] == drawn[2, 1]
    assert study.panel().states.loc[("110100", 2019), "beds"] == "missing"
    assert list(study.regions.name_zh) == ["R0", "R1", "R2 110102", "R2 110103"]


def test_a_file_that_lacks_a_column_or_names_no_province_is_refused(tool, tmp_path):
    (tmp_path / "a.csv").write_text("region_code,year\n110101,2020\n")
    with pytest.raises(SystemExit, match=r"lacks the column\(s\) region, beds"):
        tool.read(tmp_path / "a.csv", ["beds"])
    (tmp_path / "b.csv").write_text("region_code,region,year,beds\n990101,A,2020,1\n")
    with pytest.raises(SystemExit, match="begins with 99, which is no province"):
        tool.read(tmp_path / "b.csv", [])
