"""Scores of forecasts by hand: CRPS, coverage, PIT, means by origin, effective years, ratios with intervals, bins."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtri

from sim.errors import SimError
from sim.hindcast.outcomes import VARIABLES, outcomes
from sim.hindcast.reliability import brier, frequency, reliability
from sim.hindcast.scores import Cases, cases, crps, effective_years, inside, origin_means, pit, ratio, score
from sim.randomness import Array
from tests.panel_cases import grown

LADDER: Array = np.arange(1.0, 100.0)  # q01 = 1, …, q99 = 99


def points(
    name: str, errors: dict[int, list[float]], horizon: int = 1, spread: float = 0.0, first_region: int = 0
) -> Cases:
    """Forecasts without spread of outcomes at zero: the CRPS of a case is the size of its error."""
    keys = [(origin, f"r{first_region + place}") for origin, row in errors.items() for place in range(len(row))]
    centre = np.array([value for row in errors.values() for value in row])
    quantiles = centre[:, None] + spread * ndtri(LADDER / 100.0)
    origins, regions = tuple(key[0] for key in keys), tuple(key[1] for key in keys)
    return Cases(name, "gdp_growth", horizon, origins, regions, quantiles, np.zeros(len(keys)))


def test_crps_of_a_point_is_the_absolute_error() -> None:
    """2 x the mean of p x 3 over p = 0.01 … 0.99 is 3, below and above."""
    assert crps(np.full((2, 99), 5.0), np.array([8.0, 2.0])) == pytest.approx([3.0, 3.0])


def test_crps_of_a_normal_forecast() -> None:
    """Closed form of the standard normal: 2 phi(0) - 1 / sqrt(pi) = 0.2337 at 0 and 0.6024 at 1."""
    quantiles = np.tile(ndtri(LADDER / 100.0), (2, 1))
    # The mean over 99 levels instead of the integral from 0 to 1 gives a hundredth more.
    assert crps(quantiles, np.array([0.0, 1.0])) == pytest.approx([0.2337, 0.6024], abs=0.007)


def test_an_unknown_outcome_is_not_scored_as_zero() -> None:
    assert np.isnan(crps(LADDER, np.array(np.nan)))
    assert np.isnan(inside(LADDER, np.array(np.nan), 0.9))
    assert np.isnan(pit(LADDER, np.array(np.nan)))


@pytest.mark.parametrize(
    ("level", "hits", "misses"), [(0.9, (5.0, 50.0, 95.0), (4.9, 95.1)), (0.5, (25.0, 75.0), (24.9, 75.1))]
)
def test_central_intervals(level: float, hits: tuple[float, ...], misses: tuple[float, ...]) -> None:
    assert [float(inside(LADDER, np.array(value), level)) for value in hits] == [1.0] * len(hits)
    assert [float(inside(LADDER, np.array(value), level)) for value in misses] == [0.0] * len(misses)


def test_the_place_of_an_outcome_in_its_forecast() -> None:
    """Between q50 and q51 it is 0.505, on q50 0.50, outside all 0.005 and 0.995."""
    outcome = np.array([50.5, 50.0, 0.0, 100.0])
    assert pit(np.tile(LADDER, (4, 1)), outcome) == pytest.approx([0.505, 0.5, 0.005, 0.995])


def test_a_year_counts_once_however_many_regions_it_has() -> None:
    """Three errors of 1 in 2005 and one of 3 in 2006 have the mean 2, not 1.5."""
    found = score(points("us", {2005: [1.0, -1.0, 1.0], 2006: [3.0]}))
    assert (found.crps, found.cases, found.origins) == pytest.approx((2.0, 4, 2))
    assert origin_means((2006, 2005, 2005), np.array([4.0, 1.0, 2.0])) == pytest.approx([1.5, 4.0])


def test_coverage_and_place_of_a_score() -> None:
    """Standard deviation 1: 0 lies inside 50 % from 0.5, inside 90 % from 1.5, outside from 3 below."""
    found = score(points("us", {2005: [0.5], 2006: [1.5], 2007: [3.0]}, spread=1.0))
    assert found.coverage_50 == pytest.approx(1 / 3)
    assert found.coverage_90 == pytest.approx(2 / 3)
    # The outcome is at Phi(-0.5), Phi(-1.5), Phi(-3) = 0.3085, 0.0668, 0.0013 of its forecast.
    assert found.pit == pytest.approx((0.3085 + 0.0668 + 0.005) / 3, abs=0.005)


def test_effective_years_by_hand() -> None:
    """Lag 1 of (1, 1, -1, -1) is 1/4: 4 / (1 + 2 x 3/4 x 1/4). At 5 years the shared years alone leave 2.195 of 6."""
    assert effective_years(np.array([1.0, 1.0, -1.0, -1.0]), 1) == pytest.approx(4 / 1.375)
    assert effective_years(np.array([1.0, -1.0, 1.0, -1.0]), 1) == pytest.approx(4.0)
    assert effective_years(np.array([1.0, -1.0, 1.0, -1.0]), 2) == pytest.approx(4 / 1.375)
    overlap = sum((1 - lag / 6) * ((5 - lag) / 5) ** 2 for lag in range(1, 5))
    assert overlap == pytest.approx(0.86667, abs=1e-5)
    assert effective_years(np.array([5.0] + [0.0] * 5), 5) == pytest.approx(6 / (1 + 2 * overlap))
    assert effective_years(np.array([2.0]), 5) == 1.0


def test_a_ratio_that_is_the_same_every_year_is_certain() -> None:
    ours, theirs = ({year: [size * year - 2000.0 * size] for year in range(2005, 2010)} for size in (1.0, 2.0))
    found = ratio(points("us", ours, 3), points("them", theirs, 3))
    assert (found.ratio, found.low, found.high) == pytest.approx((0.5, 0.5, 0.5))
    assert (found.forecaster, found.rival, found.origins) == ("us", "them", 5)


def test_the_interval_of_a_ratio_by_hand() -> None:
    """Ours 1 and 3, theirs 2 and 2: drawn anew the ratio is 0.5, 1 or 1.5 with chances 1/4, 1/2, 1/4."""
    found = ratio(points("us", {2005: [1.0], 2006: [3.0]}), points("them", {2005: [2.0], 2006: [2.0]}))
    assert (found.ratio, found.low, found.high) == pytest.approx((1.0, 0.5, 1.5))


def test_blocks_of_years_keep_neighbours_together() -> None:
    """Good and bad times of four years each: single years would make the ratio look surer than blocks of four."""
    ours = {2000 + place: [1.0 if place < 4 else 3.0] for place in range(8)}
    theirs = {2000 + place: [2.0] for place in range(8)}
    widths = []
    for horizon in (1, 4):
        found = ratio(points("us", ours, horizon), points("them", theirs, horizon))
        widths.append(found.high - found.low)
    assert widths[1] > 1.15 * widths[0]


def test_one_origin_has_no_interval() -> None:
    found = ratio(points("us", {2009: [1.0, 2.0]}), points("them", {2009: [2.0, 4.0]}))
    assert found.ratio == pytest.approx(0.5)
    assert math.isnan(found.low)
    assert math.isnan(found.high)
    assert found.effective_years == 1.0


def test_only_cases_of_both_are_compared() -> None:
    """The rival has no forecast of r0, where we are bad; of r1 our error is half of theirs."""
    ours = points("us", {2005: [9.0, 1.0], 2006: [9.0, 1.0]})
    assert ratio(ours, points("them", {2005: [2.0], 2006: [2.0]}, first_region=1)).ratio == pytest.approx(0.5)
    with pytest.raises(SimError, match="share no case"):
        ratio(ours, points("them", {2011: [2.0]}))


def test_outcomes_by_hand_and_unknown_beyond_the_panel() -> None:
    """Growth 10 % twice: 10, 10 and cumulated log growth 9.531, 19.062; the third year is not in the panel."""
    panel = grown({"甲": [5.0, 10.0, 10.0], "乙": [5.0, 0.0, 0.0]}, {"甲": [40.0, 45.0, 50.0]})
    found = outcomes(panel, ["甲"], 2001, 3)
    assert set(found) == set(VARIABLES)
    expected = {
        "gdp_growth": [10.0, 10.0, np.nan],
        "gdp_growth_cumulative": [9.53102, 19.06204, np.nan],
        "secondary_share": [45.0, 50.0, np.nan],
        "tertiary_share": [45.0, 40.0, np.nan],
    }
    for name, values in expected.items():
        assert found[name][0] == pytest.approx(values, abs=1e-5, nan_ok=True)


def test_cases_without_forecast_or_outcome_are_left_out() -> None:
    panel = grown({"甲": [5.0, 10.0, 10.0], "乙": [5.0, 1.0, 2.0]})
    known = np.broadcast_to(LADDER, (2, 1, 99)).copy()
    unknown = known.copy()
    unknown[0] = np.nan
    made = {2001: (("乙", "甲"), {"gdp_growth": known}), 2002: (("乙", "甲"), {"gdp_growth": unknown})}
    found = cases("us", made | {2003: made[2001]}, panel, "gdp_growth", 1)
    assert (found.origins, found.regions) == ((2001, 2001, 2002), ("乙", "甲", "甲"))
    assert found.outcomes == pytest.approx([1.0, 10.0, 10.0])
    empty = cases("us", made, panel, "gdp_growth", 2)
    with pytest.raises(SimError, match="no gdp_growth at 2 years"):
        score(empty)


def test_brier_score_by_hand() -> None:
    assert brier(np.array([0.5, 1.0, 0.0]), np.ones(3)) == pytest.approx(1.25 / 3)


def test_the_frequency_of_years_as_blocks() -> None:
    """2 of 2 in one year and 0 of 1 in another: surplus +2/3 and -2/3, error sqrt(2 x 8/9) / 3, 9 / 5 years."""
    share, error, worth = frequency(np.array([1.0, 1.0, 0.0]), np.array([2001, 2001, 2002]))
    assert (share, error, worth) == pytest.approx((2 / 3, 4 / 9, 1.8))


def test_three_bins_of_forecast_probability() -> None:
    chance = np.array([0.1, 0.3, 0.5, 0.9, 0.8, 1.0])
    happened = np.array([0.0, 1.0, 1.0, 1.0, 1.0, 0.0])
    low, middle, high = reliability(chance, happened, [2001, 2002, 2001, 2001, 2001, 2002])
    assert (low.forecast, low.frequency, low.cases, low.effective_years) == pytest.approx((0.2, 0.5, 2, 2.0))
    assert (middle.forecast, middle.frequency, middle.cases) == pytest.approx((0.5, 1.0, 1))
    assert math.isnan(middle.standard_error), "one year says nothing about others"
    assert (high.forecast, high.frequency, high.cases) == pytest.approx((0.9, 2 / 3, 3))
    assert high.effective_years == pytest.approx(1.8)
    assert reliability(chance[:2], happened[:2], [2001, 2001])[2].cases == 0
