"""Population, public finance, energy, social, reporting and world: hand-worked values."""

from __future__ import annotations

from math import log
from types import ModuleType

import numpy as np
import pytest

from sim.equations import energy, population, public_finance, reporting, social, world
from tests.equation_cases import Case, Equation, Number, assert_gives, equations_of, given

MODULES: tuple[ModuleType, ...] = (population, public_finance, energy, social, reporting, world)

WORKED: list[Case] = [
    # 0.01 + 0.5 * 0.02 - 0.003
    (population.migration_rate,
     given(base_rate=0.01, growth_pull=0.5, relative_growth=0.02, shock=-0.003), 0.017),
    # 200 * (1 + 0.004 + 0.016) + 1.5
    (population.population_next,
     given(population=200.0, natural_rate=0.004, migration_rate=0.016, extra_migrants=1.5), 205.5),
    # 0.1 + 0.02 - 0.005
    (population.log_employment_next,
     given(log_employment=0.1, population_growth=0.02, participation_trend=-0.005), 0.115),
    # 1.2 + 0.03 + 2 * (-0.004) + 0.005 = 1.23 - 0.008 + 0.005
    (population.urbanisation_next,
     given(log_odds=1.2, speed=0.03, migration_response=2.0, migration_surprise=-0.004, shock=0.005), 1.227),
    # 0.8 / 0.2 = 4
    (population.logit, given(share=0.8), log(4)),
    # 4 / (1 + 4); 1 / (1 + 3)
    (population.share_of_logit, given(log_odds=(log(4), -log(3))), (0.8, 0.25)),
    # 0.9 * 0.07 - 0.01 + 0.1 * (-0.05) + 0.02 + 0.003 = 0.063 - 0.010 - 0.005 + 0.023
    (public_finance.revenue_growth,
     given(elasticity=0.9, nominal_growth=0.07, drift=-0.01, property_response=0.1, property_change=-0.05,
           lever_growth=0.02, shock=0.003), 0.071),
    # 0.95 * 0.06 + 0.005 + 0.01 - 0.002
    (public_finance.income_growth,
     given(elasticity=0.95, growth_per_head=0.06, drift=0.005, lever_growth=0.01, shock=-0.002), 0.07),
    # 0.05 + 0.012 + 0.02 - 0.007
    (public_finance.retail_growth,
     given(income_growth=0.05, population_growth=0.012, price_growth=0.02, shock=-0.007), 0.075),
    # 0.028 * 1.02 * 1.05 + 0.002 = 0.0299880 + 0.002
    (public_finance.research_intensity_next,
     given(research_intensity=0.028, drift=log(1.02), lever_change=0.002, shock=log(1.05)), 0.031988),
    # 0.08 + 0.5 * 0.04 + 0.01 - 0.03
    (public_finance.patent_growth,
     given(trend=0.08, research_response=0.5, research_growth=0.04, lever_growth=0.01, shock=-0.03), 0.08),
    # 6 * 1.1^2 * 1.25 * 1.2 + 0.5 = 6 * 1.815 + 0.5; the surprise gives ln 1.25 = 2 * (ln 1.25) / 2
    (public_finance.new_jobs,
     given(base=6.0, trend=log(1.1), years=2.0, elasticity=2.0, growth_surprise=log(1.25) / 2, extra=0.5,
           noise=log(1.2)), 11.39),
    # 1.0 * 1.05 / (1.25 * 1.2) = 0.7; 2.0 * 0.9 / 1.5 = 1.2
    (energy.energy_intensity_next,
     given(energy_intensity=(1.0, 2.0), efficiency_trend=log(1.25), lever_growth=log(1.2),
           shock=(log(1.05), log(0.9))), (0.7, 1.2)),
    # 2 * 100 + 0.5 * 300
    (energy.energy_use, given(energy_intensity=(2.0, 0.5), value_added=(100.0, 300.0)), 350.0),
    # 0.9 * 1.1 / (1.25 * 1.2)
    (energy.emission_factor_next,
     given(emission_factor=0.9, fuel_trend=log(1.25), lever_growth=log(1.2), shock=log(1.1)), 0.66),
    # 1 - 0.485 / 0.5; 1 - 0.51 / 0.5
    (energy.yearly_reduction, given(intensity=(0.485, 0.51), intensity_before=(0.5, 0.5)), (0.03, -0.02)),
    # 1.2 + 0.01 + 0.05 - 0.02; 81 + 0.15 + 0 + 0.1
    (social.bounded_next,
     given(state=(1.2, 81.0), drift=(0.01, 0.15), programme=(0.05, 0.0), shock=(-0.02, 0.1)), (1.24, 81.25)),
    # odds from 4 to 0.9 / 0.1 = 9; from 1 to 0.25 / 0.75; from 199 to no more than 0.9995 / 0.0005 = 1999
    (social.logit_change,
     given(share=(0.8, 0.5, 0.995), change=(0.1, -0.25, 0.01)), (log(9 / 4), -log(3), log(1999 / 199))),
    # 5000 * 1.04 * 1.05 + 100 = 5460 + 100
    (social.doctors_next, given(doctors=5000.0, growth=log(1.04), programme=100.0, shock=log(1.05)), 5560.0),
    # 67.5 + 17.7: the third line opens a year later, the second in the year itself
    (social.opened_length,
     given(lengths=(67.5, 17.7, 30.8), opening_year=(2018.0, 2025.0, 2026.0), year=2025.0), 85.2),
    # (2024 - 2023 + 1) / 4; (2024 - 2024 + 1) / 4; not yet; (2024 - 2018 + 1) / 4 is more than all
    (social.project_ramp,
     given(year=2024.0, commissioning=(2023.0, 2024.0, 2025.0, 2018.0), ramp_years=4.0),
     (0.5, 0.25, 0.0, 1.0)),
    # 1.02 * (1 + (0.2 * (0.08 - 0.05) + 0.0045) / 1.05) = 1.02 * (1 + 0.0105 / 1.05) = 1.02 * 1.01
    (reporting.reporting_factor_next,
     given(reporting_factor=1.02, lean=0.2, target_growth=0.08, growth=0.05, release_error=0.0045), 1.0302),
    # share 400 / 1000, shift -0.01: inside 0.39 / 0.40, outside 0.61 / 0.60, all times 1.02
    (reporting.census_factor,
     given(factor=(1.0, 1.1, 1.0), level_revision=0.02, nominal=(100.0, 400.0, 500.0),
           secondary=(0.0, 1.0, 0.0), share_shift=-0.01),
     (1.02 * 61 / 60, 1.1 * 1.02 * 39 / 40, 1.02 * 61 / 60)),
    # 1.05 * (0.95 * 100 + 0.2 * 500) = 1.05 * 195
    (reporting.marine_product,
     given(marine_share=(0.95, 0.2), nominal=(100.0, 500.0), log_coverage=log(1.05)), 204.75),
    # 0.012 + 0.2 * (-0.018 - 0.012) + 0.01
    (world.producer_price_growth, given(mean=0.012, persistence=0.2, previous=-0.018, shock=0.01), 0.016),
    # 0.25 * (-0.04) + 1 * (-0.05)
    (world.rare_event_gap_next, given(gap=-0.04, recovery=0.75, strikes=1.0, size=-0.05), -0.06),
    # 0.055 - 0.01 + 0.03
    (world.national_growth, given(trend_growth=0.055, gap=-0.03, gap_next=-0.01), 0.075),
    # 0.05 * 0.75 + 0.04 * 0.25
    (world.interpolate, given(low=0.05, high=0.04, weight=0.25), 0.0475),
]  # fmt: skip


@pytest.mark.parametrize(("equation", "arguments", "expected"), WORKED, ids=lambda x: getattr(x, "__name__", ""))
def test_hand_worked_values(equation: Equation, arguments: dict[str, np.ndarray], expected: Number) -> None:
    assert_gives(equation, arguments, expected)


def test_every_equation_of_these_blocks_is_worked_by_hand() -> None:
    assert equations_of(MODULES) == {equation.__name__ for equation, _, _ in WORKED}
