"""One block of draws of several scenarios: from a region pack to the values of all indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sim.aggregation import Accounts
from sim.base_year import Base, compose, draw_numbers, initial_state
from sim.drivers.arrays import Drivers, World
from sim.drivers.policy import build_policy, world_assumptions
from sim.drivers.shocks import draw_shocks
from sim.drivers.world import simulate_world
from sim.experiment.measurement import COMPUTED, Measurement, Whole
from sim.levers.catalogue import LEVERS
from sim.model import State, simulate_years
from sim.parameters.names import Parameters, WorldParameters
from sim.parameters.priors import Z95, sample
from sim.randomness import Array, Draws, related_draws
from sim.region.pack import Pack
from sim.rest_of_city import rest_of_city
from sim.scenario.parts import Scenario


@dataclass(frozen=True, slots=True)
class Path:
    """One scenario in one block of draws.

    values : (indicator, year, draw) in the order of COMPUTED, NaN where the pack has no baseline; benchmarks :
    `benchmark/<region>/<indicator>` -> (year, draw); states : accounts of all years when asked for, else empty.
    """

    states: tuple[Accounts, ...]
    values: Array
    benchmarks: Mapping[str, Array]

    def value(self, name: str) -> Array:
        """(year, draw) of an indicator, or of `benchmark/<region>/<indicator>`."""
        return self.benchmarks[name] if name in self.benchmarks else self.values[COMPUTED.index(name)]


@dataclass(frozen=True, slots=True)
class Part:
    """One region that is simulated: its pack, draws, parameters and base year."""

    pack: Pack
    draws: Draws
    parameters: Parameters
    base: Base


@dataclass(frozen=True, slots=True)
class Block:
    """What all scenarios of a block share: drawn once.

    `parameters` and `base` are those of the region asked for or, when it is a city, of what its districts leave.
    `others` are simulated beside it: the rest of the city and its other districts. `numbers` and `city_numbers` are
    drawn figures of the region asked for and of its city.
    """

    draws: Draws
    parameters: Parameters
    world_parameters: WorldParameters
    base: Base
    years: tuple[int, ...]
    numbers: Mapping[str, Array]
    city_numbers: Mapping[str, Array] = field(default_factory=dict)
    others: tuple[Part, ...] = ()


def draw_block(pack: Pack, seed: int, block: int, horizon: int, sources: frozenset[str]) -> Block:
    """Draw parameters and the base year of one block. With every source off there is one path.

    Raises ValueError when reported figures leave a cell, or the rest of a city, without value added.
    """
    draws = Draws(seed, block, sources) if sources else Draws(seed, block, sources, size=1)
    return block_of(pack, draws, tuple(range(pack.base_year, horizon + 1)))


def block_of(pack: Pack, draws: Draws, years: tuple[int, ...]) -> Block:
    """Parameters and the base year of one block of draws, as `draw_block` makes them."""
    world = sample(pack.world, WorldParameters, draws, "world")
    city = pack if pack.districts else pack.surroundings
    if city is None:
        own = _part(pack, draws, draw_numbers(pack, draws))
        return Block(draws, own.parameters, world, own.base, years, own.base.numbers)
    districts = [_part(district, draws, draw_numbers(district, draws)) for district in city.districts]
    whole = draw_numbers(city, draws)
    rest = _rest(city, draws, rest_of_city(whole, [part.base.numbers for part in districts]))
    if pack is city:
        return Block(draws, rest.parameters, world, rest.base, years, whole, whole, tuple(districts))
    own = next(part for part in districts if part.pack.id == pack.id)
    others = (rest, *(part for part in districts if part is not own))
    return Block(draws, own.parameters, world, own.base, years, own.base.numbers, whole, others)


def _rest(city: Pack, draws: Draws, numbers: Mapping[str, Array]) -> Part:
    """What is left of a city, with something in common with its first district."""
    return _part(city, _own_draws(city, draws), numbers)


def _part(pack: Pack, draws: Draws, numbers: Mapping[str, Array]) -> Part:
    parameters = sample(pack.priors, Parameters, draws, pack.id)
    if "reporting" not in draws.sources:
        # Off means that reports are what happened: no lean towards targets either.
        none = np.zeros(draws.size)
        parameters = replace(parameters, reporting_lean=none, coverage_break=none)
    return Part(pack, draws, parameters, Base(numbers, compose(pack, numbers, parameters.marine_share)))


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
    own = Part(pack, _own_draws(pack, block.draws), block.parameters, block.base)
    runs = [
        list(_prepare(part, [_part_of(scenario, part, own, pack) for scenario in scenarios], block))
        for part in (own, *block.others)
    ]
    return tuple(
        _follow(pack, block, own, [run[i] for run in runs], keep_states, compared) for i in range(len(scenarios))
    )


def _own_draws(pack: Pack, draws: Draws) -> Draws:
    """Draws of a region's own part; what districts leave of a city is related to the first of them."""
    if not pack.districts:
        return draws
    return related_draws(draws, pack.id, pack.districts[0].id, pack.related)


def _part_of(scenario: Scenario, part: Part, own: Part, pack: Pack) -> Scenario:
    """What of a scenario reaches a part.

    The region asked for gets all of it. A city's districts share its levers in percent, while amounts and projects
    fall to the rest of it, so that they count once. Around a district only the world and events are the same.
    """
    if part is own:
        return scenario
    shared = {name: path for name, path in scenario.levers.items() if pack.districts and not LEVERS[name].is_amount}
    return replace(scenario, levers=shared, projects=())


def prepare(pack: Pack, scenarios: Sequence[Scenario], block: Block) -> Iterator[tuple[State, Drivers]]:
    """Yield for each scenario the first state of the region asked for, and what moves it from there."""
    yield from _prepare(Part(pack, _own_draws(pack, block.draws), block.parameters, block.base), scenarios, block)


def _prepare(part: Part, scenarios: Sequence[Scenario], block: Block) -> Iterator[tuple[State, Drivers]]:
    pack, draws, years = part.pack, part.draws, block.years
    shocks = draw_shocks(
        part.parameters, draws, pack.id, len(years), pack.cell_ids, [c.industry for c in pack.cells],
        [b.indicator for b in pack.bounded], [years.index(y) for y in pack.censuses if y in years[1:]],
    )  # fmt: skip
    common: World | None = None
    for scenario in scenarios:
        own = bool(scenario.world or scenario.events)
        if own or common is None:
            world = simulate_world(
                block.world_parameters, block.draws, years, world_assumptions(scenario, block.draws, years),
                scenario.events,
            )  # fmt: skip
            common = common if own else world
        else:
            world = common
        initial = initial_state(pack, part.base, part.parameters, world, draws)
        formation = initial.capital.investment / initial.capital.formation_total
        drivers = Drivers(
            world=world,
            shocks=shocks,
            policy=build_policy(scenario, pack, part.parameters, formation, draws, years),
            rail_length=_rail_length(pack, draws),
            secondary=pack.secondary,
            target_growth=_growth_targets(pack, years),
            census=np.array([float(y in pack.censuses) for y in years]),
            marine_standard=np.array([float(y == pack.marine_standard) for y in years]),
            years=np.array(years, dtype=np.float64),
        )
        yield initial, drivers


def _follow(
    pack: Pack,
    block: Block,
    own: Part,
    runs: Sequence[tuple[State, Drivers]],
    keep_states: bool,
    compared: Sequence[tuple[str, str]],
) -> Path:
    """Simulate all parts year by year and measure each year as it comes."""
    parts = (own, *block.others)
    measured = Measurement(pack, block.numbers, _whole(parts, pack, block), runs[0][1].world, compared)
    years = [
        simulate_years(initial, part.parameters, drivers) for part, (initial, drivers) in zip(parts, runs, strict=True)
    ]
    order = _rest_first(parts)
    states: list[Accounts] = []
    for t, now in enumerate(zip(*years, strict=True)):
        accounts = measured.year(t, now[0], [now[i] for i in order] if block.others else [])
        states += [accounts] if keep_states else []
    return Path(tuple(states), measured.values, measured.benchmarks)


def _rest_first(parts: Sequence[Part]) -> list[int]:
    """Positions of the parts of a city, with the rest of it, which carries its name, before the districts."""
    return sorted(range(len(parts)), key=lambda i: not parts[i].pack.districts)


def _whole(parts: Sequence[Part], pack: Pack, block: Block) -> Whole | None:
    city = pack if pack.districts else pack.surroundings
    if city is None or not block.others:
        return None
    return Whole(city, block.city_numbers, tuple(parts[i].base for i in _rest_first(parts)))


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
