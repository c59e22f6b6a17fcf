"""Sweep files: from YAML to a validated, frozen design of scenarios over a full grid of axes.

An axis is a lever or a world assumption and the values it takes, each held in every year after the base
year. The grid counts its points from 1, the last axis running fastest.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from sim.errors import InputError, Problem, unknown_name
from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD, Lever, WorldAssumption
from sim.reading.messages import describe
from sim.reading.source import Keys, StrictModel, WrongValue, YamlSource
from sim.scenario.entries import label_of
from sim.scenario.files import scenario_names
from sim.scenario.parts import AssumptionPath, Scenario
from sim.scenario.schema import Name

MOST_POINTS = 100_000
MOST_DRAWS = 10_000_000
LARGEST_SEED = 2**63 - 1
KINDS: Mapping[str, Lever | WorldAssumption] = {**LEVERS, **WORLD}


def _not_empty(items: list[str] | None) -> list[str] | None:
    if items is not None and not items:
        raise WrongValue("没有任何目标；要全部目标就不写 targets", "no target; leave targets out for all")
    return items


class AxisEntry(StrictModel):
    """An axis as written; what its numbers may be is checked by `read_axes`."""

    values: list[float] | None = None
    start: float | None = Field(default=None, alias="from")
    end: float | None = Field(default=None, alias="to")
    steps: int | None = Field(default=None, ge=2)


class SweepFile(StrictModel):
    """A sweep file as written."""

    name: Name
    label: str | None = None
    label_en: str | None = None
    question: str | None = None
    scenario: str = "baseline"
    draws: int = Field(default=20_000, ge=1, le=MOST_DRAWS)
    seed: int = Field(default=1, ge=0, le=LARGEST_SEED)
    targets: Annotated[list[str] | None, AfterValidator(_not_empty)] = None
    axes: dict[str, AxisEntry]


@dataclass(frozen=True, slots=True)
class Axis:
    """A lever or world assumption and the values it takes, in its own unit and in the order of the file."""

    id: str
    label: Text
    unit: Text
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The full cross of some axes around a base scenario."""

    base: Scenario
    axes: tuple[Axis, ...]

    @property
    def size(self) -> int:
        """Number of points."""
        return math.prod(len(axis.values) for axis in self.axes)

    def values(self, point: int) -> tuple[float, ...]:
        """The value of each axis at a point, 1 to `size`."""
        rest, found = point - 1, []
        for axis in reversed(self.axes):
            rest, place = divmod(rest, len(axis.values))
            found.append(axis.values[place])
        return tuple(reversed(found))

    def scenario(self, point: int, base_year: int) -> Scenario:
        """The base scenario with the axes' assumptions held at the point's values in every year."""
        years = tuple(range(base_year + 1, self.base.horizon + 1))
        levers, world = dict(self.base.levers), dict(self.base.world)
        for axis, value in zip(self.axes, self.values(point), strict=True):
            constant = (value,) * len(years)
            section = levers if axis.id in LEVERS else world
            section[axis.id] = AssumptionPath(axis.id, years, constant, constant)
        return dataclasses.replace(self.base, levers=levers, world=world)


def locate_sweep(reference: str, folder: Path) -> Path:
    """The file of a sweep a person asked for: a name in `folder`, or a path to anywhere."""
    names = scenario_names(folder)
    path = Path(reference)
    if reference in names:
        return names[reference]
    if "/" in reference or "\\" in reference or path.suffix in (".yaml", ".yml") or path.exists():
        return path  # reading it says what is wrong with it
    raise InputError(Problem(None, None, None, "SPEC", unknown_name(reference, names)))


def read_axes(source: YamlSource) -> tuple[tuple[Axis, ...], list[Problem]]:
    """The axes of a file and every problem with them, except wrong types and keys, which the model reports."""
    written = source.data.get("axes") if isinstance(source.data, dict) else None
    if not isinstance(written, dict):
        return (), []
    problems: list[Problem] = []
    if not written:
        problems.append(source.problem(("axes",), Text("没有任何轴", "there is no axis")))
    counts = [_count(axis) for axis in written.values()]
    if math.prod(counts) > MOST_POINTS:
        problems.append(source.problem(("axes",), _too_many(counts), at_key=True))
    for name, axis in written.items():
        if name not in KINDS:
            problems.append(source.problem(("axes", name), unknown_name(str(name), KINDS), at_key=True))
        elif isinstance(axis, dict):
            problems += _axis_problems(source, ("axes", name), axis, KINDS[name])
    if problems or source.problems:
        return (), problems
    return tuple(_axis(name, axis) for name, axis in written.items() if isinstance(axis, dict)), problems


def _too_many(counts: Sequence[int]) -> Text:
    product, size = " × ".join(f"{count:,}" for count in counts), f"{math.prod(counts):,}"
    return Text(
        f"共 {product} = {size} 个点，超过上限 {MOST_POINTS:,} 个",
        f"{product} = {size} points, more than the limit of {MOST_POINTS:,}",
    )


def _count(axis: Any) -> int:
    """How many values an axis asks for; 1 where it cannot be told."""
    values, steps = (axis.get("values"), axis.get("steps")) if isinstance(axis, dict) else (None, None)
    if isinstance(values, list):
        return max(len(values), 1)
    return max(steps, 1) if isinstance(steps, int) else 1


def _axis_problems(
    source: YamlSource, keys: Keys, axis: Mapping[str, Any], kind: Lever | WorldAssumption
) -> list[Problem]:
    given = [key for key, value in axis.items() if value is not None]
    listed, span = "values" in given, [key for key in ("from", "to", "steps") if key in given]
    if listed == bool(span) or (span and len(span) < 3):
        text = Text(
            "应写 values，或写全 from、to、steps，二者择一",
            "give either values, or all of from, to and steps",
        )
        return [source.problem(keys, text)]
    problems = []
    if listed and isinstance(axis["values"], list):
        problems += _list_problems(source, (*keys, "values"), axis["values"])
        for place, value in enumerate(axis["values"]):
            problems += _bound_problems(source, (*keys, "values", place), value, kind)
    for key in ("from", "to"):
        problems += _bound_problems(source, (*keys, key), axis.get(key), kind)
    return problems + _reversed(source, keys, axis.get("from"), axis.get("to"))


def _reversed(source: YamlSource, keys: Keys, start: Any, end: Any) -> list[Problem]:
    if not (_is_number(start) and _is_number(end)) or start < end:
        return []
    text = Text(f"from 应小于 to，现为 {start:g} 与 {end:g}", f"from must be below to, got {start:g} and {end:g}")
    return [source.problem((*keys, "from"), text)]


def _list_problems(source: YamlSource, keys: Keys, values: Sequence[Any]) -> list[Problem]:
    if not values:
        return [source.problem(keys, Text("没有任何值", "there is no value"))]
    first: dict[float, int] = {}
    for place, value in enumerate(values):
        if _is_number(value):
            first.setdefault(value, place)
    return [
        source.problem((*keys, place), Text(f"{value:g} 重复", f"{value:g} is there already"))
        for place, value in enumerate(values)
        if _is_number(value) and first[value] < place
    ]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _bound_problems(source: YamlSource, keys: Keys, value: Any, kind: Lever | WorldAssumption) -> list[Problem]:
    if not _is_number(value) or keys in source.spoiled or kind.low <= value <= kind.high:
        return []
    got = describe(value)
    text = Text(
        f"应在 {kind.low:g} 至 {kind.high:g}（{kind.unit.zh}）之间，现为 {got.zh}",
        f"must lie between {kind.low:g} and {kind.high:g} ({kind.unit.en}), got {got.en}",
    )
    return [source.problem(keys, text)]


def _axis(name: str, axis: Mapping[str, Any]) -> Axis:
    """An axis without problems, unless of type: then the model of the file has reported it."""
    kind, values = KINDS[name], axis.get("values")
    if isinstance(values, list):
        numbers = [float(value) for value in values if _is_number(value)]
    else:
        numbers = _spread(axis.get("from"), axis.get("to"), axis.get("steps"))
    return Axis(name, kind.label, kind.unit, tuple(numbers))


def _spread(start: Any, end: Any, steps: Any) -> list[float]:
    if not (_is_number(start) and _is_number(end) and isinstance(steps, int) and steps > 1):
        return []
    # Twelve digits: 0.30000000000000004 is not what anyone wrote.
    return [float(f"{start + (end - start) * place / (steps - 1):.12g}") for place in range(steps)]


def sweep_label(file: SweepFile) -> Text:
    """The label in both languages; the name stands in for a missing one."""
    return label_of(file.label, file.label_en, file.name)
