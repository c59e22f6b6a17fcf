"""Capital formation: the reference path, deviations of investment from it, and accumulation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def reference_capital_growth_next(
    *, reference_capital_growth: Array, cell_trend_growth: Array, capital_convergence: Array
) -> Array:
    """Growth of capital on the reference path converges to trend growth of output.

    k' = k + s (g - k)

    Parameters
    ----------
    reference_capital_growth : (cell, draw)
    cell_trend_growth : (cell, draw) trend growth of the cell's output
    capital_convergence : (draw,) share of the distance closed in a year

    Returns
    -------
    (cell, draw) next year's growth.

    Source: balanced growth keeps the capital-output ratio constant (Kaldor 1961).
    """
    return reference_capital_growth + capital_convergence * (cell_trend_growth - reference_capital_growth)


def investment_growth_deviation(
    *,
    previous_deviation: Array,
    own_lag: Array,
    accelerator: Array,
    growth_surprise: Array,
    lever_growth: Array,
    previous_lever_growth: Array,
    shock: Array,
) -> Array:
    """Deviation of the growth of reported fixed-asset investment from its reference path.

    d' = rho (d - lever) + a (g - g*) + lever' + e

    The lever is what planners add to each year's growth; its own lag is taken out, so that ten points for
    one year are ten points for that year.

    Parameters
    ----------
    previous_deviation : (draw,) last year's deviation
    own_lag : (draw,)
    accelerator : (draw,) response to last year's growth above trend
    growth_surprise : (draw,) last year's GDP growth less trend
    lever_growth : (draw,) points added this year, as a fraction
    previous_lever_growth : (draw,) points added last year
    shock : (draw,)

    Returns
    -------
    (draw,) this year's deviation of growth.

    Source: accelerator of Clark (1917); own lag estimated on the provincial panel.
    """
    carried = own_lag * (previous_deviation - previous_lever_growth)
    return carried + accelerator * growth_surprise + lever_growth + shock


def formation_deviation(
    *, previous_deviation: Array, retention: Array, formation_response: Array, growth_deviation: Array
) -> Array:
    """Log deviation of true capital formation from its reference path.

    f' = r f + c d

    Parameters
    ----------
    previous_deviation : (draw,) f
    retention : (draw,) what remains of last year's deviation
    formation_response : (draw,) capital formation gained for a point of reported investment growth
    growth_deviation : (draw,) deviation of reported investment growth

    Returns
    -------
    (draw,) f'.

    Source: reported fixed-asset investment is not capital formation (Zhang Jun 2016).
    """
    return retention * previous_deviation + formation_response * growth_deviation


def reference_formation(
    *, reference_capital: Array, reference_capital_growth: Array, depreciation_rate: Array
) -> Array:
    """Capital formation of each cell on the reference path.

    I* = (exp(k) - 1 + delta) K*

    Parameters
    ----------
    reference_capital : (cell, draw) [亿元] at the start of the year
    reference_capital_growth : (cell, draw) log growth of capital that this year's formation gives
    depreciation_rate : (draw,)

    Returns
    -------
    (cell, draw) [亿元, base-year prices].

    Source: perpetual inventory identity.
    """
    return (np.expm1(reference_capital_growth) + depreciation_rate) * reference_capital


def investment(
    *, reference_formation: Array, formation_deviation: Array, allocation: Array, project_spending: Array
) -> Array:
    """Capital formation of each cell.

    I = I* exp(f) (1 + shift) + projects

    Parameters
    ----------
    reference_formation : (cell, draw) [亿元] I*
    formation_deviation : (draw,) log deviation
    allocation : (cell, draw) relative shift of the cell's formation by allocation levers
    project_spending : (cell, draw) [亿元]

    Returns
    -------
    (cell, draw) [亿元, base-year prices].

    Source: identity with the deviation of the investment block.
    """
    return reference_formation * np.exp(formation_deviation) * (1.0 + allocation) + project_spending


def reported_investment_growth(
    *, formation_total: Array, formation_total_before: Array, price_growth: Array, growth_deviation: Array
) -> Array:
    """Log growth of reported fixed-asset investment, at current prices.

    g = ln(I*/I*_before) + p + d

    Parameters
    ----------
    formation_total : (draw,) [亿元] reference formation of all cells
    formation_total_before : (draw,) [亿元] likewise, a year earlier
    price_growth : (draw,) log growth of the price of investment goods
    growth_deviation : (draw,)

    Returns
    -------
    (draw,) log growth.

    Source: after 2017 only growth rates of reported investment are usable.
    """
    return np.log(formation_total / formation_total_before) + price_growth + growth_deviation


def depreciation(*, capital: Array, depreciation_rate: Array) -> Array:
    """Depreciation of the year.

    D = delta K

    Parameters
    ----------
    capital : (cell, draw) [亿元] at the start of the year
    depreciation_rate : (draw,)

    Returns
    -------
    (cell, draw) [亿元].

    Source: perpetual inventory method, Zhang Jun (2008).
    """
    return depreciation_rate * capital


def capital_next(*, capital: Array, investment: Array, depreciation: Array) -> Array:
    """Capital at the start of the next year.

    K' = K + I - D

    Parameters
    ----------
    capital : (cell, draw) [亿元]
    investment : (cell, draw) [亿元]
    depreciation : (cell, draw) [亿元]

    Returns
    -------
    (cell, draw) [亿元].

    Source: identity.
    """
    return capital + investment - depreciation


def allocation_shift(*, share_shift: Array, base_share: Array) -> Array:
    """Relative change of a cell's formation when points of all formation are moved to or from it.

    shift_c = ds_c / s_c

    Parameters
    ----------
    share_shift : (cell, draw) change of the cell's share, as a fraction, summing to zero over cells
    base_share : (cell, draw) the cell's share on the reference path

    Returns
    -------
    (cell, draw), never below -0.9.

    Source: definition.
    """
    return np.maximum(share_shift / base_share, -0.9)
