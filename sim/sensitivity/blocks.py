"""One scenario followed on given draws, block by block, in this process or in several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.experiment.bench import Asked, Bench, bench_of_worker
from sim.experiment.drawing import Block, block_of
from sim.experiment.plan import Plan
from sim.experiment.processes import submitted
from sim.experiment.simulation import follow_scenarios
from sim.experiment.tallies import judged_outcomes
from sim.randomness import Array, Draws
from sim.region.pack import Pack

Found = TypeVar("Found", covariant=True)
#: Told of one more simulation that is done.
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Followed:
    """What one simulation of the plan's scenario gives: met (target, draw), asked (row, draw)."""

    met: NDArray[np.bool_]
    asked: Array


def trimmed(plan: Plan, shared: Block) -> Pack:
    """The pack without the rest of its city where `shared`, draws of the same plan, does without it."""
    return plan.pack if shared.others else replace(plan.pack, surroundings=None)


def followed(plan: Plan, pack: Pack, draws: Draws, asked: tuple[Asked, ...] = ()) -> Followed:
    """The plan's first scenario on these draws: its targets judged, and indicators in years.

    The targets are the plan's for its first scenario, all of which must be such as can be evaluated.
    """
    block = block_of(pack, draws, plan.years, plan.known_until)
    (path,) = follow_scenarios(plan.pack, [plan.scenarios[0]], block, False, sorted(plan.compared))
    outcomes = judged_outcomes(plan.targets[0], path.value, plan.years, draws.size)
    rows = [path.value(name)[plan.years.index(year)] for name, year in asked]
    return Followed(
        np.stack([o.met for o in outcomes]) if outcomes else np.zeros((0, draws.size), np.bool_),
        np.stack(rows) if rows else np.zeros((0, draws.size)),
    )


class OfBlock(Protocol[Found]):
    """What is done with one block of draws; picklable, so that other processes can do it."""

    def __call__(self, bench: Bench, index: int, tick: Tick) -> Found: ...


def over_blocks(
    bench: Bench, made: OfBlock[Found], workers: int, told: Callable[[int], None], ticks: int
) -> Iterator[Found]:
    """What `made` finds in every block, in order; `told` of how many of its `ticks` a block are done.

    The same numbers come out for any number of workers.
    """
    blocks = range(bench.plan.blocks)
    if workers <= 1 or len(blocks) == 1:
        for index in blocks:
            yield made(bench, index, partial(told, 1))
        return
    with bench.pool(min(workers, len(blocks))) as pool:
        for task in submitted(pool, partial(_of_block, made), blocks):
            yield task.result()
            told(ticks)


def _of_block(made: OfBlock[Found], index: int) -> Found:
    return made(bench_of_worker(), index, lambda: None)
