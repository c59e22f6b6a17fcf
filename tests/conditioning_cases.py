"""Small problems for the tests of conditioning, and exact answers by integration."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.conditioning.condition import Conditioned
from sim.conditioning.problem import Hypothesis, Problem
from sim.posterior.scores import Restriction
from sim.randomness import Array, Draws

ALWAYS = Hypothesis("", 1.0)


def problem(
    rule: Callable[..., Sequence[Array]],
    unknown: int,
    observed: Sequence[float],
    error: Sequence[float],
    hypotheses: tuple[Hypothesis, ...] = (ALWAYS,),
) -> Problem:
    """Facts that are functions of the first rows of a few streams."""

    def predict(draws: Draws) -> Array:
        return np.stack(rule(*(draws.normal("parameters", f"u{i:02}")[0] for i in range(unknown))))

    ids = tuple(f"fact{i}" for i in range(len(observed)))
    return Problem(predict, np.array(observed, dtype=float), np.array(error, dtype=float), ids, hypotheses)


def linear(matrix: Array, observed: Sequence[float], error: Sequence[float]) -> Problem:
    return problem(lambda *u: list(matrix @ np.stack(u)), matrix.shape[1], observed, error)


def draws_of(found: Conditioned) -> Array:
    return np.concatenate([found.posterior.member_scores(b) for b in range(found.posterior.blocks)], axis=1)


def on_a_grid(rule: Callable[[Array], Array], observed: float, error: float) -> tuple[float, float, float]:
    """Mean, standard deviation and log evidence of one unknown with one fact."""
    u = np.linspace(-8.0, 8.0, 40001)
    log = -0.5 * u**2 - 0.5 * ((observed - rule(u)) / error) ** 2 - np.log(2.0 * np.pi * error)
    weight = np.exp(np.maximum(log, -700.0)) * (u[1] - u[0])
    total = weight.sum()
    mean = (weight * u).sum() / total
    return float(mean), float(np.sqrt((weight * (u - mean) ** 2).sum() / total)), float(np.log(total))


def many(count: int, bend: float = 1.0, apart: Sequence[float] = ()) -> Problem:
    """A fact that bends more, again and again, each about an unknown of its own: effective shares multiply.

    `apart` are reports of one more unknown, each with an error of one.
    """

    def rule(*u: Array) -> list[Array]:
        return [np.exp(bend * each) for each in u[:count]] + [u[-1]] * len(apart)

    return problem(rule, count + bool(apart), [5.0] * count + [*apart], [2.0] * count + [1.0] * len(apart))


def strike(draws: Draws) -> Array:
    """A normal, three higher where a uniform is below a half."""
    up = 3.0 * (draws.uniform("shocks", "strike", 2)[1] < 0.5)
    return np.asarray(draws.normal("parameters", "u00") + up)


def history(name: str, probability: float, low: float, high: float) -> Hypothesis:
    return Hypothesis(name, probability, (Restriction("shocks", "strike", 1, low, high),))


HISTORIES = (history("none", 0.8, 0.5, 1.0), history("struck", 0.2, 0.0, 0.5))
