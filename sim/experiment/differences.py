"""Paired differences between scenarios, from the sums of all blocks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.experiment.block import PairBlock, compared_directions
from sim.experiment.measurement import COMPUTED
from sim.experiment.plan import Plan, common_targets
from sim.experiment.results import Difference, ScenarioResult, independent_draws


def paired_differences(
    plan: Plan, results: Sequence[ScenarioResult], pairs: Sequence[PairBlock], draws: int
) -> list[Difference]:
    """Paired differences of every indicator and year, and of every target, to the first scenario."""
    out: list[Difference] = []
    rows: list[tuple[str, str, int]] = [("indicator", name, year) for name in COMPUTED for year in plan.years]
    common = common_targets(plan)
    rows += [("target", t.id, t.year) for t in common]
    directions = compared_directions(plan.years, len(common))[:, 0]
    for result, pair in zip(results[1:], pairs, strict=True):
        mean = pair.total / draws
        variance = np.maximum(pair.squares / draws - mean * mean, 0.0) * draws / max(draws - 1, 1)
        error = np.sqrt(variance / independent_draws(draws, plan.posterior))
        for i, (kind, name, year) in enumerate(rows):
            first, second = (_level(r, kind, name, year) for r in (results[0], result))
            if not np.isfinite(mean[i]):
                continue
            better = None if directions[i] == 0.0 else float(pair.wins[i] / draws)
            out.append(
                Difference(kind, name, year, result.scenario, first, second, float(mean[i]), float(error[i]), better)
            )
    return out


def _level(result: ScenarioResult, kind: str, name: str, year: int) -> float:
    if kind == "indicator":
        return float(result.means[result.indicators.index(name), result.years.index(year)])
    found = next(t for t in result.targets if t.target.id == name)
    return float("nan") if found.probability is None else found.probability
