"""The table of target values: one row for each indicator, year and scenario, with what stands behind its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sim.indicators.catalogue import INDICATORS
from sim.randomness import Array
from sim.region.pack import Pack
from sim.target_setting.chances import Chance, Event, Judge
from sim.target_setting.choice import Chosen
from sim.target_setting.history import Measure, history
from sim.target_setting.offers import Offer, offers
from sim.target_setting.periods import PLAN_YEARS, Kind, Period, period_of
from sim.target_setting.reach import medians, meets, near, percentile
from sim.target_setting.sample import Sample
from sim.target_setting.superior import Superior, superiors
from sim.target_setting.wording import Case, Suggestion, suggested
from sim.targets import Known, Target, known
from sim.targets.outcome import ROUND_OFF

#: Draws whose end lies this near the number suggested (in probability, either side) tell the way there.
WIDTH = 0.05
EXPECTED = 0.70
#: How a period that is over is looked up among published figures.
MEASURES: Mapping[Kind, Measure] = {"average": "average", "reduction": "reduction", "sum": "amount"}
#: Unit of indices that the model makes itself.
INDEX = "2020年=100"
#: What incomes are to keep step with.
ECONOMY = "gdp_growth"


@dataclass(frozen=True, slots=True)
class Base:
    """The quantity in the year that the plan starts from: reported, or the median of the draws.

    For sums, reductions and averages the same over the years of the plan before: `first` to `year`.
    """

    first: int
    year: int
    value: float
    reported: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """The last plan's target carried on: its words, which draws meet it, and its chance."""

    text: str
    met: Array = field(repr=False, compare=False)
    chance: Chance | None = None


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One indicator in one year under one scenario.

    level : values of the year itself; plan : as a plan counts them (the same object for a level); path : years and
    medians of the draws that end near the suggested number, or near the expected value without one; old : what the
    last plan asked for, verbatim, and the chance of it now; last : the last reported figure and its year.
    """

    chosen: Chosen
    scenario: str
    year: int
    level: Offer
    plan: Offer
    base: Base | None
    last: tuple[int, Known] | None
    above: tuple[Superior, ...]
    suggestion: Suggestion
    chance: Chance | None
    old: Carried | None
    path: tuple[tuple[int, float], ...]
    grade: str
    values: Array = field(repr=False, compare=False, default_factory=lambda: np.zeros(0))

    @property
    def unit(self) -> str:
        """Unit of the indicator."""
        return INDICATORS[self.chosen.indicator].unit

    @property
    def less(self) -> bool:
        """Whether less is better."""
        return INDICATORS[self.chosen.indicator].direction < 0


def value_rows(
    judge: Judge, sample: Sample, chosen: Sequence[Chosen], years: Sequence[int], base: int, scenario: str
) -> list[ValueRow]:
    """Rows of one scenario: by year, then in the order of the indicators."""
    pack, as_of = judge.bench.plan.pack, judge.bench.plan.known_until
    wanted = [(one, year) for year in years for one in chosen]
    periods = [period_of(one.indicator, year, base) for one, year in wanted]
    levels = [Period(one.indicator, "level", year, year) for one, year in wanted]
    less = [INDICATORS[one.indicator].direction < 0 for one, _ in wanted]
    distinct = dict.fromkeys([*levels, *periods])
    worse = {period.indicator: side for period, side in zip(levels, less, strict=True)}
    made = offers(judge, [(period, sample.of(period), worse[period.indicator]) for period in distinct])
    found = dict(zip(distinct, made, strict=True))
    rows = [
        _row(pack, as_of, sample, one, scenario, found[level], found[period], base)
        for (one, _), level, period in zip(wanted, levels, periods, strict=True)
    ]
    return _with_chances(judge, rows)


def _row(
    pack: Pack, as_of: int, sample: Sample, one: Chosen, scenario: str, level: Offer, plan: Offer, base: int
) -> ValueRow:
    values, period = sample.of(plan.period), plan.period
    start = _base(pack, as_of, sample, period, base)
    above = superiors(pack, period)
    last = _last(pack, one.indicator, as_of)
    suggestion = suggested(_case(one, plan, values, start, above, last))
    return ValueRow(
        chosen=one,
        scenario=scenario,
        year=period.year,
        level=level,
        plan=plan,
        base=start,
        last=last,
        above=above,
        suggestion=suggestion,
        chance=None,
        old=_carried(one, period, values, sample),
        path=_path(sample, period, values, base, INDICATORS[one.indicator].direction < 0, suggestion.value),
        grade="",
        values=values,
    )


def _case(
    one: Chosen, plan: Offer, values: Array, base: Base | None, above: Sequence[Superior],
    last: tuple[int, Known] | None,
) -> Case:  # fmt: skip
    item = INDICATORS[one.indicator]
    less = item.direction < 0
    safe, expected, middle, ambitious = plan.values
    return Case(
        indicator=one.indicator,
        kind=plan.period.kind,
        unit=item.unit,
        direction=item.direction,
        safe=safe,
        expected=expected,
        middle=middle,
        ambitious=ambitious,
        likely=lambda threshold: float(meets(values, threshold, less).mean()),
        base=base.value if base is not None and plan.period.kind == "level" else None,
        index=item.unit == INDEX,
        binding=one.binding,
        kept=one.kept,
        above=next((target.value for target in above if target.value is not None), None),
        years=len(plan.period.years),
        last=None if last is None or plan.period.kind != "level" else (last[0], last[1].value),
    )


def _base(pack: Pack, as_of: int, sample: Sample, period: Period, base: int) -> Base | None:
    """The same quantity where the plan starts: of its base year, or of the plan before."""
    if period.kind == "level":
        found = known(pack, period.indicator, base) if base <= as_of else None
        if found is not None:
            return Base(base, base, found.value, True)
        before = Period(period.indicator, "level", base, base)
    else:
        before = Period(period.indicator, period.kind, base - PLAN_YEARS + 1, base)
        done = _reported(pack, before) if base <= as_of else None
        if done is not None:
            return Base(before.first, base, done, True)
    return Base(before.first, base, float(np.median(sample.of(before))), False) if sample.has(before) else None


def _reported(pack: Pack, period: Period) -> float | None:
    """An average, a reduction or a sum of years that are over: as it was published, or of every year's figure."""
    length, unit = len(period.years), INDICATORS[period.indicator].unit
    found = history(pack, period.indicator, MEASURES[period.kind], length, period.year, pack.id, unit).windows
    value = next((one.value for one in found if (one.first, one.last) == (period.first, period.year)), None)
    if value is None or period.kind == "average":
        return value
    return value * length if period.kind == "sum" else 100.0 * (1.0 - (1.0 - value / 100.0) ** length)


def _last(pack: Pack, indicator: str, as_of: int) -> tuple[int, Known] | None:
    """The last reported figure up to the cut-off."""
    found = ((year, known(pack, indicator, year)) for year in range(as_of, pack.base_year - 1, -1))
    return next(((year, figure) for year, figure in found if figure is not None), None)


def _carried(one: Chosen, period: Period, values: Array, sample: Sample) -> Carried | None:
    """The plan's row read for the new years; None where it counts something else or has no number."""
    row = next((t for t in one.targets if t.row is not None and t.reading_of is None), None)
    if row is None:
        return None
    short = _short_of(row, period, values, sample)
    return None if short is None else Carried(row.target_text, np.asarray(short <= ROUND_OFF, dtype=np.float64))


def _short_of(row: Target, period: Period, values: Array, sample: Sample) -> Array | None:
    """How far the draws fall short of a target read for a period."""
    tolerance = row.tolerance or 0.0
    if row.operator == "in_step" and period.kind == "average":
        economy = Period(ECONOMY, period.kind, period.first, period.year)
        return sample.of(economy) + (row.margin or 0.0) - tolerance - values if sample.has(economy) else None
    if row.operator == "cumulative":
        years = row.year - (row.first_year or row.year) + 1
        return (row.value or 0.0) - values if period.kind == "sum" and len(period.years) == years else None
    if row.value is None or row.operator not in (">=", "<=", "about") or period.kind in ("sum", "reduction"):
        return None
    return values - row.value if row.operator == "<=" else row.value - tolerance - values


def _path(
    sample: Sample, period: Period, values: Array, base: int, less: bool, wanted: float | None
) -> tuple[tuple[int, float], ...]:
    """Medians by year of the draws that end near what is suggested, or near the expected value without a number.

    What a bureau divides among the years then ends at the number that it wrote.
    """
    share = EXPECTED if wanted is None else 1.0 - percentile(values, wanted, less)
    places = near(values, share, WIDTH, less)
    years = [year for year in range(base + 1, period.year + 1) if (period.indicator, year) in sample.yearly]
    rows = [sample.yearly[(period.indicator, year)] for year in years]
    return tuple(zip(years, medians(rows, places), strict=True))


def _with_chances(judge: Judge, rows: Sequence[ValueRow]) -> list[ValueRow]:
    """The rows with the probability of what they suggest, and of the last plan's target."""
    asked: list[tuple[int, Event]] = []
    for i, row in enumerate(rows):
        threshold = row.suggestion.threshold
        if threshold is not None:
            met = meets(row.values, threshold + (ROUND_OFF if row.less else -ROUND_OFF), row.less)
            asked.append((i, Event(met, row.chosen.indicator, row.year, row.plan.random)))
    suggestions = len(asked)
    asked += [
        (i, Event(row.old.met, row.chosen.indicator, row.year, row.plan.random))
        for i, row in enumerate(rows)
        if row.old is not None
    ]
    out = [replace(row, grade=judge.grade(row.chosen.indicator, row.year)) for row in rows]
    for place, ((i, _), chance) in enumerate(zip(asked, judge.chances([event for _, event in asked]), strict=True)):
        old = out[i].old
        if place < suggestions:
            out[i] = replace(out[i], chance=chance)
        elif old is not None:
            out[i] = replace(out[i], old=Carried(old.text, np.zeros(0), chance))
    return out
