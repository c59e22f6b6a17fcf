"""The world that all regions of a run share: the nation, world trade, prices, the exchange rate, rare events."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def producer_price_growth(*, mean: Array, persistence: Array, previous: Array, shock: Array) -> Array:
    """Log growth of national producer prices.

    p' = mean + rho (p - mean) + e

    Parameters
    ----------
    mean : (draw,)
    persistence : (draw,) rho
    previous : (draw,) last year's growth
    shock : (draw,)

    Returns
    -------
    (draw,) log growth.

    Source: autoregression of the national PPI.
    """
    return mean + persistence * (previous - mean) + shock


def rare_event_gap_next(*, gap: Array, recovery: Array, strikes: Array, size: Array) -> Array:
    """Demand lost to a pandemic-like event: struck at once, mostly back the year after.

    v' = (1 - recovery) v + strike size

    Parameters
    ----------
    gap : (draw,) last year's loss, as a log deviation
    recovery : (draw,) share won back in a year
    strikes : (draw,) 1 in a year of an event, else 0
    size : (draw,) negative log deviation

    Returns
    -------
    (draw,).

    Source: design note, section 2: 1-6 % a year, -3 to -6 points, 50-90 % back next year.
    """
    return (1.0 - recovery) * gap + strikes * size


def national_growth(*, trend_growth: Array, gap: Array, gap_next: Array) -> Array:
    """Log growth of national GDP.

    g = trend + (z' - z)

    Parameters
    ----------
    trend_growth : (draw,)
    gap : (draw,) last year's national demand gap, rare events included
    gap_next : (draw,) this year's

    Returns
    -------
    (draw,).

    Source: definition.
    """
    return trend_growth + gap_next - gap


def interpolate(*, low: Array, high: Array, weight: Array) -> Array:
    """Straight line between two anchors of a path.

    x = a (1 - w) + b w

    Parameters
    ----------
    low : (draw,) a, value at the earlier anchor
    high : (draw,) b, value at the later anchor
    weight : () w, 0 at the earlier anchor and 1 at the later

    Returns
    -------
    (draw,).

    Source: definition.
    """
    return low * (1.0 - weight) + high * weight
