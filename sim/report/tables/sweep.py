"""What a sweep shows: how far each target's probability ranges over the settings, and where it is highest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.language import Text
from sim.levers.catalogue import ENTRIES
from sim.material import Finished, Material
from sim.output.probability import probability_text
from sim.output.tables import number_text
from sim.report.blocks import Cell, Column, Missing, Table
from sim.report.editions import Edition
from sim.report.sources import indicator_name
from sim.report.tables.sensitivity import NOT_SHOWN
from sim.report.wording import sayer, short_label
from sim.targets import read_targets

Record = Mapping[str, Any]
NO_SWEEP = Missing(Text("组合扫描", "a sweep of settings"), Text("没有 sweep 的结果", "there is no result of sweep"))


def axes_of(found: Finished) -> list[str]:
    """Ids of the levers and world assumptions that a sweep varies; seeds are no setting."""
    return [axis["id"] for axis in found.manifest["spec"]["axes"] if axis["id"] in ENTRIES]


def axis_text(axis: str, value: str, lang: str) -> str:
    """A setting of an axis with its unit."""
    entry = ENTRIES[axis]
    number = number_text(float(value), 1)
    unit = entry.unit.pick(lang)
    unit = f"个{unit}" if unit.startswith("百分点") else unit
    return f"{entry.label.zh}：{number}{unit}" if lang == "zh" else f"{entry.label.en} {number} {unit}"


def sweep_table(material: Material, edition: Edition, lang: str, place: int = 0) -> Table | Missing:
    """For each target the lowest, middle and highest probability over all points, and the setting of the highest."""
    if not edition.chances:
        return Missing(NO_SWEEP.what, NOT_SHOWN)
    if place >= len(material.sweeps):
        return NO_SWEEP
    found = material.sweeps[place]
    groups: dict[str, list[Mapping[str, str]]] = {}
    for row in found.tables["points.csv"]:
        if row["probability"]:
            groups.setdefault(row["target"], []).append(row)
    names = {target.id: target for target in read_targets(material.pack)}
    say = sayer(lang)
    columns = (
        Column("target", say("目标", "Target"), 2.2),
        Column("low", say("最低", "Lowest"), 1.2, "right", say("达成概率", "Probability")),
        Column("middle", say("中间", "Middle"), 1.2, "right", say("达成概率", "Probability")),
        Column("high", say("最高", "Highest"), 1.2, "right", say("达成概率", "Probability")),
        Column("best", say("概率最高时的取值", "Where it is highest"), 4.0),
    )
    rows = []
    for id, points in groups.items():
        target = names.get(id)
        label = indicator_name(id).pick(lang) if target is None else short_label(target.label.pick(lang), target.unit)
        year = id.rpartition(".")[2] if target is None else str(target.year)
        ordered = sorted(points, key=lambda row: float(row["probability"]))
        best = ordered[-1]
        where = ("；" if lang == "zh" else "; ").join(axis_text(axis, best[axis], lang) for axis in axes_of(found))
        chances = [float(ordered[i]["probability"]) for i in (0, len(ordered) // 2, -1)]
        name = f"{year}年{label}" if lang == "zh" else f"{label} ({year})"
        rows.append((Cell(name), *(_chance(chance) for chance in chances), Cell(where or "—")))
    if not rows:
        return NO_SWEEP
    count = len({row["point"] for row in found.tables["points.csv"]})
    title = Text(f"{count}种取值组合下的达成概率", f"Probabilities over {count} combinations of settings").pick(lang)
    note = say(
        "每种组合各模拟一次，最高、最低含模拟误差；组合是试算的取值，不是方案。",
        "Each was simulated once: highest and lowest hold sampling error. Combinations are trials, no plans.",
    )
    return Table(f"sweep{place + 1}", title, columns, tuple(rows), notes=(note,))


def _chance(probability: float) -> Cell:
    return Cell(probability_text(probability), 100 * probability, "0", probability=probability)
