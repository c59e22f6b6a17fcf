"""Scenarios that hold one lever or one world assumption a step away from where it would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.experiment.drawing import draw_block
from sim.experiment.simulation import worlds
from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.randomness import Array
from sim.region.pack import Pack
from sim.scenario.parts import AssumptionPath, Scenario


def nothing(horizon: int) -> Scenario:
    """The scenario that changes nothing."""
    return Scenario("step", Text("一步", "one step"), "", None, horizon, {}, {}, (), (), (), {}, ())


def held(id_: str, values: Sequence[float], years: Sequence[int]) -> Scenario:
    """A lever or world assumption with the given value in each of `years`, and nothing else."""
    line = tuple(float(value) for value in values)
    path = {id_: AssumptionPath(id_, tuple(years), line, line)}
    empty = nothing(years[-1])
    levers = path if id_ in LEVERS else {}
    return Scenario(
        empty.name, empty.label, "", None, empty.horizon, levers, {} if levers else path, (), (), (), {}, ()
    )  # fmt: skip


def central_world(pack: Pack, horizon: int) -> Mapping[str, Array]:
    """Calibrated central paths of the world assumptions, (year,) without the base year, in their own units."""
    block = draw_block(pack, 0, 0, horizon, frozenset())
    (world,) = worlds((nothing(horizon),), block)
    parameters, ones = block.world_parameters, np.ones(horizon - pack.base_year)
    return {
        "national_growth": 100.0 * np.expm1(world.national_trend_growth[1:, 0]),
        "producer_prices": 100.0 * np.expm1(parameters.producer_price_mean[0]) * ones,
        "world_trade": 100.0 * np.expm1(parameters.world_trade_trend[0]) * ones,
        "exchange_rate": world.exchange_rate[1:, 0],
        "rare_event_probability": 100.0 * parameters.rare_event_probability[0] * ones,
    }


def pair_of(id_: str, amount: float, years: Sequence[int], central: Mapping[str, Array]) -> tuple[Scenario, Scenario]:
    """Without and with: a lever at 0 and at `amount`, an assumption at its central path and `amount` above it.

    Years are those after the base year. What stands at its bound stays there.
    """
    if id_ in LEVERS:
        return nothing(years[-1]), held(id_, [amount] * len(years), years)
    entry, usual = WORLD[id_], central[id_]
    moved = np.clip(usual + amount, entry.low, entry.high)
    return held(id_, list(usual), years), held(id_, list(moved), years)
