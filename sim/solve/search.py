"""What it would take: the search over packages of levers, for any judge of packages.

1. The shortfalls of every draw are made linear in the levers, by finite differences on common random numbers.
2. On that model the smallest package is found by sequential quadratic programming, and levers are left out one by
   one while enough of them remain, or while it hardly costs more.
3. The package is settled on the real judge: linearised again where it stands, sized until the real probability is
   just enough, and checked on fresh draws.
4. Packages almost as small are sought without the leading levers of earlier ones.
5. Where nothing reaches the probability, the most likely package is sought instead, and the bounds that hold it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.randomness import Array
from sim.solve.best import Best, best_reachable
from sim.solve.choose import alternatives, different, few_levers
from sim.solve.refine import Refined, confirmed
from sim.solve.space import Space
from sim.solve.trial import Around, Tell, Trial, around, from_nothing, idle

#: Levers whose absence costs at most this much more are left out.
SLACK = 0.05
#: Packages beyond those asked for that are tried, in case some turn out alike or dear.
SPARE = 3


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked: a probability, at most so many levers and so many packages.

    margin : what the search asks for beyond the probability, so that fresh draws rarely fall short; error : Monte
    Carlo error of a probability; slack : see `SLACK`.
    """

    probability: float
    most: int
    packages: int
    margin: float = 0.0
    error: float = 0.0
    slack: float = SLACK


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of a search.

    start, start_fresh : probability of nothing changed; packages : the smallest first, each with the probability on
    fresh draws, empty where nothing has it; best : the most likely package in that case; idle : levers that move no
    target; needs : how many levers it would take where more than `most` would reach it; tried : packages settled.
    """

    start: float
    start_fresh: float
    packages: tuple[Refined, ...]
    best: Best | None
    idle: tuple[str, ...]
    needs: int | None
    tried: int

    @property
    def already(self) -> bool:
        """Whether the probability is reached with nothing changed."""
        return len(self.packages) == 1 and not self.packages[0].change.any()


def search(trial: Trial, space: Space, aim: Aim, tell: Tell = lambda stage: None) -> Found:
    """Packages that reach the probability, the smallest first, or the most likely one where none does."""
    tell("start")
    start, fresh = trial.probabilities([space.zero])[0], trial.fresh([space.zero])[0]
    if fresh >= aim.probability:  # nothing was chosen, so that the fresh draws are all that counts
        nothing = Refined(space.zero, start, fresh, 0.0, 0)
        return Found(start, fresh, (nothing,), None, (), None, 0)
    tell("slopes")
    here = from_nothing(trial, space)
    still = idle(here.model)
    names = tuple(name for name, one in zip(space.names, still, strict=True) if one)
    if still.all():
        return Found(start, fresh, (), Best(space.zero, start, fresh, ()), names, None, 0)
    moving = space.without(names)
    packages, tried, needs = _packages(trial, moving, here, aim, tell)
    best: Best | None = None
    if not packages and needs is None:
        tell("best")
        best = best_reachable(trial, moving, here, aim.probability, moving.size, aim.error)
        if best.probability >= aim.probability + aim.margin:
            # The model around nothing was wrong about it: look again from the best package.
            here = around(trial, moving, best.change, range(moving.size))
            packages, tried, needs = _packages(trial, moving, here, aim, tell)
        used = int(np.count_nonzero(best.change))
        if not packages and needs is None and used > aim.most and best.fresh >= aim.probability:
            needs = used
    if not packages and needs is not None:
        tell("best")
        best = best_reachable(trial, moving, here, aim.probability, aim.most, aim.error)
    if not packages and best is not None:
        packages, tried = _barely(trial, moving, aim, best), tried + 1
    return Found(start, fresh, tuple(packages), None if packages else best, names, None if packages else needs, tried)


def _packages(
    trial: Trial, space: Space, here: Around, aim: Aim, tell: Tell
) -> tuple[list[Refined], int, int | None]:  # fmt: skip
    """Confirmed packages, how many were tried, and how many levers it takes where more than allowed are needed."""
    goal = _modelled(trial, here, aim)
    tell("smallest")
    first = few_levers(here.model, goal, aim.most, aim.slack)
    if first is None:
        return [], 0, None
    if first.too_many:
        return [], 1, len(first.levers)
    others: list[Array] = []
    if aim.packages > 1:
        tell("others")
        found = alternatives(here.model, goal, aim.most, aim.slack, first)
        others = different(space, first.change, [one.change for one in found])
    return (*_confirmed(trial, space, aim, [first.change, *others], tell), None)


def _barely(trial: Trial, space: Space, aim: Aim, best: Best) -> list[Refined]:
    """The most likely package, no larger than need be, where fresh draws say that it has the probability after all."""
    if best.fresh < aim.probability:
        return []
    found = confirmed(trial, space, best.change, aim.probability, 0.0, aim.error)
    if found is not None and found.fresh >= aim.probability:
        return [found]
    return [Refined(best.change, best.probability, best.fresh, 0.0, 0)]


def _modelled(trial: Trial, here: Around, aim: Aim) -> float:
    """The probability asked of the model: what its draws say too much of nothing changed is asked in addition."""
    real = trial.probabilities([here.at])[0]
    return float(np.clip(aim.probability + aim.margin + here.probability - real, 1e-4, 1.0 - 1e-4))


def _confirmed(
    trial: Trial, space: Space, aim: Aim, changes: list[Array], tell: Tell
) -> tuple[list[Refined], int]:  # fmt: skip
    done: list[Refined] = []
    tried = 0
    for change in changes[: aim.packages + SPARE]:
        if len(done) == aim.packages:
            break
        tell("settle")
        tried += 1
        found = confirmed(trial, space, change, aim.probability, aim.margin, aim.error)
        if found is not None and found.fresh >= aim.probability:
            done.append(found)
    if not done:
        return [], tried
    done.sort(key=lambda one: space.cost(one.change))
    kept = different(space, done[0].change, [one.change for one in done[1:]])
    return [done[0], *(one for one in done[1:] if any(one.change is change for change in kept))], tried
