"""Population, finance, energy, social, reporting and world: the ends, and several years, by hand."""

from __future__ import annotations

import itertools
from math import log

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from sim.equations import energy, population, public_finance, reporting, social, world


def one(number: float) -> np.ndarray:
    """A quantity of the district in one draw, (1,)."""
    return np.array([number])


def rows(*numbers: float) -> np.ndarray:
    """A vector of cells, lines, projects or bounded indicators in one draw, (row, 1)."""
    return np.array([[number] for number in numbers])


def given(**numbers: float | tuple[float, ...]) -> dict[str, np.ndarray]:
    """Arguments of an equation: a tuple is a vector."""
    return {name: rows(*x) if isinstance(x, tuple) else one(x) for name, x in numbers.items()}


def test_a_population_without_births_deaths_or_moves_stays() -> None:
    nothing = given(natural_rate=0.0, migration_rate=0.0, extra_migrants=0.0)
    assert population.population_next(population=one(200.0), **nothing) == pytest.approx([200.0])


def test_people_leave_a_district_that_falls_far_enough_behind() -> None:
    rates = given(base_rate=0.01, growth_pull=0.5, shock=0.0)
    assert population.migration_rate(relative_growth=one(-0.02), **rates) == pytest.approx([0.0])
    assert population.migration_rate(relative_growth=one(-0.03), **rates) < 0.0


def test_log_odds_are_odd_about_one_half_and_undo_the_share() -> None:
    share = np.array([1e-9, 0.02, 0.5, 0.98])
    odds = population.logit(share=share)
    assert odds[2] == 0.0
    assert odds[1] == pytest.approx(-odds[3])
    np.testing.assert_allclose(population.share_of_logit(log_odds=odds), share, rtol=1e-12)


@for_all(share=st.floats(1e-6, 1.0 - 1e-6))
def test_log_odds_and_share_undo_each_other(share: float) -> None:
    assert population.share_of_logit(log_odds=population.logit(share=one(share))) == pytest.approx([share], rel=1e-9)


def test_urban_odds_grow_by_the_same_factor_every_year_when_nobody_moves_unexpectedly() -> None:
    # 5 steps of ln 1.1 from odds of 2: 2 * 1.61051 = 3.22102, a share of 3.22102 / 4.22102
    odds = one(log(2.0))
    for _ in range(5):
        odds = population.urbanisation_next(
            log_odds=odds, **given(speed=log(1.1), migration_response=7.0, migration_surprise=0.0, shock=0.0)
        )
    assert population.share_of_logit(log_odds=odds) == pytest.approx([3.22102 / 4.22102])


def test_urbanisation_stands_still_when_enough_people_leave() -> None:
    # 4 * (-0.01) takes back the year's step of 0.04; without a response leaving changes nothing
    leaving = given(log_odds=1.5, speed=0.04, migration_surprise=-0.01, shock=0.0)
    assert population.urbanisation_next(migration_response=one(4.0), **leaving) == pytest.approx([1.5])
    assert population.urbanisation_next(migration_response=one(5.0), **leaving) < 1.5
    assert population.urbanisation_next(migration_response=one(0.0), **leaving) == pytest.approx([1.54])


def test_a_share_approaches_its_bounds_and_never_leaves_them() -> None:
    ends = population.share_of_logit(log_odds=np.array([-30.0, 0.0, 30.0]))
    assert 0.0 < ends[0] < 1e-12
    assert ends[1] == 0.5
    assert 1.0 - 1e-12 < ends[2] < 1.0


def test_revenue_with_unit_elasticity_keeps_its_share_of_gdp() -> None:
    quiet = given(drift=0.0, property_response=0.2, property_change=0.0, lever_growth=0.0, shock=0.0)
    assert public_finance.revenue_growth(elasticity=one(1.0), nominal_growth=one(0.083), **quiet) == pytest.approx(
        [0.083]
    )


def test_retail_sales_follow_spending_power_when_nothing_disturbs_them() -> None:
    # real income a head +5 %, heads +2 %, prices +3 %: money spent grows by 1.05 * 1.02 * 1.03
    growth = public_finance.retail_growth(
        **given(income_growth=log(1.05), population_growth=log(1.02), price_growth=log(1.03), shock=0.0)
    )
    assert np.exp(growth) == pytest.approx([1.05 * 1.02 * 1.03])


def test_research_never_falls_below_a_tenth_of_a_percent_of_gdp() -> None:
    quiet = given(research_intensity=0.02, drift=0.0, shock=0.0)
    assert public_finance.research_intensity_next(lever_change=one(-0.05), **quiet) == pytest.approx([0.001])
    assert public_finance.research_intensity_next(lever_change=one(-0.0189), **quiet) == pytest.approx([0.0011])


def test_new_jobs_start_at_the_base_and_are_never_negative() -> None:
    calm = given(base=6.0, trend=-0.02, elasticity=2.0, growth_surprise=0.0, noise=0.0)
    assert public_finance.new_jobs(years=one(0.0), extra=one(0.0), **calm) == pytest.approx([6.0])
    assert public_finance.new_jobs(years=one(0.0), extra=one(-7.0), **calm) == pytest.approx([0.0])


def test_energy_use_grows_with_output_when_efficiency_stands_still() -> None:
    calm = given(efficiency_trend=0.0, lever_growth=0.0, shock=(0.0, 0.0))
    intensity = energy.energy_intensity_next(energy_intensity=rows(1.5, 0.4), **calm)
    before = energy.energy_use(energy_intensity=rows(1.5, 0.4), value_added=rows(100.0, 300.0))
    after = energy.energy_use(energy_intensity=intensity, value_added=1.07 * rows(100.0, 300.0))
    assert after / before == pytest.approx([1.07])
    assert energy.yearly_reduction(intensity=intensity, intensity_before=rows(1.5, 0.4)) == pytest.approx(rows(0, 0))


def test_intensity_falls_when_output_moves_to_the_thrifty_cell() -> None:
    intensity = rows(2.0, 0.5)
    heavy = energy.energy_use(energy_intensity=intensity, value_added=rows(200.0, 200.0)) / 400.0
    light = energy.energy_use(energy_intensity=intensity, value_added=rows(100.0, 300.0)) / 400.0
    # 500 / 400 = 1.25 and 350 / 400 = 0.875: a fall of 0.375 / 1.25
    assert energy.yearly_reduction(intensity=light, intensity_before=heavy) == pytest.approx([0.3])


def test_five_equal_yearly_reductions_compound() -> None:
    factor, path = one(1.0), [1.0]
    for _ in range(5):
        factor = energy.emission_factor_next(
            emission_factor=factor, fuel_trend=one(-log(0.97)), lever_growth=one(0.0), shock=one(0.0)
        )
        path.append(float(factor[0]))
    # 0.97^5 = 0.8587340257
    assert path[-1] == pytest.approx(0.8587340257)
    assert energy.yearly_reduction(intensity=one(path[5]), intensity_before=one(path[4])) == pytest.approx([0.03])


@pytest.mark.parametrize("share", [0.1, 0.5, 0.83])
def test_change_of_log_odds_is_the_slope_of_the_curve(share: float) -> None:
    step = 1e-6
    slope = 2 * step / (share * (1.0 - share))
    assert social.logit_change(share=one(share - step), change=one(2 * step)) == pytest.approx([slope], rel=1e-8)
    assert social.logit_change(share=one(share + step), change=one(-2 * step)) == pytest.approx([-slope], rel=1e-8)


@for_all(share=st.floats(0.001, 0.999), reached=st.floats(0.001, 0.999))
def test_a_programme_moves_the_share_by_the_points_it_promises(share: float, reached: float) -> None:
    change = social.logit_change(share=one(share), change=one(reached - share))
    odds = log(share / (1.0 - share)) + change
    assert 1.0 / (1.0 + np.exp(-odds)) == pytest.approx([reached], rel=1e-9)
    assert np.sign(change) == np.sign(reached - share) or abs(reached - share) < 1e-12


@pytest.mark.parametrize("share", [0.9995, 0.9999])
def test_at_the_ceiling_a_programme_adds_nothing_and_at_the_floor_takes_nothing(share: float) -> None:
    assert social.logit_change(share=one(share), change=one(0.02)) == pytest.approx([0.0], abs=1e-12)
    assert social.logit_change(share=one(1.0 - share), change=one(-0.02)) == pytest.approx([0.0], abs=1e-12)


def test_a_programme_larger_than_what_is_left_stops_at_the_bound() -> None:
    # from odds of 4 to 0.9995 / 0.0005 = 1999, and the mirror of it; from beyond the bound the way back is open
    assert social.logit_change(share=one(0.8), change=one(0.7)) == pytest.approx([log(1999 / 4)])
    assert social.logit_change(share=one(0.2), change=one(-0.7)) == pytest.approx([-log(1999 / 4)])
    assert social.logit_change(share=one(0.9999), change=one(-0.0999)) == pytest.approx([log(9 / 9999)])


def test_a_programme_of_points_every_year_never_carries_a_share_to_one() -> None:
    # 0.95 and three points a year: 0.98, then the ceiling and no further
    odds, path = one(log(19.0)), []
    for _ in range(4):
        share = 1.0 / (1.0 + np.exp(-odds))
        odds = odds + social.logit_change(share=share, change=one(0.03))
        path.append(float(1.0 / (1.0 + np.exp(-odds[0]))))
    assert path == pytest.approx([0.98, 0.9995, 0.9995, 0.9995])


def test_doctors_cannot_be_fewer_than_none() -> None:
    assert social.doctors_next(**given(doctors=10.0, growth=0.0, programme=-25.0, shock=0.0)) == pytest.approx([0.0])


def test_a_line_runs_from_its_opening_year_on() -> None:
    line = given(lengths=(30.8,), opening_year=(2026.0,))
    opened = [float(social.opened_length(year=np.array(year), **line)[0]) for year in (2025.0, 2026.0, 2040.0)]
    assert opened == [0.0, 30.8, 30.8]


def test_no_line_is_no_length_in_every_draw() -> None:
    none = social.opened_length(lengths=np.zeros((0, 3)), opening_year=np.zeros((0, 3)), year=np.array(2025.0))
    assert none.tolist() == [0.0, 0.0, 0.0]


def test_a_project_of_one_year_is_at_full_output_at_once() -> None:
    shares = [
        float(social.project_ramp(year=one(y), commissioning=rows(2023.0), ramp_years=one(1.0))[0, 0])
        for y in (2022.0, 2023.0, 2024.0)
    ]
    assert shares == [0.0, 1.0, 1.0]


@pytest.mark.parametrize(("lean", "error", "reported"), [(0.0, 0.0, 0.05), (1.0, 0.0, 0.08), (0.3, -0.002, 0.057)])
def test_reported_growth_is_actual_growth_leaning_towards_the_target(
    lean: float, error: float, reported: float
) -> None:
    # 0.05 + lean * (0.08 - 0.05) + error
    before, actual = one(1.03), 1.05
    after = reporting.reporting_factor_next(
        reporting_factor=before, lean=one(lean), target_growth=np.array(0.08), growth=one(actual - 1.0),
        release_error=one(error),
    )  # fmt: skip
    assert after * actual / before - 1.0 == pytest.approx([reported])


@pytest.mark.parametrize(("shift", "share"), [(0.0, 0.40), (0.03, 0.43), (-0.5, 0.20), (0.9, 0.70)])
def test_a_census_moves_the_level_and_the_secondary_share_as_told(shift: float, share: float) -> None:
    """The shift is held to half of what is there: from 0.40 to no less than 0.20 and no more than 0.70."""
    nominal, secondary = rows(100.0, 150.0, 250.0, 500.0), rows(0.0, 1.0, 1.0, 0.0)
    before = rows(1.0, 0.9, 1.2, 1.1)
    after = reporting.census_factor(
        factor=before, level_revision=one(0.04), nominal=nominal, secondary=secondary, share_shift=one(shift)
    )
    revised = nominal * after / before
    assert revised.sum(axis=0) == pytest.approx([1040.0])
    assert (revised * secondary).sum(axis=0) / revised.sum(axis=0) == pytest.approx([share])
    # proportions inside the secondary industry and outside it stay as they were
    assert revised[1] / revised[2] == pytest.approx([0.6])
    assert revised[0] / revised[3] == pytest.approx([0.2])


def test_all_marine_at_base_coverage_is_gdp_and_none_is_nothing() -> None:
    nominal = rows(100.0, 500.0)
    whole = reporting.marine_product(marine_share=rows(1.0, 1.0), nominal=nominal, log_coverage=one(0.0))
    assert whole == pytest.approx([600.0])
    assert reporting.marine_product(marine_share=rows(0.0, 0.0), nominal=nominal, log_coverage=one(0.3)) == [0.0]


def test_producer_prices_return_to_their_mean() -> None:
    growth = one(-0.018)
    for _ in range(3):
        growth = world.producer_price_growth(mean=one(0.012), persistence=one(0.2), previous=growth, shock=one(0.0))
    assert growth == pytest.approx([0.012 - 0.03 * 0.008])  # 0.2^3 = 0.008


@pytest.mark.parametrize(("recovery", "left"), [(0.0, -0.05), (0.6, -0.02), (1.0, 0.0)])
def test_a_rare_event_is_won_back_the_year_after(recovery: float, left: float) -> None:
    struck = world.rare_event_gap_next(**given(gap=0.0, recovery=recovery, strikes=1.0, size=-0.05))
    after = world.rare_event_gap_next(gap=struck, **given(recovery=recovery, strikes=0.0, size=-0.05))
    assert struck == pytest.approx([-0.05])
    assert after == pytest.approx([left])


def test_national_growth_over_a_closed_cycle_is_its_trend() -> None:
    gaps = (-0.03, 0.01, 0.02, -0.03)
    growth = [
        float(world.national_growth(trend_growth=one(0.05), gap=one(a), gap_next=one(b))[0])
        for a, b in itertools.pairwise(gaps)
    ]
    assert growth == pytest.approx([0.09, 0.06, 0.0])
    assert sum(growth) / 3 == pytest.approx(0.05)


@pytest.mark.parametrize(("weight", "value"), [(0.0, 0.05), (0.5, 0.04), (1.0, 0.03)])
def test_a_path_passes_through_its_anchors(weight: float, value: float) -> None:
    found = world.interpolate(low=one(0.05), high=one(0.03), weight=np.array(weight))
    assert found == pytest.approx([value], rel=1e-15)
