"""Shortfalls of every draw as linear functions of the changes, and smooth readings of how likely all are met.

A package meets its targets in a draw when the greatest of the draw's shortfalls is not above zero. The probability of
that is at least p exactly where the p-quantile of the greatest shortfall is not above zero; the quantile has a useful
slope even where the probability is next to nothing. Both are averaged over nearby draws: a quantile with normal
weights around its rank (an L-estimator), a probability with a normal kernel (Nadaraya's smoothed distribution).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.randomness import Array
from sim.solve.space import Space

#: Width of the weights around the rank of a quantile, and its floor in draws; the ends of the ranks are nearer.
RANKS, FEWEST_DRAWS = 0.015, 8.0
#: Farther away than so many widths nothing counts.
FARTHEST = 4.0
#: Smallest spread of a row of shortfalls, relative to their size, that it can be measured in.
FLAT = 1e-12


@dataclass(frozen=True, slots=True)
class Linear:
    """Shortfalls as functions of what a package costs lever by lever, y: first raising, then lowering each lever.

    base : (row, draw) at y = 0; slopes : (row, draw, 2 levers), in spreads of the row; most : (2 levers,), the
    greatest y within the bounds. Rows are the sides of all targets, met where not above zero.
    """

    space: Space
    base: Array
    slopes: Array
    most: Array

    def greatest(self, y: Array) -> tuple[Array, Array]:
        """The greatest shortfall of each draw and the row it is of."""
        rows = self.base + self.slopes @ y
        worst = rows.argmax(axis=0)
        return rows[worst, np.arange(rows.shape[1])], worst

    def quantile(self, y: Array, probability: float) -> tuple[float, Array]:
        """The smoothed quantile of the greatest shortfall, and its slope by y."""
        short, worst = self.greatest(y)
        order = np.argsort(short, kind="stable")
        weights = rank_weights(short.size, probability)
        used = np.flatnonzero(weights > 0.0)
        draws = order[used]
        slopes = self.slopes[worst[draws], draws]
        return float(weights[used] @ short[draws]), weights[used] @ slopes

    def likely(self, y: Array, width: float) -> tuple[float, Array]:
        """The smoothed probability, with a kernel `width` spreads wide, and its slope by y."""
        from scipy.special import ndtr

        short, worst = self.greatest(y)
        place = np.clip(-short / width, -2.0 * FARTHEST, 2.0 * FARTHEST)
        density = np.exp(-0.5 * place**2) / np.sqrt(2.0 * np.pi) / width / short.size
        chosen = self.slopes[worst, np.arange(short.size)]
        return float(ndtr(place).mean()), -(density @ chosen)

    def probability(self, y: Array) -> float:
        """Share of draws in which no shortfall is above zero."""
        return float((self.greatest(y)[0] <= 0.0).mean())

    def change(self, y: Array) -> Array:
        """The changes of levers that y stands for."""
        size = self.space.size
        return (y[:size] - y[size:]) * self.space.unit

    def y_of(self, change: Array) -> Array:
        """The inverse of `change`."""
        scaled = change / self.space.unit
        return np.concatenate([np.maximum(scaled, 0.0), np.maximum(-scaled, 0.0)])


def rank_weights(size: int, probability: float) -> Array:
    """Normal weights around a rank, cut where they no longer matter; they sum to one."""
    width = max(min(RANKS, (1.0 - probability) / 3.0, probability / 3.0), FEWEST_DRAWS / size)
    ranks = (np.arange(size) + 0.5) / size
    away = np.abs(ranks - probability) / width
    weights = np.where(away <= FARTHEST, np.exp(-0.5 * np.minimum(away, FARTHEST) ** 2), 0.0)
    if not weights.any():
        weights[min(int(probability * size), size - 1)] = 1.0
    return weights / weights.sum()


def linear(space: Space, base: Array, up: Array, down: Array) -> Linear:
    """From shortfalls, (row, draw), and their slopes by a raised and by a lowered lever, (row, draw, lever).

    Rows are measured in their own spread at y = 0, so that one width fits all of them.
    """
    spread = base.std(axis=1)
    size = np.abs(base).max(axis=1)
    spread = np.where(spread > FLAT * np.maximum(size, 1.0), spread, np.maximum(size, 1.0))
    slopes = np.concatenate([up * space.unit, -down * space.unit], axis=2) / spread[:, None, None]
    most = np.concatenate([space.high, -space.low]) / np.concatenate([space.unit, space.unit])
    return Linear(space, base / spread[:, None], slopes, most)
