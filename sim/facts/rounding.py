"""What a rounding word (近, 约, 左右, 以上, …) says about the number printed beside it.

`calibration/rounding.yaml` is the only place that knows it. A reported number becomes an `Interval`: the
range in which the true value lies, with the mean and standard deviation of the shape assumed inside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from sim.errors import InputError, Problem
from sim.language import Text
from sim.reading.source import StrictModel, YamlSource, read_tolerant, validate

EXACT = "exact"
HALF_UNIT = 0.5  # of the last printed digit: what rounding half up leaves open
TABLE_TOLERANCE = 0.002  # relative; the table prints moments with three or four digits

Basis = Literal["unit", "value"]
Shape = Literal["uniform", "triangular"]


@dataclass(frozen=True, slots=True)
class Rounding:
    """One word of the table.

    `centre`, `sd`, `low` and `high` are distances from the printed number, in multiples of its size
    (`basis` value) or of one unit of its last digit (`basis` unit).
    """

    word: str
    centre: float
    sd: float
    low: float
    high: float
    basis: Basis
    shape: Shape
    reason: Text


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true value lies, in the unit of the printed number: mean, standard deviation and bounds."""

    centre: float
    sd: float
    low: float
    high: float
    shape: Shape

    @property
    def mode(self) -> float:
        """The most likely value; for the uniform shape, which has none, the middle."""
        return 3.0 * self.centre - self.low - self.high if self.shape == "triangular" else self.centre


class _Word(StrictModel):
    basis: Basis
    shape: Shape
    low: float = Field(allow_inf_nan=False)
    high: float = Field(allow_inf_nan=False)
    centre: float = Field(allow_inf_nan=False)
    sd: float = Field(gt=0, allow_inf_nan=False)
    reason: str = Field(min_length=1)
    reason_en: str = Field(min_length=1)


class _Table(StrictModel):
    words: dict[str, _Word]


def read_rounding(path: str | Path) -> Mapping[str, Rounding]:
    """The table of rounding words by word; raises InputError with every problem found.

    Besides its form the table is checked for sense: the printed number (0) lies within the bounds, and
    `centre` and `sd` are those of the shape.
    """
    source = read_tolerant(path)
    table = validate(source, _Table)
    problems = [problem for word, entry in table.words.items() for problem in _problems(source, word, entry)]
    if EXACT not in table.words:
        problems.append(source.problem(("words",), Text(f"缺少“{EXACT}”", f'"{EXACT}" is missing')))
    if problems:
        raise InputError(problems)
    return MappingProxyType({word: _rounding(word, entry) for word, entry in table.words.items()})


def interval(value: float, decimals: int, word: Rounding) -> Interval:
    """The interval of a number printed with `decimals` digits after the point and said with `word`.

    Never narrower than half a unit of the last printed digit. A negative number is mirrored, since words
    speak of size: 下降近5% is a fall of a little less than 5 %. Raises ValueError for a number that is not
    finite or a negative count of digits.
    """
    if not math.isfinite(value) or decimals < 0:
        raise ValueError(f"not a printed number: {value!r} with {decimals} decimals")
    unit = 10.0**-decimals
    widest = max(abs(word.low), abs(word.high))
    scale = unit if word.basis == "unit" else max(abs(value), HALF_UNIT * unit / widest)
    sign = -1.0 if value < 0 else 1.0
    ends = sorted((value + sign * scale * word.low, value + sign * scale * word.high))
    centre = value + sign * scale * word.centre
    return Interval(centre, scale * word.sd, ends[0], ends[1], word.shape)


def widened(own: Interval, value: float, extra: Rounding) -> Interval:
    """An interval made wider by what a second-hand publication may have got wrong, in multiples of the value."""
    low, high = own.low + extra.low * abs(value), own.high + extra.high * abs(value)
    if own.shape == "uniform":
        return Interval((low + high) / 2.0, (high - low) / math.sqrt(12.0), low, high, "uniform")
    centre, sd = _moments("triangular", low - own.mode, high - own.mode)
    return Interval(own.mode + centre, sd, low, high, "triangular")


def _rounding(word: str, entry: _Word) -> Rounding:
    """Table entry as a value, its moments recomputed from the shape so that no printed digit is lost."""
    centre, sd = _moments(entry.shape, entry.low, entry.high)
    reason = Text(entry.reason, entry.reason_en)
    return Rounding(word, centre, sd, entry.low, entry.high, entry.basis, entry.shape, reason)


def _moments(shape: Shape, low: float, high: float) -> tuple[float, float]:
    """Mean and standard deviation on [low, high]; the triangle has its mode at 0, the printed number."""
    if shape == "uniform":
        return (low + high) / 2.0, (high - low) / math.sqrt(12.0)
    return (low + high) / 3.0, math.sqrt((low * low + high * high - low * high) / 18.0)


def _problems(source: YamlSource, word: str, entry: _Word) -> Iterator[Problem]:
    """What is wrong with one word, beyond its form."""
    if not entry.low <= 0.0 <= entry.high or entry.low == entry.high:
        text = Text("应有 low ≤ 0 ≤ high 且两者不等", "needs low <= 0 <= high, and the two different")
        yield source.problem(("words", word, "low"), text)
        return
    tolerance = TABLE_TOLERANCE * (entry.high - entry.low)
    for key, given, implied in zip(
        ("centre", "sd"), (entry.centre, entry.sd), _moments(entry.shape, entry.low, entry.high), strict=True
    ):
        if abs(given - implied) > tolerance:
            zh = f"为 {given:g}，而 {entry.shape} 分布在 [{entry.low:g}, {entry.high:g}] 上应为 {implied:.4g}"
            en = f"is {given:g}, but {entry.shape} on [{entry.low:g}, {entry.high:g}] has {implied:.4g}"
            yield source.problem(("words", word, key), Text(zh, en))
