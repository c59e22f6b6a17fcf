"""What an axis of a sweep may be: a lever, a world assumption, a project of the base scenario or part of one, the seed.

A value on an axis holds in every year after the base year. NaN on an axis leaves the base scenario as it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.scenario.fields import LARGEST_AMOUNT
from sim.scenario.parts import EARLIEST_YEAR, AssumptionPath, Project, Scenario

SEED = "seed"
PROJECTS = "projects."
#: Whole numbers up to here are exact as floating point numbers.
LARGEST_SEED = 2**53
LONGEST_DELAY = 10  # years, as in a scenario


@dataclass(frozen=True, slots=True)
class AxisKind:
    """What an axis moves, between `low` and `high` in `unit`; `whole`: by whole numbers only.

    `project` and `part` name what of which project it moves; the part "" is whether there is the project at all.
    """

    id: str
    label: Text
    unit: Text
    low: float
    high: float
    whole: bool = False
    project: str | None = None
    part: str = ""

    @property
    def is_switch(self) -> bool:
        """Whether the axis leaves a project in (1) or out (0)."""
        return self.project is not None and not self.part


@dataclass(frozen=True, slots=True)
class _Part:
    """A number of a project: its name, unit and bounds."""

    label: Text
    unit: Text
    low: float
    high: float
    whole: bool = False


_FRACTION = Text("0—1", "0–1")
_YEAR = Text("年", "year")
_PARTS: Mapping[str, _Part] = {
    "": _Part(Text("是否实施", "in or out"), Text("1是，0否", "1 in, 0 out"), 0, 1, True),
    "probability": _Part(Text("实施概率", "probability"), _FRACTION, 0, 1),
    "additional": _Part(Text("新增份额", "additional share"), _FRACTION, 0, 1),
    "capex": _Part(Text("投资额", "capital spending"), Text("亿元", "100 million yuan"), 0, LARGEST_AMOUNT),
    "value_added": _Part(
        Text("达产增加值", "value added"), Text("亿元/年", "100 million yuan a year"), 0, LARGEST_AMOUNT
    ),
    "start": _Part(Text("开工年（投产随之移动）", "start, commissioning moves along"), _YEAR, EARLIEST_YEAR, 0, True),
    "delay": _Part(Text("投产推迟", "delay of commissioning"), Text("年", "years"), 0, LONGEST_DELAY, True),
}


def kinds_of(base: Scenario | None) -> dict[str, AxisKind]:
    """All axes a sweep around a base scenario may have, by id; without its projects where it could not be read."""
    known = {
        kind.id: AxisKind(kind.id, kind.label, kind.unit, kind.low, kind.high)
        for kind in (*LEVERS.values(), *WORLD.values())
    }
    known[SEED] = AxisKind(SEED, Text("随机数种子", "seed"), Text("编号", "number"), 0, LARGEST_SEED, True)
    if base is not None:
        known |= {kind.id: kind for project in base.projects for kind in _of_project(project, base.horizon)}
    return known


def _of_project(project: Project, horizon: int) -> Iterator[AxisKind]:
    for name, part in _PARTS.items():
        zh, en = project.label.zh + part.label.zh, f"{project.label.en}, {part.label.en}"
        high = horizon if name == "start" else part.high
        id = f"{PROJECTS}{project.id}" + (f".{name}" if name else "")
        yield AxisKind(id, Text(zh, en), part.unit, part.low, high, part.whole, project.id, name)


def base_value(kind: AxisKind, base: Scenario, seed: int) -> float:
    """The value of an axis in the base scenario; NaN where it is not one number: a path, a range, the calibrated world.

    `seed` is that of the sweep.
    """
    if kind.id == SEED:
        return float(seed)
    if kind.project is not None:
        project = next(one for one in base.projects if one.id == kind.project)
        return _project_value(project, kind.part)
    path = (base.levers if kind.id in LEVERS else base.world).get(kind.id)
    if path is None:
        return 0.0 if kind.id in LEVERS else math.nan
    values = {*path.low, *path.high}
    only = values.pop() if len(values) == 1 else None
    return math.nan if only is None else float(only)


def _project_value(project: Project, part: str) -> float:
    if not part:
        return 1.0
    if part == "delay":
        return float(project.delay.index(1.0)) if 1.0 in project.delay else math.nan
    return float(getattr(project, part))


def scenario_at(base: Scenario, kinds: Sequence[AxisKind], values: Sequence[float], base_year: int) -> Scenario:
    """The base scenario with what the axes move held at `values` in every year; NaN leaves it as it is."""
    years = tuple(range(base_year + 1, base.horizon + 1))
    levers, world = dict(base.levers), dict(base.world)
    projects = {project.id: project for project in base.projects}
    out: set[str] = set()
    for kind, value in zip(kinds, values, strict=True):
        if math.isnan(value) or kind.id == SEED:
            continue
        if kind.project is None:
            constant = (value,) * len(years)
            section = levers if kind.id in LEVERS else world
            section[kind.id] = AssumptionPath(kind.id, years, constant, constant)
        elif kind.is_switch:
            out |= set() if value else {kind.project}
        else:
            projects[kind.project] = _moved(projects[kind.project], kind.part, value)
    kept = tuple(project for name, project in projects.items() if name not in out)
    return replace(base, levers=levers, world=world, projects=kept)


def _moved(project: Project, part: str, value: float) -> Project:
    """A project with one of its numbers changed."""
    if part == "start":
        year = int(value)
        return replace(project, start=year, commissioning=project.commissioning + year - project.start)
    if part == "delay":
        return replace(project, delay=(0.0,) * int(value) + (1.0,))
    changed: dict[str, float] = {part: value}
    return replace(project, **changed)  # type: ignore[arg-type]
