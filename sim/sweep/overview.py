"""A finished sweep at a glance: the range of each target's probability, one table of a target, the document."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.language import Text
from sim.output.probability import probability_text
from sim.randomness import Array
from sim.reading.files import shown_path
from sim.sweep.cells import TOGETHER, PointMap
from sim.sweep.design import LABELS, Axis
from sim.sweep.parts import JOINT, MEASURES, Sweep
from sim.sweep.slices import aligned, first_target, listed_lines, map_lines, slice_lines, slice_of
from sim.sweep.store import Finished
from sim.sweep.tables import INDICATOR_TABLE, JOINT_TABLE, TABLE
from sim.targets import Target

#: The table people see; larger grids are thinned.
MOST_ROWS, MOST_COLUMNS = 11, 9
#: So many points of another design than a grid are shown one by one.
MOST_POINTS_LISTED = 24

_PROBABILITY = MEASURES.index("probability")


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest probability of a target over the grid, and the first points that give them."""

    target: Target
    low: float
    high: float
    low_point: int
    high_point: int


def ranges(sweep: Sweep, values: Array) -> list[Range]:
    """The range of every target; values : (point, target, measure)."""
    found = []
    for place, target in enumerate(sweep.targets):
        probability = values[:, place, _PROBABILITY]
        low, high = int(probability.argmin()), int(probability.argmax())
        found.append(Range(target, float(probability[low]), float(probability[high]), low + 1, high + 1))
    return found


def sweep_document(sweep: Sweep, finished: Finished, folder: Path, found: PointMap | None = None) -> dict[str, Any]:
    """The JSON document: what was run, the range of every target, the map that was asked for, and the files."""

    def at(point: int) -> dict[str, float | None]:
        values = zip(sweep.axes, sweep.design.values(point), strict=True)
        return {axis.id: None if math.isnan(value) else value for axis, value in values}

    return {
        "sweep": sweep.name, "region": sweep.plan.pack.id, "scenario": sweep.base.name,
        "draws": sweep.plan.draws, "seed": sweep.plan.seed, "as_of": sweep.plan.known_until,
        "horizon": sweep.plan.horizon,
        "points": sweep.size, "computed": finished.computed, "resumed": finished.resumed,
        "dropped": finished.dropped, "lost": list(finished.lost), "result": shown_path(folder),
        "axes": [_axis_record(axis) for axis in sweep.axes],
        "design": [dict(part) for part in sweep.design.made],
        "indicators": list(sweep.indicators), "years": list(sweep.years),
        "joint": _joint_record(sweep, finished), "map": None if found is None else _map_record(found),
        "targets": [
            {
                "id": r.target.id, "indicator": r.target.indicator, "year": r.target.year,
                "probability_low": r.low, "probability_high": r.high,
                "low_at": at(r.low_point), "high_at": at(r.high_point),
            }
            for r in ranges(sweep, finished.values)
        ],
    }  # fmt: skip


def _axis_record(axis: Axis) -> dict[str, Any]:
    found: dict[str, Any] = {"id": axis.id, "label": axis.label.zh, "label_en": axis.label.en, "unit": axis.unit.zh}
    return found | ({"values": list(axis.values)} if axis.values else {"from": axis.low, "to": axis.high})


def _joint_record(sweep: Sweep, finished: Finished) -> dict[str, Any]:
    """The range of the probability of all targets together."""
    probability = finished.joint[:, JOINT.index("probability")]
    ids = [sweep.targets[place].id for place in sweep.together]
    return {
        "targets": ids,
        "probability_low": float(probability.min()),
        "probability_high": float(probability.max()),
    }


def _map_record(found: PointMap) -> dict[str, Any]:
    """The cells of a map, None where there is no point; rows upwards."""
    rows = [[None if math.isnan(cell) else cell for cell in row] for row in found.probability.tolist()]
    scales = {
        name: {"id": scale.axis.id, "marks": list(scale.marks), "between": scale.binned}
        for name, scale in (("across", found.across), ("up", found.up))
    }
    target = TOGETHER if found.target is None else found.target.id
    return {
        **scales, "target": target, "probability": rows, "points": found.counts.tolist(),
        "standard_error": found.standard_error, "left_out": found.left_out,
    }  # fmt: skip


def summary(
    sweep: Sweep,
    finished: Finished,
    folder: Path,
    lang: str,
    found: PointMap | None = None,
    further: Sequence[str] = (),
) -> list[str]:
    """Lines for people: the design, the range of every target, one table or the map asked for, the files.

    `further` files were written beside the tables.
    """
    plan, size = sweep.plan, sweep.size
    head = Text(
        f"{sweep.label.zh}：{_designs(sweep, 'zh')}，共 {size:,} 点，每点模拟 {plan.draws:,} 次；"
        f"本次计算 {finished.computed:,} 点，沿用已存 {finished.resumed:,} 点",
        f"{sweep.label.en}: {_designs(sweep, 'en')}, {size:,} points of {plan.draws:,} draws; "
        f"{finished.computed:,} computed, {finished.resumed:,} found in the store",
    )
    lines = [head.pick(lang), "", *range_lines(sweep, finished, lang), ""]
    shown = point_lines(sweep, finished, lang) if found is None else (
        map_lines(sweep, found, lang, MOST_ROWS, MOST_COLUMNS)
    )  # fmt: skip
    lines += [*shown, ""] if shown else []
    names = [TABLE, *([INDICATOR_TABLE] if sweep.indicators else []), JOINT_TABLE, *further]
    comma = Text("、", ", ").pick(lang)
    return [*lines, Text("结果：", "Files: ").pick(lang) + f"{shown_path(folder)}/" + comma.join(names)]


def _designs(sweep: Sweep, lang: str) -> str:
    """The axes of a grid, as a product; of other designs their kinds and sizes."""
    if sweep.design.is_grid:
        axes = (
            f"{axis.label.zh}（{axis.id}，{len(axis.values)} 个值）" if lang == "zh"
            else f"{axis.label.en} ({axis.id}, {len(axis.values)} values)"
            for axis in sweep.axes
        )  # fmt: skip
        return " × ".join(axes)
    comma = Text("、", ", ").pick(lang)
    parts = [
        f"{LABELS[part['design']].pick(lang)} {part['size']:,} "
        + (f"点（{comma.join(part['axes'])}）" if lang == "zh" else f"points ({comma.join(part['axes'])})")
        for part in sweep.design.made
    ]
    return " × ".join(parts)


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


def point_lines(sweep: Sweep, finished: Finished, lang: str) -> list[str]:
    """One target at the points: a table over the first two axes of a grid, a few points one by one, else a hint."""
    place = first_target(sweep.targets)
    if sweep.design.is_grid:
        return slice_lines(sweep, slice_of(sweep, finished.values, place, MOST_ROWS, MOST_COLUMNS), lang)
    if sweep.size <= MOST_POINTS_LISTED:
        return listed_lines(sweep, finished.values, place, lang)
    hint = Text(
        "按两条轴看某个目标的概率：加 --map 轴,轴（可再加 --map-target 目标编号）",
        "for a map of a probability over two axes add --map X,Y (and --map-target ID)",
    )
    return [hint.pick(lang)] if len(sweep.axes) > 1 else []
