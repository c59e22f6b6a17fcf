"""Columns of a level with the line of its growth above them: what is published solid, what is projected hatched.

The line has a band of its own above the columns, so that no number stands on another and no second axis is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from sim.charts.fonts import ChartFont, find_font
from sim.charts.native import NativeChart, Series
from sim.charts.palette import LEVEL, RATE
from sim.charts.sheet import (
    MARGIN,
    PROJECTED,
    REPORTED,
    Entry,
    Sheet,
    blank_sheet,
    draw_legend,
    foot_height,
    foot_text,
    legend_height,
)
from sim.charts.style import GREY, INK, PAGE_WIDTH, RULE, TINY, drawing_style
from sim.charts.yearly import (
    Point,
    axis_line,
    beside_line,
    draw_years,
    places,
    require,
    require_points,
    require_years,
    value_size,
)
from sim.language import Text

COLUMNS, BAND, GAP, YEARS, HEAD = 118.0, 62.0, 20.0, 16.0, 6.0  # points
WIDEST = 34.0  # of a column
BELOW = 14.0  # room below the line for numbers at its low points
WIDTH = PAGE_WIDTH - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class ColumnsLineData:
    """A level and its growth by year; `beside` are published values on another basis, drawn as marks of their own."""

    level: Text
    level_unit: Text
    growth: Text
    growth_unit: Text
    years: tuple[int, ...]
    levels: tuple[Point, ...]
    rates: tuple[Point, ...]
    source: Text
    notes: tuple[Text, ...] = ()
    beside: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        """Raise ChartError for rows of unequal length, years out of order, no value, or a level below zero."""
        require_years(self.level, self.years)
        require_points(self.level, len(self.years), (self.levels, self.rates))
        if self.beside:
            require(self.level, len(self.beside) == len(self.years), Text("另列的数个数不同", "marks differ in number"))
        low = min(point.height for point in self.levels)
        require(self.level, low >= 0.0, Text("总量不能为负", "a level cannot be negative"))


def columns_line_chart(data: ColumnsLineData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    foot = foot_text(chosen, [note.pick(lang) for note in data.notes], data.source.pick(lang), lang)
    entries = _entries(data, lang)
    legend = legend_height(chosen, entries, WIDTH)
    band = BAND if any(point.known for point in data.rates) else 0.0
    floor = foot_height(foot) + YEARS
    height = floor + COLUMNS + (GAP + band if band else 14.0) + legend + HEAD + 8.0
    with drawing_style():
        sheet = blank_sheet(chosen, height, "columns_line")
        slot = WIDTH / len(data.years)
        xs = places(len(data.years), MARGIN, PAGE_WIDTH - MARGIN)
        draw_legend(sheet, entries, height - HEAD, WIDTH)
        _columns(sheet, data, xs, slot, floor)
        if band:
            _rates(sheet, data, xs, slot, floor + COLUMNS + GAP)
        axis_line(sheet, floor)
        years = [f"{year}年" if lang == "zh" else str(year) for year in data.years]
        draw_years(sheet, xs, years, floor - YEARS / 2, slot)
        sheet.foot(foot)
    return sheet.figure


def _entries(data: ColumnsLineData, lang: str) -> list[Entry]:
    """The legend: columns and line, published and projected, where there are such."""
    found = []
    for name, unit, points, colour, marks in (
        (data.level, data.level_unit, data.levels, LEVEL, ("solid", "hatched")),
        (data.growth, data.growth_unit, data.rates, RATE, ("line", "dashed")),
    ):
        for reported, mark, word in ((True, marks[0], REPORTED), (False, marks[1], PROJECTED)):
            if any(point.known and point.reported is reported for point in points):
                marker = "o" if colour == RATE else ""
                found.append(Entry(_named(name, unit, word, lang), colour, mark, marker))
    if any(point.known for point in data.beside):
        other = Text("*已公布，口径不同", "* published, other basis").pick(lang)
        found.append(Entry(other, INK, "hollow", "D"))
    return found


def _named(name: Text, unit: Text, word: Text, lang: str) -> str:
    """地区生产总值（现价，亿元，已公布）: brackets at the end of the name are joined with these."""
    if lang == "zh":
        head = f"{name.zh[:-1]}，" if name.zh.endswith("）") else f"{name.zh}（"
        return f"{head}{unit.zh}，{word.zh}）"
    return f"{name.en} ({unit.en}, {word.en})"


def _columns(sheet: Sheet, data: ColumnsLineData, xs: Sequence[float], slot: float, floor: float) -> None:
    most = max(point.height for point in (*data.levels, *data.beside)) or 1.0
    width = min(slot * 0.62, WIDEST)
    size = value_size(sheet.font, (*data.levels, *data.beside), slot)
    for index, (x, point) in enumerate(zip(xs, data.levels, strict=True)):
        height = point.height / most * COLUMNS
        beside = data.beside[index] if data.beside and data.beside[index].known else None
        if point.known:
            sheet.bar(x - width / 2, floor, width, height, LEVEL, not point.reported, f"level:{data.years[index]}")
        if beside is None:
            above = floor + height + 7.0
            sheet.text(x, above, point.text if point.known else "—", size, "center", gid=f"value:{index}")
            continue
        mark = floor + beside.height / most * COLUMNS
        sheet.marker(x, mark, INK, "D", True)
        sheet.text(x, max(mark, floor + height) + 9.0, beside.text, size, "center")
        if point.known:
            _on_column(sheet, x, min(mark - 6.0, floor + height) - size * 0.9, point.text, size)


def _on_column(sheet: Sheet, x: float, middle: float, text: str, size: float) -> None:
    """A number on a white ground inside its column, where the room above belongs to another one."""
    half = sheet.font.width(text, size) / 2 + 1.5
    sheet.bar(x - half, middle - size * 0.58, 2 * half, size * 1.16, "white")
    sheet.text(x, middle, text, size, "center")


def _rates(sheet: Sheet, data: ColumnsLineData, xs: Sequence[float], slot: float, floor: float) -> None:
    """The line in its band, dashed where an end is projected, broken where a year has no value."""
    known = [point.height for point in data.rates if point.known]
    low, high = min(known), max(known)
    spread = (high - low) or 1.0
    heights = [floor + BELOW + (point.height - low) / spread * (BAND - BELOW - 16.0) for point in data.rates]
    at = [(x, y) if point.known else None for x, y, point in zip(xs, heights, data.rates, strict=True)]
    size = value_size(sheet.font, data.rates, slot)
    if low < 0.0 < high:
        zero = floor + BELOW - low / spread * (BAND - BELOW - 16.0)
        sheet.line([MARGIN, PAGE_WIDTH - MARGIN], [zero, zero], RULE, 0.6, order=1.0)
        sheet.text(MARGIN, zero + 4.0, "0", LEAST_LETTERS, colour=GREY)
    for index in range(1, len(xs)):
        ends = data.rates[index - 1 : index + 1]
        if all(point.known for point in ends):
            dashed = not all(point.reported for point in ends)
            sheet.line(xs[index - 1 : index + 1], heights[index - 1 : index + 1], RATE, 1.3, dashed)
    for index, point in enumerate(data.rates):
        if point.known:
            sheet.marker(xs[index], heights[index], RATE, hollow=not point.reported, gid=f"rate:{data.years[index]}")
            x, y, align = beside_line(at, index, sheet.font.width(point.text, size) / 2)
            sheet.text(xs[index] + x, heights[index] + y, point.text, size, align, RATE)


LEAST_LETTERS = TINY - 1.0


def native(data: ColumnsLineData, lang: str = "zh") -> NativeChart:
    """The same chart for office programs, with the growth on the axis at the right."""
    categories = tuple(f"{year}年" if lang == "zh" else str(year) for year in data.years)
    series = []
    for word, reported, pattern in ((REPORTED, True, ""), (PROJECTED, False, "wide_upward_diagonal")):
        values = tuple(point.value if point.reported is reported else None for point in data.levels)
        if any(value is not None for value in values):
            name = f"{data.level.pick(lang)}·{word.pick(lang)}" if lang == "zh" else f"{data.level.en}, {word.en}"
            series.append(Series(name, values, LEVEL, labels=True, format="0.##", pattern=pattern))
    if any(point.known for point in data.rates):
        series.append(
            Series(
                data.growth.pick(lang),
                tuple(point.value for point in data.rates),
                RATE,
                kind="line",
                second=True,
                dashed_from=_first_projected(data.rates),
                labels=True,
            )
        )
    title = data.level.pick(lang) + ("与" if lang == "zh" else " and ") + data.growth.pick(lang)
    unit, second = data.level_unit.pick(lang), data.growth_unit.pick(lang)
    return NativeChart(title, categories, tuple(series), unit, second, "stacked")


def _first_projected(points: Sequence[Point]) -> int | None:
    """Place of the first year from which on every value is projected."""
    last = max((index for index, point in enumerate(points) if point.known and point.reported), default=-1)
    return last + 1 if last + 1 < len(points) else None
