"""Value added by industry over the years with the marine economy inside the total; and the curve of target values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.charts.native import NativeChart, Series, projected_tail
from sim.charts.palette import INDUSTRIES
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.material import Material, View
from sim.output.tables import unit_text
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition
from sim.report.figures.working_parts import BY_RUN, clean, drawn, missing, scenario_of, with_id

if TYPE_CHECKING:
    from sim.charts.cells import CellsData

WHAT = Text("各部门增加值与海洋经济", "value added by sector, and marine")
INDUSTRY = {
    "primary_share": Text("第一产业", "Primary industry"),
    "secondary_share": Text("第二产业", "Secondary industry"),
    "services_share": Text("第三产业", "Tertiary industry"),
}
PROJECTED = Text("（推算）", " (projected)")
MARINE = Text("海洋经济", "marine economy")
NOTES = Text(
    "各产业为地区生产总值乘以比重，推算年份二者取中位数并按合计调平；现价",
    "industries are GDP times their shares, medians of both in projected years, scaled to the total; current prices",
)


def cells(material: Material, edition: Edition, lang: str) -> Figure | Missing:
    """Columns of the three industries with the marine part hatched.

    Results hold no levels of the model's cells, only their contributions to growth: the industries come from GDP and
    its shares.
    """
    from sim.charts.cells import cells_caption

    view = material.lead
    if view is None:
        return missing(WHAT, BY_RUN)
    data = cells_data(view)
    if data is None:
        why = Text("结果中没有三次产业比重或海洋生产总值", "the result lacks shares of industries or marine product")
        return missing(WHAT, why)

    title = cells_caption(data, lang)
    alt = with_id(_spoken(data, title, lang), view.run_id, edition, lang)
    return Figure("cells", title, drawn("cells:cells_chart", data, lang), alt, native(data, lang), "cells")


def _value(view: View, name: str, year: int) -> tuple[float, bool] | None:
    """The reported figure, else the median, and whether it is reported; the base year is."""
    record = view.indicator(name, year)
    if record is None or record["p50"] is None:
        return None
    if record["reported"] is not None:
        return float(record["reported"]), True
    return float(record["p50"]), year == view.document["base_year"] and not _spread(record)


def _spread(record: Any) -> bool:
    """Whether the base year's figure is an estimate: then its quantiles lie apart."""
    return bool(record["p95"] - record["p05"] > 1e-3 * abs(record["p50"]))


def cells_data(view: View) -> CellsData | None:
    """What the columns show; None where a year or an indicator is missing."""
    from sim.charts.cells import CellsData, Part

    document = view.document
    years = sorted({record["year"] for record in document["indicators"] if record["indicator"] == "gdp"})
    found: list[tuple[int, bool, list[float], tuple[float, bool]]] = []  # year, whether published, parts, marine
    for year in years:
        total, marine = _value(view, "gdp", year), _value(view, "marine_gop", year)
        shares = [_value(view, name, year) for name in INDUSTRY]
        known = [share for share in shares if share is not None]
        if total is None or marine is None or len(known) < len(shares):
            continue
        whole = sum(share for share, _ in known)
        levels = [total[0] * share / whole for share, _ in known]
        if marine[0] <= total[0]:
            published = total[1] and all(reported for _, reported in known)
            found.append((year, published, levels, marine))
    if not found:
        return None
    parts = tuple(
        Part(label, tuple(levels[place] for _, _, levels, _ in found)) for place, label in enumerate(INDUSTRY.values())
    )
    name = scenario_of(document)
    region = Text(clean(document["region_label"]), clean(document["region_label_en"]))
    return CellsData(
        title=Text(f"{region.zh}三次产业增加值与海洋经济", f"Value added by industry and marine economy, {region.en}"),
        unit=Text(INDICATORS["gdp"].unit, unit_text(INDICATORS["gdp"].unit, "en")),
        years=tuple(year for year, *_ in found),
        parts=parts,
        overlay=Part(MARINE, tuple(marine[0] for *_, marine in found)),
        reported=frozenset(year for year, whole, _, _ in found if whole),
        overlay_reported=frozenset(year for year, _, _, marine in found if marine[1]),
        source=Text(f"台账公布数；其余为模型推算（{name.zh}）", f"published figures; others projected ({name.en})"),
        notes=NOTES,
    )


def _spoken(data: CellsData, title: str, lang: str) -> str:
    """Totals and the marine part in the first and the last year."""
    from sim.charts.style import number

    told = []
    for place in (0, len(data.years) - 1):
        year = data.years[place]
        total, inside = (number(value, 0, lang) for value in (data.totals[place], data.overlay.values[place]))
        named = [(part.label.pick(lang), number(part.values[place], 0, lang)) for part in data.parts]
        if lang == "zh":
            parts = "、".join(f"{name}{value}" for name, value in named)
            told.append(f"{year}年合计{total}亿元，其中{parts}；海洋经济{inside}亿元（含在合计内）")
        else:
            parts = ", ".join(f"{name} {value}" for name, value in named)
            told.append(f"{year}: total {total}, of which {parts}; marine {inside}, within the total")
    return f"{title}。{'。'.join(told)}。" if lang == "zh" else f"{title}. {'. '.join(told)}."


def native(data: CellsData, lang: str) -> NativeChart:
    """Stacked columns; the marine part is a line over them, so that nothing is stacked twice."""
    projected = [year not in data.reported for year in data.years]
    first = projected_tail(projected)
    series = [
        Series(part.label.pick(lang), tuple(round(v, 1) for v in part.values), colour, dashed_from=first, format="0")
        for part, colour in zip(data.parts, INDUSTRIES.values(), strict=True)
    ]
    inside = data.overlay
    marine_first = projected_tail([year not in data.overlay_reported for year in data.years])
    words = Text(f"其中：{inside.label.zh}（含在合计内）", f"of which {inside.label.en} (within the total)").pick(lang)
    values = tuple(round(value, 1) for value in inside.values)
    series.append(Series(words, values, "#1a1a1a", kind="line", dashed_from=marine_first, format="0"))
    between = PROJECTED.pick(lang)  # a year without published parts among published ones
    categories = tuple(
        f"{year}{between}" if later and (first is None or place < first) else str(year)
        for place, (year, later) in enumerate(zip(data.years, projected, strict=True))
    )
    return NativeChart(data.title.pick(lang), categories, tuple(series), data.unit.pick(lang), stack="stacked", low=0.0)
