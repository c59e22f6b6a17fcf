"""The smallest package on a linear model of shortfalls, and the most likely one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.randomness import Array
from sim.solve.descent import minimised
from sim.solve.linear import Linear

#: Up to this many spreads above zero a quantile counts as reached: what the optimiser may be off by.
REACHED = 1e-4
#: Parts of a package of less than this cost are nothing.
NOTHING = 1e-6
#: Widths of the kernel, from wide to narrow, in which the most likely package is sought.
WIDTHS = (1.0, 0.4, 0.15)
#: Further probabilities whose lowest quantile is a start for the most likely package.
STARTS = (0.5, 0.1)


def smallest(model: Linear, probability: float) -> Array | None:
    """The y of least cost whose quantile of that probability is not above zero; None where no y is found."""
    nothing = np.zeros_like(model.most)
    if model.quantile(nothing, probability)[0] <= 0.0:
        return nothing
    lowest = lowest_quantile(model, probability)
    if model.quantile(lowest, probability)[0] > REACHED:
        return None
    found = [_cheapest(model, probability, start) for start in (nothing, lowest)]
    return min((y for y in found if y is not None), key=lambda y: objective(model, y)[0], default=lowest)


def objective(model: Linear, y: Array) -> tuple[float, Array]:
    """What is made small: half the sum of squares, or the sum; with its slope."""
    if model.space.square:
        return float(0.5 * y @ y), y
    return float(y.sum()), np.ones_like(y)


def _cheapest(model: Linear, probability: float, start: Array) -> Array | None:
    y = minimised(lambda at: objective(model, at), start, model.most, lambda at: model.quantile(at, probability))
    y[y < NOTHING] = 0.0
    return y if model.quantile(y, probability)[0] <= REACHED else None


def lowest_quantile(model: Linear, probability: float) -> Array:
    """The y within the bounds with the lowest quantile that descent finds, from nothing and from a corner."""

    def aim(at: Array) -> tuple[float, Array]:
        return model.quantile(at, probability)

    nothing, corner = np.zeros_like(model.most), _helpful_corner(model, probability)
    found = [nothing, corner]
    for start in (nothing, corner):
        if not _stands(aim(start)[1], start, model.most):
            found.append(minimised(aim, start, model.most))
    return min(found, key=lambda y: aim(y)[0])


def _helpful_corner(model: Linear, probability: float) -> Array:
    """Every lever as far as it may go where the quantile falls with it, looked at again from where that leads."""
    y = np.zeros_like(model.most)
    for _ in range(4):
        corner = np.where(model.quantile(y, probability)[1] < 0.0, model.most, 0.0)
        if np.array_equal(corner, y):
            break
        y = corner
    return y


def _stands(slope: Array, y: Array, most: Array) -> bool:
    """Whether no small step within the bounds lowers a function of that slope."""
    size = 1e-9 * np.abs(slope).max(initial=0.0)
    return not (((slope < -size) & (y < most)) | ((slope > size) & (y > 0.0))).any()


def most_likely(model: Linear, probability: float, starts: Sequence[Array] = ()) -> Array:
    """The y within the bounds at which most draws meet everything, as far as ascent from several starts finds it."""
    found = [np.zeros_like(model.most), *starts]
    found += [lowest_quantile(model, one) for one in (probability, *STARTS)]
    found += [_ascended(model, start) for start in list(found)]
    return max(found, key=lambda y: (model.probability(y), model.likely(y, WIDTHS[-1])[0]))


def _ascended(model: Linear, start: Array) -> Array:
    y = start
    for width in WIDTHS:

        def missed(at: Array, width: float = width) -> tuple[float, Array]:
            value, slope = model.likely(at, width)
            return -value, -slope

        y = minimised(missed, y, model.most)
    return y
