"""The rivals by hand: their points, the spread of their past errors, and that nothing later enters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.hindcast.flexible import averaged, flexible
from sim.hindcast.outcomes import SHARES, VARIABLES, Forecaster
from sim.hindcast.rivals import blended, random_walk, rivals
from sim.hindcast.scores import cases, crps, origin_means
from sim.hindcast.target_table import TargetTable
from sim.panel import Panel, read_panel
from tests.panel_cases import PROVINCES, grown, needs_provinces

#: 90th percentile of the standard normal
Z90 = 1.2815516


def table(*rows: tuple[str, int, float]) -> TargetTable:
    regions, years = tuple(row[0] for row in rows), tuple(row[1] for row in rows)
    target, nothing = np.array([row[2] for row in rows]), np.zeros(len(rows))
    return TargetTable(regions, years, nothing, target, ("point",) * len(rows), nothing)


TARGETS = table(("甲", 2002, 7.0), ("甲", 2003, 8.0), ("甲", 2004, 99.0))
EVERYONE = (*rivals(TARGETS), flexible())
RIVALS = {rival.name: rival for rival in EVERYONE}
ALL = pytest.mark.parametrize("rival", EVERYONE, ids=lambda rival: rival.name)


def centre(name: str, panel: Panel, variable: str, horizon: int) -> list[list[float]]:
    """Medians (region, year) of a rival's forecast."""
    found: list[list[float]] = RIVALS[name].forecast(panel, horizon)[variable][:, :, 49].tolist()
    return found


def test_all_rivals_of_the_model_are_there() -> None:
    assert list(RIVALS) == [
        *("persistence", "past_drift", "five_year_mean", "pooled_ar1", "random_walk", "target_itself", "flexible")
    ]
    assert "target_itself" not in [rival.name for rival in rivals()]


def test_persistence_and_the_spread_of_its_errors() -> None:
    """Errors at one year 2, -1 and 0, 1: mean square 1.5. At two years 1 and 1, from half an independent origin:
    (0.5 x 1 + 1.5 x 2) / 1.5 = 7/3. At three years nothing is known but 1.5 x 3."""
    panel = grown({"甲": [10.0, 12.0, 11.0], "乙": [8.0, 8.0, 9.0]})
    quantiles = RIVALS["persistence"].forecast(panel, 3)["gdp_growth"]
    assert quantiles.shape == (2, 3, 99)
    assert quantiles[:, :, 49] == pytest.approx(np.array([[9.0] * 3, [11.0] * 3]))
    spread = (quantiles[:, :, 89] - quantiles[:, :, 49]) / Z90
    assert spread == pytest.approx(np.tile(np.sqrt([1.5, 7 / 3, 4.5]), (2, 1)), rel=1e-6)


def test_the_variance_of_a_random_walk() -> None:
    """Growth: 1, 2, 3 times. Cumulated: 1, 1 + 4, 1 + 4 + 9 times, an early change counting in every later year."""
    errors = [np.array([[2.0, -2.0]]), np.empty((0, 2)), np.empty((0, 2))]
    assert random_walk("gdp_growth", errors) ** 2 == pytest.approx([4.0, 8.0, 12.0])
    assert random_walk("gdp_growth_cumulative", errors) ** 2 == pytest.approx([4.0, 20.0, 56.0])
    assert random_walk("secondary_share", errors) ** 2 == pytest.approx([4.0, 8.0, 12.0])
    # The other rivals carry the error of cumulated growth forward in proportion to the years.
    assert blended("gdp_growth_cumulative", errors) ** 2 == pytest.approx([4.0, 16.0, 36.0])


def test_many_past_origins_outweigh_what_is_carried_forward() -> None:
    """30 origins at two years count 15: (15 x 1 + 4 x 2) / 16."""
    errors = [np.full((31, 2), 2.0), np.full((30, 2), 1.0)]
    assert blended("gdp_growth", errors)[1] ** 2 == pytest.approx(23 / 16)


def test_the_mean_of_five_years_forgets_the_sixth() -> None:
    panel = grown({"甲": [50.0, 10.0, 10.0, 10.0, 10.0, 10.0]}, {"甲": [10.0, 40.0, 41.0, 42.0, 43.0, 45.0]})
    assert centre("five_year_mean", panel, "gdp_growth", 2)[0] == pytest.approx([10.0, 10.0])
    assert centre("five_year_mean", panel, "gdp_growth_cumulative", 2)[0] == pytest.approx(
        [9.53102, 19.06204], abs=1e-4
    )
    # Changes 30, 1, 1, 1, 2: mean 7.
    assert centre("five_year_mean", panel, "secondary_share", 2)[0] == pytest.approx([52.0, 59.0])


def test_past_drift_and_persistence_of_shares() -> None:
    """50, 51, 54 moves on by 2 a year, the tertiary share by -2, or stays."""
    panel = grown({"甲": [10.0, 10.0, 10.0]}, {"甲": [50.0, 51.0, 54.0]})
    assert centre("past_drift", panel, "secondary_share", 2)[0] == pytest.approx([56.0, 58.0])
    assert centre("past_drift", panel, "tertiary_share", 2)[0] == pytest.approx([34.0, 32.0])
    assert centre("persistence", panel, "secondary_share", 2)[0] == pytest.approx([54.0, 54.0])
    assert set(RIVALS["past_drift"].forecast(panel, 1)) == set(SHARES)


def test_pooled_autoregression_by_hand() -> None:
    """Log growth follows 0.02 + x / 2 in both regions: 0.16, 0.10, 0.07 goes on to 0.055 and 0.0475."""
    logs = {"甲": np.array([0.16, 0.10, 0.07]), "乙": np.array([0.08, 0.06, 0.05])}
    panel = grown({region: (100.0 * np.expm1(values)).tolist() for region, values in logs.items()})
    found = centre("pooled_ar1", panel, "gdp_growth_cumulative", 2)
    assert found[1] == pytest.approx([5.5, 10.25])
    assert found[0] == pytest.approx([4.5, 8.75])


def test_the_target_of_the_first_year_is_not_known_at_the_origin() -> None:
    """As of 2003 the target announced for 2003, 8, is the last one known; 99 for 2004 comes later; 乙 has none."""
    panel = grown({"甲": [9.0, 10.0, 11.0], "乙": [9.0, 10.0, 11.0]})
    found = RIVALS["target_itself"].forecast(panel, 2)
    assert found["gdp_growth"][1, :, 49] == pytest.approx([8.0, 8.0])
    assert np.isnan(found["gdp_growth"][0]).all()
    # Its only past error: 7 for 2002, when 11 came in 2003.
    assert (found["gdp_growth"][1, 0, 89] - 8.0) / Z90 == pytest.approx(4.0, rel=1e-6)
    assert set(found) == {"gdp_growth", "gdp_growth_cumulative"}


@ALL
def test_later_years_and_regions_do_not_matter(rival: Forecaster) -> None:
    """Byte for byte the same as of 2005, whatever happens from 2006 on."""
    growth = {"甲": [9.0, 10.0, 11.0, 10.0, 12.0, 13.0, 14.0], "乙": [7.0, 9.0, 8.0, 7.0, 9.0, 8.0, 7.0]}
    panel = grown(growth)
    other = grown({region: [*values[:5], -9.0, 30.0] for region, values in growth.items()})
    first, second = (rival.forecast(each.up_to(2005), 3) for each in (panel, other))
    assert {name: values.tobytes() for name, values in first.items()} == {
        name: values.tobytes() for name, values in second.items()
    }


@ALL
def test_quantiles_rise_and_shares_stay_shares(rival: Forecaster) -> None:
    growth = {"甲": [9.0, 2.0, 11.0, 4.0, 12.0, 3.0], "乙": [7.0, 9.0, 8.0, 7.0, 9.0, 8.0]}
    panel = grown(growth, {"甲": [2.0, 40.0, 5.0, 88.0, 1.0, 2.0]}, first=1998)
    for name, quantiles in rival.forecast(panel, 8).items():
        region = 1  # 甲, which has targets
        assert (np.diff(quantiles[region], axis=1) >= 0.0).all()
        if name in SHARES:
            assert quantiles.min() >= 0.0
            assert quantiles.max() <= 100.0


@ALL
def test_a_region_that_reports_late_is_forecast_with_the_others(rival: Forecaster) -> None:
    """乙 reports from 2001 on, two years after 甲; only the target rival has nothing for it, for want of a target."""
    panel = grown({"甲": [9.0, 2.0, 11.0, 4.0, 8.0], "乙": [7.0, 9.0, 8.0, 7.0, 6.0]}, first=1999)
    late = {name: column.copy() for name, column in panel.values.items()}
    for column in late.values():
        column[0, :2] = np.nan
    for name, quantiles in rival.forecast(replace(panel, values=late), 3).items():
        assert name in VARIABLES
        assert np.isfinite(quantiles).all(axis=(1, 2)).tolist() == [rival.name != "target_itself", True]


@ALL
def test_one_region_with_four_years_is_enough(rival: Forecaster) -> None:
    panel = grown({"甲": [9.0, 10.0, 8.0, 11.0]}, first=2000)
    for quantiles in rival.forecast(panel, 5).values():
        assert np.isfinite(quantiles).all()
        assert (quantiles[0, :, 98] >= quantiles[0, :, 0]).all()


def test_smoothing_and_damping_by_hand() -> None:
    """0, 4, 8 with gain 1/2: levels 0, 2, 5, mean 4, halfway back each year. 4, 8: level 6, back to zero by 0.8."""
    assert averaged(np.array([[0.0, 4.0, 8.0]]), 2, [(0.5, 0.5)], back_to_mean=True)[0] == pytest.approx([4.5, 4.25])
    assert averaged(np.array([[4.0, 8.0]]), 2, [(0.5, 0.8)], back_to_mean=False)[0] == pytest.approx([4.8, 3.84])
    # Two years show no error yet: both pairs, 0 and 8, weigh the same.
    assert averaged(np.array([[4.0, 8.0]]), 1, [(1.0, 0.0), (1.0, 1.0)], False)[0] == pytest.approx([4.0])


def test_the_pair_that_was_right_gets_the_weight() -> None:
    """A series that doubles back every year is best forecast by its mean (damping 0), one that stays by its last."""
    swings, steps = np.array([[0.0, 2.0] * 10]), np.array([[0.0] * 10 + [2.0] * 10])
    pairs = [(1.0, 0.0), (1.0, 1.0)]
    assert averaged(swings, 1, pairs, back_to_mean=True)[0, 0] == pytest.approx(1.0, abs=0.05)
    assert averaged(steps, 1, pairs, back_to_mean=True)[0, 0] == pytest.approx(2.0, abs=0.05)


def test_the_flexible_forecast_keeps_what_never_changed() -> None:
    panel = grown({"甲": [10.0] * 6, "乙": [8.0] * 6})
    assert centre("flexible", panel, "gdp_growth", 3)[0] == pytest.approx([8.0] * 3)
    assert centre("flexible", panel, "gdp_growth", 3)[1] == pytest.approx([10.0] * 3)
    assert centre("flexible", panel, "secondary_share", 2)[0] == pytest.approx([40.0, 40.0])


@needs_provinces
def test_persistence_of_the_provinces_is_near_the_published_scale() -> None:
    """The scale given for origins 2005–2013 with spread 0.85, 2.9, 4.4 and bare 1.16, 4.1, 6.1 at 1, 3, 5 years;
    here origins to 2009, so near is a fifth."""
    panel = read_panel(PROVINCES)
    rival = RIVALS["persistence"]
    made = {}
    for origin in range(2005, 2010):
        known = panel.up_to(origin)
        made[origin] = (known.regions, rival.forecast(known, 5))
    for horizon, dressed, bare in ((1, 0.85, 1.16), (3, 2.9, 4.1), (5, 4.4, 6.1)):
        found = cases("persistence", made, panel, "gdp_growth_cumulative", horizon)
        point = np.abs(found.quantiles[:, 49] - found.outcomes)
        assert origin_means(found.origins, crps(found.quantiles, found.outcomes)).mean() == pytest.approx(
            dressed, rel=0.2
        )
        assert origin_means(found.origins, point).mean() == pytest.approx(bare, rel=0.2)
