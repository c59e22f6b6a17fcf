"""Packages judged by the model: on draws of the search, a part of them for slopes, and fresh ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sim.experiment.bench import BLOCKS_KEPT, Bench, Judges
from sim.experiment.plan import Plan
from sim.randomness import BLOCK, Array
from sim.scenario.parts import Scenario
from sim.solve.levers import LAST_YEAR_ONLY, Span
from sim.solve.packaged import packaged
from sim.solve.signed import asked_of, companions, shortfalls
from sim.solve.space import Space
from sim.targets import Target

#: The search looks at no more draws than this; more make it no better, only the check is worth them.
SEARCH_DRAWS = BLOCK * BLOCKS_KEPT // 2
#: Scenarios judged by one process before it takes the next ones.
BATCH = 6


@dataclass(slots=True)
class BenchTrial:
    """A trial on benches: `few` draws with companions of the targets, `all` draws of the search, and `new` ones.

    count : told how many scenarios are judged.
    """

    base: Scenario
    base_year: int
    space: Space
    span: Span
    targets: tuple[Target, ...]
    few: Judges
    all: Bench
    new: Bench
    count: Callable[[int], None] = lambda number: None

    def shortfalls(self, changes: Sequence[Array]) -> list[Array]:
        """Signed shortfalls, (side, draw), on the few draws."""
        scenarios = self._scenarios(changes)
        batches = [scenarios[i : i + BATCH] for i in range(0, len(scenarios), BATCH)]
        out = []
        for judged in self.few.batches(batches):
            out += [shortfalls(self.targets, self.few.bench.targets, one) for one in judged]
            self.count(len(judged))
        return out

    def probabilities(self, changes: Sequence[Array]) -> list[float]:
        """Share of draws of the search that meet all targets."""
        return self._share(self.all, changes)

    def fresh(self, changes: Sequence[Array]) -> list[float]:
        """Share of fresh draws that meet all targets."""
        return self._share(self.new, changes)

    def _share(self, bench: Bench, changes: Sequence[Array]) -> list[float]:
        out = []
        for scenario in self._scenarios(changes):  # one by one: memory stays that of one
            (judged,) = bench.judge([scenario])
            out.append(judged.joint(range(len(self.targets))))
            self.count(1)
        return out

    def _scenarios(self, changes: Sequence[Array]) -> list[Scenario]:
        return [packaged(self.base, self.named(change), self.span, self.base_year) for change in changes]

    def named(self, change: Array) -> Mapping[str, float]:
        """A change by lever."""
        return {name: float(amount) for name, amount in zip(self.space.names, change, strict=True) if amount}


def search_horizon(plan: Plan, span: Span) -> int:
    """The last year that has to be simulated: that of the targets, unless the scenario sets what counts at the end."""
    return plan.horizon if LAST_YEAR_ONLY in plan.scenarios[0].levers else span.last


@contextmanager
def bench_trial(
    plan: Plan, targets: Sequence[Target], space: Space, span: Span, fresh_seed: int,
    count: Callable[[int], None] = lambda number: None,
) -> Iterator[BenchTrial]:  # fmt: skip
    """A trial of packages on the plan's first scenario; its processes end with the block."""
    last = search_horizon(plan, span)
    base = replace(plan.scenarios[0], horizon=last)
    chosen = tuple(targets)
    known = replace(plan, scenarios=(base,), targets=(chosen,), horizon=last, draws=min(plan.draws, SEARCH_DRAWS))
    every = Bench(known)
    beside = tuple(one for target in chosen for one in companions(target))
    part = replace(known, targets=((*chosen, *beside),), draws=min(plan.draws, BLOCK))
    few = Bench(part, asked_of(chosen), every.blocks if plan.workers <= 1 else {})
    new = Bench(replace(known, seed=fresh_seed, draws=plan.draws))
    try:
        with few.with_workers(plan.workers) as judges:
            yield BenchTrial(base, plan.pack.base_year, space, span, chosen, judges, every, new, count)
    finally:
        for bench in (few, every, new):  # the draws are large, and a run comes next
            bench.blocks.clear()
