"""Simulate the world that all regions of a run share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.drivers import World
from sim.equations.production import autoregressive
from sim.equations.world import interpolate, national_growth, producer_price_growth, rare_event_gap_next
from sim.parameter_names import WorldParameters
from sim.parameters import Z95
from sim.randomness import Array, Draws, heavy_tailed
from sim.scenario_parts import Event

#: Anchors of the national trend and the parameters that hold them.
ANCHORS = (
    (2021, "national_growth_2021"),
    (2025, "national_growth_2025"),
    (2030, "national_growth_2030"),
    (2035, "national_growth_2035"),
)


def national_trend(parameters: WorldParameters, years: Sequence[int]) -> Array:
    """Trend growth of the nation, straight lines between anchors, level outside them: (year, draw)."""
    out = []
    for year in years:
        later = next((i for i, (anchor, _) in enumerate(ANCHORS) if anchor >= year), len(ANCHORS) - 1)
        earlier = max(later - 1, 0)
        (y0, low), (y1, high) = ANCHORS[earlier], ANCHORS[later]
        weight = np.clip((year - y0) / (y1 - y0), 0.0, 1.0) if y1 > y0 else np.asarray(1.0)
        out.append(
            interpolate(low=getattr(parameters, low), high=getattr(parameters, high), weight=np.asarray(weight))
        )
    return np.stack(out)


def event_level(events: Sequence[Event], kind: str, years: Sequence[int], draws: Draws) -> Array:
    """Log level by which a scenario's events of one kind move their driver while they last: (year, draw)."""
    level = np.zeros((len(years), draws.size))
    for event in (e for e in events if e.kind == kind):
        chance = draws.uniform("shocks", f"event.{event.id}", len(years))
        middle, spread = (event.size_low + event.size_high) / 2.0, (event.size_high - event.size_low) / 2.0
        percent = middle + spread / Z95 * draws.normal("scenario", f"event.{event.id}", len(years))
        size = np.log1p(np.maximum(percent, -95.0) / 100.0)
        for start in range(1, len(years)):
            if event.year is not None:
                struck: Array = np.full(draws.size, float(years[start] == event.year))
            else:
                struck = (chance[start] < (event.probability or 0.0)).astype(np.float64)
            level[start : start + event.duration] += struck * size[start]
    return level


def simulate_world(
    parameters: WorldParameters,
    draws: Draws,
    years: Sequence[int],
    assumed: Mapping[str, Array],
    events: Sequence[Event] = (),
) -> World:
    """Simulate the world for the given years, the first being the base year.

    `assumed` holds, for some world assumptions of the scenario, the central path (year, draw or 1) in the
    assumption's own unit, NaN where the calibrated path applies. Returns read-only (year, draw) arrays.
    """
    rows, size = len(years), draws.size

    def noise(name: str) -> Array:
        return draws.normal("shocks", f"world.{name}", rows)

    calibrated = national_trend(parameters, years)
    trend = _replaced(calibrated, assumed.get("national_growth"), _log_growth)
    national_shock = parameters.national_volatility * noise("national")
    rare = _rare_events(parameters, draws, years, assumed.get("rare_event_probability"))
    prices = np.empty((rows, size))
    prices[0] = parameters.producer_price_base
    price_noise = parameters.producer_price_volatility * heavy_tailed(noise("producer_prices"), 5.0)
    gap = np.empty((rows, size))
    gap[0] = parameters.world_trade_base_gap
    trade_noise = parameters.world_trade_volatility * heavy_tailed(noise("world_trade"), 5.0)
    trade_noise += parameters.rare_event_trade_multiple * np.diff(rare, axis=0, prepend=0.0)
    struck = event_level(events, "world_trade", years, draws)
    trade_noise += struck
    trade_noise[1:] -= parameters.world_trade_persistence * struck[:-1]
    trade_trend = _replaced(
        np.tile(parameters.world_trade_trend, (rows, 1)), assumed.get("world_trade"), _log_growth
    )
    assumed_trade = assumed.get("world_trade")
    cycle = np.empty((rows, size))
    cycle[0] = parameters.national_base_gap
    growth = np.empty((rows, size))
    growth[0] = parameters.national_growth_base
    for t in range(1, rows):
        mean = _replaced_row(parameters.producer_price_mean, assumed.get("producer_prices"), t)
        prices[t] = producer_price_growth(
            mean=mean,
            persistence=parameters.producer_price_persistence,
            previous=prices[t - 1],
            shock=price_noise[t],
        )
        if _row_given(assumed.get("producer_prices"), t):
            prices[t] = mean + price_noise[t]
        cycle[t] = autoregressive(
            level=cycle[t - 1], persistence=parameters.national_persistence, innovation=national_shock[t]
        )
        growth[t] = national_growth(
            trend_growth=trend[t], gap=cycle[t - 1] + rare[t - 1], gap_next=cycle[t] + rare[t]
        )
        gap[t] = autoregressive(
            level=gap[t - 1], persistence=parameters.world_trade_persistence, innovation=trade_noise[t]
        )
        if _row_given(assumed_trade, t):
            # The file names growth itself: what differs from the calibrated trend moves the gap.
            named = trade_trend[t] - parameters.world_trade_trend
            gap[t] = gap[t - 1] + named + trade_noise[t]
    trade_growth = parameters.world_trade_trend + np.diff(gap, axis=0, prepend=gap[:1])
    rate = _exchange_rate(parameters, draws, years, assumed.get("exchange_rate"))
    world = World(
        national_trend_growth=trend,
        calibrated_first_growth=calibrated[1],
        national_growth=growth,
        national_shock=national_shock,
        rare_event_gap=rare,
        producer_price_growth=prices,
        producer_price_mean=parameters.producer_price_mean,
        world_trade_growth=trade_growth,
        world_trade_gap=gap,
        world_price_growth=parameters.world_price_growth,
        exchange_rate=rate,
        exchange_rate_growth=np.diff(np.log(rate), axis=0, prepend=np.log(rate[:1])),
    )
    return world


def _log_growth(percent: Array) -> Array:
    return np.log1p(percent / 100.0)


def _row_given(assumed: Array | None, t: int) -> bool:
    return assumed is not None and bool(np.isfinite(assumed[t]).all())


def _replaced_row(calibrated: Array, assumed: Array | None, t: int) -> Array:
    if assumed is not None and _row_given(assumed, t):
        return np.broadcast_to(_log_growth(assumed[t]), calibrated.shape)
    return calibrated


def _replaced(calibrated: Array, assumed: Array | None, convert: object) -> Array:
    if assumed is None:
        return calibrated
    assert callable(convert)
    return np.where(np.isfinite(assumed), convert(assumed), calibrated)


def _rare_events(parameters: WorldParameters, draws: Draws, years: Sequence[int], assumed: Array | None) -> Array:
    """Demand lost to rare events, log: (year, draw). None strikes when chance is switched off."""
    gap = np.zeros((len(years), draws.size))
    if "shocks" not in draws.sources:
        return gap
    chance = draws.uniform("shocks", "world.rare_event", len(years))
    for t in range(1, len(years)):
        probability = parameters.rare_event_probability
        if assumed is not None and _row_given(assumed, t):
            probability = np.broadcast_to(assumed[t] / 100.0, probability.shape)
        gap[t] = rare_event_gap_next(
            gap=gap[t - 1],
            recovery=parameters.rare_event_recovery,
            strikes=(chance[t] < probability).astype(np.float64),
            size=parameters.rare_event_size,
        )
    return gap


def _exchange_rate(parameters: WorldParameters, draws: Draws, years: Sequence[int], assumed: Array | None) -> Array:
    """Yuan for a dollar: a random walk from the base year; named years are taken as named."""
    noise = parameters.exchange_rate_volatility * draws.normal("shocks", "world.exchange_rate", len(years))
    rate = np.empty((len(years), draws.size))
    rate[0] = parameters.exchange_rate_base
    for t in range(1, len(years)):
        drift = parameters.exchange_rate_first_year if t == 1 else parameters.exchange_rate_drift
        rate[t] = rate[t - 1] * np.exp(drift + noise[t])
        if assumed is not None and _row_given(assumed, t):
            rate[t] = assumed[t] * np.exp(noise[t])
    return rate
