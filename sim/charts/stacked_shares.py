"""Columns of 100 %: how a whole is made up by year, published years solid and projected ones hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.figure import Figure

from sim.charts.fonts import ChartFont, find_font
from sim.charts.native import NativeChart, Series, projected_tail
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
    unit_line,
)
from sim.charts.style import INK, LINE, PAGE_WIDTH, RULE, SMALL, UNIT, contrast, drawing_style
from sim.charts.yearly import Point, axis_line, draw_years, places, require, require_points, require_years, value_size
from sim.language import Text

COLUMNS, YEARS, HEAD, ABOVE = 168.0, 16.0, 6.0, 14.0  # points
WIDEST, BREAK = 46.0, 0.5  # of a column in points; extra room before a year that is not the next, in slots
WHOLE = 100.0
TOLERANCE = 2.5  # points of percent that medians of shares may miss the whole by


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the whole: shares [%] by year."""

    name: Text
    colour: str
    shares: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class SharesData:
    """Parts from the bottom of the column upwards, by year; all parts of a year are there or none is."""

    whole: Text
    years: tuple[int, ...]
    parts: tuple[Part, ...]
    source: Text
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        """Raise ChartError for rows of unequal length, shares below zero and sums that are no whole."""
        require_years(self.whole, self.years)
        require_points(self.whole, len(self.years), (part.shares for part in self.parts))
        for index, year in enumerate(self.years):
            column = [part.shares[index] for part in self.parts]
            if any(point.known for point in column):
                each = all(point.known and point.height >= 0.0 for point in column)
                require(
                    self.whole, each, Text(f"{year}年缺一部分或有负的占比", f"{year}: a part is missing or negative")
                )
                near = abs(sum(point.height for point in column) - WHOLE) <= TOLERANCE
                require(self.whole, near, Text(f"{year}年各占比之和不是100%", f"{year}: shares do not sum to 100 %"))


def shares_chart(data: SharesData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    foot = foot_text(chosen, [note.pick(lang) for note in data.notes], data.source.pick(lang), lang)
    entries = _entries(data, lang)
    legend = legend_height(chosen, entries, PAGE_WIDTH - 2 * MARGIN - 50.0)
    floor = foot_height(foot) + YEARS
    height = floor + COLUMNS + ABOVE + legend + HEAD
    xs, slot = _slots(data.years)
    with drawing_style():
        sheet = blank_sheet(chosen, height, "stacked_shares")
        draw_legend(sheet, entries, height - HEAD, PAGE_WIDTH - 2 * MARGIN - 50.0)
        unit_line(sheet, UNIT.pick(lang) + "%", height - HEAD)
        size = value_size(chosen, [point for part in data.parts for point in part.shares], min(slot * 0.6, WIDEST) - 2)
        for index, x in enumerate(xs):
            _column(sheet, data, index, x, slot, floor, size)
        axis_line(sheet, floor)
        draw_years(sheet, xs, [f"{y}年" if lang == "zh" else str(y) for y in data.years], floor - YEARS / 2, slot)
        sheet.foot(foot)
    return sheet.figure


def _entries(data: SharesData, lang: str) -> list[Entry]:
    found = [Entry(part.name.pick(lang), part.colour) for part in reversed(data.parts)]
    first = data.parts[0].shares
    if any(point.known and not point.reported for point in first):
        found += [Entry(REPORTED.pick(lang), INK), Entry(PROJECTED.pick(lang), INK, "hatched")]
    return found


def _slots(years: Sequence[int]) -> tuple[list[float], float]:
    """Middles of the columns with a wider gap where years are left out, and the width of a slot."""
    shifts = [0.0]
    for before, after in pairwise(years):
        shifts.append(shifts[-1] + (BREAK if after - before > 1 else 0.0))
    slots = places(1, MARGIN, MARGIN + (PAGE_WIDTH - 2 * MARGIN) / (len(years) + shifts[-1]))
    width = 2 * (slots[0] - MARGIN)
    return [MARGIN + (index + shift + 0.5) * width for index, shift in enumerate(shifts)], width


def _column(sheet: Sheet, data: SharesData, index: int, x: float, slot: float, floor: float, size: float) -> None:
    """One column; a share too low for its number has it beside the column, or above it at the top."""
    width = min(slot * 0.6, WIDEST)
    column = [(part, part.shares[index]) for part in data.parts]
    if not column[0][1].known:
        sheet.text(x, floor + COLUMNS / 2, "—", SMALL, "center")
        return
    bottom, total = floor, sum(point.height for _, point in column)
    for place, (part, point) in enumerate(column):
        height = point.height / total * COLUMNS
        sheet.bar(x - width / 2, bottom, width, height, part.colour, not point.reported, f"share:{place}:{index}")
        if place:
            sheet.line([x - width / 2, x + width / 2], [bottom, bottom], "white" if point.reported else RULE, 0.6)
        middle = bottom + height / 2
        if height >= size * LINE - 2.0:
            _inside(sheet, x, middle, point, part.colour, size)
        elif place == len(column) - 1:
            sheet.text(x, bottom + height + size * 0.75, point.text, size, "center")
        else:
            sheet.text(x + width / 2 + 2.0, middle, point.text, min(size, 6.5))
        bottom += height


def _inside(sheet: Sheet, x: float, middle: float, point: Point, colour: str, size: float) -> None:
    """A number in its part of the column: on a white ground where the part is hatched."""
    if point.reported:
        ink = "#ffffff" if contrast(colour, "#ffffff") > contrast(colour, INK) else INK
        sheet.text(x, middle, point.text, size, "center", ink)
        return
    half = sheet.font.width(point.text, size) / 2 + 1.5
    sheet.bar(x - half, middle - size * 0.58, 2 * half, size * 1.16, "white")
    sheet.text(x, middle, point.text, size, "center")


def native(data: SharesData, lang: str = "zh") -> NativeChart:
    """The same chart for office programs; projected years say so in their names."""
    projected = [not data.parts[0].shares[index].reported for index in range(len(data.years))]
    years = [f"{year}年" if lang == "zh" else str(year) for year in data.years]
    word = f"（{PROJECTED.zh}）" if lang == "zh" else f" ({PROJECTED.en})"
    categories = tuple(year + (word if later else "") for year, later in zip(years, projected, strict=True))
    series = tuple(
        Series(
            part.name.pick(lang),
            tuple(point.value for point in part.shares),
            part.colour,
            labels=True,
            dashed_from=projected_tail(projected),
        )
        for part in data.parts
    )
    return NativeChart(data.whole.pick(lang), categories, series, "%", stack="percent")
