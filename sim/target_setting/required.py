"""From the last reported figure to a target: what each year must bring, what history knows of it, what the draws say.

What is needed comes from the mid-term evaluation (`sim.midterm`) where it speaks to the target; single years and
averages counted from a later year are added here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sim.language import Text
from sim.midterm import Needed, midterm_row, needed
from sim.midterm.needed import needed_growth, needed_sum
from sim.randomness import Array
from sim.region.pack import Pack
from sim.target_setting.chances import Chance, Event, Judge
from sim.target_setting.history import History, Measure, history
from sim.target_setting.periods import Kind, Period, kind_of
from sim.target_setting.proposed import Proposal, gap_of
from sim.target_setting.sample import Sample
from sim.target_setting.superior import TOTALS, levels_above
from sim.targets import Target, known, status_of
from sim.targets.comparable import VOLUMES
from sim.targets.known import SINCE_BASE, average_growth
from sim.targets.outcome import ROUND_OFF

#: Quantiles of what the draws bring a year.
QUANTILES = (0.1, 0.5, 0.9)
#: Operators of which a number can be told for each year.
TOLD = (">=", "<=", "about", "between", "cumulative", "change")
_MEASURES: dict[str, Measure] = {
    "growth": "growth", "points": "change", "change": "change", "average": "average", "amount": "amount",
}  # fmt: skip
_OF_KIND: dict[Kind, Measure] = {"average": "average", "reduction": "reduction", "sum": "amount"}


@dataclass(frozen=True, slots=True)
class Start:
    """The last figure that counts, or what the years from `first` on have brought; why later figures do not count."""

    first: int
    year: int
    value: float | None
    facts: tuple[str, ...]
    remarks: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class RequiredPath:
    """One target and the way to it. Without `needed` there is a `reason`, and history and model stay silent.

    wanted : the number that just meets the target; needed : a year from here; measure : how it and the windows are
    measured; model : quantiles (10, 50, 90 %) of what the draws bring a year over the same years; chance : of
    reaching the target; basis : at which prices.
    """

    target: Target
    status: str
    reason: Text | None
    less: bool
    start: Start | None = None
    wanted: float | None = None
    needed: Needed | None = None
    measure: Measure | None = None
    histories: tuple[History, ...] = ()
    model: tuple[float, ...] = ()
    chance: Chance | None = None
    basis: Text | None = None

    @property
    def years(self) -> int:
        """Years left."""
        return 0 if self.needed is None else self.needed.last - self.needed.first + 1


def required_paths(judge: Judge, sample: Sample, given: Sequence[Proposal]) -> list[RequiredPath]:
    """The paths to targets; of those that the draws can be held against, with what they say."""
    plan = judge.bench.plan
    paths = [_path(one, plan.pack, plan.known_until, plan.horizon) for one in given]
    places = {target.id: place for place, target in enumerate(judge.bench.targets)}
    events, rows = [], []
    for i, (path, one) in enumerate(zip(paths, given, strict=True)):
        if one.period is not None and path.status == "evaluated":
            value = sample.of(one.period)
            gap = gap_of(path.target, value)
        elif path.target.id in places:
            gap, value = (part[places[path.target.id]] for part in (sample.judged.gap, sample.judged.value))
        else:
            continue
        met = (gap <= ROUND_OFF).astype(np.float64)
        events.append(Event(met, path.target.indicator, path.target.year, bool(value.min() < value.max())))
        rows.append(i)
    chances = dict(zip(rows, judge.chances(events), strict=True))
    return [_judged(path, plan.pack, plan.known_until, sample, chances.get(i)) for i, path in enumerate(paths)]


def _path(one: Proposal, pack: Pack, as_of: int, horizon: int) -> RequiredPath:
    target = one.target
    status, reason = status_of(target, horizon, pack, as_of)
    less = target.operator == "<="
    if status not in ("evaluated", "beyond_horizon"):
        return RequiredPath(target, status, reason, less)
    if target.operator not in TOLD:
        words = Text("目标没有固定数值（相对或方向），不能折成每年的数", "no fixed number: relative, or a direction")
        return RequiredPath(target, status, words, less)
    wanted = _wanted(target)
    start, asked, measure = _asked(one, pack, as_of, wanted)
    if asked is None or measure is None:
        missing = Text("没有可用作起点的公布数", "no reported figure to start from")
        return RequiredPath(target, status, missing, less, start, wanted)
    return RequiredPath(
        target, status, None, less, start, wanted, asked, measure, basis=basis_of(target.indicator, measure)
    )


def _wanted(target: Target) -> float:
    """The number that just meets a target; of a change, what is added."""
    tolerance = target.tolerance or 0.0 if target.operator == "about" else 0.0
    return (target.value or 0.0) - tolerance


def _asked(one: Proposal, pack: Pack, as_of: int, wanted: float) -> tuple[Start | None, Needed | None, Measure | None]:
    """The start, what is needed a year, and how it is measured."""
    target, name = one.target, one.target.indicator
    if one.period is not None:
        if one.period.kind == "sum":
            return _summed(target, pack, as_of, wanted)
        reduced = one.period.kind == "reduction"
        return (_reduced if reduced else _averaged)(target, pack, as_of, wanted, name)
    if name == "gdp_growth_average":
        return _averaged(target, pack, as_of, wanted, "gdp_growth")
    if name in SINCE_BASE and name.endswith("_intensity_reduction_cumulative"):
        return _reduced(target, pack, as_of, wanted, SINCE_BASE[name][0])
    if kind_of(name) in ("average", "reduction") or (kind_of(name) == "sum" and target.operator != "cumulative"):
        return _single_year(target, pack, as_of, wanted)
    return _of_midterm(target, pack, as_of)


def _known(pack: Pack, indicator: str, years: range) -> tuple[list[float], list[str]]:
    """Figures of the years from the first on, up to the first that is not reported."""
    values: list[float] = []
    facts: list[str] = []
    for year in years:
        found = known(pack, indicator, year)
        if found is None:
            break
        values.append(found.value)
        facts += [fact.id for fact in found.facts]
    return values, facts


def _averaged(
    target: Target, pack: Pack, as_of: int, wanted: float, yearly: str
) -> tuple[Start, Needed | None, Measure]:
    """Average growth since a year: what the years left must average."""
    first = target.first_year or pack.base_year + 1
    rates, facts = _known(pack, yearly, range(first, min(as_of, target.year) + 1))
    year = first + len(rates) - 1
    done = average_growth(rates) if rates else None
    return Start(first, year, done, tuple(facts)), needed_growth(rates, wanted, year, target.year), "average"


def _reduced(
    target: Target, pack: Pack, as_of: int, wanted: float, yearly: str
) -> tuple[Start, Needed | None, Measure]:
    """A reduction since a year: what each year left must bring."""
    first = target.first_year or pack.base_year + 1
    rates, facts = _known(pack, yearly, range(first, min(as_of, target.year) + 1))
    year = first + len(rates) - 1
    left = target.year - year
    remaining = (1.0 - wanted / 100.0) / float(np.prod([1.0 - rate / 100.0 for rate in rates]))
    a_year = 100.0 * (1.0 - remaining ** (1.0 / left)) if left > 0 and remaining > 0.0 else None
    done = 100.0 * (1.0 - float(np.prod([1.0 - rate / 100.0 for rate in rates]))) if rates else None
    asked = None if a_year is None else Needed("average" if a_year > 0.0 else "reached", a_year, year + 1, target.year)
    return Start(first, year, done, tuple(facts)), asked, "reduction"


def _summed(target: Target, pack: Pack, as_of: int, wanted: float) -> tuple[Start, Needed | None, Measure]:
    """A sum from its first year on: what the years left must bring."""
    first = target.first_year or pack.base_year + 1
    values, facts = _known(pack, target.indicator, range(first, min(as_of, target.year) + 1))
    year = first + len(values) - 1
    done = sum(values) if values else None
    return Start(first, year, done, tuple(facts)), needed_sum(sum(values), wanted, year, target.year), "amount"


def _single_year(target: Target, pack: Pack, as_of: int, wanted: float) -> tuple[Start | None, Needed, Measure]:
    """Growth of the target year alone: nothing adds up, the year itself must bring it."""
    found = ((year, known(pack, target.indicator, year)) for year in range(as_of, pack.base_year - 1, -1))
    last = next(((year, figure) for year, figure in found if figure is not None), None)
    start = None if last is None else Start(last[0], last[0], last[1].value, tuple(fact.id for fact in last[1].facts))
    measure = _OF_KIND[kind_of(target.indicator)]
    kind: Literal["amount", "average"] = "amount" if measure == "amount" else "average"
    return start, Needed(kind, wanted, target.year, target.year), measure


def _of_midterm(target: Target, pack: Pack, as_of: int) -> tuple[Start | None, Needed | None, Measure | None]:
    """Levels and sums, as the mid-term evaluation counts them; else from the last figure there is."""
    row = midterm_row(target, pack, as_of)
    if row.needed is not None:
        year = row.needed.first - 1
        figure = row.years.get(year)
        value = target.base if figure is None else figure.value
        facts: tuple[str, ...] = (target.base_fact,) if target.base_fact else ()
        if figure is not None:
            facts = (figure.fact.id,)
        first = year
        if target.operator == "cumulative":
            first = target.first_year or pack.base_year + 1
            value, facts = _sum_so_far(target, pack, year)
        start = Start(first, year, value, facts, row.remarks if max(row.years, default=year) > year else ())
        return start, row.needed, _MEASURES.get(row.needed.kind, "change")
    if target.value is None:
        return None, None, None
    if target.operator == "cumulative":  # a year in between is not known: what the whole span asks for a year
        first = target.first_year or pack.base_year + 1
        return None, Needed("amount", target.value / (target.year - first + 1), first, target.year), "amount"
    found = ((year, known(pack, target.indicator, year)) for year in range(as_of, pack.base_year - 1, -1))
    last = next(((year, figure) for year, figure in found if figure is not None), None)
    if last is None:
        return None, None, None
    year, figure_known = last
    asked = needed(figure_known.value, year, target.value, target.year, target.unit, target.operator == "<=")
    start = Start(year, year, figure_known.value, tuple(fact.id for fact in figure_known.facts))
    return start, asked, None if asked is None else _MEASURES.get(asked.kind, "change")


def _sum_so_far(target: Target, pack: Pack, year: int) -> tuple[float | None, tuple[str, ...]]:
    """What a sum amounts to up to a year; None before its first."""
    first = target.first_year or pack.base_year + 1
    values, facts = _known(pack, target.indicator, range(first, year + 1))
    return sum(values) if values else None, tuple(facts)


def _judged(path: RequiredPath, pack: Pack, as_of: int, sample: Sample, chance: Chance | None) -> RequiredPath:
    """The path with history and model beside it."""
    if path.needed is None or path.measure is None:
        return replace(path, chance=chance)
    name = _yearly(path.target.indicator)
    totals = path.target.unit in TOTALS and path.measure in ("change", "amount")
    regions = [pack.id] if totals else [pack.id, *levels_above(pack)]  # a larger region adds more kilometres
    found = [history(pack, name, path.measure, path.years, as_of, region, path.target.unit) for region in regions]
    histories = tuple(one for one in found if one.windows)
    return replace(path, histories=histories, chance=chance, model=_model(path, sample, name))


def _yearly(indicator: str) -> str:
    """The indicator of each year behind one that is counted since the base year."""
    return SINCE_BASE[indicator][0] if indicator in SINCE_BASE else indicator


def _model(path: RequiredPath, sample: Sample, yearly: str) -> tuple[float, ...]:
    """Quantiles of what the draws bring a year over the years left; empty where they cannot tell."""
    assert path.needed is not None
    values = a_year(path, sample, yearly)
    return () if values is None else tuple(float(q) for q in np.quantile(values, QUANTILES))


def a_year(path: RequiredPath, sample: Sample, yearly: str) -> Array | None:
    """What each draw brings a year from the start to the target, (draw,), measured as what is needed."""
    wanted, start = path.needed, path.start
    if wanted is None:
        return None
    if path.measure in ("growth", "change"):
        end = sample.yearly.get((path.target.indicator, path.target.year))
        if end is None or start is None or start.value is None:
            return None
        if path.measure == "change":
            return np.asarray((end - start.value) / path.years)
        return np.asarray(100.0 * ((end / start.value) ** (1.0 / path.years) - 1.0))
    kind = {"average": "average", "reduction": "reduction", "amount": "sum"}[path.measure or "average"]
    period = Period(yearly, kind, wanted.first, wanted.last)  # type: ignore[arg-type]
    if not sample.has(period):
        return None
    values = sample.of(period)
    if kind == "sum":
        return np.asarray(values / path.years)
    if kind == "reduction":
        return np.asarray(100.0 * (1.0 - (1.0 - values / 100.0) ** (1.0 / path.years)))
    return values


def basis_of(indicator: str, measure: Measure) -> Text | None:
    """At which prices the rate stands: the trap between growth at constant prices and levels at current ones."""
    if measure == "growth":
        zh = "按现价计算，含价格变动，不能与不变价的生产总值增速直接相比"
        return Text(zh, "at current prices: not to be held against growth of GDP at constant prices")
    if measure != "average":
        return None
    name = _yearly(indicator)
    if name in VOLUMES or name == "industry_value_added_growth":
        return Text("按不变价计算", "at constant prices")
    if name == "household_income_growth":
        return Text("实际增速，扣除居民消费价格", "real, net of consumer prices")
    return Text("按现价计算（名义）", "at current prices (nominal)")
