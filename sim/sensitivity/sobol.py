"""Sobol indices of indicators over groups of inputs, by pick and freeze on the simulator's own streams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.errors import SimError
from sim.experiment.bench import Asked, Bench
from sim.experiment.plan import Plan
from sim.experiment.results import independent_draws
from sim.language import Text
from sim.randomness import BLOCK, Array
from sim.sensitivity.blocks import Tick, followed, over_blocks, trimmed
from sim.sensitivity.estimators import Limits, bootstrap_limits, indices
from sim.sensitivity.mixing import grouped_draws, two_sets
from sim.sensitivity.streams import GROUPS, grouping_of

#: All draws are held at once: this many at most, some 400 MB.
MOST_DRAWS = 10 * BLOCK
RESAMPLES = 400
#: Why an indicator has no indices.
NO_BASELINE = Text("没有基数，无法推算", "no baseline, not computed")
NO_SPREAD = Text("各次模拟取值相同，没有波动可分", "the same in every draw: nothing to share out")


@dataclass(frozen=True, slots=True)
class Index:
    """An index with its 95 % limits."""

    value: float
    low: float
    high: float

    @property
    def distinguishable(self) -> bool:
        """Whether its limits leave zero out."""
        return self.low > 0.0

    @property
    def nothing(self) -> bool:
        """Whether not a single draw depends on the input."""
        return self.value == self.low == self.high == 0.0


@dataclass(frozen=True, slots=True)
class Decomposed:
    """An indicator in a year: first and total index of every group; `together` is what no group explains alone."""

    indicator: str
    year: int
    first: tuple[Index, ...]
    total: tuple[Index, ...]
    together: Index


@dataclass(frozen=True, slots=True)
class Sobol:
    """Indices over the groups that the simulation asks for; indicators left out with their reason."""

    draws: int
    groups: tuple[str, ...]
    rows: tuple[Decomposed, ...]
    left_out: tuple[tuple[Asked, Text], ...]


@dataclass(frozen=True, slots=True)
class Samples:
    """Values of outputs on both sets, (output, draw), and on the first with each group of the second, (group, …)."""

    groups: tuple[str, ...]
    first: Array
    second: Array
    mixed: Array


def sobol(plan: Plan, asked: Sequence[Asked], workers: int, progress: Callable[[int, int], None]) -> Sobol:
    """First and total indices of indicators in years; the plan's first scenario is simulated 2 + groups times."""
    plan = replace(plan, draws=min(plan.draws, MOST_DRAWS))
    bench = Bench(plan, tuple(asked))
    done, of = 0, plan.blocks * (2 + len(GROUPS))

    def told(more: int) -> None:
        nonlocal done
        done += more
        progress(min(done, of), of)

    parts = list(over_blocks(bench, _samples, workers, told, 2 + len(GROUPS)))
    samples = Samples(
        parts[0].groups,
        np.concatenate([part.first for part in parts], axis=1),
        np.concatenate([part.second for part in parts], axis=1),
        np.concatenate([part.mixed for part in parts], axis=2),
    )
    progress(of, of)
    return decomposed(asked, samples, plan.seed, independent_draws(plan.draws, plan.posterior))


def _samples(bench: Bench, index: int, tick: Tick) -> Samples:
    """One block: the first set of draws, the second, and the first with every group of the second in turn."""
    plan = bench.plan
    pack, size = trimmed(plan, bench.block(index)), min(BLOCK, plan.draws - index * BLOCK)
    bench.blocks.clear()  # the two sets take their place
    sets = two_sets(plan.seed, index, plan.sources, plan.posterior, grouping_of(plan.pack))
    follow = partial(followed, plan, pack, asked=bench.asked)
    usual = grouped_draws(sets, frozenset(), size)
    first = follow(usual).asked
    groups = tuple(group for group in GROUPS if group in usual.seen)
    tick()
    second = follow(grouped_draws(sets, frozenset(GROUPS), size)).asked
    tick()
    mixed = []
    for group in groups:
        mixed.append(follow(grouped_draws(sets, frozenset((group,)), size)).asked)
        tick()
    return Samples(groups, first, second, np.stack(mixed))


def decomposed(asked: Sequence[Asked], samples: Samples, seed: int, independent: int) -> Sobol:
    """Indices and limits of every output that has some spread."""
    kept, left_out = _usable(asked, samples)
    draws = samples.first.shape[1]
    if not kept:
        return Sobol(draws, samples.groups, (), tuple(left_out))
    a, b, ab = samples.first[kept], samples.second[kept], samples.mixed[:, kept]
    first, total = indices(a, b, ab)
    limits = bootstrap_limits(a, b, ab, RESAMPLES, seed)
    # Draws beyond a posterior's members repeat them: limits are as wide as those of the members alone.
    wider = float(np.sqrt(max(1.0, draws / independent)))
    rows = tuple(_row(asked[place], i, (first, total), limits, wider) for i, place in enumerate(kept))
    return Sobol(draws, samples.groups, rows, tuple(left_out))


def _usable(asked: Sequence[Asked], samples: Samples) -> tuple[list[int], list[tuple[Asked, Text]]]:
    kept, left_out = [], []
    for i, (name, year) in enumerate(asked):
        known: NDArray[np.bool_] = np.isfinite(samples.first[i])
        if known.any() and not known.all():
            raise SimError(f"{name} of {year} is not a number in {np.count_nonzero(~known)} of {len(known)} draws")
        if not known.all():
            left_out.append(((name, year), NO_BASELINE))
        elif np.ptp(samples.first[i]) == 0.0 and np.ptp(samples.second[i]) == 0.0:
            left_out.append(((name, year), NO_SPREAD))
        else:
            kept.append(i)
    return kept, left_out


def _row(asked: Asked, i: int, found: tuple[Array, Array], limits: Limits, wider: float) -> Decomposed:
    def index(value: float, both: Array) -> Index:
        low, high = (float(value + wider * (end - value)) for end in both)
        return Index(float(value), low, high)

    first = tuple(index(v, limits.first[:, i, k]) for k, v in enumerate(found[0][i]))
    total = tuple(index(v, limits.total[:, i, k]) for k, v in enumerate(found[1][i]))
    added = index(found[0][i].sum(), limits.added[:, i])
    return Decomposed(asked[0], asked[1], first, total, Index(1.0 - added.value, 1.0 - added.high, 1.0 - added.low))
