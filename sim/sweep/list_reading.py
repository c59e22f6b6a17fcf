"""A design whose points are listed one by one: every row names the same axes, and no two rows are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from sim.errors import Problem, nearest
from sim.language import Text
from sim.randomness import Array
from sim.reading.source import Keys, YamlSource
from sim.sweep.axis_reading import value_problems
from sim.sweep.design import Axis, listed_axis
from sim.sweep.kinds import AxisKind

#: What an axis moves by its name, or what is wrong with the name.
Known = Callable[[object], AxisKind | Text | None]


def list_problems(source: YamlSource, keys: Keys, points: Sequence[Any], known: Known) -> list[Problem]:
    """Everything that is wrong with the rows, except what is no number."""
    if not points:
        return [source.problem(keys, Text("没有任何点", "there is no point"))]
    first = points[0] if isinstance(points[0], dict) else {}
    problems: list[Problem] = []
    if first == {} and isinstance(points[0], dict):
        problems.append(source.problem((*keys, 0), Text("没有任何轴", "there is no axis")))
    kinds = {name: known(name) for name in first}
    for name, kind in kinds.items():
        if isinstance(kind, Text):
            problems.append(source.problem((*keys, 0, name), kind, at_key=True))
    seen: dict[tuple[tuple[Any, Any], ...], int] = {}
    for place, row in enumerate(points):
        if isinstance(row, dict):
            problems += _row_problems(source, (*keys, place), row, kinds)
            problems += _repeated(source, (*keys, place), row, seen)
    return problems


def _row_problems(
    source: YamlSource, keys: Keys, row: Mapping[Any, Any], kinds: Mapping[Any, AxisKind | Text | None]
) -> Iterator[Problem]:
    """Axes that the first row has and this one lacks, or the other way round, and values out of bounds."""
    missing = [str(name) for name in kinds if name not in row]
    for name, value in row.items():
        kind = kinds.get(name)
        if name not in kinds:
            near = nearest(str(name), missing)
            missing = [one for one in missing if one != near]
            yield source.problem((*keys, name), _extra(name, near, kinds), at_key=True)
        elif isinstance(kind, AxisKind):
            yield from value_problems(source, (*keys, name), value, kind)
    if missing:
        listed = "、".join(missing), ", ".join(missing)
        text = Text(f"缺少轴 {listed[0]}：每一行都要写全第一行的各条轴", f"lacks {listed[1]}, which the first row has")
        yield source.problem(keys, text)


def _extra(name: object, near: str | None, kinds: Mapping[Any, Any]) -> Text:
    if near is not None:
        return Text(
            f"第一行没有轴“{name}”，您是否想写“{near}”？", f'the first row has no "{name}", did you mean "{near}"?'
        )
    listed = [str(one) for one in kinds]
    return Text(
        f"第一行没有轴“{name}”；每一行的轴应相同：{'、'.join(listed)}",
        f'the first row has no "{name}"; all rows have the same axes: {", ".join(listed)}',
    )


def _repeated(
    source: YamlSource, keys: Keys, row: Mapping[Any, Any], seen: dict[tuple[tuple[Any, Any], ...], int]
) -> Iterator[Problem]:
    """A row that is there already."""
    try:
        written = tuple(sorted((str(name), float(value)) for name, value in row.items()))
    except (TypeError, ValueError, OverflowError):
        return  # no number: the model of the file reports it
    line = source.position(keys)[0]
    if written in seen:
        text = Text(f"与第 {seen[written]} 行的点相同，请删去", f"the point of line {seen[written]} again; take it out")
        yield source.problem(keys, text)
    seen.setdefault(written, line)


def list_axes(points: Sequence[Mapping[str, Any]], kinds: Mapping[str, AxisKind]) -> tuple[list[Axis], Array]:
    """Axes and rows, (point, axis), of points without problems."""
    names = list(points[0])
    rows = np.array([[float(row[name]) for name in names] for row in points])
    axes = [listed_axis(kinds[name], list(dict.fromkeys(rows[:, i].tolist()))) for i, name in enumerate(names)]
    return axes, rows
