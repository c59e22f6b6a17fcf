"""What a search tries packages on: shortfalls draw by draw, and shares of draws that meet all targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.randomness import Array
from sim.solve.linear import Linear, linear
from sim.solve.space import Space

#: Half the distance of two packages from which a slope is taken, in what costs one.
SMALL_STEP = 0.1


class Trial(Protocol):
    """Judges changes of levers, each (lever,), on draws that stay the same; any judge of this kind can be searched."""

    def shortfalls(self, changes: Sequence[Array]) -> list[Array]:
        """Signed shortfalls, (row, draw), on a part of the draws: all targets are met where none is above zero."""

    def probabilities(self, changes: Sequence[Array]) -> list[float]:
        """Share of all draws of the search that meet all targets."""

    def fresh(self, changes: Sequence[Array]) -> list[float]:
        """The same on draws that the search has not seen."""


#: Told what the search does now.
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Around:
    """A linear model of the shortfalls around a package, with the package and the real shortfalls there."""

    model: Linear
    at: Array
    probability: float  # on the draws of the model


def from_nothing(trial: Trial, space: Space) -> Around:
    """The model around nothing: each lever raised and lowered by what costs one, or as far as it may go."""
    raised, lowered = np.minimum(space.unit, space.high), np.maximum(-space.unit, space.low)
    steps = [(i, step) for i in range(space.size) for step in (raised[i], lowered[i]) if step != 0.0]
    base, *moved = trial.shortfalls([space.zero, *(_one(space, i, step) for i, step in steps)])
    up, down = np.zeros((*base.shape, space.size)), np.zeros((*base.shape, space.size))
    for (i, step), short in zip(steps, moved, strict=True):
        (up if step > 0.0 else down)[:, :, i] = (short - base) / step
    return Around(linear(space, base, up, down), space.zero, _met(base))


def around(trial: Trial, space: Space, at: Array, levers: Sequence[int]) -> Around:
    """The model of some levers around a package, by central differences; the other levers stay at nothing."""
    part = space.only(levers)
    step = np.maximum(SMALL_STEP * part.unit, part.grid)  # levers of whole years do nothing in between
    upper = np.minimum(at[list(levers)] + step, part.high)
    lower = np.maximum(at[list(levers)] - step, part.low)
    points = [at]
    for place, high, low in zip(levers, upper, lower, strict=True):
        points += [_moved(at, place, high), _moved(at, place, low)]
    base, *moved = trial.shortfalls(points)
    slopes = np.zeros((*base.shape, part.size))
    for i, (high, low) in enumerate(zip(upper, lower, strict=True)):
        if high > low:
            slopes[:, :, i] = (moved[2 * i] - moved[2 * i + 1]) / (high - low)
    return Around(linear(part, base - slopes @ at[list(levers)], slopes, slopes), at, _met(base))


def idle(model: Linear) -> NDArray[np.bool_]:
    """Levers, (lever,), that change no shortfall in any draw, neither raised nor lowered."""
    moves = np.abs(model.slopes).max(axis=(0, 1)) > 0.0
    still: NDArray[np.bool_] = ~(moves[: model.space.size] | moves[model.space.size :])
    return still


def _met(short: Array) -> float:
    return float((short <= 0.0).all(axis=0).mean())


def _one(space: Space, lever: int, amount: float) -> Array:
    return _moved(space.zero, lever, amount)


def _moved(change: Array, lever: int, amount: float) -> Array:
    out = change.copy()
    out[lever] = amount
    return out
