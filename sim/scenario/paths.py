"""Values of levers and world assumptions over the years, from the points that a file writes.

A constant holds in every year after the base year. A path is linear between its points (each end of a range, each
number of a distribution for itself); before the first point the default applies (0 for a lever, the calibrated path
for the world); after the last point the last value holds. Steps hold each value until the next year named. Growth
multiplies a first value by a rate a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sim.language import Text
from sim.parameters.priors import Z95
from sim.reading.messages import describe
from sim.scenario.distributions import FORMS, Distribution, percentiles
from sim.scenario.parts import AssumptionPath

Way = Literal["constant", "path", "steps", "growth"]


@dataclass(frozen=True, slots=True)
class Spread:
    """The value of one year: 5th and 95th percentile (equal for a number), and the named distribution if it has one."""

    low: float
    high: float
    shape: Distribution | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is one number."""
        return self.shape is None and self.low == self.high


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value as written: `points` by year (a constant has one, of the first year), and the way between them.

    Growth has one point; the value grows by `rate` percent a year, up to the year `until` if there is one.
    """

    way: Way
    points: Mapping[int, Spread]
    rate: float = 0.0
    until: int | None = None
    #: Year of a point to its key in the file, where there is one.
    keys: Mapping[int, tuple[str | int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Years:
    """The years a file may speak of: after `base`, up to `last`."""

    base: int
    last: int

    def trouble(self, year: int) -> Text | None:
        """What is wrong with a year, or None."""
        if 0 <= year < 100:
            return Text(
                f"年份请写四位，如 2025，现为 {year}", f"write the year in four digits such as 2025, got {year}"
            )
        if year <= self.base:
            return Text(
                f"应晚于基年 {self.base}，现为 {_short(year)}",
                f"must be after the base year {self.base}, got {_short(year)}",
            )
        if year > self.last:
            return Text(
                f"应不晚于预测期末 {self.last}，现为 {_short(year)}",
                f"must not be after the horizon {self.last}, got {_short(year)}",
            )
        return None


def spread_of(distribution: Distribution) -> Spread:
    """The value with that distribution."""
    return Spread(*percentiles(distribution), distribution)


def expand(name: str, assumption: Assumption, base_year: int, horizon: int) -> AssumptionPath:
    """The path over the years base_year + 1 .. horizon."""
    years = tuple(range(base_year + 1, horizon + 1))
    values = [value_in(assumption, year) for year in years]
    shapes = tuple(None if value is None else value.shape for value in values)
    return AssumptionPath(
        id=name,
        years=years,
        low=tuple(None if value is None else value.low for value in values),
        high=tuple(None if value is None else value.high for value in values),
        shapes=shapes if any(shapes) else (),
    )


def value_in(assumption: Assumption, year: int) -> Spread | None:
    """The value of an assumption in a year, None where the default applies."""
    if assumption.way == "path":
        return interpolate(assumption.points, year)
    first = max((known for known in assumption.points if known <= year), default=None)
    if first is None:
        return None
    value = assumption.points[first]
    if assumption.way != "growth":
        return value
    last = year if assumption.until is None else min(year, assumption.until)
    return scaled(value, (1.0 + assumption.rate / 100.0) ** (last - first))


def interpolate(points: Mapping[int, Spread], year: int) -> Spread | None:
    """The value of a path in a year: None before the first point, linear between, the last value afterwards.

    Raises ValueError between points whose distributions differ; reading a file refuses them.
    """
    before = max((known for known in points if known <= year), default=None)
    after = min((known for known in points if known > year), default=None)
    if before is None:
        return None
    if after is None or year == before:
        return points[before]
    weight = (year - before) / (after - before)
    first, second = points[before], points[after]
    if first.shape is None and second.shape is None:
        return Spread(_between(first.low, second.low, weight), _between(first.high, second.high, weight))
    pair = alike(first, second)
    if pair is None:
        raise ValueError("no line between different distributions")
    numbers = (_between(a, b, weight) for a, b in zip(pair[0].numbers, pair[1].numbers, strict=True))
    return spread_of(Distribution(pair[0].name, tuple(numbers)))


def alike(first: Spread, second: Spread) -> tuple[Distribution, Distribution] | None:
    """Two values as distributions of the same name, or None: a number is any (a lognormal one not below 0), a range
    [p5, p95] a normal one.
    """
    names = {value.shape.name for value in (first, second) if value.shape is not None}
    if len(names) != 1:
        return None
    name = names.pop()
    for value in (first, second):
        if value.shape is None and not value.is_number and name != "normal":
            return None
        if value.low < 0 and name == "lognormal":
            return None
    return _as_named(first, name), _as_named(second, name)


def _as_named(value: Spread, name: str) -> Distribution:
    if value.shape is not None:
        return value.shape
    if value.is_number:
        return Distribution(name, FORMS[name].certain(value.low))
    return Distribution(name, ((value.low + value.high) / 2.0, (value.high - value.low) / 2.0 / Z95))


def scaled(value: Spread, factor: float) -> Spread:
    """A value times a factor above 0."""
    if value.shape is None:
        return Spread(value.low * factor, value.high * factor)
    return spread_of(Distribution(value.shape.name, tuple(number * factor for number in value.shape.numbers)))


def _between(first: float, second: float, weight: float) -> float:
    return first + weight * (second - first)


def _short(year: int) -> str:
    return describe(year).zh
