"""What holds for every equation, found by introspection, for numbers nobody chose.

All arguments are drawn from (0.05, 0.95), where every equation is defined: shares are shares, levels are
positive and no floor or ceiling is touched unless a test says so.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import sim.equations

Equation = Callable[..., Any]
SIZES = {"cell": 3, "bounded": 2, "project": 4, "line": 3, "draw": 5, "1": 1}
DRAWS = SIZES["draw"]


def all_equations() -> dict[str, Equation]:
    """Every public function of the equation files as 'file.name'."""
    found = {}
    for part in pkgutil.iter_modules(sim.equations.__path__):
        module = importlib.import_module(f"sim.equations.{part.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__:
                found[f"{part.name}.{name}"] = function
    return found


EQUATIONS = all_equations()
every_equation = pytest.mark.parametrize("name", sorted(EQUATIONS))


def declared_shape(line: str) -> tuple[int, ...]:
    """Shape that a docstring names, the first if there are two; (draw,) where any will do."""
    named = re.match(r"\(([a-z0-9, ]*)\)", line.strip())
    if named is None:
        return (DRAWS,)
    return tuple(SIZES[axis] for axis in re.findall(r"[a-z0-9]+", named[1]))


def shapes_of(function: Equation) -> dict[str, tuple[int, ...]]:
    """Shape of every argument, read from the docstring."""
    text = inspect.getdoc(function) or ""
    return {
        name: declared_shape(re.search(rf"^{name} : (.*)$", text, re.MULTILINE)[1])  # type: ignore[index]
        for name in inspect.signature(function).parameters
    }


def result_shape(function: Equation) -> tuple[int, ...]:
    """Shape of the result, read from the docstring."""
    text = inspect.getdoc(function) or ""
    return declared_shape(re.search(r"Returns\n-+\n(.*)$", text, re.MULTILINE)[1])  # type: ignore[index]


def numbers(shape: tuple[int, ...]) -> st.SearchStrategy[np.ndarray]:
    """Arrays in (0.05, 0.95)."""
    return hnp.arrays(np.float64, shape, elements=st.floats(0.05, 0.95))


def arguments_of(data: st.DataObject, function: Equation) -> dict[str, np.ndarray]:
    """Read-only arguments, so that an equation that writes into one fails."""
    drawn = {name: data.draw(numbers(shape), label=name) for name, shape in shapes_of(function).items()}
    for array in drawn.values():
        array.setflags(write=False)
    return drawn


def one_world(array: np.ndarray, draw: int) -> np.ndarray:
    """The same argument as if only one draw had been made."""
    return array[..., draw : draw + 1] if array.ndim and array.shape[-1] == DRAWS else array


def test_the_equations_are_found() -> None:
    assert {"production.potential_output", "world.interpolate", "reporting.census_factor"} <= set(EQUATIONS)
    assert shapes_of(EQUATIONS["reporting.census_factor"])["secondary"] == (3, 1)


@every_equation
@given(data=st.data())
@settings(max_examples=15)
def test_one_world_equals_a_stack_of_worlds(name: str, data: st.DataObject) -> None:
    """No draw knows of another: computing one alone gives the column it has among the others.

    Nor does the result share memory with an argument: writing into it may not reach another state.
    """
    function = EQUATIONS[name]
    arguments = arguments_of(data, function)
    together = function(**arguments)
    assert together.shape == result_shape(function)
    assert together.dtype == np.float64
    assert not any(np.shares_memory(together, array) for array in arguments.values())
    for draw in range(DRAWS):
        alone = function(**{key: one_world(array, draw) for key, array in arguments.items()})
        np.testing.assert_allclose(alone, together[..., draw : draw + 1], rtol=1e-14, atol=0.0)


# --- Direction ----------------------------------------------------------------------------------------------

#: Sign of the effect of every argument when all are positive: '+' and '-' strictly, '(+)' and '(-)' never the
#: other way (steps, clips), '?' where it depends on the rest (weights, shares, elasticities of a difference).
SIGNS = {
    "demand.demand_gap_next": "+demand_gap +persistence +trade_impulse +trade_exposure "
    "+investment_impulse +investment_exposure +property_impulse +property_exposure +national_impulse "
    "+national_exposure +entrepot_impulse +shock",
    "demand.impulse": "+level_next -level -persistence",
    "energy.energy_intensity_next": "+energy_intensity -efficiency_trend -lever_growth +shock",
    "energy.energy_use": "+energy_intensity +value_added",
    "energy.emission_factor_next": "+emission_factor -fuel_trend -lever_growth +shock",
    "energy.yearly_reduction": "-intensity +intensity_before",
    "investment.reference_capital_growth_next": "+reference_capital_growth +cell_trend_growth "
    "?capital_convergence",
    "investment.investment_growth_deviation": "+previous_deviation ?own_lag +accelerator +growth_surprise "
    "+lever_growth -previous_lever_growth +shock",
    "investment.formation_deviation": "+previous_deviation +retention +formation_response "
    "+growth_deviation",
    "investment.reference_formation": "+reference_capital +reference_capital_growth +depreciation_rate",
    "investment.investment": "+reference_formation +formation_deviation +allocation +project_spending",
    "investment.reported_investment_growth": "+formation_total -formation_total_before +price_growth "
    "+growth_deviation",
    "investment.depreciation": "+capital +depreciation_rate",
    "investment.capital_next": "+capital +investment -depreciation",
    "investment.allocation_shift": "+share_shift -base_share",
    "population.migration_rate": "+base_rate +growth_pull +relative_growth +shock",
    "population.population_next": "+population +natural_rate +migration_rate +extra_migrants",
    "population.log_employment_next": "+log_employment +population_growth +participation_trend",
    "population.urbanisation_next": "+log_odds +speed +migration_response +migration_surprise +shock",
    "population.logit": "+share",
    "population.share_of_logit": "+log_odds",
    "prices.deflator_growth": "+price_trend ?producer_price_response +producer_price_growth "
    "-producer_price_mean +shock",
    "prices.consumer_price_growth": "+mean ?producer_price_response +producer_price_growth "
    "-producer_price_mean +shock",
    "prices.nominal": "+real +deflator",
    "prices.total": "+values",
    "production.regional_potential_growth": "+national_trend_growth +growth_gap +relative_growth "
    "+trend_error",
    "production.growth_gap_next": "+growth_gap ?convergence_speed +mature_premium",
    "production.autoregressive": "+level +persistence +innovation",
    "production.cell_potential_growth": "+potential_growth +cell_premium +cell_relative",
    "production.productivity_growth": "+trend_growth +lever_growth ?capital_share "
    "-reference_capital_growth -reference_employment_growth",
    "production.potential_output": "+log_productivity ?capital_share +productive_capital +log_employment "
    "+project_output",
    "production.output": "+potential_output +demand_gap",
    "production.base_log_productivity": "+value_added -demand_gap -capital ?capital_share",
    "public_finance.revenue_growth": "+elasticity +nominal_growth +drift +property_response "
    "+property_change +lever_growth +shock",
    "public_finance.income_growth": "+elasticity +growth_per_head +drift +lever_growth +shock",
    "public_finance.retail_growth": "+income_growth +population_growth +price_growth +shock",
    "public_finance.research_intensity_next": "+research_intensity +drift +lever_change +shock",
    "public_finance.patent_growth": "+trend +research_response +research_growth +lever_growth +shock",
    "public_finance.new_jobs": "+base +trend +years +elasticity +growth_surprise +extra +noise",
    "reporting.reporting_factor_next": "+reporting_factor ?lean +target_growth -growth +release_error",
    "reporting.census_factor": "+factor +level_revision ?nominal ?secondary ?share_shift",
    "reporting.marine_product": "+marine_share +nominal +log_coverage",
    "social.bounded_next": "+state +drift +programme +shock",
    "social.logit_change": "?share (+)change",
    "social.doctors_next": "+doctors +growth +programme +shock",
    "social.opened_length": "(+)lengths (-)opening_year (+)year",
    "social.project_ramp": "(+)year (-)commissioning (-)ramp_years",
    "trade.export_volume_growth": "+demand_elasticity +world_trade_growth +price_elasticity "
    "+relative_price_growth +lever_growth +shock",
    "trade.import_volume_growth": "+output_elasticity +output_growth ?processing_share +export_growth "
    "+lever_growth +shock",
    "trade.trade_price_growth": "+producer_price_growth -producer_price_mean ?price_response +price_trend "
    "+exchange_rate_growth +exchange_rate_response",
    "trade.relative_price_growth": "+producer_price_growth -world_price_growth -exchange_rate_growth",
    "trade.level_next": "+level +log_growth",
    "trade.foreign_investment_growth": "+trend +growth_response +growth_surprise +lever_growth -deviation "
    "+deviation_next",
    "world.producer_price_growth": "+mean ?persistence +previous +shock",
    "world.rare_event_gap_next": "+gap -recovery +strikes +size",
    "world.national_growth": "+trend_growth -gap +gap_next",
    "world.interpolate": "+low +high ?weight",
}  # fmt: skip


def signs_of(name: str) -> dict[str, str]:
    """Sign of each argument of one equation."""
    found = (re.fullmatch(r"(\(\+\)|\(-\)|[+?-])(\w+)", word) for word in SIGNS[name].split())
    return {match[2]: match[1] for match in found if match}


@every_equation
def test_every_argument_has_a_sign(name: str) -> None:
    assert set(signs_of(name)) == set(inspect.signature(EQUATIONS[name]).parameters)


@every_equation
@given(data=st.data())
@settings(max_examples=10)
def test_results_move_the_way_each_argument_pushes(name: str, data: st.DataObject) -> None:
    function = EQUATIONS[name]
    arguments = arguments_of(data, function)
    before = function(**arguments)
    for argument, sign in signs_of(name).items():
        if sign == "?":
            continue
        moved = function(**{**arguments, argument: arguments[argument] + 0.03}) - before
        upward = -moved if "-" in sign else moved
        least = 0.0 if "(" in sign else 1e-6
        assert (upward >= least).all(), argument


# --- Scale --------------------------------------------------------------------------------------------------
# Arguments that may be multiplied by one factor, and the power of it that the result is multiplied by.

SCALES = {
    "demand.demand_gap_next": ("demand_gap trade_impulse investment_impulse property_impulse "
    "national_impulse entrepot_impulse shock", 1),
    "demand.impulse": ("level_next level", 1),
    "energy.energy_intensity_next": ("energy_intensity", 1),
    "energy.energy_use": ("value_added", 1),
    "energy.emission_factor_next": ("emission_factor", 1),
    "energy.yearly_reduction": ("intensity intensity_before", 0),
    "investment.reference_capital_growth_next": ("reference_capital_growth cell_trend_growth", 1),
    "investment.investment_growth_deviation": ("previous_deviation growth_surprise lever_growth "
    "previous_lever_growth shock", 1),
    "investment.formation_deviation": ("previous_deviation growth_deviation", 1),
    "investment.reference_formation": ("reference_capital", 1),
    "investment.investment": ("reference_formation project_spending", 1),
    "investment.reported_investment_growth": ("formation_total formation_total_before", 0),
    "investment.depreciation": ("capital", 1),
    "investment.capital_next": ("capital investment depreciation", 1),
    "investment.allocation_shift": ("share_shift base_share", 0),
    "population.migration_rate": ("base_rate relative_growth shock", 1),
    "population.population_next": ("population extra_migrants", 1),
    "population.log_employment_next": ("log_employment population_growth participation_trend", 1),
    "population.urbanisation_next": ("log_odds speed migration_surprise shock", 1),
    "prices.deflator_growth": ("price_trend producer_price_growth producer_price_mean shock", 1),
    "prices.consumer_price_growth": ("mean producer_price_growth producer_price_mean shock", 1),
    "prices.nominal": ("real", 1),
    "prices.total": ("values", 1),
    "production.regional_potential_growth": ("national_trend_growth growth_gap relative_growth "
    "trend_error", 1),
    "production.growth_gap_next": ("growth_gap mature_premium", 1),
    "production.autoregressive": ("level innovation", 1),
    "production.cell_potential_growth": ("potential_growth cell_premium cell_relative", 1),
    "production.productivity_growth": ("trend_growth lever_growth reference_capital_growth "
    "reference_employment_growth", 1),
    "production.output": ("potential_output", 1),
    "public_finance.revenue_growth": ("nominal_growth drift property_change lever_growth shock", 1),
    "public_finance.income_growth": ("growth_per_head drift lever_growth shock", 1),
    "public_finance.retail_growth": ("income_growth population_growth price_growth shock", 1),
    "public_finance.research_intensity_next": ("research_intensity lever_change", 1),
    "public_finance.patent_growth": ("trend research_growth lever_growth shock", 1),
    "public_finance.new_jobs": ("base extra", 1),
    "reporting.reporting_factor_next": ("reporting_factor", 1),
    "reporting.census_factor": ("nominal", 0),
    "reporting.marine_product": ("nominal", 1),
    "social.bounded_next": ("state drift programme shock", 1),
    "social.doctors_next": ("doctors programme", 1),
    "social.opened_length": ("lengths", 1),
    "trade.export_volume_growth": ("world_trade_growth relative_price_growth lever_growth shock", 1),
    "trade.import_volume_growth": ("output_growth export_growth lever_growth shock", 1),
    "trade.trade_price_growth": ("producer_price_growth producer_price_mean price_trend "
    "exchange_rate_growth", 1),
    "trade.relative_price_growth": ("producer_price_growth world_price_growth exchange_rate_growth", 1),
    "trade.level_next": ("level", 1),
    "trade.foreign_investment_growth": ("trend growth_surprise lever_growth deviation deviation_next", 1),
    "world.producer_price_growth": ("mean previous shock", 1),
    "world.rare_event_gap_next": ("gap size", 1),
    "world.national_growth": ("trend_growth gap gap_next", 1),
    "world.interpolate": ("low high", 1),
}  # fmt: skip
#: Curves, whose limits are tested by hand: log odds and their changes, Cobb and Douglas, the ramp.
CURVES = {"population.logit", "population.share_of_logit", "social.project_ramp", "social.logit_change"}
CURVES |= {"production.potential_output", "production.base_log_productivity"}


def test_every_equation_is_scaled_or_a_curve() -> None:
    assert set(SCALES) | CURVES == set(EQUATIONS)


@pytest.mark.parametrize("name", sorted(SCALES))
@given(data=st.data(), factor=st.floats(0.5, 8.0))
@settings(max_examples=10)
def test_results_scale_with_their_units(name: str, data: st.DataObject, factor: float) -> None:
    function, (scaled, power) = EQUATIONS[name], SCALES[name]
    arguments = arguments_of(data, function)
    larger = {key: factor * x if key in scaled.split() else x for key, x in arguments.items()}
    np.testing.assert_allclose(function(**larger), factor**power * function(**arguments), rtol=1e-11, atol=1e-13)
