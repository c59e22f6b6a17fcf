"""The demand gap: how world trade, investment, property, the nation and chance move output around potential."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def demand_gap_next(
    *,
    demand_gap: Array,
    persistence: Array,
    trade_impulse: Array,
    trade_exposure: Array,
    investment_impulse: Array,
    investment_exposure: Array,
    property_impulse: Array,
    property_exposure: Array,
    national_impulse: Array,
    national_exposure: Array,
    entrepot_impulse: Array,
    shock: Array,
) -> Array:
    """Demand gap of each cell.

    z' = rho z + e_w w + e_i i + e_p p + e_n n + m + u

    Parameters
    ----------
    demand_gap : (cell, draw) log deviation of output from potential
    persistence : (draw,) or (cell, draw)
    trade_impulse : (draw,) news of the year in the world-trade gap
    trade_exposure : (cell, draw)
    investment_impulse : (draw,) news of the year in capital formation
    investment_exposure : (cell, draw)
    property_impulse : (draw,) news of the year in property demand
    property_exposure : (cell, draw)
    national_impulse : (draw,) news of the year in national demand, rare events included
    national_exposure : (cell, draw)
    entrepot_impulse : (cell, draw) goods passing through the port, as they touch value added
    shock : (cell, draw) home and cell shocks

    Returns
    -------
    (cell, draw) next gap.

    Source: reduced-form gap equation, design note "demand gap".
    """
    outside = trade_exposure * trade_impulse + national_exposure * national_impulse
    inside = investment_exposure * investment_impulse + property_exposure * property_impulse
    return persistence * demand_gap + outside + inside + entrepot_impulse + shock


def impulse(*, level_next: Array, level: Array, persistence: Array) -> Array:
    """News of the year in an autoregressive driver.

    i = x' - rho x, so that a gap driven by it follows the driver itself: z = exposure * x.

    Parameters
    ----------
    level_next : (draw,) this year's driver
    level : (draw,) last year's
    persistence : (draw,) of the demand gap

    Returns
    -------
    (draw,).

    Source: definition.
    """
    return level_next - persistence * level
