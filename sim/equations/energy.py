"""Energy use and carbon dioxide, as indices: no level of either is reported for the district."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def energy_intensity_next(
    *, energy_intensity: Array, efficiency_trend: Array, lever_growth: Array, shock: Array
) -> Array:
    """Energy used for a unit of real value added in each cell.

    e' = e exp(-(trend + lever) + u)

    Parameters
    ----------
    energy_intensity : (cell, draw) relative to the district's average of the base year
    efficiency_trend : (draw,) yearly fall
    lever_growth : (draw,) faster fall
    shock : (cell, draw) whole plants among them

    Returns
    -------
    (cell, draw).

    Source: index decomposition, Ang (2004).
    """
    return energy_intensity * np.exp(shock - efficiency_trend - lever_growth)


def energy_use(*, energy_intensity: Array, value_added: Array) -> Array:
    """Energy use of the district.

    E = sum_c e_c Y_c

    Parameters
    ----------
    energy_intensity : (cell, draw)
    value_added : (cell, draw) [亿元, base-year prices]

    Returns
    -------
    (draw,) in units of the base year's average intensity.

    Source: index decomposition, Ang (2004).
    """
    return np.add.reduce(energy_intensity * value_added, axis=0)


def emission_factor_next(*, emission_factor: Array, fuel_trend: Array, lever_growth: Array, shock: Array) -> Array:
    """Carbon dioxide for a unit of energy.

    f' = f exp(-(trend + lever) + u)

    Parameters
    ----------
    emission_factor : (draw,) base year = 1
    fuel_trend : (draw,) yearly fall through the fuel mix
    lever_growth : (draw,) faster fall
    shock : (draw,)

    Returns
    -------
    (draw,).

    Source: Kaya identity (1990).
    """
    return emission_factor * np.exp(shock - fuel_trend - lever_growth)


def yearly_reduction(*, intensity: Array, intensity_before: Array) -> Array:
    """Fall of an intensity in a year.

    d = 1 - i / i_before

    Parameters
    ----------
    intensity : any shape
    intensity_before : same shape

    Returns
    -------
    fraction; negative where the intensity rose.

    Source: definition in the plan's table, rows 13 and 14.
    """
    return 1.0 - intensity / intensity_before
