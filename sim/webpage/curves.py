"""Distributions of an indicator in a milestone year, small enough for ten scenarios on a page.

A curve is the share of simulations below each value. It is stored as the values at fixed levels, one character each,
and as points that must hold exactly: at the value of every stored target the curve gives the stored probability. Who
reads it leaves out levels that lie on the wrong side of an exact point.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from sim.material import View
from sim.output.figures import reads_indicator
from sim.webpage.codes import stepped

Record = Mapping[str, Any]
Point = tuple[float, float]

#: Operators of targets whose probability a curve of the indicator itself gives.
READABLE = (">=", "<=", "about", "between")


def curve(view: View, indicator: str, year: int) -> list[Any] | None:
    """The curve of an indicator in a year, as `stepped` has its values, then exact points; None without one."""
    found = view.document.get("distributions")
    record = None if not found else _record(found["values"], indicator, year)
    if not found or record is None or any(value is None for value in record["values"]):
        return None
    values = record["values"]
    targets = [t for t in view.targets if (t["indicator"], t["year"]) == (indicator, year) and readable(view, t)]
    exact = _exact(list(zip(values, found["levels"], strict=True)), targets)
    return [*stepped(values), *(number for point in exact for number in point)]


def readable(view: View, record: Record) -> bool:
    """Whether a target has a probability that the curve of its indicator gives."""
    if not reads_indicator(record, view.document["indicators"]):
        return False
    if record["operator"] not in READABLE or record["value"] is None or record["probability"] is None:
        return False
    return record["operator"] != "between" or record["value_high"] is not None


def _record(records: Sequence[Record], indicator: str, year: int) -> Record | None:
    return next((r for r in records if (r["indicator"], r["year"]) == (indicator, year)), None)


def share_below(points: Sequence[Point], value: float) -> float:
    """Share of simulations below `value`, linear between points; 0 and 1 beyond them."""
    place = bisect_left(points, (value, -1.0))
    if place < len(points) and points[place][0] == value:
        return points[place][1]
    if place == 0:
        return 0.0
    if place == len(points):
        return 1.0
    (x0, y0), (x1, y1) = points[place - 1], points[place]
    return y0 + (y1 - y0) * (value - x0) / (x1 - x0)


def _exact(points: Sequence[Point], targets: Sequence[Record]) -> list[Point]:
    """Points that the stored probabilities fix, rising; of two that would make the curve fall the first holds.

    Where many simulations lie at one value the curve jumps: the stored levels there tell how far.
    """
    found: list[tuple[Point, bool]] = []
    for record in sorted(targets, key=lambda r: r["operator"] == "between"):  # the lower end first, then the upper
        for point, below in _fixed(record, sorted([*points, *(known for known, _ in found)])):
            if all(_rising(point, known) for known, _ in found) and (point, below) not in found:
                found.append((point, below))
    held = {point for point, _ in found}
    for value, level in points:
        sides = [(y, below) for (x, y), below in found if x == value]
        if sides and all(level >= y if below else level <= y for y, below in sides):
            held.add((value, level))
    return _ends(sorted(point for point in held if all(_rising(point, known) for known, _ in found)))


def _rising(one: Point, other: Point) -> bool:
    return (one[0] - other[0]) * (one[1] - other[1]) >= 0.0


def _ends(points: Sequence[Point]) -> list[Point]:
    """Of the points at one value the lowest and the highest."""
    found: list[Point] = []
    for value in dict.fromkeys(x for x, _ in points):
        levels = [y for x, y in points if x == value]
        found += [(value, level) for level in dict.fromkeys((min(levels), max(levels)))]
    return found


def _fixed(record: Record, points: Sequence[Point]) -> list[tuple[Point, bool]]:
    """What one stored probability says of the curve: points, with whether it is the share below the value or up to it.

    Of `at least` it is the share below, of `at most` that up to the value.
    """
    value, chance = float(record["value"]), float(record["probability"])
    if record["operator"] == "<=":
        return [((value, chance), False)]
    if record["operator"] == "about":
        return [((value - float(record["tolerance"] or 0.0), 1.0 - chance), True)]
    if record["operator"] == "between":
        below = share_below(points, value)
        return [((value, below), True), ((float(record["value_high"]), min(below + chance, 1.0)), False)]
    return [((value, 1.0 - chance), True)]
