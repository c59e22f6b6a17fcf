"""Families of series that are estimated alike: what all regions share in a year, and what is a region's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.panel import Panel
from sim.randomness import Array

PARTS = ("primary", "secondary", "tertiary")
PAIRS = (("primary", "secondary"), ("primary", "tertiary"), ("secondary", "tertiary"))

#: Least number of years and regions from which anything is estimated.
FEWEST_YEARS, FEWEST_REGIONS = 4, 3


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One quantity by region and year, in log points (region, year), without gaps.

    `family` names its estimates, `industry` may be empty, `label` says in Chinese what it is.
    """

    family: str
    industry: str
    label: str
    values: Array
    first_year: int

    @property
    def common(self) -> Array:
        """Average of the regions (year,)."""
        return self.values.mean(axis=0)

    @property
    def relative(self) -> Array:
        """Deviation from the year's average (region, year)."""
        return self.values - self.common


def all_series(panel: Panel) -> Iterator[Series]:
    """Every series the panel allows; optional columns without enough figures are passed over."""
    growth = panel.growth("gdp_index")
    named = {"primary": "第一产业", "secondary": "第二产业", "tertiary": "第三产业", "gdp": "地区生产总值"}
    wanted = [("growth", "", "地区生产总值实际增速", growth)]
    for part in PARTS:
        cell = panel.growth(f"{part}_index")
        wanted.append(("cell_growth", part, f"{named[part]}实际增速", cell))
        wanted.append(("cell_spread", part, f"{named[part]}增速减地区生产总值增速", cell - growth))
    wanted += [("deflator", part, f"{named[part]}平减指数", panel.deflator(part)) for part in ("gdp", *PARTS)]
    price = panel.deflator("tertiary") - panel.deflator("secondary")
    wanted.append(("services_less_secondary_price", "", "第三产业与第二产业平减指数之差", price))
    wanted.append(("trade", "", "货物进出口（美元）增速", log_change(panel, "trade_kusd")))
    wanted.append(("investment_growth", "", "固定资产投资名义增速", log_change(panel, "fixed_asset_investment")))
    wanted.append(("revenue_growth", "", "一般公共预算收入增速", log_change(panel, "budget_revenue")))
    for family, industry, label, values in wanted:
        whole, first = balanced(100.0 * values)
        if whole.shape[0] >= FEWEST_REGIONS and whole.shape[1] >= FEWEST_YEARS:
            yield Series(family, industry, label, whole, panel.years[0] + first)


def log_change(panel: Panel, column: str) -> Array:
    """Log change of a level over the previous year (region, year); NaN in the first year."""
    change: Array = np.diff(np.log(panel.values[column]), axis=1, prepend=np.nan)
    return change


def balanced(values: Array) -> tuple[Array, int]:
    """The years since the first that any region reports, of the regions that report all of them; and its place."""
    reported = ~np.isnan(values)
    some = np.flatnonzero(reported.any(axis=0))
    first = int(some[0]) if some.size else values.shape[1]
    complete = reported[:, first:].all(axis=1)
    return values[complete][:, first:], first
