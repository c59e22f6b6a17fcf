"""What drives the targets, when they fail, and which number to ask for first. For the internal edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.language import Text
from sim.material import Finished, Material
from sim.output.probability import probability_text
from sim.output.tables import number_text, unit_text
from sim.provenance.inputs import THE_WORLD
from sim.report.blocks import Cell, Column, Missing, Table
from sim.report.editions import Edition
from sim.report.tables.cells import DASH, text_cell
from sim.report.tables.scenarios import KINDS
from sim.report.wording import sayer, short_label

Record = Mapping[str, Any]
NO_SENSITIVITY = Missing(
    Text("敏感性与风险", "sensitivity and risks"), Text("没有 sensitivity 的结果", "there is no result of sensitivity")
)
NOT_SHOWN = Text("本稿不列", "not shown in this edition")
#: Bars of a tornado and numbers to ask for that a table holds.
MOST_BARS, MOST_NUMBERS = 12, 12
#: In conditions of failure: what the model cannot foresee, said in words of planners.
_SURPRISING = "意外变动"
_SURPRISE = Text(
    f"“{_SURPRISING}”指增长中由各项设定和趋势解释不了、事先无法确定的部分，按所列年份累计。",
    "Surprises are the part of growth that neither settings nor trends explain, summed over the years told.",
)
#: What stands for a share of input that has no record: a step is no percentile.
_STEP = "step"


def part_of(material: Material, name: str) -> Finished | None:
    """The first sensitivity result that holds a part: tornado, failure, information, sobol."""
    return next((found for found in material.sensitivity if found.document.get(name)), None)


def tornado_record(material: Material, target: str | None = None) -> Record | None:
    """The tornado of a target, the first one unless told."""
    for found in material.sensitivity:
        for record in (found.document.get("tornado") or {}).get("targets", ()):
            if target in (None, record["id"]):
                chosen: Record = record
                return chosen
    return None


def clear_bars(record: Record) -> list[Record]:
    """Bars whose swing can be told from chance, the longest first; steps without a record are not ranked."""
    return [bar for bar in record["bars"] if bar["distinguishable"] and bar["basis"] != _STEP]


def input_name(bar: Record, lang: str) -> str:
    """What an input is called, with whose it is."""
    label, of = (bar[name if lang == "zh" else f"{name}_en"] for name in ("label", "of"))
    if not of or of in (THE_WORLD.zh, THE_WORLD.en):
        return str(label)
    return f"{of}{label}" if lang == "zh" else f"{label}, {of}"


def setting_text(bar: Record, lang: str) -> str:
    """The low and the high setting with their unit."""
    spread = abs(bar["high"] - bar["low"])
    digits = 0 if spread >= 20 else 1 if spread >= 2 else 2 if spread >= 0.2 else 3
    low, high = (number_text(bar[end], digits) for end in ("low", "high"))
    raw = bar["unit"] if lang == "zh" else bar["unit_en"] or unit_text(bar["unit"], "en")
    unit = {"1": "", "pp": Text("个百分点", "points").pick(lang), "growth %": Text("%/年", "% a year").pick(lang)}.get(
        raw, raw
    )
    return f"{low} → {high} {unit}".rstrip()


def sensitivity_table(material: Material, edition: Edition, lang: str, target: str | None = None) -> Table | Missing:
    """The inputs that move a target's probability most, each between the low and high end of its own range."""
    if not edition.chances:
        return Missing(NO_SENSITIVITY.what, NOT_SHOWN)
    record = tornado_record(material, target)
    if record is None:
        return NO_SENSITIVITY
    part = part_of(material, "tornado")
    assert part is not None
    kinds = part.document["tornado"]["kinds"]
    shown = clear_bars(record)[:MOST_BARS]
    say = sayer(lang)
    columns = (
        Column("input", say("因素", "Input"), 2.6),
        Column("kind", say("类别", "Kind"), 1.2),
        Column("setting", say("低 → 高", "low → high"), 1.9),
        Column("low", say("取低时概率", "Probability, low"), 1.1, "right"),
        Column("high", say("取高时概率", "Probability, high"), 1.1, "right"),
        Column("swing", say("相差（百分点）", "Difference (points)"), 1.1, "right"),
    )
    rows = []
    for bar in shown:
        swing = bar["probability_high"] - bar["probability_low"]
        text = number_text(100 * swing, 0)
        rows.append(
            (
                Cell(input_name(bar, lang)),
                Cell(_kind_text(bar["kind"], kinds, lang)),
                Cell(setting_text(bar, lang)),
                _chance(bar["probability_low"]),
                _chance(bar["probability_high"]),
                Cell(text if text.startswith("−") else f"+{text}", 100 * swing, "0"),
            )
        )
    name = target_name(record, lang)
    title = Text(f"{name}达成概率对各因素的敏感性", f"What moves the probability of {name}").pick(lang)
    return Table(f"tornado_{record['id']}", title, columns, tuple(rows), notes=_notes(shown, lang))


def _kind_text(kind: str, kinds: Record, lang: str) -> str:
    """The kind of an input as the rest of the report calls it."""
    same = {"lever": KINDS["levers"], "world": KINDS["world"]}.get(kind)
    return same.pick(lang) if same is not None else str(kinds[kind]["label" if lang == "zh" else "label_en"])


def _notes(bars: Sequence[Record], lang: str) -> tuple[str, ...]:
    """Where the two ends of each input come from: records of single years are no measure of what policy can do."""
    notes = [
        Text(
            "每次只变动一个因素，其余不变；取值的两端为历史记录或模型分布的第10、90百分位。"
            "没有历史记录的因素，以及差别与模拟误差分不开的，不列。",
            "One input at a time, between the 10 and 90 % points of a record or of the model's distribution; inputs "
            "without a record and what cannot be told from sampling error are left out.",
        )
    ]
    sources = dict.fromkeys(str(bar["record"]).partition("，")[0] for bar in bars if bar["basis"] == "history")
    if sources:
        origin = f"政策力度的两端取自{'、'.join(sources)}，在目标年以前每年保持"
        zh = f"{origin}；记录多为单年波动，年年如此比历史上更强，宜作上限看待。"
        en = "Ends of levers are from a record, mostly of single years, and held in every year: an upper bound."
        notes.append(Text(zh, en))
    if any(bar["kind"] == "prior" for bar in bars):
        zh = "模型参数与基年假设由公布数校准，不能选定，列出供判断推算把握之用。"
        notes.append(Text(zh, "Parameters and assumptions of the base year are settled by figures and not for choice."))
    return tuple(note.pick(lang) for note in notes)


def _chance(probability: float) -> Cell:
    return Cell(probability_text(probability), 100 * probability, "0", probability=probability)


def target_name(record: Record, lang: str) -> str:
    """A target with its year: 2025年地区生产总值增速."""
    label = record["label" if lang == "zh" else "label_en"]
    year = record.get("year")
    short = short_label(label, label.rpartition("（")[2].rstrip("）"))
    return f"{year}年{short}" if lang == "zh" else f"{short} ({year})"


def boxes(material: Material, edition: Edition, lang: str) -> Table | Missing:
    """When targets fail: the conditions found, how often it fails under them, and what share of failures they cover."""
    if not edition.chances:
        return Missing(Text("落空情形", "where targets fail"), NOT_SHOWN)
    found = part_of(material, "failure")
    if found is None:
        return NO_SENSITIVITY
    say = sayer(lang)
    columns = (
        Column("target", say("目标", "Target"), 2.0),
        Column("conditions", say("容易落空的情形", "Where it fails"), 4.2),
        Column("density", say("该情形下落空", "Missed there"), 1.1, "right"),
        Column("base", say("总体落空", "Missed in all"), 1.0, "right"),
        Column("coverage", say("占全部落空", "Share of misses"), 1.1, "right"),
    )
    rows = [cells for record in found.document["failure"]["targets"] for cells in _box_rows(record, lang)]
    if not rows:
        why = Text(
            "没有找到使目标明显更易落空的条件", "no conditions were found under which targets fail clearly more often"
        )
        return Missing(Text("落空情形", "where targets fail"), why)
    note = say(
        "落空指模拟中没有达到目标；条件由一半模拟找出，用另一半检验。没有列出的目标没有找到这样的条件。",
        "Missed: not reached in the draws; conditions were found in half of them and checked in the other half.",
    )
    title = say("规划目标容易落空的情形", "Where the plan's targets fail")
    notes = (note, say(_SURPRISE.zh, _SURPRISE.en)) if any(_SURPRISING in row[1].text for row in rows) else (note,)
    return Table("boxes", title, columns, tuple(rows), notes=notes, merged="target")


def _box_rows(record: Record, lang: str) -> list[tuple[Cell, ...]]:
    name = short_label(record["label" if lang == "zh" else "label_en"], _printed_unit(record["label"]))
    comma = "，且" if lang == "zh" else ", and "
    return [
        (
            Cell(name),
            Cell(comma.join(r["text" if lang == "zh" else "text_en"] for r in box["restrictions"])),
            _chance(box["density"]),
            _chance(box["base"]),
            Cell(probability_text(box["coverage"]), 100 * box["coverage"], "0"),
        )
        for box in record["boxes"]
    ]


def _printed_unit(label: str) -> str:
    return label.rpartition("（")[2].rstrip("）")


def box_sentences(material: Material, lang: str, targets: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """Name of the target and the sentence of its first box, in the order of the plan."""
    found = part_of(material, "failure")
    if found is None:
        return []
    out = []
    for record in found.document["failure"]["targets"]:
        if record["boxes"] and (targets is None or record["id"] in targets):
            sentence = record["boxes"][0]["sentence" if lang == "zh" else "sentence_en"]
            out.append((target_name(record, lang), sentence))
    return out


def information_table(material: Material, edition: Edition, lang: str) -> Table | Missing:
    """Which number to ask for first: who has it, and by how much it would typically move a target's probability."""
    what = Text("先问哪个数", "which number to ask for first")
    if not edition.chances:
        return Missing(what, NOT_SHOWN)
    found = part_of(material, "information")
    if found is None:
        return Missing(what, NO_SENSITIVITY.why)
    part = found.document["information"]
    end = "" if lang == "zh" else "_en"
    names = {one["id"]: target_name(one, lang) for one in part["targets"]}
    asked = [number for number in part["numbers"] if number["kind"] in ("statistic", "progress", "release")]
    asked = sorted(asked, key=lambda number: number["kind"] == "release")[:MOST_NUMBERS]
    if not asked:
        return Missing(what, Text("没有哪个数能明显改变达成概率", "no number moves a probability distinguishably"))
    say = sayer(lang)
    columns = (
        Column("number", say("数据", "Number"), 3.0),
        Column("kind", say("类别", "Kind"), 1.4),
        Column("holder", say("提供单位", "Held by"), 2.0),
        Column("target", say("影响最大的目标", "Target moved most"), 2.6),
        Column("moved", say("概率移动（百分点）", "Probability moves (points)"), 1.3, "right"),
    )
    rows = tuple(
        (
            Cell(number[f"label{end}"]),
            Cell(part["kinds"][number["kind"]][f"label{end}"]),
            text_cell(number[f"holder{end}"]),
            Cell(names.get(number["most"], DASH)),
            Cell(f"±{100 * number['most_moved']:.0f}", 100 * number["most_moved"], "0"),
        )
        for number in asked
    )
    note = say(
        "移动指该数确知以后达成概率通常变动的幅度，可升可降；几个数常反映同一件事，幅度不能相加。",
        "By how much the probability typically moves once the number is known, up or down; moves do not add up.",
    )
    return Table("information", say("建议先行索取的数据", "Numbers to ask for first"), columns, rows, notes=(note,))
