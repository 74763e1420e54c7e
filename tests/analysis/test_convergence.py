import numpy as np
import pandas as pd
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from evalkit.analysis.convergence import Beta, beta, sigma, sigma_change
from evalkit.base.errors import MethodError
from tests.scoring.small import quick

START = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0]
END = [2.0, 3.5, 3.0, 7.0, 9.0, 16.0]
positive = st.lists(st.tuples(st.floats(1, 100), st.floats(1, 100)), min_size=5, max_size=12, unique_by=lambda r: r[0])


def panel(columns):
    """Values by year, one a region: r0, r1, …"""
    table = pd.DataFrame(columns).rename_axis("year", axis=1).rename_axis("region")
    return table.set_axis([f"r{n}" for n in range(len(table))]).rename_axis("region").stack()


def growing(speed, *, length=4):
    """Every gap closes by `speed` a year towards a common level of 100."""
    start = np.array(START)
    years = {2008 + t: 100 * (start / 100) ** np.exp(-speed * t) for t in range(length + 1)}
    return panel(years)


def fit(slope, interval=(0.0, 0.0), years=(2008, 2012)):
    return Beta(slope=slope, interval=interval, p=0.5, r2=0.5, n=11, years=years, level=0.9)


def test_dispersion_by_hand():
    table = sigma(panel({2008: [1, 1, 1, np.e**2, np.e**2, np.e**2], 2009: [2, 2, 2, 4, 4, 4]}))
    assert table.sd_log.tolist() == pytest.approx([1, np.log(2) / 2])
    assert table.cv[2009] == pytest.approx(1 / 3)
    assert table.n.tolist() == [6, 6]
    assert table.index.tolist() == [2008, 2009]


@quick
@given(positive, st.floats(0.01, 100))
def test_the_unit_does_not_matter_and_neither_does_a_second_copy(rows, scale):
    first, last = zip(*rows, strict=True)
    once, twice = panel({2008: first, 2012: last}), panel({2008: first * 2, 2012: last * 2})
    measures = ["sd_log", "cv"]
    assert np.allclose(sigma(once * scale)[measures], sigma(once)[measures], atol=1e-9)
    assert np.allclose(sigma(twice)[measures], sigma(once)[measures], atol=1e-9)


def test_the_change_of_dispersion_is_tested_by_the_correlation_of_sum_and_difference():
    found, start, end = sigma_change(panel({2008: START, 2012: END})), np.log(START), np.log(END)
    assert found.ratio == pytest.approx(end.std() / start.std())
    assert found.p == pytest.approx(scipy.stats.pearsonr(end + start, end - start).pvalue)
    assert (found.n, found.years) == (6, (2008, 2012))


def test_the_ends_of_its_interval_are_just_rejected():
    found, start, end = sigma_change(panel({2008: START, 2012: END}), level=0.9), np.log(START), np.log(END)
    for ratio in found.interval:
        assert scipy.stats.pearsonr(end / ratio + start, end / ratio - start).pvalue == pytest.approx(0.1)


def test_regions_that_all_move_alike_leave_nothing_to_test():
    found = sigma_change(panel({2008: START, 2012: [x**0.5 for x in START]}))
    assert found.interval == pytest.approx((0.5, 0.5), abs=1e-6)
    assert np.isnan(found.p)


def test_beta_is_the_slope_of_growth_on_the_first_year():
    found = beta(panel({2008: START, 2010: START, 2012: END}), level=0.9)
    start, growth = np.log(START), np.log(np.divide(END, START)) / 4
    line = scipy.stats.linregress(start, growth)
    reach = scipy.stats.t.ppf(0.95, 4) * line.stderr
    assert (found.slope, found.p, found.r2) == pytest.approx((line.slope, line.pvalue, line.rvalue**2))
    assert found.interval == pytest.approx((line.slope - reach, line.slope + reach))
    assert (found.n, found.years) == (6, (2008, 2012))


@pytest.mark.parametrize("speed", [0.02, 0.3, -0.05])
def test_a_gap_that_closes_at_a_known_speed_is_found_at_it(speed):
    found = beta(growing(speed))
    assert found.speed == pytest.approx(speed)
    assert found.half_life == pytest.approx(np.log(2) / speed if speed > 0 else np.inf)


def test_years_between_can_be_chosen():
    values = panel({2008: START, 2010: END, 2012: START})
    assert beta(values, years=(2008, 2010)).slope == pytest.approx(beta(panel({0: START, 2: END})).slope)


def test_two_per_cent_a_year_halves_the_gap_in_35_years():
    """As the literature puts it: Barro & Sala-i-Martin find about 2 % a year, so half a gap takes 35 years."""
    slope = -(1 - np.exp(-0.02 * 10)) / 10
    assert round(fit(slope, years=(1960, 1970)).half_life) == 35


def test_intervals_turn_round_with_the_slope():
    found = fit(-0.05, (-0.1, -0.02))
    assert found.speed_interval == pytest.approx((-np.log(0.92) / 4, -np.log(0.6) / 4))
    assert found.half_life_interval == pytest.approx((-4 * np.log(2) / np.log(0.6), -4 * np.log(2) / np.log(0.92)))


def test_a_half_life_has_no_upper_end_where_the_gap_may_widen():
    low, high = fit(-0.05, (-0.1, 0.02)).half_life_interval
    assert low == pytest.approx(-4 * np.log(2) / np.log(0.6))
    assert high == np.inf


def test_regions_that_overtake_close_the_gap_at_no_finite_speed():
    found = fit(-0.25, (-0.3, 0.1))
    assert (found.speed, found.half_life) == (np.inf, 0)
    assert found.speed_interval == pytest.approx((-np.log(1.4) / 4, np.inf))
    assert found.half_life_interval == (0, np.inf)


@quick
@given(positive, st.floats(0.01, 100))
def test_beta_does_not_depend_on_the_unit(rows, scale):
    first, last = zip(*rows, strict=True)
    values = panel({2008: first, 2012: last})
    assert beta(values * scale).slope == pytest.approx(beta(values).slope, abs=1e-8)


def test_values_that_only_change_places_seem_to_converge_and_do_not():
    """Galton's fallacy: the same values, handed round, have a slope below 0 and the same dispersion."""
    values = panel({2008: START, 2012: START[::-1]})
    assert beta(values).slope < 0
    assert sigma_change(values).ratio == pytest.approx(1)
    assert sigma_change(values).p == pytest.approx(1)


@pytest.mark.parametrize("reading", [sigma, sigma_change, beta])
def test_every_value_that_has_no_logarithm_is_named(reading):
    values = panel({2008: [0.0, *START[1:]], 2012: END}).drop(("r5", 2012))
    values["r2", 2008] = -3
    with pytest.raises(MethodError) as raised:
        reading(values)
    for words in ("r0 in 2008: found 0;", "r2 in 2008: found -3;", "r5 in 2012: found no value;"):
        assert words in str(raised.value)


def test_a_repeated_value_is_named():
    values = panel({2008: START, 2012: END})
    with pytest.raises(MethodError, match="r1 in 2012: found more than one value"):
        sigma(pd.concat([values, values[[("r1", 2012)]]]))


def test_four_regions_are_too_few():
    with pytest.raises(MethodError, match="regions: found 4; expected 5 at least"):
        beta(panel({2008: START[:4], 2012: END[:4]}))


def test_one_year_is_no_change():
    with pytest.raises(MethodError, match="years: found 1; expected 2 at least"):
        sigma(panel({2008: START}))


def test_a_table_without_years_is_no_panel():
    with pytest.raises(MethodError, match="index: found \\['region'\\]; expected \\['region', 'year'\\]"):
        sigma(pd.Series(START).rename_axis("region"))


@pytest.mark.parametrize(("years", "words"), [((2008, 2013), "found 2013;"), ((2012, 2008), "found 2012 to 2008;")])
def test_years_that_make_no_span_are_refused(years, words):
    with pytest.raises(MethodError, match=words):
        beta(panel({2008: START, 2012: END}), years=years)


@pytest.mark.parametrize("reading", [sigma_change, beta])
def test_equal_regions_have_no_gap_to_close(reading):
    with pytest.raises(MethodError, match="all regions in 2008: found 3; expected values that differ"):
        reading(panel({2008: [3.0] * 6, 2012: END}))
