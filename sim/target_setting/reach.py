"""Values that draws reach with a given probability, in the better direction of an indicator, with their errors."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim.randomness import Array

#: Probabilities of the four values that a plan is offered: 稳妥值, 预期值, 中位, 奋斗值.
PROBABILITIES = (0.90, 0.70, 0.50, 0.30)


def reached(values: Array, probability: float, less: bool = False) -> float:
    """The value that draws reach with a probability: at least it, or with `less` at most it.

    Linear between order statistics, as the quantiles of a run.
    """
    return float(np.quantile(values, probability if less else 1.0 - probability))


def reached_error(values: Array, probability: float, independent: int) -> float:
    """Standard error of a quantile from order statistics: half of what one standard error of the share moves it.

    `independent` draws count. Source: Woodruff (1952), confidence intervals for medians and other position measures.
    """
    step = math.sqrt(probability * (1.0 - probability) / independent)
    ends = np.clip([probability - step, probability + step], 0.0, 1.0)
    low, high = np.quantile(values, ends)
    return float(high - low) / 2.0


def meets(values: Array, threshold: float, less: bool = False) -> Array:
    """Which draws reach a value, (draw,) of ones and zeros; equal counts as reached."""
    return np.asarray(values <= threshold if less else values >= threshold, dtype=np.float64)


def percentile(values: Array, value: float, less: bool = False) -> float:
    """Share of draws that do worse than a value, those equal to it counted half: how ambitious it is, 0-1."""
    worse = values > value if less else values < value
    return float(worse.mean() + 0.5 * (values == value).mean())


def near(values: Array, probability: float, width: float, less: bool = False) -> Array:
    """Places of the draws whose value is reached with about a probability, within `width` of it on both sides.

    At least one draw; places in the order of the values, ties as they come.
    """
    order = np.argsort(-values if less else values, kind="stable")
    size = len(values)
    first = math.floor(max(0.0, 1.0 - probability - width) * size)
    last = math.ceil(min(1.0, 1.0 - probability + width) * size)
    first = min(first, size - 1)
    return np.asarray(order[first : max(last, first + 1)])


def medians(rows: Sequence[Array], places: Array) -> tuple[float, ...]:
    """Median of each row, (draw,), over the draws at some places."""
    return tuple(float(np.median(row[places])) for row in rows)
