"""What each target still asks for a year, against the own record and that of the levels above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.language import Text
from sim.material import Material
from sim.output.further import plan_rows
from sim.output.tables import figure_text, reading_text
from sim.report.blocks import Cell, Column, Missing, Table
from sim.report.editions import MODEL_VALUES_NOTE, Edition
from sim.report.tables.cells import DASH, text_cell
from sim.report.wording import sayer, short_label
from sim.report.wording_path import level_text, needed_phrase, rates_text, record_phrase, start_phrase

Record = Mapping[str, Any]
NO_PATH = Missing(
    Text("达到目标每年所需", "what targets need a year"),
    Text("没有 solve --required-path 的结果", "there is no result of solve --required-path"),
)


def path_rows(material: Material) -> list[Record]:
    """Records of the plan's rows that still ask for something a year, in the plan's order; all without a plan.

    Another reading of a row is left out where it asks for the same.
    """
    found = material.required_path
    if found is None:
        return []
    records = list(found.document["targets"])
    wanted = _plan_ids(material)
    shown = [one for one in records if one["id"] in wanted] if wanted else records
    needs = {one["id"]: one["needed"] for one in shown}
    return [one for one in shown if one["needed"] is not None and one["needed"] != needs.get(one["reading_of"])]


def _plan_ids(material: Material) -> set[str]:
    if material.lead is not None:
        return {record["id"] for record in plan_rows(material.lead.targets)}
    found = material.required_path
    assert found is not None
    first = next((one["id"].partition(".")[0] for one in found.document["targets"]), "")
    return {one["id"] for one in found.document["targets"] if one["id"].partition(".")[0] == first}


def path_table(material: Material, edition: Edition, lang: str) -> Table | Missing:
    """From the last reported figure to the target: what is needed a year, and what has been reached before."""
    found = material.required_path
    if found is None:
        return NO_PATH
    say = sayer(lang)
    columns = [
        Column("label", say("指标", "Indicator"), 2.3),
        Column("target", say("目标", "Target"), 1.0, "right"),
        Column("start", say("起点（已公布）", "From (reported)"), 1.7, "center"),
        Column("needed", say("每年所需", "Needed a year"), 2.1),
        Column("own", say("本地以往", "Own record"), 2.1),
        Column("above", say("上级以往", "Levels above"), 2.7),
    ]
    if edition.chances:
        columns.append(Column("model", say("推算80%区间", "Projected, 80 %"), 1.6))
    rows = tuple(_row(one, found.document["region"], edition, lang) for one in path_rows(material))
    note = say(
        "每年所需由最近一期可比公布数折算到目标；以往按同样长的年数计算，只数互相可比的公布数。",
        "What is needed runs from the last comparable figure to the target; records are of spans of the same length.",
    )
    notes = (note, MODEL_VALUES_NOTE.pick(lang)) if edition.chances else (note,)
    title = say("达到规划目标每年所需与以往水平", "What the targets need a year, and the record")
    return Table("path", title, tuple(columns), rows, notes=notes, wide=True)


def _row(one: Record, region: str, edition: Edition, lang: str) -> tuple[Cell, ...]:
    own = [found for found in one["history"] if found["region"] == region]
    above = [found for found in one["history"] if found["region"] != region]
    colon, stop = ("：", "；") if lang == "zh" else (": ", "; ")
    label = one["label"] if lang == "zh" else one["label_en"]
    name = short_label(label, one["unit"])
    if one["reading_of"] is not None:
        reading = reading_text(one, lang).removeprefix("其中：").removeprefix("read ")
        name = f"{name}（{reading}）" if lang == "zh" else f"{name} ({reading})"
    cells = [
        Cell(name),
        Cell(_goal(one, lang), one["wanted"]),
        Cell(start_phrase(one, lang)),
        text_cell(needed_phrase(one, lang)),
        text_cell(stop.join(record_phrase(found, one, lang) for found in own)),
        text_cell(stop.join(f"{level_text(f, lang)}{colon}{record_phrase(f, one, lang)}" for f in above)),
    ]
    if edition.chances:
        model = one["model"]
        span = DASH
        if model is not None:
            span = rates_text(model["p10"], model["p90"], one, lang)
        cells.append(Cell(span))
    return tuple(cells)


def _goal(one: Record, lang: str) -> str:
    """The target as printed; of 左右 with the value from which it counts as reached."""
    if one["operator"] != "about" or one["wanted"] is None:
        return str(one["target_text"])
    least = figure_text(one["wanted"])
    return Text(f"{one['target_text']}（按不低于{least}计）", f"{one['target_text']} (met from {least})").pick(lang)
