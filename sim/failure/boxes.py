"""Up to three boxes of failures, each found on half of the cases and measured on the other half."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.experiment.results import standard_error
from sim.failure.prim import Bools, Box, Rule, chance_of, fitted, screened, wanted_density
from sim.randomness import Array

Ints = NDArray[np.int64]
#: A box is told when failures are this many standard errors more frequent in it than elsewhere, and their share has
#: come at least this part of the way from that of all cases to `wanted_density`.
CLEAR, LEAST_LIFT = 4.0, 0.4
#: Failures and successes that are needed before boxes are looked for, and boxes at most.
LEAST_CASES, MOST_BOXES = 30, 3
#: A share of failures beyond which nothing can make them noticeably more frequent.
NEARLY_ALL = 0.95
#: Fits on random halves of the fitting half, and the share of them that must restrict an input at the same end. A half
#: tells less than the whole: what chance explains is dropped there at this level, and slices are twice as thick.
RESAMPLES, LEAST_REPRODUCED, CHANCE_OF_HALF = 20, 0.6, 0.05


@dataclass(frozen=True, slots=True)
class Measured:
    """A box on the cases that did not shape it, with Monte Carlo errors.

    density : share of its cases that fail; elsewhere : of the cases outside; base : of all cases;
    coverage : share of all failures in it; mass : share of all cases in it; cases : number of cases in it.
    """

    density: float
    density_error: float
    coverage: float
    coverage_error: float
    mass: float
    cases: int
    base: float
    base_error: float
    elsewhere: float
    elsewhere_error: float

    @property
    def clear(self) -> bool:
        """Whether the box fails more often than chance explains, and by enough to be worth telling."""
        error = math.hypot(self.density_error, self.elsewhere_error)
        rise, wanted = self.density - self.base, wanted_density(self.base) - self.base
        return self.density - self.elsewhere > CLEAR * error and rise >= LEAST_LIFT * wanted


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A box with rounded bounds, and how sure it is.

    measured : on the other half, after the boxes before it; fitted_density : where it was found; reproduced : by
    input, the share of resamples that restrict it at the same end; chance : by input, the quasi-p-value.
    """

    box: Box
    measured: Measured
    fitted_density: float
    reproduced: dict[int, float]
    chance: dict[int, float]


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Boxes in the order in which they were found, and why there are none: "" | "few" | "all" | "none".

    "few": too few failures or successes; "all": nearly all cases fail; "none": no box fails distinguishably more often
    than all cases.
    """

    boxes: tuple[Found, ...]
    base: float
    base_error: float
    reason: str


def find_boxes(
    cases: Array,
    failed: Array,
    fitting: Bools,
    random: np.random.Generator,
    steps: Array,
    units: Ints | None = None,
    independent: int | None = None,
    measuring: Bools | None = None,
) -> Search:
    """Boxes of failures by covering: each is looked for in what the boxes before it leave.

    cases : (case, input); failed : (case,), 0 or 1, or a probability of failure; fitting : (case,), the half that
    shapes the boxes, as `half_of` gives it; steps : (input,) to which bounds are rounded, NaN where they are values of
    the input; units : (case,) number of what cases have in common and stay together in a half; independent : how many
    cases count for errors; measuring : (case,), those on which boxes are measured, all that do not shape them
    unless told.
    """
    rule, measuring = Rule(), ~fitting if measuring is None else measuring
    weight = 1.0 if independent is None else min(independent / len(failed), 1.0)
    base, base_error = share_with_error(failed, weight)
    if min(failed.sum(), len(failed) - failed.sum()) < LEAST_CASES:
        return Search((), base, base_error, "few")
    if base > NEARLY_ALL:
        return Search((), base, base_error, "all")
    units = np.arange(len(failed)) if units is None else units
    left, found = np.ones(len(failed), dtype=np.bool_), list[Found]()
    while len(found) < MOST_BOXES:
        box = _sure_box(cases[fitting & left], failed[fitting & left], units[fitting & left], steps, random, rule)
        if box is None:
            break
        measured = measure(cases, failed, box.box, measuring, left, weight)
        if not measured.clear:
            break
        found.append(Found(box.box, measured, box.density, box.reproduced, box.chance))
        left &= ~box.box.holds(cases)
    return Search(tuple(found), base, base_error, "" if found else "none")


def half_of(units: Ints, random: np.random.Generator) -> Bools:
    """A random half of the units, as a mask of their cases."""
    names, place = np.unique(units, return_inverse=True)
    chosen = np.zeros(len(names), dtype=np.bool_)
    chosen[random.permutation(len(names))[: (len(names) + 1) // 2]] = True
    half: Bools = chosen[place]
    return half


@dataclass(frozen=True, slots=True, eq=False)
class _Sure:
    """A box of the fitting half whose restrictions are reproduced."""

    box: Box
    density: float
    reproduced: dict[int, float]
    chance: dict[int, float]


def _sure_box(
    cases: Array, failed: Array, units: Ints, steps: Array, random: np.random.Generator, rule: Rule
) -> _Sure | None:
    """The box of the fitting half, fitted again without the inputs that other samples do not restrict; or None."""
    if len(failed) < LEAST_CASES or not 0.0 < failed.mean() < 1.0:
        return None
    # Resamples choose from twice as many inputs as a fit does: the others have no hope in any of them.
    inputs = screened(cases, failed, range(cases.shape[1]), 2 * rule.screened)
    box = fitted(cases, failed, inputs, rule)
    if box is None:
        return None
    others = [_resampled(cases, failed, half_of(units, random), inputs, rule) for _ in range(RESAMPLES)]
    while box is not None:
        shares = _reproduced(box, others)
        kept = [place for place in box.restricted if shares[place] >= LEAST_REPRODUCED]
        if len(kept) == len(box.restricted):
            told = rounded(box, steps)
            inside = told.holds(cases)
            if not inside.any():
                return None
            return _Sure(told, float(failed[inside].mean()), shares, chance_of(cases, failed, told))
        box = fitted(cases, failed, kept, rule) if kept else None
    return None


def _resampled(cases: Array, failed: Array, chosen: Bools, inputs: Sequence[int], rule: Rule) -> Box | None:
    some = failed[chosen]
    looser = replace(rule, chance=CHANCE_OF_HALF, peel=2.0 * rule.peel, fine=2.0 * rule.peel)
    return fitted(cases[chosen], some, inputs, looser) if 0.0 < some.mean() < 1.0 else None


def _reproduced(box: Box, others: Sequence[Box | None]) -> dict[int, float]:
    """By restricted input, the share of other boxes that restrict it at an end where this one does."""

    def alike(other: Box | None, place: int) -> bool:
        if other is None:
            return False
        ends = ((box.low, other.low), (box.high, other.high))
        return any(math.isfinite(one[place]) and math.isfinite(two[place]) for one, two in ends)

    return {place: sum(alike(other, place) for other in others) / len(others) for place in box.restricted}


def rounded(box: Box, steps: Array) -> Box:
    """The box with its bounds rounded to the steps, which is the one that is measured and told."""
    low, high = box.low.copy(), box.high.copy()
    for bound in (low, high):
        for place in np.flatnonzero(np.isfinite(bound) & np.isfinite(steps)):
            # Divided by a whole number, so that 21 tenths are the double nearest to 2.1.
            bound[place] = decimal_value(bound[place], steps[place])
    return Box(low, high)


def decimal_value(value: float, step: float) -> float:
    """The multiple of a step nearest to a value, as the double nearest to its decimal form."""
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return round(round(value / step) * step, digits)


def step_of(values: Array) -> float:
    """A step of 1, 0.1, 0.01, … that is a tenth of a standard deviation to a whole one: digits that chance supports."""
    spread = float(values.std())
    return 10.0 ** math.floor(math.log10(spread / 2.0)) if spread > 0.0 else math.nan


def measure(cases: Array, failed: Array, box: Box, half: Bools, left: Bools, weight: float) -> Measured:
    """A box on the cases of `half` that are `left`; coverage and base are of all cases of that half."""
    inside = half & left & box.holds(cases)
    outside = half & left & ~inside
    density, density_error = share_with_error(failed[inside], weight)
    base, base_error = share_with_error(failed[half], weight)
    elsewhere, elsewhere_error = share_with_error(failed[outside], weight)
    whole = float(failed[half].sum())
    coverage = float(failed[inside].sum()) / whole if whole else 0.0
    return Measured(
        density, density_error, coverage, standard_error(coverage, max(int(whole * weight), 1)),
        float(inside.sum() / max(half.sum(), 1)), int(inside.sum()), base, base_error, elsewhere, elsewhere_error,
    )  # fmt: skip


def share_with_error(failed: Array, weight: float) -> tuple[float, float]:
    """Mean of failures, 0 or 1 or a probability of each case, and its error; `weight` cases count as one."""
    if not len(failed):
        return 0.0, math.inf
    mean, count = float(failed.mean()), max(int(len(failed) * weight), 1)
    if ((failed == 0.0) | (failed == 1.0)).all():
        return mean, standard_error(mean, count)
    return mean, float(failed.std() / math.sqrt(count))
