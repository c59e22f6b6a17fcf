"""From what happens to what is reported: the accounts that tables, targets and indicators read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.blocks.demand import Demand
from sim.blocks.prices import Prices
from sim.drivers.arrays import Drivers
from sim.equations.production import autoregressive
from sim.equations.reporting import census_factor, marine_product, reporting_factor_next
from sim.parameters.names import Parameters
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class Reporting:
    """Reported accounts of the year."""

    factor: Array  # (draw,) reported over actual real value added
    census_factor: Array  # (cell, draw) revision of nominal levels by censuses
    log_coverage: Array  # (draw,) of marine statistics
    value_added_real: Array  # (cell, draw) 亿元, base-year prices
    value_added_nominal: Array  # (cell, draw) 亿元, current prices
    gdp_real: Array  # (draw,)
    gdp: Array  # (draw,) 亿元, current prices
    marine_gop: Array  # (draw,) 亿元, current prices
    marine_volume: Array  # (draw,) 亿元, base-year prices, coverage and revisions left out


def reporting_next(
    before: Reporting, demand: Demand, prices: Prices, parameters: Parameters, drivers: Drivers, t: int
) -> Reporting:
    """One year of reporting."""
    shocks = drivers.shocks
    target = drivers.target_growth[t]
    has_target = bool(np.isfinite(target))
    factor = reporting_factor_next(
        reporting_factor=before.factor,
        lean=parameters.reporting_lean if has_target else np.zeros(1),
        target_growth=target if has_target else np.zeros(1),
        growth=np.expm1(demand.growth),
        release_error=shocks.release[t],
    )
    revision = before.census_factor
    if drivers.census[t]:
        revision = census_factor(
            factor=revision,
            level_revision=shocks.census_level[t],
            nominal=prices.nominal * revision,
            secondary=drivers.secondary,
            share_shift=shocks.census_shift[t],
        )
    coverage = autoregressive(
        level=before.log_coverage,
        persistence=parameters.coverage_persistence,
        innovation=shocks.coverage[t] + parameters.coverage_break * drivers.marine_standard[t],
    )
    return reported_accounts(factor, revision, coverage, demand, prices, parameters)


def reported_accounts(
    factor: Array, revision: Array, coverage: Array, demand: Demand, prices: Prices, parameters: Parameters
) -> Reporting:
    """Accounts that belong to a reporting factor (draw,), census factors (cell, draw) and coverage (draw,)."""
    real = demand.value_added * factor
    current = prices.nominal * (factor * revision)
    return Reporting(
        factor=factor,
        census_factor=revision,
        log_coverage=coverage,
        value_added_real=real,
        value_added_nominal=current,
        gdp_real=np.add.reduce(real, axis=0),
        gdp=np.add.reduce(current, axis=0),
        marine_gop=marine_product(marine_share=parameters.marine_share, nominal=current, log_coverage=coverage),
        marine_volume=marine_product(marine_share=parameters.marine_share, nominal=real, log_coverage=np.zeros(1)),
    )
