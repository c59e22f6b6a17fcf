"""The logarithmic mean, which turns log changes of factors into additive contributions without a residual."""

from __future__ import annotations

import numpy as np

from sim.randomness import Array

#: Log changes smaller than this use the first terms of the series: a quotient of two roundings says nothing.
SMALL = 1e-6


def logarithmic_mean(before: Array, change: Array, log_change: Array) -> Array:
    """Logarithmic mean of a value before and after its change.

    L = (Y1 - Y0) / ln(Y1 / Y0),    L = Y0 (1 + s / 2) for a log change s near 0

    Parameters
    ----------
    before : Y0 > 0, any shape
    change : Y1 - Y0, same shape
    log_change : ln(Y1 / Y0) as the sum of the log changes of its factors, same shape

    Returns
    -------
    Same shape and unit. Times the log change of each factor it gives contributions that sum to Y1 - Y0.

    Source: Vartia (1976); additive LMDI-I of Ang (2004), "Decomposition analysis for policymaking in energy".
    """
    near = 1.0 + 0.5 * log_change
    near *= before
    large = np.abs(log_change) > SMALL
    return np.divide(change, log_change, out=near, where=large)
