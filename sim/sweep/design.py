"""Designs of a sweep: its axes and the table of its points, one row for each, in the fixed order of their numbers.

Points are counted from 1. Of axes, and of designs that are crossed, the last runs fastest.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.language import Text
from sim.randomness import Array, generator
from sim.sweep.kinds import AxisKind

MOST_POINTS = 100_000
_DIGITS = 6  # of a value drawn at random: nobody reads more, and rounding moves no point from its place
_STREAM = "sweep.design"

GRID, LIST, ONE_AT_A_TIME, LATIN_HYPERCUBE, SOBOL = "grid", "list", "one_at_a_time", "latin_hypercube", "sobol"
#: Designs whose points are drawn between the ends of the axes.
SAMPLED = (LATIN_HYPERCUBE, SOBOL)
LABELS: Mapping[str, Text] = {
    GRID: Text("网格", "grid"),
    LIST: Text("逐点列出", "list"),
    ONE_AT_A_TIME: Text("逐条轴改动", "one at a time"),
    LATIN_HYPERCUBE: Text("拉丁超立方", "Latin hypercube"),
    SOBOL: Text("Sobol 序列", "Sobol sequence"),
}


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis and its values in the order of the file; none where they are drawn between `low` and `high`."""

    kind: AxisKind
    values: tuple[float, ...]
    low: float
    high: float

    @property
    def id(self) -> str:
        """The id of the lever, the assumption, the project or the seed."""
        return self.kind.id

    @property
    def label(self) -> Text:
        """The name people read."""
        return self.kind.label

    @property
    def unit(self) -> Text:
        """The unit of the values."""
        return self.kind.unit


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Axes and points. rows : (point, axis), NaN where the base scenario's own setting stays.

    `made` says of each design that is crossed here its kind, axes, size and seed.
    """

    axes: tuple[Axis, ...]
    rows: Array
    made: tuple[Mapping[str, Any], ...]

    @property
    def size(self) -> int:
        """Number of points."""
        return len(self.rows)

    @property
    def is_grid(self) -> bool:
        """Whether the points are the full cross of the values of all axes."""
        return all(part["design"] == GRID for part in self.made)

    def values(self, point: int) -> tuple[float, ...]:
        """The value of each axis at a point, 1 to `size`."""
        return tuple(self.rows[point - 1].tolist())

    def column(self, axis: str) -> Array:
        """The values of one axis at all points, (point,)."""
        column: Array = self.rows[:, [one.id for one in self.axes].index(axis)]
        return column


def listed_axis(kind: AxisKind, values: Sequence[float]) -> Axis:
    """An axis of given values."""
    return Axis(kind, tuple(values), min(values), max(values))


def grid(axes: Sequence[Axis]) -> Design:
    """Every combination of the values."""
    counts = [len(axis.values) for axis in axes]
    places = np.indices(counts).reshape(len(axes), -1)
    columns = [np.array(axis.values)[place] for axis, place in zip(axes, places, strict=True)]
    return Design(tuple(axes), np.column_stack(columns), (_made(GRID, axes, math.prod(counts)),))


def listed(axes: Sequence[Axis], rows: Array) -> Design:
    """The points given, (point, axis)."""
    return Design(tuple(axes), rows, (_made(LIST, axes, len(rows)),))


def one_at_a_time(axes: Sequence[Axis], base: Sequence[float]) -> Design:
    """The base scenario, then each other value of each axis alone; base : (axis,), NaN where it is not one number."""
    rows = [list(base)]
    for place, axis in enumerate(axes):
        for value in axis.values:
            if value != base[place]:
                rows.append([*base[:place], value, *base[place + 1 :]])
    return Design(tuple(axes), np.array(rows), (_made(ONE_AT_A_TIME, axes, len(rows)),))


def sampled(kind: str, axes: Sequence[Axis], size: int, seed: int, place: int) -> Design:
    """Points drawn between the ends of the axes: a Latin hypercube, or the scrambled Sobol sequence.

    McKay, Beckman and Conover (1979); Sobol (1967) with the scrambling of Owen (1998) as in scipy.stats.qmc. `place`
    among the designs that are crossed tells apart two designs of one seed.
    """
    from scipy.stats import qmc

    made: Callable[..., Any] = qmc.LatinHypercube if kind == LATIN_HYPERCUBE else qmc.Sobol
    unit = made(d=len(axes), rng=generator(seed, _STREAM, place)).random(size)
    columns = [_between(axis, column) for axis, column in zip(axes, unit.T, strict=True)]
    return Design(tuple(axes), np.column_stack(columns), ({**_made(kind, axes, size), "design_seed": seed},))


def _between(axis: Axis, unit: Array) -> Array:
    """Uniform numbers on [0, 1) as values of an axis; every whole number equally often where it is whole."""
    if axis.kind.whole:
        whole: Array = axis.low + np.floor(unit * (axis.high - axis.low + 1.0))
        return np.minimum(whole, axis.high)
    values = axis.low + unit * (axis.high - axis.low)
    rounded = np.array([float(f"{value:.{_DIGITS}g}") for value in values.tolist()])
    return np.clip(rounded, axis.low, axis.high)


def crossed(designs: Sequence[Design]) -> Design:
    """Every point of one design with every point of the others."""
    whole = designs[0]
    for other in designs[1:]:
        rows = np.hstack([np.repeat(whole.rows, other.size, axis=0), np.tile(other.rows, (whole.size, 1))])
        whole = Design(whole.axes + other.axes, rows, whole.made + other.made)
    return whole


def _made(kind: str, axes: Sequence[Axis], size: int) -> dict[str, Any]:
    return {"design": kind, "axes": [axis.id for axis in axes], "size": size}
