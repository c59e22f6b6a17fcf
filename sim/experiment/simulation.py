"""One block of draws of several scenarios: from a region pack to the values of all indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from sim.aggregation import Accounts
from sim.base_year import initial_state
from sim.blocks.capital import Capital
from sim.blocks.demand import Demand
from sim.blocks.environment import Environment
from sim.blocks.finance import Finance
from sim.blocks.people import People
from sim.blocks.prices import Prices
from sim.blocks.reporting import Reporting
from sim.blocks.social import Social
from sim.blocks.supply import Supply
from sim.blocks.trade import Trade
from sim.drivers.arrays import Drivers, Shocks, World
from sim.drivers.policy import after, build_policy, world_assumptions
from sim.drivers.shocks import draw_shocks
from sim.drivers.world import simulate_world
from sim.experiment.drawing import Block, Part, own_draws
from sim.experiment.growth import accounting_of
from sim.experiment.measurement import COMPUTED, Measurement, Whole
from sim.growth_accounting.accounting import GrowthAccounting
from sim.growth_accounting.sums import PointSums
from sim.levers.catalogue import LEVERS
from sim.model import State, simulate_years
from sim.parameters.priors import Z95
from sim.randomness import Array, Draws
from sim.region.pack import Pack
from sim.scenario.parts import Scenario


@dataclass(frozen=True, slots=True)
class Path:
    """One scenario in one block of draws.

    values : (indicator, year, draw) in the order of COMPUTED, NaN where the pack has no baseline; benchmarks :
    `benchmark/<region>/<indicator>` -> (year, draw); states : accounts of all years when asked for, else empty;
    growth : sums of contributions to growth when asked for.
    """

    states: tuple[Accounts, ...]
    values: Array
    benchmarks: Mapping[str, Array]
    growth: PointSums | None = None

    def value(self, name: str) -> Array:
        """(year, draw) of an indicator, or of `benchmark/<region>/<indicator>`."""
        return self.benchmarks[name] if name in self.benchmarks else self.values[COMPUTED.index(name)]


def simulate_scenarios(
    pack: Pack,
    scenarios: Sequence[Scenario],
    block: Block,
    keep_states: bool = True,
    compared: Sequence[tuple[str, str]] = (),
) -> tuple[Path, ...]:
    """Run several scenarios on the same draws, so that their differences are theirs alone.

    `compared` names the (region, indicator) pairs of other regions that targets look at. Without `keep_states` the
    state of a year is dropped once it is measured, which is twice as fast.
    """
    return tuple(follow_scenarios(pack, scenarios, block, keep_states, compared))


def follow_scenarios(
    pack: Pack,
    scenarios: Sequence[Scenario],
    block: Block,
    keep_states: bool,
    compared: Sequence[tuple[str, str]],
    accounted: int = 0,
) -> Iterator[Path]:
    """Yield the paths of `simulate_scenarios` one by one: the memory of many scenarios is that of one.

    What surrounds the region is followed once for neighbouring scenarios that reach it alike.
    """
    own = own_part(pack, block)
    parts = (own, *block.others)
    shocks = [_shocks(part, block) for part in parts]
    around: Iterable[tuple[Accounts, ...]] = ()
    runs: list[tuple[State, Drivers]] = []
    for i, (scenario, world) in enumerate(zip(scenarios, worlds(scenarios, block), strict=True)):
        if i == 0 or not _same_around(scenarios[i - 1], scenario, pack):
            runs = [
                _prepared(part, _part_of(scenario, part, own, pack), world, drawn, block)
                for part, drawn in zip(parts[1:], shocks[1:], strict=True)
            ]
            again = i + 1 < len(scenarios) and _same_around(scenario, scenarios[i + 1], pack)
            around = _around(parts[1:], runs, len(block.years), again)
        prepared = _prepared(own, scenario, world, shocks[0], block)
        drivers = [prepared[1], *(run[1] for run in runs)]
        growth = accounting_of(pack, parts, drivers, _in_city_order(parts, pack) if pack.districts else [], accounted)
        yield _follow(pack, block, parts, (prepared, around), keep_states, compared, growth)


def same_world(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios assume the same of the world."""
    return one.world == other.world and one.events == other.events


def _same_around(one: Scenario, other: Scenario, pack: Pack) -> bool:
    """Whether two scenarios reach what surrounds the region alike: districts share the levers of their city."""
    return same_world(one, other) and (not pack.districts or one.levers == other.levers)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The accounts of a state, and how its output came about: what is needed of it once it is over."""

    reporting: Reporting
    people: People
    capital: Capital
    prices: Prices
    trade: Trade
    finance: Finance
    environment: Environment
    social: Social
    supply: Supply
    demand: Demand


def _kept(state: State) -> Accounts:
    return _Kept(**{field.name: getattr(state, field.name) for field in fields(_Kept)})


def _around(
    parts: Sequence[Part], runs: Sequence[tuple[State, Drivers]], years: int, again: bool
) -> Iterable[tuple[Accounts, ...]]:
    """Accounts of the surrounding parts by year; kept where they are asked for `again`."""
    if not parts:
        return [()] * years
    states = [
        simulate_years(initial, part.parameters, drivers) for part, (initial, drivers) in zip(parts, runs, strict=True)
    ]
    by_year = zip(*states, strict=True)
    return [tuple(_kept(state) for state in now) for now in by_year] if again else by_year


def simulate_family(whole: Pack, scenario: Scenario, block: Block) -> dict[str, Path]:
    """Paths of a region and of each of its districts from one simulation, by region."""
    own = own_part(whole, block)
    parts = (own, *block.others)
    (world,) = worlds((scenario,), block)
    runs = [_prepared(part, _part_of(scenario, part, own, whole), world, _shocks(part, block), block) for part in parts]
    city = _whole(parts, whole, block)
    shown = [
        (Measurement(pack, numbers, city, world, ()), i)
        for i, (pack, numbers) in enumerate(
            [(whole, block.numbers), *((part.pack, part.base.numbers) for part in block.others)]
        )
    ]
    years = [
        simulate_years(initial, part.parameters, drivers) for part, (initial, drivers) in zip(parts, runs, strict=True)
    ]
    order = _in_city_order(parts, whole) if block.others else []
    states: dict[str, list[Accounts]] = {measured.pack.id: [] for measured, _ in shown}
    for t, now in enumerate(zip(*years, strict=True)):
        in_order = [now[i] for i in order]
        for measured, i in shown:
            states[measured.pack.id].append(measured.year(t, now[i], in_order))
    return {m.pack.id: Path(tuple(states[m.pack.id]), m.values, m.benchmarks) for m, _ in shown}


def _part_of(scenario: Scenario, part: Part, own: Part, pack: Pack) -> Scenario:
    """What of a scenario reaches a part.

    The region asked for gets all of it. A city's districts share its levers in percent, while amounts and projects
    fall to the rest of it, so that they count once. Around a district only the world and events are the same.
    """
    if part is own:
        return scenario
    shared = {name: path for name, path in scenario.levers.items() if pack.districts and not LEVERS[name].is_amount}
    return replace(scenario, levers=shared, projects=())


def own_part(pack: Pack, block: Block) -> Part:
    """The part of a block that carries the name of the region asked for."""
    return Part(pack, own_draws(pack, block.draws), block.parameters, block.base)


def prepare(pack: Pack, scenarios: Sequence[Scenario], block: Block) -> Iterator[tuple[State, Drivers]]:
    """Yield for each scenario the first state of the region asked for, and what moves it from there."""
    own = own_part(pack, block)
    shocks = _shocks(own, block)
    for scenario, world in zip(scenarios, worlds(scenarios, block), strict=True):
        yield _prepared(own, scenario, world, shocks, block)


def worlds(scenarios: Sequence[Scenario], block: Block) -> Iterator[World]:
    """Yield the world of each scenario; those that assume nothing of it, and neighbours that agree, share one."""
    common: World | None = None
    world: World | None = None
    for i, scenario in enumerate(scenarios):
        own = bool(scenario.world or scenario.events)
        if not own and common is not None:
            world = common
        elif world is None or not same_world(scenarios[i - 1], scenario):
            assumed = world_assumptions(scenario, block.draws, block.years)
            world = simulate_world(
                block.world_parameters, block.draws, block.years, assumed, scenario.events, block.history
            )
            common = common if own else world
        yield world


def _shocks(part: Part, block: Block) -> Shocks:
    pack, years = part.pack, block.years
    return draw_shocks(
        part.parameters, part.draws, pack.id, len(years), pack.cell_ids, [c.industry for c in pack.cells],
        [b.indicator for b in pack.bounded], [t for t, revised in enumerate(_census_published(pack, years)) if revised],
    )  # fmt: skip


def _prepared(part: Part, scenario: Scenario, world: World, shocks: Shocks, block: Block) -> tuple[State, Drivers]:
    """First state of a part under a scenario, and what moves it from there."""
    pack, draws, years = part.pack, part.draws, block.years
    initial = initial_state(pack, part.base, part.parameters, world, draws)
    formation = initial.capital.investment / initial.capital.formation_total
    drivers = Drivers(
        world=world,
        shocks=shocks,
        policy=after(block.known_years, build_policy(scenario, pack, part.parameters, formation, draws, years)),
        rail_length=_rail_length(pack, draws),
        secondary=pack.secondary,
        target_growth=_growth_targets(pack, years),
        census=_census_published(pack, years),
        marine_standard=np.array([float(y == pack.marine_standard) for y in years]),
        years=np.array(years, dtype=np.float64),
    )
    return initial, drivers


def _follow(
    pack: Pack,
    block: Block,
    parts: Sequence[Part],
    run: tuple[tuple[State, Drivers], Iterable[tuple[Accounts, ...]]],
    keep_states: bool,
    compared: Sequence[tuple[str, str]],
    growth: GrowthAccounting | None,
) -> Path:
    """Simulate the region asked for year by year and measure each year as it comes, with what is around it."""
    (initial, drivers), around = run
    measured = Measurement(pack, block.numbers, _whole(parts, pack, block), drivers.world, compared, growth)
    own = simulate_years(initial, parts[0].parameters, drivers)
    order = _in_city_order(parts, pack.whole) if pack.whole is not None and block.others else []
    states: list[Accounts] = []
    for t, (state, others) in enumerate(zip(own, around, strict=True)):
        now = (state, *others)
        accounts = measured.year(t, state, [now[i] for i in order])
        states += [accounts] if keep_states else []
    return Path(tuple(states), measured.values, measured.benchmarks, None if growth is None else growth.sums)


def _in_city_order(parts: Sequence[Part], city: Pack) -> list[int]:
    """Positions of the parts of a city in the order of its pack, whichever of them was asked for.

    The rest of the city, which carries its name, comes first, then the districts as they are listed: cells of the
    whole stand in this order.
    """
    listed = [city.id, *(district.id for district in city.districts)]
    return sorted(range(len(parts)), key=lambda i: listed.index(parts[i].pack.id))


def _whole(parts: Sequence[Part], pack: Pack, block: Block) -> Whole | None:
    city = pack.whole
    if city is None or not block.others:
        return None
    return Whole(city, block.city_numbers, tuple(parts[i].base for i in _in_city_order(parts, city)))


def _census_published(pack: Pack, years: Sequence[int]) -> Array:
    """1 in the years whose first releases are the first on the basis of a census: the year after it, (year,)."""
    return np.array([float(t > 0 and year - 1 in pack.censuses) for t, year in enumerate(years)])


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
