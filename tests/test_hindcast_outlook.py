"""The outlook of province forecasts: what regions have in common is data, later information is not known earlier."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.errors import SimError
from sim.hindcast.outlook import FIRST_YEAR, Outlook, national_history, read_outlook
from sim.hindcast.province import Province, no_policy, without_shifts
from sim.panel import Panel
from sim.parameters.priors import Priors
from sim.randomness import BLOCK, SOURCES, Array, Draws
from sim.resources import data_path

EVERYTHING = frozenset(SOURCES)


def panel_of(growth: Array, first_year: int = 2000) -> Panel:
    """Regions whose GDP and secondary industry grow by `growth` (region, year) [log], at constant prices."""
    years = tuple(range(first_year, first_year + growth.shape[1]))
    level, index = 1000.0 * np.exp(np.cumsum(growth, axis=1)), 100.0 * np.exp(growth)
    values = {"gdp_index": index, "secondary_index": index, "secondary_va": level}
    return Panel(tuple(f"{i:02d}" for i in range(len(growth))), years, values, "panel.csv")


def varied() -> Panel:
    """Three regions whose growth differs and moves together."""
    common = 0.10 + 0.01 * np.sin(np.arange(11))
    return panel_of(np.stack([common + lead for lead in (-0.01, 0.0, 0.02)]))


def outlook_of(panel: Panel) -> Outlook:
    return Outlook(read_outlook(data_path("calibration", "provinces", "outlook.yaml")), national_history(panel))


def test_what_regions_have_in_common() -> None:
    growth = np.array([[0.08, 0.10, 0.12], [0.10, 0.10, np.nan]])
    panel = panel_of(growth, first_year=2001)
    found = national_history(panel)
    assert found.growth == pytest.approx([np.nan, 0.09, 0.10, 0.12], nan_ok=True)  # rows from 2000 on
    assert found.regions_growth == pytest.approx([0.0, 2.0, 2.0, 1.0])


def test_years_before_the_outlook_are_left_out() -> None:
    found = national_history(panel_of(np.full((1, 8), 0.1), first_year=1997))
    assert len(found.growth) == 5
    assert found.origin == 2004


def test_an_origin_without_information_is_refused() -> None:
    with pytest.raises(SimError, match=str(FIRST_YEAR)):
        national_history(panel_of(np.full((1, 5), 0.1), first_year=1995))


def test_later_lines_are_not_known_earlier() -> None:
    priors = read_outlook(data_path("calibration", "provinces", "outlook.yaml"))
    steep = replace(priors.scalars["drift_2011"], low=-9.0, centre=-9.0, high=-9.0)
    other = replace(priors, scalars={**priors.scalars, "drift_2011": steep})
    draws = Draws(1, 0, EVERYTHING)

    def trend(lines: Priors, years: int) -> Array:
        history = national_history(panel_of(np.full((3, years), 0.10)))
        return Outlook(lines, history).world(draws, range(2005, 2014)).national_trend_growth

    assert (trend(priors, 11) == trend(other, 11)).all()  # origin 2010
    # At origin 2011 the drift is known and acts from 2012 on: two years of -9 points instead of -0.3 by 2013.
    change = (trend(other, 12) - trend(priors, 12)).mean(axis=1)
    assert change[-1] == pytest.approx(2 * (-0.09 + 0.003), abs=0.002)
    assert abs(change[0]) < 1e-12


def test_common_history_is_data() -> None:
    panel = varied()
    world = outlook_of(panel).world(Draws(1, 0, EVERYTHING), range(2003, 2014))
    common = 0.10 + 0.01 / 3 + 0.01 * np.sin(np.arange(3, 11))
    # The mean of three provinces has an error of 1.3 / sqrt(3) = 0.75 points; the posterior is narrower than that.
    assert np.abs(world.national_growth[:8].mean(axis=1) - common).max() < 0.0075
    assert world.national_growth[:8].std(axis=1).max() < 0.0075
    assert world.national_growth[8:].std(axis=1).min() > 0.0075


def test_growth_returns_after_an_event_that_has_happened() -> None:
    growth = np.full((20, 21), 0.08)
    growth[:, 20] = 0.03  # 2020
    world = outlook_of(panel_of(growth)).world(Draws(1, 0, EVERYTHING), range(2015, 2023))
    rebound = (world.national_growth - world.national_trend_growth).mean(axis=1)
    assert rebound[5] < -0.025
    assert rebound[6] > 0.015


def test_the_lift_of_shifting_weights_by_hand() -> None:
    world = outlook_of(varied()).world(Draws(1, 0, EVERYTHING), range(2005, 2012))
    premium = np.array([[0.02], [0.0], [-0.02]]) * np.ones((1, BLOCK))
    flat = without_shifts(world, premium, Province("x", np.array([1.0, 0.0, 1.0])))
    # Two cells of equal weight, leads +2 and -2 %: their sum gains 0.02 tanh(0.02 t).
    lift = world.national_trend_growth - flat.national_trend_growth
    assert lift == pytest.approx((0.02 * np.tanh(0.02 * np.arange(7)))[:, None] * np.ones((1, BLOCK)))


def test_no_policy_is_nothing() -> None:
    policy = no_policy(3)
    assert not policy.investment_growth.any()
    assert policy.project_output.shape == (3, 3, 1)
