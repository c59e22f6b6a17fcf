"""Which of some hundreds of unknowns are worth simulating again: by what the draws at hand say of each.

A probability moves with an unknown by about cov(met, u) / var(u) for each unit of its standard normal u. That costs no
run, and has the Monte Carlo error of a covariance, by which most unknowns cannot be told from nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiment.ranges import CLEAR, InPlay, Sensitivity, effects_of, priors_in_play
from sim.parameters.priors import Prior
from sim.randomness import Array
from sim.region.pack import Pack
from sim.sensitivity.settings import Z90

#: Unknowns that are looked at again, at most; the least change from p10 to p90 that is worth it; and how many standard
#: errors of the covariance it must have where a second look is exact, as simulating again is. Where it is not, CLEAR.
SIMULATED, LEAST, WORTH = 48, 0.01, 2.0


@dataclass(frozen=True, slots=True)
class Unknown:
    """A prior behind the run, or the length of a line, with the number that stands behind its standard normal."""

    play: InPlay
    prior: Prior | None
    length: tuple[float, float] = (0.0, 0.0)


def unknowns_of(pack: Pack) -> tuple[Unknown, ...]:
    """Every prior with some width, as `priors_in_play` lists them."""
    city = pack.whole
    packs = (pack,) if city is None else (city, *city.districts)
    priors = {f"world.{prior.name}": prior for prior in pack.world.all()}
    lengths: dict[str, tuple[float, float]] = {}
    for one in packs:
        priors |= {f"{one.id}.{p.name}": p for p in (*one.priors.all(), *one.base_assumptions.values())}
        lengths |= {f"{one.id}.rail.{line.id}": line.length for line in one.rail}
    return tuple(Unknown(p, priors.get(p.name), lengths.get(p.name, (0.0, 0.0))) for p in priors_in_play(pack))


@dataclass(frozen=True, slots=True)
class Screened:
    """What the draws say of every unknown without a run.

    swings, errors : (target, unknown) change of a probability from p10 to p90, and its Monte Carlo error; chosen :
    places of the unknowns worth a second look, the strongest of each target before the second of any; worth : (target,
    unknown) for which targets they are; exact : (unknown,), whether a second look is.
    """

    swings: Array
    errors: Array
    chosen: tuple[int, ...]
    worth: NDArray[np.bool_]
    exact: NDArray[np.bool_]

    def told(self, target: int, unknown: int) -> bool:
        """Whether an unknown has a bar for a target: always where a second look is exact, else where it is worth it.

        A few draws near two quantiles of hundreds of unknowns would find some that chance alone sets apart.
        """
        return unknown in self.chosen and bool(self.exact[unknown] or self.worth[target, unknown])

    def left(self, target: int) -> float:
        """The largest estimate of a change of a target's probability among the unknowns that have no bar for it."""
        rest = np.abs(self.swings[target])
        rest[[place for place in self.chosen if self.told(target, place)]] = 0.0
        return float(rest.max(initial=0.0))


def screened(
    met: Sequence[int], draws: int, independent: int, sums: Sensitivity, exact: Sequence[bool], most: int = SIMULATED
) -> Screened:
    """Screen all unknowns.

    met : draws that meet each target; sums : as `sim.experiment.ranges` makes them; exact : whether a second look at
    each unknown is exact.
    """
    mean = sums.every / draws
    spread = np.sqrt(np.maximum(mean[1] + 1.0 - mean[0] ** 2, 1e-12))
    swings, errors = [], []
    for i, count in enumerate(met):
        effects = effects_of(count, draws, sums.met[:, i], sums.every)
        swings.append(2.0 * Z90 * effects.change[0] / spread)
        errors.append(2.0 * Z90 * np.sqrt(effects.variance[0] * draws / min(draws, independent)) / spread)
    moved, chance, looked = np.stack(swings), np.stack(errors), np.array(exact, dtype=np.bool_)
    worth = np.abs(moved) > np.maximum(np.where(looked, WORTH, CLEAR) * chance, LEAST)
    return Screened(moved, chance, _leading(moved, worth, most), worth, looked)


def _leading(swings: Array, worth: NDArray[np.bool_], most: int) -> tuple[int, ...]:
    """The strongest unknown of every target, then the second of every target, until there are enough."""
    order = np.argsort(-np.abs(swings), axis=1, kind="stable")
    chosen: dict[int, None] = {}
    for rank in range(order.shape[1]):
        for target in np.argsort(-np.abs(np.take_along_axis(swings, order, 1)[:, rank]), kind="stable"):
            unknown = int(order[target, rank])
            if worth[target, unknown] and len(chosen) < most:
                chosen[unknown] = None
        if len(chosen) >= most:
            break
    return tuple(chosen)
