"""Deflators of the cells, consumer prices, and the reading of real and nominal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def deflator_growth(
    *,
    price_trend: Array,
    producer_price_response: Array,
    producer_price_growth: Array,
    producer_price_mean: Array,
    shock: Array,
) -> Array:
    """Log growth of each cell's deflator.

    pi_c = trend_c + lambda_c (ppi - mean) + e_c

    Parameters
    ----------
    price_trend : (cell, draw)
    producer_price_response : (cell, draw) lambda
    producer_price_growth : (draw,) national producer prices
    producer_price_mean : (draw,)
    shock : (cell, draw)

    Returns
    -------
    (cell, draw) log growth.

    Source: slopes on the national PPI estimated on 16 provinces, 2001-2014.
    """
    return price_trend + producer_price_response * (producer_price_growth - producer_price_mean) + shock


def consumer_price_growth(
    *,
    mean: Array,
    producer_price_response: Array,
    producer_price_growth: Array,
    producer_price_mean: Array,
    shock: Array,
) -> Array:
    """Log growth of consumer prices.

    cpi = mean + b (ppi - mean_ppi) + e

    Parameters
    ----------
    mean : (draw,)
    producer_price_response : (draw,) b
    producer_price_growth : (draw,)
    producer_price_mean : (draw,)
    shock : (draw,)

    Returns
    -------
    (draw,) log growth.

    Source: design note, block "prices".
    """
    return mean + producer_price_response * (producer_price_growth - producer_price_mean) + shock


def nominal(*, real: Array, deflator: Array) -> Array:
    """Value at current prices.

    N = Y P

    Parameters
    ----------
    real : (cell, draw) [亿元, base-year prices]
    deflator : (cell, draw) base year = 1

    Returns
    -------
    (cell, draw) [亿元, current prices].

    Source: definition.
    """
    return real * deflator


def total(*, values: Array) -> Array:
    """Sum over the production cells: GDP from value added.

    X = sum_c x_c

    Parameters
    ----------
    values : (cell, draw)

    Returns
    -------
    (draw,).

    Source: SNA 2008, production approach.
    """
    # A running sum over rows, faster than np.sum on this layout and independent of the number of draws.
    return np.add.reduce(values, axis=0)
