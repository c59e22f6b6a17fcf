"""A flexible statistical forecast: a common factor and each region's distance from it, both smoothed and damped.

It stands beside the model as one more rival, never behind the model's name.

The mean over the regions and each region's deviation from it are local levels: exponentially smoothed with some
gain, then falling back from there to their own mean so far. Many pairs of gain and damping are run, for the common
part and the deviations apart, and averaged with weights by their one-year errors up to the origin, so that a short
history leaves them nearly equal. The changes of shares fall back to zero instead: past drift is a bad guide.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from sim.hindcast.rivals import Points, Rival, growth_points, share_points
from sim.panel import Panel
from sim.randomness import Array

#: Gains (1 = the last year alone) and dampings (1 = stays there) that are averaged; chosen on origins up to 2009.
GROWTH_COMMON = tuple(itertools.product((0.5, 0.7, 0.9), (0.85, 1.0)))
GROWTH_OWN = tuple(itertools.product((0.6, 0.8, 1.0), (0.8, 0.9, 1.0)))
SHARE_CHANGE = tuple(itertools.product((0.3, 0.6, 1.0), (0.0, 0.4, 0.8)))

#: What keeps a pair that happened to fit a few years from taking all the weight, in mean squares of the series.
CAUTION = 0.3


def factor_points(panel: Panel, horizon: int) -> Points:
    """Point forecasts of the common factor and the deviations from it, (region, year)."""
    growth = smoothed_sum(panel.growth("gdp_index"), horizon, GROWTH_COMMON, GROWTH_OWN, back_to_mean=True)

    def change(past: Array, years: int) -> Array:
        return smoothed_sum(past, years, SHARE_CHANGE, SHARE_CHANGE, back_to_mean=False)

    return growth_points(growth) | share_points(panel, change, horizon)


def smoothed_sum(
    values: Array, horizon: int, common: Sequence[tuple[float, float]], own: Sequence[tuple[float, float]],
    back_to_mean: bool,
) -> Array:  # fmt: skip
    """Forecast (region, horizon) of values (region, year): that of their mean plus those of the deviations."""
    known = ~np.isnan(values)
    mean = np.where(known, values, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    together = averaged(mean[None, :], horizon, common, back_to_mean)
    return together + averaged(values - mean, horizon, own, back_to_mean)


def averaged(values: Array, horizon: int, pairs: Sequence[tuple[float, float]], back_to_mean: bool) -> Array:
    """Forecast (series, horizon) of values (series, year), averaged over pairs of gain and damping.

    Weight of a pair: (mean squared one-year error + caution)^(-years / 2), errors from the third year on.
    """
    scale = CAUTION * float(np.nanmean(values**2)) + 1e-12
    forecasts, evidence = [], []
    for gain, damping in pairs:
        level, centre = _levels(values, gain)
        centre = centre if back_to_mean else np.zeros_like(centre)
        errors = (values[:, 1:] - (centre + damping * (level - centre))[:, :-1])[:, 1:]
        missed = float(np.nanmean(errors**2)) if errors.size else 0.0
        evidence.append(-0.5 * errors.shape[1] * np.log(missed + scale))
        fading = damping ** np.arange(1, horizon + 1)
        forecasts.append(centre[:, -1:] + (level - centre)[:, -1:] * fading)
    weights = np.exp(np.array(evidence) - max(evidence))
    return np.tensordot(weights / weights.sum(), np.array(forecasts), axes=1)


def _levels(values: Array, gain: float) -> tuple[Array, Array]:
    """Smoothed level and mean so far after each year, both (series, year); they start with the first value known."""
    level, centre = np.full_like(values, np.nan), np.full_like(values, np.nan)
    now = total = count = np.zeros(len(values))
    for year, value in enumerate(values.T):
        known = ~np.isnan(value)
        filled = np.where(known, value, 0.0)
        now = np.where(known, np.where(count > 0, now + gain * (filled - now), filled), now)
        total, count = total + filled, count + known
        level[:, year] = np.where(count > 0, now, np.nan)
        centre[:, year] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return level, centre


def flexible() -> Rival:
    """The flexible forecaster with the spread of its own past errors."""
    return Rival("flexible", factor_points)
