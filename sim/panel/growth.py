"""What a panel of regions says: levels, growth, deflators and shares, by region and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.errors import SimError
from sim.language import Text
from sim.randomness import Array

#: The three industries, whose value added sums to GDP.
PARTS = ("primary", "secondary", "tertiary")

#: Nominal level (亿元) and index of the same thing (previous year = 100, constant prices).
LEVEL_AND_INDEX = {"gdp": ("gdp", "gdp_index")} | {part: (f"{part}_va", f"{part}_index") for part in PARTS}

#: Columns that every region must report every year.
ESSENTIAL = tuple(level for level, _ in LEVEL_AND_INDEX.values()) + tuple(i for _, i in LEVEL_AND_INDEX.values())
INDICES = tuple(index for _, index in LEVEL_AND_INDEX.values())
OTHER = (
    *("industry_va", "construction_va", "trade_kusd", "fixed_asset_investment", "retail_sales", "budget_revenue"),
    *("population", "urban_population"),
)
COLUMNS = (*ESSENTIAL, *OTHER)


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Reported figures of many regions; NaN where a figure is not reported.

    regions : sorted names; years : every year from the first to the last of the file; values : column of the file
    to an array (region, year), levels in 亿元 at current prices, indices with the previous year = 100; shown : the
    file as shown to people; notes : what a reader should know about the coverage.
    """

    regions: tuple[str, ...]
    years: tuple[int, ...]
    values: Mapping[str, Array]
    shown: str
    notes: tuple[Text, ...] = ()

    def up_to(self, origin: int) -> Panel:
        """The panel as known at `origin`: no later year, and no region that first reports later.

        Everything a forecast uses goes through this. Raises SimError when no year is left.
        """
        years = tuple(year for year in self.years if year <= origin)
        if not years:
            raise SimError(f"{self.shown}: no year up to {origin}")
        early = {name: column[:, : len(years)] for name, column in self.values.items()}
        reported = np.stack([~np.isnan(column).all(axis=1) for column in early.values()])
        known = np.flatnonzero(reported.any(axis=0))
        regions = tuple(self.regions[place] for place in known)
        return Panel(regions, years, {name: column[known] for name, column in early.items()}, self.shown)

    def growth(self, column: str) -> Array:
        """Log growth over the previous year, log(index / 100), shape (region, year); column as `gdp_index`."""
        growth: Array = np.log(self.values[column] / 100.0)
        return growth

    def deflator(self, part: str) -> Array:
        """Log growth of the implicit deflator of `gdp` or an industry, shape (region, year).

        Nominal growth less real growth; NaN in the first year.
        """
        level, index = LEVEL_AND_INDEX[part]
        nominal = np.diff(np.log(self.values[level]), axis=1, prepend=np.nan)
        deflator: Array = nominal - self.growth(index)
        return deflator

    def share(self, part: str) -> Array:
        """Value added of an industry in percent of GDP at current prices, shape (region, year)."""
        share: Array = 100.0 * self.values[f"{part}_va"] / self.values["gdp"]
        return share
