"""Potential output: productivity, capital and labour in each production cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def regional_potential_growth(
    *, national_trend_growth: Array, growth_gap: Array, relative_growth: Array, trend_error: Array
) -> Array:
    """Trend growth of the district: the nation's, a closing gap, and persistent relative growth.

    g = g_nation + gap + r + e

    Parameters
    ----------
    national_trend_growth : (draw,) [log points a year / 100]
    growth_gap : (draw,) what is left of today's lead over the nation
    relative_growth : (draw,) autoregressive deviation
    trend_error : (draw,) model discrepancy of the trend

    Returns
    -------
    (draw,) log growth of potential output.

    Source: design note, block "productivity"; persistence of relative growth as in Easterly et al. (1993).
    """
    return national_trend_growth + growth_gap + relative_growth + trend_error


def growth_gap_next(*, growth_gap: Array, convergence_speed: Array, mature_premium: Array) -> Array:
    """The district's lead over the nation closes towards a mature premium.

    gap' = m + (gap - m) (1 - s)

    Parameters
    ----------
    growth_gap : (draw,) lead in trend growth
    convergence_speed : (draw,) share closed in a year
    mature_premium : (draw,) lead that remains

    Returns
    -------
    (draw,) next year's lead.

    Source: convergence of growth rates, Pritchett and Summers (2014).
    """
    return mature_premium + (growth_gap - mature_premium) * (1.0 - convergence_speed)


def autoregressive(*, level: Array, persistence: Array, innovation: Array) -> Array:
    """First-order autoregression.

    x' = rho x + e

    Parameters
    ----------
    level : any shape
    persistence : broadcastable
    innovation : broadcastable, in the unit of `level`

    Returns
    -------
    the next value of `level`.

    Source: definition.
    """
    return persistence * level + innovation


def cell_potential_growth(*, potential_growth: Array, cell_premium: Array, cell_relative: Array) -> Array:
    """Trend growth of each cell.

    g_c = g + premium_c + r_c

    Parameters
    ----------
    potential_growth : (draw,) of the district
    cell_premium : (cell, draw) lasting lead of the cell, averaging zero over base-year weights
    cell_relative : (cell, draw) autoregressive deviation

    Returns
    -------
    (cell, draw) log growth.

    Source: design note, block "productivity".
    """
    return potential_growth + cell_premium + cell_relative


def productivity_growth(
    *,
    trend_growth: Array,
    lever_growth: Array,
    capital_share: Array,
    reference_capital_growth: Array,
    reference_employment_growth: Array,
) -> Array:
    """Growth of total factor productivity as the residual of the growth prior, plus what levers add.

    d ln A = g_c + lever_c - alpha d ln K* - (1 - alpha) d ln L*

    Parameters
    ----------
    trend_growth : (cell, draw) trend growth on the reference path
    lever_growth : (cell, draw) from productivity levers, research, digital technology and foreign capital
    capital_share : (cell, draw) alpha
    reference_capital_growth : (cell, draw) growth of capital when no lever or shock moves investment
    reference_employment_growth : (draw,) likewise of employment

    Returns
    -------
    (cell, draw) log growth of A.

    Source: Solow (1957); the prior sits on potential growth, so the residual is productivity.
    """
    inputs = capital_share * reference_capital_growth + (1.0 - capital_share) * reference_employment_growth
    return trend_growth + lever_growth - inputs


def potential_output(
    *,
    log_productivity: Array,
    capital_share: Array,
    productive_capital: Array,
    log_employment: Array,
    project_output: Array,
) -> Array:
    """Cobb-Douglas output of each cell plus the output of named projects.

    Y* = exp(ln A + alpha ln K + (1 - alpha) ln L) + P

    Parameters
    ----------
    log_productivity : (cell, draw) ln A
    capital_share : (cell, draw) alpha
    productive_capital : (cell, draw) [亿元, base-year prices] without the capital of named projects
    log_employment : (draw,) ln L, base year = 0
    project_output : (cell, draw) [亿元] value added of commissioned projects

    Returns
    -------
    (cell, draw) [亿元, base-year prices].

    Source: Cobb and Douglas (1928).
    """
    log_inputs = capital_share * np.log(productive_capital) + (1.0 - capital_share) * log_employment
    return np.exp(log_productivity + log_inputs) + project_output


def output(*, potential_output: Array, demand_gap: Array) -> Array:
    """Value added of each cell: potential times the demand gap.

    Y = Y* exp(z)

    Parameters
    ----------
    potential_output : (cell, draw) [亿元, base-year prices]
    demand_gap : (cell, draw) log deviation from potential

    Returns
    -------
    (cell, draw) [亿元, base-year prices].

    Source: definition of the output gap.
    """
    return potential_output * np.exp(demand_gap)


def base_log_productivity(*, value_added: Array, demand_gap: Array, capital: Array, capital_share: Array) -> Array:
    """Productivity of the base year that reproduces reported value added.

    ln A0 = ln Y0 - z0 - alpha ln K0          (ln L0 = 0)

    Parameters
    ----------
    value_added : (cell, draw) [亿元]
    demand_gap : (cell, draw) log gap of the base year
    capital : (cell, draw) [亿元]
    capital_share : (cell, draw)

    Returns
    -------
    (cell, draw) ln A0.

    Source: growth accounting, Solow (1957).
    """
    return np.log(value_added) - demand_gap - capital_share * np.log(capital)
