"""The model: its state, one step, and a simulation. The only room that knows the order of the blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.blocks.capital import Capital, Formation, capital_of_next_year, formation_next
from sim.blocks.demand import Demand, demand_next
from sim.blocks.environment import Environment, environment_next
from sim.blocks.finance import Finance, finance_next
from sim.blocks.people import People, people_next
from sim.blocks.prices import Prices, prices_next
from sim.blocks.reporting import Reporting, reporting_next
from sim.blocks.social import Social, social_next
from sim.blocks.supply import Supply, supply_next
from sim.blocks.trade import Trade, trade_next
from sim.drivers.arrays import Drivers
from sim.parameters.names import Parameters
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class State:
    """The region at the end of a year, block by block."""

    people: People
    supply: Supply
    formation: Formation
    capital: Capital
    demand: Demand
    prices: Prices
    trade: Trade
    finance: Finance
    environment: Environment
    social: Social
    reporting: Reporting
    premium: Array  # (cell, draw) centred lasting lead of each cell in trend growth


def step(state: State, parameters: Parameters, drivers: Drivers, t: int) -> State:
    """One year, in causal order. `t` is the number of years since the base year."""
    lead = state.demand.growth - drivers.world.national_growth[t - 1]
    people = people_next(state.people, lead, parameters, drivers, t)
    supply = supply_next(state.supply, people, state.capital, state.premium, parameters, drivers, t)
    formation = formation_next(state.formation, state.demand.growth_surprise, parameters, drivers, t)
    demand = demand_next(state.demand, (state.formation, formation), supply, parameters, drivers, t)
    capital = capital_of_next_year(state.capital, formation, supply.cell_trend_growth, parameters, drivers, t)
    prices = prices_next(state.prices, demand.value_added, parameters, drivers, t)
    trade = trade_next(state.trade, demand.growth, demand.growth_surprise, parameters, drivers, t)
    finance = finance_next(state.finance, (state.demand, demand), prices, people, parameters, drivers, t)
    environment = environment_next(state.environment, demand.value_added, demand.gdp, parameters, drivers, t)
    social = social_next(state.social, parameters, drivers, t)
    reporting = reporting_next(state.reporting, demand, prices, parameters, drivers, t)
    return State(
        people=people,
        supply=supply,
        formation=formation,
        capital=capital,
        demand=demand,
        prices=prices,
        trade=trade,
        finance=finance,
        environment=environment,
        social=social,
        reporting=reporting,
        premium=state.premium,
    )


def simulate_years(initial: State, parameters: Parameters, drivers: Drivers) -> Iterator[State]:
    """Yield the state of the base year and of every year after it, as many as `drivers.years` has.

    Taken one at a time the arrays of a year are reused for a later one: half the time of keeping them all.
    """
    state = initial
    yield state
    for t in range(1, len(drivers.years)):
        state = step(state, parameters, drivers, t)
        yield state


def simulate(initial: State, parameters: Parameters, drivers: Drivers) -> tuple[State, ...]:
    """All states of `simulate_years`, kept."""
    return tuple(simulate_years(initial, parameters, drivers))
