"""Pasted figures by year: level with growth, and the structure by industry."""

from __future__ import annotations

import re
from functools import partial

from sim.charts import columns_line, stacked_shares
from sim.charts.palette import INDUSTRIES as COLOURS
from sim.charts.yearly import NOTHING, Point
from sim.facts.definitions import Definitions
from sim.growth_accounting.channels import INDUSTRIES
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.material import Material, View
from sim.output.tables import number_text
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition
from sim.report.figures.pasted_shared import (
    CURRENT_AND_CONSTANT,
    NO_RUN,
    ROUNDED,
    YearPoints,
    clean,
    definitions,
    kind,
    model_note,
    model_words,
    plan_end,
    points_alt,
    sentence,
    source_text,
    unit_of,
    years_to,
)

#: Indicators of the shares of the industries, from the bottom of the column upwards.
SHARES = {"tertiary": "services_share", "secondary": "secondary_share", "primary": "primary_share"}
GROWTH = "_growth"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def level_growth(material: Material, edition: Edition, lang: str, asked: str | None = None) -> Figure | Missing:
    """Columns of a level with the line of its growth, from the base year to the end of the plan."""
    what = Text("总量与增速图", "the chart of level and growth")
    view = material.lead
    if view is None:
        return Missing(what, NO_RUN)
    name = (asked or "gdp").removesuffix(GROWTH)
    if name not in INDICATORS or name + GROWTH not in INDICATORS:
        zh = f"指标 {asked} 没有成对的总量和增速；可用：{'、'.join(_levels())}"
        return Missing(what, Text(zh, f"{asked} has no level with a growth rate; of use: {', '.join(_levels())}"))
    years = years_to(view, max(plan_end(view), material.as_of))
    level, growth = (YearPoints(material, view, id, years, lang) for id in (name, name + GROWTH))
    if not level.known:
        label = INDICATORS[name].label
        zh = f"结果中没有{label.zh}的数值；地区数据包缺基年数"
        return Missing(what, Text(zh, f"no values of {label.en} in the results; the base year's figure is missing"))
    data = _columns_data(material, edition, view, level, growth, lang)
    title = Text(
        f"{data.level.zh}与增速（{years[0]}—{years[-1]}年）", f"{data.level.en} and its growth, {years[0]}–{years[-1]}"
    )

    alt = points_alt(title, data.years, data.levels, data.level_unit, lang)
    key = f"level_growth_{name}"
    native = columns_line.native(data, lang)
    return Figure(key, title.pick(lang), partial(columns_line.columns_line_chart, data, lang), alt, native, key)


def _levels() -> list[str]:
    return [name for name in INDICATORS if name + GROWTH in INDICATORS]


def _columns_data(
    material: Material, edition: Edition, view: View, level: YearPoints, growth: YearPoints, lang: str
) -> columns_line.ColumnsLineData:
    rows = (level.points, growth.points)
    facts = {**level.facts, **growth.facts}.values()
    beside = any(point.known for point in level.beside)
    notes = [*_prices(level.name, definitions()), *model_note(rows)]
    if beside:
        zh = "* 公布数与基年数及推算值的口径不同，不能直接比较"
        notes.append(Text(zh, "* published on another basis than the base year and the projection; not to be compared"))
    return columns_line.ColumnsLineData(
        level=INDICATORS[level.name].label,
        level_unit=unit_of(level.name),
        growth=INDICATORS[growth.name].label,
        growth_unit=unit_of(growth.name),
        years=level.years,
        levels=level.points,
        rates=growth.points,
        source=source_text(facts, material, edition, model_words(rows, clean(view.label), lang), lang),
        notes=tuple(notes),
        beside=level.beside if beside else (),
    )


def _prices(name: str, found: Definitions) -> tuple[Text, ...]:
    """That levels are at current and rates at constant prices, where rates of this quantity are deflated."""
    return (CURRENT_AND_CONSTANT,) if name in found.plausible.deflated else ()


def structure(material: Material, edition: Edition, lang: str) -> Figure | Missing:
    """Columns of 100 % of the three industries: every year of the plan, then every fifth."""
    what = Text("三次产业结构图", "the chart of the structure by industry")
    view = material.lead
    if view is None:
        return Missing(what, NO_RUN)
    near = list(years_to(view, max(plan_end(view), material.as_of)))
    years = [*near, *(year for year in years_to(view, view.document["horizon"]) if year > near[-1] and year % 5 == 0)]
    found = {industry: YearPoints(material, view, name, years, lang) for industry, name in SHARES.items()}
    if not all(points.known for points in found.values()):
        zh = "结果中没有三次产业占比；地区数据包的生产部门不分三次产业"
        return Missing(what, Text(zh, "no shares of the three industries in the results of this region"))
    rows = _even(_one_kind([found[industry].points for industry in SHARES]))
    data = stacked_shares.SharesData(
        whole=Text("三次产业结构", "Structure by industry"),
        years=tuple(years),
        parts=tuple(
            stacked_shares.Part(INDUSTRIES[industry], COLOURS[industry], row)
            for industry, row in zip(SHARES, rows, strict=True)
        ),
        source=source_text(
            [fact for points in found.values() for fact in points.facts.values()],
            material, edition, model_words(rows, clean(view.label), lang), lang,
        ),
        notes=(*model_note(rows), *((ROUNDED,) if _uneven(rows) else ())),
    )  # fmt: skip
    title = Text(f"三次产业结构（{years[0]}—{years[-1]}年）", f"Structure by industry, {years[0]}–{years[-1]}")

    alt = _shares_alt(title, data, lang)
    native, draw = stacked_shares.native(data, lang), partial(stacked_shares.shares_chart, data, lang)
    return Figure("structure", title.pick(lang), draw, alt, native, "structure")


def _one_kind(rows: list[tuple[Point, ...]]) -> list[tuple[Point, ...]]:
    """A year of which only some shares are published is shown as projected: a column is of one kind."""
    columns = [
        column if len({point.reported for point in column}) == 1 else tuple(
            Point(point.value, point.text, False) for point in column
        )
        for column in zip(*rows, strict=True)
    ]  # fmt: skip
    whole = [column if all(point.known for point in column) else tuple(NOTHING for _ in column) for column in columns]
    return [tuple(row) for row in zip(*whole, strict=True)]


def _even(rows: list[tuple[Point, ...]]) -> list[tuple[Point, ...]]:
    """Projected shares of a year with the digits of the coarsest, so that they can be added up."""
    columns = []
    for column in zip(*rows, strict=True):
        digits = min(_digits(point.text) for point in column)
        columns.append(
            tuple(
                point if point.reported or point.value is None
                else Point(point.value, number_text(point.value, digits), False)
                for point in column
            )
        )  # fmt: skip
    return [tuple(row) for row in zip(*columns, strict=True)]


def _digits(text: str) -> int:
    """Digits after the point of the number in a text, which may have a rounding word."""
    found = _NUMBER.search(text)
    return len(found[0].partition(".")[2]) if found else 0


def _uneven(rows: list[tuple[Point, ...]]) -> bool:
    """Whether the printed shares of some year do not sum to 100."""
    for column in zip(*rows, strict=True):
        if all(point.known for point in column):
            printed = [_NUMBER.search(point.text) for point in column]
            total = sum(float(found[0]) for found in printed if found)
            if abs(total - 100.0) > 1e-6:
                return True
    return False


def _shares_alt(title: Text, data: stacked_shares.SharesData, lang: str) -> str:
    said = []
    for index, year in enumerate(data.years):
        texts = [part.shares[index].text for part in reversed(data.parts)]
        word = kind(data.parts[0].shares[index], lang)
        said.append(f"{year}年{'∶'.join(texts)}{word}" if lang == "zh" else f"{year} {' : '.join(texts)}{word}")
    names = ("∶" if lang == "zh" else " : ").join(part.name.pick(lang) for part in reversed(data.parts))
    return sentence(title, [names, *said], lang)
