"""Sheets of indicators: published years and medians of every scenario with their growth, and all ranges in a list."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from sim.indicators.catalogue import INDICATORS
from sim.material import View
from sim.output.comparison import milestones
from sim.output.outlook import HEADLINES
from sim.output.tables import unit_text
from sim.report.blocks import Column
from sim.report.sources import base_known
from sim.workbook.desk import MODEL_NOTE, Desk, Record, printed, spread_digits, text
from sim.workbook.grid import BLANK, Entry, Grid, Sheet

#: Units in which a change over years is told in percentage points, not as growth.
POINTS = ("%",)


def indicator_sheet(desk: Desk) -> Sheet:
    """Every indicator and scenario a row, every year a column; then growth or change between milestones."""
    years, spans = _years(desk), _spans(desk)
    say = desk.say
    columns = [
        Column("scenario", say("情景", "Scenario"), 18), Column("label", say("指标", "Indicator"), 30),
        Column("unit", say("单位", "Unit"), 10),
    ]  # fmt: skip
    columns += [Column(f"y{year}", say(f"{year}年", str(year)), 10, "right", _heading(desk, year)) for year in years]
    for first, last in spans:
        group = say(f"{first}—{last}年", f"{first}–{last}")
        columns.append(Column(f"g{last}", say("年均增速（%）", "growth a year (%)"), 10, "right", group))
        columns.append(Column(f"c{last}", say("变化（百分点或单位）", "change (points, units)"), 11, "right", group))
    rows = [tuple(_row(desk, view, name, years, spans)) for view in desk.material.views for name in _shown(view)]
    title = say("指标：公布数与推算值", "Indicators: published figures and model values")
    growth = say(
        "推算值为各次模拟的中位数；年均增速按所列中位数计算：（末年÷首年）^（1÷年数）−1。带*的口径与基年不同，不计算增速。"
        if desk.edition.chances else
        "年均增速按所列数计算：（末年÷首年）^（1÷年数）−1。带*的口径与基年不同，不计算增速。",
        "Model values are medians of the draws; growth is computed from them. * on another basis, no growth computed."
        if desk.edition.chances else
        "Growth is computed from the numbers shown. * on another basis than the base year: no growth computed.",
    )  # fmt: skip
    lines = desk.lines(title, MODEL_NOTE.pick(desk.lang), growth)
    about = say("逐年公布数与推算值，年均增速", "figures and model values by year, growth rates")
    return Sheet(desk.names["indicators"], about, lines, Grid(tuple(columns), tuple(rows), keep=3), "indicators")


def _years(desk: Desk) -> tuple[int, ...]:
    """Years of any scenario's results, the base year first."""
    return tuple(sorted({record["year"] for view in desk.material.views for record in view.document["indicators"]}))


def _spans(desk: Desk) -> tuple[tuple[int, int], ...]:
    """Five-year steps between base year and milestones."""
    steps = (desk.material.pack.base_year, *milestones(desk.material.views[0].document))
    return tuple(itertools.pairwise(steps))


def _heading(desk: Desk, year: int) -> str:
    if year <= desk.material.pack.base_year:
        return desk.say("基年", "Base")
    if year <= desk.material.as_of:
        return desk.say("已公布", "Published")
    return desk.say("推算", "Model")


def _shown(view: View) -> tuple[str, ...]:
    """Indicators with values: those of the tables first, then the rest in their order."""
    with_values = {r["indicator"] for r in view.document["indicators"] if r["p50"] is not None}
    wanted = dict.fromkeys([*HEADLINES, *(t["indicator"] for t in view.targets), *INDICATORS])
    return tuple(name for name in wanted if name in with_values and name in INDICATORS)


def _row(
    desk: Desk, view: View, name: str, years: tuple[int, ...], spans: tuple[tuple[int, int], ...]
) -> Iterator[Entry]:
    item = INDICATORS[name]
    records = {r["year"]: r for r in view.document["indicators"] if r["indicator"] == name}
    later = [r for year, r in records.items() if year > view.document["as_of"]]
    digits = spread_digits(later or list(records.values()))
    cells = {year: _value(desk, view, records.get(year), year, digits) for year in years}
    yield text(desk.scenario(view))
    yield text(item.label.pick(desk.lang))
    yield text(unit_text(item.unit, desk.lang))
    yield from cells.values()
    for span in spans:
        yield from _moved(desk, item.unit, cells, span, digits)


def _value(desk: Desk, view: View, record: Record | None, year: int, digits: int) -> Entry:
    """A published figure with a link to its source, or the model's median; nothing for a past year without figure."""
    if record is None:
        return BLANK
    base, as_of = view.document["base_year"], view.document["as_of"]
    if record["reported"] is not None:
        return _published(desk, record, digits)
    if year == base:
        known = base_known(desk.material, view, record["indicator"])
        if known is None or known.value is None:
            return desk.number(record["p50"], digits, "model")
        value = known.number_in(INDICATORS[record["indicator"]].unit)
        count = printed(value) if value == known.value else digits
        return Entry(value, desk.published(count, known.id), link=known.id)
    return BLANK if year <= as_of else desk.number(record["p50"], digits, "model")


def _published(desk: Desk, record: Record, digits: int) -> Entry:
    ids = [record["fact"], *record["derived_from"]]
    link = next((id for id in ids if id), "")
    count = printed(record["reported"]) if record["fact"] else digits
    shown = desk.published(count, record["fact"], bool(record["other_basis"]))
    return Entry(record["reported"], shown, link=link)


def _moved(
    desk: Desk, unit: str, cells: Mapping[int, Entry], span: tuple[int, int], digits: int
) -> tuple[Entry, Entry]:
    """Growth a year where the indicator is a level above zero, and the change; nothing where a year is missing."""
    first, last = span
    start, end = cells.get(first, BLANK), cells.get(last, BLANK)
    if not isinstance(start.value, float | int) or not isinstance(end.value, float | int) or "*" in start.format:
        return BLANK, BLANK
    if "*" in end.format:
        return BLANK, BLANK
    change = desk.difference(f"=[y{last}]-[y{first}]", end.value - start.value, digits)
    if unit in POINTS or start.value <= 0 or end.value <= 0:
        return BLANK, change
    rate = growth_rate(start.value, end.value, last - first)
    growth = desk.difference(f"=(([y{last}]/[y{first}])^(1/{last - first})-1)*100", rate, 1)
    return growth, change


def growth_rate(start: float, end: float, years: int) -> float:
    """Growth a year in percent."""
    return float((end / start) ** (1 / years) - 1) * 100


def range_sheet(desk: Desk) -> Sheet:
    """Every year's median and 80 % interval as a list, to be filtered; for the internal edition."""
    say = desk.say
    columns = (
        Column("scenario", say("情景", "Scenario"), 20), Column("label", say("指标", "Indicator"), 34),
        Column("unit", say("单位", "Unit"), 10), Column("year", say("年份", "Year"), 8, "center"),
        Column("reported", say("公布值", "Published"), 12, "right"),
        Column("p10", say("第10百分位", "p10"), 12, "right"), Column("p50", say("中位数", "Median"), 12, "right"),
        Column("p90", say("第90百分位", "p90"), 12, "right"), Column("width", say("区间宽度", "Width"), 12, "right"),
    )  # fmt: skip
    rows = tuple(tuple(row) for view in desk.material.views for row in _ranges(desk, view))
    title = say("指标区间：中位数与80%区间", "Ranges: medians and 80 % intervals")
    about = say("逐年中位数与80%区间（清单，可筛选）", "medians and 80 % intervals by year, a list to filter")
    lines = desk.lines(title, MODEL_NOTE.pick(desk.lang))
    return Sheet(desk.names["ranges"], about, lines, Grid(columns, rows, keep=4), "ranges")


def _ranges(desk: Desk, view: View) -> Iterator[Iterator[Entry]]:
    found: dict[str, list[Record]] = {}
    for record in view.document["indicators"]:
        found.setdefault(record["indicator"], []).append(record)
    for name in _shown(view):
        records = sorted(found[name], key=lambda record: int(record["year"]))
        digits = spread_digits([r for r in records if r["year"] > view.document["as_of"]] or records)
        for record in records:
            if record["p50"] is not None:
                yield _range(desk, view, record, digits)


def _range(desk: Desk, view: View, record: Record, digits: int) -> Iterator[Entry]:
    item = INDICATORS[record["indicator"]]
    yield text(desk.scenario(view))
    yield text(item.label.pick(desk.lang))
    yield text(unit_text(item.unit, desk.lang))
    yield Entry(record["year"], "0")
    yield BLANK if record["reported"] is None else _published(desk, record, digits)
    for key in ("p10", "p50", "p90"):
        yield desk.number(record[key], digits, "model")
    known = record["p10"] is not None and record["p90"] is not None
    width = record["p90"] - record["p10"] if known else None
    yield BLANK if width is None else Entry(width, desk.digits(digits), "computed", "=[p90]-[p10]")
