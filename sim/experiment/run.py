"""Run scenarios over many draws: blocks in order, chunks and workers, summaries that do not depend on either."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from sim.experiment.block import Blocks, Frame, PairBlock, run_block
from sim.experiment.differences import paired_differences
from sim.experiment.growth import joined, told
from sim.experiment.measurement import COMPUTED
from sim.experiment.model_error import MODEL_ERROR, ModelError, read_model_error
from sim.experiment.plan import Plan, evaluated
from sim.experiment.processes import submitted, worker_pool
from sim.experiment.results import Difference, ScenarioResult, independent_draws
from sim.experiment.summaries import (
    EXACT_LIMIT,
    FINE_LEVELS,
    LEVELS,
    ExactSummary,
    StreamingSummary,
    histogram_frame,
)
from sim.experiment.tallies import Tally, joint_of, target_results
from sim.growth_accounting.sums import PointSums
from sim.randomness import BLOCK, Array

#: Told how many draws were finished since it was last called.
Progress = Callable[[int], None]


def _tasks(plan: Plan, first: int) -> Iterator[tuple[int, ...]]:
    """Blocks from `first` on that are handed out together: a chunk of draws, rounded up to whole blocks."""
    size = max(1, -(-(plan.chunk or BLOCK) // BLOCK))
    for start in range(first, plan.blocks, size):
        yield tuple(range(start, min(start + size, plan.blocks)))


def _run_task(plan: Plan, frames: Sequence[Frame] | None, blocks: tuple[int, ...]) -> list[Blocks]:
    return [run_block(plan, block, frames) for block in blocks]


def _later_blocks(plan: Plan, first: int, frames: Sequence[Frame] | None) -> Iterator[Blocks]:
    """Results of the blocks from `first` on in order, from this process or from workers."""
    tasks = list(_tasks(plan, first))
    if plan.workers <= 1 or len(tasks) <= 1:
        for blocks in tasks:
            for block in blocks:
                yield run_block(plan, block, frames)
        return
    task = partial(_run_task, plan, frames)
    with worker_pool(plan.workers) as pool:
        # Only a few tasks ahead, so that memory stays flat however many draws are asked for.
        ahead = submitted(pool, task, tasks[: 2 * plan.workers])
        for i in range(len(tasks)):
            done = ahead.pop(0).result()
            if i + 2 * plan.workers < len(tasks):
                ahead += submitted(pool, task, [tasks[i + 2 * plan.workers]])
            yield from done


def _all_blocks(plan: Plan) -> Iterator[tuple[Blocks, Sequence[Frame] | None]]:
    """Results of all blocks in order, with the frames of their histograms in a streaming run."""
    if exact(plan):
        for blocks in _later_blocks(plan, 0, None):
            yield blocks, None
        return
    # The first block sets the frames of the histograms, whoever computes the others.
    scenarios, pairs = run_block(plan, 0, None)
    frames = [histogram_frame(np.concatenate(b.values)) for b in scenarios if b.values is not None]
    yield ([b.counted(frame) for b, frame in zip(scenarios, frames, strict=True)], pairs), frames
    for blocks in _later_blocks(plan, 1, frames):
        yield blocks, frames


def exact(plan: Plan) -> bool:
    """Whether all values are kept and quantiles exact."""
    return not plan.sources or plan.draws <= EXACT_LIMIT


def run(plan: Plan, progress: Progress = lambda draws: None) -> tuple[tuple[ScenarioResult, ...], list[Difference]]:
    """Run all scenarios of a plan on the same draws.

    Returns a result for each scenario and, with `compare`, the paired differences to the first.
    The same bytes come out for any chunk and number of workers.
    """
    draws = plan.draws if plan.sources else 1
    errors = read_model_error(plan.pack.folder.parent / MODEL_ERROR)  # before the work, not after it
    summaries: list[ExactSummary | StreamingSummary] = []
    tallies: list[Tally] = []
    growth: list[PointSums | None] = [None] * len(plan.scenarios)
    kept: list[list[dict[str, Array]]] = [[] for _ in plan.scenarios]
    pairs: list[PairBlock] = []
    done = 0
    for (blocks, paired), frames in _all_blocks(plan):
        size = blocks[0].tally.draws
        for i, block in enumerate(blocks):
            if len(summaries) <= i:
                tallies.append(block.tally)
                if frames is None:
                    rows = sum(len(part) for part in block.values or ())
                    summaries.append(ExactSummary(rows, draws))
                else:
                    summaries.append(StreamingSummary(*frames[i]))
            else:
                tallies[i] = tallies[i].plus(block.tally)
            growth[i] = joined(growth[i], block.growth)
            summary = summaries[i]
            if isinstance(summary, ExactSummary):
                assert block.values is not None
                summary.add(done, *block.values)
            else:
                assert block.counts is not None
                summary.add_counts(block.counts, size)
            if plan.keep:
                kept[i].append(block.kept)
        pairs = [a.plus(b) for a, b in zip(pairs, paired, strict=True)] if pairs else paired
        done += size
        progress(size)
    results = tuple(
        _result(plan, i, summaries[i], tallies[i], kept[i], errors, growth[i]) for i in range(len(plan.scenarios))
    )
    return results, paired_differences(plan, results, pairs, done) if plan.compare else []


def _result(
    plan: Plan,
    index: int,
    summary: ExactSummary | StreamingSummary,
    tally: Tally,
    kept: list[dict[str, Array]],
    errors: ModelError,
    growth: PointSums | None,
) -> ScenarioResult:
    scenario, years = plan.scenarios[index], plan.years
    rows = len(COMPUTED) * len(years)
    both, means = summary.quantiles(LEVELS + FINE_LEVELS), summary.mean()
    quantiles, fine = both[: len(LEVELS)], both[len(LEVELS) :]
    judged = evaluated(plan, index)
    independent = independent_draws(plan.draws, plan.posterior)
    whole = {name: np.concatenate([part[name] for part in kept]) for name in kept[0]} if kept else None
    return ScenarioResult(
        scenario=scenario.name,
        label=scenario.label,
        years=years,
        indicators=COMPUTED,
        levels=LEVELS,
        quantiles=quantiles[:, :rows].reshape(len(LEVELS), len(COMPUTED), len(years)),
        fine_levels=FINE_LEVELS,
        fine=fine[:, :rows].reshape(len(FINE_LEVELS), len(COMPUTED), len(years)),
        means=means[:rows].reshape(len(COMPUTED), len(years)),
        targets=target_results(
            plan.targets[index],
            judged,
            tally,
            quantiles[:, rows:],
            plan.horizon,
            plan.pack,
            plan.known_until,
            errors,
            independent,
        ),
        joint=joint_of(judged, tally, independent),
        kept=whole,
        contributions=told(plan, growth),
    )
