"""Points of a sweep in cells of two axes: the mean probability of the points in each, blank where there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem, unknown_name
from sim.language import Text
from sim.randomness import Array
from sim.sweep.design import Axis
from sim.sweep.parts import JOINT, MEASURES, Sweep
from sim.sweep.store import Finished
from sim.targets import Target

#: As a target: all of the sweep's targets together.
TOGETHER = "joint"
#: Up to so many values of an axis have a cell each; more are put into cells of equal width.
MOST_ACROSS, MOST_UP = 14, 24
#: So many cells along an axis, fewer where a cell would hold fewer points than these on average.
FEWEST_BINS, MOST_BINS, POINTS_IN_A_CELL = 3, 8, 4
_PROBABILITY, _ERROR = MEASURES.index("probability"), MEASURES.index("standard_error")


@dataclass(frozen=True, slots=True)
class Scale:
    """The cells along an axis: `marks` are their values or, `binned`, their ends, one more than there are cells."""

    axis: Axis
    marks: tuple[float, ...]
    binned: bool

    @property
    def cells(self) -> int:
        """Number of cells."""
        return len(self.marks) - 1 if self.binned else len(self.marks)

    def places(self, values: Array) -> NDArray[np.intp]:
        """The cell of each value, (point,); those of the ends belong to the cells there."""
        if not self.binned:
            return np.searchsorted(self.marks, values)
        return np.clip(np.searchsorted(self.marks, values, side="right") - 1, 0, self.cells - 1)


@dataclass(frozen=True, slots=True, eq=False)
class PointMap:
    """probability : (up, across), NaN where there is no point; counts : (up, across) points.

    `target` is None for all of the sweep's targets together. `left_out` points keep the base scenario's own setting on
    one of the axes; `standard_error` is the largest of a cell, all points having the same draws.
    """

    target: Target | None
    across: Scale
    up: Scale
    probability: Array
    counts: NDArray[np.intp]
    left_out: int
    standard_error: float


def map_axes(sweep: Sweep, written: str) -> tuple[Axis, Axis]:
    """The two axes of `X,Y`; raises InputError for anything else, and where no point has a number on both."""
    names = [name.strip() for name in written.replace("，", ",").split(",")]
    known = {axis.id: axis for axis in sweep.axes}
    if len(names) != 2 or len(set(names)) != 2:
        text = Text(
            f"应写两条不同的轴，用逗号分开，如 {','.join([*known, 'Y'][:2])}；可用：{'、'.join(known)}",
            f"write two different axes with a comma, such as {','.join([*known, 'Y'][:2])}; "
            f"available: {', '.join(known)}",
        )
        raise InputError(Problem(None, None, None, "--map", text))
    wrong = [Problem(None, None, None, "--map", unknown_name(name, known)) for name in names if name not in known]
    if wrong:
        raise InputError(wrong)
    if not np.isfinite(sweep.design.column(names[0]) + sweep.design.column(names[1])).any():
        text = Text(
            f"没有一个点同时给出“{names[0]}”和“{names[1]}”的数值，画不出图",
            f'no point gives a number for both "{names[0]}" and "{names[1]}"',
        )
        raise InputError(Problem(None, None, None, "--map", text))
    return known[names[0]], known[names[1]]


def map_target(sweep: Sweep, written: str) -> Target | None:
    """The target of `--map-target`; None for all of them together. Raises InputError for a name that is neither."""
    if written == TOGETHER:
        return None
    return sweep.targets[sweep.target_place(written, "--map-target")]


def point_map(sweep: Sweep, finished: Finished, across: Axis, up: Axis, target: Target | None) -> PointMap:
    """The points of a finished sweep in cells of two of its axes."""
    x, y = sweep.design.column(across.id), sweep.design.column(up.id)
    there = np.isfinite(x) & np.isfinite(y)
    columns, rows = _scale(across, x[there], MOST_ACROSS), _scale(up, y[there], MOST_UP)
    places = rows.places(y[there]) * columns.cells + columns.places(x[there])
    size = rows.cells * columns.cells
    counts = np.bincount(places, minlength=size)
    probability, error = _probabilities(sweep, finished, target)
    shape = (rows.cells, columns.cells)
    return PointMap(
        target,
        columns,
        rows,
        _means(probability[there], places, counts).reshape(shape),
        counts.reshape(shape),
        int(np.count_nonzero(~there)),
        float(np.nanmax(_means(error[there], places, counts))),
    )


def _means(values: Array, places: NDArray[np.intp], counts: NDArray[np.intp]) -> Array:
    """Mean of the values in each cell, NaN without any."""
    total = np.bincount(places, weights=values, minlength=len(counts))
    # A mean of shares lies between 0 and 1, whatever rounding says.
    return np.where(counts > 0, np.clip(total / np.maximum(counts, 1), 0.0, 1.0), np.nan)


def _scale(axis: Axis, values: Array, most: int) -> Scale:
    distinct = np.unique(values)
    if len(distinct) <= most:
        return Scale(axis, tuple(distinct.tolist()), binned=False)
    low, high = (axis.low, axis.high) if not axis.values else (float(distinct[0]), float(distinct[-1]))
    bins = min(MOST_BINS, max(FEWEST_BINS, math.isqrt(len(values) // POINTS_IN_A_CELL)))
    ends = [float(f"{low + (high - low) * place / bins:.12g}") for place in range(bins + 1)]
    return Scale(axis, tuple(ends), binned=True)


def _probabilities(sweep: Sweep, finished: Finished, target: Target | None) -> tuple[Array, Array]:
    """Probability and standard error of a target, or of all together, (point,) each."""
    if target is None:
        return finished.joint[:, JOINT.index("probability")], finished.joint[:, JOINT.index("standard_error")]
    values = finished.values[:, sweep.targets.index(target)]
    return values[:, _PROBABILITY], values[:, _ERROR]


def cell_note(sweep: Sweep, found: PointMap) -> Text:
    """What a cell stands for, where it is more than one point of the two axes alone."""
    told: list[Text] = []
    filled = found.counts[found.counts > 0]
    low, high = int(filled.min()), int(filled.max())
    if high > 1:
        many = Text(f"{low}", f"{low}") if low == high else Text(f"{low}至{high}", f"{low} to {high}")
        others = len(sweep.axes) > 2
        unlike = Text("（其余轴取值不同）", ", which differ on other axes") if others else Text("", "")
        said = Text(f"每格为其中{many.zh}个点的平均", f"a cell is the mean of its {many.en} points")
        told.append(Text(said.zh + unlike.zh, said.en + unlike.en))
    elif len(sweep.axes) > 2:
        told.append(Text("每格一个点，其余轴取值不同", "a cell is one point; points differ on other axes"))
    if found.left_out:
        told.append(
            Text(
                f"另有{found.left_out:,}个点在这两条轴上按基准情景，未画出",
                f"{found.left_out:,} points that keep the base scenario on an axis are left out",
            )
        )
    return Text("；".join(one.zh for one in told), "; ".join(one.en for one in told))
