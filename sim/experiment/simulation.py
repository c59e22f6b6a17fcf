"""One block of draws of several scenarios: from a region pack to the values of all indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.base_year import Base, draw_base, draw_fact, initial_state
from sim.drivers.arrays import Drivers, World
from sim.drivers.policy import build_policy, world_assumptions
from sim.drivers.shocks import draw_shocks
from sim.drivers.world import simulate_world
from sim.equations.trade import level_next
from sim.indicators.catalogue import INDICATORS, Moment
from sim.model import State, simulate_years
from sim.parameters.names import Parameters, WorldParameters
from sim.parameters.priors import Z95, sample
from sim.randomness import Array, Draws
from sim.region.pack import Pack
from sim.scenario.parts import Scenario

#: Indicators that the model computes, in the order of the registry.
COMPUTED = tuple(name for name, item in INDICATORS.items() if item.compute is not None)


@dataclass(frozen=True, slots=True)
class Path:
    """One scenario in one block of draws.

    values : (indicator, year, draw) in the order of COMPUTED; benchmarks : id -> (year, draw);
    states : of all years when they were asked for, else empty.
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
    if "reporting" not in sources:
        # Off means that reports are what happened: no lean towards targets either.
        none = np.zeros(draws.size)
        parameters = replace(parameters, reporting_lean=none, coverage_break=none)
    world = sample(pack.world, WorldParameters, draws, "world")
    years = tuple(range(pack.base_year, horizon + 1))
    return Block(draws, parameters, world, draw_base(pack, parameters, draws), years)


def simulate_scenarios(
    pack: Pack, scenarios: Sequence[Scenario], block: Block, keep_states: bool = True
) -> tuple[Path, ...]:
    """Run several scenarios on the same draws, so that their differences are theirs alone.

    Without `keep_states` the state of a year is dropped once it is measured, which is twice as fast.
    """
    return tuple(
        _follow(pack, block, initial, drivers, keep_states) for initial, drivers in prepare(pack, scenarios, block)
    )


def prepare(pack: Pack, scenarios: Sequence[Scenario], block: Block) -> Iterator[tuple[State, Drivers]]:
    """Yield for each scenario the state of the base year, and what moves the region from there."""
    draws, years = block.draws, block.years
    shocks = draw_shocks(
        block.parameters, draws, pack.id, len(years), pack.cell_ids, [c.industry for c in pack.cells],
        [b.indicator for b in pack.bounded], [years.index(y) for y in pack.censuses if y in years[1:]],
    )  # fmt: skip
    common: World | None = None
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
        yield initial, drivers


def _follow(pack: Pack, block: Block, initial: State, drivers: Drivers, keep_states: bool) -> Path:
    """Simulate year by year and measure each year as it comes."""
    benchmarks = _benchmarks(pack, block.draws, drivers.world)
    values = np.empty((len(COMPUTED), len(block.years), block.draws.size))
    reported = {name: value for name, value in block.base.numbers.items() if value is not None}
    states: list[State] = []
    before = initial
    for t, state in enumerate(simulate_years(initial, block.parameters, drivers)):
        for benchmark in benchmarks.values():
            benchmark.follow(t, state)
        city = None if pack.city is None else benchmarks.get(pack.city)
        moment = Moment(
            now=state,
            before=before,
            base=initial,
            pack=pack,
            elapsed=t,
            reported=reported,
            exchange_rate=drivers.world.exchange_rate[t],
            city_gdp=None if city is None else city.gdp[t],
        )
        measure(moment, values[:, t])
        states += [state] if keep_states else []
        before = state
    return Path(tuple(states), values, {k: v for name, b in benchmarks.items() for k, v in b.series(name).items()})


def _growth_targets(pack: Pack, years: Sequence[int]) -> Array:
    """Reported-growth target of each year as a fraction, NaN where there is none."""
    return np.array([pack.growth_targets[y].number / 100.0 if y in pack.growth_targets else np.nan for y in years])


def _rail_length(pack: Pack, draws: Draws) -> Array:
    """Length of each line, (line, draw) [公里]."""
    rows = []
    for line in pack.rail:
        low, high = line.length
        spread = (high - low) / 2.0 / Z95
        rows.append((low + high) / 2.0 + spread * draws.normal("parameters", f"{pack.id}.rail.{line.id}")[0])
    return np.stack(rows) if rows else np.zeros((0, draws.size))


@dataclass(frozen=True, slots=True)
class _Benchmark:
    """Provisional path of a region to compare with; both (year, draw)."""

    growth: Array  # log
    gdp: Array  # 亿元, at the region's own prices

    def follow(self, t: int, state: State) -> None:
        """Fill in GDP of year t; that of the base year is there already."""
        if t > 0:
            prices = state.prices.nominal_growth - state.demand.growth
            self.gdp[t] = level_next(level=self.gdp[t - 1], log_growth=self.growth[t] + prices)

    def series(self, name: str) -> dict[str, Array]:
        """Growth [%] and GDP [亿元] under the names that targets use."""
        return {
            f"benchmark/{name}/gdp_growth": 100.0 * np.expm1(self.growth),
            f"benchmark/{name}/gdp": self.gdp,
        }


def _benchmarks(pack: Pack, draws: Draws, world: World) -> dict[str, _Benchmark]:
    """Growth of the regions to compare with, and room for their GDP."""
    out: dict[str, _Benchmark] = {}
    for name, benchmark in pack.benchmarks.items():
        premium = benchmark.growth_premium.value(draws.normal("parameters", f"benchmark.{name}.premium")[0])
        volatility = benchmark.growth_volatility.value(draws.normal("parameters", f"benchmark.{name}.volatility")[0])
        noise = draws.normal("shocks", f"benchmark.{name}.growth", len(world.national_growth))
        growth = world.national_growth + premium + volatility * noise
        gdp = np.empty_like(growth)
        gdp[0] = draw_fact(benchmark.gdp, pack, draws, "亿元")
        out[name] = _Benchmark(growth, gdp)
    return out


def measure(moment: Moment, out: Array) -> None:
    """Write the values of all computed indicators in one year into `out`, (indicator, draw)."""
    for row, name in enumerate(COMPUTED):
        compute = INDICATORS[name].compute
        assert compute is not None
        out[row] = compute(moment)
