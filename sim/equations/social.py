"""Bounded social indicators, capacity built on a schedule, and urban rail."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: A programme that counts in points a year does not carry a share past these.
SHARE_FLOOR, SHARE_CEILING = 0.0005, 0.9995


def bounded_next(*, state: Array, drift: Array, programme: Array, shock: Array) -> Array:
    """State of bounded indicators: log odds of a ratio, or the level itself.

    x' = x + drift + programme + e

    Parameters
    ----------
    state : (bounded, draw)
    drift : (bounded, draw)
    programme : (bounded, draw) what programmes add this year, in the unit of the state
    shock : (bounded, draw)

    Returns
    -------
    (bounded, draw).

    Source: random walk with drift; only indicators named as of this kind may use it.
    """
    return state + drift + programme + shock


def logit_change(*, share: Array, change: Array) -> Array:
    """Change of log odds that a change of the share amounts to; a programme stops short of 0 and of 1.

    dx = logit(s + ds) - logit(s),  with s + ds held inside [0.0005, 0.9995] or where s is already

    Parameters
    ----------
    share : any shape, inside (0, 1)
    change : broadcastable, as a fraction

    Returns
    -------
    log odds, in the shape of both together.

    Source: definition of the logit.
    """
    reached = np.clip(share + change, np.minimum(share, SHARE_FLOOR), np.maximum(share, SHARE_CEILING))
    return np.log(reached / (1.0 - reached)) - np.log(share / (1.0 - share))


def doctors_next(*, doctors: Array, growth: Array, programme: Array, shock: Array) -> Array:
    """Licensed doctors.

    D' = D exp(g + e) + programme

    Parameters
    ----------
    doctors : (draw,) [人]
    growth : (draw,) log growth of training and recruiting as it is
    programme : (draw,) [人] added this year
    shock : (draw,)

    Returns
    -------
    (draw,) [人], never negative.

    Source: stock-flow identity.
    """
    return np.maximum(doctors * np.exp(growth + shock) + programme, 0.0)


def opened_length(*, lengths: Array, opening_year: Array, year: Array) -> Array:
    """Length of rail lines in operation.

    R = sum_j length_j [opening_j <= year]

    Parameters
    ----------
    lengths : (line, draw) [公里]
    opening_year : (line, draw)
    year : ()

    Returns
    -------
    (draw,) [公里].

    Source: schedule of the plan, with delay.
    """
    return np.add.reduce(lengths * (opening_year <= year), axis=0)


def project_ramp(*, year: Array, commissioning: Array, ramp_years: Array) -> Array:
    """Share of full output that a project reaches.

    s = clip((t - c + 1) / ramp, 0, 1)

    Parameters
    ----------
    year : ()
    commissioning : (project, draw) first year of output
    ramp_years : () years to full output

    Returns
    -------
    (project, draw) in [0, 1].

    Source: design note, block "projects".
    """
    return np.clip((year - commissioning + 1.0) / ramp_years, 0.0, 1.0)
