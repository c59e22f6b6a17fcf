"""Which reported figures a region is conditioned on, and how exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.experiment.measurement import COMPUTED
from sim.facts.ledger import Fact
from sim.facts.reporting_error import ReportingErrors
from sim.indicators.catalogue import INDICATORS, missing_of
from sim.region.pack import Pack
from sim.targets.comparable import comparable_fact

#: Growth of industries at constant prices: reported, and read off the accounts, but no indicators of a plan.
INDUSTRY_GROWTH = {
    "primary_value_added_growth": "primary",
    "secondary_value_added_growth": "secondary",
    "tertiary_value_added_growth": "tertiary",
}
#: Figures that say nothing new where others of the same year, or (with a minus) the year before, are used.
IMPLIED_BY: dict[str, tuple[str, ...]] = {
    "services_share": ("primary_share", "secondary_share"),
    "gdp_per_capita": ("gdp", "population"),
    "gdp_per_capita_usd": ("gdp", "population"),
    "marine_share": ("marine_gop", "gdp"),
    "trade_total_growth": ("trade_total", "-trade_total"),
    "budget_revenue_growth": ("budget_revenue", "-budget_revenue"),
    "gdp_share_of_city": ("gdp", "city:gdp"),
    "household_income_growth_nominal": ("household_income", "-household_income"),
}
#: Counted from other years' figures, which are used themselves.
NEVER = frozenset(
    ("gdp_growth_average", "gdp_real", "new_urban_jobs_cumulative", "energy_intensity_reduction_cumulative",
     "co2_intensity_reduction_cumulative")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Observation:
    """A reported figure as the model is held against it: value and error (s.d.) in the unit of the indicator."""

    fact: Fact
    region: str
    indicator: str
    year: int
    value: float
    error: float

    @property
    def id(self) -> str:
        """Name across regions."""
        return f"{self.region}.{self.fact.id}"


def regions_of(pack: Pack) -> tuple[Pack, ...]:
    """The regions that are conditioned together: a city with its districts, or a region that stands alone."""
    whole = pack.whole
    return (pack,) if whole is None else (*whole.districts, whole)


def observations(pack: Pack, as_of: int, errors: ReportingErrors) -> tuple[Observation, ...]:
    """Comparable figures of all regions of a posterior for the years after the base year up to `as_of`.

    Each figure once: what others imply is left out, so that nothing counts twice.
    """
    found: list[Observation] = []
    for region in regions_of(pack):
        for year in range(pack.base_year + 1, as_of + 1):
            found += _of_year(region, year, errors)
    known = {(o.region, o.indicator, o.year) for o in found}
    city = None if pack.whole is None else pack.whole.id
    return tuple(o for o in found if not _implied(o, known, city, pack.base_year))


def _of_year(pack: Pack, year: int, errors: ReportingErrors) -> list[Observation]:
    out = []
    for name in (*COMPUTED, *INDUSTRY_GROWTH):
        item = INDICATORS.get(name)
        if name in NEVER or (item is not None and missing_of(item, pack) is not None):
            continue
        fact = comparable_fact(pack, name, year)
        if fact is None or fact.region != pack.id:
            continue
        unit = fact.unit if item is None else item.unit
        interval = fact.interval(pack.words, unit)
        error = float(np.hypot(interval.sd, errors.deviation(name, interval.centre, unit)))
        out.append(Observation(fact, pack.id, name, year, interval.centre, error))
    return out


def _implied(one: Observation, known: set[tuple[str, str, int]], city: str | None, base_year: int) -> bool:
    needs = IMPLIED_BY.get(one.indicator, ())
    return bool(needs) and all(_is_known(need, one, known, city, base_year) for need in needs)


def _is_known(need: str, one: Observation, known: set[tuple[str, str, int]], city: str | None, base_year: int) -> bool:
    if need.startswith("city:"):
        return city is not None and (city, need.removeprefix("city:"), one.year) in known
    if need.startswith("-"):
        # The base year's figure is what the model starts from.
        return one.year - 1 == base_year or (one.region, need.removeprefix("-"), one.year - 1) in known
    return (one.region, need, one.year) in known
