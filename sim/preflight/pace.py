"""How fast a target asks for, beside how fast it went: growth required and growth achieved, a year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.facts.definitions import Definitions
from sim.facts.ledger import Fact
from sim.preflight.record import Record, record_of
from sim.preflight.statements import Statement, statements, stem
from sim.region.pack import Pack
from sim.targets import Target

#: Years back over which the speed on record is measured.
LOOK_BACK = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """The speed of one target; `required` and `achieved` are in `unit` a year.

    `start` is the figure it is measured from and `start_value` its number in the unit of the target,
    `achieved_from` the facts behind the speed on record and `achieved_span` their years. `achieved` is None where
    the record holds no comparable figures.
    """

    id: str
    unit: str
    required: float
    start: str | None
    start_period: str | None
    start_value: float | None
    year: int
    value: float
    target_unit: str
    achieved: float | None
    achieved_span: str | None
    achieved_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speed:
    """A speed on record: the number, its years, the facts behind it."""

    value: float
    span: str
    facts: tuple[str, ...]


def paces(pack: Pack, targets: Sequence[Target], definitions: Definitions) -> tuple[Pace, ...]:
    """The speed of every first reading that has a number and a figure to start from."""
    record = record_of(pack.ledger.facts, definitions)
    listed = [s for s in statements(pack, targets) if s.listed and s.first_reading]
    return tuple(found for s in listed if (found := pace(s, record)) is not None)


def pace(statement: Statement, record: Record) -> Pace | None:
    """The speed one target asks for; None without a number or, for levels, without a comparable figure."""
    if statement.value is None or statement.operator in ("above", "in_step", "direction", "assigned"):
        return None
    if statement.kind == "growth":
        return _growth(statement, record)
    if statement.kind == "sum":
        return _sum(statement, record)
    return _level(statement, record)


def _pace(s: Statement, unit: str, required: float, start: Fact | None, speed: Speed | None) -> Pace:
    assert s.value is not None
    return Pace(
        s.id, unit, required, None if start is None else start.id, None if start is None else start.period,
        None if start is None or start.value is None else start.number_in(s.unit), s.year, s.value, s.unit,
        None if speed is None else speed.value, None if speed is None else speed.span,
        () if speed is None else speed.facts,
    )  # fmt: skip


def _level(s: Statement, record: Record) -> Pace | None:
    """From the latest comparable figure before the target's year."""
    base = record.base(s)
    if base is None or base.indicator != s.indicator or s.value is None or base.period == str(s.year):
        return None
    series = {year: f for year, f in record.yearly(s.region, s.indicator, base).items() if year < s.year}
    start = series[max(series)] if series else base
    years = s.year - start.last_year
    if years < 1:
        return None
    if s.operator == "change":
        since = s.value - (start.number_in(s.unit) - base.number_in(s.unit))
        return _pace(s, "百分点" if s.unit == "%" else s.unit, since / years, start, _speed(s, record, base, start))
    required = yearly_speed(start.number_in(s.unit), s.value, years, s.kind)
    if required is None:
        return None
    return _pace(s, unit_of(s), required, start, _speed(s, record, base, start))


def unit_of(s: Statement) -> str:
    """Unit of a speed: points for ratios, the target's own for years of age and days, else percent."""
    return {"ratio": "百分点", "own": s.unit}.get(s.kind, "%")


def yearly_speed(start: float, end: float, years: int, kind: str) -> float | None:
    """Change a year: in percent for levels, else in points or in the indicator's unit; None where not defined."""
    if years < 1:
        return None
    if kind != "level":
        return (end - start) / years
    if start <= 0.0 or end <= 0.0:
        return None
    return float(100.0 * ((end / start) ** (1.0 / years) - 1.0))


def _speed(s: Statement, record: Record, base: Fact, start: Fact) -> Speed | None:
    """Speed on record up to `start`: from its own series, else from reported growth of it."""
    series = record.yearly(s.region, s.indicator, base)
    years = [year for year in series if start.last_year - LOOK_BACK <= year < start.last_year]
    if years:
        first = series[years[0]]
        value = yearly_speed(first.number_in(s.unit), start.number_in(s.unit), start.last_year - years[0], s.kind)
        if value is not None:
            return Speed(value, f"{years[0] + 1}—{start.last_year}", (first.id, start.id))
    return reported_growth(s.region, s.indicator, start.last_year, record, start) if s.kind == "level" else None


def reported_growth(region: str, indicator: str, year: int, record: Record, like: Fact | None = None) -> Speed | None:
    """Yearly growth of a level as reported up to `year`: single years in a row, or the average of a span if later.

    With `like` only growth on the basis of that figure counts.
    """

    def fits(fact: Fact) -> bool:
        return year - LOOK_BACK < fact.last_year <= year and (like is None or record.on_one_basis(fact, like))

    averages = [f for f in record.spans(region, f"{indicator}_growth_average") if fits(f)]
    growth = record.yearly(region, f"{indicator}_growth").items()
    singles = {y: f for y, f in growth if fits(f) and f.number > -100.0}
    row: list[Fact] = []
    for last in range(max(singles, default=0), year - LOOK_BACK, -1):
        if last not in singles:
            break
        row.insert(0, singles[last])
    # One year says less than a span that ends with it.
    if averages and (not row or len(row) == 1) and (not row or averages[-1].last_year >= row[-1].last_year):
        best = averages[-1]
        return Speed(best.number, f"{best.first_year}—{best.last_year}", (best.id,))
    if not row:
        return None
    mean = 100.0 * math.expm1(sum(math.log1p(f.number / 100.0) for f in row) / len(row))
    span = row[0].period if len(row) == 1 else f"{row[0].period}—{row[-1].period}"
    return Speed(mean, span, tuple(f.id for f in row))


def _growth(s: Statement, record: Record) -> Pace | None:
    """A rate of growth asks for itself; an average for what the years still open must have."""
    assert s.value is not None
    speed = reported_growth(s.region, stem(s.indicator), (s.first_year or s.year) - 1, record)
    name = f"{stem(s.indicator)}_growth"
    first = s.first_year or s.year
    series = {year: f for year, f in record.yearly(s.region, name).items() if f.number > -100.0}
    done = [series[y] for y in range(first, s.year) if y in series]
    whole = [f.first_year for f in done] == list(range(first, first + len(done)))
    if s.first_year is None or not done or not whole or s.value <= -100.0:
        return _pace(s, "%", s.value, None, speed)
    needed = s.years * math.log1p(s.value / 100.0) - sum(math.log1p(f.number / 100.0) for f in done)
    required = 100.0 * math.expm1(needed / (s.year - done[-1].first_year))
    grown = 100.0 * math.expm1(sum(math.log1p(f.number / 100.0) for f in done) / len(done))
    span = f"{first}—{done[-1].first_year}"
    return _pace(s, "%", required, done[-1], Speed(grown, span, tuple(f.id for f in done)))


def _sum(s: Statement, record: Record) -> Pace:
    """A sum asks for an equal part of what is still missing in each year left."""
    assert s.value is not None
    name = stem(s.indicator)
    series = record.yearly(s.region, name)
    first = s.first_year or s.year
    done: list[Fact] = []
    for year in range(first, s.year):
        if year not in series:
            break
        done.append(series[year])
    left = s.value - sum(f.number_in(s.unit) for f in done)
    start = done[-1] if done else None
    rates = run_rates(s, record)
    speed = rates[0] if rates else None
    if done:
        mean = sum(f.number_in(s.unit) for f in done) / len(done)
        speed = Speed(mean, f"{first}—{first + len(done) - 1}", tuple(f.id for f in done))
    return _pace(s, s.unit, left / (s.year - first + 1 - len(done)), start, speed)


def run_rates(s: Statement, record: Record) -> list[Speed]:
    """What one year brought before the span of a sum: the latest year, a yearly average, an earlier sum."""
    name, before = stem(s.indicator), (s.first_year or s.year)
    out: list[Speed] = []
    latest = s.base if s.base is not None and s.base.period.isdigit() else None
    if latest is None:
        earlier = [f for y, f in record.yearly(s.region, name).items() if before - LOOK_BACK <= y < before]
        latest = earlier[-1] if earlier else None
    if latest is not None and latest.value is not None:
        out.append(Speed(latest.number_in(s.unit), latest.period, (latest.id,)))
    for suffix in ("_average", "_cumulative"):
        spans = [f for f in record.spans(s.region, name + suffix) if before - LOOK_BACK <= f.last_year < before]
        for fact in spans[-1:]:
            years = fact.last_year - fact.first_year + 1 if suffix == "_cumulative" else 1
            unit = s.unit + "/年" if suffix == "_average" and fact.unit.endswith("/年") else s.unit
            out.append(Speed(fact.number_in(unit) / years, f"{fact.first_year}—{fact.last_year}", (fact.id,)))
    return out
