"""Proper scores of quantile forecasts, and how sure one can be of them: whole years are the unit, not regions.

Regions share the fortune of a year, so a mean is taken within each origin first, and intervals come from
resampling origins in blocks as long as the horizon, because forecasts of neighbouring origins share years.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.errors import SimError
from sim.hindcast.outcomes import LEVELS, Forecast, outcomes
from sim.panel import Panel
from sim.randomness import Array, generator

SEED = 20200101  # of the bootstrap; any number will do, it only has to stay
RESAMPLES = 4000
INTERVAL = (0.05, 0.95)


def crps(quantiles: Array, outcome: Array) -> Array:
    """Continuous ranked probability score as 2 x mean pinball loss over q01–q99, in the unit of the outcome.

    quantiles (…, 99), outcome (…); NaN where either is not known. Source: Gneiting and Raftery (2007), JASA 102.
    """
    error = outcome[..., None] - quantiles
    loss: Array = 2.0 * np.mean(np.maximum(LEVELS * error, (LEVELS - 1.0) * error), axis=-1)
    return loss


def inside(quantiles: Array, outcome: Array, level: float) -> Array:
    """1 where the outcome lies in the central interval of this level (0.9: q05 to q95), else 0; NaN if not known."""
    tail = round(50.0 * (1.0 - level))
    low, high = quantiles[..., tail - 1], quantiles[..., 99 - tail]
    known = ~np.isnan(low + outcome)
    hit: Array = np.where(known, (low <= outcome) & (outcome <= high), np.nan)
    return hit


def pit(quantiles: Array, outcome: Array) -> Array:
    """Where the outcome lies in its forecast: 0.005 below q01, 0.995 above q99, uniform if the forecast is right."""
    below = np.sum(quantiles < outcome[..., None], axis=-1) + np.sum(quantiles <= outcome[..., None], axis=-1)
    place: Array = np.where(np.isnan(quantiles[..., 0] + outcome), np.nan, (below + 1.0) / 200.0)
    return place


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Forecasts of one variable and horizon by one forecaster beside what came true.

    origins, regions, outcomes (case,); quantiles (case, 99). Cases without forecast or outcome are left out.
    """

    forecaster: str
    variable: str
    horizon: int
    origins: tuple[int, ...]
    regions: tuple[str, ...]
    quantiles: Array
    outcomes: Array

    def only(self, wanted: Collection[tuple[int, str]]) -> Cases:
        """The cases whose (origin, region) is among `wanted`."""
        keep = [place for place, key in enumerate(zip(self.origins, self.regions, strict=True)) if key in wanted]
        origins, regions = tuple(self.origins[place] for place in keep), tuple(self.regions[place] for place in keep)
        return replace(
            self, origins=origins, regions=regions, quantiles=self.quantiles[keep], outcomes=self.outcomes[keep]
        )


@dataclass(frozen=True, slots=True)
class Score:
    """A line of the scoreboard: means over origins of the means over regions.

    crps in the unit of the variable; coverage of the central 50 and 90 % intervals; pit the mean place of the
    outcome in its forecast (0.5 when centred); `cases` counts forecasts, `origins` the years they were made in,
    `effective_years` how many independent years the mean CRPS is worth.
    """

    forecaster: str
    variable: str
    horizon: int
    crps: float
    coverage_50: float
    coverage_90: float
    pit: float
    cases: int
    origins: int
    effective_years: float


@dataclass(frozen=True, slots=True)
class Ratio:
    """Mean CRPS of one forecaster over that of another on the same cases, with its 90 % interval from year blocks.

    `low` and `high` are NaN when all cases come from one origin: one year says nothing about others.
    """

    forecaster: str
    rival: str
    variable: str
    horizon: int
    ratio: float
    low: float
    high: float
    origins: int
    effective_years: float


def cases(
    forecaster: str, made: Mapping[int, tuple[Sequence[str], Forecast]], panel: Panel, variable: str, horizon: int
) -> Cases:
    """The cases of one forecaster, variable and horizon.

    made : origin -> (regions, forecast); panel : with the outcomes, of which later years may be missing.
    """
    origins: list[int] = []
    names: list[str] = []
    quantiles: list[Array] = [np.empty((0, 99))]
    truths: list[Array] = [np.empty(0)]
    for origin, (regions, forecast) in sorted(made.items()):
        if variable not in forecast or forecast[variable].shape[1] < horizon:
            continue
        given = forecast[variable][:, horizon - 1]
        truth = outcomes(panel, regions, origin, horizon)[variable][:, horizon - 1]
        keep = [place for place, known in enumerate(~np.isnan(truth + given.sum(axis=-1))) if known]
        origins += [origin] * len(keep)
        names += [regions[place] for place in keep]
        quantiles.append(given[keep])
        truths.append(truth[keep])
    return Cases(
        forecaster, variable, horizon, tuple(origins), tuple(names), np.concatenate(quantiles), np.concatenate(truths)
    )


def score(found: Cases) -> Score:
    """Mean scores of the cases; raises SimError when there is none."""
    if not found.origins:
        raise SimError(f"{found.forecaster}: no {found.variable} at {found.horizon} years with an outcome")
    by_year = origin_means(found.origins, crps(found.quantiles, found.outcomes))
    within = [
        float(origin_means(found.origins, inside(found.quantiles, found.outcomes, level)).mean())
        for level in (0.5, 0.9)
    ]
    place = float(origin_means(found.origins, pit(found.quantiles, found.outcomes)).mean())
    worth = effective_years(by_year, found.horizon)
    count, years = len(found.origins), len(by_year)
    name = (found.forecaster, found.variable, found.horizon)
    return Score(*name, float(by_year.mean()), within[0], within[1], place, count, years, worth)


def ratio(model: Cases, rival: Cases, seed: int = SEED) -> Ratio:
    """How much better `model` did than `rival` on the cases both forecast; below 1 is better.

    The same resampled origins enter above and below the line. Raises SimError when they share no case.
    """
    shared = set(zip(model.origins, model.regions, strict=True)) & set(zip(rival.origins, rival.regions, strict=True))
    if not shared:
        raise SimError(f"{model.forecaster} and {rival.forecaster} share no case of {model.variable}")
    ours, theirs = (
        origin_means(found.origins, crps(found.quantiles, found.outcomes))
        for found in (model.only(shared), rival.only(shared))
    )
    low, high = np.nan, np.nan
    if len(ours) > 1:
        # One stream for every pair: the resampled years are the same in all lines of the scoreboard.
        picked = resampled_years(len(ours), model.horizon, seed)
        low, high = np.quantile(ours[picked].mean(axis=1) / theirs[picked].mean(axis=1), INTERVAL)
    worth = effective_years(ours - theirs, model.horizon)
    name = (model.forecaster, rival.forecaster, model.variable, model.horizon)
    return Ratio(*name, float(ours.mean() / theirs.mean()), float(low), float(high), len(ours), worth)


def origin_means(origins: Sequence[int], values: Array) -> Array:
    """Mean of `values` (case,) within each origin, shape (origin,), in the order of time."""
    _, index = np.unique(np.asarray(origins), return_inverse=True)
    means: Array = np.bincount(index, weights=values) / np.bincount(index)
    return means


def effective_years(by_year: Array, horizon: int) -> float:
    """How many independent years a mean over successive origins is worth, between 1 and their number n.

    n / (1 + 2 sum_k (1 - k / n) r_k) over the lags k < horizon (at least lag 1): r_k is the autocorrelation of the
    yearly means, no lower than ((horizon - k) / horizon)^2. That floor is what the k years which two origins do not
    share leave of the correlation of squared errors; a dozen yearly means cannot show it themselves. Regions of
    one year count as one block, however many they are.
    """
    count = len(by_year)
    centred = by_year - by_year.mean()
    variance = float(centred @ centred)
    total = 0.0
    for lag in range(1, min(max(horizon, 2), count)):
        seen = float(centred[lag:] @ centred[:-lag]) / variance if variance > 0.0 else 0.0
        total += (1.0 - lag / count) * max(seen, (max(horizon - lag, 0) / horizon) ** 2)
    return float(np.clip(count / (1.0 + 2.0 * total), 1.0, count))


def resampled_years(count: int, horizon: int, seed: int = SEED) -> NDArray[np.intp]:
    """Places of origins in each resample, shape (resample, count): circular blocks of the length of the horizon.

    Half the origins at most, since one block of all origins would always give the same mean.
    """
    length = max(1, min(horizon, count // 2))
    blocks = -(-count // length)
    starts = generator(seed, f"hindcast.years.{count}.{length}", 0).integers(count, size=(RESAMPLES, blocks))
    places = (starts[:, :, None] + np.arange(length)) % count
    return places.reshape(RESAMPLES, -1)[:, :count]
