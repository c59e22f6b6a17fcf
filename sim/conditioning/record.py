"""What people are told of a posterior: how good it is, which figures stand out, what moved and by which figures."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.conditioning.condition import Conditioned, Found
from sim.conditioning.problem import EVERY
from sim.conditioning.subspace import sensitivities
from sim.randomness import Array, Draws
from sim.region.pack import Pack

#: Information of a direction that halves its standard deviation.
HALVED = 3.0
#: Unknowns whose movement is kept, and facts named for each: enough to put together what moved a number that is
#: made of two unknowns, as those of the rest of a city are.
MOVEMENTS, FACTS = 250, 6
#: Draws of the prior that say what it expected.
EXPECTED_FROM = 4096


def record_of(pack: Pack, conditioned: Conditioned) -> dict[str, Any]:
    """The record of a posterior, plain values that a file holds."""
    if not conditioned.found:
        return {"hypotheses": [], "directions": 0, "halved": 0, "facts": [], "movements": []}
    main = conditioned.main
    slopes = -sensitivities(
        conditioned.problem, conditioned.posterior.scores, main.linear.directions @ main.linear.centre, main.hypothesis
    )
    information = np.square(np.linalg.svd(slopes @ main.linear.directions, compute_uv=False))
    return {
        "hypotheses": [_hypothesis(f, float(w)) for f, w in zip(conditioned.found, conditioned.weights, strict=True)],
        "unsolved": conditioned.unsolved,
        "directions": len(main.linear.centre),
        "halved": int(np.count_nonzero(information > HALVED)),
        "facts": _facts(conditioned, main),
        "movements": _movements(conditioned, slopes),
    }


def _hypothesis(found: Found, weight: float) -> dict[str, Any]:
    return {
        "name": found.hypothesis.name,
        "prior": found.hypothesis.probability,
        "weight": weight,
        "effective": found.effective,
        "pareto_k": found.pareto_k,
        "kind": found.kind,
        "kept_back": found.kept_back,
        "log_evidence": found.log_evidence,
    }


def _facts(conditioned: Conditioned, main: Found) -> list[dict[str, Any]]:
    """Each fact with what the prior expected of it, the spread of that with its own error, and what is left of it."""
    problem = conditioned.problem
    prior = problem.predict(Draws(conditioned.posterior.seed, 0, EVERY, EXPECTED_FROM))
    expected, spread = prior.mean(axis=1), np.hypot(prior.std(axis=1), problem.error)
    return [
        {
            "id": name,
            "value": float(problem.observed[i]),
            "error": float(problem.error[i]),
            "expected": float(expected[i]),
            "spread": float(spread[i]),
            "residual": float(main.residuals[i]),
        }
        for i, name in enumerate(problem.ids)
        if name not in problem.terms
    ]


def _movements(conditioned: Conditioned, slopes: Array) -> list[dict[str, Any]]:
    """Unknowns that moved most, with mean and s.d. after the facts (0 and 1 before), and the facts that did it."""
    posterior, main = conditioned.posterior, conditioned.main
    scores = np.concatenate([posterior.member_scores(block) for block in range(posterior.blocks)], axis=1)
    mean, spread = scores.mean(axis=1), scores.std(axis=1)
    centre = main.linear.directions @ main.linear.centre
    wanted = main.residuals - slopes @ centre  # what the facts asked for at the centre of the prior
    gain = -slopes.T @ np.linalg.inv(slopes @ slopes.T + np.eye(len(slopes)))
    parts = gain * wanted
    size = np.abs(mean) + (1.0 - np.minimum(spread, 1.0))
    names, terms = conditioned.problem.ids, conditioned.problem.terms
    out = []
    for i in np.argsort(-size, kind="stable")[:MOVEMENTS]:
        order = [j for j in np.argsort(-np.abs(parts[i]), kind="stable") if names[j] not in terms][:FACTS]
        out.append(
            {
                "source": posterior.scores[i].source,
                "stream": posterior.scores[i].stream,
                "row": posterior.scores[i].row,
                "mean": float(mean[i]),
                "sd": float(spread[i]),
                "facts": [[names[j], float(parts[i, j])] for j in order],
            }
        )
    return out
