"""The nation that provinces share: what their average says of it up to the origin, and how it may go on.

Growth common to all provinces is a trend that wanders and drifts, a swing that persists, and a demand gap in the
level of output. All are linear in standard normals, so the history of the panel conditions them exactly: given the
same streams, the draws are moved so that every history agrees with the panel within the error of its mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.drivers.arrays import World
from sim.equations.production import autoregressive
from sim.errors import SimError
from sim.panel import Panel
from sim.parameters.priors import Prior, Priors, read_priors
from sim.randomness import Array, Draws, heavy_tailed

#: The year whose growth the centre describes; rows of the streams count from it, so that they never move.
FIRST_YEAR = 2000
#: Degrees of freedom of what is still to come; the past is data, and what moved it is taken as normal.
TAILS = 5.0

DRIFTS = ("drift_2000", "drift_2011", "drift_2016")
EVENTS = ("event_2020",)


@dataclass(frozen=True, slots=True)
class OutlookParameters:
    """Names of the lines of `calibration/provinces/outlook.yaml`."""

    centre: Array
    trend_step: Array
    drift_2000: Array
    drift_2011: Array
    drift_2016: Array
    swing_persistence: Array
    swing_volatility: Array
    demand_persistence: Array
    demand_volatility: Array
    regional_spread: Array
    price_mean: Array
    price_persistence: Array
    price_volatility: Array
    price_spread: Array
    rare_event_probability: Array
    rare_event_size: Array
    rare_event_recovery: Array
    event_2020: Array


def read_outlook(path: Path) -> Priors:
    """The dated lines about the nation. Raises InputError with every mistake."""
    return read_priors(path, OutlookParameters)


@dataclass(frozen=True, slots=True)
class History:
    """What the regions of a panel have in common, by year up to the origin; NaN where nothing is reported.

    growth, price : (year,) mean log growth of GDP and of the deflator of the secondary industry; regions_growth and
    regions_price : (year,) how many regions report it. The first year is FIRST_YEAR.
    """

    growth: Array
    price: Array
    regions_growth: Array
    regions_price: Array

    @property
    def origin(self) -> int:
        """The last year."""
        return FIRST_YEAR + len(self.growth) - 1


def national_history(panel: Panel) -> History:
    """What the regions of `panel`, which ends at the origin, have in common since FIRST_YEAR.

    Raises SimError when the panel ends before the outlook's information begins.
    """
    years = panel.years
    if years[-1] <= FIRST_YEAR:
        raise SimError(f"{panel.shown}: the outlook knows nothing before {FIRST_YEAR}; the origin is {years[-1]}")

    def since(values: Array) -> tuple[Array, Array]:
        known = np.isfinite(values)
        count = known.sum(axis=0).astype(np.float64)
        mean = np.where(count > 0, np.where(known, values, 0.0).sum(axis=0) / np.maximum(count, 1.0), np.nan)
        rows = years[-1] - FIRST_YEAR + 1
        lead = max(0, rows - len(years))
        return (
            np.concatenate([np.full(lead, np.nan), mean])[-rows:],
            np.concatenate([np.zeros(lead), count])[-rows:],
        )

    growth, of_growth = since(panel.growth("gdp_index"))
    price, of_price = since(panel.deflator("secondary"))
    return History(growth, price, of_growth, of_price)


@dataclass(frozen=True, slots=True)
class _Common:
    """Paths by year from FIRST_YEAR on, (year, draw): trend with swing, news in demand, loss to events, growth."""

    trend: Array
    news: Array
    loss: Array
    growth: Array


class Outlook:
    """The outlook as of an origin: only lines dated no later than it.

    Raises SimError when a line that is always needed is dated later than the origin.
    """

    def __init__(self, priors: Priors, history: History) -> None:
        self.history = history
        self.lines: Mapping[str, Prior] = {n: p for n, p in priors.scalars.items() if _year(p) <= history.origin}
        late = [name for name in priors.scalars if name not in self.lines and name not in (*DRIFTS[1:], *EVENTS)]
        if late:
            raise SimError(f"{priors.shown}: known only after the origin {history.origin}: {', '.join(late)}")

    def world(self, draws: Draws, years: Sequence[int]) -> World:
        """The world of a province for successive years, the first of them its base year; the past is the panel's."""
        rows, first = years[-1] - FIRST_YEAR + 1, years[0] - FIRST_YEAR
        common = self._common(draws, rows)
        price, mean = self._prices(draws, rows)
        coming = self._coming(draws, rows)
        none = np.zeros((len(years), draws.size))
        return World(
            national_trend_growth=common.trend[first:],
            calibrated_first_growth=common.trend[first],
            national_growth=(common.growth + np.diff(coming, axis=0, prepend=coming[:1]))[first:],
            national_shock=common.news[first:],
            rare_event_gap=(common.loss + coming)[first:],
            producer_price_growth=price[first:],
            producer_price_mean=mean,
            world_trade_growth=none,
            world_trade_gap=none,
            world_price_growth=np.zeros(draws.size),
            exchange_rate=none + 1.0,
            exchange_rate_growth=none,
        )

    def _number(self, name: str) -> float:
        """A line that is one number."""
        return float(self.lines[name].value(np.zeros(1))[0])

    def _common(self, draws: Draws, rows: int) -> _Common:
        names = ["centre", *(name for name in (*DRIFTS, *EVENTS) if name in self.lines), "start"]
        normals = {name: draws.normal("parameters", f"world.{name}") for name in names}
        normals |= {name: _rows(draws, "shocks", f"world.{name}", rows) for name in ("trend", "swing", "demand")}
        error = self._number("regional_spread") / np.sqrt(np.maximum(self.history.regions_growth, 1.0))
        noise = _rows(draws, "facts", "world.growth", len(error))

        def growth(given: Mapping[str, Array]) -> Array:
            return self._paths(given, rows).growth

        moved = conditioned(normals, growth, self.history.growth, error, noise)
        for name in ("trend", "swing", "demand"):
            moved[name][len(error) :] = heavy_tailed(moved[name][len(error) :], TAILS)
        return self._paths(moved, rows)

    def _paths(self, normals: Mapping[str, Array], rows: int) -> _Common:
        """Common growth from standard normals by name, each (row, draw): linear in all of them."""
        drift = {name: self.lines[name].value(normals[name][0]) for name in DRIFTS if name in self.lines}
        volatility, memory = self._number("swing_volatility"), np.asarray(self._number("swing_persistence"))
        centre = self.lines["centre"].value(normals["centre"][0])
        swing = normals["start"][0] * volatility / np.sqrt(1.0 - memory**2)
        trend = np.empty((rows, len(centre)))
        for row in range(rows):
            if row:
                centre = centre + self._drift(drift, FIRST_YEAR + row)
                centre = centre + self._number("trend_step") * normals["trend"][row]
                swing = autoregressive(level=swing, persistence=memory, innovation=volatility * normals["swing"][row])
            trend[row] = centre + swing
        news = self._number("demand_volatility") * normals["demand"][:rows]
        loss = self._loss(normals, rows)
        gap = loss + _accumulated(news, self._number("demand_persistence"))
        return _Common(trend, news, loss, trend + np.diff(gap, axis=0, prepend=0.0))

    def _drift(self, drift: Mapping[str, Array], year: int) -> Array:
        """Drift of the centre into a year: that of the latest line dated before the year."""
        return drift[max(name for name in drift if _year(self.lines[name]) < year)]

    def _loss(self, normals: Mapping[str, Array], rows: int) -> Array:
        """Output lost to events that have happened, log: (year, draw)."""
        gap = np.zeros((rows, normals["centre"].shape[-1]))
        for name in (name for name in EVENTS if name in self.lines):
            struck = np.zeros_like(gap)
            struck[_year(self.lines[name]) - FIRST_YEAR] = self.lines[name].value(normals[name][0])
            gap += _accumulated(struck, 1.0 - self._number("rare_event_recovery"))
        return gap

    def _coming(self, draws: Draws, rows: int) -> Array:
        """Output lost to events that may still come, log: (year, draw)."""
        size = self.lines["rare_event_size"].value(draws.normal("parameters", "world.rare_event_size")[0])
        chance = draws.uniform("shocks", "world.rare_event", rows)
        struck = (chance < self._number("rare_event_probability")) * size
        struck[: len(self.history.growth)] = 0.0
        return _accumulated(struck, 1.0 - self._number("rare_event_recovery"))

    def _prices(self, draws: Draws, rows: int) -> tuple[Array, Array]:
        """Growth of producer prices, (year, draw), and its mean, (draw,)."""
        normals = {
            "mean": draws.normal("parameters", "world.price_mean"),
            "price": _rows(draws, "shocks", "world.price", rows),
        }
        error = self._number("price_spread") / np.sqrt(np.maximum(self.history.regions_price, 1.0))
        noise = _rows(draws, "facts", "world.price", len(error))
        moved = conditioned(normals, lambda given: self._price_path(given), self.history.price, error, noise)
        moved["price"][len(error) :] = heavy_tailed(moved["price"][len(error) :], TAILS)
        return self._price_path(moved), self.lines["price_mean"].value(moved["mean"][0])

    def _price_path(self, normals: Mapping[str, Array]) -> Array:
        mean = self.lines["price_mean"].value(normals["mean"][0])
        news = self._number("price_volatility") * normals["price"]
        return mean + _accumulated(news, self._number("price_persistence"))


def conditioned(
    normals: Mapping[str, Array],
    simulate: Callable[[Mapping[str, Array]], Array],
    observed: Array,
    error: Array,
    noise: Array,
) -> dict[str, Array]:
    """Standard normals moved so that what they simulate agrees with what was observed.

    normals : by name, (row, draw); simulate : linear, to (year, draw); observed, error : (year,) of the first years,
    NaN where nothing is known; noise : (year, draw) standard normals of the error. Draws of the prior become draws of
    the exact posterior. Source: Matheron's rule, Doucet (2010), "A note on efficient conditional simulation".
    """
    stacked = np.concatenate(list(normals.values()))
    ends = np.cumsum([len(rows) for rows in normals.values()])[:-1]

    def run(values: Array) -> Array:
        return simulate(dict(zip(normals, np.split(values, ends), strict=True)))[: len(observed)]

    known = np.isfinite(observed)
    response = (run(np.eye(len(stacked))) - run(np.zeros((len(stacked), 1))))[known]
    covariance = response @ response.T + np.diag(np.square(error[known]))
    surprise = observed[known, None] - run(stacked)[known] - error[known, None] * noise[known]
    moved = stacked + response.T @ np.linalg.solve(covariance, surprise)
    return dict(zip(normals, np.split(moved, ends), strict=True))


def _accumulated(news: Array, persistence: float) -> Array:
    """First-order autoregression of the rows of `news`, from zero."""
    level = np.empty_like(news)
    before = np.zeros_like(news[0])
    for row, innovation in enumerate(news):
        before = level[row] = autoregressive(level=before, persistence=np.asarray(persistence), innovation=innovation)
    return level


def _rows(draws: Draws, source: str, name: str, rows: int) -> Array:
    """A stream by year; its row 0 belongs to no year, as in every stream that conditioning knows of."""
    return draws.normal(source, name, rows + 1)[1:]


def _year(prior: Prior) -> int:
    return int(prior.date[:4])
