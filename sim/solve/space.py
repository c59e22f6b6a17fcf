"""The levers of a search: how far each may be changed, and what a change costs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.randomness import Array

#: A lever within this share of its range of a bound stands at it.
AT_BOUND = 1e-6


@dataclass(frozen=True, slots=True)
class Space:
    """Changes of levers against a scenario, (lever,), each in the lever's own unit.

    low, high : bounds of the change, low <= 0 <= high; unit : the change that costs one, above 0; grid : steps in
    which a change is written, 0 for none. `square` measures a package by the root of the sum of squares of its costs,
    else by their sum.
    """

    names: tuple[str, ...]
    low: Array
    high: Array
    unit: Array
    grid: Array
    square: bool = True

    @property
    def size(self) -> int:
        """Number of levers."""
        return len(self.names)

    @property
    def zero(self) -> Array:
        """Nothing changed."""
        return np.zeros(self.size)

    def cost(self, change: Array) -> float:
        """What a package costs."""
        parts = np.abs(change) / self.unit
        return float(np.sqrt((parts**2).sum()) if self.square else parts.sum())

    def shares(self, change: Array) -> Array:
        """Share of each lever in the cost, of the squares where cost is a root of squares; zeros for nothing."""
        parts = np.abs(change) / self.unit
        parts = parts**2 if self.square else parts
        total = parts.sum()
        return parts / total if total > 0.0 else parts

    def without(self, names: Collection[str]) -> Space:
        """The same levers with some of them held where they are."""
        free = np.array([name not in names for name in self.names])
        return Space(self.names, self.low * free, self.high * free, self.unit, self.grid, self.square)

    def only(self, places: Sequence[int]) -> Space:
        """The space of some of the levers."""
        at = list(places)
        names = tuple(self.names[i] for i in at)
        return Space(names, self.low[at], self.high[at], self.unit[at], self.grid[at], self.square)

    def clipped(self, change: Array) -> Array:
        """A change within the bounds."""
        return np.clip(change, self.low, self.high)

    def written(self, change: Array) -> Array:
        """A change in whole steps of the grid, away from zero, within the bounds."""
        step = np.where(self.grid > 0.0, self.grid, 1.0)
        steps = np.sign(change) * np.ceil(np.abs(change) / step - 1e-6)
        # Rounded once more, for 0.7 rather than 0.7000000000000001.
        onto = np.round(steps * step, 10)
        return self.clipped(np.where(self.grid > 0.0, onto, change))

    def bound(self, change: Array) -> NDArray[np.bool_]:
        """Which levers are changed as far as they may be."""
        near = AT_BOUND * (self.high - self.low)
        upper = (change > 0.0) & (change >= self.high - near)
        lower = (change < 0.0) & (change <= self.low + near)
        found: NDArray[np.bool_] = upper | lower
        return found
