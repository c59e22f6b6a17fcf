"""From a package on a linear model to one that really reaches the probability, and is no larger than it must be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.randomness import Array
from sim.solve.choose import held
from sim.solve.smallest import smallest
from sim.solve.space import Space
from sim.solve.trial import Trial, around

ROUNDS = 5
#: A package that moves less than this, relative to its cost, has settled.
SETTLED = 2e-3
#: How finely the size of a package is found, and how far beyond a settled one it is looked for.
FINE, FURTHEST = 1e-3, 1.6
#: How often the probability asked of the search is raised when fresh draws fall short.
MOST_RAISES = 4
#: How likely the model may be asked to make a package.
LEAST, MOST = 1e-4, 1.0 - 1e-4


@dataclass(frozen=True, slots=True)
class Refined:
    """A package with its real probability on the draws of the search and on fresh ones.

    margin : what the search was asked for beyond the probability wanted; raises : how often it had to be raised.
    """

    change: Array
    probability: float
    fresh: float
    margin: float
    raises: int


def settled(trial: Trial, space: Space, change: Array, goal: float) -> Array:
    """The smallest package of the same levers, linearised again and again where it stands.

    What the model's draws say too much or too little against all draws is asked of the model in addition.
    """
    levers = [int(i) for i in np.flatnonzero(change)]
    for _ in range(ROUNDS):
        here = around(trial, space, change, levers)
        real = trial.probabilities([change])[0]
        asked = float(np.clip(goal + here.probability - real, LEAST, MOST))
        y = smallest(held(here.model, range(len(levers))), asked)
        if y is None:
            return change
        moved = space.zero
        moved[levers] = here.model.change(y)
        distance = space.cost(moved - change)
        change = space.clipped(moved)
        if distance <= SETTLED * max(space.cost(change), SETTLED):
            break
    return change


def just_enough(trial: Trial, space: Space, change: Array, goal: float) -> tuple[Array, float] | None:
    """The package, larger or smaller as a whole, that is just enough; written in steps of the grid. None if none is."""

    at_bound = space.bound(change)
    fixed = at_bound & (change != 0.0) if (~at_bound & (change != 0.0)).any() else np.zeros_like(at_bound)

    def sized(factor: float) -> Array:
        # What stands at its bound stays there: the smallest package has it there.
        return space.written(space.clipped(np.where(fixed, change, factor * change)))

    def enough(factor: float) -> float:
        return trial.probabilities([sized(factor)])[0]

    low, high = _bracket(enough, goal)
    if high is None:
        return None
    while high - low > FINE * high and not np.array_equal(sized(low), sized(high)):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if enough(middle) >= goal else (middle, high)
    return sized(high), enough(high)


def _bracket(enough: Callable[[float], float], goal: float) -> tuple[float, float | None]:
    """Factors between which the probability crosses the goal, from 1 outwards; no second one where it never does."""
    step = 0.02
    if enough(1.0) >= goal:
        high = 1.0
        while high > step:
            low = max(high - step, 0.0)
            if enough(low) < goal:
                return low, high
            high, step = low, 2.0 * step
        return 0.0, high
    low = 1.0
    while low < FURTHEST:
        high = low + step
        if enough(high) >= goal:
            return low, high
        low, step = high, 2.0 * step
    return low, None


def confirmed(
    trial: Trial, space: Space, change: Array, wanted: float, margin: float, error: float
) -> Refined | None:  # fmt: skip
    """The package settled, sized, and checked on fresh draws; asked for more, and again, where those fall short.

    wanted : the probability; margin : what is asked for beyond it at first; error : Monte Carlo error of a probability.
    None where no size of the package is enough.
    """
    package = settled(trial, space, change, min(wanted + margin, MOST))
    best: Refined | None = None
    for raises in range(MOST_RAISES + 1):
        found = just_enough(trial, space, package, min(wanted + margin, MOST))
        if found is None:
            break
        fresh = trial.fresh([found[0]])[0]
        best = Refined(found[0], found[1], fresh, margin, raises)
        if fresh >= wanted:
            break
        margin += wanted - fresh + 0.5 * error
    return best
