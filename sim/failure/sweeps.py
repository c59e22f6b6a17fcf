"""Boxes among the points of a sweep: where the probability of a target is too low."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.failure.boxes import half_of, step_of
from sim.failure.features import Feature
from sim.failure.find import Cases, Inputs, Told, told_of
from sim.failure.sentences import SHARES, points_wording
from sim.language import Text
from sim.randomness import Array, generator

#: Axes with so many values or fewer are on a grid: a bound is one of the values and belongs to the box.
MOST_LEVELS = 50
#: With fewer points boxes describe the very points they were found on; with more, the half they were not found on.
POINTS_FOR_HALVES = 1000
#: Axes that are chance rather than a choice: points that differ only in it stay together.
SEED_AXIS = "seed"


@dataclass(frozen=True, slots=True)
class SweepInput:
    """An axis as people read it; `is_switch` for one that leaves a project in (1) or out (0)."""

    id: str
    label: Text
    unit: Text
    is_switch: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SweepBoxes:
    """What was found; left_out : points on which some axis is at the base scenario's own setting, which is no number.

    threshold : the probability below which a point fails, None where shares of misses are compared.
    """

    told: Told
    left_out: int
    threshold: float | None


def sweep_boxes(
    axes: Sequence[SweepInput], rows: Array, probability: Array, threshold: float | None, seed: int
) -> SweepBoxes | None:
    """Boxes of points at which the probability is below the threshold, or at which misses crowd.

    rows : (point, axis), NaN where the base scenario's own setting stays; probability : (point,). None where every
    point leaves some axis to the base scenario, so that nothing can be compared.
    """
    used = [place for place, axis in enumerate(axes) if axis.id != SEED_AXIS]
    values = rows[:, used]
    whole = np.isfinite(values).all(axis=1) & np.isfinite(probability)
    if not whole.any() or not used:
        return None
    values, share = values[whole], probability[whole]
    failed = 1.0 - share if threshold is None else (share < threshold).astype(np.float64)
    inputs = _inputs([axes[place] for place in used], values)
    units = np.unique(values, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)
    random = generator(seed, "failure.sweep", 0)
    every = np.ones(len(values), dtype=np.bool_)
    halves = len(values) >= POINTS_FOR_HALVES
    fitting, measuring = (half_of(units, random), None) if halves else (every, every)
    cases = Cases(inputs, failed, fitting, units, int(units.max()) + 1, measuring)
    wording = SHARES if threshold is None else points_wording(f"{100.0 * threshold:g}%")
    told = told_of(cases, random, Text("", ""), wording)
    return SweepBoxes(told, int((~whole).sum()), threshold)


def _inputs(axes: Sequence[SweepInput], values: Array) -> Inputs:
    """Axes as inputs: a switch, values of a grid, or numbers whose bounds are rounded."""
    features, steps = [], []
    for axis, column in zip(axes, values.T, strict=True):
        levels = len(np.unique(column))
        kind = "yes" if axis.is_switch else "level" if levels <= MOST_LEVELS else "number"
        label, opposite = axis.label, None
        if axis.is_switch:
            opposite = Text(f"没有{axis.label.zh}", f"without {axis.label.en}")
            label = Text(f"有{axis.label.zh}", f"with {axis.label.en}")
        features.append(Feature(axis.id, label, _unit(axis.unit), kind, opposite))
        steps.append(step_of(column) if kind == "number" else np.nan)
    return Inputs(tuple(features), np.ascontiguousarray(values), np.array(steps))


def _unit(unit: Text) -> Text:
    """A unit as it follows a number."""
    return Text(unit.zh, f" {unit.en}" if unit.en[:1].isalnum() else unit.en)
