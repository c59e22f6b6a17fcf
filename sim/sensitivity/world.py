"""The model's own distribution of the world's quantities: what is likely of their averages up to a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.drivers.arrays import World
from sim.drivers.policy import world_assumptions
from sim.experiment.bench import Bench
from sim.experiment.simulation import worlds
from sim.parameters.names import WorldParameters
from sim.randomness import Array
from sim.sensitivity.blocks import Tick

QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class WorldSeen:
    """World quantities by the id of their assumption, in its unit, in the years after the facts: (year, draw).

    actual : what happens; central : the path around which chance plays.
    """

    actual: Mapping[str, Array]
    central: Mapping[str, Array]


def world_of_block(bench: Bench, index: int, tick: Tick) -> WorldSeen:
    """The world of the plan's scenario in one block of draws."""
    block, scenario = bench.block(index), bench.plan.scenarios[0]
    (world,) = worlds((scenario,), block)
    first = 1 + block.known_years
    assumed = world_assumptions(scenario, block.draws, block.years)
    actual, central = _quantities(world, block.world_parameters, len(block.years))
    for name, path in assumed.items():
        central[name] = np.where(np.isfinite(path), path, central[name])
    tick()
    return WorldSeen(*({name: rows[first:] for name, rows in each.items()} for each in (actual, central)))


def _quantities(world: World, parameters: WorldParameters, rows: int) -> tuple[dict[str, Array], dict[str, Array]]:
    def every(values: Array) -> Array:
        return np.broadcast_to(values, (rows, len(values)))

    struck = every(100.0 * parameters.rare_event_probability)
    actual = {
        "national_growth": 100.0 * np.expm1(world.national_growth),
        "producer_prices": 100.0 * np.expm1(world.producer_price_growth),
        "world_trade": 100.0 * np.expm1(world.world_trade_growth),
        "exchange_rate": world.exchange_rate,
        "rare_event_probability": struck,
    }
    central = {
        "national_growth": 100.0 * np.expm1(world.national_trend_growth),
        "producer_prices": every(100.0 * np.expm1(parameters.producer_price_mean)),
        "world_trade": every(100.0 * np.expm1(parameters.world_trade_trend)),
        "exchange_rate": world.exchange_rate,
        "rare_event_probability": struck,
    }
    return actual, central


def central_paths(parts: Sequence[WorldSeen]) -> dict[str, Array]:
    """Medians over the draws of the central paths, (year,)."""
    return {name: np.median(_joined([part.central[name] for part in parts]), axis=1) for name in parts[0].central}


def likely_averages(
    parts: Sequence[WorldSeen], first: int, years: Sequence[int]
) -> dict[tuple[str, int], tuple[float, float, float]]:
    """p10, p50 and p90 of the average of every quantity from year `first` up to each of `years`."""
    out = {}
    for name in parts[0].actual:
        actual = _joined([part.actual[name] for part in parts])
        for year in years:
            low, middle, high = np.quantile(actual[: year - first + 1].mean(axis=0), QUANTILES)
            out[name, year] = (float(low), float(middle), float(high))
    return out


def _joined(parts: Sequence[Array]) -> Array:
    return np.concatenate(parts, axis=1)
