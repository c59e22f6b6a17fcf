"""The curve of an indicator's target values against the probability of reaching them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.material import Material
from sim.output.tables import decimals, figure_text, unit_text
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition
from sim.report.figures.working_parts import (
    BY_VALUES,
    Record,
    both,
    clean,
    drawn,
    indicator_of,
    matching,
    missing,
    with_id,
)

if TYPE_CHECKING:
    from sim.charts.target_curve import CurveData, Reached, ValueMark

WHAT = Text("目标值曲线", "target-setting curve")
#: Values reached with these probabilities are in the results with their ranges.
CHANCES = {"p90": 0.9, "p70": 0.7, "p50": 0.5, "p30": 0.3}
JOINED = Text("各点之间以直线相连", "straight lines between the points")
SAME = 1e-6  # relative difference at which a distribution is of the same quantity as the values


def target_setting(material: Material, edition: Edition, lang: str, asked: str | None = None) -> Figure | Missing:
    """Values of an indicator at the end of the plan and how likely each is reached."""
    from sim.charts.target_curve import target_curve_caption

    result = material.target_values
    if result is None:
        return missing(WHAT, BY_VALUES)
    year = result.document["years"][0]
    records = [r for r in result.document["values"] if r["year"] == year and r["direction"]]
    record = matching(records, indicator_of(material, asked))
    if record is None:
        why = Text("结果中没有它的目标值，或它没有好坏方向", "no values of it in the result, or neither way is better")
        return missing(WHAT, why, asked)
    data = _curve(material, record, result.document)

    title = target_curve_caption(data, lang)
    alt = with_id(_spoken(data, title, lang), result.run_id, edition, lang)
    stem = f"target_setting_{record['indicator']}_{year}"
    return Figure(stem, title, drawn("target_curve:target_curve_chart", data, lang), alt, None, stem)


def _spoken(data: CurveData, title: str, lang: str) -> str:
    from sim.charts.style import number, probability_words

    colon = "：" if lang == "zh" else ": "
    said = [
        f"{number(point.value, data.decimals, lang)}{colon}{probability_words(point.probability)}"
        for point in data.points
    ]
    marks = [mark.label.pick(lang) for mark in data.marks]
    apart = "；" if lang == "zh" else "; "
    end = "。" if lang == "zh" else "."
    return title + end + apart.join([*said, *marks]) + end


def _curve(material: Material, record: Record, document: Record) -> CurveData:
    from sim.charts.target_curve import CurveData

    over = record["plan"] or record  # of the whole span where the target is written for it
    points = _points(record, over)
    whole = _whole_curve(material, record)
    curve = whole or sorted((point.value, point.probability) for point in points)
    item = INDICATORS[record["indicator"]]
    digits = decimals(abs(over["p90"] - over["p30"]), [figure_text((record["suggestion"] or {}).get("value"))])
    name = _scenario(document, record["scenario"])
    return CurveData(
        indicator=both(record),
        unit=Text(item.unit, unit_text(item.unit, "en")),
        year=record["year"],
        span=_span(record),
        curve=tuple(curve),
        points=tuple(points),
        suggested=_suggested(record),
        wording=_wording(record),
        marks=_marks(record),
        decimals=digits,
        notes=Text("", "") if whole else JOINED,
        source=Text(
            f"{document['region_label']}目标值测算（{name.zh}，模拟{document['draws']}次）",
            f"target values of {document['region_label_en']} ({name.en}, {document['draws']} draws)",
        ),
    )


def _scenario(document: Record, id: str) -> Text:
    place = document["scenarios"].index(id)
    return Text(clean(document["scenario_labels"][place]), clean(document["scenario_labels_en"][place]))


def _span(record: Record) -> Text:
    plan = record["plan"]
    if plan is None:
        return Text("", "")
    first, last = plan["first_year"], record["year"]
    average = plan["kind"] == "average"
    words = Text("年均", "average") if average else Text("累计", "in all")
    return Text(f"{first}—{last}年{words.zh}", f"{first}–{last}, {words.en}")


def _points(record: Record, over: Record) -> list[Reached]:
    from sim.charts.target_curve import Reached

    low, high = over["probability_low"], over["probability_high"]
    known = [name for name in CHANCES if over[name] is not None]
    return [Reached(over[name], CHANCES[name], (low or {}).get(name), (high or {}).get(name)) for name in known]


def _whole_curve(material: Material, record: Record) -> list[tuple[float, float]]:
    """The curve of the run's distribution, where it is of the same quantity as the values; else empty."""
    view = next((view for view in material.views if view.id == record["scenario"]), None)
    found = view.document.get("distributions") if view is not None else None
    if record["plan"] is not None or not found:
        return []
    own = [r for r in found["values"] if (r["indicator"], r["year"]) == (record["indicator"], record["year"])]
    if not own:
        return []
    values, levels = own[0]["values"], found["levels"]
    if any(value is None for value in values) or not _same(record, values, levels):
        return []
    rising = record["direction"] > 0
    return [(value, 1.0 - level if rising else level) for value, level in zip(values, levels, strict=True)]


def _same(record: Record, values: Sequence[float], levels: Sequence[float]) -> bool:
    """Whether the distribution has the values at their probabilities."""
    at = {round(level, 4): value for level, value in zip(levels, values, strict=True)}
    for name, chance in CHANCES.items():
        value = at.get(round(1.0 - chance if record["direction"] > 0 else chance, 4))
        if value is None or record[name] is None or abs(value - record[name]) > SAME * max(abs(value), 1.0):
            return False
    return True


def _suggested(record: Record) -> Reached | None:
    """The suggestion where its probability is: at the value from which it counts as met."""
    from sim.charts.target_curve import Reached

    suggestion, chance = record["suggestion"], record["chance"]
    if suggestion is None or suggestion["value"] is None or chance is None or chance["probability"] is None:
        return None
    met_from = suggestion["threshold"] if suggestion["threshold"] is not None else suggestion["value"]
    return Reached(met_from, chance["probability"], chance["probability_low"], chance["probability_high"])


def _wording(record: Record) -> Text:
    """The suggestion as written, with the value it counts from where that is another."""
    suggestion = record["suggestion"]
    if suggestion is None:
        return Text("", "")
    words = both(suggestion, "words")
    met_from = suggestion["threshold"]
    if met_from in (None, suggestion["value"]):
        return words
    least = Text("不低于", "from") if record["direction"] > 0 else Text("不高于", "up to")
    return Text(f"{words.zh}（按{least.zh}{met_from:g}计）", f"{words.en} (met {least.en} {met_from:g})")


def _marks(record: Record) -> tuple[ValueMark, ...]:
    """Targets from above that can be compared, and the last published figure of the same quantity."""
    from sim.charts.target_curve import ValueMark

    found = [
        ValueMark(Text(f"{level.zh}目标 {clean(a['printed'])}", f"{level.en}: {clean(a['printed'])}"), a["value"])
        for level, a in ((both(a, "level"), a) for a in record["above"])
        if a["value"] is not None
    ]
    last = record["last"]
    if last is not None and record["plan"] is None:
        shown = figure_text(last["value"])
        label = Text(f"最近公布 {shown}（{last['year']}年）", f"last reported {shown} ({last['year']})")
        found.append(ValueMark(label, last["value"]))
    return tuple(found)
