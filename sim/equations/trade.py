"""Foreign trade of the wide scope: exports and imports, volumes and prices; foreign capital."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def export_volume_growth(
    *,
    demand_elasticity: Array,
    world_trade_growth: Array,
    price_elasticity: Array,
    relative_price_growth: Array,
    lever_growth: Array,
    shock: Array,
) -> Array:
    """Log growth of real exports.

    x = eta w + eps q + lever + e

    Parameters
    ----------
    demand_elasticity : (draw,) eta
    world_trade_growth : (draw,) log growth of the volume of world trade
    price_elasticity : (draw,) eps, negative
    relative_price_growth : (draw,) home prices against world prices in the same currency
    lever_growth : (draw,)
    shock : (draw,)

    Returns
    -------
    (draw,) log growth.

    Source: export equation of Aziz and Li (2007); Yao, Tian and Su (2013).
    """
    return demand_elasticity * world_trade_growth + price_elasticity * relative_price_growth + lever_growth + shock


def import_volume_growth(
    *,
    output_elasticity: Array,
    output_growth: Array,
    processing_share: Array,
    export_growth: Array,
    lever_growth: Array,
    shock: Array,
) -> Array:
    """Log growth of real imports: for own output and for processing and transit.

    m = (1 - p) (eta_y y + lever + e) + p x

    Parameters
    ----------
    output_elasticity : (draw,) eta_y
    output_growth : (draw,) log growth of the district's output
    processing_share : (draw,) share of imports that follows exports
    export_growth : (draw,) log growth of exports, lever and shock included
    lever_growth : (draw,)
    shock : (draw,)

    Returns
    -------
    (draw,) log growth.

    Source: import equation of Aziz and Li (2007).
    """
    own = output_elasticity * output_growth + lever_growth + shock
    return (1.0 - processing_share) * own + processing_share * export_growth


def trade_price_growth(
    *,
    producer_price_growth: Array,
    producer_price_mean: Array,
    price_response: Array,
    price_trend: Array,
    exchange_rate_growth: Array,
    exchange_rate_response: Array,
) -> Array:
    """Log growth of the price of traded goods in yuan.

    p = trend + b (ppi - mean) + f de

    Parameters
    ----------
    producer_price_growth : (draw,)
    producer_price_mean : (draw,)
    price_response : (draw,) b
    price_trend : (draw,)
    exchange_rate_growth : (draw,) log change of yuan for a dollar
    exchange_rate_response : (draw,) f

    Returns
    -------
    (draw,) log growth.

    Source: pass-through equation, Goldberg and Knetter (1997).
    """
    cycle = price_response * (producer_price_growth - producer_price_mean)
    return price_trend + cycle + exchange_rate_response * exchange_rate_growth


def relative_price_growth(
    *, producer_price_growth: Array, world_price_growth: Array, exchange_rate_growth: Array
) -> Array:
    """Home prices against world prices in one currency.

    q = ppi - p_world - de

    Parameters
    ----------
    producer_price_growth : (draw,)
    world_price_growth : (draw,)
    exchange_rate_growth : (draw,) log change of yuan for a dollar

    Returns
    -------
    (draw,) log growth of the real exchange rate.

    Source: definition.
    """
    return producer_price_growth - world_price_growth - exchange_rate_growth


def level_next(*, level: Array, log_growth: Array) -> Array:
    """A level after a year of logarithmic growth.

    x' = x exp(g)

    Parameters
    ----------
    level : any shape
    log_growth : broadcastable

    Returns
    -------
    next year's level.

    Source: definition.
    """
    return level * np.exp(log_growth)


def foreign_investment_growth(
    *,
    trend: Array,
    growth_response: Array,
    growth_surprise: Array,
    lever_growth: Array,
    deviation: Array,
    deviation_next: Array,
) -> Array:
    """Log growth of foreign capital actually used.

    f = trend + b (g - g*) + lever + (u' - u)

    Parameters
    ----------
    trend : (draw,)
    growth_response : (draw,) b
    growth_surprise : (draw,) GDP growth less trend
    lever_growth : (draw,)
    deviation : (draw,) last year's autoregressive deviation
    deviation_next : (draw,) this year's

    Returns
    -------
    (draw,) log growth.

    Source: design note, block "FDI"; no figure of the district after the base year informs it.
    """
    return trend + growth_response * growth_surprise + lever_growth + deviation_next - deviation
