"""Where the posterior is highest, and the directions in which the facts say anything about the unknowns."""

from __future__ import annotations

import numpy as np

from sim.conditioning.problem import EVERY, Hypothesis, Problem, predicted
from sim.posterior.scores import Score, given_draws
from sim.randomness import Array

#: Step of the difference quotients, in standard deviations.
STEP = 1e-3
#: Residuals of a point for which the simulation gives no value: further than any that is one.
NOWHERE = 1e6
#: Information of a direction relative to the prior below which it is left to the prior: the posterior standard
#: deviation along it would be within half a percent of one.
LEAST_INFORMATION = 0.01
#: Steps towards the centre, halvings of one step, and the change of the objective at which it is reached.
STEPS, HALVINGS, REACHED = 40, 6, 1e-3


def sensitivities(problem: Problem, scores: tuple[Score, ...], point: Array, hypothesis: Hypothesis) -> Array:
    """Change of each predicted fact with each score at a point (score,), in errors of the fact: (fact, score)."""
    moved = np.repeat(point[:, None], len(scores) + 1, axis=1)
    moved[np.arange(len(scores)), np.arange(1, len(scores) + 1)] += STEP
    found = predicted(problem, scores, moved, hypothesis)
    slopes: Array = (found[:, 1:] - found[:, :1]) / STEP / problem.error[:, None]
    return slopes


def gaps(problem: Problem, scores: tuple[Score, ...], points: Array, hypothesis: Hypothesis) -> Array:
    """Reported less predicted, in errors, at points (score, draw): (fact, draw); NOWHERE where there is no value."""
    found = problem.predict(given_draws(scores, points, EVERY, hypothesis.restrictions))
    gap = (problem.observed[:, None] - found) / problem.error[:, None]
    return np.where(np.isfinite(gap).all(axis=0), gap, NOWHERE)


def centre_of(problem: Problem, scores: tuple[Score, ...], hypothesis: Hypothesis) -> tuple[Array, Array]:
    """The most likely scores (score,), and the sensitivities there, (fact, score).

    Gauss and Newton from the centre of the prior, each step the best of its halvings.
    """
    centre = np.zeros(len(scores))
    slopes = sensitivities(problem, scores, centre, hypothesis)
    miss = gaps(problem, scores, centre[:, None], hypothesis)[:, 0]
    objective = float(miss @ miss)
    lengths = 0.5 ** np.arange(HALVINGS)
    for _ in range(STEPS):
        solved = np.linalg.solve(slopes @ slopes.T + np.eye(len(miss)), miss + slopes @ centre)
        tried = centre[:, None] + lengths * (slopes.T @ solved - centre)[:, None]
        misses = gaps(problem, scores, tried, hypothesis)
        found = np.square(misses).sum(axis=0) + np.square(tried).sum(axis=0)
        best = int(found.argmin())
        if not found[best] < objective - REACHED:
            break
        centre, miss, objective = tried[:, best], misses[:, best], float(found[best])
        slopes = sensitivities(problem, scores, centre, hypothesis)
    return centre, slopes


def informed_directions(slopes: Array) -> Array:
    """Orthonormal directions, (score, direction), at most as many as facts, in the order of their information.

    The right singular vectors of the sensitivities at the centre: exact zeros for unknowns that no fact reaches.
    Source: likelihood-informed subspace, Cui et al. (2014), Inverse Problems 30.
    """
    _, values, rows = np.linalg.svd(slopes, full_matrices=False)
    kept = int(np.count_nonzero(np.square(values) > LEAST_INFORMATION))
    directions: Array = rows[:kept].T
    # The sign of a singular vector is arbitrary: the largest entry is made positive, so that files are the same.
    sign = np.sign(directions[np.abs(directions).argmax(axis=0), np.arange(kept)])
    return np.ascontiguousarray(directions * sign)
