"""Condition on facts: the informed directions, every draw moved onto the facts, and what judges the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.conditioning.problem import ConditioningError, Hypothesis, Problem, unknowns
from sim.conditioning.subspace import centre_of, gaps, informed_directions
from sim.conditioning.transport import Linear, Moved, Residuals, linearised, log_weights, moved
from sim.conditioning.weights import effective_share, log_mean, pareto_k
from sim.posterior.posterior import Component, Posterior
from sim.posterior.scores import Score, rows_by_stream
from sim.randomness import BLOCK, SOURCES, Array, Draws, generator

#: Effective share of the draws from which they are used as they are, and from which they are resampled.
USE, RESAMPLE = 0.30, 0.05
#: Candidates of each draw where they have to be resampled.
CANDIDATES = 8
#: The diagnostic sample: draws of everything off the directions, and draws inside for each of them.
GROUPS, IN_GROUP = 32, 32
#: Pareto k of the weights from which draws are resampled.
MOST_K = 0.7
#: Share of the draws that may be left short of the facts.
MOST_UNSOLVED = 0.05
#: Weight of a hypothesis below which it is left out.
LEAST_WEIGHT = 0.005


@dataclass(frozen=True, slots=True)
class Found:
    """The posterior under one hypothesis before draws are made of it, and how good it is.

    effective : ESS as a share of the draws, given what is off the directions; pareto_k : tail of those weights;
    kept_back : variance of the log weights between draws off the directions, what the facts would say of those;
    residuals : (fact,) reported less posterior mean, in errors.
    """

    hypothesis: Hypothesis
    linear: Linear
    effective: float
    pareto_k: float
    kept_back: float
    log_evidence: float
    residuals: Array

    @property
    def kind(self) -> str:
        """Whether draws are used as they come, or the better of several candidates."""
        return "draws" if self.effective >= USE and self.pareto_k < MOST_K else "resampled"


@dataclass(frozen=True, slots=True)
class Conditioned:
    """A posterior with its diagnostics, hypothesis by hypothesis, and their weights, (hypothesis,)."""

    problem: Problem
    posterior: Posterior
    found: tuple[Found, ...]
    weights: Array
    unsolved: float

    @property
    def main(self) -> Found:
        """What was found under the most likely hypothesis."""
        return self.found[int(np.argmax(self.weights))]


def condition(
    problem: Problem,
    seed: int,
    *,
    as_of: int,
    key: str = "",
    members: int = 4 * BLOCK,
    groups: int = GROUPS,
    told: Callable[[str], None] = lambda text: None,
) -> Conditioned:
    """Condition a problem under each of its hypotheses; their weights follow from how well they predict the facts.

    members : draws of the posterior to be made, whole blocks; groups : of the diagnostic sample. Raises
    ConditioningError where the facts are too far from what the model can give, naming those that stand out.
    """
    scores = unknowns(problem)
    if not problem.ids:
        return Conditioned(problem, Posterior(as_of, key, seed, 0, scores, (), ()), (), np.zeros(0), 0.0)
    found = []
    for hypothesis in problem.hypotheses:
        told(hypothesis.name)
        found.append(_found(problem, scores, hypothesis, seed, groups))
    logs = np.array([np.log(max(f.hypothesis.probability, 1e-300)) + f.log_evidence for f in found])
    weights = np.exp(logs - logs.max())
    weights = np.where(weights / weights.sum() < LEAST_WEIGHT, 0.0, weights)
    weights /= weights.sum()
    for one, weight in zip(found, weights, strict=True):
        if weight > 0.0:
            _refuse_if_poor(problem, one)
    told("draws")
    components, unsolved = _components(problem, scores, found, weights, seed, members)
    if unsolved > MOST_UNSOLVED:
        raise ConditioningError(f"{unsolved:.1%} of the draws cannot be moved onto the facts", problem.ids[:3])
    posterior = Posterior(as_of, key, seed, members, scores, components, problem.ids)
    return Conditioned(problem, posterior, tuple(found), weights, unsolved)


def _found(problem: Problem, scores: tuple[Score, ...], hypothesis: Hypothesis, seed: int, groups: int) -> Found:
    centre, slopes = centre_of(problem, scores, hypothesis)
    # Single precision is what the file holds; the draws are moved along exactly these directions.
    directions = informed_directions(slopes).astype(np.float32).astype(np.float64)
    linear = linearised(directions, directions.T @ centre, -slopes @ directions)
    residuals = residuals_of(problem, scores, hypothesis)
    draws, log_weight = _diagnosed(linear, residuals, len(scores), seed, groups)
    # All draws together, each group about its own mean: a share of 32 draws alone is far too kind, never below 1/32.
    within = log_weight - log_weight.mean(axis=1, keepdims=True)
    found = Found(
        hypothesis,
        linear,
        float(effective_share(within.ravel())),
        pareto_k(within.ravel()),
        float(log_weight.mean(axis=1).var()),
        log_mean(log_weight.ravel()) - float(np.log(problem.error).sum() + 0.5 * len(problem.ids) * np.log(2 * np.pi)),
        draws.residuals.mean(axis=1) * np.array([name not in problem.terms for name in problem.ids]),
    )
    return found


def residuals_of(problem: Problem, scores: tuple[Score, ...], hypothesis: Hypothesis) -> Residuals:
    """Reported less predicted, in errors, as a function of the scores."""
    return lambda values: gaps(problem, scores, values, hypothesis)


def _diagnosed(linear: Linear, residuals: Residuals, count: int, seed: int, groups: int) -> tuple[Moved, Array]:
    """A sample in groups that share everything off the directions, with its log weights, (group, in group)."""
    rest = generator(seed, "conditioning.diagnosis.rest", 0).standard_normal((count, groups))
    rest -= linear.directions @ (linear.directions.T @ rest)
    inside = generator(seed, "conditioning.diagnosis.inside", 0).standard_normal(
        (len(linear.centre), groups * IN_GROUP)
    )
    draws = moved(linear, residuals, inside, np.repeat(rest, IN_GROUP, axis=1))
    return draws, log_weights(linear, residuals, draws).reshape(groups, IN_GROUP)


def _refuse_if_poor(problem: Problem, found: Found) -> None:
    if found.effective >= RESAMPLE:
        return
    worst = np.argsort(-np.abs(found.residuals))
    names = [problem.ids[i] for i in worst[:3]]
    share = f"{found.effective:.1%}"
    raise ConditioningError(f"too few effective draws ({share}); furthest from the model: {names[0]}", names)


def _components(
    problem: Problem, scores: tuple[Score, ...], found: list[Found], weights: Array, seed: int, members: int
) -> tuple[tuple[Component, ...], float]:
    """Draws of every hypothesis that carries weight; which members are whose is itself drawn."""
    chance = _prior_scores(scores, seed, members)
    pick = np.concatenate([generator(seed, "posterior.component", b).random(BLOCK) for b in range(members // BLOCK)])
    whose = np.minimum(np.searchsorted(np.cumsum(weights), pick, side="right"), len(weights) - 1)
    out = []
    unsolved = 0
    for i, one in enumerate(found):
        places = np.flatnonzero(whose == i)
        if not len(places):
            continue
        moves, open_ = _moves(problem, scores, one, chance[:, places], seed)
        unsolved += open_
        out.append(
            Component(
                one.hypothesis.name,
                float(weights[i]),
                one.hypothesis.restrictions,
                one.linear.directions,
                places,
                moves,
            )
        )
    return tuple(out), unsolved / members


def _prior_scores(scores: tuple[Score, ...], seed: int, members: int) -> Array:
    """What the prior draws under the names of the scores, block after block: (score, member)."""
    out = np.empty((len(scores), members))
    for block in range(members // BLOCK):
        draws = Draws(seed, block, frozenset(SOURCES))
        for (source, name), (rows, places) in rows_by_stream(scores).items():
            out[places, block * BLOCK : (block + 1) * BLOCK] = draws.normal(source, name, int(rows.max()) + 1)[rows]
    return out


def _moves(problem: Problem, scores: tuple[Score, ...], one: Found, chance: Array, seed: int) -> tuple[Array, int]:
    """How far each member's coordinates are moved from the prior's, (direction, member), and how many are unsolved."""
    residuals = residuals_of(problem, scores, one.hypothesis)
    out = np.empty((len(one.linear.centre), chance.shape[1]))
    unsolved = 0
    for start in range(0, chance.shape[1], BLOCK):
        part = chance[:, start : start + BLOCK]
        inside = one.linear.directions.T @ part
        rest = part - one.linear.directions @ inside
        draws = moved(one.linear, residuals, inside, rest)
        chosen = draws.coordinates
        if one.kind == "resampled":
            chosen = _resampled(one, residuals, draws, rest, seed, start // BLOCK)
        unsolved += int(np.count_nonzero(np.logical_not(draws.solved)))
        out[:, start : start + BLOCK] = chosen - inside
    return out, unsolved


def _resampled(one: Found, residuals: Residuals, first: Moved, rest: Array, seed: int, number: int) -> Array:
    """One of CANDIDATES draws for everything off the directions, chosen by weight: (direction, draw)."""
    count = rest.shape[1]
    noise = generator(seed, f"conditioning.candidates.{one.hypothesis.name}", number)
    tried = [first]
    for _ in range(CANDIDATES - 1):
        tried.append(moved(one.linear, residuals, noise.standard_normal(first.coordinates.shape), rest))
    weights = np.stack([log_weights(one.linear, residuals, t) for t in tried])
    gumbel = -np.log(-np.log(noise.random((CANDIDATES, count))))
    best = np.argmax(weights + gumbel, axis=0)
    return np.stack([t.coordinates for t in tried])[best, :, np.arange(count)].T
