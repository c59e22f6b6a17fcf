"""How far the probability of reaching a value could defensibly lie elsewhere, by the machinery of a run's targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.experiment.bench import Bench
from sim.experiment.model_error import MODEL_ERROR, ModelError, read_model_error
from sim.experiment.ranges import (
    InPlay,
    Sensitivity,
    effects_of,
    moments_of,
    prior_normals,
    priors_in_play,
    probability_range,
    sensitivity_of,
)
from sim.randomness import BLOCK, Array


@dataclass(frozen=True, slots=True)
class Chance:
    """Probability with its Monte Carlo error and its range over defensible priors and the model's own error.

    low, high : None where every draw agrees and nothing is random.
    """

    probability: float
    standard_error: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a draw meets or not: `met` (draw,) of ones and zeros, and whose forecast it is."""

    met: Array
    indicator: str
    year: int
    random: bool = True


@dataclass(slots=True)
class Judge:
    """Judges events on the draws of a bench; what it needs of the priors is made once for each block."""

    bench: Bench
    errors: ModelError = field(init=False)
    priors: tuple[InPlay, ...] = field(init=False)
    moments: list[Array] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the record of forecasts."""
        self.errors = read_model_error(self.bench.plan.pack.folder.parent / MODEL_ERROR)
        self.priors = priors_in_play(self.bench.plan.pack)

    def grade(self, indicator: str, year: int) -> str:
        """The record of an indicator's forecasts: a key of `sim.experiment.model_error.GRADES`."""
        return self.errors.allowance(indicator, year - self.bench.plan.known_until).grade

    def chances(self, events: Sequence[Event]) -> list[Chance]:
        """Probabilities of events, with their ranges."""
        if not events:
            return []
        met = np.stack([event.met for event in events])
        sums = self._sums(met)
        return [self._chance(event, sums, place) for place, event in enumerate(events)]

    def _sums(self, met: Array) -> Sensitivity:
        """Sums over all draws of the events against the priors."""
        found: Sensitivity | None = None
        for index, moments in enumerate(self._moments()):
            part = sensitivity_of(met[:, index * BLOCK : index * BLOCK + moments.shape[2]], moments)
            found = part if found is None else found.plus(part)
        assert found is not None
        return found

    def _moments(self) -> list[Array]:
        plan = self.bench.plan
        if not self.moments:
            for index in range(plan.blocks):
                draws = self.bench.block(index).draws
                self.moments.append(moments_of(prior_normals(self.priors, draws, draws.size)))
        return self.moments

    def _chance(self, event: Event, sums: Sensitivity, place: int) -> Chance:
        draws, met = len(event.met), int(event.met.sum())
        share = met / draws
        error = self.bench.error(share)
        if not event.random and met in (0, draws):
            return Chance(share, error, None, None)
        effects = effects_of(met, draws, sums.met[:, place], sums.every)
        believed = [self.errors.priors[prior.grade] for prior in self.priors]
        allowance = self.errors.allowance(event.indicator, event.year - self.bench.plan.known_until)
        span = probability_range(met, draws, effects, self.priors, believed, allowance)
        return Chance(share, error, span.low, span.high)
