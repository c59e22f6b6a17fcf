"""The tornado of every target's probability: each input at two values, all simulations on the same draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import numpy as np

from sim.experiment.bench import Bench
from sim.experiment.plan import Plan
from sim.experiment.ranges import Sensitivity, moments_of, prior_normals, sensitivity_of
from sim.experiment.simulation import follow_scenarios
from sim.experiment.tallies import judged_outcomes
from sim.language import Text
from sim.parameters.priors import Z95, Prior
from sim.posterior.posterior import Posterior
from sim.randomness import Array
from sim.scenario.parts import Scenario
from sim.sensitivity.bars import Bar, Bools, Ints, bar_near, bar_of, counted
from sim.sensitivity.blocks import Tick, followed, over_blocks, trimmed
from sim.sensitivity.mixing import held_draws
from sim.sensitivity.screening import SIMULATED, Screened, Unknown, screened, unknowns_of
from sim.sensitivity.settings import Setting, lever_settings, world_settings
from sim.sensitivity.world import central_paths, likely_averages, world_of_block

#: Draws near a quantile, where nothing is simulated: half the width of the band of ranks, and the quantiles.
BAND, ENDS = 0.05, (0.1, 0.9)
Case = TypeVar("Case")
#: Told how much is done, and of how much.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: its input, the place of its target, and what came out."""

    setting: Setting
    target: int
    bar: Bar


@dataclass(frozen=True, slots=True)
class Tornado:
    """All bars; `unknowns` is how many priors were screened, `found` what the screening says of them."""

    rows: tuple[Row, ...]
    unknowns: tuple[Unknown, ...]
    found: Screened


def tornado(plan: Plan, workers: int, progress: Progress) -> Tornado:
    """The tornado of the plan's first scenario and its targets, all of which must be such as can be evaluated."""
    bench, known = Bench(plan), plan.known_until
    steps = _Steps(plan, progress)
    years = sorted({target.year for target in plan.targets[0]})
    after = [year for year in plan.years if year > known]
    seen = list(over_blocks(bench, world_of_block, workers, steps.told, 1))
    settings = lever_settings(plan.scenarios[0], after)
    settings += world_settings(plan.scenarios[0], central_paths(seen), likely_averages(seen, known + 1, years), after)
    steps.of = plan.blocks * (2 + 2 * len(settings) + 1 + 2 * SIMULATED)
    unknowns = unknowns_of(plan.pack)
    parts = list(over_blocks(bench, partial(_scenarios, settings), workers, steps.told, 1 + 2 * len(settings)))
    counts = sum((part[0] for part in parts[1:]), parts[0][0])
    sums = parts[0][1]
    for part in parts[1:]:
        sums = sums.plus(part[1])
    met = [int(counts[0, i, [2, 3, 6, 7]].sum()) for i in range(len(plan.targets[0]))]
    tied = _tied(plan.posterior)
    exact = [(unknown.play.part, unknown.play.name) not in tied for unknown in unknowns]
    found = screened(met, plan.draws, bench.independent, sums, exact)
    rows = [*_rows(plan, settings, counts, bench.independent)]
    place = {unknown.play.name: i for i, unknown in enumerate(unknowns)}
    looked_at = _of_unknowns(bench, [unknowns[i] for i in found.chosen], workers, steps)
    rows += [row for row in looked_at if found.told(row.target, place[row.setting.id])]
    progress(1, 1)
    return Tornado(tuple(rows), unknowns, found)


@dataclass(slots=True)
class _Steps:
    """Counts simulations over all passes."""

    plan: Plan
    progress: Progress
    done: int = 0
    of: int = 0

    def told(self, more: int) -> None:
        """So many more are done."""
        self.done += more
        if self.of:
            self.progress(min(self.done, self.of), self.of)


def paired_counts(
    judge: Callable[[Sequence[Case]], Iterator[Bools]], base: Case, pairs: Sequence[tuple[Case, Case]]
) -> tuple[Bools, Ints]:
    """What the base gives, (target, draw), and the counts of every pair beside it, (pair, target, 8).

    `judge` yields for every case, in order, which draws meet each target, (target, draw), always on the same draws.
    """
    met = judge([base, *(case for pair in pairs for case in pair)])
    usual = next(met)
    counts = [counted(low, usual, high) for low, high in zip(met, met, strict=True)]
    return usual, np.stack(counts) if counts else np.zeros((0, len(usual), 8), np.int64)


def _scenarios(settings: Sequence[Setting], bench: Bench, index: int, tick: Tick) -> tuple[Ints, Sensitivity]:
    """Counts of all settings made by scenarios, and the sums that screen the priors."""
    plan, block = bench.plan, bench.block(index)
    size = block.draws.size

    def judge(scenarios: Sequence[Scenario]) -> Iterator[Bools]:
        for path in follow_scenarios(plan.pack, scenarios, block, False, sorted(plan.compared)):
            outcomes = judged_outcomes(plan.targets[0], path.value, block.years, size)
            tick()
            yield np.stack([outcome.met for outcome in outcomes])

    ends = [setting.ends for setting in settings if setting.ends is not None]
    usual, counts = paired_counts(judge, plan.scenarios[0], ends)
    plays = [unknown.play for unknown in unknowns_of(plan.pack)]
    moments = moments_of(prior_normals(plays, block.draws, size))
    return counts, sensitivity_of(usual.astype(np.float64), moments)


def _rows(plan: Plan, settings: Sequence[Setting], counts: Ints, independent: int) -> Iterator[Row]:
    for setting, of_setting in zip(settings, counts, strict=True):
        for i, target in enumerate(plan.targets[0]):
            if setting.judges(target.year):
                yield Row(setting, i, bar_of(of_setting[i], independent))


def _of_unknowns(bench: Bench, chosen: Sequence[Unknown], workers: int, steps: _Steps) -> list[Row]:
    """Bars of priors: held at both ends, or, where the facts have tied them to others, from the draws as they are."""
    tied = _tied(bench.plan.posterior)
    free = [_held(one) for one in chosen if (one.play.part, one.play.name) not in tied]
    bound = [one for one in chosen if (one.play.part, one.play.name) in tied]
    out: list[Row] = []
    if free:
        parts = list(over_blocks(bench, partial(_helds, free), workers, steps.told, 1 + 2 * len(free)))
        out += _rows(bench.plan, free, sum(parts[1:], parts[0]), bench.independent)
    if bound:
        out += _near(bench, bound, workers, steps)
    return out


def _tied(posterior: Posterior | None) -> frozenset[tuple[str, str]]:
    """Streams that the facts have moved, whose values depend on each other."""
    if posterior is None or not posterior.components:
        return frozenset()
    return frozenset((score.source, score.stream) for score in posterior.scores)


def _held(unknown: Unknown) -> Setting:
    """A prior at its p10 and p90."""
    made = Setting(unknown.play.name, "prior", "prior", 0.0, 0.0, Text("", ""))
    return _valued(replace(made, key=(unknown.play.part, unknown.play.name)), unknown)


def _valued(setting: Setting, unknown: Unknown) -> Setting:
    """The setting with its values in the unit of the prior's line."""
    low, high = in_own_unit(unknown, np.array(setting.scores))
    unit = "公里" if unknown.prior is None else unknown.prior.unit
    return replace(setting, low=float(low), high=float(high), unit=Text(unit, unit))


def in_own_unit(unknown: Unknown, scores: Array) -> Array:
    """Values for standard normals, in the unit that the line of the prior is written in; kilometres of a length."""
    prior: Prior | None = unknown.prior
    if prior is None:
        low, high = unknown.length
        return (low + high) / 2.0 + (high - low) / 2.0 / Z95 * scores
    values = prior.value(scores)
    if prior.unit in ("%", "pp"):
        return 100.0 * values
    return 100.0 * np.expm1(values) if prior.unit == "growth %" else values


def _helds(settings: Sequence[Setting], bench: Bench, index: int, tick: Tick) -> Ints:
    """Counts of priors held at both ends."""
    plan, block = bench.plan, bench.block(index)
    pack = trimmed(plan, block)

    def judge(cases: Sequence[tuple[Setting, float] | None]) -> Iterator[Bools]:
        for case in cases:
            draws = block.draws
            if case is not None and case[0].key is not None:
                draws = held_draws(block.draws, case[0].key, case[1])
            tick()
            yield followed(plan, pack, draws).met

    return paired_counts(judge, None, [((s, s.scores[0]), (s, s.scores[1])) for s in settings])[1]


def _near(bench: Bench, bound: Sequence[Unknown], workers: int, steps: _Steps) -> list[Row]:
    """Bars of priors from the draws that rank near p10 and p90 of the posterior."""
    parts = list(over_blocks(bench, partial(_normals, bound), workers, steps.told, 1))
    met = np.concatenate([part[0] for part in parts], axis=1)
    normals = np.concatenate([part[1] for part in parts], axis=1)
    out = []
    for unknown, values in zip(bound, normals, strict=True):
        low, high = np.quantile(values, ENDS)
        made = Setting(
            unknown.play.name, "prior", "posterior", 0.0, 0.0, Text("", ""), scores=(float(low), float(high))
        )
        setting = _valued(made, unknown)
        bars = [bar_near(row, values, bench.independent, BAND, ENDS) for row in met]
        out += [Row(setting, i, bar) for i, bar in enumerate(bars)]
    return out


def _normals(bound: Sequence[Unknown], bench: Bench, index: int, tick: Tick) -> tuple[Bools, Array]:
    """Which draws meet each target, and the normals of some priors, (prior, draw)."""
    block = bench.block(index)
    met = followed(bench.plan, trimmed(bench.plan, block), block.draws).met
    tick()
    return met, prior_normals([unknown.play for unknown in bound], block.draws, block.draws.size)
