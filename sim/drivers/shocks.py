"""Chance in one region: named streams, scaled by their volatility."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.drivers.arrays import Shocks
from sim.parameters.names import Parameters
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

    def noise(name: str, volatility: Array, source: str = "shocks") -> Array:
        return _scaled(draws.normal(source, f"{prefix}.{name}", rows), volatility)

    def tails(name: str, volatility: Array, degrees: float) -> Array:
        return _scaled(heavy_tailed(draws.normal("shocks", f"{prefix}.{name}", rows), degrees), volatility)

    def by(name: str, members: Sequence[str]) -> Array:
        return draws.normals("shocks", [f"{prefix}.{name}.{member}" for member in members], rows)

    def revision(name: str, mean: Array, volatility: Array) -> Array:
        return mean + noise(name, volatility, "reporting") if "reporting" in draws.sources else np.zeros(1)

    home = noise("home", parameters.home_volatility)
    own = by("cell", cells)
    # Harvests and catches have fat tails; the other cells are near normal.
    primary = [i for i, industry in enumerate(industries) if industry == "primary"]
    own[:, primary] = heavy_tailed(own[:, primary], TRADE_TAILS)
    cell = _scaled(own, parameters.cell_volatility)
    cell += home[:, None, :]
    census = np.zeros((rows, 1))
    census[list(census_rows)] = 1.0
    return Shocks(
        relative=noise("relative", parameters.relative_volatility),
        cell_relative=_scaled(by("cell_relative", cells), parameters.cell_relative_volatility),
        cell=cell,
        property=noise("property", parameters.property_volatility),
        investment=noise("investment", parameters.investment_volatility),
        trade=tails("trade", parameters.trade_volatility, TRADE_TAILS),
        fdi=tails("fdi", parameters.fdi_volatility, FDI_TAILS),
        migration=noise("migration", parameters.migration_volatility),
        urbanisation=noise("urbanisation", parameters.urbanisation_volatility),
        revenue=noise("revenue", parameters.revenue_volatility),
        income=noise("income", parameters.income_volatility),
        consumer_price=noise("consumer_price", parameters.consumer_price_volatility),
        price=_scaled(_price_noise(by, cells, industries), parameters.price_volatility),
        retail=noise("retail", parameters.retail_volatility),
        research=noise("research", parameters.research_volatility),
        patents=noise("patents", parameters.patent_volatility),
        jobs=noise("jobs", parameters.jobs_volatility),
        energy=_scaled(by("energy", cells), parameters.energy_volatility),
        fuel=noise("fuel", parameters.fuel_volatility),
        doctors=noise("doctors", parameters.doctors_volatility),
        bounded=_scaled(by("bounded", bounded), parameters.bounded_volatility),
        release=noise("release", parameters.release_error, "reporting"),
        coverage=noise("coverage", parameters.coverage_volatility, "reporting"),
        census_level=census
        * revision("census_level", parameters.census_level_mean, parameters.census_level_volatility),
        census_shift=census
        * revision("census_shift", parameters.census_shift_mean, parameters.census_shift_volatility),
    )


def _scaled(noise: Array, volatility: Array) -> Array:
    """Noise in the unit of what it moves, in its own place: these arrays are larger than the cache."""
    noise *= volatility
    return noise


def _price_noise(by: Callable[[str, Sequence[str]], Array], cells: Sequence[str], industries: Sequence[str]) -> Array:
    """Unit noise of the deflators: partly shared by the cells of an industry, (year, cell, draw)."""
    order = list(dict.fromkeys(industries))
    shared = _scaled(by("price_industry", order), np.sqrt(COMMON_PRICE_WEIGHT))
    noise = _scaled(by("price", cells), np.sqrt(1.0 - COMMON_PRICE_WEIGHT))
    for i, industry in enumerate(industries):
        noise[:, i] += shared[:, order.index(industry)]
    return noise
