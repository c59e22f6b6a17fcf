"""Values of levers and world assumptions: a number, a range [p5, p95], or a path {year: number or range}.

A number or range holds in every year after the base year. A path is linear between its points (each end
of a range for itself); before the first point the default applies (0 for a lever, the calibrated path for
the world); after the last point the last value holds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.errors import Problem, unknown_name
from sim.language import Text
from sim.levers.kinds import Lever, WorldAssumption
from sim.reading.messages import describe
from sim.reading.source import Keys, YamlSource
from sim.scenario.parts import AssumptionPath

Range = tuple[float, float]
Kind = Lever | WorldAssumption


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value as written: `constant`, or `points` of a path by year."""

    constant: Range | None
    points: Mapping[int, Range]


@dataclass(frozen=True, slots=True)
class Years:
    """The years a file may speak of: after `base`, up to `last`."""

    base: int
    last: int

    def trouble(self, year: int) -> Text | None:
        """What is wrong with a year, or None."""
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


def read_assumptions(
    source: YamlSource, section: str, kinds: Mapping[str, Kind], years: Years
) -> tuple[dict[str, Assumption], list[Problem]]:
    """The assumptions of a section ("levers" or "world") of a file, and every problem with them."""
    written = source.data.get(section) if isinstance(source.data, dict) else None
    good: dict[str, Assumption] = {}
    problems: list[Problem] = []
    if not isinstance(written, dict):  # the model of the file reports a section of the wrong type
        return good, problems
    for name, value in written.items():
        keys = (section, name)
        if name not in kinds:
            problems.append(source.problem(keys, unknown_name(str(name), kinds), at_key=True))
        elif keys not in source.spoiled:
            assumption = _assumption(source, keys, value, kinds[name], years, problems)
            if assumption is not None:
                good[name] = assumption
    return good, problems


def expand(name: str, assumption: Assumption, base_year: int, horizon: int) -> AssumptionPath:
    """The path over the years base_year + 1 .. horizon."""
    years = tuple(range(base_year + 1, horizon + 1))
    values = [assumption.constant or interpolate(assumption.points, year) for year in years]
    return AssumptionPath(
        id=name,
        years=years,
        low=tuple(None if value is None else value[0] for value in values),
        high=tuple(None if value is None else value[1] for value in values),
    )


def interpolate(points: Mapping[int, Range], year: int) -> Range | None:
    """The range of a path in a year: None before the first point, linear between, the last value
    afterwards.
    """
    before = max((known for known in points if known <= year), default=None)
    after = min((known for known in points if known > year), default=None)
    if before is None:
        return None
    if after is None:
        return points[before]
    weight = (year - before) / (after - before)
    (low, high), (next_low, next_high) = points[before], points[after]
    return low + weight * (next_low - low), high + weight * (next_high - high)


def _assumption(
    source: YamlSource, keys: Keys, value: Any, kind: Kind, years: Years, problems: list[Problem]
) -> Assumption | None:
    before = len(problems)
    if not isinstance(value, dict):
        constant = _range(source, keys, value, kind, problems, or_path=True)
        return None if constant is None else Assumption(constant, {})
    points: dict[int, Range] = {}
    if not value:
        problems.append(source.problem(keys, Text("路径中没有任何年份。", "the path has no year.")))
    for year, at_year in value.items():
        here = (*keys, year)
        trouble = years.trouble(year) if isinstance(year, int) else _not_a_year(year)
        if trouble is not None:
            problems.append(source.problem(here, trouble, at_key=True))
        point = None if here in source.spoiled else _range(source, here, at_year, kind, problems)
        if point is not None and isinstance(year, int):
            points[year] = point
    return Assumption(None, points) if len(problems) == before and points else None


def _range(
    source: YamlSource, keys: Keys, value: Any, kind: Kind, problems: list[Problem], or_path: bool = False
) -> Range | None:
    """A number as (number, number) or a pair as (p5, p95); None after a report."""
    ends = value if isinstance(value, list) else [value]
    places = [(*keys, i) for i in range(len(ends))] if isinstance(value, list) else [keys]
    if any(place in source.spoiled for place in places):
        return None
    before = len(problems)
    if len(ends) == 0 or len(ends) > 2 or (isinstance(value, list) and len(ends) == 1):
        problems.append(
            source.problem(
                keys,
                Text(
                    f"区间应为两个数 [p5, p95]，现为 {len(ends)} 项",
                    f"a range has two numbers [p5, p95], got {len(ends)}",
                ),
            )
        )
    for place, end in zip(places, ends, strict=True):
        trouble = _number_trouble(end, kind, or_path and not isinstance(value, list))
        if trouble is not None:
            problems.append(source.problem(place, trouble))
    if len(problems) > before:
        return None
    low, high = float(ends[0]), float(ends[-1])
    if low > high:
        problems.append(
            source.problem(
                keys,
                Text(
                    f"p5 应不大于 p95，现为 [{low:g}, {high:g}]",
                    f"p5 must not exceed p95, got [{low:g}, {high:g}]",
                ),
            )
        )
        return None
    return low, high


def _number_trouble(value: Any, kind: Kind, or_path: bool) -> Text | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        got = describe(value)
        zh, en = (
            ("数值、[p5, p95] 或 {年份: 值}", "a number, [p5, p95] or {year: value}")
            if or_path
            else ("数值", "a number")
        )
        return Text(f"应为{zh}，现为{got.zh}", f"must be {en}, got {got.en}")
    if kind.low <= value <= kind.high:
        return None
    got = describe(value)
    return Text(
        f"应在 {kind.low:g} 至 {kind.high:g}（{kind.unit.zh}）之间，现为 {got.zh}",
        f"must lie between {kind.low:g} and {kind.high:g} ({kind.unit.en}), got {got.en}",
    )


def _not_a_year(written: str) -> Text:
    narrow = unicodedata.normalize("NFKC", written).strip()
    if len(narrow) == 4 and narrow.isascii() and narrow.isdigit():
        return Text(
            f"年份请写半角数字且不加引号：{narrow}",
            f"write the year in plain digits without quotes: {narrow}",
        )
    got = describe(written)
    return Text(f"应为年份（如 2025），现为{got.zh}", f"must be a year such as 2025, got {got.en}")


def _short(year: int) -> str:
    return describe(year).zh
