"""Priors, and the parameters drawn from them.

A prior is a range [p5, p95] or [p5, centre, p95] with a unit, a source and a date of information, one line
in a YAML file. Its value is a monotone function of one standard normal: the two-piece normal of the Bank of
England's fan chart, on the plain, logarithmic or log-odds scale.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar, get_type_hints

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sim.errors import InputError, Problem, unknown_name
from sim.language import Text
from sim.randomness import Array, Draws
from sim.reading.messages import WrongValue
from sim.reading.source import Keys, YamlSource, read, validate

Z95 = 1.6448536269514722  # 95th percentile of the standard normal

Unit = Literal["1", "%", "pp", "growth %", "年", "亿元", "万人", "公里", "元/美元", "元", "岁", "万吨", "人"]
Shape = Literal["normal", "lognormal", "logit"]
Part = Literal["parameters", "discrepancy", "reporting", "facts"]


def _dated(date: str) -> str:
    """A year, or a year and month."""
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", date):
        raise WrongValue(f"日期应写作 2020 或 2020-12，现为 {date}", f"a date is 2020 or 2020-12, not {date}")
    return date


class _Line(BaseModel):
    """What every prior must say, scalar or by cell."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    unit: Unit
    shape: Shape = "normal"
    grade: Literal["E", "L", "M", "J"]
    date: Annotated[str, AfterValidator(_dated)]
    source: str = Field(min_length=4)
    part: Part = "parameters"
    minimum: float | None = None
    maximum: float | None = None


class ScalarLine(_Line):
    """A prior of one number."""

    range: list[float] = Field(min_length=1, max_length=3)


class CellsLine(_Line):
    """A prior with one range for each production cell."""

    cells: dict[str, list[float]]


class BoundedLine(_Line):
    """A prior with one range for each bounded indicator."""

    indicators: dict[str, list[float]]


class HistoryLine(BaseModel):
    """Where the ledger holds what happened to a world assumption."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    region: str
    indicator: str


class PriorFile(BaseModel):
    """A file of priors; that of the world also says where its history stands in the ledger."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    base_year: int | None = None
    parameters: dict[str, ScalarLine] = {}
    cells: dict[str, CellsLine] = {}
    bounded: dict[str, BoundedLine] = {}
    history: dict[str, HistoryLine] = {}


@dataclass(frozen=True, slots=True)
class Prior:
    """One unknown number: p5, centre and p95 in the unit of its line, and where it comes from."""

    name: str
    low: float
    centre: float
    high: float
    unit: str
    shape: str
    grade: str
    date: str
    source: str
    part: str
    origin: str
    minimum: float | None = None
    maximum: float | None = None

    def value(self, normal: Array) -> Array:
        """Values for standard normals of any shape, in the model's units (fractions, log growth)."""
        low, centre, high = (_scale(x, self.shape) for x in (self.low, self.centre, self.high))
        spread = np.where(normal < 0.0, (centre - low) / Z95, (high - centre) / Z95)
        drawn = _unscale(centre + spread * normal, self.shape)
        if self.minimum is not None or self.maximum is not None:
            drawn = np.clip(drawn, self.minimum, self.maximum)
        return _model_unit(drawn, self.unit)


def _scale(x: float, shape: str) -> float:
    if shape == "lognormal":
        return float(np.log(x))
    return float(np.log(x / (1.0 - x))) if shape == "logit" else x


def _unscale(x: Array, shape: str) -> Array:
    if shape == "lognormal":
        return np.exp(x)
    return 1.0 / (1.0 + np.exp(-x)) if shape == "logit" else x


def _model_unit(x: Array, unit: str) -> Array:
    if unit in ("%", "pp"):
        return x / 100.0
    return np.log1p(x / 100.0) if unit == "growth %" else x


def build_prior(name: str, line: _Line, numbers: Sequence[float], origin: str) -> Prior:
    """Make a prior of one line. Raises ValueError with a Chinese reason when the range is not a range."""
    low, high = numbers[0], numbers[-1]
    if len(numbers) == 3:
        centre = numbers[1]
    else:
        inner = (_scale(low, line.shape) + _scale(high, line.shape)) / 2.0
        centre = low if low == high else float(_unscale(np.asarray(inner), line.shape))
    if not low <= centre <= high:
        raise ValueError(f"{low} ≤ {centre} ≤ {high}")
    lowest = low if line.minimum is None else line.minimum
    highest = high if line.maximum is None else line.maximum
    if not (lowest <= low and high <= highest):
        raise ValueError(f"{lowest} ≤ [{low}, {high}] ≤ {highest}")
    return Prior(
        name, low, centre, high, line.unit, line.shape, line.grade, line.date, line.source, line.part, origin,
        line.minimum, line.maximum,
    )  # fmt: skip


def checked_prior(
    source: YamlSource, keys: Keys, name: str, line: _Line, numbers: Sequence[float], out: list[Problem]
) -> Prior | None:
    """The prior of one line; None, with a problem added to `out`, when its numbers are no range for its shape."""
    row, _ = source.position(keys)
    positive = all(x > 0 for x in numbers) if line.shape != "normal" else True
    below_one = all(x < 1 for x in numbers) if line.shape == "logit" else True
    if 1 <= len(numbers) <= 3 and positive and below_one:
        try:
            return build_prior(name, line, numbers, f"{source.shown}:{row}")
        except ValueError as error:
            detail = str(error)
    else:
        detail = f"{list(numbers)}（{line.shape}）"
    out.append(
        source.problem(
            keys,
            Text(
                f"范围应为 [p5, p95] 或 [p5, 中心, p95] 且由小到大，现为 {detail}",
                f"a range is [p5, p95] or [p5, centre, p95] in rising order, not {detail}",
            ),
        )
    )
    return None


@dataclass(frozen=True, slots=True)
class Priors:
    """All priors of one file, by the name of the parameter; vectors in the order of cells or indicators."""

    scalars: Mapping[str, Prior]
    vectors: Mapping[str, tuple[Prior, ...]]
    shown: str

    def all(self) -> tuple[Prior, ...]:
        """Every prior, scalars first."""
        return (*self.scalars.values(), *(prior for vector in self.vectors.values() for prior in vector))


def read_priors(path: Path, parameters: type, cells: Sequence[str] = (), bounded: Sequence[str] = ()) -> Priors:
    """Read a file of priors for the parameter class `parameters`.

    Raises InputError with every problem: unknown or missing names, wrong ranges, cells that are not the pack's.
    """
    source = read(path)
    file = validate(source, PriorFile)
    problems: list[Problem] = []
    scalars: dict[str, Prior] = {}
    for name, scalar in file.parameters.items():
        prior = checked_prior(source, ("parameters", name), name, scalar, scalar.range, problems)
        if prior:
            scalars[name] = prior
    vectors: dict[str, tuple[Prior, ...]] = {}
    families: list[tuple[str, str, str, _Line, dict[str, list[float]], Sequence[str]]] = [
        *(("cells", "cells", name, line, line.cells, cells) for name, line in file.cells.items()),
        *(("bounded", "indicators", name, b, b.indicators, bounded) for name, b in file.bounded.items()),
    ]
    for section, inner, name, line, ranges, members in families:
        found = []
        problems += _members(source, (section, name, inner), ranges, members)
        for member in members:
            if member in ranges:
                keys = (section, name, inner, member)
                prior = checked_prior(source, keys, f"{name}.{member}", line, ranges[member], problems)
                found += [prior] if prior else []
        vectors[name] = tuple(found)
    problems += _names(source, sections_of(parameters), file)
    if problems:
        raise InputError(tuple(problems))
    return Priors(scalars, vectors, source.shown)


def _members(
    source: YamlSource, keys: tuple[str, ...], ranges: Mapping[str, object], members: Sequence[str]
) -> list[Problem]:
    unknown = [source.problem((*keys, name), unknown_name(name, members)) for name in ranges if name not in members]
    missing = [name for name in members if name not in ranges]
    text = Text(f"缺少：{'、'.join(missing)}", f"missing: {', '.join(missing)}")
    return unknown + ([source.problem(keys, text)] if missing else [])


def sections_of(parameters: type) -> dict[str, str]:
    """Section of the priors file in which each parameter of a class stands."""
    hints = get_type_hints(parameters, include_extras=True)
    return {name: getattr(hint, "__metadata__", ("parameters",))[0] for name, hint in hints.items()}


def _names(source: YamlSource, sections: Mapping[str, str], file: PriorFile) -> list[Problem]:
    """Names that are unknown, in the wrong section, or missing."""
    out = []
    given = {section: set(getattr(file, section)) for section in ("parameters", "cells", "bounded")}
    for section, names in given.items():
        for name in sorted(names):
            if name not in sections:
                out.append(source.problem((section, name), unknown_name(name, sections)))
            elif sections[name] != section:
                text = Text(f"应写在 {sections[name]} 之下", f"belongs under {sections[name]}")
                out.append(source.problem((section, name), text))
    missing = sorted(name for name, section in sections.items() if name not in given[section])
    if missing:
        text = Text(f"缺少先验：{'、'.join(missing)}", f"missing priors: {', '.join(missing)}")
        out.append(source.problem((), text))
    return out


P = TypeVar("P")


def sample(priors: Priors, parameters: type[P], draws: Draws, prefix: str) -> P:
    """Draw the parameters of one block of draws.

    Each prior has its own stream, named by `prefix`, the parameter and the cell, so that adding a parameter
    changes no other. Scalars come as (draw,), vectors as (cell, draw) or (bounded, draw).
    """

    def one(prior: Prior) -> Array:
        return prior.value(draws.normal(prior.part, f"{prefix}.{prior.name}")[0])

    values: dict[str, Array] = {name: one(prior) for name, prior in priors.scalars.items()}
    none = np.zeros((0, draws.size))  # a pack without bounded indicators has vectors of no members
    values |= {name: np.stack([one(p) for p in v]) if v else none.copy() for name, v in priors.vectors.items()}
    for array in values.values():
        array.setflags(write=False)
    return parameters(**values)
