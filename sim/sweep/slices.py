"""Probabilities of one target as tables for a terminal: over two axes, or point by point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.language import Text
from sim.output.layout import cell_width, pad_cells
from sim.output.probability import probability_text
from sim.randomness import Array
from sim.sweep.cells import PointMap, Scale, cell_note
from sim.sweep.design import Axis
from sim.sweep.parts import MEASURES, Sweep
from sim.targets import Target

_PROBABILITY = MEASURES.index("probability")


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


def first_target(targets: Sequence[Target]) -> int:
    """Position of the target that a short summary shows: growth where it is asked for, else the first."""
    return next((place for place, target in enumerate(targets) if target.indicator == "gdp_growth"), 0)


def slice_of(sweep: Sweep, values: Array, target: int, most_rows: int, most_columns: int) -> Slice:
    """The table of one target of a grid, thinned evenly to at most so many rows and columns; both ends are kept.

    Axes after the second are held at the middle of their lists.
    """
    axes = sweep.axes
    middle = tuple(len(axis.values) // 2 for axis in axes[2:])
    table = values[:, target, _PROBABILITY].reshape(tuple(len(axis.values) for axis in axes))
    for place in reversed(middle):
        table = table[..., place]
    table = table if table.ndim == 2 else table[:, None]
    rows, columns = thinned(table.shape[0], most_rows), thinned(table.shape[1], most_columns)
    return Slice(
        target=sweep.targets[target],
        rows=tuple(axes[0].values[i] for i in rows),
        columns=tuple(axes[1].values[i] for i in columns) if len(axes) > 1 else (),
        probability=table[np.ix_(rows, columns)],
        held=tuple((axis, axis.values[i]) for axis, i in zip(axes[2:], middle, strict=True)),
    )


def thinned(count: int, most: int) -> list[int]:
    """At most `most` positions out of `count`, both ends included: evenly spaced where that leaves a few."""
    if count <= most:
        return list(range(count))
    for step in range(2, (count - 1) // 2 + 1):
        if (count - 1) % step == 0 and (count - 1) // step < most:
            return list(range(0, count, step))
    return [round(i * (count - 1) / (most - 1)) for i in range(most)]


def target_words(target: Target, lang: str) -> str:
    """A target with its year and what is wanted."""
    wanted = Text(f"（{target.year}年，目标值 {target.target_text}）", f" ({target.year}, {target.target_text})")
    bare = Text(f"（{target.year}年）", f" ({target.year})")
    return target.label.pick(lang) + (wanted if target.target_text else bare).pick(lang)


def axis_words(axis: Axis, lang: str) -> str:
    """An axis with its unit."""
    return f"{axis.label.pick(lang)} {axis.unit.pick(lang)}"


def _title(target: Target, lang: str) -> str:
    return Text("达成概率：", "Probability of ").pick(lang) + target_words(target, lang)


def slice_lines(sweep: Sweep, chosen: Slice, lang: str) -> list[str]:
    """The probabilities of one target: rows of the first axis, columns of the second."""
    names = [axis_words(axis, lang) for axis in sweep.axes[:2]]
    held = [f"{axis.label.pick(lang)} = {value:.10g}" for axis, value in chosen.held]
    corner = Text("纵：", "down: ").pick(lang) + names[0]
    if chosen.columns:
        corner += Text("；横：", "; across: ").pick(lang) + names[1]
    columns = [f"{value:.10g}" for value in chosen.columns] or [Text("概率", "probability").pick(lang)]
    rows = [["", *columns]]
    for value, probabilities in zip(chosen.rows, chosen.probability.tolist(), strict=True):
        rows.append([f"{value:.10g}", *map(probability_text, probabilities)])
    return [_title(chosen.target, lang), Text("，", ", ").pick(lang).join([corner, *held]), *aligned(rows)]


def listed_lines(sweep: Sweep, values: Array, target: int, lang: str) -> list[str]:
    """The probability of one target point by point, beside the values of the axes."""
    head = [Text("点", "point").pick(lang), *(axis.id for axis in sweep.axes), Text("概率", "probability").pick(lang)]
    own = Text("按基准", "base").pick(lang)
    rows = [head]
    for place, (at, probability) in enumerate(
        zip(sweep.design.rows.tolist(), values[:, target, _PROBABILITY].tolist(), strict=True)
    ):
        shown = [own if math.isnan(value) else _short(value) for value in at]
        rows.append([str(place + 1), *shown, probability_text(probability)])
    return [_title(sweep.targets[target], lang), *aligned(rows)]


def _short(value: float) -> str:
    """A value without the digits of one that was drawn; a whole number, such as a seed, has all of its own."""
    return f"{value:.16g}" if value.is_integer() else f"{value:.4g}"


def map_lines(sweep: Sweep, found: PointMap, lang: str, most_rows: int, most_columns: int) -> list[str]:
    """A map as a table: rows of the upward axis, columns of the other; empty where there is no point."""
    rows, columns = thinned(found.up.cells, most_rows), thinned(found.across.cells, most_columns)
    table = [["", *(_mark(found.across, place, lang) for place in columns)]]
    for row in rows:
        cells = found.probability[row].tolist()
        shown = ["" if math.isnan(cells[place]) else probability_text(cells[place]) for place in columns]
        table.append([_mark(found.up, row, lang), *shown])
    count = len(sweep.together)
    all_met = Text(f"{count} 项目标同时达成的概率", f"Probability of all {count} targets together").pick(lang)
    title = all_met if found.target is None else _title(found.target, lang)
    note = _table_note(sweep, found, lang, len(rows) < found.up.cells or len(columns) < found.across.cells)
    up, across = axis_words(found.up.axis, lang), axis_words(found.across.axis, lang)
    corner = Text(f"纵：{up}；横：{across}", f"down: {up}; across: {across}").pick(lang)
    return [title, corner + (Text(f"；{note}", f"; {note}").pick(lang) if note else ""), *aligned(table)]


def _table_note(sweep: Sweep, found: PointMap, lang: str, thinned_out: bool) -> str:
    """What a cell stands for, and whether the figure shows more of them."""
    note = cell_note(sweep, found)
    more = Text("行列有省略，全部见图", "not all rows and columns, see the figure") if thinned_out else Text("", "")
    return Text("；".join(filter(None, (note.zh, more.zh))), "; ".join(filter(None, (note.en, more.en)))).pick(lang)


def _mark(scale: Scale, place: int, lang: str) -> str:
    if not scale.binned:
        return f"{scale.marks[place]:.10g}"
    return f"{scale.marks[place]:.4g}{Text('～', ' to ').pick(lang)}{scale.marks[place + 1]:.4g}"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with aligned columns: the first to the left, the others to the right."""
    widths = [max(map(cell_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            pad_cells(text, width, right=place > 0) for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
