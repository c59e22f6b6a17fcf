"""Population, migration, urbanisation and employment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def migration_rate(*, base_rate: Array, growth_pull: Array, relative_growth: Array, shock: Array) -> Array:
    """Net migration as a share of the population.

    m = m0 + b (g - g_nation) + e

    Parameters
    ----------
    base_rate : (draw,) m0
    growth_pull : (draw,) b
    relative_growth : (draw,) last year's growth of the district less the nation's
    shock : (draw,)

    Returns
    -------
    (draw,) a year.

    Source: Harris and Todaro (1970) in reduced form.
    """
    return base_rate + growth_pull * relative_growth + shock


def population_next(*, population: Array, natural_rate: Array, migration_rate: Array, extra_migrants: Array) -> Array:
    """Resident population at the end of the year.

    N' = N (1 + n + m) + extra

    Parameters
    ----------
    population : (draw,) [万人]
    natural_rate : (draw,) births less deaths
    migration_rate : (draw,)
    extra_migrants : (draw,) [万人] brought by the migration lever

    Returns
    -------
    (draw,) [万人].

    Source: demographic identity.
    """
    return population * (1.0 + natural_rate + migration_rate) + extra_migrants


def log_employment_next(*, log_employment: Array, population_growth: Array, participation_trend: Array) -> Array:
    """Employment of the district, as a log index.

    l' = l + dn + t

    Parameters
    ----------
    log_employment : (draw,) base year = 0
    population_growth : (draw,) log growth of the population
    participation_trend : (draw,) change of the employed share, as log growth

    Returns
    -------
    (draw,).

    Source: design note, block "labour".
    """
    return log_employment + population_growth + participation_trend


def urbanisation_next(
    *, log_odds: Array, speed: Array, migration_response: Array, migration_surprise: Array, shock: Array
) -> Array:
    """Log odds of the urban share: the logistic curve, moved by migrants, who settle in town.

    x' = x + v + b (m - m0) + e

    Parameters
    ----------
    log_odds : (draw,) x
    speed : (draw,) v, yearly step of the logistic curve
    migration_response : (draw,) b
    migration_surprise : (draw,) net migration as a share of the population, less its base rate
    shock : (draw,)

    Returns
    -------
    (draw,).

    Source: logistic urbanisation curve, Northam (1975).
    """
    return log_odds + speed + migration_response * migration_surprise + shock


def logit(*, share: Array) -> Array:
    """Log odds of a share.

    x = ln(s / (1 - s))

    Parameters
    ----------
    share : any shape, inside (0, 1)

    Returns
    -------
    log odds.

    Source: definition.
    """
    return np.log(share / (1.0 - share))


def share_of_logit(*, log_odds: Array) -> Array:
    """Share that belongs to log odds; the logistic curve.

    s = 1 / (1 + exp(-x))

    Parameters
    ----------
    log_odds : any shape

    Returns
    -------
    share inside (0, 1).

    Source: logistic urbanisation curve, Northam (1975).
    """
    return 1.0 / (1.0 + np.exp(-log_odds))
