"""Bars of a tornado from draws that were judged twice: how a probability moves, and whether that is more than chance.

All simulations of a bar are on the same draws. For each target the draws are counted by what happens at the low end,
as drawn, and at the high end: eight whole numbers, which add up over blocks and give every difference and its error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiment.results import Z, standard_error

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Change:
    """A difference of two probabilities and its Monte Carlo standard error."""

    points: float
    error: float

    @property
    def distinguishable(self) -> bool:
        """Whether it exceeds its Monte Carlo error, at 95 %."""
        return abs(self.points) > Z * self.error


@dataclass(frozen=True, slots=True)
class Bar:
    """One input and one target: probabilities at the low end, as drawn and at the high end, and their differences.

    flips : share of draws whose verdict differs between the two ends; None where the ends are different draws.
    """

    low: float
    base: float
    high: float
    to_low: Change
    to_high: Change
    swing: Change  # from the low to the high end
    flips: float | None

    @property
    def nothing(self) -> bool:
        """Whether no draw changes at all."""
        return self.flips == 0.0 and self.to_low.error == 0.0 and self.to_high.error == 0.0


def counted(low: Bools, base: Bools, high: Bools) -> Ints:
    """Draws by what happens, (target, 8): 4 where met at the low end, 2 as drawn, 1 at the high end, added."""
    codes = 4 * low.astype(np.int8) + 2 * base.astype(np.int8) + high.astype(np.int8)
    return np.stack([np.bincount(row, minlength=8) for row in codes]).astype(np.int64)


_MET = np.array([[code & bit > 0 for code in range(8)] for bit in (4, 2, 1)])


def bar_of(counts: Ints, independent: int) -> Bar:
    """The bar of one target from its eight counts; `independent` draws count for errors."""
    draws = int(counts.sum())
    low, base, high = (float(counts[met].sum()) / draws for met in _MET)
    both = min(draws, independent)
    return Bar(
        low,
        base,
        high,
        _paired(counts, _MET[1], _MET[0], both),
        _paired(counts, _MET[1], _MET[2], both),
        _paired(counts, _MET[0], _MET[2], both),
        float(counts[_MET[0] != _MET[2]].sum()) / draws,
    )


def _paired(counts: Ints, before: Bools, after: Bools, independent: int) -> Change:
    """Difference over the same draws; exactly nothing where no draw changes.

    The error is that of the mean of changes of -1, 0 and 1, with one more draw that has changed: a few changes in
    one direction are not taken for certain.
    """
    draws = int(counts.sum())
    gained, lost = int(counts[after & ~before].sum()), int(counts[before & ~after].sum())
    if not gained + lost:
        return Change(0.0, 0.0)
    points = (gained - lost) / draws
    spread = (gained + lost + 1) / (draws + 1) - ((gained - lost) / (draws + 1)) ** 2
    return Change(points, float(np.sqrt(spread / independent)))


def bar_near(met: Bools, values: NDArray[np.float64], independent: int, half: float, at: tuple[float, float]) -> Bar:
    """The bar of one target without simulating: draws whose value of the input ranks near two quantiles.

    met, values : (draw,); half : half the width of a band of ranks, as a share of all; at : the two quantiles.
    """
    draws = len(met)
    ranks = np.empty(draws)
    ranks[np.argsort(values, kind="stable")] = (np.arange(draws) + 0.5) / draws
    counts = min(draws, independent) / draws
    sides = []
    for quantile in at:
        inside = met[np.abs(ranks - quantile) <= half]
        size = max(1, int(len(inside) * counts))
        sides.append((float(inside.mean()), standard_error(float(inside.mean()), size)))
    base = float(met.mean())
    own = standard_error(base, max(1, int(draws * counts)))
    (low, low_error), (high, high_error) = sides
    return Bar(
        low,
        base,
        high,
        Change(low - base, float(np.hypot(low_error, own))),
        Change(high - base, float(np.hypot(high_error, own))),
        Change(high - low, float(np.hypot(low_error, high_error))),
        None,
    )
