"""Value of information: how far a probability would typically move once a number is known.

For a target that is met (1) or missed (0) and a number s that differs from draw to draw, the probability given s is
E[met | s]. Its standard deviation over s is how far the probability moves once s is known. It is estimated from the
draws of a run, without further runs, by regression (Strong, Oakley and Brennan 2014, Medical Decision Making 34,
311-326): on polynomials of the ranks of s, and on the means of groups where these leave something clear. Ranks are
bounded: on normal scores a few draws far out would decide, and rarely met targets seem to depend on everything.
Only the order of the values of s matters. What chance alone would add to the variance is taken off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.randomness import Array

#: Degree of the polynomials, groups of equal size, and the values up to which each value is a group.
DEGREE, GROUPS, MOST_VALUES = 3, 20, 20
#: Level of the test that asks for groups beside the polynomials.
GROUPS_LEVEL = 0.001
#: Ranks around the 10th and the 90th percentile over which the probability of a low and of a high value is averaged.
LOW, HIGH = (0.05, 0.15), (0.85, 0.95)
#: Draws that must meet a target, and miss it, before anything is said; least share of the draws in a group of values.
LEAST_DRAWS, LEAST_GROUP = 100, 0.05

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What all numbers are held against: met (target, draw), value (target, draw) judged, draws that count."""

    met: Array
    value: Array
    independent: int

    @property
    def share(self) -> Array:
        """Probability of each target."""
        share: Array = self.met.mean(axis=1)
        return share


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """What knowing one number would do, by target.

    variance : of the probability given the number, less what chance adds, not cut at zero; error : its standard error;
    chance : probability that chance alone shows so much; low, high : probability where the number turns out about its
    10th and its 90th percentile; narrowed : by what part the standard deviation of the quantity judged shrinks.
    """

    variance: Array
    error: Array
    chance: Array
    low: Array
    high: Array
    narrowed: Array

    @property
    def moved(self) -> Array:
        """How far the probability would typically move, its standard deviation; (target,)."""
        moved: Array = np.sqrt(np.maximum(self.variance, 0.0))
        return moved

    @property
    def moved_error(self) -> Array:
        """Standard error of `moved`; that of a variance next to zero is a bound rather than an error."""
        root = np.sqrt(np.maximum(self.error, 1e-300))
        error: Array = self.error / np.maximum(2.0 * self.moved, root)
        return error


@dataclass(frozen=True, slots=True, eq=False)
class _Basis:
    """Orthonormal columns of mean zero, (draw, column), and the groups of draws with one value of each; `order`
    are the draws by rising value."""

    columns: Array
    order: Places
    by_value: bool


def worth_of(number: Array, judged: Judgement) -> Worth | None:
    """What knowing a number, (draw,), would do for each target; None where it is the same in every draw."""
    basis = _basis(number)
    if basis is None:
        return None
    draws, weight = len(number), judged.independent / len(number)
    share = judged.share
    whole = share * (1.0 - share)
    deviation = judged.met - share[:, None]
    slopes = deviation @ basis.columns
    raw = (slopes**2).sum(axis=1) / draws
    # Of each column chance alone explains one part in the draws that count.
    dof = basis.columns.shape[1]
    noise = np.maximum(whole - raw, 0.0) / (weight * draws)
    variance = raw - dof * noise
    fitted_low, fitted_high = (basis.columns[_window(basis, *ranks)].mean(axis=0) for ranks in (LOW, HIGH))
    low, high = share + slopes @ fitted_low, share + slopes @ fitted_high
    chance = _chance(raw * weight * draws / np.where(whole > 0.0, whole, np.inf), dof)
    error = np.sqrt(2.0 * dof) * noise
    for target in np.flatnonzero(chance < GROUPS_LEVEL):
        curve = basis.columns @ slopes[target]
        added, curve = _with_groups(deviation[target], curve, basis, weight)
        variance[target] += added
        rest = deviation[target] - curve
        spread = np.var(curve**2) + 4.0 * float((curve**2) @ rest**2) / draws
        error[target] = np.sqrt(spread / (weight * draws) + error[target] ** 2)
        low[target] = share[target] + curve[_window(basis, *LOW)].mean()
        high[target] = share[target] + curve[_window(basis, *HIGH)].mean()
    low, high = np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)
    return Worth(variance, error, chance, low, high, _narrowed(judged.value, basis, weight))


def _chance(statistic: Array, dof: int) -> Array:
    """Probability of a chi-squared number of `dof` degrees of freedom beyond the statistic."""
    from scipy.special import chdtrc  # slow to import

    chance: Array = chdtrc(dof, statistic)
    return chance


def _basis(number: Array) -> _Basis | None:
    """Columns that a probability given the number is made of: polynomials of ranks, or single values."""
    order = np.argsort(number, kind="stable")
    rising = number[order]
    starts = np.flatnonzero(np.concatenate([[True], rising[1:] > rising[:-1]]))
    if len(starts) < 2:
        return None
    by_value = len(starts) <= MOST_VALUES
    if by_value:
        starts = _large_enough(starts, len(number))
        if len(starts) < 2:
            return None
    group = np.empty(len(number), dtype=np.intp)
    ends = np.append(starts[1:], len(number))
    group[order] = np.repeat(np.arange(len(starts)), ends - starts)
    if by_value:
        return _Basis(_orthonormal(np.eye(len(starts))[group][:, 1:]), order, True)
    # Equal values share the middle of their ranks, here between -1 and 1.
    ranks = ((starts + ends) / len(number) - 1.0)[group]
    return _Basis(_orthonormal(np.stack([ranks**k for k in range(1, DEGREE + 1)], axis=1)), order, False)


def _large_enough(starts: Places, draws: int) -> Places:
    """Where groups of values begin, rare values put together with their neighbours."""
    kept = [0]
    for start in starts[1:]:
        if start - kept[-1] >= LEAST_GROUP * draws:
            kept.append(int(start))
    if len(kept) > 1 and draws - kept[-1] < LEAST_GROUP * draws:
        kept.pop()
    return np.array(kept, dtype=np.intp)


def _orthonormal(columns: Array) -> Array:
    made: Array = np.linalg.qr(columns - columns.mean(axis=0))[0]
    return np.ascontiguousarray(made)


def _window(basis: _Basis, first: float, last: float) -> Places:
    """Draws whose values have ranks between two shares of all."""
    size = len(basis.order)
    return basis.order[int(first * size) : max(int(last * size), int(first * size) + 1)]


def _with_groups(centred: Array, curve: Array, basis: _Basis, weight: float) -> tuple[float, Array]:
    """What groups of equal size explain beyond the curve, and the curve with it; nothing where that is not clear."""
    if basis.by_value:
        return 0.0, curve
    groups = np.array_split(basis.order, GROUPS)
    rest = centred - curve
    means = np.array([rest[group].mean() for group in groups])
    sizes = np.array([len(group) for group in groups])
    dof, draws = GROUPS - 1 - DEGREE, len(centred)
    noise = float(rest @ rest) / draws
    statistic = float(sizes @ means**2) / noise * weight if noise > 0.0 else 0.0
    if float(_chance(np.array([statistic]), dof)[0]) >= GROUPS_LEVEL:
        return 0.0, curve
    better = curve.copy()
    for group, mean in zip(groups, means, strict=True):
        better[group] += mean
    return float(sizes @ means**2) / draws - dof * noise / (weight * draws), better


def _narrowed(value: Array, basis: _Basis, weight: float) -> Array:
    """By what part the spread of each quantity shrinks once the number is known, (target,)."""
    draws, dof = value.shape[1], basis.columns.shape[1]
    whole = value.var(axis=1) * draws
    raw = np.square(value @ basis.columns).sum(axis=1) / np.where(whole > 0.0, whole, np.inf)
    free = dof / (weight * draws)
    explained = np.clip((raw - free) / (1.0 - free), 0.0, 1.0)
    narrowed: Array = 1.0 - np.sqrt(1.0 - explained)
    return narrowed


def level_of(tests: int) -> float:
    """How unlikely chance must be for one number to be called clear, so that one in twenty pages has a false one."""
    return 0.05 / max(tests, 1)


def enough(judged: Judgement) -> NDArray[np.bool_]:
    """Which targets are met, and missed, often enough for anything to be said, (target,)."""
    met = judged.met.sum(axis=1)
    often: NDArray[np.bool_] = np.minimum(met, judged.met.shape[1] - met) >= LEAST_DRAWS
    return often


def clear(worth: Worth, judged: Judgement, level: float) -> NDArray[np.bool_]:
    """For which targets a number clearly tells something, (target,)."""
    telling: NDArray[np.bool_] = (worth.chance < level) & (worth.variance > 0.0) & enough(judged)
    return telling


def same_order(numbers: Sequence[Array]) -> list[int]:
    """Places of the numbers that order the draws in a way no earlier one does: others say the same thing."""
    seen: set[bytes] = set()
    out = []
    for place, number in enumerate(numbers):
        key = np.argsort(number, kind="stable").tobytes()
        if key not in seen:
            seen.add(key)
            out.append(place)
    return out
