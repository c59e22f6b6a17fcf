"""Chance in one region: named streams, scaled by their volatility."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.drivers import Shocks
from sim.parameter_names import Parameters
from sim.randomness import Array, Draws, heavy_tailed

#: Weight of the shock that all cells of an industry share in the variance of a deflator's shock. Judgement.
COMMON_PRICE_WEIGHT = 0.6
#: Degrees of freedom of the fat-tailed shocks: trade and agriculture 5, foreign capital 4.
TRADE_TAILS, FDI_TAILS = 5.0, 4.0


def draw_shocks(
    parameters: Parameters,
    draws: Draws,
    prefix: str,
    rows: int,
    cells: Sequence[str],
    industries: Sequence[str],
    bounded: Sequence[str],
    census_rows: Sequence[int],
) -> Shocks:
    """Draw all shocks of a region for `rows` years (row 0 is the base year and is not used).

    cells and industries run in parallel; census_rows are the rows of years with an economic census.
    """

    def noise(name: str, source: str = "shocks") -> Array:
        return draws.normal(source, f"{prefix}.{name}", rows)

    def by(name: str, members: Sequence[str]) -> Array:
        return np.stack([noise(f"{name}.{member}") for member in members], axis=1)

    def revision(name: str, mean: Array, volatility: Array) -> Array:
        return mean + volatility * noise(name, "reporting") if "reporting" in draws.sources else np.zeros(1)

    home = parameters.home_volatility * noise("home")
    own = by("cell", cells)
    # Harvests and catches have fat tails; the other cells are near normal.
    primary = [i for i, industry in enumerate(industries) if industry == "primary"]
    own[:, primary] = heavy_tailed(own[:, primary], TRADE_TAILS)
    census = np.zeros((rows, 1))
    census[list(census_rows)] = 1.0
    return Shocks(
        relative=parameters.relative_volatility * noise("relative"),
        cell_relative=parameters.cell_relative_volatility * by("cell_relative", cells),
        home=home,
        cell=home[:, None, :] + parameters.cell_volatility * own,
        property=parameters.property_volatility * noise("property"),
        investment=parameters.investment_volatility * noise("investment"),
        trade=parameters.trade_volatility * heavy_tailed(noise("trade"), TRADE_TAILS),
        fdi=parameters.fdi_volatility * heavy_tailed(noise("fdi"), FDI_TAILS),
        migration=parameters.migration_volatility * noise("migration"),
        urbanisation=parameters.urbanisation_volatility * noise("urbanisation"),
        revenue=parameters.revenue_volatility * noise("revenue"),
        income=parameters.income_volatility * noise("income"),
        consumer_price=parameters.consumer_price_volatility * noise("consumer_price"),
        price=parameters.price_volatility * _price_noise(by, cells, industries),
        retail=parameters.retail_volatility * noise("retail"),
        research=parameters.research_volatility * noise("research"),
        patents=parameters.patent_volatility * noise("patents"),
        jobs=parameters.jobs_volatility * noise("jobs"),
        energy=parameters.energy_volatility * by("energy", cells),
        fuel=parameters.fuel_volatility * noise("fuel"),
        doctors=parameters.doctors_volatility * noise("doctors"),
        bounded=parameters.bounded_volatility * by("bounded", bounded),
        release=parameters.release_error * noise("release", "reporting"),
        coverage=parameters.coverage_volatility * noise("coverage", "reporting"),
        census_level=census * revision("census_level", parameters.census_level_mean, parameters.census_level_volatility),
        census_shift=census * revision("census_shift", parameters.census_shift_mean, parameters.census_shift_volatility),
    )


def _price_noise(by: object, cells: Sequence[str], industries: Sequence[str]) -> Array:
    """Unit noise of the deflators: partly shared by the cells of an industry, (year, cell, draw)."""
    assert callable(by)
    order = list(dict.fromkeys(industries))
    shared = by("price_industry", order)[:, [order.index(industry) for industry in industries]]
    own: Array = np.sqrt(COMMON_PRICE_WEIGHT) * shared + np.sqrt(1.0 - COMMON_PRICE_WEIGHT) * by("price", cells)
    return own
