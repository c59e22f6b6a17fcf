"""Sweeps: many scenarios over one grid on the same draws, point by point, in this process or in several.

All points share their draws, which are made once for each process and kept. A point's numbers are those that
`run` gives for its scenario, whatever the number of workers and the order of the points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import numpy as np

from sim.errors import InputError, Problem, unknown_name
from sim.experiment.drawing import Block
from sim.experiment.plan import Plan, evaluated
from sim.experiment.results import independent_draws, standard_error
from sim.experiment.shared import shared_block
from sim.experiment.simulation import simulate_scenarios
from sim.experiment.summaries import EXACT_LIMIT, LEVELS, ExactSummary, StreamingSummary, count_block, histogram_frame
from sim.experiment.tallies import judged_outcomes
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.randomness import Array
from sim.reading.source import YamlSource, read_tolerant, validation
from sim.region.pack import Pack
from sim.scenario.files import locate_parent
from sim.scenario.load import load_scenario
from sim.scenario.parts import Scenario
from sim.sweep.spec import Axis, Grid, SweepFile, read_axes, sweep_label
from sim.targets import Target, read_targets, status_of, with_scenario_targets
from sim.targets.rules import labels_of, target_rules

#: What is kept of every target at a point, in this order.
MEASURES = ("probability", "standard_error", "p10", "p50", "p90")
_QUANTILES = [LEVELS.index(level) for level in (0.10, 0.50, 0.90)]
#: Up to this many blocks of draws are kept by a process, about 65 MB each, 115 MB with a city and its parts.
BLOCKS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Sweep:
    """A sweep ready to run: the grid, the targets it asks about, and the plan that all its points share."""

    name: str
    label: Text
    question: str
    scenario: str
    grid: Grid
    targets: tuple[Target, ...]
    plan: Plan

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axes, the last running fastest."""
        return self.grid.axes


def read_sweep(
    path: FilePath,
    *,
    pack: Pack,
    scenarios: FilePath,
    draws: int | None = None,
    seed: int | None = None,
    horizon: int | None = None,
    as_of: int | None = None,
) -> Sweep:
    """The sweep of a file. `draws`, `seed` and `horizon` win over the file's and the scenario's own.

    `as_of` is the last year whose reported figures are used, the base year unless told.

    Raises InputError with every mistake in the file and in its base scenario.
    """
    source = read_tolerant(path)
    file, problems = validation(source, SweepFile)
    axes, wrong = read_axes(source)
    found = [*source.problems, *problems, *wrong]
    base = _base_scenario(source, pack, scenarios, horizon, found)
    chosen = () if base is None else _chosen_targets(source, base, pack, as_of, found)
    if found or file is None or base is None:
        raise InputError(found)
    plan = Plan(
        pack,
        (base,),
        (chosen,),
        seed=file.seed if seed is None else seed,
        draws=file.draws if draws is None else draws,
        horizon=base.horizon,
        as_of=pack.base_year if as_of is None else as_of,
    )
    label = sweep_label(file)
    return Sweep(file.name, label, file.question or "", file.scenario, Grid(base, axes), chosen, plan)


def _base_scenario(
    source: YamlSource, pack: Pack, folder: FilePath, horizon: int | None, problems: list[Problem]
) -> Scenario | None:
    written = source.data.get("scenario", "baseline") if isinstance(source.data, dict) else None
    if not isinstance(written, str):
        return None
    place = locate_parent(written, folder, source.path)
    if isinstance(place, Text):
        problems.append(source.problem(("scenario",), place))
        return None
    try:
        return load_scenario(
            str(place.resolve()),
            folder=folder,
            base_year=pack.base_year,
            horizon=horizon,
            cells=pack.cell_ids,
            indicators=list(INDICATORS),
            region=pack.id,
            labels=labels_of(pack),
            rules=target_rules(pack),
        )
    except InputError as error:
        problems.extend(error.problems)
        return None


def _chosen_targets(
    source: YamlSource, base: Scenario, pack: Pack, as_of: int | None, problems: list[Problem]
) -> tuple[Target, ...]:
    """Targets of the pack and the scenario that the file asks for; all that can be evaluated without a list."""
    known = with_scenario_targets(read_targets(pack), base.targets, base.name)
    status = {t.id: status_of(t, base.horizon, pack, as_of) for t in known}
    able = [t for t in known if status[t.id][0] == "evaluated"]
    if not able:
        text = Text("到预测期末没有任何目标可以测算概率", "no target has a probability by the horizon")
        problems.append(source.problem(("scenario",), text))
    asked = source.data.get("targets")
    if not isinstance(asked, list):
        return tuple(able)
    for place, name in enumerate(asked):
        if not isinstance(name, str):
            continue
        keys = ("targets", place)
        if name not in status:
            problems.append(source.problem(keys, unknown_name(name, [t.id for t in able])))
        elif status[name][0] != "evaluated":
            problems.append(source.problem(keys, _not_evaluated(status[name][1])))
        elif name in asked[:place]:
            problems.append(source.problem(keys, Text(f"“{name}”重复", f'"{name}" is there already')))
    return tuple(t for t in able if t.id in asked)


def _not_evaluated(reason: Text | None) -> Text:
    why = reason or Text("", "")
    return Text(f"该目标不能测算概率：{why.zh}", f"this target has no probability: {why.en}")


@dataclass(frozen=True, slots=True)
class PointResult:
    """What one point gives: `values` is (target, measure) in the order of MEASURES."""

    point: int
    values: Array


@dataclass(slots=True)
class _Gathering:
    """Values judged at one point, block after block, as `run` gathers them."""

    draws: int
    independent: int  # of the draws, those that count for errors
    met: Any = None  # (target,) counts
    summary: ExactSummary | StreamingSummary | None = None
    done: int = 0

    def add(self, values: Array, met: Array) -> None:
        if self.summary is None:
            exact = self.draws <= EXACT_LIMIT
            self.summary = (
                ExactSummary(len(values), self.draws) if exact else StreamingSummary(*histogram_frame(values))
            )
            self.met = np.zeros(len(values), dtype=np.int64)
        if isinstance(self.summary, ExactSummary):
            self.summary.add(self.done, values)
        else:
            counts = count_block(values, self.summary.start, self.summary.per_unit)
            self.summary.add_counts(counts, values.shape[1])
        self.met = self.met + met
        self.done += values.shape[1]

    def result(self, point: int) -> PointResult:
        assert self.summary is not None
        share = [int(count) / self.draws for count in self.met]
        errors = [standard_error(probability, self.independent) for probability in share]
        return PointResult(point, np.column_stack([share, errors, self.summary.quantiles()[_QUANTILES].T]))


@dataclass(slots=True)
class Evaluator:
    """Computes points of one sweep in one process and keeps the draws they share."""

    sweep: Sweep
    blocks: dict[int, Block] = field(default_factory=dict)

    def points(self, numbers: Sequence[int]) -> Iterator[PointResult]:
        """Results of some points in their order; each block of draws serves them all."""
        plan = self.sweep.plan
        judged = evaluated(plan, 0)
        independent = independent_draws(plan.draws, plan.posterior)
        gathered = [_Gathering(plan.draws, independent) for _ in numbers]
        for index in range(plan.blocks):
            block = self._block(index)
            for number, gathering in zip(numbers, gathered, strict=True):
                scenario = self.sweep.grid.scenario(number, plan.pack.base_year)
                (path,) = simulate_scenarios(plan.pack, (scenario,), block, False, sorted(plan.compared))
                outcomes = judged_outcomes(judged, path.value, block.years, block.draws.size)
                values = np.stack([outcome.value for outcome in outcomes])
                gathering.add(values, np.stack([outcome.met for outcome in outcomes]).sum(axis=1))
        for number, gathering in zip(numbers, gathered, strict=True):
            yield gathering.result(number)

    def _block(self, index: int) -> Block:
        if index in self.blocks:
            return self.blocks[index]
        block = shared_block(self.sweep.plan, index)
        if self.sweep.plan.blocks <= BLOCKS_KEPT:
            self.blocks[index] = block
        return block
