"""The year 2021 worked by hand (`worked_2021.py`) against the program, every source of uncertainty off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.experiment.drawing import draw_block
from sim.experiment.simulation import simulate_scenarios
from sim.language import Text
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.scenario.parts import Scenario
from tests.worked_2021 import CALIBRATION, CELLS, SECONDARY, work

SAME = 1e-9


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(CALIBRATION, "west_coast")


@pytest.fixture(scope="module")
def program(pack: Pack) -> Any:
    """The program's path with every source of uncertainty off."""
    block = draw_block(pack, 1, 0, 2035, frozenset())
    return simulate_scenarios(pack, [baseline()], block)[0]


def baseline() -> Any:
    """A scenario without levers."""
    return Scenario("baseline", Text("", ""), "", None, 2035, {}, {}, (), (), (), {}, ())


#: Where each step of the cells stands in the states of 2020 (0) and 2021 (1).
CELL_STEPS = {
    "value_added_2020": (0, "demand", "value_added"), "demand_gap_2020": (0, "demand", "demand_gap"),
    "capital_start_2020": (0, "capital", "capital_before"), "investment_2020": (0, "capital", "investment"),
    "capital_start_2021": (0, "capital", "capital"), "log_productivity_2020": (0, "supply", "log_productivity"),
    "trend_growth": (1, "supply", "cell_trend_growth"), "log_productivity": (1, "supply", "log_productivity"),
    "potential_output": (1, "supply", "potential_output"), "demand_gap": (1, "demand", "demand_gap"),
    "value_added": (1, "demand", "value_added"), "reference_capital_growth": (1, "capital", "reference_capital_growth"),
    "investment": (1, "capital", "investment"), "depreciation": (1, "capital", "depreciation"),
    "capital_start_2022": (1, "capital", "capital"), "deflator": (1, "prices", "deflator"),
    "value_added_nominal": (1, "prices", "nominal"), "energy_intensity": (1, "environment", "energy_intensity"),
}  # fmt: skip
DISTRICT_STEPS = {
    "population": ("people", "population"), "population_growth": ("people", "population_growth"),
    "log_employment": ("people", "log_employment"), "reference_employment_growth": ("people", "reference_growth"),
    "potential_growth": ("supply", "potential_growth"), "investment_deviation": ("formation", "growth_deviation"),
    "formation_deviation": ("formation", "deviation"), "gdp_real": ("demand", "gdp"), "growth": ("demand", "growth"),
    "growth_surprise": ("demand", "growth_surprise"), "gdp_nominal": ("prices", "gdp_nominal"),
    "consumer_price_growth": ("prices", "consumer_price_growth"), "exports": ("trade", "exports"),
    "imports": ("trade", "imports"), "trade_price": ("trade", "price"), "reporting_factor": ("reporting", "factor"),
}  # fmt: skip
INDICATOR_STEPS = (
    "gdp", "gdp_growth", "gdp_per_capita", "gdp_per_capita_usd", "manufacturing_share", "secondary_share",
    "services_share", "marine_gop", "marine_share", "marine_gop_growth", "fixed_asset_investment_growth",
    "trade_total", "fdi", "budget_revenue", "household_income", "household_income_growth", "retail_sales_growth",
    "high_value_patents", "new_urban_jobs", "population", "energy_intensity_reduction", "co2_intensity_reduction",
    "good_air_ratio", "good_water_ratio", "pension_coverage", "forest_cover", "life_expectancy", "schooling_years",
    "grain_capacity", "doctors_per_1000", "urbanisation_rate", "urbanisation_rate_census", "rail_length",
    "rd_intensity",
)  # fmt: skip


@pytest.mark.parametrize("step", CELL_STEPS)
def test_each_step_of_the_cells(step: str, program: Any) -> None:
    year, block, name = CELL_STEPS[step]
    found = getattr(getattr(program.states[year], block), name)[:, 0]
    assert found.tolist() == pytest.approx([work()[step][c] for c in CELLS], rel=SAME)


@pytest.mark.parametrize("step", DISTRICT_STEPS)
def test_each_step_of_the_district(step: str, program: Any) -> None:
    block, name = DISTRICT_STEPS[step]
    assert getattr(getattr(program.states[1], block), name)[0] == pytest.approx(work()[step], rel=SAME)


@pytest.mark.parametrize("name", INDICATOR_STEPS)
def test_each_indicator(name: str, program: Any) -> None:
    assert program.value(name)[1, 0] == pytest.approx(work()[name], rel=SAME)


def test_reports_are_what_happened(program: Any) -> None:
    """With reporting off neither lean, census nor marine coverage is left in any year."""
    for state in program.states:
        assert state.reporting.value_added_real == pytest.approx(state.demand.value_added, rel=SAME)
        assert state.reporting.value_added_nominal == pytest.approx(state.prices.nominal, rel=SAME)
        assert not state.reporting.log_coverage.any()


def test_the_lean_by_hand(pack: Pack, program: Any) -> None:
    """The centre of the lean put back: reported growth goes 0.15 of the way to 8 %, real output stays."""
    block = draw_block(pack, 1, 0, 2035, frozenset())
    lean = replace(block.parameters, reporting_lean=np.full(1, work()["reporting_lean"]))
    path = simulate_scenarios(pack, [baseline()], replace(block, parameters=lean))[0]
    assert work()["reporting_lean"] == pytest.approx(0.15)
    assert path.value("gdp_growth")[1, 0] == pytest.approx(work()["growth_with_lean"], rel=SAME)
    assert path.states[1].reporting.factor[0] == pytest.approx(work()["factor_with_lean"], rel=SAME)
    assert path.states[1].demand.gdp[0] == program.states[1].demand.gdp[0]


def test_the_hand_work_starts_from_the_plan() -> None:
    """Figures typed from the plan, so that a slip in reading the files cannot agree with itself."""
    y0 = work()["value_added_2020"]
    assert sum(y0.values()) == pytest.approx(3721.68, rel=1e-12)
    assert y0["manufacturing_marine"] + y0["manufacturing_other"] == pytest.approx(0.30 * 3721.68)
    assert y0["agriculture"] + y0["fishery"] == pytest.approx(82.25)
    assert sum(y0[c] for c in SECONDARY) == pytest.approx(1399.31)
    # fishery 0.975, marine manufacturing 0.95, other manufacturing and services 0.03, construction 0.25 and so on
    marine = {"agriculture": 0.01, "fishery": 0.975, "manufacturing_marine": 0.95, "manufacturing_other": 0.03}
    marine |= {"construction_utilities": 0.25, "services_marine": 0.95, "services_other": 0.03}
    assert sum(marine[c] * y0[c] for c in CELLS) == pytest.approx(0.37 * 3721.68)
