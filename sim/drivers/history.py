"""What is known of the world's past: data that hold in every draw, and how surprising they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.drivers.arrays import World
from sim.facts.ledger import Fact
from sim.parameters.names import WorldParameters
from sim.randomness import Array


def world_history(facts: Mapping[str, Mapping[int, Fact]], years: Sequence[int], as_of: int) -> dict[str, Array]:
    """Known values by name, (year,), NaN in the base year and where no figure up to `as_of` is known."""
    out = {}
    for name, by_year in facts.items():
        known = [by_year[y].number if y in by_year and years[0] < y <= as_of else np.nan for y in years]
        if np.isfinite(known).any():
            out[name] = np.array(known)
    return out


def surprises(world: World, parameters: WorldParameters, rows: Sequence[int]) -> Array:
    """News of the known years in units of their volatility, (series and year, draw): standard normals before the
    facts were known.

    National demand, producer prices and the exchange rate: what a trend, a mean or a drift must be to make the known
    years likely. World trade is left out where its base year, a pandemic, is itself a guess.
    """
    out = []
    for t in rows:
        passing = 1.0 - parameters.national_permanent_share
        out.append(world.national_shock[t] / passing / parameters.national_volatility)
        before = world.producer_price_growth[t - 1] - parameters.producer_price_mean
        expected = parameters.producer_price_mean + parameters.producer_price_persistence * before
        out.append((world.producer_price_growth[t] - expected) / parameters.producer_price_volatility)
        drift = parameters.exchange_rate_first_year if t == 1 else parameters.exchange_rate_drift
        out.append((world.exchange_rate_growth[t] - drift) / parameters.exchange_rate_volatility)
    return np.stack(out)


#: Volatilities by which `surprises` divides, in its order.
VOLATILITIES = ("national_volatility", "producer_price_volatility", "exchange_rate_volatility")


def stretches(parameters: WorldParameters, lowest: Mapping[str, float], years: int) -> Array:
    """What the density of news owes to its volatility, as residuals, (series, draw): half their square is
    years × log volatility, less a constant.

    News in units of a volatility is likelier the larger that is; the figures themselves are not. `lowest` are values
    below all volatilities that matter, so that there is a root.
    """
    rows = [np.log(getattr(parameters, name) / lowest[name]) for name in VOLATILITIES]
    return np.sqrt(2.0 * years * np.maximum(np.stack(rows), 1e-6))
