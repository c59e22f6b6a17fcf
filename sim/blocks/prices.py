"""Deflators, nominal value added and consumer prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.drivers.arrays import Drivers
from sim.equations.prices import consumer_price_growth, deflator_growth, nominal, total
from sim.equations.trade import level_next
from sim.parameters.names import Parameters
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of the year; base year = 1."""

    deflator: Array  # (cell, draw)
    nominal: Array  # (cell, draw) 亿元, current prices, before any revision
    gdp_nominal: Array  # (draw,) 亿元
    nominal_growth: Array  # (draw,) log growth of nominal GDP
    consumer_price_growth: Array  # (draw,) log


def prices_next(before: Prices, value_added: Array, parameters: Parameters, drivers: Drivers, t: int) -> Prices:
    """One year of prices. `value_added` is real, (cell, draw) [亿元]."""
    world, shocks = drivers.world, drivers.shocks
    deflator = level_next(
        level=before.deflator,
        log_growth=deflator_growth(
            price_trend=parameters.price_trend,
            producer_price_response=parameters.producer_price_response,
            producer_price_growth=world.producer_price_growth[t],
            producer_price_mean=world.producer_price_mean,
            shock=shocks.price[t],
        ),
    )
    current = nominal(real=value_added, deflator=deflator)
    gdp = total(values=current)
    return Prices(
        deflator=deflator,
        nominal=current,
        gdp_nominal=gdp,
        nominal_growth=np.log(gdp / before.gdp_nominal),
        consumer_price_growth=consumer_price_growth(
            mean=parameters.consumer_price_mean,
            producer_price_response=parameters.consumer_price_response,
            producer_price_growth=world.producer_price_growth[t],
            producer_price_mean=world.producer_price_mean,
            shock=shocks.consumer_price[t],
        ),
    )
