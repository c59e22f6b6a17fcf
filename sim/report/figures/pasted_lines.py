"""Pasted figure of the scenarios: one line each, named high, middle and low where their order never changes."""

from __future__ import annotations

from functools import partial

from sim.charts.scenario_lines import Line, LinesData, lines_chart, native, ranked_name, ranks
from sim.charts.yearly import NOTHING
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.material import Material
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition
from sim.report.figures.pasted_shared import (
    NO_RUN,
    PLAN_YEARS,
    YearPoints,
    clean,
    model_note,
    model_words,
    plan_end,
    sentence,
    source_text,
    unit_of,
    years_to,
)

AVERAGE = "gdp_growth_average"


def plan_lines(material: Material, edition: Edition, lang: str, asked: str | None = None) -> Figure | Missing:
    """Published values and one line a scenario, named high, middle and low where there are three in a fixed order."""
    what = Text("高中低方案图", "the chart of high, middle and low")
    if material.lead is None:
        return Missing(what, NO_RUN)
    name = asked or AVERAGE
    if name not in INDICATORS:
        return Missing(what, Text(f"没有指标 {name}", f"no indicator {name}"))
    years = years_to(material.lead, max(plan_end(material.lead), material.as_of) + PLAN_YEARS)
    found = [YearPoints(material, view, name, years, lang) for view in material.views]
    first = next((i for i in range(len(years)) if any(points.points[i].known for points in found)), 0)
    years = years[first:]
    found = [YearPoints(material, view, name, years, lang) for view in material.views]
    published = tuple(point if point.reported else NOTHING for point in found[0].points)
    last = max((index for index, point in enumerate(published) if point.known), default=-1)
    values = [
        tuple(point.value if index > last else None for index, point in enumerate(points.points)) for points in found
    ]
    if not all(any(value is not None for value in row) for row in values):
        label = INDICATORS[name].label
        return Missing(what, Text(f"结果中没有{label.zh}的推算值", f"no projected values of {label.en} in the results"))
    order = ranks(values)
    lines = [
        Line(
            ranked_name(None if order is None else order[place], clean(view.label)),
            values[place],
            _last_text(found[place], values[place]),
        )
        for place, view in enumerate(material.views)
    ]
    rows = [points.points for points in found]
    data = LinesData(
        indicator=INDICATORS[name].label,
        unit=unit_of(name),
        years=tuple(years),
        published=published,
        scenarios=tuple(lines),
        source=source_text(found[0].facts.values(), material, edition, model_words(rows, None, lang), lang),
        notes=(*_meaning(name, material.lead.document["base_year"]), *model_note(rows), *_order_note(order)),
    )
    title = Text(f"{data.indicator.zh}：高中低方案" if order else f"{data.indicator.zh}：各情景",
                 f"{data.indicator.en}: {'high, middle and low' if order else 'scenarios'}")  # fmt: skip

    alt = _lines_alt(title, data, lang)
    key, draw = f"plan_lines_{name}", partial(lines_chart, data, lang)
    return Figure(key, title.pick(lang), draw, alt, native(data, lang), key)


def _last_text(points: YearPoints, values: tuple[float | None, ...]) -> str:
    last = max(index for index, value in enumerate(values) if value is not None)
    return points.points[last].text


def _meaning(name: str, base: int) -> tuple[Text, ...]:
    if name != AVERAGE:
        return ()
    first = base + 1
    zh, en = f"各年的值为{first}年至该年的年均增速", f"the value of a year is the average growth from {first} to it"
    return (Text(zh, en),)


def _order_note(order: tuple[int, ...] | None) -> tuple[Text, ...]:
    if order is None:
        return ()
    zh = "高、中、低按推算期各年推算值的次序排列"
    return (Text(zh, "high, middle and low by the order of the projections in every projected year"),)


def _lines_alt(title: Text, data: LinesData, lang: str) -> str:
    year = data.years[-1]
    said = [
        f"{line.name.zh}{year}年{line.last_text}" if lang == "zh" else f"{line.name.en} {line.last_text} in {year}"
        for line in data.scenarios
    ]
    return sentence(title, [data.unit.pick(lang), *said], lang)
