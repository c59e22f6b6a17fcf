"""Exact posteriors of first-order autoregressions on grids: one national series, or many regions at once.

Grids and no optimiser: the answer is a smooth function of the data, the same on every machine to rounding, and
with five years of data it shows the spread that a maximum of the likelihood would hide.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

PERSISTENCES = np.linspace(-0.6, 0.96, 53)
INNOVATION_RATIOS = np.geomspace(0.2, 6.0, 41)  # innovation s.d. over the centre of its prior or of the data
MEAN_RATIOS = np.linspace(0.0, 3.0, 25)  # spread of region means over the stationary s.d. of a region
SPREADS = np.linspace(0.0, 1.2, 61)  # of the log of the innovation s.d. between regions
VOLATILITY = 0.3  # scale of the half-normal prior of that spread


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal distribution: a prior, or a posterior summarised by its mean and standard deviation."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class CommonPosterior:
    """What one national series says: its mean, lag-1 persistence, innovation s.d., s.d. over many years and of the
    change from one year to the next.
    """

    mean: Normal
    persistence: Normal
    innovation: Normal
    spread: Normal
    change: Normal


@dataclass(frozen=True, slots=True)
class RegionsPosterior:
    """What many regions say about how one of them moves around the year's average.

    `persistence` within a region, `innovation` (root mean square over regions), `idiosyncratic` s.d. of a region
    about its own mean, `mean_spread` of the regions' means; `innovation_spread` s.d. of the regions' innovation s.d.
    `innovations` (region, year) are standardised one-step errors, `scales` (region,) each region's innovation s.d.
    shrunk to the population. The effects say by how much rows of one year repeat each other (1: not at all).
    """

    persistence: Normal
    innovation: Normal
    idiosyncratic: Normal
    mean_spread: Normal
    innovation_spread: float
    innovations: Array
    scales: Array
    lag_effect: float
    size_effect: float


@dataclass(frozen=True, slots=True)
class _Grid:
    """Persistence, mean ratio, s.d. and weight at each point (persistence, mean ratio), with average residuals."""

    lag: Array
    mean_ratio: Array
    sigma: Array
    weight: Array
    residuals: Array


def common_posterior(series: Array, mean: Normal, persistence: Normal, innovation: Normal) -> CommonPosterior:
    """Posterior of x(t) = m + p (x(t-1) - m) + s e(t) given `series` (year,), with m integrated out exactly.

    `innovation` is the prior of log s: its mean is the log of the centre.
    """
    scales = np.exp(innovation.mean) * INNOVATION_RATIOS
    inverse, log_determinant = _precision(series.size)
    deviation = series - mean.mean
    ones = inverse.sum(axis=-1)
    squares, sums, total = (part[:, None] for part in (inverse @ deviation @ deviation, ones @ deviation, ones.sum(-1)))
    # the mean is integrated out: a rank-one addition to the covariance, by Woodbury
    precision = 1.0 / mean.sd**2 + total / scales**2
    quadratic = squares / scales**2 - (sums / scales**2) ** 2 / precision
    log = -0.5 * (quadratic + np.log(precision)) - series.size * np.log(scales) + 0.5 * log_determinant[:, None]
    log = log + _log_normal(PERSISTENCES, persistence)[:, None] + _log_normal(np.log(scales), innovation)
    weight = weights(log)
    centre = mean.mean + sums / scales**2 / precision
    variance = 1.0 / precision
    spread = scales / np.sqrt(1.0 - PERSISTENCES**2)[:, None]
    return CommonPosterior(
        _summary(weight, centre, variance),
        _summary(weight, np.broadcast_to(PERSISTENCES[:, None], weight.shape)),
        _summary(weight, np.broadcast_to(scales, weight.shape)),
        _summary(weight, spread),
        _summary(weight, scales * np.sqrt(2.0 / (1.0 + PERSISTENCES))[:, None]),
    )


def regions_posterior(relative: Array, persistence: Normal) -> RegionsPosterior:
    """Posterior of a population of regions from `relative` (region, year): deviations from the year's average.

    x(i,t) = m(i) + d(i,t), d(i,t) = p d(i,t-1) + s(i) e(i,t), m(i) normal with zero mean. The regions' s(i) are
    log-normal; estimated in a first pass, shrunk, and divided out in the second. Standard errors are widened by
    what the years share in spite of their averages being taken out, and by fat tails.
    """
    regions, years = relative.shape
    data = relative * np.sqrt(regions / (regions - 1.0))  # taking out the average took one region's variance
    fit = _fit(data, persistence)
    scales, spread, volatile = _shrunken_scales(fit.residuals)
    fit = _fit(data / scales[:, None], persistence)
    # fat tails and shrinkage make the scaled fit's variance differ from the mean variance of the regions
    correction = np.sqrt(np.mean((fit.residuals * scales[:, None]) ** 2) / np.mean(fit.residuals**2))
    sigma = fit.sigma * correction
    lag_effect, size_effect = _design_effects(fit.residuals, data / scales[:, None])
    stationary = sigma / np.sqrt(1.0 - fit.lag**2)
    # relative variance of an s.d.: its rows, and the regions as a sample of a population of volatilities
    known = size_effect / (2.0 * regions * years) + volatile / regions
    means = stationary * fit.mean_ratio
    innovation = _summary(fit.weight, sigma, known * sigma**2)
    return RegionsPosterior(
        _summary(fit.weight, fit.lag, factor=lag_effect),
        innovation,
        _summary(fit.weight, stationary, known * stationary**2),
        _summary(fit.weight, means, 0.5 * means**2 / (regions - 1.0)),
        spread * innovation.mean,
        fit.residuals,
        scales * innovation.mean,
        lag_effect,
        size_effect,
    )


@lru_cache(maxsize=64)
def stationary_correlation(years: int) -> Array:
    """Correlation matrices (persistence, year, year) of first-order autoregressions."""
    distance = np.abs(np.subtract.outer(np.arange(years), np.arange(years)))
    powers: Array = np.where(distance == 0, 1.0, np.sign(PERSISTENCES[:, None, None]) ** distance)
    return powers * np.abs(PERSISTENCES[:, None, None]) ** distance


@lru_cache(maxsize=64)
def _precision(years: int) -> tuple[Array, Array]:
    """Inverse covariances (persistence, year, year) of unit innovations, and their log determinants."""
    covariance = stationary_correlation(years) / (1.0 - PERSISTENCES**2)[:, None, None]
    inverse = np.asarray(np.linalg.inv(covariance), dtype=np.float64)
    return inverse, np.asarray(np.linalg.slogdet(inverse)[1], dtype=np.float64)


@lru_cache(maxsize=64)
def _whitening(years: int) -> tuple[Array, Array]:
    """Matrices (persistence, mean ratio, year, year) that turn a region into one-step errors; log determinants."""
    shape = stationary_correlation(years)[:, None] + (MEAN_RATIOS**2)[None, :, None, None]
    factor = np.linalg.cholesky(shape / (1.0 - PERSISTENCES**2)[:, None, None, None])
    diagonal = np.diagonal(factor, axis1=-2, axis2=-1)
    return np.linalg.inv(factor), np.log(diagonal).sum(axis=-1)


def _fit(data: Array, persistence: Normal) -> _Grid:
    """Posterior of one population on the grid; `data` (region, year) has no region scales left."""
    regions, years = data.shape
    whitening, log_determinant = _whitening(years)
    squares = np.einsum("pmts,su,pmtu->pm", whitening, data.T @ data, whitening, optimize=True)
    size = regions * years
    # flat prior on log s.d., integrated out; half-normal of scale one on the spread of means, relative to the s.d.
    log = -0.5 * size * np.log(squares) - regions * log_determinant - 0.5 * MEAN_RATIOS**2
    log = log + _log_normal(PERSISTENCES, persistence)[:, None]
    weight = weights(log)
    sigma = np.sqrt(squares / size)
    lag = np.broadcast_to(PERSISTENCES[:, None], weight.shape)
    mean_ratio = np.broadcast_to(MEAN_RATIOS, weight.shape)
    average = np.einsum("pm,pmts->ts", weight / sigma, whitening)
    return _Grid(lag, mean_ratio, sigma, weight, data @ average.T)


def _shrunken_scales(residuals: Array) -> tuple[Array, float, float]:
    """Each region's relative innovation s.d. drawn to the population's; the population's spread (of log s.d.); the
    relative variance of the root mean square of a sample of one region.

    The shrunk scales are normalised to a mean square of one.
    """
    years = residuals.shape[1]
    own = np.log(np.mean(residuals**2, axis=1))
    sampling = 2.0 / (years - 1.0) + 2.0 / (years - 1.0) ** 2  # variance of the log of a chi-square, two terms
    # posterior of the spread: the mean of the logs integrated out, a half-normal prior of scale VOLATILITY
    variance = 4.0 * SPREADS**2 + sampling
    freedom = own.size - 1.0
    log = -0.5 * freedom * (np.log(variance) + np.var(own, ddof=1) / variance) - 0.5 * (SPREADS / VOLATILITY) ** 2
    weight = weights(log)
    spread = float(np.sum(weight * SPREADS))
    kept = float(np.sum(weight * 4.0 * SPREADS**2 / variance))
    shrunk: Array = np.exp(0.5 * kept * (own - own.mean()))
    return shrunk / np.sqrt(np.mean(shrunk**2)), spread, float(np.sum(weight * np.expm1(4.0 * SPREADS**2) / 4.0))


def _design_effects(residuals: Array, data: Array) -> tuple[float, float]:
    """How much wider than for independent normal rows: of the persistence, and of the innovation s.d."""
    lagged = data[:, :-1] - data.mean(axis=1, keepdims=True)
    scores = residuals[:, 1:] * lagged
    clustered = float(np.sum(scores.sum(axis=0) ** 2) / np.sum(scores**2))
    squares = residuals**2 / np.mean(residuals**2) - 1.0
    wide = float(np.sum(squares.sum(axis=0) ** 2) / (2.0 * residuals.size))
    return max(1.0, clustered), max(1.0, wide)


def weights(log: Array) -> Array:
    """Weights that sum to one from logarithms; what is below e^-500 of the largest is kept there, not at nought."""
    raw: Array = np.exp(np.maximum(log - log.max(), -500.0))
    return raw / raw.sum()


def _log_normal(values: Array, prior: Normal) -> Array:
    logs: Array = -0.5 * ((values - prior.mean) / prior.sd) ** 2
    return logs


def _summary(weight: Array, value: Array, variance: Array | float = 0.0, factor: float = 1.0) -> Normal:
    """Mean and s.d. of a quantity over the grid; `variance` is what is left at each point."""
    mean = float(np.sum(weight * value))
    total = float(np.sum(weight * ((value - mean) ** 2 + variance)))
    return Normal(mean, float(np.sqrt(total * factor)))
