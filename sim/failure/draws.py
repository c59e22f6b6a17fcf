"""Draws of one scenario as failures are looked for in them: who misses what, under which inputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.experiment.bench import Bench
from sim.experiment.plan import Plan
from sim.experiment.ranges import InPlay, prior_normals, priors_in_play
from sim.experiment.shared import shared_block
from sim.experiment.simulation import follow_scenarios
from sim.experiment.tallies import judged_outcomes
from sim.failure.features import Features, drift_unit, features_of, joined
from sim.parameters.priors import Prior
from sim.randomness import BLOCK, Array
from sim.region.pack import Pack
from sim.sensitivity.blocks import Tick, over_blocks
from sim.sensitivity.information_candidates import prior_lines
from sim.targets import Target


@dataclass(frozen=True, slots=True, eq=False)
class Misses:
    """Draws of one scenario.

    missed : (target, draw); features : by the last year that counts; normals : (prior, draw), standard normals behind
    `priors`; members : (draw,), the member of a posterior that a draw comes from, else its own number.
    """

    missed: NDArray[np.bool_]
    features: dict[int, Features]
    priors: tuple[tuple[str, Prior], ...]
    normals: Array
    members: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _OfBlock:
    """What is kept of a block: picklable, so that workers can do it."""

    plan: Plan

    def __call__(self, bench: Bench, index: int, tick: Tick) -> Misses:
        plan = self.plan
        targets, scenario = plan.targets[0], plan.scenarios[0]
        block = shared_block(plan, index)
        size = block.draws.size
        (path,) = follow_scenarios(plan.pack, [scenario], block, False, sorted(plan.compared))
        outcomes = judged_outcomes(targets, path.value, block.years, size)
        first = plan.known_until + 1
        years = sorted({target.year for target in targets})
        features = {year: features_of(plan.pack, scenario, block, first, year) for year in years}
        priors = _with_lines(plan.pack)
        posterior = plan.posterior
        member_block = index if posterior is None or not posterior.components else index % posterior.blocks
        tick()
        return Misses(
            ~np.stack([o.met for o in outcomes]),
            features,
            tuple((prior.name, line) for prior, line in priors),
            prior_normals([prior for prior, _ in priors], block.draws, size),
            np.arange(size, dtype=np.int64) + member_block * BLOCK,
        )


def _with_lines(pack: Pack) -> list[tuple[InPlay, Prior]]:
    """Priors with some width and a line in a file of priors; volatilities tell planners nothing and are left out.

    The unit of a yearly drift is that of its indicator.
    """
    lines = prior_lines(pack)
    return [
        (prior, replace(lines[prior.name], unit=drift_unit(pack, prior.name) or lines[prior.name].unit))
        for prior in priors_in_play(pack)
        if prior.name in lines and not lines[prior.name].name.partition(".")[0].endswith("_volatility")
    ]


def misses_of(plan: Plan, targets: Sequence[Target], workers: int, told: Callable[[int], None]) -> Misses:
    """All draws of the plan's first scenario against some of its targets, all of which can be evaluated.

    `told` of every block that is done. The same for any number of workers.
    """
    asked = replace(plan, targets=(tuple(targets),), scenarios=plan.scenarios[:1])
    blocks = list(over_blocks(Bench(asked), _OfBlock(asked), workers, told, 1))
    return Misses(
        np.concatenate([block.missed for block in blocks], axis=1),
        {year: joined([block.features[year] for block in blocks]) for year in blocks[0].features},
        blocks[0].priors,
        np.concatenate([block.normals for block in blocks], axis=1),
        np.concatenate([block.members for block in blocks]),
    )
