"""Probabilities that annual growth targets are met, scored, and how often such targets were met before.

A target of 8左右 has two readings: one-sided, met from 8 less the tolerance upwards, and a band of the tolerance on
either side. `exactly` takes every target at its number, as the column `met` of the file does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from sim.errors import SimError
from sim.hindcast.outcomes import LEVELS
from sim.hindcast.reliability import Bin, brier, reliability
from sim.hindcast.scores import INTERVAL, SEED, resampled_years
from sim.hindcast.target_table import AROUND, TargetTable
from sim.randomness import Array

READINGS = ("exactly", "one_sided", "band")
TOLERANCE = 0.5  # of 左右, percentage points on either side
FEWEST_YEARS = 3  # of errors before a spread is taken from them

#: The chance that growth (percent) stays below the given values (case,)
Below = Callable[[Array], Array]


@dataclass(frozen=True, slots=True)
class TargetScore:
    """How probabilities of one forecaster did under one reading, beside those of a reference.

    brier, reference : Brier scores of both on the same cases; low, high : 90 % interval of brier / reference
    from resampled years.
    """

    forecaster: str
    reading: str
    brier: float
    reference: float
    low: float
    high: float
    bins: tuple[Bin, ...]
    cases: int
    years: int


def bounds(table: TargetTable, reading: str, tolerance: float = TOLERANCE) -> tuple[Array, Array]:
    """Between which growth rates (case,) each target counts as met; raises SimError for an unknown reading."""
    if reading not in READINGS:
        raise SimError(f"unknown reading {reading!r}; one of {', '.join(READINGS)}")
    about = np.array([word in AROUND for word in table.qualifier]) & (reading != "exactly")
    low: Array = np.where(about, table.target - tolerance, table.target)
    high: Array = np.where(about & (reading == "band"), table.target + tolerance, np.inf)
    return low, high


def met(table: TargetTable, reading: str, tolerance: float = TOLERANCE) -> Array:
    """1 where the outcome meets the target, else 0, shape (case,); NaN without an outcome."""
    low, high = bounds(table, reading, tolerance)
    rounding = 1e-9  # 8.5 - 0.5 and 8 are the same target whatever the binary digits say
    hit: Array = np.where((table.outcome >= low - rounding) & (table.outcome <= high + rounding), 1.0, 0.0)
    return np.where(np.isnan(table.outcome), np.nan, hit)


def probability(below: Below, table: TargetTable, reading: str, tolerance: float = TOLERANCE) -> Array:
    """Probability (case,) that each target is met, from the distribution of growth `below`."""
    low, high = bounds(table, reading, tolerance)
    whole: Array = np.where(np.isinf(high), 1.0, below(np.where(np.isinf(high), low, high)))
    return whole - below(low)


def from_quantiles(quantiles: Array) -> Below:
    """Distribution from q01–q99 (case, 99): linear between them, 0.005 and 0.995 outside."""

    def below(values: Array) -> Array:
        steps = np.concatenate([[0.005], LEVELS, [0.995]])
        chance = [
            np.interp(value, row, steps[1:-1], steps[0], steps[-1])
            for value, row in zip(values, quantiles, strict=True)
        ]
        return np.array(chance)

    return below


def dressed_random_walk(table: TargetTable) -> Below:
    """Growth as last year, with the root mean square of such errors in all years before; NaN in the first years.

    Errors count from `FEWEST_YEARS` years on and are pooled over the regions.
    """
    years = np.array(table.years)
    errors = table.outcome - table.baseline
    spread = np.full(len(years), np.nan)
    for year in sorted(set(table.years)):
        past = (years < year) & ~np.isnan(errors)
        if len(set(years[past].tolist())) >= FEWEST_YEARS:
            spread[years == year] = np.sqrt(np.mean(errors[past] ** 2))
    return lambda values: np.asarray(ndtr((values - table.baseline) / spread))


def score_targets(
    forecaster: str, table: TargetTable, chance: Array, reference: Array, reading: str, tolerance: float = TOLERANCE
) -> TargetScore:
    """Brier score of `chance` (case,) beside that of `reference`, on the cases where both and the outcome are known.

    Raises SimError when there is none.
    """
    happened = met(table, reading, tolerance)
    known = ~np.isnan(chance + reference + happened)
    if not known.any():
        raise SimError(f"{forecaster}: no growth target with a probability and an outcome")
    years = [year for year, kept in zip(table.years, known, strict=True) if kept]
    ours, theirs, truth = chance[known], reference[known], happened[known]
    low, high = _interval((ours - truth) ** 2, (theirs - truth) ** 2, years)
    bins = reliability(ours, truth, years)
    scores = brier(ours, truth), brier(theirs, truth)
    return TargetScore(forecaster, reading, *scores, low, high, bins, len(years), len(set(years)))


def _interval(ours: Array, theirs: Array, years: list[int]) -> tuple[float, float]:
    """90 % interval of the ratio of the mean scores (case,) when years are drawn anew; NaN with one year."""
    _, index = np.unique(years, return_inverse=True)
    above, beneath = np.bincount(index, weights=ours), np.bincount(index, weights=theirs)
    if len(above) < 2:
        return float("nan"), float("nan")
    picked = resampled_years(len(above), 1, SEED)
    low, high = np.quantile(above[picked].sum(axis=1) / beneath[picked].sum(axis=1), INTERVAL)
    return float(low), float(high)
