"""What a target still asks for each year from the last known figure on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sim.targets.outcome import ROUND_OFF


@dataclass(frozen=True, slots=True)
class Needed:
    """A requirement on each of the years `first` … `last`.

    kind : `growth` [% a year], `average` [mean growth in %], `points` [percentage points a year], `change` and
    `amount` [unit a year], `reached` where nothing more is asked for (value 0).
    """

    kind: Literal["growth", "average", "points", "change", "amount", "reached"]
    value: float
    first: int
    last: int


def needed(actual: float, year: int, target: float, last: int, unit: str, less: bool = False) -> Needed | None:
    """From a level in `year` to `target` in `last`: money by growth, shares by points, the rest by amounts.

    None once the year is over, or where a rate cannot be told.
    """
    left = last - year
    if left <= 0:
        return None
    if (-1.0 if less else 1.0) * (actual - target) >= -ROUND_OFF:
        return Needed("reached", 0.0, year + 1, last)
    if unit == "%":
        return Needed("points", (target - actual) / left, year + 1, last)
    if "元" not in unit:
        return Needed("change", (target - actual) / left, year + 1, last)
    if actual <= 0.0 or target <= 0.0:
        return None
    return Needed("growth", 100.0 * ((target / actual) ** (1.0 / left) - 1.0), year + 1, last)


def needed_growth(rates: Sequence[float], wanted: float, year: int, last: int) -> Needed | None:
    """Average growth of the years left so that the whole span averages `wanted`, all in percent."""
    left = last - year
    if left <= 0:
        return None
    whole = (1.0 + wanted / 100.0) ** (len(rates) + left)
    done = math.prod(1.0 + rate / 100.0 for rate in rates)
    return Needed("average", 100.0 * ((whole / done) ** (1.0 / left) - 1.0), year + 1, last)


def needed_sum(total: float, target: float, year: int, last: int) -> Needed | None:
    """What is left of a sum, for each of the years left."""
    left = last - year
    if left <= 0:
        return None
    short = target - total
    return Needed("amount", short / left, year + 1, last) if short > 0.0 else Needed("reached", 0.0, year + 1, last)
