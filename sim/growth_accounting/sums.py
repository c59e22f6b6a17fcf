"""Sums over draws of contributions to growth, which add up over blocks in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.growth_accounting.channels import INDUSTRIES, OF_ACCOUNT
from sim.randomness import Array

#: Variance below this share of the mean square is rounding.
ROUNDING = 1e-13


@dataclass(frozen=True, slots=True)
class PointSums:
    """Sums of points and of their squares, by account: (year, member, channel), the base year left out.

    Members are cells, then the industries they belong to, then the total.
    """

    draws: int
    total: Mapping[str, Array]
    squares: Mapping[str, Array]

    def plus(self, other: PointSums) -> PointSums:
        """Sums of this and a later block."""
        return PointSums(
            self.draws + other.draws,
            {account: sums + other.total[account] for account, sums in self.total.items()},
            {account: sums + other.squares[account] for account, sums in self.squares.items()},
        )

    def mean(self, account: str) -> Array:
        """(year, member, channel) [percentage points]."""
        return self.total[account] / self.draws

    def deviation(self, account: str) -> Array:
        """Standard deviation over draws, (year, member, channel) [percentage points]."""
        square = self.squares[account] / self.draws
        variance = square - self.mean(account) ** 2
        return np.sqrt(np.where(variance > ROUNDING * square, variance, 0.0))


def empty_sums(years: int, members: int) -> PointSums:
    """Sums of no draws, for so many years after the base year."""
    shapes = {account: (years, members, len(channels)) for account, channels in OF_ACCOUNT.items()}
    return PointSums(
        0, {name: np.zeros(shape) for name, shape in shapes.items()}, {n: np.zeros(s) for n, s in shapes.items()}
    )


def industries_of(industries: Sequence[str]) -> tuple[str, ...]:
    """The industries of a list of cells, each once, in the order of tables."""
    return tuple(name for name in INDUSTRIES if name in industries)
