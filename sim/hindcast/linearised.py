"""A posterior by linearisation at the most likely scores, every draw corrected: exact where all is linear.

The draws of `sim.conditioning.condition` in a hundredth of the time: one set of sensitivities serves all draws, and
nothing is weighed. A province's history is near enough to linear in its scores for that once spreads are given.
"""

from __future__ import annotations

import numpy as np

from sim.conditioning.problem import ConditioningError, Problem, predicted, unknowns
from sim.conditioning.subspace import sensitivities
from sim.posterior.posterior import Component, Posterior
from sim.posterior.scores import Score, rows_by_stream
from sim.randomness import BLOCK, SOURCES, Array, Draws, generator

#: Steps at most, and the step in standard deviations of the scores below which the search ends.
STEPS, CLOSE = 12, 0.02
#: Times each draw is corrected by what the simulation says of it.
CORRECTIONS = 2
#: Mean square of the misfit, in errors, above which the model cannot be said to follow the facts: five errors each.
MOST_MISFIT = 25.0


def linearised_posterior(problem: Problem, seed: int, as_of: int, members: int = BLOCK) -> Posterior:
    """The posterior of a problem without discrete hypotheses, for so many draws of the seed (whole blocks).

    Raises ConditioningError, naming the facts furthest away, when they stay far off.
    Source: iterated Kalman update, Bell and Cathey (1993), IEEE Transactions on Automatic Control 38.
    """
    scores = unknowns(problem)
    if not problem.ids:
        return Posterior(as_of, "", seed, 0, scores, (), ())
    point, slopes = _centre(problem, scores)
    left, values, rows = np.linalg.svd(slopes, full_matrices=False)
    directions = np.ascontiguousarray(rows.T)
    moves = np.empty((len(values), members))
    for block in range(members // BLOCK):
        chance = _prior_scores(scores, seed, block)
        noise = generator(seed, "linearised.perturbation", block).standard_normal((len(problem.ids), BLOCK))
        weights = _weights(problem, scores, (point, slopes), chance, noise)
        moves[:, block * BLOCK : (block + 1) * BLOCK] = values[:, None] * (left.T @ weights)
    component = Component("", 1.0, (), directions, np.arange(members), moves)
    return Posterior(as_of, "", seed, members, scores, (component,), problem.ids)


def _weights(
    problem: Problem, scores: tuple[Score, ...], centre: tuple[Array, Array], chance: Array, noise: Array
) -> Array:
    """How far each draw moves along the sensitivities of the facts: (fact, draw).

    Every draw is moved to its own perturbed facts, at first as if all were linear, then with what the simulation
    itself says of it. Source: randomised maximum likelihood, Kitanidis (1995), Water Resources Research 31.
    """
    point, slopes = centre
    inverse = np.linalg.inv(slopes @ slopes.T + np.eye(len(slopes)))
    at_centre = _away(problem, scores, point[:, None]) + slopes @ (point[:, None] - chance)
    weights = inverse @ (at_centre - noise)
    for _ in range(CORRECTIONS):
        away = _away(problem, scores, chance + slopes.T @ weights)
        weights = inverse @ (away - noise + slopes @ (slopes.T @ weights))
    return np.asarray(weights)


def _centre(problem: Problem, scores: tuple[Score, ...]) -> tuple[Array, Array]:
    """The most likely scores, (score,), and there the sensitivities of the facts in errors, (fact, score)."""
    hypothesis = problem.hypotheses[0]
    point = np.zeros(len(scores))
    for _ in range(STEPS):
        slopes = sensitivities(problem, scores, point, hypothesis)
        away = _away(problem, scores, point[:, None])[:, 0]
        moved = slopes.T @ np.linalg.solve(slopes @ slopes.T + np.eye(len(away)), away + slopes @ point)
        distance, point = float(np.abs(moved - point).max()), moved
        if distance < CLOSE:
            break
    away = _away(problem, scores, point[:, None])[:, 0]
    if not float(np.square(away).mean()) <= MOST_MISFIT:
        worst = [problem.ids[i] for i in np.argsort(-np.abs(away))[:3]]
        raise ConditioningError(f"the model cannot follow {', '.join(worst)}", worst)
    return point, slopes


def _away(problem: Problem, scores: tuple[Score, ...], values: Array) -> Array:
    """Reported less predicted for scores (score, draw), in errors, (fact, draw)."""
    found = predicted(problem, scores, values, problem.hypotheses[0])
    return np.asarray((problem.observed[:, None] - found) / problem.error[:, None])


def _prior_scores(scores: tuple[Score, ...], seed: int, block: int) -> Array:
    """What the prior draws under the names of the scores in one block, (score, draw)."""
    draws = Draws(seed, block, frozenset(SOURCES))
    out = np.empty((len(scores), BLOCK))
    for (source, name), (rows, places) in rows_by_stream(scores).items():
        out[places] = draws.normal(source, name, int(rows.max()) + 1)[rows]
    return out
