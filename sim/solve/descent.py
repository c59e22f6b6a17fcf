"""Minimising a smooth function within bounds, by SciPy's SLSQP (Kraft 1988)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.randomness import Array

#: Value and slope of a function of (variable,).
Reading = Callable[[Array], tuple[float, Array]]
ITERATIONS, PRECISION = 200, 1e-9


class Remembered:
    """A reading that is asked for value and slope one after the other at the same place, and computed once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.place = b""
        self.found: tuple[float, Array] = (0.0, np.zeros(0))

    def value(self, at: Array) -> float:
        """The value there."""
        return self._at(at)[0]

    def slope(self, at: Array) -> Array:
        """The slope there."""
        return self._at(at)[1]

    def _at(self, at: Array) -> tuple[float, Array]:
        if at.tobytes() != self.place:
            self.place, self.found = at.tobytes(), self.reading(at)
        return self.found


def minimised(aim: Reading, start: Array, most: Array, limit: Reading | None = None) -> Array:
    """The place from 0 to `most`, (variable,), where `aim` is least and `limit`, if any, not above zero.

    Variables whose `most` is 0 stay at 0. A place near a local minimum, and not always one that keeps the limit.
    """
    from scipy.optimize import minimize

    free = np.flatnonzero(most > 0.0)
    if free.size == 0:
        return np.zeros_like(most)

    def of_free(reading: Reading) -> Remembered:
        def at(part: Array) -> tuple[float, Array]:
            value, slope = reading(_whole(part, free, most))
            return value, slope[free]

        return Remembered(at)

    least = of_free(aim)
    limits = []
    if limit is not None:
        kept = of_free(limit)
        limits = [{"type": "ineq", "fun": lambda p: -kept.value(p), "jac": lambda p: -kept.slope(p)}]
    found = minimize(
        least.value,
        np.clip(start, 0.0, most)[free],
        jac=least.slope,
        bounds=[(0.0, float(bound)) for bound in most[free]],
        constraints=limits,
        method="SLSQP",
        options={"maxiter": ITERATIONS, "ftol": PRECISION},
    )
    return _whole(np.clip(np.nan_to_num(found.x), 0.0, most[free]), free, most)


def _whole(part: Array, free: NDArray[np.intp], most: Array) -> Array:
    y = np.zeros_like(most)
    y[free] = part
    return y
