"""The axes of a sweep file: every problem with their names and numbers, and the axes themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from sim.errors import Problem, unknown_name
from sim.language import Text
from sim.reading.messages import describe
from sim.reading.source import Keys, YamlSource
from sim.sweep.design import Axis, listed_axis
from sim.sweep.kinds import PROJECTS, AxisKind

#: Beyond so many a wrong count is no slip any more.
LARGEST_COUNT = 10**15


def is_number(value: Any) -> TypeGuard[float]:
    """Whether a value as written is a number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def unknown_axis(name: object, kinds: Mapping[str, AxisKind]) -> Text:
    """What to say of an axis that does not exist."""
    written = str(name)
    if not written.startswith(PROJECTS):
        return unknown_name(written, [kind for kind in kinds if not kind.startswith(PROJECTS)])
    known = [kind for kind in kinds if kind.startswith(PROJECTS)]
    if known:
        return unknown_name(written, known)
    return Text(
        f"基准情景没有项目，不能有轴“{written}”；请在 scenario 写一个有项目的情景",
        f'the base scenario has no project, so there is no axis "{written}"; name a scenario with projects',
    )


def count_of(axis: Any, kind: AxisKind | None) -> int:
    """How many values an axis as written asks for; 1 where it cannot be told."""
    if not isinstance(axis, dict):
        return 1
    values, steps, start, end = (axis.get(key) for key in ("values", "steps", "from", "to"))
    if isinstance(values, list):
        return max(len(values), 1)
    if is_number(steps):
        return whole_count(steps)
    if kind is not None and kind.whole and is_number(start) and is_number(end):
        return whole_count(end - start + 1)
    return 1


def whole_count(number: float) -> int:
    """A count as written, 1e12 included; at least 1."""
    return max(1, int(min(number, LARGEST_COUNT)))


def axis_problems(source: YamlSource, keys: Keys, axis: Mapping[str, Any], kind: AxisKind) -> list[Problem]:
    """What is wrong with an axis of given values: `values`, or `from`, `to` and `steps`."""
    given = [key for key, value in axis.items() if value is not None]
    listed, span = "values" in given, [key for key in ("from", "to", "steps") if key in given]
    needed = {"from", "to"} if kind.whole else {"from", "to", "steps"}
    if listed == bool(span) or (span and not needed <= set(span)):
        text = Text("应写 values，或写全 from、to、steps，二者择一", "give either values, or all of from, to and steps")
        return [source.problem(keys, text)]
    if listed and isinstance(axis["values"], list):
        return list(_list_problems(source, (*keys, "values"), axis["values"], kind))
    return span_problems(source, keys, axis, kind) + _uneven(source, keys, axis, kind)


def span_problems(source: YamlSource, keys: Keys, axis: Mapping[str, Any], kind: AxisKind) -> list[Problem]:
    """What is wrong with the two ends of an axis."""
    problems = []
    for key in ("from", "to"):
        problems += value_problems(source, (*keys, key), axis.get(key), kind)
    start, end = axis.get("from"), axis.get("to")
    if is_number(start) and is_number(end) and start >= end:
        text = Text(f"from 应小于 to，现为 {start:g} 与 {end:g}", f"from must be below to, got {start:g} and {end:g}")
        problems.append(source.problem((*keys, "from"), text))
    return problems


def _uneven(source: YamlSource, keys: Keys, axis: Mapping[str, Any], kind: AxisKind) -> list[Problem]:
    """Steps between whole numbers that are not whole."""
    start, end, steps = (axis.get(key) for key in ("from", "to", "steps"))
    if not (kind.whole and is_number(start) and is_number(end) and is_number(steps)):
        return []  # the model of the file reports what is no number
    if steps < 2 or (end - start) % (steps - 1) == 0:
        return []
    text = Text(
        f"{start:g} 至 {end:g} 不能等分成 {steps:g} 个整数；请改写 values，或不写 steps（取全部整数）",
        f"{start:g} to {end:g} has no {steps:g} whole numbers evenly spaced; list values, or leave steps out for all",
    )
    return [source.problem((*keys, "steps"), text)]


def sampled_problems(source: YamlSource, keys: Keys, axis: Mapping[str, Any], kind: AxisKind) -> list[Problem]:
    """What is wrong with an axis between whose ends values are drawn."""
    given = {key for key, value in axis.items() if value is not None} & {"values", "from", "to", "steps"}
    if given != {"from", "to"}:
        text = Text(
            "拉丁超立方和 Sobol 的轴只写 from 和 to，取值由设计给出",
            "an axis of a Latin hypercube or Sobol sequence has from and to only; the design gives the values",
        )
        return [source.problem(keys, text)]
    return span_problems(source, keys, axis, kind)


def value_problems(source: YamlSource, keys: Keys, value: Any, kind: AxisKind) -> list[Problem]:
    """What is wrong with one value, except what is no number: the model of the file reports that."""
    if isinstance(value, bool) and not kind.is_switch:
        got = describe(value)
        return [source.problem(keys, Text(f"应为数值，现为{got.zh}", f"must be a number, got {got.en}"))]
    if not is_number(value) or keys in source.spoiled:
        return []
    got = describe(value)
    if not kind.low <= value <= kind.high:
        low, high = (f"{end:.0f}" if kind.whole else f"{end:g}" for end in (kind.low, kind.high))
        text = Text(
            f"应在 {low} 至 {high}（{kind.unit.zh}）之间，现为 {got.zh}",
            f"must lie between {low} and {high} ({kind.unit.en}), got {got.en}",
        )
        return [source.problem(keys, text)]
    if kind.whole and value != int(value):
        return [source.problem(keys, Text(f"应为整数，现为 {got.zh}", f"must be a whole number, got {got.en}"))]
    return []


def _list_problems(source: YamlSource, keys: Keys, values: Sequence[Any], kind: AxisKind) -> Iterator[Problem]:
    if not values:
        yield source.problem(keys, Text("没有任何值", "there is no value"))
    seen: set[float] = set()
    for place, value in enumerate(values):
        if not isinstance(value, (int, float)):
            continue
        if value in seen:
            yield source.problem((*keys, place), Text(f"{value:g} 重复", f"{value:g} is there already"))
        seen.add(value)
        yield from value_problems(source, (*keys, place), value, kind)


def axis_of(axis: Mapping[str, Any], kind: AxisKind) -> Axis:
    """An axis of given values without problems."""
    values = axis.get("values")
    if isinstance(values, list):
        return listed_axis(kind, [float(value) for value in values])
    start, end = axis["from"], axis["to"]
    steps = axis.get("steps") or count_of(axis, kind)
    # Twelve digits: 0.30000000000000004 is not what anyone wrote. A whole number has all of its own.
    spread = [start + (end - start) * place / (steps - 1) for place in range(steps)]
    return listed_axis(kind, [float(value) if kind.whole else float(f"{value:.12g}") for value in spread])


def sampled_axis(axis: Mapping[str, Any], kind: AxisKind) -> Axis:
    """An axis between whose ends values are drawn."""
    return Axis(kind, (), float(axis["from"]), float(axis["to"]))
