"""What holds in every draw and every year, all sources of uncertainty on: the accounts, and the base year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.experiment.drawing import draw_block
from sim.experiment.simulation import Path as Run
from sim.experiment.simulation import simulate_scenarios
from sim.language import Text
from sim.randomness import BLOCK, SOURCES
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.scenario.parts import AssumptionPath, Event, Project, Scenario

CALIBRATION = Path(__file__).resolve().parents[1] / "calibration"
HORIZON = 2035
YEARS = tuple(range(2021, HORIZON + 1))
SAME = 1e-9


def busy() -> Scenario:
    """Levers, a project and an event together, so that every term of the accounts is at work."""

    def lever(id_: str, low: float, high: float) -> AssumptionPath:
        return AssumptionPath(id_, YEARS, (low,) * len(YEARS), (high,) * len(YEARS))

    levers = {
        "investment_growth": lever("investment_growth", 1.0, 4.0),
        "marine_investment_share": lever("marine_investment_share", 2.0, 2.0),
        "trade_growth": lever("trade_growth", -2.0, 3.0),
        "net_migration": lever("net_migration", 0.5, 0.5),
    }
    project = Project("p", Text("", ""), "manufacturing_other", 200.0, 2021, 2023, 60.0, 0.6, (0.5, 0.3, 0.2), 0.7)
    event = Event("e", Text("", ""), "demand", None, 0.1, -5.0, -2.0, 2)
    return Scenario("busy", Text("", ""), "", None, HORIZON, levers, {}, (project,), (event,), (), {}, ())


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(CALIBRATION, "west_coast")


@pytest.fixture(scope="module")
def block(pack: Pack) -> Any:
    return draw_block(pack, 7, 0, HORIZON, frozenset(SOURCES))


@pytest.fixture(scope="module", params=["baseline", "busy"])
def run(request: pytest.FixtureRequest, pack: Pack, block: Any) -> Run:
    quiet = Scenario("baseline", Text("", ""), "", None, HORIZON, {}, {}, (), (), (), {}, ())
    return simulate_scenarios(pack, [quiet if request.param == "baseline" else busy()], block)[0]


def close(found: Any, expected: Any) -> bool:
    return bool(np.allclose(found, expected, rtol=SAME, atol=0.0))


def test_the_cells_add_up_to_gdp(run: Run) -> None:
    for t, state in enumerate(run.states):
        real, nominal = state.reporting.value_added_real, state.reporting.value_added_nominal
        assert real.shape == (7, BLOCK)
        assert (real > 0.0).all()
        assert close(run.value("gdp_real")[t], sum(real))
        assert close(run.value("gdp")[t], sum(nominal))
        assert close(state.demand.gdp, sum(state.demand.value_added))
        assert close(state.prices.gdp_nominal, sum(state.demand.value_added * state.prices.deflator))


def test_capital_closes(run: Run) -> None:
    for before, now in zip(run.states[:-1], run.states[1:], strict=True):
        assert np.array_equal(now.capital.capital_before, before.capital.capital)
        closing = now.capital.capital_before + now.capital.investment - now.capital.depreciation
        assert close(now.capital.capital, closing)
        assert (now.capital.capital > 0.0).all()
        assert (now.capital.investment >= 0.0).all()


def test_shares_sum_to_one_hundred(run: Run) -> None:
    whole = run.value("primary_share") + run.value("secondary_share") + run.value("services_share")
    assert close(whole, 100.0)
    for name in ("primary_share", "manufacturing_share", "services_share", "marine_share"):
        assert ((run.value(name) > 0.0) & (run.value(name) < 100.0)).all()
    assert (run.value("manufacturing_share") < run.value("secondary_share")).all()


def test_contributions_sum_to_growth(run: Run) -> None:
    for t in range(1, len(run.states)):
        before, now = run.states[t - 1].reporting, run.states[t].reporting
        points = [100.0 * (b - a) / sum(before.value_added_real)
                  for a, b in zip(before.value_added_real, now.value_added_real, strict=True)]  # fmt: skip
        assert np.abs(sum(points) - run.value("gdp_growth")[t]).max() < 1e-9 * 100.0


def test_growth_is_that_of_the_levels(run: Run) -> None:
    level = run.value("gdp_real")
    assert close(1.0 + run.value("gdp_growth")[1:] / 100.0, level[1:] / level[:-1])
    years = np.arange(1, len(level))[:, None]
    assert close((1.0 + run.value("gdp_growth_average")[1:] / 100.0) ** years, level[1:] / level[0])


def test_the_marine_economy_overlays_the_cells(run: Run, block: Any) -> None:
    for state in run.states:
        counted = block.parameters.marine_share * state.reporting.value_added_nominal
        assert close(state.reporting.marine_gop, np.exp(state.reporting.log_coverage) * sum(counted))


@pytest.mark.parametrize("number", range(5))
def test_a_marine_share_is_a_share(pack: Pack, number: int) -> None:
    share = draw_block(pack, 1, number, 2021, frozenset(SOURCES)).parameters.marine_share
    assert ((share >= 0.0) & (share <= 1.0)).all()


def test_the_nominal_is_the_real_at_the_deflator(run: Run) -> None:
    for state in run.states:
        report = state.reporting
        implied = report.value_added_nominal / report.value_added_real
        assert close(implied, state.prices.deflator * report.census_factor)


def test_people_close(run: Run, block: Any) -> None:
    for before, now in zip(run.states[:-1], run.states[1:], strict=True):
        assert close(np.exp(now.people.population_growth), now.people.population / before.people.population)


#: The plan's column of 2020, typed from its table, and half a unit of the last printed digit. The census figure is
#: known from copies of its publication only: one hundredth of it wider.
BASE_YEAR = {
    "gdp": (3721.68, 0.005), "gdp_growth": (3.9, 0.05), "manufacturing_share": (30.0, 0.5), "marine_share": (37.0, 0.5),
    "rd_intensity": (2.8, 0.05), "high_value_patents": (57.0, 0.5), "fdi": (13.3, 0.05), "trade_total": (2078.0, 0.5),
    "urbanisation_rate": (80.7, 0.05), "rail_length": (67.5, 0.05), "energy_intensity_reduction": (1.15, 0.005),
    "good_air_ratio": (78.0, 0.5), "good_water_ratio": (52.38, 0.005), "forest_cover": (23.09, 0.005),
    "life_expectancy": (81.4, 0.05), "household_income_growth": (6.0, 0.5), "new_urban_jobs": (8.0, 0.5),
    "doctors_per_1000": (2.9, 0.05), "schooling_years": (13.0, 0.5), "pension_coverage": (97.0, 0.5),
    "grain_capacity": (25.65, 0.005), "budget_revenue": (267.2, 0.05), "population": (190.35950, 0.00005 + 1.903595),
    "primary_share": (100 * 82.25 / 3721.68, 0.0003), "secondary_share": (100 * 1399.31 / 3721.68, 0.0003),
}  # fmt: skip


@pytest.mark.parametrize("name", BASE_YEAR)
def test_the_base_year_is_the_reported_one(name: str, run: Run) -> None:
    printed, half = BASE_YEAR[name]
    start = run.value(name)[0]
    assert np.abs(start - printed).max() <= half * (1.0 + 1e-9)


def test_the_base_year_does_not_sit_on_one_number(run: Run) -> None:
    """What is rounded is uncertain: the draws fill the interval that the printed digits leave open."""
    start = run.value("manufacturing_share")[0]
    assert start.min() < 29.51
    assert start.max() > 30.49


def test_every_figure_is_a_number(run: Run) -> None:
    assert np.isfinite(run.values[:, 1:]).all()
