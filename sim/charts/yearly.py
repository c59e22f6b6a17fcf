"""Values by year as the pasted charts show them: each published or projected, with the text that is printed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.charts.fonts import ChartError, ChartFont
from sim.charts.sheet import LEAST, MARGIN, Sheet, common_size
from sim.charts.style import PAGE_WIDTH, RULE, SMALL
from sim.language import Text


@dataclass(frozen=True, slots=True)
class Point:
    """A value as printed in `text`; `reported` where it is published, else it is projected. No value: None."""

    value: float | None
    text: str
    reported: bool

    @property
    def known(self) -> bool:
        """Whether there is a value to draw."""
        return self.value is not None

    @property
    def height(self) -> float:
        """The value, zero where there is none."""
        return self.value or 0.0


NOTHING = Point(None, "—", False)
Place = tuple[float, float]
ABOVE, STEEP = 8.0, 3.5  # points: a number above its point, and a line that would run into it there


def require(name: Text, condition: bool, why: Text) -> None:
    """Raise ChartError about the figure of `name` unless the condition holds."""
    if not condition:
        raise ChartError(Text(f"“{name.zh}”：{why.zh}。", f'"{name.en}": {why.en}.'))


def require_points(name: Text, count: int, rows: Iterable[Sequence[Point]]) -> None:
    """Raise ChartError unless every row has `count` points, all values are finite and at least one is there."""
    listed = [tuple(row) for row in rows]
    require(
        name, all(len(row) == count for row in listed), Text("数值与年份个数不同", "values and years differ in number")
    )
    values = [point.value for row in listed for point in row if point.value is not None]
    require(name, all(map(math.isfinite, values)), Text("有不是有限数的值", "a value is not finite"))
    require(name, bool(values), Text("没有任何数值", "there is no value"))


def require_years(name: Text, years: Sequence[int]) -> None:
    """Raise ChartError unless years rise without repeats."""
    rising = bool(years) and list(years) == sorted(set(years))
    require(name, rising, Text("年份须由小到大且不重复", "years must rise without repeats"))


def places(count: int, left: float, right: float) -> list[float]:
    """Middles of `count` equal slots between two edges."""
    slot = (right - left) / count
    return [left + (index + 0.5) * slot for index in range(count)]


def draw_years(sheet: Sheet, xs: Sequence[float], labels: Sequence[str], y: float, slot: float) -> None:
    """Labels of the years below the axis in one size; every other one is left out where they do not fit."""
    font = sheet.font
    size = common_size(font, labels, slot - 2.0, SMALL)
    every = 1 if all(font.width(label, size) <= slot - 1.0 for label in labels) else 2
    for index, (x, label) in enumerate(zip(xs, labels, strict=True)):
        if index % every == 0:
            sheet.text(x, y, label, size, "center", gid=f"year:{label}")


def axis_line(sheet: Sheet, y: float, left: float = MARGIN, right: float = PAGE_WIDTH - MARGIN) -> None:
    """The line on which columns stand."""
    sheet.line([left, right], [y, y], RULE, 0.8, order=3.0)


def value_size(font: ChartFont, points: Iterable[Point], slot: float) -> float:
    """The size in which all values of a row can stand above their columns."""
    return max(common_size(font, [point.text for point in points if point.known], slot - 1.5, SMALL), LEAST)


def beside_line(at: Sequence[Place | None], index: int, half: float) -> tuple[float, float, str]:
    """Where a number of half width `half` stands clear of a line through `at`: offsets from its point and alignment.

    Above the point as a rule, below it where the line comes from above on both sides, and on the free side where it
    comes steeply from above on one. Points without a value are None.
    """
    here = at[index]
    assert here is not None
    left = _rise(here, at[index - 1] if index else None, half)
    right = _rise(here, at[index + 1] if index + 1 < len(at) else None, half)
    if max(left, right) <= STEEP:
        return 0.0, ABOVE, "center"
    if min(left, right) >= 0.0:
        alone = index + 1 == len(at) or at[index + 1] is None
        return (3.0, -ABOVE - 0.5, "right") if alone else (0.0, -ABOVE - 0.5, "center")
    return (4.0, ABOVE - 2.0, "left") if left > right else (-4.0, ABOVE - 2.0, "right")


def _rise(here: Place, other: Place | None, half: float) -> float:
    """How far the line to the other point has risen at the edge of the number; 0 without a line."""
    if other is None:
        return 0.0
    return (other[1] - here[1]) / abs(other[0] - here[0]) * min(half, abs(other[0] - here[0]))
