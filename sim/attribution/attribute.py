"""Attribution: every coalition of groups simulated on the draws of the comparison, weighed by Shapley.

Only sums over small batches of draws are kept, so that a contribution has a standard error of its own and memory
does not grow with the number of coalitions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.attribution.groups import Group
from sim.attribution.hybrid import hybrid
from sim.attribution.shapley import coalitions, shapley
from sim.experiment.drawing import draw_block
from sim.experiment.measurement import COMPUTED
from sim.experiment.plan import Plan, common_targets
from sim.experiment.processes import submitted, worker_pool
from sim.experiment.results import independent_draws
from sim.experiment.simulation import follow_scenarios
from sim.experiment.tallies import judged_outcomes
from sim.randomness import BLOCK, Array
from sim.targets import Target

#: Draws in a batch: a block holds twenty.
BATCH = 256

#: Told how many draws of how many coalitions were finished since it was last called.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Share:
    """What one group of inputs explains of a difference, in its unit (probabilities in 0-1).

    contribution : its Shapley value; standard_error : Monte Carlo error of that; alone : the difference when only
    this group is switched; last : when it is switched after all others.
    """

    contribution: float
    standard_error: float
    alone: float
    last: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Why one quantity differs between a scenario and the first: contributions by group sum to `total`.

    kind : "indicator" or "target"; interaction : what of the total appears only when groups come together.
    """

    kind: str
    id: str
    year: int
    scenario: str
    total: float
    shares: Mapping[str, Share]
    interaction: float


def attribute(
    plan: Plan, index: int, groups: Sequence[Group], progress: Progress = lambda draws: None
) -> list[Attribution]:
    """Attribute every difference between scenario `index` of a plan and its first to `groups`; nothing without any.

    The same bytes come out for any number of workers. Rows without a value are left out.
    """
    if not groups:
        return []
    sums: Array | None = None
    sizes: list[Array] = []
    for done, batches in _blocks(plan, index, groups):
        sums = done if sums is None else np.concatenate([sums, done], axis=-1)
        sizes.append(batches)
        progress(int(batches.sum()) * 2 ** len(groups))
    assert sums is not None
    return _attributions(plan, index, groups, sums, np.concatenate(sizes))


def _blocks(plan: Plan, index: int, groups: Sequence[Group]) -> Iterator[tuple[Array, Array]]:
    count = plan.blocks if plan.sources else 1
    if plan.workers <= 1 or count <= 1:
        yield from (_block(plan, index, groups, block) for block in range(count))
        return
    with worker_pool(plan.workers) as pool:
        for task in submitted(pool, partial(_block, plan, index, groups), range(count)):
            yield task.result()


def _block(plan: Plan, index: int, groups: Sequence[Group], block: int) -> tuple[Array, Array]:
    """One block: effects of each group in three readings (average, alone, last), and the draws in each batch.

    Returns sums over draws, (reading, group, row, batch), and (batch,).
    """
    drawn = draw_block(plan.pack, plan.seed, block, plan.horizon, plan.sources, plan.posterior)
    size = min(BLOCK, plan.draws - block * BLOCK) if plan.sources else 1
    starts = np.arange(0, size, BATCH)
    chosen = _in_order(groups)
    inputs = [frozenset[str]().union(*(g.inputs for g in groups if g.id in one)) for one in chosen]
    scenarios = [hybrid(plan.scenarios[0], plan.scenarios[index], switched) for switched in inputs]
    values: dict[frozenset[str], Array] = {}
    paths = follow_scenarios(plan.pack, scenarios, drawn, False, sorted(plan.compared))
    for coalition, switched, path in zip(chosen, inputs, paths, strict=True):
        judged = judged_outcomes(_judged(plan, index, switched), path.value, drawn.years, size)
        met = [outcome.met[:size].astype(np.float64) for outcome in judged]
        rows = (path.values[:, :, :size].reshape(-1, size), np.stack(met) if met else np.zeros((0, size)))
        values[coalition] = np.concatenate([np.add.reduceat(part, starts, axis=1) for part in rows])
    return _effects(values, [group.id for group in groups]), np.diff(starts, append=size).astype(np.float64)


def _effects(values: Mapping[frozenset[str], Array], groups: Sequence[str]) -> Array:
    """Effects of each group on average, alone and last, (reading, group, row, batch)."""
    none, whole = frozenset[str](), frozenset(groups)
    average = shapley(values, groups)
    alone = [values[frozenset((group,))] - values[none] for group in groups]
    last = [values[whole] - values[whole - {group}] for group in groups]
    return np.stack([np.stack([average[group] for group in groups]), np.stack(alone), np.stack(last)])


def _in_order(groups: Sequence[Group]) -> tuple[frozenset[str], ...]:
    """All coalitions, those of one world beside each other: a world is simulated once for neighbours."""
    outside = {g.id for g in groups if any(key.startswith(("world.", "events.")) for key in g.inputs)}
    return tuple(sorted(coalitions([g.id for g in groups]), key=lambda one: sorted(one & outside)))


def _judged(plan: Plan, index: int, switched: frozenset[str]) -> list[Target]:
    """Targets evaluated in all scenarios, with the values of the second where those are switched."""
    second = {target.id: target for target in plan.targets[index]}
    return [second[t.id] if f"targets.{t.id}" in switched else t for t in common_targets(plan)]


def _attributions(plan: Plan, index: int, groups: Sequence[Group], sums: Array, batches: Array) -> list[Attribution]:
    draws = batches.sum()
    means = sums.sum(axis=-1) / draws  # (reading, group, row)
    errors = _errors(sums[0], means[0], batches) * np.sqrt(draws / independent_draws(int(draws), plan.posterior))
    rows = [("indicator", name, year) for name in COMPUTED for year in plan.years]
    rows += [("target", target.id, target.year) for target in common_targets(plan)]
    scenario = plan.scenarios[index].name
    found = []
    for row, (kind, id, year) in enumerate(rows):
        if not np.isfinite(means[:, :, row]).all():
            continue
        shares = {
            group.id: Share(
                float(means[0, i, row]), float(errors[i, row]), float(means[1, i, row]), float(means[2, i, row])
            )
            for i, group in enumerate(groups)
        }
        total = float(means[0, :, row].sum())
        found.append(Attribution(kind, id, year, scenario, total, shares, total - float(means[1, :, row].sum())))
    return found


def _errors(sums: Array, means: Array, batches: Array) -> Array:
    """Standard errors from the spread between batches, (group, row); 0 with a single one."""
    if len(batches) < 2:
        return np.zeros(means.shape)
    spread = np.square(sums - means[:, :, None] * batches).sum(axis=-1)
    return np.sqrt(spread * len(batches) / (len(batches) - 1)) / batches.sum()
