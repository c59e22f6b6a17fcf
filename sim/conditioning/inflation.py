"""Facts beyond the model: which they are, and conditioning with their errors widened when that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim.conditioning.problem import EVERY, ConditioningError, Problem, unknowns
from sim.conditioning.record import EXPECTED_FROM
from sim.conditioning.residuals import BEYOND, FAR, UNHEARD_OF
from sim.conditioning.subspace import centre_of, gaps
from sim.posterior.posterior import Posterior
from sim.randomness import Array, Draws

#: A widened error is such that what is left of the fact is this many errors.
LEFT = 2.0
#: Rounds of widening; one settles a single fact, a second what it had hidden.
ROUNDS = 4
#: Facts named where the simulation breaks off on the way to them, at most.
NAMED = 3


def beyond(posterior: Posterior) -> dict[str, float]:
    """Facts that are beyond the model, the worst first, with how far in errors of each.

    Those of which conditioning leaves more than BEYOND errors, and those further than UNHEARD_OF spreads from what the
    prior expected, which have pushed something else out of all proportion.
    """
    found = {}
    for fact in posterior.record.get("facts", ()):
        off = fact["value"] - fact["expected"]
        if abs(fact["residual"]) > BEYOND:
            found[fact["id"]] = float(fact["residual"])
        elif abs(off) > UNHEARD_OF * fact["spread"]:
            found[fact["id"]] = float(off / fact["error"])
    return {name: found[name] for name in sorted(found, key=lambda name: -abs(found[name]))}


def refuse_beyond(posterior: Posterior) -> Posterior:
    """The posterior; raises ConditioningError naming the facts that are beyond the model."""
    found = beyond(posterior)
    if found:
        told = ", ".join(f"{name} ({left:+.1f} errors)" for name, left in found.items())
        raise ConditioningError(f"beyond the model: {told}", tuple(found))
    return posterior


def widened(problem: Problem, factors: Mapping[str, float]) -> Problem:
    """The problem with the errors of some facts multiplied."""
    return replace(problem, error=problem.error * np.array([factors.get(name, 1.0) for name in problem.ids]))


def more(factors: Mapping[str, float], residuals: Mapping[str, float]) -> dict[str, float]:
    """Factors of the next round: each fact beyond the model has its error times its distance in errors / LEFT."""
    out = dict(factors)
    for name, left in residuals.items():
        if abs(left) > BEYOND:
            out[name] = out.get(name, 1.0) * abs(left) / LEFT
    return out


def off_from_prior(problem: Problem, seed: int) -> tuple[dict[str, float], dict[str, float]]:
    """How far each reported figure is from what the prior expects, in the spread of that and in errors.

    As in the record of a posterior, of the draws that it is made with; surprises of the world are no figures.
    """
    prior = problem.predict(Draws(seed, 0, EVERY, EXPECTED_FROM))
    off = problem.observed - prior.mean(axis=1)
    spread = np.hypot(prior.std(axis=1), problem.error)
    figures = [i for i, name in enumerate(problem.ids) if name.partition(".")[0] != "world"]
    return (
        {problem.ids[i]: float(off[i] / spread[i]) for i in figures},
        {problem.ids[i]: float(off[i] / problem.error[i]) for i in figures},
    )


def furthest(problem: Problem, seed: int) -> tuple[str, ...]:
    """Figures furthest from what the prior expects, the worst first: those that are far, and at least one."""
    spreads, _ = off_from_prior(problem, seed)
    order = sorted(spreads, key=lambda name: (-abs(spreads[name]), name))
    return tuple(name for i, name in enumerate(order[:NAMED]) if i == 0 or abs(spreads[name]) >= FAR)


def residuals_at_centre(problem: Problem, seed: int) -> dict[str, float]:
    """What is left of each fact, in errors, where the model comes closest to all of them.

    Of figures that the prior has never heard of, of which little is left there, or where the simulation breaks off on
    the way: how far they are from what it expected.
    """
    scores, first = unknowns(problem), problem.hypotheses[0]
    out: dict[str, float] = {}
    try:
        centre, _ = centre_of(problem, scores, first)
        left: Array = gaps(problem, scores, centre[:, None], first)[:, 0]
        out = {name: float(value) for name, value in zip(problem.ids, left, strict=True)}
    except ValueError:
        pass  # there is no such place
    spreads, errors = off_from_prior(problem, seed)
    for name, far in spreads.items():
        if abs(far) > UNHEARD_OF and abs(out.get(name, 0.0)) <= BEYOND:
            out[name] = errors[name]
    return out
