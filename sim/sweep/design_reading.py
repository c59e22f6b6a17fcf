"""The design of a sweep file: one, or several that are crossed. Sizes are checked before any point is made."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.errors import Problem
from sim.language import Text
from sim.reading.source import Keys, YamlSource
from sim.scenario.parts import Scenario
from sim.sweep import design as designs
from sim.sweep.axis_reading import (
    axis_of,
    axis_problems,
    count_of,
    sampled_axis,
    sampled_problems,
    unknown_axis,
    whole_count,
)
from sim.sweep.design import GRID, LABELS, LIST, MOST_POINTS, ONE_AT_A_TIME, SAMPLED, SOBOL, Design
from sim.sweep.kinds import PROJECTS, SEED, AxisKind, base_value, kinds_of
from sim.sweep.list_reading import list_axes, list_problems

#: The keys of a design, and which of them each kind needs and may have.
_KEYS = ("axes", "points", "size", "design_seed")
_NEEDS: dict[str, tuple[str, ...]] = {
    GRID: ("axes",), LIST: ("points",), ONE_AT_A_TIME: ("axes",), **dict.fromkeys(SAMPLED, ("axes", "size")),
}  # fmt: skip
_MAY: dict[str, tuple[str, ...]] = {**_NEEDS, **dict.fromkeys(SAMPLED, ("axes", "size", "design_seed"))}
DEFAULT_DESIGN_SEED = 1


@dataclass(slots=True)
class DesignReading:
    """The designs of a file as they are read. `base` is None where the base scenario could not be read."""

    source: YamlSource
    base: Scenario | None
    seed: int
    kinds: Mapping[str, AxisKind] = field(init=False)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look up what an axis may be."""
        self.kinds = kinds_of(self.base)

    def check(self, seed_asked: bool) -> None:
        """Everything that is wrong with the designs, but for what the model of the file reports.

        `seed_asked`: a seed was given on the command line.
        """
        self._check_cross()
        parts = self._parts()
        sizes = [self._sizes(part) for _, part in parts]
        if math.prod(math.prod(one) for one in sizes) > MOST_POINTS:
            keys = ("cross",) if len(parts) > 1 else (*parts[0][0], _counted(parts[0][1]))
            counts = [math.prod(one) for one in sizes] if len(parts) > 1 else sizes[0]
            self._told(keys, _too_many(counts), at_key=True)
        for keys, part in parts:
            self._check(keys, part)
        self.problems += self._twice(parts)
        self.problems += self._two_seeds(parts, seed_asked)

    def made(self) -> Design:
        """The design of a file without problems."""
        return designs.crossed([self._made(part, place) for place, (_, part) in enumerate(self._parts())])

    def _parts(self) -> list[tuple[Keys, Mapping[str, Any]]]:
        """The designs that are crossed, with their places in the file."""
        data = self.source.data
        written = data.get("cross") if isinstance(data, dict) else []
        if written is None:
            return [((), data)]
        items = written if isinstance(written, list) else []
        return [(("cross", place), item) for place, item in enumerate(items) if isinstance(item, dict)]

    def _check_cross(self) -> None:
        """What stands beside `cross` and belongs into it, and a cross of nothing."""
        data = self.source.data
        written = data.get("cross") if isinstance(data, dict) else None
        if written is None:
            return
        beside = [key for key in ("design", *_KEYS) if data.get(key) is not None]
        if beside:
            text = Text(
                f"写了 cross 就不能再写 {'、'.join(beside)}：请移到 cross 的一项里",
                f"beside cross there is no {', '.join(beside)}: put it into an item of cross",
            )
            self._told((beside[0],), text, at_key=True)
        if isinstance(written, list) and not written:
            self._told(("cross",), Text("没有任何设计", "there is no design"))

    def _sizes(self, part: Mapping[str, Any]) -> list[int]:
        """Numbers whose product is the number of points."""
        kind, axes, points = _kind(part), part.get("axes"), part.get("points")
        if kind == LIST:
            return [max(len(points), 1) if isinstance(points, list) else 1]
        if kind in SAMPLED:
            size = part.get("size")
            return [whole_count(size) if isinstance(size, (int, float)) else 1]
        counts = [count_of(axis, self.kinds.get(name)) for name, axis in axes.items()] if isinstance(axes, dict) else []
        return [1 + sum(counts)] if kind == ONE_AT_A_TIME else counts or [1]

    def _check(self, keys: Keys, part: Mapping[str, Any]) -> None:
        """Everything that is wrong with one design, but for what the model of the file reports."""
        kind = _kind(part)
        if kind not in _NEEDS:
            return
        for key in _KEYS:
            if part.get(key) is not None and key not in _MAY[kind]:
                self._told((*keys, key), _misplaced(key, kind, part), at_key=True)
        missing = [key for key in _NEEDS[kind] if part.get(key) is None]
        if missing:
            self._told(keys, _missing(missing, kind, part))
        if kind == LIST and isinstance(part.get("points"), list):
            self.problems += list_problems(self.source, (*keys, "points"), part["points"], self._known)
        elif isinstance(part.get("axes"), dict) and "axes" in _MAY[kind]:
            self._check_axes((*keys, "axes"), part["axes"], kind)
            self._check_size(keys, part, kind)

    def _check_axes(self, keys: Keys, axes: Mapping[Any, Any], kind: str) -> None:
        if not axes:
            self._told(keys, Text("没有任何轴", "there is no axis"))
        check = sampled_problems if kind in SAMPLED else axis_problems
        for name, axis in axes.items():
            known = self._known(name)
            if isinstance(known, Text):
                self._told((*keys, name), known, at_key=True)
            elif known is not None and isinstance(axis, dict):
                self.problems += check(self.source, (*keys, name), axis, known)

    def _check_size(self, keys: Keys, part: Mapping[str, Any], kind: str) -> None:
        """A size that the design cannot have."""
        size = part.get("size")
        if kind not in SAMPLED or not isinstance(size, int) or isinstance(size, bool) or size < 2:
            return
        if kind == SOBOL and size <= MOST_POINTS and size & (size - 1):
            low = 1 << (size.bit_length() - 1)
            text = Text(
                f"Sobol 序列的点数应为 2 的整数次幂，否则不均衡；可写 {low:,} 或 {2 * low:,}，现为 {size:,}",
                f"a Sobol sequence is balanced at powers of two only: write {low:,} or {2 * low:,}, got {size:,}",
            )
            self._told((*keys, "size"), text)
        kinds = [self.kinds.get(name) for name in part["axes"]]
        counts = [count_of(axis, known) for axis, known in zip(part["axes"].values(), kinds, strict=True)]
        if all(known is not None and known.whole for known in kinds) and math.prod(counts) < size:
            text = Text(
                f"各轴都只取整数，一共只有 {math.prod(counts):,} 种组合，少于 {size:,} 个点；请改用 grid",
                f"the axes take whole numbers, {math.prod(counts):,} combinations, fewer than {size:,}; use grid",
            )
            self._told((*keys, "size"), text)

    def _known(self, name: object) -> AxisKind | Text | None:
        """What an axis moves, or what is wrong with its name; None where only the base scenario could tell."""
        if name in self.kinds:
            return self.kinds[str(name)]
        if self.base is None and str(name).startswith(PROJECTS):
            return None
        return unknown_axis(name, self.kinds)

    def _twice(self, parts: list[tuple[Keys, Mapping[str, Any]]]) -> Iterator[Problem]:
        """Axes that stand in two of the designs that are crossed."""
        seen: dict[object, int] = {}
        for keys, part in parts:
            for name, place in _axis_places(keys, part):
                if name in seen:
                    first = self.source.position(parts[seen[name]][0])[0]
                    text = Text(
                        f"轴“{name}”在第 {first} 行的设计里已有",
                        f'the design at line {first} has the axis "{name}" already',
                    )
                    yield self.source.problem(place, text, at_key=True)
                seen.setdefault(name, [one[0] for one in parts].index(keys))

    def _two_seeds(self, parts: list[tuple[Keys, Mapping[str, Any]]], seed_asked: bool) -> Iterator[Problem]:
        """A seed beside an axis of seeds, which leaves none to it; one at a time it is that of the base scenario."""
        names = [name for keys, part in parts if _kind(part) != ONE_AT_A_TIME for name, _ in _axis_places(keys, part)]
        if SEED not in names:
            return
        text = Text("已有 seed 轴，种子由轴给出；请去掉这里的种子", "an axis gives the seeds; leave this one out")
        if seed_asked:
            yield Problem(None, None, None, "--seed", text)
        if self.source.data.get("seed") is not None:
            yield self.source.problem(("seed",), text, at_key=True)

    def _made(self, part: Mapping[str, Any], place: int) -> Design:
        """One design without problems."""
        kind, base = _kind(part), self.base
        assert base is not None
        if kind == LIST:
            return designs.listed(*list_axes(part["points"], self.kinds))
        if kind in SAMPLED:
            axes = [sampled_axis(axis, self.kinds[name]) for name, axis in part["axes"].items()]
            seed = part.get("design_seed")
            return designs.sampled(kind, axes, part["size"], DEFAULT_DESIGN_SEED if seed is None else seed, place)
        axes = [axis_of(axis, self.kinds[name]) for name, axis in part["axes"].items()]
        if kind == GRID:
            return designs.grid(axes)
        return designs.one_at_a_time(axes, [base_value(axis.kind, base, self.seed) for axis in axes])

    def _told(self, keys: Keys, text: Text, *, at_key: bool = False) -> None:
        self.problems.append(self.source.problem(keys, text, at_key=at_key))


def _kind(part: Mapping[str, Any]) -> str:
    """The kind of a design: as written, else a list where there are points, else a grid."""
    written = part.get("design")
    if written is not None:
        return str(written)
    return LIST if part.get("points") is not None and part.get("axes") is None else GRID


def _counted(part: Mapping[str, Any]) -> str:
    """The key that says how many points there are."""
    kind = _kind(part)
    return "points" if kind == LIST else "size" if kind in SAMPLED else "axes"


def _too_many(counts: list[int]) -> Text:
    size = f"{math.prod(counts):,}"
    product = " × ".join(f"{count:,}" for count in counts) + " = " if len(counts) > 1 else ""
    return Text(
        f"共 {product}{size} 个点，超过上限 {MOST_POINTS:,} 个",
        f"{product}{size} points, more than the limit of {MOST_POINTS:,}",
    )


def _misplaced(key: str, kind: str, part: Mapping[str, Any]) -> Text:
    """A key that the design does not use."""
    users = [name for name in _NEEDS if key in _MAY[name]]
    if part.get("design") is None:
        return Text(
            f"{key} 只用于 {'、'.join(users)}；请写明 design", f"{key} is for {', '.join(users)}; say which by design:"
        )
    return Text(
        f"design 为 {kind}（{LABELS[kind].zh}）时不用 {key}，请删去；它用于 {'、'.join(users)}",
        f"{key} has no place in a {kind} design; take it out. It is for {', '.join(users)}",
    )


def _missing(keys: list[str], kind: str, part: Mapping[str, Any]) -> Text:
    if part.get("design") is None:
        return Text(
            "没有设计：请写 axes（轴）、points（逐点列出）或 cross（几个设计交叉）之一",
            "there is no design: give axes, points or cross",
        )
    return Text(
        f"design 为 {kind}（{LABELS[kind].zh}）时必须写 {'、'.join(keys)}", f"a {kind} design needs {', '.join(keys)}"
    )


def _axis_places(keys: Keys, part: Mapping[str, Any]) -> list[tuple[object, Keys]]:
    """The axes of a design as written, and where they stand."""
    if _kind(part) == LIST:
        points = part.get("points")
        first = points[0] if isinstance(points, list) and points and isinstance(points[0], dict) else {}
        return [(name, (*keys, "points", 0, name)) for name in first]
    axes = part.get("axes")
    return [(name, (*keys, "axes", name)) for name in axes] if isinstance(axes, dict) else []
