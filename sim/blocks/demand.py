"""The demand gap, and output."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.blocks.capital import Formation
from sim.blocks.supply import Supply
from sim.drivers.arrays import Drivers
from sim.equations.demand import demand_gap_next, impulse
from sim.equations.prices import total
from sim.equations.production import autoregressive, output
from sim.parameters.names import Parameters
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class Demand:
    """Demand and output of the year."""

    demand_gap: Array  # (cell, draw) log
    property_gap: Array  # (draw,) log
    value_added: Array  # (cell, draw) 亿元, base-year prices
    gdp: Array  # (draw,) 亿元, base-year prices
    growth: Array  # (draw,) log growth of GDP
    growth_surprise: Array  # (draw,) growth less trend growth


def demand_next(
    before: Demand,
    formation: tuple[Formation, Formation],
    supply: Supply,
    parameters: Parameters,
    drivers: Drivers,
    t: int,
) -> Demand:
    """One year of demand. `formation` holds last year's and this year's deviation of investment."""
    world, shocks, policy = drivers.world, drivers.shocks, drivers.policy
    # The trough of the base year closes at its own speed, later gaps at the ordinary one.
    persistence = 1.0 - parameters.rebound_share if t == 1 else parameters.demand_persistence
    property_gap = autoregressive(
        level=before.property_gap, persistence=parameters.property_persistence, innovation=shocks.property[t]
    )

    def news(now: Array, earlier: Array) -> Array:
        return impulse(level_next=now, level=earlier, persistence=persistence)

    gap = demand_gap_next(
        demand_gap=before.demand_gap,
        persistence=persistence,
        trade_impulse=news(world.world_trade_gap[t], world.world_trade_gap[t - 1]),
        trade_exposure=parameters.trade_exposure,
        investment_impulse=news(formation[1].deviation, formation[0].deviation),
        investment_exposure=parameters.investment_exposure,
        property_impulse=news(
            property_gap + policy.property_demand[t], before.property_gap + policy.property_demand[t - 1]
        ),
        property_exposure=parameters.property_exposure,
        national_impulse=world.national_shock[t] + news(world.rare_event_gap[t], world.rare_event_gap[t - 1]),
        national_exposure=parameters.national_exposure,
        entrepot_impulse=parameters.entrepot_exposure * (policy.trade_growth[t] + shocks.trade[t]),
        shock=shocks.cell[t] + news(policy.demand[t], policy.demand[t - 1]),
    )
    value_added = output(potential_output=supply.potential_output, demand_gap=gap)
    gdp = total(values=value_added)
    growth = np.log(gdp / before.gdp)
    return Demand(
        demand_gap=gap,
        property_gap=property_gap,
        value_added=value_added,
        gdp=gdp,
        growth=growth,
        growth_surprise=growth - supply.potential_growth,
    )
