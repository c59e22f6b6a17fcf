"""Production, investment, demand, trade and prices: the ends, and several years, by hand."""

from __future__ import annotations

import itertools
from math import exp, log

import numpy as np
import pytest

from sim.equations import demand, investment, prices, production, trade


def one(number: float) -> np.ndarray:
    """A quantity of the district in one draw, (1,)."""
    return np.array([number])


def cells(*numbers: float) -> np.ndarray:
    """A vector of cells in one draw, (cell, 1)."""
    return np.array([[number] for number in numbers])


def given(**numbers: float | tuple[float, ...]) -> dict[str, np.ndarray]:
    """Arguments of an equation: a tuple is a vector of cells."""
    return {name: cells(*x) if isinstance(x, tuple) else one(x) for name, x in numbers.items()}


def test_growth_gap_stays_with_no_speed_and_closes_at_once_with_full_speed() -> None:
    still = production.growth_gap_next(**given(growth_gap=0.02, convergence_speed=0.0, mature_premium=0.005))
    closed = production.growth_gap_next(**given(growth_gap=0.02, convergence_speed=1.0, mature_premium=0.005))
    assert still == pytest.approx([0.02])
    assert closed == pytest.approx([0.005])


def test_growth_gap_falls_geometrically_and_never_passes_the_mature_premium() -> None:
    gap = one(0.025)
    for _ in range(20):
        gap = production.growth_gap_next(growth_gap=gap, convergence_speed=one(0.1), mature_premium=one(0.005))
    # 0.005 + 0.02 * 0.9^20 = 0.005 + 0.02 * 0.12157665459056929
    assert gap == pytest.approx([0.0074315330918113858])


def test_without_a_lever_the_reference_path_grows_at_trend() -> None:
    """Priors sit on potential growth: capital share and capital growth may not move it."""
    for share, capital_growth in ((0.3, 0.09), (0.6, 0.03)):
        inputs = given(capital_share=share, reference_capital_growth=capital_growth, reference_employment_growth=0.02)
        residual = production.productivity_growth(trend_growth=one(0.065), lever_growth=one(0.0), **inputs)
        before = given(log_productivity=1.0, productive_capital=100.0, log_employment=0.0, project_output=0.0)
        after = given(productive_capital=100.0 * exp(capital_growth), log_employment=0.02, project_output=0.0)
        after["log_productivity"] = 1.0 + residual
        first = production.potential_output(capital_share=one(share), **before)
        second = production.potential_output(capital_share=one(share), **after)
        assert np.log(second / first) == pytest.approx([0.065])


def test_constant_returns_to_capital_and_labour_and_none_to_projects() -> None:
    inputs = given(log_productivity=0.7, capital_share=0.45)
    small = production.potential_output(
        **inputs, **given(productive_capital=300.0, log_employment=0.1, project_output=20.0)
    )
    tripled = production.potential_output(
        **inputs, **given(productive_capital=900.0, log_employment=0.1 + log(3), project_output=60.0)
    )
    assert tripled == pytest.approx(3.0 * small)
    projects_only = production.potential_output(
        **inputs, **given(productive_capital=300.0, log_employment=0.1, project_output=21.0)
    )
    assert projects_only - small == pytest.approx([1.0])


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_potential_output_uses_only_the_factor_that_has_the_whole_share(share: float) -> None:
    found = production.potential_output(
        **given(log_productivity=log(2), capital_share=share, productive_capital=50.0, log_employment=log(7),
                project_output=0.0)
    )  # fmt: skip
    assert found == pytest.approx([100.0 if share == 1.0 else 14.0])


def test_base_productivity_reproduces_reported_value_added() -> None:
    share, capital, gap = cells(0.35, 0.5), cells(80.0, 900.0), cells(-0.03, 0.01)
    log_productivity = production.base_log_productivity(
        value_added=cells(50.0, 400.0), demand_gap=gap, capital=capital, capital_share=share
    )
    potential = production.potential_output(
        log_productivity=log_productivity, capital_share=share, productive_capital=capital,
        log_employment=one(0.0), project_output=cells(0.0, 0.0),
    )  # fmt: skip
    np.testing.assert_allclose(
        production.output(potential_output=potential, demand_gap=gap), cells(50.0, 400.0), rtol=1e-13
    )


def test_capital_growth_keeps_or_reaches_trend_at_the_ends_of_convergence() -> None:
    rates = given(reference_capital_growth=0.08, cell_trend_growth=0.05)
    assert investment.reference_capital_growth_next(**rates, capital_convergence=one(0.0)) == pytest.approx([0.08])
    assert investment.reference_capital_growth_next(**rates, capital_convergence=one(1.0)) == pytest.approx([0.05])


def test_ten_points_for_one_year_are_ten_points_for_that_year() -> None:
    deviation, before = one(0.0), one(0.0)
    seen = []
    for lever in (0.10, 0.0, 0.0):
        deviation = investment.investment_growth_deviation(
            previous_deviation=deviation, lever_growth=one(lever), previous_lever_growth=before,
            **given(own_lag=0.65, accelerator=0.3, growth_surprise=0.0, shock=0.0),
        )  # fmt: skip
        before = one(lever)
        seen.append(float(deviation[0]))
    assert seen == pytest.approx([0.10, 0.0, 0.0])


def test_a_shock_to_investment_dies_out_at_its_own_lag() -> None:
    quiet = given(own_lag=0.5, accelerator=0.3, growth_surprise=0.0, lever_growth=0.0, previous_lever_growth=0.0)
    deviation = investment.investment_growth_deviation(previous_deviation=one(0.0), shock=one(0.08), **quiet)
    for expected in (0.04, 0.02, 0.01):
        deviation = investment.investment_growth_deviation(previous_deviation=deviation, shock=one(0.0), **quiet)
        assert deviation == pytest.approx([expected])


def test_capital_grows_as_the_reference_path_says() -> None:
    """Formation of the reference path and depreciation together give the growth they were made from."""
    capital, growth, rate = cells(1000.0, 250.0), cells(0.07, -0.02), one(0.096)
    formation = investment.reference_formation(
        reference_capital=capital, reference_capital_growth=growth, depreciation_rate=rate
    )
    actual = investment.investment(
        reference_formation=formation, formation_deviation=one(0.0), allocation=cells(0.0, 0.0),
        project_spending=cells(0.0, 0.0),
    )  # fmt: skip
    after = investment.capital_next(
        capital=capital, investment=actual,
        depreciation=investment.depreciation(capital=capital, depreciation_rate=rate),
    )  # fmt: skip
    np.testing.assert_allclose(np.log(after / capital), growth, rtol=1e-12)


def test_constant_capital_needs_formation_equal_to_depreciation() -> None:
    still = investment.reference_formation(
        reference_capital=one(400.0), reference_capital_growth=one(0.0), depreciation_rate=one(0.1)
    )
    assert still == pytest.approx(investment.depreciation(capital=one(400.0), depreciation_rate=one(0.1)))


def test_a_cell_never_loses_more_than_nine_tenths_of_its_formation() -> None:
    shift = investment.allocation_shift(share_shift=cells(-0.3, -0.26, 0.9), base_share=cells(0.3, 0.3, 0.3))
    np.testing.assert_allclose(shift, cells(-0.9, -0.26 / 0.3, 3.0), rtol=1e-14)


def test_moved_points_of_formation_leave_the_sum_as_it_was() -> None:
    share = cells(0.2, 0.5, 0.3)
    shift = investment.allocation_shift(share_shift=cells(0.05, -0.02, -0.03), base_share=share)
    moved = investment.investment(
        reference_formation=800.0 * share, formation_deviation=one(0.0), allocation=shift,
        project_spending=cells(0.0, 0.0, 0.0),
    )  # fmt: skip
    np.testing.assert_allclose(moved, cells(200.0, 384.0, 216.0), rtol=1e-13)  # 0.25, 0.48 and 0.27 of 800


def test_a_gap_driven_by_news_follows_the_driver_itself() -> None:
    """z = exposure * x in every year, whatever the persistence."""
    driver = (-0.05, -0.02, 0.03, 0.01, -0.04)
    gap = cells(0.3 * driver[0])
    nothing = {
        f"{name}_{kind}": cells(0.0)
        for name in ("investment", "property", "national")
        for kind in ("impulse", "exposure")
    }
    for level, level_next in itertools.pairwise(driver):
        news = demand.impulse(level_next=one(level_next), level=one(level), persistence=one(0.45))
        gap = demand.demand_gap_next(
            demand_gap=gap, persistence=one(0.45), trade_impulse=news, trade_exposure=cells(0.3),
            entrepot_impulse=cells(0.0), shock=cells(0.0), **nothing,
        )  # fmt: skip
        np.testing.assert_allclose(gap, cells(0.3 * level_next), rtol=1e-13)


def test_dearer_home_goods_sell_less_abroad() -> None:
    rest = given(demand_elasticity=1.5, world_trade_growth=0.03, price_elasticity=-0.6, lever_growth=0.0, shock=0.0)
    cheap = trade.export_volume_growth(relative_price_growth=one(0.0), **rest)
    dear = trade.export_volume_growth(relative_price_growth=one(0.05), **rest)
    assert dear - cheap == pytest.approx([-0.03])  # -0.6 * 0.05


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0.06), (1.0, 0.1)])
def test_imports_follow_output_without_processing_and_exports_with_nothing_else(share: float, expected: float) -> None:
    found = trade.import_volume_growth(
        **given(output_elasticity=1.0, output_growth=0.05, processing_share=share, export_growth=0.1,
                lever_growth=0.02, shock=-0.01)
    )  # fmt: skip
    assert found == pytest.approx([expected])


def test_producer_prices_at_their_mean_leave_only_trend_and_shock() -> None:
    at_mean = given(producer_price_growth=0.012, producer_price_mean=0.012)
    assert prices.deflator_growth(
        price_trend=one(0.01), producer_price_response=one(1.0), shock=one(0.002), **at_mean
    ) == pytest.approx([0.012])
    assert prices.consumer_price_growth(
        mean=one(0.018), producer_price_response=one(0.3), shock=one(0.0), **at_mean
    ) == pytest.approx([0.018])
    assert trade.trade_price_growth(
        **at_mean,
        **given(price_response=0.5, price_trend=0.007, exchange_rate_growth=0.0, exchange_rate_response=0.8),
    ) == pytest.approx([0.007])


def test_a_passing_deviation_of_foreign_capital_leaves_its_level_as_it_was() -> None:
    path = (0.0, 0.3, -0.2, 0.0)
    steady = given(trend=0.0, growth_response=0.8, growth_surprise=0.0, lever_growth=0.0)
    level = one(9.0)
    for before, after in itertools.pairwise(path):
        growth = trade.foreign_investment_growth(deviation=one(before), deviation_next=one(after), **steady)
        level = trade.level_next(level=level, log_growth=growth)
    assert level == pytest.approx([9.0])
