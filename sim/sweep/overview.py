"""A finished sweep at a glance: the range of each target's probability, one table over two axes, the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.language import Text
from sim.output.layout import cell_width, pad_cells
from sim.output.probability import probability_text
from sim.randomness import Array
from sim.reading.files import shown_path
from sim.sweep.points import MEASURES, Sweep
from sim.sweep.spec import Axis
from sim.sweep.store import TABLE, Finished
from sim.targets import Target

#: The table people see; larger grids are thinned.
MOST_ROWS, MOST_COLUMNS = 11, 9

_PROBABILITY = MEASURES.index("probability")


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest probability of a target over the grid, and the first points that give them."""

    target: Target
    low: float
    high: float
    low_point: int
    high_point: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Probabilities of one target over the first two axes (one column without a second), others held.

    probability : (row, column); held : the value of every further axis.
    """

    target: Target
    rows: tuple[float, ...]
    columns: tuple[float, ...]
    probability: Array
    held: tuple[tuple[Axis, float], ...]


def ranges(sweep: Sweep, values: Array) -> list[Range]:
    """The range of every target; values : (point, target, measure)."""
    found = []
    for place, target in enumerate(sweep.targets):
        probability = values[:, place, _PROBABILITY]
        low, high = int(probability.argmin()), int(probability.argmax())
        found.append(Range(target, float(probability[low]), float(probability[high]), low + 1, high + 1))
    return found


def first_target(targets: Sequence[Target]) -> int:
    """Position of the target that a short summary shows: growth where it is asked for, else the first."""
    return next((place for place, target in enumerate(targets) if target.indicator == "gdp_growth"), 0)


def slice_of(sweep: Sweep, values: Array, target: int, most_rows: int, most_columns: int) -> Slice:
    """The table of one target, thinned evenly to at most so many rows and columns; both ends are kept.

    Axes after the second are held at the middle of their lists.
    """
    axes = sweep.axes
    middle = tuple(len(axis.values) // 2 for axis in axes[2:])
    table = values[:, target, _PROBABILITY].reshape(tuple(len(axis.values) for axis in axes))
    for place in reversed(middle):
        table = table[..., place]
    table = table if table.ndim == 2 else table[:, None]
    rows, columns = _thinned(table.shape[0], most_rows), _thinned(table.shape[1], most_columns)
    return Slice(
        target=sweep.targets[target],
        rows=tuple(axes[0].values[i] for i in rows),
        columns=tuple(axes[1].values[i] for i in columns) if len(axes) > 1 else (),
        probability=table[np.ix_(rows, columns)],
        held=tuple((axis, axis.values[i]) for axis, i in zip(axes[2:], middle, strict=True)),
    )


def _thinned(count: int, most: int) -> list[int]:
    """At most `most` positions out of `count`, both ends included: evenly spaced where that leaves a few."""
    if count <= most:
        return list(range(count))
    for step in range(2, (count - 1) // 2 + 1):
        if (count - 1) % step == 0 and (count - 1) // step < most:
            return list(range(0, count, step))
    return [round(i * (count - 1) / (most - 1)) for i in range(most)]


def sweep_document(sweep: Sweep, finished: Finished, folder: Path) -> dict[str, Any]:
    """The JSON document: what was run, the range of every target, and where the files are."""

    def at(point: int) -> dict[str, float]:
        return dict(zip([axis.id for axis in sweep.axes], sweep.grid.values(point), strict=True))

    return {
        "sweep": sweep.name, "region": sweep.plan.pack.id, "scenario": sweep.grid.base.name,
        "draws": sweep.plan.draws, "seed": sweep.plan.seed, "as_of": sweep.plan.known_until,
        "horizon": sweep.plan.horizon,
        "points": sweep.grid.size, "computed": finished.computed, "resumed": finished.resumed,
        "dropped": finished.dropped, "result": shown_path(folder),
        "axes": [{"id": axis.id, "unit": axis.unit.zh, "values": list(axis.values)} for axis in sweep.axes],
        "targets": [
            {
                "id": r.target.id, "indicator": r.target.indicator, "year": r.target.year,
                "probability_low": r.low, "probability_high": r.high,
                "low_at": at(r.low_point), "high_at": at(r.high_point),
            }
            for r in ranges(sweep, finished.values)
        ],
    }  # fmt: skip


def summary(sweep: Sweep, finished: Finished, folder: Path, lang: str) -> list[str]:
    """Lines for people: the grid, the range of every target, one table, the files."""
    plan, size = sweep.plan, sweep.grid.size
    axes = " × ".join(
        f"{axis.label.pick(lang)}（{axis.id}，{len(axis.values)} 个值）" if lang == "zh"
        else f"{axis.label.en} ({axis.id}, {len(axis.values)} values)"
        for axis in sweep.axes
    )  # fmt: skip
    head = Text(
        f"{sweep.label.zh}：{axes}，共 {size:,} 点，每点模拟 {plan.draws:,} 次；"
        f"本次计算 {finished.computed:,} 点，沿用已存 {finished.resumed:,} 点",
        f"{sweep.label.en}: {axes}, {size:,} points of {plan.draws:,} draws; "
        f"{finished.computed:,} computed, {finished.resumed:,} found in the store",
    )
    lines = [head.pick(lang)]
    if finished.dropped:
        dropped = Text(
            f"存储中有 {finished.dropped:,} 条记录不完整，已舍弃并重新计算",
            f"{finished.dropped:,} damaged records of the store were dropped and computed again",
        )
        lines.append(dropped.pick(lang))
    chosen = slice_of(sweep, finished.values, first_target(sweep.targets), MOST_ROWS, MOST_COLUMNS)
    lines += ["", *range_lines(sweep, finished, lang), "", *slice_lines(sweep, chosen, lang), ""]
    return [*lines, Text("结果：", "Files: ").pick(lang) + f"{shown_path(folder)}/{TABLE}"]


def range_lines(sweep: Sweep, finished: Finished, lang: str) -> list[str]:
    """A table: target, year, lowest and highest probability; targets that nothing moves are only counted."""
    header = [Text("目标", "target"), Text("年份", "year"), Text("概率最低", "lowest"), Text("最高", "highest")]
    rows = [[text.pick(lang) for text in header]]
    still = 0
    for r in ranges(sweep, finished.values):
        if r.low == r.high:
            still += 1
            continue
        note = f"（{r.target.id}）" if lang == "zh" else f" ({r.target.id})"
        low, high = probability_text(r.low), probability_text(r.high)
        rows.append([r.target.label.pick(lang) + note, str(r.target.year), low, high])
    unmoved = Text(f"另有 {still} 项目标的概率在各点都相同", f"{still} more targets have one probability at all points")
    return [*aligned(rows), *([unmoved.pick(lang)] if still else [])]


def slice_lines(sweep: Sweep, chosen: Slice, lang: str) -> list[str]:
    """The probabilities of one target: rows of the first axis, columns of the second."""
    target = chosen.target
    wanted = Text(f"（{target.year}年，目标值 {target.target_text}）", f" ({target.year}, {target.target_text})")
    bare = Text(f"（{target.year}年）", f" ({target.year})")
    title = Text("达成概率：", "Probability of ").pick(lang) + target.label.pick(lang)
    title += (wanted if target.target_text else bare).pick(lang)
    names = [f"{axis.label.pick(lang)} {axis.unit.pick(lang)}" for axis in sweep.axes[:2]]
    held = [f"{axis.label.pick(lang)} = {value:g}" for axis, value in chosen.held]
    corner = Text("纵：", "down: ").pick(lang) + names[0]
    if chosen.columns:
        corner += Text("；横：", "; across: ").pick(lang) + names[1]
    columns = [f"{value:g}" for value in chosen.columns] or [Text("概率", "probability").pick(lang)]
    rows = [["", *columns]]
    for value, probabilities in zip(chosen.rows, chosen.probability.tolist(), strict=True):
        rows.append([f"{value:g}", *map(probability_text, probabilities)])
    return [title, Text("，", ", ").pick(lang).join([corner, *held]), *aligned(rows)]


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with aligned columns: the first to the left, the others to the right."""
    widths = [max(map(cell_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            pad_cells(text, width, right=place > 0) for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
