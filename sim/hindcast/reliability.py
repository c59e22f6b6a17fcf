"""Probabilities of yes or no against what happened: Brier score and a table of three bins."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.randomness import Array

EDGES = (1 / 3, 2 / 3)  # low, middle, high: finer bins would hold a year or two each


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts between two probabilities: their mean, how often it came true, and what that rests on.

    standard_error of the frequency from years as blocks, NaN with one year; NaN as well where the bin is empty.
    """

    low: float
    high: float
    forecast: float
    frequency: float
    standard_error: float
    cases: int
    effective_years: float


def brier(probability: Array, happened: Array) -> float:
    """Mean of (probability - happened)^2, happened 0 or 1, over the cases (case,)."""
    return float(np.mean((probability - happened) ** 2))


def reliability(probability: Array, happened: Array, years: Sequence[int]) -> tuple[Bin, ...]:
    """Three bins of forecast probability (low, middle, high) against frequency; arguments (case,)."""
    bounds = (0.0, *EDGES, 1.0)
    place = np.searchsorted(EDGES, probability, side="right")
    table = []
    for index, (low, high) in enumerate(itertools.pairwise(bounds)):
        there = place == index
        mean = float(probability[there].mean()) if there.any() else float("nan")
        share, error, worth = frequency(happened[there], np.asarray(years)[there])
        table.append(Bin(low, high, mean, share, error, int(there.sum()), worth))
    return tuple(table)


def frequency(happened: Array, years: Array) -> tuple[float, float, float]:
    """Share of cases (case,) that happened, its standard error, and the effective number of years.

    The error is the sandwich over years, sqrt(Y / (Y - 1) x sum_y (s_y - share x n_y)^2) / n with s_y of the n_y
    cases of year y; the effective number n^2 / sum_y n_y^2, since the cases of a year count as one.
    """
    if not len(happened):
        return float("nan"), float("nan"), 0.0
    _, index = np.unique(years, return_inverse=True)
    counts = np.bincount(index).astype(float)
    share = float(happened.mean())
    surplus = np.bincount(index, weights=happened) - share * counts
    blocks = len(counts)
    error = float(np.sqrt(blocks / (blocks - 1) * np.sum(surplus**2)) / counts.sum()) if blocks > 1 else float("nan")
    return share, error, float(counts.sum() ** 2 / np.sum(counts**2))
