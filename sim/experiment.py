"""Run scenarios over many draws: blocks in order, chunks and workers, summaries that do not depend on either."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from types import MappingProxyType

import numpy as np

from sim.indicators import INDICATORS
from sim.randomness import BLOCK, SOURCES, Array
from sim.region import Pack
from sim.results import Difference, ScenarioResult
from sim.scenario_parts import Scenario
from sim.simulation import COMPUTED, Path, draw_block, simulate_scenarios
from sim.summaries import (
    EXACT_LIMIT,
    LEVELS,
    BlockCounts,
    ExactSummary,
    StreamingSummary,
    count_block,
    histogram_frame,
)
from sim.tallies import Tally, joint_of, tally_block, target_results
from sim.targets import Target, evaluate, status_of


def _read_only(values: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(values)


# Read-only mappings of packs and scenarios cannot travel to workers as they are.
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that determines the numbers of a run, and how it is carried out (chunk, workers)."""

    pack: Pack
    scenarios: tuple[Scenario, ...]
    targets: tuple[tuple[Target, ...], ...]  # for each scenario
    seed: int = 1
    draws: int = 20_000
    horizon: int = 2035
    sources: frozenset[str] = frozenset(SOURCES)
    chunk: int | None = None
    workers: int = 1
    keep: bool = False
    compare: bool = False

    @property
    def years(self) -> tuple[int, ...]:
        """Base year to horizon."""
        return tuple(range(self.pack.base_year, self.horizon + 1))

    @property
    def blocks(self) -> int:
        """Number of blocks of draws."""
        return -(-self.draws // BLOCK)


@dataclass(frozen=True, slots=True)
class ScenarioBlock:
    """What one scenario gives in one block: values or their histogram, and tallies of the targets."""

    values: Array | None  # (row, draw), rows are indicators by year and then targets
    counts: BlockCounts | None
    tally: Tally
    kept: dict[str, Array] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PairBlock:
    """Sums of paired differences to the first scenario: count, sum, sum of squares and wins by row."""

    total: Array
    squares: Array
    wins: Array


def evaluated(plan: Plan, index: int) -> list[Target]:
    """Targets of a scenario that can be evaluated."""
    return [
        t for t in plan.targets[index] if status_of(t, plan.horizon, plan.pack.benchmarks)[0] == "evaluated"
    ]


def common_targets(plan: Plan) -> list[Target]:
    """Targets of the first scenario that can be evaluated in every scenario."""
    ids = [{t.id for t in evaluated(plan, i)} for i in range(len(plan.scenarios))]
    return [t for t in evaluated(plan, 0) if all(t.id in other for other in ids)]


def run_block(
    plan: Plan, block: int, frames: Sequence[tuple[Array, Array]] | None
) -> tuple[list[ScenarioBlock], list[PairBlock]]:
    """Simulate one block of all scenarios. With `frames` values become histograms in the worker."""
    drawn = draw_block(plan.pack, plan.seed, block, plan.horizon, plan.sources)
    size = min(BLOCK, plan.draws - block * BLOCK) if plan.sources else 1
    paths = simulate_scenarios(plan.pack, plan.scenarios, drawn, keep_states=plan.keep)
    out: list[ScenarioBlock] = []
    rows: list[Array] = []
    for index, path in enumerate(paths):
        judging = evaluated(plan, index)
        outcomes = [evaluate(t, path.value, drawn.years) for t in judging]
        judged = np.stack([o.value[:size] for o in outcomes]) if outcomes else np.zeros((0, size))
        values = np.concatenate([path.values[:, :, :size].reshape(-1, size), judged])
        counts = None if frames is None else count_block(values, *frames[index])
        tally = tally_block(judging, outcomes, size, plan.years)
        kept = kept_draws(plan.pack, path, size) if plan.keep else {}
        out.append(ScenarioBlock(values if frames is None else None, counts, tally, kept))
        if plan.compare:
            by_id = {t.id: o.met[:size].astype(np.float64) for t, o in zip(judging, outcomes, strict=True)}
            met = [by_id[t.id][None] for t in common_targets(plan)]
            rows.append(np.concatenate([path.values[:, :, :size].reshape(-1, size), *met]))
    return out, [_pair(rows[0], other, plan) for other in rows[1:]] if plan.compare else []


def _directions(plan: Plan) -> Array:
    """1, -1 or 0 for every row that is compared: (row, 1)."""
    by_indicator = [float(INDICATORS[name].direction) for name in COMPUTED for _ in plan.years]
    return np.array([*by_indicator, *(1.0 for _ in common_targets(plan))])[:, None]


def _pair(first: Array, second: Array, plan: Plan) -> PairBlock:
    difference = second - first
    wins = (difference * _directions(plan) > 0.0).sum(axis=1).astype(np.float64)
    return PairBlock(difference.sum(axis=1), (difference * difference).sum(axis=1), wins)


def kept_draws(pack: Pack, path: Path, size: int) -> dict[str, Array]:
    """Arrays of `--keep-draws`, each (draw, year): indicators, and the accounts of every cell."""
    out = {name: path.values[i, :, :size].T for i, name in enumerate(COMPUTED)}
    for cell, name in enumerate(pack.cell_ids):
        series = {
            "value_added_real": [s.reporting.value_added_real for s in path.states],
            "value_added_nominal": [s.reporting.value_added_nominal for s in path.states],
            "capital": [s.capital.capital_before for s in path.states],
            "investment": [s.capital.investment for s in path.states],
            "depreciation": [s.capital.depreciation for s in path.states],
        }
        for quantity, values in series.items():
            out[f"{quantity}/{name}"] = np.stack([np.broadcast_to(v[cell], (v.shape[-1],))[:size] for v in values], 1)
        before = [path.states[0], *path.states[:-1]]
        out[f"contribution/{name}"] = np.stack(
            [
                100.0 * (n.reporting.value_added_real[cell] - b.reporting.value_added_real[cell])[:size]
                / b.reporting.gdp_real[:size]
                for n, b in zip(path.states, before, strict=True)
            ],
            1,
        )  # fmt: skip
    return out


def _tasks(plan: Plan) -> Iterator[tuple[int, ...]]:
    """Blocks that are handed out together: a chunk of draws, rounded up to whole blocks."""
    size = max(1, -(-(plan.chunk or BLOCK) // BLOCK))
    for start in range(0, plan.blocks, size):
        yield tuple(range(start, min(start + size, plan.blocks)))


def _run_task(plan: Plan, blocks: tuple[int, ...], frames: Sequence[tuple[Array, Array]] | None) -> list[
    tuple[list[ScenarioBlock], list[PairBlock]]
]:
    return [run_block(plan, block, frames) for block in blocks]


def _results(
    plan: Plan, frames: Sequence[tuple[Array, Array]] | None, progress: Progress
) -> Iterator[tuple[list[ScenarioBlock], list[PairBlock]]]:
    """Results of all blocks in order, from this process or from workers."""
    tasks = list(_tasks(plan))
    if plan.workers <= 1 or len(tasks) == 1:
        for blocks in tasks:
            for block in blocks:
                yield run_block(plan, block, frames)
                progress(min(BLOCK, plan.draws - block * BLOCK))
        return
    with ProcessPoolExecutor(plan.workers, mp_context=get_context("spawn")) as pool:
        # Only a few tasks ahead, so that memory stays flat however many draws are asked for.
        ahead = [pool.submit(_run_task, plan, blocks, frames) for blocks in tasks[: 2 * plan.workers]]
        for i in range(len(tasks)):
            done = ahead.pop(0).result()
            if i + 2 * plan.workers < len(tasks):
                ahead.append(pool.submit(_run_task, plan, tasks[i + 2 * plan.workers], frames))
            for block, result in zip(tasks[i], done, strict=True):
                yield result
                progress(min(BLOCK, plan.draws - block * BLOCK))


def run(plan: Plan, progress: Progress = lambda draws: None) -> tuple[tuple[ScenarioResult, ...], list[Difference]]:
    """Run all scenarios of a plan on the same draws.

    Returns a result for each scenario and, with `compare`, the paired differences to the first.
    The same bytes come out for any chunk and number of workers.
    """
    draws = plan.draws if plan.sources else 1
    exact = draws <= EXACT_LIMIT
    frames = None if exact else _frames(plan)
    summaries: list[ExactSummary | StreamingSummary] = []
    tallies: list[Tally] = []
    kept: list[list[dict[str, Array]]] = [[] for _ in plan.scenarios]
    pairs: list[PairBlock] = []
    done = 0
    for blocks, paired in _results(plan, frames, progress):
        size = blocks[0].tally.draws
        for i, block in enumerate(blocks):
            if len(summaries) <= i:
                rows = len(block.values) if block.values is not None else 0
                summaries.append(ExactSummary(rows, draws) if frames is None else StreamingSummary(*frames[i]))
                tallies.append(block.tally)
            else:
                tallies[i] = tallies[i].plus(block.tally)
            summary = summaries[i]
            if isinstance(summary, ExactSummary):
                assert block.values is not None
                summary.add(done, block.values)
            else:
                assert block.counts is not None
                summary.add_counts(block.counts, size)
            if plan.keep:
                kept[i].append(block.kept)
        pairs = paired if not pairs else [_plus(a, b) for a, b in zip(pairs, paired, strict=True)]
        done += size
    results = tuple(_result(plan, i, summaries[i], tallies[i], kept[i]) for i in range(len(plan.scenarios)))
    return results, _differences(plan, results, pairs, done) if plan.compare else []


def _frames(plan: Plan) -> list[tuple[Array, Array]]:
    """Frames of the histograms, from the first block."""
    blocks, _ = run_block(plan, 0, None)
    return [histogram_frame(block.values) for block in blocks if block.values is not None]


def _plus(a: PairBlock, b: PairBlock) -> PairBlock:
    return PairBlock(a.total + b.total, a.squares + b.squares, a.wins + b.wins)


def _result(
    plan: Plan, index: int, summary: ExactSummary | StreamingSummary, tally: Tally, kept: list[dict[str, Array]]
) -> ScenarioResult:
    scenario, years = plan.scenarios[index], plan.years
    rows = len(COMPUTED) * len(years)
    quantiles, means = summary.quantiles(), summary.mean()
    judged = evaluated(plan, index)
    whole = {name: np.concatenate([part[name] for part in kept]) for name in kept[0]} if kept else None
    return ScenarioResult(
        scenario=scenario.name,
        label=scenario.label,
        years=years,
        indicators=COMPUTED,
        levels=LEVELS,
        quantiles=quantiles[:, :rows].reshape(len(LEVELS), len(COMPUTED), len(years)),
        means=means[:rows].reshape(len(COMPUTED), len(years)),
        targets=target_results(plan.targets[index], judged, tally, quantiles[:, rows:], plan.horizon, plan.pack),
        joint=joint_of(judged, tally),
        kept=whole,
    )


def _differences(
    plan: Plan, results: Sequence[ScenarioResult], pairs: Sequence[PairBlock], draws: int
) -> list[Difference]:
    """Paired differences of every indicator and year, and of every target, to the first scenario."""
    out: list[Difference] = []
    rows: list[tuple[str, str, int]] = [("indicator", name, year) for name in COMPUTED for year in plan.years]
    rows += [("target", t.id, t.year) for t in common_targets(plan)]
    directions = _directions(plan)[:, 0]
    for result, pair in zip(results[1:], pairs, strict=True):
        mean = pair.total / draws
        variance = np.maximum(pair.squares / draws - mean * mean, 0.0) * draws / max(draws - 1, 1)
        error = np.sqrt(variance / draws)
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


