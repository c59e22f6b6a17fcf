"""Pasted figure of the plan's indicators from the end of this plan to that of the next one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sim.charts.dumbbell import DumbbellData, Pair, dumbbell_chart, native
from sim.charts.yearly import NOTHING, Point
from sim.language import Text
from sim.material import Material, View
from sim.output.further import plan_rows
from sim.output.tables import decimals, figure_text, number_text, status_text
from sim.report.blocks import Figure, Missing
from sim.report.editions import MODEL_VALUES, Edition
from sim.report.figures.pasted_shared import NO_RUN, PLAN_YEARS, YearPoints, clean, plan_end, sentence, source_text

Record = Mapping[str, Any]
POINTS = "%"
MEDIAN = Text("推算（中位数）", "projected (median)")
SUGGESTED = Text("建议目标值", "suggested target")
PERIOD = "*"  # of a value that is the average or the sum of five years


def dumbbell(material: Material, edition: Edition, lang: str) -> Figure | Missing:
    """Each indicator in both years: suggested targets where they were computed, else the leading scenario's medians."""
    what = Text("两年对照图", "the chart of the two years")
    if material.target_values is not None:
        data = _from_values(material, edition, lang)
    elif material.lead is not None:
        data = _from_medians(material, material.lead, edition, lang)
    else:
        return Missing(what, NO_RUN)
    if data is None:
        zh = "结果没有覆盖下一个规划期末年的指标；请用 solve --target-values 测算目标值建议"
        en = "the results do not reach the end of the next plan; compute `solve --target-values`"
        return Missing(what, Text(zh, en))
    first, last = data.first, data.last
    title = Text(f"规划指标{first}年与{last}年对照", f"Indicators of the plan, {first} and {last}")
    said = [f"{row.name.pick(lang)} {row.start.text} → {row.end.text}" for row in data.rows]
    draw = partial(dumbbell_chart, data, lang)
    return Figure("dumbbell", title.pick(lang), draw, sentence(title, said, lang), native(data, lang), "dumbbell")


def _from_values(material: Material, edition: Edition, lang: str) -> DumbbellData | None:
    assert material.target_values is not None
    document = material.target_values.document
    scenarios, first = document["scenarios"], document["plan_base"]
    lead = material.lead
    scenario = lead.id if lead is not None and lead.id in scenarios else scenarios[0]
    last = first + PLAN_YEARS
    values = [r for r in document["values"] if r["group"] == "plan" and r["year"] == last and r["scenario"] == scenario]
    if not values:
        return None
    rows = [_suggested(record) for record in values]
    rows += [_skipped(record) for record in document["skipped"] if record["row"] is not None]
    place = scenarios.index(scenario)
    label = clean(Text(document["scenario_labels"][place], document["scenario_labels_en"][place]))
    return DumbbellData(
        first=first,
        last=last,
        rows=tuple(sorted(rows, key=lambda row: int(row.number or "0"))),
        source=_source(material, edition, label, lang),
        notes=_notes(first, last, any(row.name.zh.endswith(PERIOD) for row in rows), True),
    )


def _suggested(record: Record) -> Pair:
    """From the base to the suggested value, with the median between; a level without a suggestion has the median."""
    base, suggestion = record["base"], record["suggestion"] or {}
    period = base["first_year"] != base["year"]
    digits = _digits(record, suggestion)
    value = suggestion.get("value")
    end = NOTHING if value is None else Point(value, number_text(value, digits), True)
    median = NOTHING if period or record["p50"] is None else _projected(record["p50"], digits)
    start = base["value"]
    name = clean(Text(record["label"], record["label_en"]))
    star = PERIOD if period else ""
    return Pair(
        number="" if record["row"] is None else str(record["row"]),
        name=Text(name.zh + star, name.en + star),
        start=NOTHING if start is None else Point(start, number_text(start, digits), base["reported"]),
        end=end,
        median=median,
        points=record["unit"] == POINTS,
        why=Text(suggestion.get("words") or "—", suggestion.get("words_en") or "—"),
    )


def _digits(record: Record, suggestion: Record) -> int:
    """Digits of the suggestion's step, else as many as the spread supports."""
    unit = suggestion.get("shown_unit")
    if unit:
        return max(0, len(f"{unit:.10g}".partition(".")[2]))
    spread = None if record["high"] is None or record["low"] is None else record["high"] - record["low"]
    return decimals(spread, (figure_text(record["last"]["value"]) if record.get("last") else None,))


def _projected(value: float, digits: int) -> Point:
    return Point(value, number_text(value, digits), False)


def _skipped(record: Record) -> Pair:
    name = clean(Text(record["label"], record["label_en"]))
    why = Text(record["reason"], record["reason_en"])
    return Pair(str(record["row"]), name, NOTHING, NOTHING, NOTHING, True, why)


def _from_medians(material: Material, view: View, edition: Edition, lang: str) -> DumbbellData | None:
    first = plan_end(view)
    last = first + PLAN_YEARS
    rows = []
    for record in plan_rows(view.targets):
        if record["reading_of"] is None:
            start, end = YearPoints(material, view, record["indicator"], (first, last), lang).points
            if record["operator"] == "cumulative":  # a year's figure is not what the plan's row counts
                start = end = NOTHING
            rows.append(_of_view(record, start, end, view))
    if not any(row.median.known for row in rows):
        return None
    notes = _notes(first, last, False, False)
    return DumbbellData(first, last, tuple(rows), _source(material, edition, clean(view.label), lang), notes)


def _of_view(record: Record, start: Point, end: Point, view: View) -> Pair:
    as_of = view.document["as_of"]
    if record["status"] == "evaluated":
        why = Text("累计数，不作两年对照", "a sum over years, not compared")
    else:
        why = Text(status_text(record, as_of, "zh"), status_text(record, as_of, "en"))
    return Pair(
        number="" if record["row"] is None else str(record["row"]),
        name=clean(Text(record["label"], record["label_en"])),
        start=start,
        end=NOTHING,
        median=end,
        points=record["unit"] == POINTS,
        why=why,
    )


def _source(material: Material, edition: Edition, scenario: Text, lang: str) -> Text:
    model = Text(f"本模型测算（{scenario.zh}）", f"this model ({scenario.en})")
    return source_text((), material, edition, model.pick(lang), lang)


def _notes(first: int, last: int, period: bool, suggested: bool) -> tuple[Text, ...]:
    notes = [
        Text(
            "计量单位为%的指标按百分点变动，其他指标按变动幅度，同组内长短可比",
            "indicators in % move in points, the others in percent; lengths compare within a group",
        )
    ]
    if period:
        five = PLAN_YEARS - 1
        zh = f"带*的为五年平均或累计（{first - five}—{first}年与{last - five}—{last}年）"
        en = f"* averages or sums of five years ({first - five}–{first} and {last - five}–{last})"
        notes.append(Text(zh, en))
    if suggested:
        notes.append(
            Text(
                "建议目标值为下限或约数，留有余地，与推算值不同",
                "suggested targets are floors or round figures with a margin, so they differ from projections",
            )
        )
    return (*notes, Text(f"推算值系{MODEL_VALUES.zh}", f"projected values: {MODEL_VALUES.en}"))
