"""From what happens to what is reported: leaning towards targets, release errors, censuses, marine coverage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def reporting_factor_next(
    *, reporting_factor: Array, lean: Array, target_growth: Array, growth: Array, release_error: Array
) -> Array:
    """Ratio of reported to actual real value added, common to all cells.

    k' = k (1 + (lean (g* - g) + e) / (1 + g))

    Parameters
    ----------
    reporting_factor : (draw,) base year = 1
    lean : (draw,) how far reported growth leans towards the target; 0 in years without one
    target_growth : () g*, as a fraction
    growth : (draw,) actual growth, as a fraction
    release_error : (draw,) error of the reported growth rate

    Returns
    -------
    (draw,), so that reported growth is exactly g + lean (g* - g) + e.

    Source: design note, section 3: targets influence reports.
    """
    return reporting_factor * (1.0 + (lean * (target_growth - growth) + release_error) / (1.0 + growth))


def census_factor(
    *, factor: Array, level_revision: Array, nominal: Array, secondary: Array, share_shift: Array
) -> Array:
    """Ratio of reported to structural nominal value added after an economic census.

    Cells of the secondary industry take up the shift of its share, the others give it up in proportion.

    f'_c = f_c (1 + v) (s + d) / s        in the secondary industry, with share s
    f'_c = f_c (1 + v) (1 - s - d) / (1 - s)   elsewhere

    Parameters
    ----------
    factor : (cell, draw) before the census
    level_revision : (draw,) v, fraction of GDP
    nominal : (cell, draw) reported nominal value added of the census year before revision
    secondary : (cell, 1) 1 for cells of the secondary industry
    share_shift : (draw,) d, fraction

    Returns
    -------
    (cell, draw).

    Source: revisions of the economic censuses of 2004, 2008, 2013 and 2018.
    """
    share = np.add.reduce(nominal * secondary, axis=0) / np.add.reduce(nominal, axis=0)
    shift = np.clip(share_shift, -0.5 * share, 0.5 * (1.0 - share))
    inside = (share + shift) / share
    outside = (1.0 - share - shift) / (1.0 - share)
    return factor * (1.0 + level_revision) * (secondary * inside + (1.0 - secondary) * outside)


def marine_product(*, marine_share: Array, nominal: Array, log_coverage: Array) -> Array:
    """Reported gross ocean product, a satellite account over the cells, never one more addend of GDP.

    M = exp(coverage) sum_c m_c N_c

    Parameters
    ----------
    marine_share : (cell, draw) in [0, 1]
    nominal : (cell, draw) [亿元, current prices]
    log_coverage : (draw,) statistical coverage, base year = 0

    Returns
    -------
    (draw,) [亿元, current prices].

    Source: GB/T 20794-2021.
    """
    return np.exp(log_coverage) * np.add.reduce(marine_share * nominal, axis=0)
