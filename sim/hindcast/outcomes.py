"""What a forecast of a region is about, and what came true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from sim.panel import Panel
from sim.randomness import Array

#: Growth in percent; 100 x sum of log growth since the origin; shares in percent of GDP at current prices.
VARIABLES = ("gdp_growth", "gdp_growth_cumulative", "secondary_share", "tertiary_share")
GROWTH = VARIABLES[:2]
SHARES = VARIABLES[2:]

#: Quantile levels of every forecast: q01 to q99.
LEVELS: Array = np.arange(1, 100) / 100.0

#: variable -> quantiles (region, year after the origin, 99), regions in the order of the panel; NaN = no forecast
Forecast = Mapping[str, Array]


class Forecaster(Protocol):
    """Whatever forecasts the regions of a panel: the model and its rivals alike."""

    @property
    def name(self) -> str:
        """By which the scoreboard knows it."""

    def forecast(self, panel: Panel, horizon: int) -> Forecast:
        """Quantiles for the `horizon` years after the last year of `panel`, which holds nothing later."""


def outcomes(panel: Panel, regions: Sequence[str], origin: int, horizon: int) -> dict[str, Array]:
    """Outcomes (region, year after the origin) of every variable; NaN where the panel does not report them."""
    growth = _window(panel, panel.growth("gdp_index"), regions, origin, horizon)
    found = {"gdp_growth": 100.0 * np.expm1(growth), "gdp_growth_cumulative": 100.0 * np.cumsum(growth, axis=1)}
    for name in SHARES:
        found[name] = _window(panel, panel.share(name.removesuffix("_share")), regions, origin, horizon)
    return found


def _window(panel: Panel, values: Array, regions: Sequence[str], origin: int, horizon: int) -> Array:
    """Columns origin + 1 … origin + horizon of `values` (region, year) for the named regions."""
    padded = np.full((len(panel.regions), horizon), np.nan)
    start = origin + 1 - panel.years[0]
    inside = values[:, start : start + horizon]
    padded[:, : inside.shape[1]] = inside
    place = {region: index for index, region in enumerate(panel.regions)}
    return padded[[place[region] for region in regions]]
