"""PRIM: boxes of inputs in which failures crowd, found by peeling thin slices off and pasting some back.

Only the order of an input's values matters: a monotone transform of an input gives the same cases in a box.

Source: Friedman and Fisher (1999), Statistics and Computing 9, 123-143. A slice is chosen by the rise of the share of
failures per case taken off, so that an input with two values can compete with one that is peeled thinly (Kwakkel and
Jaxa-Rozen 2016, Environmental Modelling & Software 79, 311-321); restrictions that chance explains are dropped
(Bryant and Lempert 2010, Technological Forecasting & Social Change 77, 34-49).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.randomness import Array

Bools = NDArray[np.bool_]
Order = NDArray[np.intp]
#: Groups of equal size, by which inputs are looked at one by one before boxes are.
GROUPS = 10


@dataclass(frozen=True, slots=True)
class Rule:
    """How a box is chosen, all of it stated to readers.

    peel : share of a box that is cut off or put back at a time; fine : the same once no more than `most` inputs are
    left; least_mass : least share of all cases in a box;
    most : inputs that a box may restrict; screened : inputs that are peeled at all, the most telling by themselves;
    lifts : how far towards `wanted_density` a box must come, in the order in which that is tried;
    chance : a restriction that chance explains with this probability or more is dropped.
    """

    peel: float = 0.05
    fine: float = 0.02
    least_mass: float = 0.04
    most: int = 3
    screened: int = 12
    lifts: tuple[float, ...] = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
    chance: float = 0.001


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """Bounds of every input, both inside; infinite where an input is not restricted. low, high : (input,)."""

    low: Array
    high: Array

    @property
    def restricted(self) -> tuple[int, ...]:
        """Inputs with a bound."""
        return tuple(int(i) for i in np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)))

    def holds(self, cases: Array) -> Bools:
        """Which cases, (case, input), lie inside: (case,)."""
        inside = np.ones(len(cases), dtype=np.bool_)
        for i in self.restricted:
            inside &= (cases[:, i] >= self.low[i]) & (cases[:, i] <= self.high[i])
        return inside

    def with_bounds(self, place: int, low: float, high: float) -> Box:
        """The same with other bounds of one input."""
        lows, highs = self.low.copy(), self.high.copy()
        lows[place], highs[place] = low, high
        return Box(lows, highs)

    def without(self, place: int) -> Box:
        """The same without the restriction of one input."""
        return self.with_bounds(place, -math.inf, math.inf)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A box of a trajectory: density is the share of its cases that fail, coverage the share of all failures in it,
    mass the share of all cases in it."""

    box: Box
    density: float
    coverage: float
    mass: float


def wanted_density(base: float) -> float:
    """The share of failures that makes a box worth telling: twice the usual one, or half the usual successes."""
    return min(2.0 * base, (1.0 + base) / 2.0)


def trajectory(cases: Array, failed: Array, inputs: Sequence[int], rule: Rule) -> list[Step]:
    """Boxes from all cases to the least mass, each a peel inside the one before it; cases (case, input)."""
    columns = np.ascontiguousarray(cases.T[list(inputs)])
    order = np.argsort(columns, axis=1, kind="stable")
    size, width = cases.shape
    box = Box(np.full(width, -np.inf), np.full(width, np.inf))
    whole, least = float(failed.sum()), max(math.ceil(rule.least_mass * size), 1)
    steps = [Step(box, whole / size, 1.0, 1.0)]
    while order.size and (cut := _best_cut(columns, order, failed, rule.peel, least)) is not None:
        row, low, high = cut
        place = inputs[row]
        box = box.with_bounds(place, max(low, box.low[place]), min(high, box.high[place]))
        kept = (columns[row] >= low) & (columns[row] <= high)
        order = order[kept[order]].reshape(len(columns), -1)
        inside, count = float(failed[order[0]].sum()), order.shape[1]
        steps.append(Step(box, inside / count, inside / whole if whole else 0.0, count / size))
    return steps


def _best_cut(columns: Array, order: Order, failed: Array, peel: float, least: int) -> tuple[int, float, float] | None:
    """The input and its new bounds whose slice raises the density most per case taken off; None where none does."""
    count = order.shape[1]
    total = float(failed[order[0]].sum())
    best, found = 0.0, None
    for row, places in enumerate(order):
        values = columns[row, places]
        for first, last in _slices(values, max(int(peel * count), 1)):
            kept = last - first
            if kept < least or kept == count:
                continue
            taken = float(np.add.reduce(failed[places[:first] if first else places[last:]]))
            gain = ((total - taken) / kept - total / count) / (count - kept)
            if gain > best * (1.0 + 1e-12):
                best = gain
                found = (row, float(values[first]) if first else -math.inf,
                         float(values[last - 1]) if last < count else math.inf)  # fmt: skip
    return found


def _slices(values: Array, thin: int) -> tuple[tuple[int, int], ...]:
    """First and last place, the latter excluded, of what peeling leaves at the low and at the high end.

    Equal values stay together: the slice is as thin as they allow.
    """
    count = len(values)
    if values[0] == values[-1]:
        return ()
    low = int(values.searchsorted(values[min(thin, count - 1)], "left"))
    low = low or int(values.searchsorted(values[0], "right"))
    high = int(values.searchsorted(values[max(count - 1 - thin, 0)], "right"))
    high = high if high < count else int(values.searchsorted(values[-1], "left"))
    return (low, count), (0, high)


def pasted(cases: Array, failed: Array, box: Box, rule: Rule) -> Box:
    """The box with slices put back at its bounds as long as that raises its share of failures."""
    while True:
        inside = box.holds(cases)
        density, thin = float(failed[inside].mean()), max(int(rule.peel * inside.sum()), 1)
        wider = [_widened(cases, failed, box, place, low, thin) for place in box.restricted for low in (True, False)]
        better = [(found, other) for found, other in wider if found > density + 1e-12]
        if not better:
            return box
        box = max(better, key=lambda each: each[0])[1]


def _widened(cases: Array, failed: Array, box: Box, place: int, low: bool, thin: int) -> tuple[float, Box]:
    """Density of the box with its next slice beyond one bound, and that box; -1 where there is no such bound."""
    values = cases[:, place]
    if not math.isfinite(box.low[place] if low else box.high[place]):
        return -1.0, box
    open_box = box.with_bounds(place, *((-math.inf, box.high[place]) if low else (box.low[place], math.inf)))
    beyond = np.sort(values[open_box.holds(cases) & ~box.holds(cases)])
    if not len(beyond):
        return -1.0, box
    bound = float(beyond[-min(thin, len(beyond))] if low else beyond[min(thin, len(beyond)) - 1])
    wider = box.with_bounds(place, *((bound, box.high[place]) if low else (box.low[place], bound)))
    return float(failed[wider.holds(cases)].mean()), wider


def chosen(steps: Sequence[Step], base: float, rule: Rule) -> Box | None:
    """The box of a trajectory with the most coverage times density among those that are dense enough, or None."""
    for lift in rule.lifts:
        wanted = base + lift * (wanted_density(base) - base)
        dense = [step for step in steps if step.density >= wanted and step.box.restricted]
        if dense:
            return max(dense, key=lambda step: step.coverage * step.density).box
    return None


def chance_of(cases: Array, failed: Array, box: Box) -> dict[int, float]:
    """By restricted input: how likely chance alone gives the box its share of failures were the input left free.

    Bryant and Lempert's quasi-p-value: the binomial probability of at least so many failures among the cases of the
    box, at the share of failures of the box without this restriction. Where cases have shares of failures, that of
    their mean, as a normal number with the spread of the cases of the box without the restriction.
    """
    from scipy.special import betainc, ndtr  # slow to import

    inside = box.holds(cases)
    count, hits = int(inside.sum()), float(failed[inside].sum())
    single = bool(((failed == 0.0) | (failed == 1.0)).all())
    out = {}
    for place in box.restricted:
        free = failed[box.without(place).holds(cases)]
        share, spread = float(free.mean()), float(free.std())
        if single:
            out[place] = float(betainc(round(hits), count - round(hits) + 1, share)) if hits else 1.0
        else:
            out[place] = float(ndtr((share - hits / count) * math.sqrt(count) / spread)) if spread else 1.0
    return out


def screened(cases: Array, failed: Array, inputs: Sequence[int], most: int) -> list[int]:
    """The inputs that tell most by themselves: by the spread of the share of failures over groups by size.

    Inputs that take a single value are left out; those kept stay in their order.
    """
    spread = {}
    for place in inputs:
        values = cases[:, place]
        ends = np.unique(np.sort(values)[(len(values) * np.arange(1, GROUPS)) // GROUPS])
        group = np.searchsorted(ends, values, side="left")
        count = np.bincount(group, minlength=len(ends) + 1)
        sums = np.bincount(group, weights=failed, minlength=len(ends) + 1)
        if values.min() < values.max():
            spread[place] = float((sums**2 / np.maximum(count, 1)).sum())
    best = sorted(spread, key=lambda place: -spread[place])[:most]
    return [place for place in inputs if place in best]


def fitted(cases: Array, failed: Array, inputs: Sequence[int], rule: Rule) -> Box | None:
    """The box that the rule chooses, of at most `rule.most` inputs that chance does not explain; None without one.

    cases : (case, input), of which `inputs` may be restricted; failed : (case,), 0 or 1 or a share of failures.
    """
    base = float(failed.mean())
    allowed = screened(cases, failed, inputs, rule.screened)
    while allowed:
        fine = len(allowed) <= rule.most
        now = replace(rule, peel=rule.fine) if fine else rule
        box = chosen(trajectory(cases, failed, allowed, now), base, rule)
        if box is None:
            return None
        if fine:
            box = pasted(cases, failed, box, now)
        allowed = _telling(cases, failed, box, rule)
        if fine and len(allowed) == len(box.restricted):
            return box
    return None


def _telling(cases: Array, failed: Array, box: Box, rule: Rule) -> list[int]:
    """Restricted inputs that chance does not explain, the most needed of them first cut to `rule.most`."""
    chance = chance_of(cases, failed, box)
    density = {place: float(failed[box.without(place).holds(cases)].mean()) for place in box.restricted}
    needed = sorted((p for p in box.restricted if chance[p] < rule.chance), key=lambda place: density[place])
    return sorted(needed[: rule.most])
