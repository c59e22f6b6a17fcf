"""Points of a sweep computed in one process: many scenarios on the same draws.

All points share their draws, which are made once for each process and kept. A point's numbers are those that
`run` gives for its scenario, whatever the number of workers and the order of the points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from sim.experiment.drawing import Block
from sim.experiment.plan import Plan, evaluated
from sim.experiment.results import independent_draws, standard_error
from sim.experiment.shared import shared_block
from sim.experiment.simulation import Path, follow_scenarios
from sim.experiment.summaries import EXACT_LIMIT, LEVELS, ExactSummary, StreamingSummary, count_block, histogram_frame
from sim.experiment.tallies import judged_outcomes
from sim.randomness import Array
from sim.sweep.parts import FIGURES, MEASURES, PointResult, Sweep
from sim.sweep.reading import read_sweep
from sim.targets import Target

__all__ = ["BLOCKS_KEPT", "MEASURES", "Evaluator", "PointResult", "Sweep", "read_sweep"]

_QUANTILES = [LEVELS.index(level) for level in (0.10, 0.50, 0.90)]
#: Up to this many blocks of draws are kept by a process, about 65 MB each, 115 MB with a city and its parts.
BLOCKS_KEPT = 8


@dataclass(slots=True)
class _Gathering:
    """Values at one point, block after block, as `run` gathers them: rows of the targets, then of the indicators."""

    draws: int
    independent: int  # of the draws, those that count for errors
    met: NDArray[np.int64] | None = None  # (target,) counts
    all_met: int = 0  # draws that meet all of the targets that are asked for together
    summary: ExactSummary | StreamingSummary | None = None
    done: int = 0

    def add(self, values: Array, met: NDArray[np.bool_], together: Sequence[int]) -> None:
        """Take a block: values (row, draw), met (target, draw)."""
        if self.summary is None:
            exact = self.draws <= EXACT_LIMIT
            self.summary = (
                ExactSummary(len(values), self.draws) if exact else StreamingSummary(*histogram_frame(values))
            )
            self.met = np.zeros(len(met), dtype=np.int64)
        if isinstance(self.summary, ExactSummary):
            self.summary.add(self.done, values)
        else:
            counts = count_block(values, self.summary.start, self.summary.per_unit)
            self.summary.add_counts(counts, values.shape[1])
        self.met = self.met + met.sum(axis=1)
        self.all_met += int(met[list(together)].all(axis=0).sum())
        self.done += values.shape[1]

    def result(self, point: int, years: int) -> PointResult:
        """What the point gives, with `years` rows for each indicator."""
        assert self.summary is not None
        assert self.met is not None
        targets = len(self.met)
        quantiles = self.summary.quantiles()[_QUANTILES].T
        share = [int(count) / self.draws for count in self.met]
        errors = [standard_error(probability, self.independent) for probability in share]
        figures = np.column_stack([quantiles[targets:], self.summary.mean()[targets:]])
        together = self.all_met / self.draws
        return PointResult(
            point,
            np.column_stack([share, errors, quantiles[:targets]]),
            figures.reshape(-1, max(years, 1), len(FIGURES)),
            np.array([together, standard_error(together, self.independent)]),
        )


@dataclass(slots=True)
class Evaluator:
    """Computes points of one sweep in one process and keeps the draws they share."""

    sweep: Sweep
    blocks: dict[tuple[int, int], Block] = field(default_factory=dict)

    def points(self, numbers: Sequence[int]) -> Iterator[PointResult]:
        """Results of some points in their order; each block of draws serves neighbours of one seed.

        Neighbours that assume the same of the world are followed in one.
        """
        for _, group in groupby(numbers, key=lambda number: self.sweep.plan_of(number).seed):
            chosen = list(group)
            yield from self._of_plan(self.sweep.plan_of(chosen[0]), chosen)

    def _of_plan(self, plan: Plan, numbers: Sequence[int]) -> Iterator[PointResult]:
        independent = independent_draws(plan.draws, plan.posterior)
        gathered = [_Gathering(plan.draws, independent) for _ in numbers]
        scenarios = [self.sweep.scenario_of(number) for number in numbers]
        targets, together, compared = evaluated(plan, 0), self.sweep.together, sorted(plan.compared)
        for index in range(plan.blocks):
            block = self._block(plan, index)
            paths = follow_scenarios(plan.pack, scenarios, block, False, compared)
            for path, gathering in zip(paths, gathered, strict=True):
                gathering.add(*self._judged(path, targets, block), together)
        for number, gathering in zip(numbers, gathered, strict=True):
            yield gathering.result(number, len(self.sweep.years))

    def _judged(self, path: Path, targets: Sequence[Target], block: Block) -> tuple[Array, NDArray[np.bool_]]:
        """Values judged and then those of the indicators, (row, draw); whether targets are met, (target, draw)."""
        outcomes = judged_outcomes(targets, path.value, block.years, block.draws.size)
        rows = [outcome.value for outcome in outcomes]
        places = [block.years.index(year) for year in self.sweep.years]
        rows += [path.value(name)[place] for name in self.sweep.indicators for place in places]
        return np.stack(rows), np.stack([outcome.met for outcome in outcomes])

    def _block(self, plan: Plan, index: int) -> Block:
        """A block of draws: kept for the points to come, until another seed is asked for."""
        key = (plan.seed, index)
        if key in self.blocks:
            return self.blocks[key]
        if any(seed != plan.seed for seed, _ in self.blocks):
            self.blocks.clear()
        block = shared_block(plan, index, self.sweep.indicators)
        if plan.blocks <= BLOCKS_KEPT:
            self.blocks[key] = block
        return block
