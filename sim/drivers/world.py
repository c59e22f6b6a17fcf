"""Simulate the world that all regions of a run share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.drivers.arrays import World
from sim.equations.production import autoregressive
from sim.equations.world import interpolate, national_growth, producer_price_growth, rare_event_gap_next
from sim.parameters.names import WorldParameters
from sim.parameters.priors import Z95
from sim.randomness import Array, Draws, heavy_tailed
from sim.scenario.parts import Event

#: Degrees of freedom of the fat-tailed shocks of the world.
TAILS = 5.0

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
        out.append(interpolate(low=getattr(parameters, low), high=getattr(parameters, high), weight=np.asarray(weight)))
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


@dataclass(frozen=True, slots=True)
class _Assumed:
    """World assumptions of a scenario: central paths (year, draw or 1), NaN where the calibrated world applies.

    `history` holds what has happened by name, (year,), NaN where it is not known: it is not assumed but true.
    """

    paths: Mapping[str, Array]
    history: Mapping[str, Array]

    def known(self, name: str, t: int) -> float | None:
        """What happened in year t in the unit of the assumption; None where it is not known."""
        value = self.history[name][t] if name in self.history else np.nan
        return float(value) if np.isfinite(value) else None

    def known_growth(self, name: str, t: int) -> float | None:
        """Log growth that happened in year t."""
        value = self.known(name, t)
        return None if value is None else float(np.log1p(value / 100.0))

    def given(self, name: str, t: int) -> bool:
        """Whether the scenario names the assumption in that year."""
        return name in self.paths and bool(np.isfinite(self.paths[name][t]).all())

    def growth(self, name: str, calibrated: Array) -> Array:
        """Log growth by year: named by the scenario [%], or calibrated (year, draw)."""
        if name not in self.paths:
            return calibrated
        return np.where(np.isfinite(self.paths[name]), np.log1p(self.paths[name] / 100.0), calibrated)


def simulate_world(
    parameters: WorldParameters,
    draws: Draws,
    years: Sequence[int],
    assumed: Mapping[str, Array],
    events: Sequence[Event] = (),
    history: Mapping[str, Array] | None = None,
) -> World:
    """Simulate the world for the given years, the first being the base year.

    `assumed` holds, for some world assumptions of the scenario, the central path (year, draw or 1) in the
    assumption's own unit, NaN where the calibrated path applies. `history` is what happened, (year,) in the same
    units, NaN where it is not known yet: it holds exactly in every draw. Returns (year, draw) arrays.
    """
    named = _Assumed(assumed, history or {})
    calibrated = national_trend(parameters, years)
    trend = named.growth("national_growth", calibrated)
    shock = parameters.national_volatility * draws.normal("shocks", "world.national", len(years))
    rare = _rare_events(parameters, draws, years, named)
    nation = _nation(parameters, trend, shock, rare, named)
    moved = parameters.rare_event_trade_multiple * rare + event_level(events, "world_trade", years, draws)
    gap = moved + _world_trade_gap(parameters, draws, moved, named)
    rate = _exchange_rate(parameters, draws, years, named)
    return World(
        national_trend_growth=nation.trend,
        calibrated_first_growth=calibrated[1],
        national_growth=nation.growth,
        national_shock=nation.news,
        rare_event_gap=rare,
        producer_price_growth=_producer_prices(parameters, draws, len(years), named),
        producer_price_mean=parameters.producer_price_mean,
        world_trade_growth=parameters.world_trade_trend + np.diff(gap, axis=0, prepend=gap[:1]),
        world_trade_gap=gap,
        world_price_growth=parameters.world_price_growth,
        exchange_rate=rate,
        exchange_rate_growth=np.diff(np.log(rate), axis=0, prepend=np.log(rate[:1])),
    )


@dataclass(frozen=True, slots=True)
class _Nation:
    """The nation by year, (year, draw), logs: its growth, the trend it has turned out to have, and passing news."""

    growth: Array
    trend: Array
    news: Array


def _nation(parameters: WorldParameters, trend: Array, shock: Array, rare: Array, named: _Assumed) -> _Nation:
    """Growth of the nation, cycle and rare events included.

    Part of a shock is never made good again and belongs to the trend. Where growth has happened, the shock is what
    reconciles it with the trend that was expected.
    """
    memory, kept = parameters.national_persistence, parameters.national_permanent_share
    cycle, growth, turned_out, news = (np.empty_like(shock) for _ in range(4))
    cycle[0], growth[0], turned_out[0] = parameters.national_base_gap, parameters.national_growth_base, trend[0]
    news[0] = (1.0 - kept) * shock[0]
    for t in range(1, len(shock)):
        happened = named.known_growth("national_growth", t)
        drawn = shock[t]
        if happened is not None:
            drawn = happened - trend[t] - (memory - 1.0) * cycle[t - 1] - (rare[t] - rare[t - 1])
        news[t] = (1.0 - kept) * drawn
        turned_out[t] = trend[t] + kept * drawn
        cycle[t] = autoregressive(level=cycle[t - 1], persistence=memory, innovation=news[t])
        gap, gap_next = cycle[t - 1] + rare[t - 1], cycle[t] + rare[t]
        growth[t] = national_growth(trend_growth=turned_out[t], gap=gap, gap_next=gap_next)
    return _Nation(growth, turned_out, news)


def _producer_prices(parameters: WorldParameters, draws: Draws, rows: int, named: _Assumed) -> Array:
    """Growth of producer prices: (year, draw), log. Where a scenario names it, chance plays around that."""
    noise = heavy_tailed(draws.normal("shocks", "world.producer_prices", rows), TAILS)
    noise *= parameters.producer_price_volatility
    centre = named.growth("producer_prices", np.broadcast_to(parameters.producer_price_mean, noise.shape))
    growth = np.empty_like(noise)
    growth[0] = parameters.producer_price_base
    for t in range(1, rows):
        happened = named.known_growth("producer_prices", t)
        if happened is not None:
            growth[t] = happened
            continue
        memory = np.zeros(1) if named.given("producer_prices", t) else parameters.producer_price_persistence
        growth[t] = producer_price_growth(mean=centre[t], persistence=memory, previous=growth[t - 1], shock=noise[t])
    return growth


def _world_trade_gap(parameters: WorldParameters, draws: Draws, moved: Array, named: _Assumed) -> Array:
    """Deviation of world trade from its calibrated trend, events left out: (year, draw), log.

    `moved` is what events move it by, (year, draw); where trade has happened, the gap is what they do not explain.
    """
    rows = len(moved)
    noise = heavy_tailed(draws.normal("shocks", "world.world_trade", rows), TAILS)
    noise *= parameters.world_trade_volatility
    trend = named.growth("world_trade", np.broadcast_to(parameters.world_trade_trend, noise.shape))
    gap = np.empty_like(noise)
    gap[0] = parameters.world_trade_base_gap
    for t in range(1, rows):
        happened = named.known_growth("world_trade", t)
        if happened is not None:
            gap[t] = gap[t - 1] + moved[t - 1] - moved[t] + happened - parameters.world_trade_trend
            continue
        # A file that names growth names all of it: the gap moves by what differs from the calibrated trend.
        carried = np.ones(1) if named.given("world_trade", t) else parameters.world_trade_persistence
        gap[t] = autoregressive(
            level=gap[t - 1], persistence=carried, innovation=trend[t] - parameters.world_trade_trend + noise[t]
        )
    return gap


def _rare_events(parameters: WorldParameters, draws: Draws, years: Sequence[int], named: _Assumed) -> Array:
    """Demand lost to rare events, log: (year, draw). None strikes when chance is switched off."""
    gap = np.zeros((len(years), draws.size))
    if "shocks" not in draws.sources:
        return gap
    chance = draws.uniform("shocks", "world.rare_event", len(years))
    for t in range(1, len(years)):
        probability = parameters.rare_event_probability
        if named.given("rare_event_probability", t):
            probability = named.paths["rare_event_probability"][t] / 100.0
        gap[t] = rare_event_gap_next(
            gap=gap[t - 1],
            recovery=parameters.rare_event_recovery,
            strikes=(chance[t] < probability).astype(np.float64),
            size=parameters.rare_event_size,
        )
    return gap


def _exchange_rate(parameters: WorldParameters, draws: Draws, years: Sequence[int], named: _Assumed) -> Array:
    """Yuan for a dollar: a random walk from the base year; a year the scenario names has chance around it."""
    noise = parameters.exchange_rate_volatility * draws.normal("shocks", "world.exchange_rate", len(years))
    rate = np.empty((len(years), draws.size))
    rate[0] = parameters.exchange_rate_base
    for t in range(1, len(years)):
        drift = parameters.exchange_rate_first_year if t == 1 else parameters.exchange_rate_drift
        rate[t] = rate[t - 1] * np.exp(drift + noise[t])
        happened = named.known("exchange_rate", t)
        if happened is not None:
            rate[t] = happened
        elif named.given("exchange_rate", t):
            rate[t] = named.paths["exchange_rate"][t] * np.exp(noise[t])
    return rate
