"""The rivals: simple forecasts, each with the error spread that was known when they were made.

A rival is a rule for the point (last growth, mean of five years, …). Its spread comes from its own errors at the
same horizon, made at every earlier origin with outcomes up to the origin and pooled over the regions, so nothing
later enters. Chosen on origins up to 2009: normal quantiles (empirical ones are as good to 0.005 points) around the
point itself (taking off the mean past error makes every horizon worse).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from sim.hindcast.outcomes import LEVELS, SHARES, VARIABLES, Forecast, Forecaster, outcomes
from sim.hindcast.target_table import TargetTable
from sim.panel import Panel
from sim.randomness import Array

MEAN_YEARS = 5
NORMAL: Array = ndtri(LEVELS)

#: How the error grows with the horizon where the past does not show it: its standard deviation as a power.
GROWS = {"gdp_growth": 0.5, "gdp_growth_cumulative": 1.0, "secondary_share": 0.5, "tertiary_share": 0.5}

#: variable -> point forecast (region, year after the last of the panel); NaN = none
Points = Mapping[str, Array]
PointRule = Callable[[Panel, int], Points]
#: past errors of a variable, one array (case,) for each horizon, and the variable -> standard deviation by horizon
SpreadRule = Callable[[str, list[Array]], Array]


def blended(variable: str, errors: list[Array]) -> Array:
    """Standard deviation by horizon: the past errors at that horizon, with the one-year error carried forward.

    The variance at horizon h is the mean square of the past errors there, weighted by the number of origins / h
    that it comes from (neighbouring origins share years), and the one-year mean square x h^(2 x power) with the
    weight of one origin.
    """
    first = _mean_square(errors[0])
    found = [first]
    for horizon, past in enumerate(errors[1:], 2):
        weight = len(past) / horizon
        carried = first * horizon ** (2.0 * GROWS[variable])
        found.append((weight * (_mean_square(past) if weight else 0.0) + carried) / (weight + 1.0))
    return np.sqrt(np.array(found))


def random_walk(variable: str, errors: list[Array]) -> Array:
    """Standard deviation by horizon when the variable (of cumulative growth: the growth) is a random walk.

    The variance of growth and shares is h times, that of growth cumulated h (h + 1)(2 h + 1) / 6 times that at
    one year.
    """
    steps = np.arange(1.0, len(errors) + 1.0)
    cumulated = variable == "gdp_growth_cumulative"
    times = steps * (steps + 1.0) * (2.0 * steps + 1.0) / 6.0 if cumulated else steps
    spread: Array = np.sqrt(_mean_square(errors[0]) * times)
    return spread


@dataclass(frozen=True, slots=True)
class Rival:
    """A point rule with the spread of its own past errors."""

    name: str
    point: PointRule
    spread: SpreadRule = blended

    def forecast(self, panel: Panel, horizon: int) -> Forecast:
        """Quantiles (region, year, 99); NaN for a region without a point, or when no error is known yet."""
        points = self.point(panel, horizon)
        errors = self._errors(panel, horizon)
        return {name: _quantiles(name, points[name], self.spread(name, errors[name])) for name in points}

    def _errors(self, panel: Panel, horizon: int) -> dict[str, list[Array]]:
        """variable -> for each horizon the errors (origin, region) at all earlier origins."""
        found: dict[str, list[list[Array]]] = {name: [[] for _ in range(horizon)] for name in VARIABLES}
        last = panel.years[-1]
        for origin in panel.years[:-1]:
            known = panel.up_to(origin)
            reach = min(horizon, last - origin)
            truth = outcomes(panel, known.regions, origin, reach)
            for name, point in self.point(known, reach).items():
                error = truth[name] - point
                for step in range(reach):
                    if not np.isnan(error[:, step]).all():
                        found[name][step].append(_over(error[:, step], panel, known))
        return {name: [_stacked(each, len(panel.regions)) for each in steps] for name, steps in found.items()}


def _over(error: Array, panel: Panel, known: Panel) -> Array:
    """Errors of the regions of an earlier panel in the order of today's."""
    whole = np.full(len(panel.regions), np.nan)
    whole[[panel.regions.index(region) for region in known.regions]] = error
    return whole


def _stacked(errors: list[Array], regions: int) -> Array:
    return np.stack(errors) if errors else np.empty((0, regions))


def _mean_square(errors: Array) -> float:
    """Mean square of what is known; NaN where nothing is."""
    known = errors[~np.isnan(errors)]
    return float(np.mean(known**2)) if known.size else float("nan")


def _quantiles(variable: str, point: Array, spread: Array) -> Array:
    quantiles = point[..., None] + spread[:, None] * NORMAL
    return np.clip(quantiles, 0.0, 100.0) if variable in SHARES else quantiles


def growth_points(growth: Array) -> dict[str, Array]:
    """Both growth variables from log growth by year, shape (region, year)."""
    cumulative = 100.0 * np.cumsum(growth, axis=1)
    return {"gdp_growth": 100.0 * np.expm1(growth), "gdp_growth_cumulative": cumulative}


def share_points(panel: Panel, change: Callable[[Array, int], Array], horizon: int) -> dict[str, Array]:
    """Shares as the last share plus the sum of the yearly changes that `change` expects from those before.

    `change` turns past changes (region, year) into coming ones (region, horizon).
    """
    found = {}
    for name in SHARES:
        share = panel.share(name.removesuffix("_share"))
        coming = change(np.diff(share, axis=1), horizon) if share.shape[1] > 1 else np.zeros((len(share), horizon))
        found[name] = np.clip(share[:, -1:] + np.cumsum(coming, axis=1), 0.0, 100.0)
    return found


def _same(value: Array, horizon: int) -> Array:
    return np.repeat(value[:, None], horizon, axis=1)


def _mean_of_last(values: Array, years: int) -> Array:
    """Mean (region,) of the last years of values (region, year) that are reported; zero where none is."""
    last = values[:, -years:]
    known = ~np.isnan(last)
    mean: Array = np.where(known, last, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return mean


def persistence(panel: Panel, horizon: int) -> Points:
    """Growth as last year, shares as last year."""
    growth = _same(panel.growth("gdp_index")[:, -1], horizon)
    return growth_points(growth) | share_points(panel, lambda changes, years: np.zeros((len(changes), years)), horizon)


def past_drift(panel: Panel, horizon: int) -> Points:
    """Shares only: the last share moving on by the mean change of all past years."""
    return share_points(panel, lambda past, years: _same(_mean_of_last(past, past.shape[1]), years), horizon)


def five_year_mean(panel: Panel, horizon: int) -> Points:
    """Mean log growth and mean change of the shares over the last five years, or as many as there are."""
    growth = _same(_mean_of_last(panel.growth("gdp_index"), MEAN_YEARS), horizon)
    return growth_points(growth) | share_points(
        panel, lambda past, years: _same(_mean_of_last(past, MEAN_YEARS), years), horizon
    )


def pooled_ar1(panel: Panel, horizon: int) -> Points:
    """AR(1) of growth, and of the changes of shares, with the same coefficients for all regions, iterated."""
    return growth_points(_ar1(panel.growth("gdp_index"), horizon)) | share_points(panel, _ar1, horizon)


def _ar1(values: Array, horizon: int) -> Array:
    """Iterated forecast (region, horizon) of values (region, year); with fewer than two pairs of years, the last."""
    before, after = values[:, :-1].ravel(), values[:, 1:].ravel()
    known = ~np.isnan(before + after)
    slope, level = 1.0, 0.0
    if values.shape[1] > 2 and np.ptp(before[known]) > 0.0:
        centre = before[known].mean()
        deviation = before[known] - centre
        # Between 0 and 1: outside it, two or three years of a few regions have been taken for a law.
        slope = float(np.clip(deviation @ after[known] / (deviation @ deviation), 0.0, 1.0))
        level = float(after[known].mean() - slope * centre)
    coming = [values[:, -1]]
    for _ in range(horizon):
        coming.append(level + slope * coming[-1])
    return np.stack(coming[1:], axis=1)


def target_itself(table: TargetTable) -> PointRule:
    """Growth as the last target announced, that for the origin year; NaN for a region without one.

    The target of the first forecast year is announced in that year, so it is not known at the origin.
    """

    def point(panel: Panel, horizon: int) -> Points:
        target = np.array([table.target_of(region, panel.years[-1]) for region in panel.regions])
        return growth_points(_same(np.log1p(target / 100.0), horizon))

    return point


def rivals(table: TargetTable | None = None) -> tuple[Forecaster, ...]:
    """All simple rivals; with the table of growth targets also the target itself."""
    simple = (
        Rival("persistence", persistence),
        Rival("past_drift", past_drift),
        Rival("five_year_mean", five_year_mean),
        Rival("pooled_ar1", pooled_ar1),
        Rival("random_walk", persistence, random_walk),
    )
    return simple if table is None else (*simple, Rival("target_itself", target_itself(table)))
