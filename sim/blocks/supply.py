"""Trend growth, productivity and potential output of the cells."""

from __future__ import annotations

from dataclasses import dataclass

from sim.blocks.capital import Capital
from sim.blocks.people import People
from sim.drivers.arrays import Drivers
from sim.equations.production import (
    autoregressive,
    cell_potential_growth,
    growth_gap_next,
    potential_output,
    productivity_growth,
    regional_potential_growth,
)
from sim.parameters.names import Parameters
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class Supply:
    """State of supply: (cell, draw) unless said otherwise."""

    growth_gap: Array  # (draw,) lead over the nation in trend growth
    relative_growth: Array  # (draw,)
    potential_growth: Array  # (draw,) log, of the region
    cell_relative: Array
    cell_trend_growth: Array  # log, levers excluded
    log_productivity: Array
    potential_output: Array  # 亿元, base-year prices


def supply_next(
    before: Supply, people: People, capital: Capital, premium: Array, parameters: Parameters, drivers: Drivers, t: int
) -> Supply:
    """One year of supply. `premium` is the centred lasting lead of each cell, (cell, draw)."""
    gap = growth_gap_next(
        growth_gap=before.growth_gap,
        convergence_speed=parameters.convergence_speed,
        mature_premium=parameters.mature_premium,
    )
    relative = autoregressive(
        level=before.relative_growth,
        persistence=parameters.relative_persistence,
        innovation=drivers.shocks.relative[t],
    )
    growth = regional_potential_growth(
        national_trend_growth=drivers.world.national_trend_growth[t],
        growth_gap=gap,
        relative_growth=relative,
        trend_error=parameters.trend_error,
    )
    cell_relative = autoregressive(
        level=before.cell_relative,
        persistence=parameters.cell_relative_persistence,
        innovation=drivers.shocks.cell_relative[t],
    )
    trend = cell_potential_growth(potential_growth=growth, cell_premium=premium, cell_relative=cell_relative)
    productivity = before.log_productivity + productivity_growth(
        trend_growth=trend,
        lever_growth=drivers.policy.productivity[t],
        capital_share=parameters.capital_share,
        reference_capital_growth=capital.reference_capital_growth,
        reference_employment_growth=people.reference_growth,
    )
    return Supply(
        growth_gap=gap,
        relative_growth=relative,
        potential_growth=growth,
        cell_relative=cell_relative,
        cell_trend_growth=trend,
        log_productivity=productivity,
        potential_output=potential_output(
            log_productivity=productivity,
            capital_share=parameters.capital_share,
            productive_capital=capital.capital - capital.project_capital,
            log_employment=people.log_employment,
            project_output=drivers.policy.project_output[t],
        ),
    )
