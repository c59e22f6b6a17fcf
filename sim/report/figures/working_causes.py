"""What moves a result: the difference of two scenarios, and the sensitivity of a probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sim.charts.native import NativeChart, Series
from sim.charts.palette import BEHIND, BLUE
from sim.language import Text
from sim.material import Material
from sim.material.stored import Finished
from sim.output.parameter_words import unit_words
from sim.output.tables import unit_text
from sim.output.waterfall import waterfall_data
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition
from sim.report.figures.working_parts import (
    BY_COMPARE,
    BY_SENSITIVITY,
    Record,
    both,
    clean,
    drawn,
    matching,
    missing,
    scenario_of,
    with_id,
)

if TYPE_CHECKING:
    from sim.charts.tornado import TornadoBar, TornadoData
    from sim.charts.waterfall import WaterfallData

DIFFERENCE = Text("差值归因", "what explains a difference")
SENSITIVITY = Text("敏感性", "sensitivity")
#: Bars of each sort that are drawn; the notes count the rest.
MOST_BARS, MOST_STEPS = 10, 4


def waterfall(material: Material, edition: Edition, lang: str, asked: str | None = None) -> Figure | Missing:
    """What explains the difference of the first scenario that has one to the leading one."""
    found = material.comparison
    if found is None:
        return missing(DIFFERENCE, BY_COMPARE)
    data = _difference(found.document, asked)
    if data is None:
        why = Text(
            "比较中没有归因，或差别不足1个百分点；归因须运行 compare 时列出情景之间的不同输入",
            "nothing was attributed, or the difference is below one point",
        )
        return missing(DIFFERENCE, why, asked)

    from sim.charts.waterfall import step_words, waterfall_caption

    title = waterfall_caption(data, lang)
    steps = ("；" if lang == "zh" else "; ").join(
        f"{step.label.pick(lang)} {step_words(data, step, lang)}" for step in data.steps
    )
    alt = with_id(f"{title}。{steps}。" if lang == "zh" else f"{title}. {steps}.", found.run_id, edition, lang)
    stem = f"waterfall_{asked.replace('.', '_')}" if asked else "waterfall"
    return Figure(stem, title, drawn("waterfall:waterfall_chart", data, lang), alt, _native_steps(data, lang), stem)


def _difference(document: Record, asked: str | None) -> WaterfallData | None:
    """The waterfall of what is asked for, in the first scenario that differs in it."""
    if asked is not None:
        lead = document["targets"][document["scenarios"][0]]
        ids = {asked, *(t["id"] for t in lead if t["indicator"] == asked)}
        records = [r for r in document["attribution"] if {r.get("target"), r.get("indicator")} & ids]
        document = {**document, "attribution": records}
    for place in range(1, len(document["scenarios"])):
        data: WaterfallData | None = waterfall_data(document, place)
        if data is not None:
            unit = Text(data.unit.zh, unit_text(data.unit.zh, "en"))
            return replace(data, first=_named(document, 0), second=_named(document, place), unit=unit)
    return None


def _named(document: Record, place: int) -> Text:
    return Text(clean(document["scenario_labels"][place]), clean(document["scenario_labels_en"][place]))


def _native_steps(data: WaterfallData, lang: str) -> NativeChart:
    """Columns on room without colour; scenarios are marks: a level far from zero needs no column from zero."""
    ends = data.ends
    names = (data.first, *(step.label for step in data.steps), data.second)
    pairs = list(pairwise(ends))
    room = (None, *(min(pair) for pair in pairs), None)
    up = (None, *(after - before if after >= before else None for before, after in pairs), None)
    down = (None, *(before - after if after < before else None for before, after in pairs), None)
    marks = (ends[0], *([None] * len(pairs)), ends[-1])
    digits = "0." + "0" * data.decimals if data.decimals else "0"
    words = [Text("起点", "level"), Text("增加", "up"), Text("减少", "down"), Text("情景", "scenario")]
    series = (
        Series(words[0].pick(lang), room, "#ffffff", hidden=True, format=digits),
        Series(words[1].pick(lang), up, BLUE, format=digits, labels=True),
        Series(words[2].pick(lang), down, BEHIND, format=digits, labels=True, pattern="wide_upward_diagonal"),
        Series(words[3].pick(lang), marks, "#1a1a1a", kind="marker", format=digits, labels=not data.probability),
    )
    from sim.charts.page import round_ticks

    low, high = min(ends), max(ends)
    floor = round_ticks(low - 0.1 * (high - low), high)[0][0] if low > 0.25 * high else None
    title = f"{data.quantity.pick(lang)} {data.year}"
    return NativeChart(
        title, tuple(n.pick(lang) for n in names), series, data.unit.pick(lang), stack="stacked", low=floor
    )


def tornado(material: Material, edition: Edition, lang: str, asked: str | None = None) -> Figure | Missing:
    """What the probability of a target is sensitive to, of the plan's first that moves by default."""
    if not material.sensitivity:
        return missing(SENSITIVITY, BY_SENSITIVITY)
    result = material.sensitivity[0]
    part = result.document.get("tornado")
    records = [record for record in part["targets"] if _moving(record["bars"])] if part else []
    record = matching(records, asked)
    if record is None:
        why = Text("没有一项输入改变它的达成概率，或结果中没有它", "no input moves its probability, or it is not there")
        return missing(SENSITIVITY, why, asked)
    data = _tornado(result, record)

    from sim.charts.tornado import INDISTINGUISHABLE, points_text, tornado_caption

    title = tornado_caption(data, lang)
    told = [
        f"{bar.label.pick(lang)} "
        + (
            f"{points_text(bar.low, lang)} / {points_text(bar.high, lang)}"
            if bar.distinguishable
            else INDISTINGUISHABLE.pick(lang)
        )
        for bar in data.bars
    ]
    said = ("；" if lang == "zh" else "; ").join(told)
    points = Text("百分点，依次为取低值、取高值时", "points at the low and the high value").pick(lang)
    alt = f"{title}（{points}）：{said}。" if lang == "zh" else f"{title} ({points}): {said}."
    stem = f"tornado_{record['indicator']}_{record['year']}"
    return Figure(
        stem,
        title,
        drawn("tornado:tornado_chart", data, lang),
        with_id(alt, result.run_id, edition, lang),
        _native_tornado(data, title, lang),
        stem,
    )


def _moving(bars: Sequence[Record]) -> list[Record]:
    return [bar for bar in bars if not bar["nothing"]]


def _tornado(result: Finished, record: Record) -> TornadoData:
    from sim.charts.tornado import TornadoData

    moving = _moving(record["bars"])
    ranked = [bar for bar in moving if bar["basis"] != "step"]
    steps = [bar for bar in moving if bar["basis"] == "step"]
    kept = [*ranked[:MOST_BARS], *steps[:MOST_STEPS]]
    left = len(moving) - len(kept)
    draws = result.draws
    error = max(100.0 * bar["swing_error"] for bar in kept)
    notes = [f"每项只动自己，其余照抽；两端之差的抽样标准误不超过{error:.1f}个百分点"]
    told = [f"one input at a time, the others as drawn; sampling error of a difference at most {error:.1f} points"]
    if left:
        notes.append(f"影响更小的另有{left}项，见 tornado.csv")
        told.append(f"{left} smaller ones in tornado.csv")
    document = result.document
    name = scenario_of(document)
    return TornadoData(
        target=both(record),
        year=record["year"],
        probability=record["probability"],
        bars=tuple(_bar(bar) for bar in kept),
        source=Text(
            f"{document['region_label']}敏感性分析（{name.zh}，模拟{draws}次）",
            f"sensitivity analysis of {document['region_label_en']} ({name.en}, {draws} draws)",
        ),
        notes=Text("；".join(notes), "; ".join(told)),
    )


def _bar(bar: Record) -> TornadoBar:
    from sim.charts.tornado import TornadoBar

    label = both(bar)
    if bar["of"]:
        label = Text(f"{clean(bar['of'])}·{label.zh}", f"{clean(bar['of_en'])}, {label.en}")
    return TornadoBar(
        label=label,
        values=Text(*(_values(bar, lang) for lang in ("zh", "en"))),
        low=100.0 * bar["change_low"],
        high=100.0 * bar["change_high"],
        distinguishable=bar["distinguishable"],
        step=bar["basis"] == "step",
    )


def _values(bar: Record, lang: str) -> str:
    """The two values of an input with their unit, digits as their distance calls for."""
    from sim.charts.fan_data import interval

    spread = abs(bar["high"] - bar["low"])
    digits = 0 if spread >= 20 else 1 if spread >= 2 else 2 if spread >= 0.2 else 3
    unit = unit_words(clean(bar["unit"]), clean(bar["unit_en"])).pick(lang)
    return f"{interval(bar['low'], bar['high'], digits, lang)} {unit}".rstrip()


def _native_tornado(data: TornadoData, title: str, lang: str) -> NativeChart:
    names = [bar.label.pick(lang) for bar in data.bars]
    pairs = (("low", Text("取低值", "low value"), BEHIND), ("high", Text("取高值", "high value"), BLUE))
    series = tuple(
        Series(words.pick(lang), tuple(round(getattr(bar, end), 1) + 0.0 for bar in data.bars), colour, kind="bar")
        for end, words, colour in pairs
    )
    return NativeChart(title, tuple(names), series, "百分点" if lang == "zh" else "points")
