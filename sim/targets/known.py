"""What is known of an indicator in a year that is over: a reported figure, or what reported figures add up to."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.indicators.catalogue import INDICATORS
from sim.region.pack import Pack
from sim.targets.comparable import comparable_fact


@dataclass(frozen=True, slots=True)
class Known:
    """A value in the indicator's unit and the facts it comes from; `fact` where it is one figure as published."""

    value: float
    facts: tuple[Fact, ...]
    fact: Fact | None = None


def average_growth(rates: Sequence[float]) -> float:
    """Average of yearly growth rates in percent, by compounding."""
    return 100.0 * (math.prod(1.0 + rate / 100.0 for rate in rates) ** (1.0 / len(rates)) - 1.0)


def _joint_reduction(rates: Sequence[float]) -> float:
    """Reduction over several years from those of each, in percent."""
    return 100.0 * (1.0 - math.prod(1.0 - rate / 100.0 for rate in rates))


#: Indicators counted from the base year: the indicator of each year, and how its years are put together.
SINCE_BASE: dict[str, tuple[str, Callable[[Sequence[float]], float]]] = {
    "gdp_growth_average": ("gdp_growth", average_growth),
    "new_urban_jobs_cumulative": ("new_urban_jobs", sum),
    "energy_intensity_reduction_cumulative": ("energy_intensity_reduction", _joint_reduction),
    "co2_intensity_reduction_cumulative": ("co2_intensity_reduction", _joint_reduction),
}


def known(pack: Pack, indicator: str, year: int) -> Known | None:
    """The comparable figure of a year after the base year; what counts from the base year needs every year of it."""
    fact = comparable_fact(pack, indicator, year)
    if fact is not None:
        unit = INDICATORS[indicator].unit if indicator in INDICATORS else fact.unit
        return Known(fact.in_unit(unit), (fact,), fact)
    if indicator not in SINCE_BASE:
        return None
    yearly, together = SINCE_BASE[indicator]
    facts = [comparable_fact(pack, yearly, y) for y in range(pack.base_year + 1, year + 1)]
    found = tuple(fact for fact in facts if fact is not None)
    if not found or len(found) < len(facts):
        return None
    unit = INDICATORS[yearly].unit
    return Known(together([fact.in_unit(unit) for fact in found]), found)
