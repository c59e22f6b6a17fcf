"""What it would take: the packages of levers that `solve` found, or the best one where the goal is out of reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.language import Text
from sim.levers.catalogue import GRADES
from sim.material import Finished, Material
from sim.output.probability import ranged_text
from sim.output.tables import number_text
from sim.report.blocks import Cell, Column, Missing, Table
from sim.report.editions import Edition
from sim.report.tables.sensitivity import NOT_SHOWN
from sim.report.wording import sayer

Record = Mapping[str, Any]
NO_PACKAGES = Missing(
    Text("实现目标所需的政策力度", "what levers would have to do"),
    Text("没有 solve 的结果", "there is no result of solve"),
)


def solution_targets(found: Finished, lang: str) -> list[str]:
    """Names of what a solution was asked for, with their values."""
    out = []
    for one in found.document["targets"]:
        label = one["label" if lang == "zh" else "label_en"].partition("（")[0]
        unit = "%" if one.get("unit") == "%" and str(one["target_text"])[-1:].isdigit() else ""
        text = f"{one['target_text']}{' ' if unit and lang == 'en' else ''}{unit}"
        out.append(f"{one['year']}年{label}达到{text}" if lang == "zh" else f"{label} of {text} in {one['year']}")
    return out


def packages_of(found: Finished) -> Sequence[Record]:
    """The packages that reach the goal, or the one that comes nearest."""
    document = found.document
    packages: Sequence[Record] = document["packages"] or ([document["best"]] if document.get("best") else [])
    return packages


def packages_table(material: Material, edition: Edition, lang: str, place: int = 0) -> Table | Missing:
    """The levers of every package of one solution: settings, bounds, evidence."""
    if not edition.chances:
        return Missing(NO_PACKAGES.what, NOT_SHOWN)
    if place >= len(material.solutions):
        return NO_PACKAGES
    found = material.solutions[place]
    shown = [package for package in packages_of(found) if package["details"]]
    if not shown:
        return Missing(
            NO_PACKAGES.what, Text("没有可用的政策力度能改变这些目标", "no lever that may be used moves these targets")
        )
    say = sayer(lang)
    columns = (
        Column("package", say("组合", "Package"), 1.6),
        Column("lever", say("政策力度", "Lever"), 2.4),
        Column("setting", say("原设定 → 所需", "set → needed"), 1.6, "center"),
        Column("unit", say("单位", "Unit"), 1.3, "center"),
        Column("bounds", say("允许范围", "Bounds"), 1.2, "center"),
        Column("evidence", say("证据", "Evidence"), 2.0),
        Column("note", say("说明", "Note"), 1.6),
    )
    rows = tuple(_row(package, i, one, found, lang) for i, package in enumerate(shown, 1) for one in package["details"])
    first, last = found.document["years"]
    years = f"{first}—{last}" if last > first else str(first)
    note = say(
        f"各项在{years}年每年保持；组合说明“若做到则如何”，不说明用什么措施做到。",
        f"Each is held in every year of {years.replace('—', '–')}; a package says what if, not how.",
    )
    title = _title(found, lang)
    return Table(f"packages{place + 1}", title, columns, rows, notes=(note,), merged="package")


def _title(found: Finished, lang: str) -> str:
    goal = ("、" if lang == "zh" else ", ").join(solution_targets(found, lang)[:2])
    if found.document["reachable"]:
        return Text(f"{goal}所需的政策组合", f"Packages of levers for {goal}").pick(lang)
    return Text(f"最接近“{goal}”的政策组合", f"The package of levers nearest to {goal}").pick(lang)


def _row(package: Record, number: int, one: Record, found: Finished, lang: str) -> tuple[Cell, ...]:
    end = "" if lang == "zh" else "_en"
    chance = ranged_text(package, lang)
    name = Text(f"组合{number}：概率{chance}", f"package {number}: {chance}").pick(lang)
    if not found.document["reachable"]:
        name = Text(f"最接近的组合：概率{chance}", f"nearest package: {chance}").pick(lang)
    notes = [Text("已到上下限", "at its bound").pick(lang)] if one["at_bound"] else []
    notes += [Text("超出以往记录", "outside the record").pick(lang)] if one["outside"] else []
    notes += [] if one["on_record"] else [Text("没有可比记录", "no record").pick(lang)]
    grade = GRADES.get(one["grade"])
    return (
        Cell(name, probability=package["probability"]),
        Cell(one[f"label{end}"]),
        Cell(f"{_span(one['from'])} → {_span(one['to'])}"),
        Cell(one[f"unit{end}"]),
        Cell(f"{plain(one['low'])}{'至' if lang == 'zh' else ' to '}{plain(one['high'])}"),
        Cell(
            one["grade"] if grade is None else f"{one['grade']} {grade.pick(lang).partition('：')[0].partition(':')[0]}"
        ),
        Cell(("，" if lang == "zh" else ", ").join(notes) or "—"),
    )


def plain(value: float) -> str:
    """A setting with no more digits than it needs, and three decimals at most."""
    text = number_text(float(value), 3)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _span(ends: Sequence[float]) -> str:
    low, high = (plain(end) for end in ends)
    return low if low == high else f"{low}—{high}"
