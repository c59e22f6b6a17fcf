"""Paired effects of one step, with their Monte Carlo error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.drawing import Block
from sim.experiment.measurement import COMPUTED
from sim.experiment.simulation import Path, simulate_scenarios
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.lever_effects.steps import central_world, pair_of
from sim.levers.catalogue import ENTRIES, LEVERS
from sim.randomness import Array
from sim.region.pack import Pack

#: Indicators whose effect is recorded of every lever that moves them, beside those it is meant to move.
HEADLINES = (
    "gdp_growth", "gdp_real", "manufacturing_share", "marine_share", "services_share", "trade_total", "fdi",
    "fixed_asset_investment_growth", "budget_revenue", "household_income", "population", "new_urban_jobs",
    "energy_use", "co2_intensity_reduction_cumulative",
)  # fmt: skip
#: Years whose effect is recorded.
YEARS = (2025, 2030, 2035)
#: Units whose differences are shown as they are, and what they are called; others are shown in percent of the level.
AS_THEY_ARE = {"%": Text("百分点", "points"), "岁": Text("岁", "years"), "年": Text("年", "years")}
PERCENT = Text("%", "%")


@dataclass(frozen=True, slots=True)
class Effect:
    """What one step does to an indicator in a year: mean over the draws and its Monte Carlo standard error.

    In points where the indicator is in percent, else in percent of the mean level without the step.
    """

    lever: str
    indicator: str
    year: int
    mean: float
    standard_error: float


def effect_unit(indicator: str) -> Text:
    """Whether an effect is in points or in percent of the level."""
    return AS_THEY_ARE.get(INDICATORS[indicator].unit, PERCENT)


def indicators_of(id_: str) -> tuple[str, ...]:
    """Indicators whose effect is recorded: those it is meant to move, then the headlines it may reach."""
    entry = ENTRIES[id_]
    wanted = (*entry.moves, *(name for name in HEADLINES if name in entry.reaches))
    return tuple(name for name in wanted if name in COMPUTED)


def difference(before: Path, after: Path, indicator: str) -> Array:
    """Paired differences, (year, draw), in the unit of `effect_unit`; NaN where the indicator has no value."""
    one, two = before.value(indicator), after.value(indicator)
    if effect_unit(indicator) is not PERCENT:
        return two - one
    mean = one.mean(axis=1, keepdims=True)
    level: Array = np.full_like(one, np.nan)
    np.divide(100.0 * (two - one), mean, out=level, where=mean != 0.0)
    return level


def measured(pack: Pack, block: Block, ids: Iterable[str] = ENTRIES, amount: float | None = None) -> Iterator[Effect]:
    """Yield the effects of one step of each lever or assumption in the years recorded; nothing where there is none.

    `amount` stands for the step of the catalogue. Every pair is run on the draws of `block`.
    """
    years = block.years[1:]
    central = central_world(pack, years[-1])
    usual: Path | None = None
    for id_ in ids:
        step = ENTRIES[id_].step if amount is None else amount
        without, with_ = pair_of(id_, step, years, central)
        if id_ in LEVERS:
            usual = usual or simulate_scenarios(pack, [without], block, keep_states=False)[0]
            (after,) = simulate_scenarios(pack, [with_], block, keep_states=False)
            yield from _effects(id_, usual, after, block.years)
        else:
            before, after = simulate_scenarios(pack, [without, with_], block, keep_states=False)
            yield from _effects(id_, before, after, block.years)


def _effects(id_: str, before: Path, after: Path, years: Sequence[int]) -> Iterator[Effect]:
    for indicator in indicators_of(id_):
        moved, level = difference(before, after, indicator), before.value(indicator)
        for t in (years.index(year) for year in YEARS if year in years):
            row = moved[t]
            if np.isfinite(row).all() and row.any():
                # In percent the level is itself a mean over the draws: the error is that of a ratio.
                of_level = row.mean() * level[t] / level[t].mean() if effect_unit(indicator) is PERCENT else row.mean()
                error = float((row - of_level).std(ddof=1) / np.sqrt(row.size)) if row.size > 1 else 0.0
                yield Effect(id_, indicator, years[t], float(row.mean()), error)
