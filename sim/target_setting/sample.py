"""The draws that target values are read from: every indicator of one scenario by year, on the draws of a bench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.experiment.bench import Asked, Bench, Judged
from sim.experiment.measurement import COMPUTED
from sim.experiment.plan import Plan
from sim.indicators.catalogue import INDICATORS, missing_of
from sim.randomness import Array
from sim.region.pack import Pack
from sim.target_setting.periods import Period, counted


@dataclass(frozen=True, slots=True)
class Sample:
    """One scenario's draws: `yearly` (draw,) by indicator and year, and the plan's targets judged draw by draw."""

    yearly: Mapping[Asked, Array]
    judged: Judged

    def of(self, period: Period) -> Array:
        """The quantity of a period in every draw."""
        return counted(period.kind, [self.yearly[(period.indicator, year)] for year in period.years])

    def has(self, period: Period) -> bool:
        """Whether every year of a period is there."""
        return all((period.indicator, year) in self.yearly for year in period.years)


def evaluable(pack: Pack) -> list[str]:
    """Indicators that the model computes and the pack has a baseline for, in the order of the registry."""
    return [name for name in COMPUTED if missing_of(INDICATORS[name], pack) is None]


def bench_of(plan: Plan, indicators: Sequence[str], last: int) -> Bench:
    """A bench of the plan that also measures indicators in every year after the base year, up to `last`."""
    years = range(plan.pack.base_year + 1, last + 1)
    return Bench(plan, tuple((name, year) for name in indicators for year in years))


def sample_of(bench: Bench, index: int) -> Sample:
    """The draws of one of the plan's scenarios."""
    (judged,) = bench.judge([bench.plan.scenarios[index]])
    yearly = dict(zip(bench.asked, judged.asked, strict=True))
    return Sample(yearly, judged)
