"""One block of draws of a run: values or their histograms, tallies of targets, paired differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sim.experiment.drawing import draw_block
from sim.experiment.measurement import COMPUTED, shown_pack
from sim.experiment.plan import Plan, common_to, evaluated
from sim.experiment.ranges import moments_of, prior_normals, priors_in_play
from sim.experiment.simulation import Path, follow_scenarios
from sim.experiment.summaries import BlockCounts, count_block, joined_counts
from sim.experiment.tallies import Tally, judged_outcomes, tally_block
from sim.growth_accounting.sums import PointSums
from sim.indicators.catalogue import INDICATORS
from sim.randomness import BLOCK, Array
from sim.region.pack import Pack

#: Lower end and bins per unit of the histograms of a scenario's rows.
Frame = tuple[Array, Array]
#: Rows that are compared at a time: what is between two paths and their sums stays in the cache.
ROWS_TOGETHER = 32


@dataclass(frozen=True, slots=True)
class ScenarioBlock:
    """What one scenario gives in one block.

    values : two parts, (row, draw): indicators by year, and the quantities that targets judge; None once they
    are counted. counts : their histograms; growth : sums of contributions to growth, None when not asked for.
    """

    values: tuple[Array, Array] | None
    counts: BlockCounts | None
    tally: Tally
    kept: dict[str, Array] = field(default_factory=dict)
    growth: PointSums | None = None

    def counted(self, frame: Frame) -> ScenarioBlock:
        """The same with histograms in the place of values."""
        assert self.values is not None
        indicators, judged = self.values
        rows = len(indicators)
        start, per_unit = frame
        parts = (
            count_block(indicators, start[:rows], per_unit[:rows]),
            count_block(judged, start[rows:], per_unit[rows:]),
        )
        return replace(self, values=None, counts=joined_counts(*parts))


@dataclass(frozen=True, slots=True)
class PairBlock:
    """Sums of paired differences to the first scenario, by row: sum, sum of squares, draws that do better."""

    total: Array
    squares: Array
    wins: Array

    def plus(self, other: PairBlock) -> PairBlock:
        """Sums of this and a later block."""
        return PairBlock(self.total + other.total, self.squares + other.squares, self.wins + other.wins)


#: Scenarios of one block, and the others paired with the first.
Blocks = tuple[list[ScenarioBlock], list[PairBlock]]


def run_block(plan: Plan, block: int, frames: Sequence[Frame] | None) -> Blocks:
    """Simulate one block of all scenarios. With `frames` values become histograms where they were made."""
    drawn = draw_block(plan.pack, plan.seed, block, plan.horizon, plan.sources, plan.posterior)
    size = min(BLOCK, plan.draws - block * BLOCK) if plan.sources else 1
    moments = moments_of(prior_normals(priors_in_play(plan.pack), drawn.draws, size))
    accounted = size if plan.accounting else 0
    paths = follow_scenarios(plan.pack, plan.scenarios, drawn, plan.keep, sorted(plan.compared), accounted)
    judged_by = [evaluated(plan, index) for index in range(len(plan.scenarios))]
    common = common_to(judged_by) if plan.compare else []
    directions = compared_directions(plan.years, len(common))
    out: list[ScenarioBlock] = []
    pairs: list[PairBlock] = []
    first: tuple[Array, Array] | None = None
    for index, path in enumerate(paths):
        judging = judged_by[index]
        outcomes = judged_outcomes(judging, path.value, drawn.years, size)
        judged = np.stack([o.value[:size] for o in outcomes]) if outcomes else np.zeros((0, size))
        indicators = path.values[:, :, :size].reshape(-1, size)
        tally = tally_block(judging, outcomes, size, plan.years, moments)
        kept = kept_draws(plan.pack, path, size) if plan.keep else {}
        made = ScenarioBlock((indicators, judged), None, tally, kept, path.growth)
        out.append(made if frames is None else made.counted(frames[index]))
        if plan.compare:
            met = {t.id: o.met[:size] for t, o in zip(judging, outcomes, strict=True)}
            rows = [met[t.id].astype(np.float64) for t in common]
            rows_compared = (indicators, np.stack(rows) if rows else np.zeros((0, size)))
            pairs += [] if first is None else [_pair(first, rows_compared, directions)]
            first = first or rows_compared
    return out, pairs


def compared_directions(years: Sequence[int], targets: int) -> Array:
    """1, -1 or 0 for every row that is compared, so many targets last: (row, 1)."""
    by_indicator = [float(INDICATORS[name].direction) for name in COMPUTED for _ in years]
    return np.array([*by_indicator, *(1.0 for _ in range(targets))])[:, None]


def _pair(first: tuple[Array, Array], second: tuple[Array, Array], directions: Array) -> PairBlock:
    out = np.empty((3, len(directions)))
    row = 0
    for one, other in zip(first, second, strict=True):
        for start in range(0, len(one), ROWS_TOGETHER):
            difference = other[start : start + ROWS_TOGETHER] - one[start : start + ROWS_TOGETHER]
            rows = slice(row, row + len(difference))
            out[0, rows] = difference.sum(axis=1)
            out[2, rows] = (difference * directions[rows] > 0.0).sum(axis=1)
            out[1, rows] = np.square(difference, out=difference).sum(axis=1)
            row += len(difference)
    return PairBlock(out[0], out[1], out[2])


def kept_draws(pack: Pack, path: Path, size: int) -> dict[str, Array]:
    """Arrays of `--keep-draws`, each (draw, year): indicators, and the accounts of every cell."""
    out = {name: path.values[i, :, :size].T for i, name in enumerate(COMPUTED)}
    for cell, name in enumerate(shown_pack(pack).cell_ids):
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
