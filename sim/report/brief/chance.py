"""How a probability changes when its target is moved, read from the stored quantiles of the quantity judged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.targets import Target

Record = Mapping[str, Any]

#: By how much a target is moved: points of a rate or share, else a part of its value.
POINTS, PART = 0.5, 0.05
#: How closely the stored median must be that of the target's own record for the two to be the same quantity.
_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Distribution:
    """Quantiles of a quantity with the exact share of draws at one more value.

    levels, values : ascending; a value between two quantiles is read from the straight line that joins them.
    """

    levels: tuple[float, ...]
    values: tuple[float, ...]

    def below(self, value: float) -> float:
        """Share of the draws below a value; the outermost level beyond the outermost quantile."""
        if value <= self.values[0]:
            return self.levels[0]
        if value >= self.values[-1]:
            return self.levels[-1]
        after = bisect_left(self.values, value)
        x0, x1 = self.values[after - 1], self.values[after]
        p0, p1 = self.levels[after - 1], self.levels[after]
        return p1 if x1 <= x0 else p0 + (p1 - p0) * (value - x0) / (x1 - x0)

    def with_point(self, value: float, below: float) -> Distribution:
        """The same with the share below one value known exactly; neighbours never contradict it."""
        after = bisect_left(self.values, value)
        levels = [*(min(p, below) for p in self.levels[:after]), below, *(max(p, below) for p in self.levels[after:])]
        return Distribution(tuple(levels), (*self.values[:after], value, *self.values[after:]))


def step_of(value: float, unit: str) -> float:
    """Half a point of a rate or share, five per cent of anything else."""
    return POINTS if unit in ("%", "百分点") else abs(value) * PART


def moved_chances(document: Record, target: Target, record: Record) -> tuple[float, float] | None:
    """Probabilities of the target lowered and raised by its step; None where the stored quantiles are not of it.

    Not of it are targets relative to something that varies as well, and directions.
    """
    found = _distribution(document, target, record)
    if found is None or target.value is None or record["probability"] is None:
        return None
    step = step_of(target.value, target.unit)
    if target.operator == "between":
        return _band(found, target, record["probability"], -step), _band(found, target, record["probability"], step)
    less = target.operator == "<="
    threshold = target.value - ((target.tolerance or 0.0) if target.operator == "about" else 0.0)
    exact = record["probability"] if less else 1.0 - record["probability"]
    anchored = found.with_point(threshold, exact)
    low, high = (anchored.below(threshold + move) for move in (-step, step))
    return (low, high) if less else (1.0 - low, 1.0 - high)


def _band(found: Distribution, target: Target, probability: float, move: float) -> float:
    """A band moved as a whole: the change of its share as the quantiles tell it, from the exact one."""
    low, high = target.value or 0.0, target.value_high or 0.0
    moved, still = (found.below(high + by) - found.below(low + by) for by in (move, 0.0))
    return min(max(probability + moved - still, 0.0), 1.0)


def _distribution(document: Record, target: Target, record: Record) -> Distribution | None:
    stored = document.get("distributions")
    if not stored or target.operator not in (">=", "<=", "about", "between", "cumulative"):
        return None
    names = [f"{target.indicator}_cumulative"] if target.operator == "cumulative" else [target.indicator]
    for line in stored["values"]:
        if line["indicator"] in names and line["year"] == target.year and None not in line["values"]:
            found = Distribution(tuple(stored["levels"]), tuple(line["values"]))
            return found if _is_of(found, record["p50"]) else None
    return None


def _is_of(found: Distribution, median: float | None) -> bool:
    """Whether the middle quantile is the median that the target's record gives."""
    if median is None:
        return False
    middle = _at(found.levels, found.values, 0.5)
    return middle is not None and abs(middle - median) <= _SAME * max(abs(median), 1.0)


def _at(levels: Sequence[float], values: Sequence[float], level: float) -> float | None:
    return next((value for one, value in zip(levels, values, strict=True) if abs(one - level) < _SAME), None)
