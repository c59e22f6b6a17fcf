"""From draws of the prior to draws of the posterior, one by one, inside the informed directions.

For each draw of everything else, the coordinates c along the directions solve Q'[c; r(c)] = Q'(m + noise), where r are
the residuals of the facts in errors and Q spans the linearised problem: in a linear problem that is the exact
posterior; where the model bends, each draw is moved until it meets the facts, and its importance weight is known.
Source: randomize-then-optimize, Bardsley, Solonen, Haario and Laine (2014), SIAM J. Sci. Comput. 36.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.conditioning.subspace import NOWHERE
from sim.randomness import Array

#: Residuals of the facts in errors, (fact, draw), for scores (score, draw).
Residuals = Callable[[Array], Array]

#: Steps with the fixed slope, then with each draw's own; and what counts as solved, in standard deviations.
FIXED_STEPS, OWN_STEPS, SOLVED = 10, 6, 0.02
#: Step of the difference quotients.
STEP = 1e-4
#: Draws that are simulated together for slopes.
TOGETHER = 8192
#: No draw is moved further than this in one step of its own slope.
LONGEST = 1.0


@dataclass(frozen=True, slots=True)
class Linear:
    """The linearised problem: directions (score, direction) and an orthonormal basis of [I; slopes].

    upper (direction, direction) and lower (fact, direction) are the two parts of the basis, inverse the inverse of
    its triangular factor.
    """

    directions: Array
    centre: Array
    upper: Array
    lower: Array
    inverse: Array


def linearised(directions: Array, centre: Array, slopes: Array) -> Linear:
    """Make a Linear of slopes of the residuals with the coordinates, (fact, direction), around centre (direction,)."""
    count = len(centre)
    basis, factor = np.linalg.qr(np.concatenate([np.eye(count), slopes]))
    signs = np.sign(np.diag(factor))
    basis, factor = basis * signs, factor * signs[:, None]
    return Linear(directions, centre, basis[:count], basis[count:], np.linalg.inv(factor))


@dataclass(frozen=True, slots=True)
class Moved:
    """Draws of the posterior: coordinates (direction, draw), what is left of them off the directions (score, draw),
    residuals (fact, draw), and which are solved (draw,).
    """

    coordinates: Array
    rest: Array
    residuals: Array
    solved: Array


def moved(linear: Linear, residuals: Residuals, inside: Array, rest: Array) -> Moved:
    """Move draws onto the facts. inside : (direction, draw) standard normals; rest : (score, draw) off them."""
    c = np.repeat(linear.centre[:, None], inside.shape[1], axis=1)
    r = residuals(rest + linear.directions @ c)
    if not len(c):
        return Moved(c, rest, r, np.ones(c.shape[1], dtype=np.bool_))
    lost = np.flatnonzero(_stuck(r))
    if len(lost):
        # The centre is no place for what is off the directions there: from where the prior has it.
        c[:, lost] = inside[:, lost]
        r[:, lost] = residuals(rest[:, lost] + linear.directions @ c[:, lost])
    length = np.ones(inside.shape[1])
    gap = _gap(linear, c, r, inside)
    for _ in range(FIXED_STEPS):
        size = np.abs(gap).max(axis=0)
        if (size < SOLVED).all():
            break
        tried = c - length * (linear.inverse @ np.where(_stuck(r), 0.0, gap))
        r_tried = residuals(rest + linear.directions @ tried)
        gap_tried = _gap(linear, tried, r_tried, inside)
        better = np.abs(gap_tried).max(axis=0) < size
        c, r, gap = (np.where(better, new, old) for new, old in ((tried, c), (r_tried, r), (gap_tried, gap)))
        length = np.where(better, 1.0, length / 2.0)
    c, r = _finished(linear, residuals, inside, rest, c, r)
    return Moved(c, rest, r, np.abs(_gap(linear, c, r, inside)).max(axis=0) < SOLVED)


def _stuck(r: Array) -> NDArray[np.bool_]:
    """Draws for which the simulation gives no value where they are: there is no slope to follow."""
    return np.asarray(np.abs(r).max(axis=0) >= NOWHERE)


def _gap(linear: Linear, c: Array, r: Array, inside: Array) -> Array:
    gap: Array = linear.upper.T @ c + linear.lower.T @ r - inside
    return gap


def _finished(
    linear: Linear, residuals: Residuals, inside: Array, rest: Array, c: Array, r: Array
) -> tuple[Array, Array]:
    """Newton's method with its own slopes for the few draws that the fixed slope has not brought home."""
    for _ in range(OWN_STEPS):
        gap = _gap(linear, c, r, inside)
        open_ = np.flatnonzero((np.abs(gap).max(axis=0) >= SOLVED) & ~_stuck(r))
        if not len(open_):
            break
        slopes = own_slopes(linear, residuals, c[:, open_], r[:, open_], rest[:, open_])
        step = np.linalg.solve(_jacobian(linear, slopes), gap[:, open_].T[..., None])[..., 0].T
        c, r = c.copy(), r.copy()
        c[:, open_] -= np.clip(step, -LONGEST, LONGEST)
        r[:, open_] = residuals(rest[:, open_] + linear.directions @ c[:, open_])
    return c, r


def own_slopes(linear: Linear, residuals: Residuals, c: Array, r: Array, rest: Array) -> Array:
    """Slopes of the residuals with the coordinates at each draw: (draw, fact, direction)."""
    count, draws = c.shape
    out = np.empty((draws, len(r), count))
    together = max(1, TOGETHER // max(draws, 1))
    for start in range(0, count, together):
        part = np.arange(start, min(start + together, count))
        stepped = np.repeat(c[:, None, :], len(part), axis=1)
        stepped[part, np.arange(len(part))] += STEP
        moved_to = np.tile(rest, len(part)) + linear.directions @ stepped.reshape(count, -1)
        found = residuals(moved_to).reshape(len(r), len(part), draws)
        out[:, :, part] = ((found - r[:, None, :]) / STEP).transpose(2, 0, 1)
    return out


def _jacobian(linear: Linear, slopes: Array) -> Array:
    """Of the map from coordinates to the noise that leads to them: (draw, direction, direction)."""
    found: Array = linear.upper.T[None] + np.einsum("fk,nfj->nkj", linear.lower, slopes)
    return found


def log_weights(linear: Linear, residuals: Residuals, draws: Moved) -> Array:
    """Log of posterior over proposal density of each draw, constants of the normal left out: (draw,)."""
    c, r = draws.coordinates, draws.residuals
    noise = linear.upper.T @ c + linear.lower.T @ r
    slopes = own_slopes(linear, residuals, c, r, draws.rest)
    _, log_determinant = np.linalg.slogdet(_jacobian(linear, slopes))
    total: Array = -0.5 * (np.square(c).sum(axis=0) + np.square(r).sum(axis=0) - np.square(noise).sum(axis=0))
    return total - log_determinant
