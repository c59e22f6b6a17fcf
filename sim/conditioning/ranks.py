"""Whether ranks of the truth among posterior draws are uniform, as they are where a computation is right.

Sources: Talts, Betancourt, Simpson, Vehtari and Gelman (2018), arXiv:1804.06788, for the ranks; Säilynoja, Bürkner and
Vehtari (2022), Statistics and Computing 32, for the simultaneous band of their empirical distribution.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, chi2

from sim.randomness import Array, generator

#: Posterior draws that a truth is ranked among: ranks run from 0 to DRAWS.
DRAWS = 199
#: Chance that all of the curve stays inside the band where ranks are uniform.
BAND = 0.95
#: Samples of uniform ranks behind the width of the band.
SAMPLES = 4000
#: Bins of the chi-square test; they divide the DRAWS + 1 ranks evenly.
BINS = 20

Ranks = NDArray[np.intp]


def rank_of(truth: float, draws: Array, chance: float = 0.0) -> int:
    """Posterior draws below the truth, 0 to the number of draws.

    Among equal ones, as where a prior is cut off at a limit, the place is chance, a uniform on [0, 1).
    """
    equal = np.count_nonzero(draws == truth)
    return int(np.count_nonzero(draws < truth)) + int(chance * (equal + 1))


@dataclass(frozen=True, slots=True)
class Band:
    """The simultaneous band for `count` ranks: points (point,) on 0 to 1, and the lowest and highest share of ranks
    at or below each. `pointwise` is the tail probability that holds at each point.
    """

    count: int
    points: Array
    low: Array
    high: Array
    pointwise: float


@dataclass(frozen=True, slots=True)
class Uniformity:
    """What is said of the ranks of one quantity.

    furthest : largest difference between the shares and the uniform, signed; p_value : chance of a curve that leaves
    the middle as far somewhere; inside : whether it stays in the band; chi_square, chi_square_p : the test on bins;
    mean : of the ranks on 0 to 1, below a half where truths are lower than the posterior; spread : their variance
    over that of uniform ranks, above one where the posterior is too narrow; covered : share of truths inside the
    middle 50 and 90 % of their posteriors.
    """

    count: int
    inside: bool
    furthest: float
    p_value: float
    chi_square: float
    chi_square_p: float
    mean: float
    spread: float
    covered: tuple[float, float]


def shares(ranks: Ranks) -> Array:
    """Share of ranks that are at most 0, 1, …, DRAWS − 1: (point,)."""
    found: Array = np.cumsum(np.bincount(ranks, minlength=DRAWS + 1))[:-1] / len(ranks)
    return found


def band_of(count: int) -> Band:
    """The band for `count` ranks. Its width is found from samples of uniform ranks, the same every time."""
    points = np.arange(1, DRAWS + 1) / (DRAWS + 1.0)
    extremes = _extremes_of_uniform(count)
    pointwise = float(np.quantile(extremes, 1.0 - BAND))
    low, high = (binom.ppf(q, count, points) / count for q in (pointwise / 2.0, 1.0 - pointwise / 2.0))
    return Band(count, points, low, high, pointwise)


def uniformity(ranks: Ranks) -> Uniformity:
    """What the ranks of one quantity say; raises ValueError for none."""
    if not len(ranks):
        raise ValueError("no ranks")
    count = len(ranks)
    band, curve = band_of(count), shares(ranks)
    difference = curve - band.points
    extreme = float(_tails(count)[np.rint(curve * count).astype(int), np.arange(DRAWS)].min())
    bins = np.bincount(ranks * BINS // (DRAWS + 1), minlength=BINS)
    statistic = float(np.square(bins - count / BINS).sum() / (count / BINS))
    middle = np.asarray((ranks + 0.5) / (DRAWS + 1.0), dtype=np.float64)
    return Uniformity(
        count=count,
        inside=bool(((curve >= band.low) & (curve <= band.high)).all()),
        furthest=float(difference[np.abs(difference).argmax()]),
        p_value=float((_extremes_of_uniform(count) <= extreme).mean()),
        chi_square=statistic,
        chi_square_p=float(chi2.sf(statistic, BINS - 1)),
        mean=float(middle.mean()),
        spread=float(12.0 * np.square(middle - 0.5).mean()),
        covered=(_covered(middle, 0.5), _covered(middle, 0.9)),
    )


def _covered(middle: Array, share: float) -> float:
    return float((np.abs(middle - 0.5) < share / 2.0).mean())


def _tails(count: int) -> Array:
    """Two-sided tail probability of every number of ranks at every point, (0 to count, point)."""
    points = np.arange(1, DRAWS + 1) / (DRAWS + 1.0)
    numbers = np.arange(count + 1)[:, None]
    below, above = binom.cdf(numbers, count, points), binom.sf(numbers - 1, count, points)
    tails: Array = np.minimum(2.0 * np.minimum(below, above), 1.0)
    return tails


_KNOWN: dict[int, Array] = {}


def _extremes_of_uniform(count: int) -> Array:
    """The smallest tail probability along the curve in samples of uniform ranks, (sample,)."""
    if count not in _KNOWN:
        ranks = generator(0, "proof.band", count).integers(0, DRAWS + 1, (SAMPLES, count))
        tails, column = _tails(count), np.arange(DRAWS)
        found = [tails[np.cumsum(np.bincount(row, minlength=DRAWS + 1))[:-1], column].min() for row in ranks]
        _KNOWN[count] = np.array(found)
    return _KNOWN[count]
