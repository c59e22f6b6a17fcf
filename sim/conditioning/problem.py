"""What is to be conditioned on what: a simulation that predicts facts, the facts, and the unknowns behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.errors import SimError
from sim.posterior.scores import Restriction, Score, given_draws
from sim.provenance.recording import RecordingDraws, Stream
from sim.randomness import SOURCES, Array, Draws

EVERY = frozenset(SOURCES)


class ConditioningError(SimError):
    """The facts cannot be met by the model; `facts` names those that stand out, worst first."""

    def __init__(self, message: str, facts: Sequence[str] = ()) -> None:
        self.facts = tuple(facts)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A discrete history: its probability before the facts, and what it says of discrete draws."""

    name: str
    probability: float
    restrictions: tuple[Restriction, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Facts, and the simulation that predicts them.

    predict : from draws to (fact, draw) in the unit of `observed`, at whatever size the draws have;
    observed, error : (fact,), the reported value and the standard deviation of what is not in the simulation
    (rounding, wording, release); ids : names of the facts; hypotheses : at least one; terms : ids of rows that are
    terms of the likelihood and no figures: their residuals say nothing.
    """

    predict: Callable[[Draws], Array]
    observed: Array
    error: Array
    ids: tuple[str, ...]
    hypotheses: tuple[Hypothesis, ...] = (Hypothesis("", 1.0),)
    terms: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse facts that say nothing or cannot be true."""
        for name, value, error in zip(self.ids, self.observed, self.error, strict=True):
            if not np.isfinite(value) or not (np.isfinite(error) and error > 0.0):
                raise ConditioningError(f"{name}: {value} ± {error} cannot be conditioned on", (name,))


def unknowns(problem: Problem) -> tuple[Score, ...]:
    """All normal scores that the simulation asks for, in the order of their names: parameters first row only, of
    what has rows the years after the first, which is the base year and moves nothing.
    """
    seen: dict[Stream, int] = {}
    problem.predict(RecordingDraws(0, 0, EVERY, 2, seen))
    out = []
    for stream, rows in seen.items():
        if stream.uniform:
            continue
        years = range(1, rows) if rows > 1 else range(1)
        out += [Score(stream.source, stream.name, row) for row in years]
    return tuple(sorted(out))


def predicted(problem: Problem, scores: Sequence[Score], values: Array, hypothesis: Hypothesis) -> Array:
    """Facts that the simulation gives for scores, (score, draw): (fact, draw).

    Raises ConditioningError naming a fact that is not a number.
    """
    found = problem.predict(given_draws(scores, values, EVERY, hypothesis.restrictions))
    if not np.isfinite(found).all():
        bad = [name for name, row in zip(problem.ids, found, strict=True) if not np.isfinite(row).all()]
        raise ConditioningError(f"the simulation gives no value for {', '.join(bad)}", bad)
    return found
