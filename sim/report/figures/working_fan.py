"""The fan chart of an indicator, drawn and as stacked areas for office programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.charts.native import NativeChart, Series
from sim.language import Text
from sim.material import Material
from sim.output.figures import fan_data, fan_stem, headline_target
from sim.output.tables import unit_text
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition
from sim.report.figures.working_parts import BY_RUN, Record, clean, drawn, indicator_of, missing, scenario_of, with_id

if TYPE_CHECKING:
    from sim.charts.fan_data import FanData

WHAT = Text("扇形图", "fan chart")
#: Areas from the bottom up: upper quantile, lower quantile, name, colour. The first is room without colour.
AREAS = (
    ("p10", "p05", Text("5%—10%", "5-10 %"), "#dce8f1"),
    ("p25", "p10", Text("10%—25%", "10-25 %"), "#b7d0e2"),
    ("p75", "p25", Text("25%—75%", "25-75 %"), "#7faacb"),
    ("p90", "p75", Text("75%—90%", "75-90 %"), "#b7d0e2"),
    ("p95", "p90", Text("90%—95%", "90-95 %"), "#dce8f1"),
)
ROOM, MEDIAN = Text("5%分位", "5 % quantile"), Text("中位数（推算）", "median (projected)")
REPORTED, TARGET = Text("已公布", "reported"), Text("目标", "target")


def fan(material: Material, edition: Edition, lang: str, asked: str | None = None) -> Figure | Missing:
    """Fan chart of an indicator, of the plan's first target by default."""
    from sim.charts.fan_data import fan_caption

    view = material.lead
    if view is None:
        return missing(WHAT, BY_RUN)
    name = indicator_of(material, asked)
    if name is None:
        target = headline_target(view.document)
        name = target["indicator"] if target else "gdp_growth"
    records = [record for record in view.document["indicators"] if record["indicator"] == name]
    if not any(record["p50"] is not None for record in records):
        return missing(WHAT, Text("结果中没有这个指标的推算", "the result holds no projection of it"), name)
    data: FanData = _data(view.document, name)

    title = fan_caption(data, lang)
    alt = with_id(_spoken(data, title, lang), view.run_id, edition, lang)
    return Figure(
        f"fan_{name}", title, drawn("fan:fan_chart", data, lang), alt, native(data, lang), fan_stem(name, "zh")
    )


def _data(document: Record, name: str) -> FanData:
    found: FanData = fan_data(document, name)
    unit = Text(found.unit.zh, unit_text(found.unit.zh, "en"))
    region = Text(clean(document["region_label"]), clean(document["region_label_en"]))
    source = found.source
    if not any(t["source_title"] for t in document["targets"] if t["indicator"] == name):  # no plan sets it
        ledger = Text(f"{region.zh}公布数台账", f"ledger of {region.en}")
        source = Text(source.zh.replace(region.zh, ledger.zh, 1), source.en.replace(region.zh, ledger.en, 1))
    return replace(found, scenario=scenario_of(document), unit=unit, source=source)


def _spoken(data: FanData, title: str, lang: str) -> str:
    """The caption with the last reported figure and the median and 80 % range of the last year."""
    from sim.charts.fan_data import interval
    from sim.charts.style import number

    last = data.finite()[-1]
    digits, unit = data.label_decimals(), data.unit.pick(lang)
    middle = number(data.p50[last] or 0.0, digits, lang)
    spread = interval(data.p10[last] or 0.0, data.p90[last] or 0.0, digits, lang)
    year = data.years[last]
    known = data.used()
    if lang == "zh":
        told = f"{known[-1][0]}年公布{known[-1][1]:g}{unit}；" if known else ""
        return f"{title}。{told}{year}年推算中位数{middle}{unit}，80%区间{spread}{unit}。"
    told = f"Reported for {known[-1][0]}: {known[-1][1]:g} {unit}. " if known else ""
    return f"{title}. {told}Median for {year}: {middle} {unit}, 80 % range {spread} {unit}."


def native(data: FanData, lang: str) -> NativeChart:
    """Areas stacked on room without colour, lines of the median and of what is reported, marks of targets."""
    years = sorted({year for year, _ in data.reported} | set(data.years))
    at = {year: index for index, year in enumerate(data.years)}
    known = dict(data.reported)

    def quantile(year: int, name: str) -> float | None:
        if year in at:
            return data.quantile(name)[at[year]]
        return known.get(year)  # no width before the projection

    def width(year: int, high: str, low: str) -> float | None:
        upper, lower = quantile(year, high), quantile(year, low)
        return None if upper is None or lower is None else upper - lower

    room = Series(ROOM.pick(lang), tuple(quantile(year, "p05") for year in years), "#ffffff", kind="area", hidden=True)
    areas = [
        Series(name.pick(lang), tuple(width(year, high, low) for year in years), colour, kind="area")
        for high, low, name, colour in AREAS
    ]
    joint = max((year for year in known if year <= data.base_year), default=None)
    median = tuple(known[year] if year == joint else quantile(year, "p50") if year in at else None for year in years)
    lines = [Series(MEDIAN.pick(lang), median, "#0f3556", kind="line", dashed_from=0, format=_format(data))]
    lines.append(Series(REPORTED.pick(lang), tuple(known.get(year) for year in years), "#0f3556", kind="line"))
    for target in data.targets:
        values = tuple(target.value if target.year in (None, year) else None for year in years)
        label = f"{TARGET.pick(lang)} {clean(target.text.pick(lang))}"
        lines.append(Series(label, values, "#a63a12", kind="marker" if target.year else "line"))
    drawn = [value for year in years for value in (quantile(year, "p05"), quantile(year, "p95")) if value is not None]
    low = min(drawn)
    floor = None if low <= 0.25 * max(drawn) else _floor(low, max(drawn))
    title = f"{data.indicator.pick(lang)}（{data.unit.pick(lang)}）" if lang == "zh" else (
        f"{data.indicator.en} ({data.unit.en})"
    )  # fmt: skip
    categories = tuple(str(year) for year in years)
    return NativeChart(title, categories, (room, *areas, *lines), data.unit.pick(lang), stack="stacked", low=floor)


def _format(data: FanData) -> str:
    digits = data.label_decimals()
    return "0." + "0" * digits if digits else "0"


def _floor(low: float, high: float) -> float:
    """A round number below everything drawn."""
    from sim.charts.page import round_ticks

    return round_ticks(low - 0.05 * (high - low), high, 6)[0][0]
