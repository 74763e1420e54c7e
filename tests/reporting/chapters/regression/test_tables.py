import numpy as np
import pandas as pd
import pytest

from tests.reporting.printed import regression


@pytest.fixture(scope="module")
def report(round_report):
    return round_report()


@pytest.fixture(scope="module")
def rows(figures, uncapped):
    """The mean of the four uncapped scores and the regressors of every city and year, without evalkit."""
    x = pd.DataFrame(
        {
            "gdp": np.log(figures.gdp / figures.pop_resident),
            "spending": np.log(figures.fiscal_expenditure / figures.pop_resident),
            "urban": figures.pop_urban / figures.pop_resident,
        }
    ).reindex(uncapped.index)
    return uncapped.mean(axis=1), x


def steps(coefficients):
    return [coefficients[0] * np.log(1.1), coefficients[1] * np.log(1.1), coefficients[2] * 0.1]


def test_pooled_differences_are_those_of_least_squares(report, rows):
    y, x = rows
    fit = np.linalg.lstsq(np.column_stack([x, np.ones(len(x))]), y, rcond=None)[0]
    table = regression.tables.coefficients(report)
    assert list(table["得分相差（分）"][:3].astype(float)) == pytest.approx(steps(fit), abs=0.05)
    assert set(table["行数（市×年）"]) == {len(y)} == {55}


def test_two_way_differences_are_those_of_rows_less_both_means(report, rows):
    y, x = (
        part - part.groupby("region").transform("mean") - part.groupby("year").transform("mean") + part.mean()
        for part in rows
    )
    fit = np.linalg.lstsq(x.to_numpy(), y, rcond=None)[0]
    assert list(regression.tables.coefficients(report).iloc[9:, 3].astype(float)) == pytest.approx(steps(fit), abs=0.05)


def test_the_four_comparisons_stand_one_below_the_other(report):
    table = regression.tables.coefficients(report)
    assert list(dict.fromkeys(table["比较"])) == [
        "各市各年合并",
        "同一年份的各市之间",
        "同一城市的各年之间",
        "同一城市的各年之间并扣除各市共同变化",
    ]
    assert list(table["变量高出"][:3]) == ["10%", "10%", "0.1"]


def test_intervals_hold_their_estimate_and_are_clear_where_they_leave_nothing_out(report):
    changes = regression.tables.changes(report)
    assert ((changes.low <= changes.points) & (changes.points <= changes.high)).all()
    assert list(changes.clear) == list((changes.low > 0) | (changes.high < 0))


def test_leaving_a_city_out_gives_the_printed_range(report, rows):
    y, x = rows
    fits = [
        np.linalg.lstsq(np.column_stack([x.drop(c), np.ones(len(x) - 5)]), y.drop(c), rcond=None)[0][1]
        for c in x.index.unique("region")
    ]
    ends = [f"{min(fits) * np.log(1.1):.1f}", f"{max(fits) * np.log(1.1):.1f}"]
    assert regression.tables.diagnostics(report)["去掉一市后得分相差的范围（分）"][1] == f"[{', '.join(ends)}]"


def test_effects_leave_less_to_go_by(report, rows):
    x = rows[1].urban
    own = x - x.groupby("region").transform("mean")
    share = 100 * (own**2).sum() / ((x - x.mean()) ** 2).sum()
    left = regression.tables.diagnostics(report)["本项比较可用的差异（%）"].astype(float)
    assert (left[2], left[8]) == (100, pytest.approx(share, abs=0.05))
    assert left[11] < left[8]


def test_residuals_of_one_city_hang_together(report, rows):
    y, x = rows
    x = np.column_stack([x, np.ones(len(x))])
    left = (y - x @ np.linalg.lstsq(x, y, rcond=None)[0]).unstack("year")
    pairs = np.hstack([left.iloc[:, :-1].to_numpy().reshape(1, -1), left.iloc[:, 1:].to_numpy().reshape(1, -1)])
    r = np.corrcoef(*pairs.reshape(2, -1))[0, 1]
    assert float(regression.tables.residuals(report).iloc[0, 4]) == pytest.approx(r, abs=5e-3)


def test_a_comparison_that_cannot_be_made_is_left_out(round_report):
    one = round_report(years=(2012, 2012))
    assert list(regression.tables.residuals(one)["比较"]) == ["各市各年合并", "同一年份的各市之间"]


def test_a_round_without_regressors_has_empty_tables_with_their_columns(round_report):
    bare = round_report(regressors=())
    assert [
        t(bare).shape
        for t in (regression.tables.coefficients, regression.tables.diagnostics, regression.tables.residuals)
    ] == [
        (0, 9),
        (0, 7),
        (0, 7),
    ]
