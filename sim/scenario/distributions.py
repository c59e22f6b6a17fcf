"""Named distributions of a value: `{triangular: [least, most likely, most]}` and the like.

Each is a function of one standard normal, so that one draw moves a path in all years together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from sim.language import Text
from sim.parameters.priors import Z95
from sim.randomness import Array


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution by name (a key of `FORMS`) with its numbers in the unit of the value."""

    name: str
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """How a distribution is written.

    `parts` names its numbers in order. `place` gives the value at standard normals, `certain` the numbers of a value
    without spread, `trouble` what is wrong with numbers. `bounded`: its first and last number are its ends.
    """

    label: Text
    parts: tuple[Text, ...]
    bounded: bool
    place: Callable[[tuple[float, ...], Array], Array]
    certain: Callable[[float], tuple[float, ...]]
    trouble: Callable[[tuple[float, ...]], Text | None]

    @property
    def written(self) -> Text:
        """The list as people write it: `[最小, 最可能, 最大]`."""
        parts = [(part.zh, part.en) for part in self.parts]
        return Text(f"[{', '.join(zh for zh, _ in parts)}]", f"[{', '.join(en for _, en in parts)}]")


def _chance_below(normal: Array) -> Array:
    """Probability of a standard normal below each value. SciPy is loaded only where a distribution asks for it."""
    from scipy.special import ndtr

    found: Array = ndtr(normal)
    return found


def values_at(distribution: Distribution, normal: Array) -> Array:
    """The value at each standard normal; increasing in it."""
    return FORMS[distribution.name].place(distribution.numbers, normal)


def percentiles(distribution: Distribution) -> tuple[float, float]:
    """The 5th and the 95th percentile."""
    form = FORMS[distribution.name]
    if distribution.name == "lognormal":
        return distribution.numbers[0], distribution.numbers[1]
    low, high = form.place(distribution.numbers, np.array([-Z95, Z95]))
    return float(low), float(high)


def extremes(distribution: Distribution) -> tuple[float, float]:
    """What must lie within the bounds of a lever: the ends, or 5th and 95th percentile of one without ends."""
    if FORMS[distribution.name].bounded:
        return distribution.numbers[0], distribution.numbers[-1]
    return percentiles(distribution)


def _uniform(numbers: tuple[float, ...], normal: Array) -> Array:
    low, high = numbers
    made: Array = low + (high - low) * _chance_below(normal)
    return made


def _triangular(numbers: tuple[float, ...], normal: Array) -> Array:
    least, mode, most = numbers
    if most == least:
        return np.full_like(normal, least)
    width = most - least
    peak = (mode - least) / width  # the share of draws below the most likely value
    rising = least + width * np.sqrt(peak) * np.sqrt(_chance_below(normal))
    falling = most - width * np.sqrt(1.0 - peak) * np.sqrt(_chance_below(-normal))
    return np.where(_chance_below(normal) <= peak, rising, falling)


def _normal(numbers: tuple[float, ...], normal: Array) -> Array:
    mean, deviation = numbers
    return mean + deviation * normal


def _lognormal(numbers: tuple[float, ...], normal: Array) -> Array:
    low, high = numbers
    if low == high:
        return np.full_like(normal, low)
    middle, half = (math.log(low) + math.log(high)) / 2.0, (math.log(high) - math.log(low)) / 2.0
    return np.exp(middle + half / Z95 * normal)


def _rising(numbers: tuple[float, ...]) -> Text | None:
    if list(numbers) == sorted(numbers):
        return None
    ordered = ", ".join(f"{number:g}" for number in sorted(numbers))
    return Text(f"应从小到大：[{ordered}]", f"must be in rising order: [{ordered}]")


def _deviation(numbers: tuple[float, ...]) -> Text | None:
    if numbers[1] >= 0:
        return None
    return Text(f"标准差应不小于 0，现为 {numbers[1]:g}", f"the deviation must be at least 0, got {numbers[1]:g}")


def _positive(numbers: tuple[float, ...]) -> Text | None:
    if numbers[0] > 0:
        return _rising(numbers)
    return Text(
        f"对数正态的两个数都应大于 0，现为 {numbers[0]:g}；可为负时请用 [p5, p95] 或 triangular",
        f"both numbers of a lognormal must be above 0, got {numbers[0]:g}; "
        "where values may be negative, use [p5, p95] or triangular",
    )


_P5, _P95 = Text("p5", "p5"), Text("p95", "p95")
_LEAST, _MOST = Text("最小", "least"), Text("最大", "most")

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "uniform": Form(
            Text("均匀分布", "uniform"), (_LEAST, _MOST), True, _uniform, lambda value: (value, value), _rising
        ),
        "triangular": Form(
            Text("三角分布", "triangular"),
            (_LEAST, Text("最可能", "most likely"), _MOST),
            True,
            _triangular,
            lambda value: (value, value, value),
            _rising,
        ),
        "normal": Form(
            Text("正态分布", "normal"),
            (Text("均值", "mean"), Text("标准差", "deviation")),
            False,
            _normal,
            lambda value: (value, 0.0),
            _deviation,
        ),
        "lognormal": Form(
            Text("对数正态分布", "lognormal"), (_P5, _P95), False, _lognormal, lambda value: (value, value), _positive
        ),
    }
)
