"""Plain statistics of panels with standard errors that take a year, not a row, as the unit of observation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.reference_class.likelihood import weights

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its standard error and, where regions differ, the s.d. of the quantity between regions."""

    value: float
    standard_error: float
    between_regions_sd: float | None = None


@dataclass(frozen=True, slots=True)
class Slopes:
    """Coefficients of a pooled regression, clustered by year, and the s.d. of what it leaves."""

    coefficients: tuple[Figure, ...]
    constant: Figure
    residual: Figure


def without_both_means(values: Array) -> Array:
    """`values` (region, year) less the averages of the region and of the year."""
    return values - values.mean(axis=0) - values.mean(axis=1, keepdims=True) + values.mean()


def pooled_lag(values: Array) -> float:
    """Coefficient of each region's value on its own of the year before, without a constant."""
    return float(np.sum(values[:, 1:] * values[:, :-1]) / np.sum(values[:, :-1] ** 2))


def excess_kurtosis(values: Array) -> float:
    """Fourth moment over the squared second, less the 3 of the normal."""
    deviation = values - values.mean()
    return float(np.mean(deviation**4) / np.mean(deviation**2) ** 2 - 3.0)


def correlation(first: Array, second: Array) -> float:
    """Pearson correlation of two arrays of one shape."""
    return float(np.corrcoef(first.ravel(), second.ravel())[0, 1])


def jackknife_error(values: Array, statistic: Callable[[Array], float]) -> float:
    """Standard error of `statistic` from leaving out one year at a time; years are the last axis."""
    years = values.shape[-1]
    left_out = np.array([statistic(np.delete(values, year, axis=-1)) for year in range(years)])
    return float(np.sqrt((years - 1.0) / years * np.sum((left_out - left_out.mean()) ** 2)))


def mean_pairwise_correlation(values: Array) -> float:
    """Average over pairs of regions of the correlation of their rows (region, year)."""
    table = np.atleast_2d(np.corrcoef(values))
    return float(table[np.triu_indices(len(table), 1)].mean())


def shared_by_years(values: Array, prior_mean: float, prior_sd: float) -> tuple[Figure, Figure]:
    """The share of variance that the regions of a year have in common, and how many independent regions they make.

    Posterior of the intraclass correlation of `values` (region, year) less region means, from the exact F ratio of a
    one-way analysis of variance and a normal prior cut to [0, 1): without one, a few quiet years would say that
    regions never move together.
    """
    regions, years = values.shape
    own = values - values.mean(axis=1, keepdims=True)
    average = own.mean(axis=0)
    upper, lower = years - 1.0, (years - 1.0) * (regions - 1.0)
    ratio = regions * float(np.sum(average**2)) / upper / (float(np.sum((own - average) ** 2)) / lower)
    share = np.linspace(0.0, 0.98, 197)
    size = 1.0 + regions * share / (1.0 - share)
    log = -0.5 * upper * np.log(size) - 0.5 * (upper + lower) * np.log1p(upper * ratio / (lower * size))
    log -= 0.5 * ((share - prior_mean) / prior_sd) ** 2
    weight = weights(log)
    worth = regions / (1.0 + (regions - 1.0) * share)
    return _over(weight, share), _over(weight, worth)


def _over(weight: Array, values: Array) -> Figure:
    mean = float(np.sum(weight * values))
    return Figure(mean, float(np.sqrt(np.sum(weight * (values - mean) ** 2))))


def random_effects(estimates: Array, variances: Array) -> Figure:
    """Mean and spread of a population whose members were each estimated with a known variance.

    Restricted maximum likelihood by its fixed point from the moment estimator (DerSimonian, Laird 1986); the error
    is that of the mean of the population.
    """
    between = max(0.0, float(np.var(estimates, ddof=1) - np.mean(variances)))
    for _ in range(200):
        weight = 1.0 / (between + variances)
        mean = float(np.sum(weight * estimates) / np.sum(weight))
        excess = (estimates - mean) ** 2 - variances
        update = float(np.sum(weight**2 * excess) / np.sum(weight**2) + 1.0 / np.sum(weight))
        between = max(0.0, update)
    return Figure(mean, float(1.0 / np.sqrt(np.sum(weight))), float(np.sqrt(between)))


def pooled_slopes(outcome: Array, drivers: list[Array], year_effects: bool) -> Slopes:
    """Least squares of `outcome` on `drivers`, all (region, year), with a constant or an effect for every year.

    Errors are clustered by year with the usual small-sample factor.
    """
    regions, years = outcome.shape
    wanted = [array - array.mean(axis=0) if year_effects else array for array in (outcome, *drivers)]
    columns = wanted[1:] if year_effects else [*wanted[1:], np.ones_like(outcome)]
    design = np.stack([column.ravel() for column in columns], axis=1)
    target = wanted[0].ravel()
    inverse = np.linalg.inv(design.T @ design)
    slopes = inverse @ design.T @ target
    left = target - design @ slopes
    scores = (design * left[:, None]).reshape(regions, years, -1).sum(axis=0)
    factor = years / (years - 1.0) * (target.size - 1.0) / (target.size - design.shape[1])
    errors = np.sqrt(np.diag(inverse @ (scores.T @ scores) @ inverse) * factor)
    found = [Figure(float(slope), float(error)) for slope, error in zip(slopes, errors, strict=True)]
    freedom = target.size - design.shape[1] - (years - 1 if year_effects else 0)
    sd = float(np.sqrt(np.sum(left**2) / freedom))
    table = left.reshape(regions, years)
    residual = Figure(sd, jackknife_error(table, lambda values: float(np.sqrt(np.mean(values**2)))))
    return Slopes(tuple(found[: len(drivers)]), Figure(0.0, 0.0) if year_effects else found[-1], residual)


def slope_spread(outcome: Array, driver: Array) -> float:
    """S.d. between regions of each region's own slope of `outcome` on `driver`, sampling noise taken out."""
    y = outcome - outcome.mean(axis=1, keepdims=True)
    x = driver - driver.mean(axis=1, keepdims=True)
    square = np.sum(x**2, axis=1)
    slopes = np.sum(x * y, axis=1) / square
    left = np.sum((y - slopes[:, None] * x) ** 2, axis=1) / (y.shape[1] - 2.0)
    return random_effects(slopes, left / square).between_regions_sd or 0.0
