"""Many scenarios on the same draws, judged draw by draw: what sweeps are too coarse and runs too long for.

Draws are made once for each process and kept, so that a further scenario costs its simulation only. Numbers are those
that `run` gives for the same scenario, seed and draws, whatever the number of workers.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.experiment.drawing import Block
from sim.experiment.plan import Plan, evaluated
from sim.experiment.processes import submitted, worker_pool
from sim.experiment.results import independent_draws, standard_error
from sim.experiment.shared import shared_block
from sim.experiment.simulation import follow_scenarios
from sim.experiment.tallies import judged_outcomes
from sim.randomness import Array
from sim.scenario.parts import Scenario
from sim.targets import Target

#: Up to this many blocks of draws are kept by a process, about 65 MB each, 115 MB with a city and its parts.
BLOCKS_KEPT = 8
#: An indicator in a year.
Asked = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """One scenario, draw by draw.

    met : (target, draw); value, gap : (target, draw), the quantity judged and its shortfall, in the target's unit;
    asked : (quantity, draw), the indicators asked for, NaN where the pack has no baseline.
    Targets are those of `Bench.targets`, in order.
    """

    met: NDArray[np.bool_]
    value: Array
    gap: Array
    asked: Array

    def probability(self, target: int) -> float:
        """Share of draws that meet a target."""
        return float(self.met[target].mean())

    def joint(self, targets: Sequence[int]) -> float:
        """Share of draws that meet all of some targets."""
        return float(self.met[list(targets)].all(axis=0).mean())


@dataclass(slots=True)
class Bench:
    """Scenarios of one plan on its draws. The plan's first scenario gives the targets; `asked` are indicators by year.

    Every scenario must have the plan's horizon.
    """

    plan: Plan
    asked: tuple[Asked, ...] = ()
    blocks: dict[int, Block] = field(default_factory=dict)

    @property
    def targets(self) -> list[Target]:
        """Targets that are judged: those of the plan's first scenario that can be evaluated."""
        return evaluated(self.plan, 0)

    @property
    def independent(self) -> int:
        """Draws that count for Monte Carlo errors."""
        return independent_draws(self.plan.draws, self.plan.posterior)

    def error(self, probability: float) -> float:
        """Monte Carlo standard error of a probability."""
        return standard_error(probability, self.independent)

    def judge(self, scenarios: Sequence[Scenario]) -> list[Judged]:
        """Judge scenarios one beside the other; those of one world should be neighbours, it is simulated once."""
        parts: list[list[Judged]] = [[] for _ in scenarios]
        for index in range(self.plan.blocks if self.plan.sources else 1):
            for found, judged in zip(parts, self._judge(index, scenarios), strict=True):
                found.append(judged)
        return [_joined(found) for found in parts]

    def _judge(self, index: int, scenarios: Sequence[Scenario]) -> Iterator[Judged]:
        block = self.block(index)
        size, targets = block.draws.size, self.targets
        compared = sorted(self.plan.compared)
        for path in follow_scenarios(self.plan.pack, scenarios, block, False, compared):
            outcomes = judged_outcomes(targets, path.value, block.years, size)
            rows = [path.value(name)[block.years.index(year)] for name, year in self.asked]
            yield Judged(
                met=np.stack([o.met for o in outcomes]) if outcomes else np.zeros((0, size), np.bool_),
                value=np.stack([o.value for o in outcomes]) if outcomes else np.zeros((0, size)),
                gap=np.stack([o.gap for o in outcomes]) if outcomes else np.zeros((0, size)),
                asked=np.stack(rows) if rows else np.zeros((0, size)),
            )

    def block(self, index: int) -> Block:
        """The draws of a block, cut to those that count; kept where there are few blocks."""
        if index in self.blocks:
            return self.blocks[index]
        made = shared_block(self.plan, index, [name for name, _ in self.asked])
        if self.plan.blocks <= BLOCKS_KEPT:
            self.blocks[index] = made
        return made

    @contextmanager
    def with_workers(self, workers: int) -> Iterator[Judges]:
        """A judge of batches of scenarios by several processes, each with draws of its own; in order, same numbers."""
        if workers <= 1:
            yield Judges(self, None)
            return
        with self.pool(workers) as pool:
            yield Judges(self, pool)

    @contextmanager
    def pool(self, workers: int) -> Iterator[ProcessPoolExecutor]:
        """Worker processes, each with a bench of its own of the same plan: `bench_of_worker()` there."""
        with worker_pool(workers, _settle, Bench(self.plan, self.asked)) as pool:
            yield pool


@dataclass(slots=True)
class Judges:
    """Judges batches of scenarios in order, in this process or in those of a pool."""

    bench: Bench
    pool: ProcessPoolExecutor | None

    def batches(self, batches: Sequence[Sequence[Scenario]]) -> Iterator[list[Judged]]:
        """Results batch by batch, in the order given."""
        if self.pool is None:
            yield from (self.bench.judge(batch) for batch in batches)
            return
        for task in submitted(self.pool, _judge_there, batches):
            yield task.result()


_OF_WORKER: dict[int, Bench] = {}


def _settle(bench: Bench) -> None:
    _OF_WORKER[os.getpid()] = bench


def bench_of_worker() -> Bench:
    """The bench of this worker process."""
    return _OF_WORKER[os.getpid()]


def _judge_there(batch: Sequence[Scenario]) -> list[Judged]:
    return bench_of_worker().judge(batch)


def _joined(parts: Sequence[Judged]) -> Judged:
    if len(parts) == 1:
        return parts[0]
    return Judged(
        np.concatenate([part.met for part in parts], axis=1),
        np.concatenate([part.value for part in parts], axis=1),
        np.concatenate([part.gap for part in parts], axis=1),
        np.concatenate([part.asked for part in parts], axis=1),
    )
