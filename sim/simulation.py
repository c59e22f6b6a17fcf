"""One block of draws of several scenarios: from a region pack to the values of all indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.base_year import Base, draw_base, draw_fact, initial_state
from sim.drivers import Drivers, World
from sim.equations.trade import level_next
from sim.indicators import INDICATORS, Moment
from sim.model import State, simulate
from sim.parameter_names import Parameters, WorldParameters
from sim.parameters import sample
from sim.policy import build_policy, world_assumptions
from sim.randomness import Array, Draws
from sim.region import Pack
from sim.scenario_parts import Scenario
from sim.shocks import draw_shocks
from sim.world import simulate_world

#: Indicators that the model computes, in the order of the registry.
COMPUTED = tuple(name for name, item in INDICATORS.items() if item.compute is not None)


@dataclass(frozen=True, slots=True)
class Path:
    """One scenario in one block of draws.

    values : (indicator, year, draw) in the order of COMPUTED; benchmarks : id -> (year, draw).
    """

    states: tuple[State, ...]
    values: Array
    benchmarks: Mapping[str, Array]

    def value(self, name: str) -> Array:
        """(year, draw) of an indicator, or of `benchmark/<region>/<indicator>`."""
        return self.benchmarks[name] if name in self.benchmarks else self.values[COMPUTED.index(name)]


@dataclass(frozen=True, slots=True)
class Block:
    """What all scenarios of a block share: drawn once."""

    draws: Draws
    parameters: Parameters
    world_parameters: WorldParameters
    base: Base
    years: tuple[int, ...]


def draw_block(pack: Pack, seed: int, block: int, horizon: int, sources: frozenset[str]) -> Block:
    """Draw parameters and the base year of one block. With every source off there is one path."""
    draws = Draws(seed, block, sources) if sources else Draws(seed, block, sources, size=1)
    parameters = sample(pack.priors, Parameters, draws, pack.id)
    world = sample(pack.world, WorldParameters, draws, "world")
    years = tuple(range(pack.base_year, horizon + 1))
    return Block(draws, parameters, world, draw_base(pack, parameters, draws), years)


def simulate_scenarios(pack: Pack, scenarios: Sequence[Scenario], block: Block) -> tuple[Path, ...]:
    """Run several scenarios on the same draws, so that their differences are theirs alone."""
    draws, years = block.draws, block.years
    shocks = draw_shocks(
        block.parameters, draws, pack.id, len(years), pack.cell_ids, [c.industry for c in pack.cells],
        [b.indicator for b in pack.bounded], [years.index(y) for y in pack.censuses if y in years[1:]],
    )  # fmt: skip
    common: World | None = None
    out = []
    for scenario in scenarios:
        own = bool(scenario.world or scenario.events)
        if own or common is None:
            world = simulate_world(
                block.world_parameters, draws, years, world_assumptions(scenario, draws, years), scenario.events
            )
            common = common if own else world
        else:
            world = common
        initial = initial_state(pack, block.base, block.parameters, world, draws)
        formation = initial.capital.investment / initial.capital.formation_total
        drivers = Drivers(
            world=world,
            shocks=shocks,
            policy=build_policy(scenario, pack, block.parameters, formation, draws, years),
            rail_length=_rail_length(pack, draws),
            secondary=pack.secondary,
            target_growth=_growth_targets(pack, years),
            census=np.array([float(y in pack.censuses) for y in years]),
            marine_standard=np.array([float(y == pack.marine_standard) for y in years]),
            years=np.array(years, dtype=np.float64),
        )
        states = simulate(initial, block.parameters, drivers)
        benchmarks = _benchmarks(pack, draws, world, states)
        out.append(Path(states, measure(pack, states, world, block.base, benchmarks), benchmarks))
    return tuple(out)


def _growth_targets(pack: Pack, years: Sequence[int]) -> Array:
    """Reported-growth target of each year as a fraction, NaN where there is none."""
    return np.array([pack.growth_targets[y].number / 100.0 if y in pack.growth_targets else np.nan for y in years])


def _rail_length(pack: Pack, draws: Draws) -> Array:
    """Length of each line, (line, draw) [公里]."""
    rows = []
    for line in pack.rail:
        low, high = line.length
        spread = (high - low) / 2.0 / 1.6448536269514722
        rows.append((low + high) / 2.0 + spread * draws.normal("parameters", f"{pack.id}.rail.{line.id}")[0])
    return np.stack(rows) if rows else np.zeros((0, draws.size))


def _benchmarks(pack: Pack, draws: Draws, world: World, states: Sequence[State]) -> Mapping[str, Array]:
    """Provisional paths of the regions to compare with: growth, and GDP at the region's own prices."""
    out: dict[str, Array] = {}
    for name, benchmark in pack.benchmarks.items():
        premium = benchmark.growth_premium.value(draws.normal("parameters", f"benchmark.{name}.premium")[0])
        volatility = benchmark.growth_volatility.value(draws.normal("parameters", f"benchmark.{name}.volatility")[0])
        noise = draws.normal("shocks", f"benchmark.{name}.growth", len(states))
        growth = world.national_growth + premium + volatility * noise
        gdp = np.empty_like(growth)
        gdp[0] = draw_fact(benchmark.gdp, pack, draws, "亿元")
        for t in range(1, len(states)):
            prices = states[t].prices.nominal_growth - states[t].demand.growth
            gdp[t] = level_next(level=gdp[t - 1], log_growth=growth[t] + prices)
        out[f"benchmark/{name}/gdp_growth"] = 100.0 * np.expm1(growth)
        out[f"benchmark/{name}/gdp"] = gdp
    return out


def measure(
    pack: Pack, states: Sequence[State], world: World, base: Base, benchmarks: Mapping[str, Array]
) -> Array:
    """Values of all computed indicators, (indicator, year, draw)."""
    reported = {name: value for name, value in base.numbers.items() if value is not None}
    city = benchmarks.get(f"benchmark/{pack.city}/gdp")
    size = states[0].reporting.gdp.shape[-1]
    out = np.empty((len(COMPUTED), len(states), size))
    for t, state in enumerate(states):
        moment = Moment(
            now=state,
            before=states[max(t - 1, 0)],
            base=states[0],
            pack=pack,
            elapsed=t,
            reported=reported,
            exchange_rate=world.exchange_rate[t],
            city_gdp=None if city is None else city[t],
        )
        for i, name in enumerate(COMPUTED):
            compute = INDICATORS[name].compute
            assert compute is not None
            out[i, t] = compute(moment)
    return out
