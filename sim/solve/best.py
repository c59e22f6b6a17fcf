"""The most likely package within the bounds, and which bounds hold it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.randomness import Array
from sim.solve.choose import few_most_likely
from sim.solve.space import Space
from sim.solve.trial import Around, Trial, around

ROUNDS = 2
#: Levers that add less than this to the probability are not named among the bounds that hold it.
MATTERS = 0.002


@dataclass(frozen=True, slots=True)
class Held:
    """A lever that stands at its bound in the most likely package; `without` is the probability without it."""

    name: str
    change: float
    without: float


@dataclass(frozen=True, slots=True)
class Best:
    """The most likely package, its probability on the draws of the search and on fresh ones, and what holds it."""

    change: Array
    probability: float
    fresh: float
    held: tuple[Held, ...]


def best_reachable(trial: Trial, space: Space, here: Around, wanted: float, most: int, error: float) -> Best:
    """The most likely package of at most `most` levers, linearised again where it stands.

    Levers that together add less than `error` are taken out of it; those at a bound are tried without it, the
    most important first.
    """
    change = few_most_likely(here.model, wanted, most)
    tried = [space.zero, space.written(change)]
    for _ in range(ROUNDS):
        levers = [int(i) for i in np.flatnonzero((space.high > space.low) & ((change != 0.0) | (most >= space.size)))]
        if not levers:
            break
        model = around(trial, space, change, levers).model
        moved = space.zero
        moved[levers] = few_most_likely(model, wanted, most, [model.y_of(change[levers])])
        change = space.clipped(moved)
        tried.append(space.written(change))
    chances = trial.probabilities(tried)
    change, probability = _needed(trial, space, tried[int(np.argmax(chances))], max(chances), error)
    return Best(change, probability, trial.fresh([change])[0], _held(trial, space, change, probability))


def _needed(trial: Trial, space: Space, change: Array, probability: float, error: float) -> tuple[Array, float]:
    """The package without levers that together add no more than the Monte Carlo error of the probability.

    Levers go in the order of how little each adds alone, as many as can be spared (by bisection).
    """
    levers = np.flatnonzero(change)
    if levers.size == 0:
        return change, probability
    alone = trial.probabilities([np.where(np.arange(space.size) == i, 0.0, change) for i in levers])
    order = levers[np.argsort(-np.array(alone), kind="stable")]
    kept, kept_chance, spared, too_many = change, probability, 0, int(levers.size) + 1
    while too_many - spared > 1:
        middle = (spared + too_many) // 2
        shorter = change.copy()
        shorter[order[:middle]] = 0.0
        chance = trial.probabilities([shorter])[0]
        if chance >= probability - error:
            kept, kept_chance, spared = shorter, chance, middle
        else:
            too_many = middle
    return kept, kept_chance


def _held(trial: Trial, space: Space, change: Array, probability: float) -> tuple[Held, ...]:
    at = np.flatnonzero(space.bound(change))
    if at.size == 0:
        return ()
    without = trial.probabilities([np.where(np.arange(space.size) == i, 0.0, change) for i in at])
    found = [Held(space.names[i], float(change[i]), chance) for i, chance in zip(at, without, strict=True)]
    return tuple(sorted((one for one in found if probability - one.without > MATTERS), key=lambda one: one.without))
