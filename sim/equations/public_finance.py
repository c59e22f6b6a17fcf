"""Budget revenue, household income, retail sales, research and patents, new jobs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def revenue_growth(
    *,
    elasticity: Array,
    nominal_growth: Array,
    drift: Array,
    property_response: Array,
    property_change: Array,
    lever_growth: Array,
    shock: Array,
) -> Array:
    """Log growth of general public budget revenue.

    r = eta y_nominal + drift + b dp + lever + e

    Parameters
    ----------
    elasticity : (draw,) eta
    nominal_growth : (draw,) log growth of nominal GDP
    drift : (draw,) tax cuts and collection
    property_response : (draw,) b
    property_change : (draw,) change of the property-demand factor
    lever_growth : (draw,)
    shock : (draw,)

    Returns
    -------
    (draw,) log growth.

    Source: elasticity estimated on 16 provinces, 2001-2014, adjusted for the tax cuts of 2018.
    """
    return elasticity * nominal_growth + drift + property_response * property_change + lever_growth + shock


def income_growth(
    *, elasticity: Array, growth_per_head: Array, drift: Array, lever_growth: Array, shock: Array
) -> Array:
    """Real log growth of household disposable income a head.

    h = eta y + drift + lever + e

    Parameters
    ----------
    elasticity : (draw,) eta
    growth_per_head : (draw,) log growth of real GDP a head
    drift : (draw,)
    lever_growth : (draw,)
    shock : (draw,)

    Returns
    -------
    (draw,) log growth.

    Source: design note, block "income".
    """
    return elasticity * growth_per_head + drift + lever_growth + shock


def retail_growth(*, income_growth: Array, population_growth: Array, price_growth: Array, shock: Array) -> Array:
    """Log growth of retail sales of consumer goods, at current prices.

    s = h + n + cpi + e

    Parameters
    ----------
    income_growth : (draw,) real, a head
    population_growth : (draw,)
    price_growth : (draw,) consumer prices
    shock : (draw,)

    Returns
    -------
    (draw,) log growth.

    Source: constant propensity to consume.
    """
    return income_growth + population_growth + price_growth + shock


def research_intensity_next(*, research_intensity: Array, drift: Array, lever_change: Array, shock: Array) -> Array:
    """Research and development spending as a share of GDP.

    i' = i exp(drift + e) + change of the lever

    Parameters
    ----------
    research_intensity : (draw,) fraction of GDP
    drift : (draw,) log growth of the ratio
    lever_change : (draw,) change this year of the points the lever adds, as a fraction of GDP
    shock : (draw,)

    Returns
    -------
    (draw,) never below 0.001.

    Source: design note, block "R&D".
    """
    return np.maximum(research_intensity * np.exp(drift + shock) + lever_change, 0.001)


def patent_growth(
    *, trend: Array, research_response: Array, research_growth: Array, lever_growth: Array, shock: Array
) -> Array:
    """Log growth of the stock of high-value invention patents.

    p = trend + b r + lever + e

    Parameters
    ----------
    trend : (draw,)
    research_response : (draw,) b
    research_growth : (draw,) log growth of the research ratio
    lever_growth : (draw,)
    shock : (draw,)

    Returns
    -------
    (draw,) log growth.

    Source: knowledge production function, Griliches (1990).
    """
    return trend + research_response * research_growth + lever_growth + shock


def new_jobs(
    *, base: Array, trend: Array, years: Array, elasticity: Array, growth_surprise: Array, extra: Array, noise: Array
) -> Array:
    """New urban jobs of the year, a gross flow.

    J = J0 exp(trend t + eta (g - g*) + u) + extra

    Parameters
    ----------
    base : (draw,) [万人] of the base year
    trend : (draw,) log growth
    years : () years since the base year
    elasticity : (draw,) eta
    growth_surprise : (draw,) GDP growth less trend
    extra : (draw,) [万人] of the jobs lever
    noise : (draw,) autoregressive

    Returns
    -------
    (draw,) [万人], never negative.

    Source: design note, block "new jobs".
    """
    return np.maximum(base * np.exp(trend * years + elasticity * growth_surprise + noise) + extra, 0.0)
