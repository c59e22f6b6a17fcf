"""Over which years a plan counts an indicator: growth on average, reductions cumulated, flows summed up.

A level is read in its year. Growth of a single year is a poor target, and a plan never sets one for its last year:
it writes the average of its years, counted from the year before the first of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.facts.naming import split_indicator
from sim.indicators.catalogue import INDICATORS
from sim.randomness import Array
from sim.targets.comparable import LEDGER_NAMES
from sim.targets.known import SINCE_BASE

Kind = Literal["level", "average", "reduction", "sum"]
#: Years of a plan; plans end in years that are multiples of it.
PLAN_YEARS = 5


@dataclass(frozen=True, slots=True)
class Period:
    """How an indicator is counted in a target for `year`: `first` is the first year that counts.

    kind : `level` (of the year itself, `first` equals `year`), `average` growth in percent by compounding,
    `reduction` since the year before `first` in percent, `sum` of yearly amounts.
    """

    indicator: str
    kind: Kind
    first: int
    year: int

    @property
    def years(self) -> tuple[int, ...]:
        """Years that count."""
        return tuple(range(self.first, self.year + 1))

    @property
    def base(self) -> int:
        """The year before the first that counts; of a level the year itself."""
        return self.year if self.kind == "level" else self.first - 1


def kind_of(indicator: str) -> Kind:
    """How a plan counts an indicator."""
    name = LEDGER_NAMES.get(indicator, indicator)
    if indicator in SINCE_BASE:
        return "level"
    if split_indicator(name)[1] == "growth":
        return "average"
    if name.endswith("_intensity_reduction"):
        return "reduction"
    return "sum" if INDICATORS[indicator].mechanism == "flow" else "level"


def plan_base(years: Sequence[int], base_year: int) -> int:
    """The year that targets for several years are counted from: the last one before the plan of the earliest of them.

    One table for 2030 and one for 2035 then start from the same year. Never before the model's base year.
    """
    return max(base_year, (min(years) - 1) // PLAN_YEARS * PLAN_YEARS)


def period_of(indicator: str, year: int, base: int) -> Period:
    """The way a plan counts an indicator up to `year` from `base`."""
    kind = kind_of(indicator)
    return Period(indicator, kind, year if kind == "level" else base + 1, year)


def counted(kind: Kind, yearly: Sequence[Array]) -> Array:
    """The quantity of a period from the indicator's years, (draw,) each: rates in percent, amounts in their unit."""
    stacked = np.stack(list(yearly))
    if kind == "sum":
        return np.asarray(stacked.sum(axis=0))
    if kind == "reduction":
        return np.asarray(100.0 * (1.0 - (1.0 - stacked / 100.0).prod(axis=0)))
    if kind == "average":
        return np.asarray(100.0 * ((1.0 + stacked / 100.0).prod(axis=0) ** (1.0 / len(stacked)) - 1.0))
    return np.asarray(stacked[-1])
