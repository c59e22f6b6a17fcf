"""Investment, capital and its reference path."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.drivers.arrays import Drivers
from sim.equations.investment import (
    allocation_shift,
    capital_next,
    depreciation,
    formation_deviation,
    investment,
    investment_growth_deviation,
    reference_capital_growth_next,
    reference_formation,
    reported_investment_growth,
)
from sim.equations.production import autoregressive
from sim.equations.trade import level_next
from sim.parameters.names import Parameters
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class Formation:
    """How much of its reference path capital formation reaches this year; all (draw,), logs."""

    growth_deviation: Array  # of the growth of reported fixed-asset investment
    deviation: Array  # of true capital formation


@dataclass(frozen=True, slots=True)
class Capital:
    """State of capital: (cell, draw), 亿元 at base-year prices unless said otherwise."""

    capital: Array  # at the start of the next year
    reference_capital: Array  # likewise, without lever or shock
    reference_capital_growth: Array  # log growth that leads to it
    project_capital: Array  # part of `capital` that belongs to named projects
    capital_before: Array  # at the start of this year
    investment: Array  # of this year
    depreciation: Array  # of this year
    formation_total: Array  # (draw,) reference formation of all cells
    reported_growth: Array  # (draw,) log growth of reported fixed-asset investment, current prices


def formation_next(
    before: Formation, growth_surprise: Array, parameters: Parameters, drivers: Drivers, t: int
) -> Formation:
    """Investment of the year against its reference path. `growth_surprise` is last year's, (draw,)."""
    growth = investment_growth_deviation(
        previous_deviation=before.growth_deviation,
        own_lag=parameters.investment_own_lag,
        accelerator=parameters.accelerator,
        growth_surprise=growth_surprise,
        lever_growth=drivers.policy.investment_growth[t],
        previous_lever_growth=drivers.policy.investment_growth[t - 1],
        shock=drivers.shocks.investment[t],
    )
    return Formation(
        growth_deviation=growth,
        deviation=formation_deviation(
            previous_deviation=before.deviation,
            retention=parameters.formation_retention,
            formation_response=parameters.formation_response,
            growth_deviation=growth,
        ),
    )


def capital_of_next_year(
    before: Capital, formation: Formation, trend_growth: Array, parameters: Parameters, drivers: Drivers, t: int
) -> Capital:
    """Accumulate capital. `trend_growth` is the cells' trend growth of output, (cell, draw)."""
    growth = reference_capital_growth_next(
        reference_capital_growth=before.reference_capital_growth,
        cell_trend_growth=trend_growth,
        capital_convergence=parameters.capital_convergence,
    )
    reference = reference_formation(
        reference_capital=before.reference_capital,
        reference_capital_growth=growth,
        depreciation_rate=parameters.depreciation_rate,
    )
    total = np.add.reduce(reference, axis=0)
    spent = investment(
        reference_formation=reference,
        formation_deviation=formation.deviation,
        allocation=allocation_shift(share_shift=drivers.policy.allocation[t], base_share=reference / total),
        project_spending=drivers.policy.project_spending[t],
    )
    worn = depreciation(capital=before.capital, depreciation_rate=parameters.depreciation_rate)
    return Capital(
        capital=capital_next(capital=before.capital, investment=spent, depreciation=worn),
        reference_capital=level_next(level=before.reference_capital, log_growth=growth),
        reference_capital_growth=growth,
        project_capital=autoregressive(
            level=before.project_capital,
            persistence=1.0 - parameters.depreciation_rate,
            innovation=drivers.policy.project_spending[t],
        ),
        capital_before=before.capital,
        investment=spent,
        depreciation=worn,
        formation_total=total,
        reported_growth=reported_investment_growth(
            formation_total=total,
            formation_total_before=before.formation_total,
            price_growth=parameters.investment_price_growth,
            growth_deviation=formation.growth_deviation,
        ),
    )
