"""One block of draws: parameters and the base year of a region and, where it has one, of the city around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from sim.base_year import Base, compose, draw_numbers
from sim.drivers.history import world_history
from sim.parameters.names import Parameters, WorldParameters
from sim.parameters.priors import sample
from sim.posterior.posterior import Posterior, conditioned
from sim.randomness import Array, Draws, related_draws
from sim.region.pack import Pack
from sim.rest_of_city import rest_of_city


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
    drawn figures of the region asked for and of its city. `history` is what is known of the world, as `simulate_world`
    takes it.
    """

    draws: Draws
    parameters: Parameters
    world_parameters: WorldParameters
    base: Base
    years: tuple[int, ...]
    numbers: Mapping[str, Array]
    city_numbers: Mapping[str, Array] = field(default_factory=dict)
    others: tuple[Part, ...] = ()
    history: Mapping[str, Array] = field(default_factory=dict)
    known_years: int = 0  # years after the base year that have been reported


def draw_block(
    pack: Pack, seed: int, block: int, horizon: int, sources: frozenset[str], posterior: Posterior | None = None
) -> Block:
    """Draw parameters and the base year of one block, from the prior or from what the facts leave of it.

    With every source off there is one path.

    Raises ValueError when reported figures leave a cell, or the rest of a city, without value added.
    """
    draws = Draws(seed, block, sources) if sources else Draws(seed, block, sources, size=1)
    years = tuple(range(pack.base_year, horizon + 1))
    return block_of(pack, conditioned(draws, posterior), years, None if posterior is None else posterior.as_of)


def block_of(pack: Pack, draws: Draws, years: tuple[int, ...], as_of: int | None = None) -> Block:
    """Parameters and the base year of one block of draws, as `draw_block` makes them.

    The history of the world up to `as_of` is data; without a year all of it after the base year is chance.
    """
    known_until = pack.base_year if as_of is None else as_of
    history = world_history(pack.world_history, years, known_until)
    return replace(_drawn(pack, draws, years), history=history, known_years=known_until - pack.base_year)


def _drawn(pack: Pack, draws: Draws, years: tuple[int, ...]) -> Block:
    world = sample(pack.world, WorldParameters, draws, "world")
    city = pack.whole
    if city is None:
        own = _part(pack, draws, draw_numbers(pack, draws))
        return Block(draws, own.parameters, world, own.base, years, own.base.numbers)
    districts = [_part(district, draws, draw_numbers(district, draws)) for district in city.districts]
    whole = draw_numbers(city, draws)
    left = rest_of_city(whole, [part.base.numbers for part in districts])
    rest = _part(city, own_draws(city, draws), left)
    if pack is city:
        return Block(draws, rest.parameters, world, rest.base, years, whole, whole, tuple(districts))
    own = next(part for part in districts if part.pack.id == pack.id)
    others = (rest, *(part for part in districts if part is not own))
    return Block(draws, own.parameters, world, own.base, years, own.base.numbers, whole, others)


def _part(pack: Pack, draws: Draws, numbers: Mapping[str, Array]) -> Part:
    parameters = sample(pack.priors, Parameters, draws, pack.id)
    if "reporting" not in draws.sources:
        # Off means that reports are what happened: no lean towards targets either.
        none = np.zeros(draws.size)
        parameters = replace(parameters, reporting_lean=none, coverage_break=none)
    return Part(pack, draws, parameters, Base(numbers, compose(pack, numbers, parameters.marine_share)))


def own_draws(pack: Pack, draws: Draws) -> Draws:
    """Draws of a region's own part; what districts leave of a city is related to the first of them."""
    if not pack.districts:
        return draws
    return related_draws(draws, pack.id, pack.districts[0].id, pack.related)
