"""Stacked columns of the points that parts add to growth, with their shares of it in rows below.

The split into parts is the model's in every year, so all columns are hatched; the growth itself is published or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from sim.charts.fonts import ChartFont, find_font
from sim.charts.native import NativeChart, Series
from sim.charts.palette import RATE
from sim.charts.sheet import (
    LEAST,
    MARGIN,
    PROJECTED,
    REPORTED,
    Entry,
    Sheet,
    blank_sheet,
    common_size,
    draw_legend,
    fitted,
    foot_height,
    foot_text,
    legend_height,
    unit_line,
)
from sim.charts.style import GREY, INK, LINE, PAGE_WIDTH, RULE, SMALL, TINY, UNIT, drawing_style
from sim.charts.yearly import Point, axis_line, require, require_points
from sim.language import Text

PLOT, PERIODS, ROW, HEAD, NAMES = 150.0, 26.0, 14.0, 6.0, 76.0  # points
SHARES = Text("拉动点/贡献率（%）", "Points/share (%)")
POINTS = Text("百分点", "percentage points")
ROOM = PAGE_WIDTH - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Member:
    """A part of the economy: points and share of growth by period."""

    name: Text
    colour: str
    points: tuple[Point, ...]
    shares: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ContributionData:
    """Points by period; `growth` is what they sum to, `gap_before` the place of the first average over years."""

    quantity: Text
    periods: tuple[Text, ...]
    members: tuple[Member, ...]
    growth: tuple[Point, ...]
    source: Text
    notes: tuple[Text, ...] = ()
    gap_before: int | None = None

    def __post_init__(self) -> None:
        """Raise ChartError for rows of unequal length or without any value."""
        require(self.quantity, bool(self.members), Text("没有分项", "no parts"))
        rows = [row for member in self.members for row in (member.points, member.shares)]
        require_points(self.quantity, len(self.periods), [*rows, self.growth])


def contribution_chart(data: ContributionData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    foot = foot_text(chosen, [note.pick(lang) for note in data.notes], data.source.pick(lang), lang)
    entries = _entries(data, lang)
    legend = legend_height(chosen, entries, ROOM - 70.0)
    below = foot_height(foot)
    names = [fitted(chosen, member.name.pick(lang), NAMES - 12.0, 2, TINY) for member in data.members]
    table = ROW + sum(map(_row_height, names))
    floor = below + table + PERIODS
    height = floor + PLOT + 16.0 + legend + HEAD
    xs, slot = _slots(data)
    with drawing_style():
        sheet = blank_sheet(chosen, height, "contribution_columns")
        draw_legend(sheet, entries, height - HEAD, ROOM - 70.0)
        unit_line(sheet, UNIT.pick(lang) + POINTS.pick(lang), height - HEAD)
        _columns(sheet, data, xs, slot, floor)
        for x, period in zip(xs, data.periods, strict=True):
            text, size = fitted(chosen, period.pick(lang), slot - 2.0, 2, SMALL)
            sheet.text(x, floor - PERIODS / 2, text, size, "center")
        _table(sheet, data, names, (xs, slot), below + table, lang)
        sheet.foot(foot)
    return sheet.figure


def _entries(data: ContributionData, lang: str) -> list[Entry]:
    found = [Entry(member.name.pick(lang), member.colour, "hatched") for member in reversed(data.members)]
    split = f"（拉动，{PROJECTED.zh}）" if lang == "zh" else f" (points, {PROJECTED.en})"
    found = [Entry(entry.text + split, entry.colour, entry.mark) for entry in found]
    for reported, word in ((True, REPORTED), (False, PROJECTED)):
        if any(point.known and point.reported is reported for point in data.growth):
            name = data.quantity.pick(lang)
            text = f"{name}（%，{word.zh}）" if lang == "zh" else f"{name} (%, {word.en})"
            found.append(Entry(text, RATE, "marker" if reported else "hollow", "D"))
    return found


def _slots(data: ContributionData) -> tuple[list[float], float]:
    """Middles of the columns, with half a slot before the averages, to the right of the names of the table."""
    gap = 0.5 if data.gap_before is not None else 0.0
    slot = (ROOM - NAMES) / (len(data.periods) + gap)
    first = data.gap_before if data.gap_before is not None else len(data.periods)
    shifts = [gap if index >= first else 0.0 for index in range(len(data.periods))]
    return [MARGIN + NAMES + (index + shift + 0.5) * slot for index, shift in enumerate(shifts)], slot


def _columns(sheet: Sheet, data: ContributionData, xs: Sequence[float], slot: float, floor: float) -> None:
    """Positive parts upwards and negative ones downwards from zero, growth as a mark with its number on top."""
    columns = [[member.points[index] for member in data.members] for index in range(len(xs))]
    ups = [sum(max(point.height, 0.0) for point in column) for column in columns]
    downs = [sum(min(point.height, 0.0) for point in column) for column in columns]
    growth = [point.height for point in data.growth]
    low, high = min(0.0, *downs, *growth), max(0.0, *ups, *growth)
    scale = PLOT / ((high - low) or 1.0)
    zero = floor + 2.0 - low * scale
    axis_line(sheet, zero, MARGIN + NAMES)
    width = min(slot * 0.6, 38.0)
    texts = [point.text for column in columns for point in column]
    size = common_size(sheet.font, texts, width - 4.0, TINY)
    for index, (x, column) in enumerate(zip(xs, columns, strict=True)):
        tops = [zero, zero]
        for member, point in zip(data.members, column, strict=True):
            if point.known:
                side = 0 if point.height >= 0.0 else 1
                _part(sheet, x, tops[side], width, point, point.height * scale, member.colour, size)
                tops[side] += point.height * scale
        total = data.growth[index]
        if total.known:
            half = sheet.font.width(total.text, SMALL) / 2
            sheet.marker(x - half - 2.0, tops[0] + 8.0, RATE, "D", not total.reported, gid=f"growth:{index}")
            sheet.text(x + 3.0, tops[0] + 8.0, total.text, SMALL, "center", RATE)


def _part(
    sheet: Sheet, x: float, bottom: float, width: float, point: Point, height: float, colour: str, size: float
) -> None:
    """One hatched part with its number on a white ground, where it is tall enough for one."""
    sheet.bar(x - width / 2, bottom, width, height, colour, True)
    if abs(height) < size * LINE:
        return
    half = sheet.font.width(point.text, size) / 2 + 1.5
    middle = bottom + height / 2
    sheet.bar(x - half, middle - size * 0.58, 2 * half, size * 1.16, "white")
    sheet.text(x, middle, point.text, size, "center")


def _row_height(name: tuple[str, float]) -> float:
    return max(ROW, LINE * name[1] * (name[0].count("\n") + 1) + 3.0)


def _table(
    sheet: Sheet,
    data: ContributionData,
    names: Sequence[tuple[str, float]],
    columns: tuple[Sequence[float], float],
    top: float,
    lang: str,
) -> None:
    """Points and shares of growth by part below the columns: a head, then a row for each part."""
    xs, slot = columns
    cells = [
        [f"{point.text}/{share.text}" for point, share in zip(member.points, member.shares, strict=True)]
        for member in data.members
    ]
    size = max(common_size(sheet.font, [text for row in cells for text in row], slot - 3.0, TINY), LEAST)
    sheet.line([MARGIN, PAGE_WIDTH - MARGIN], [top, top], RULE, 0.6)
    sheet.text(MARGIN, top - ROW / 2, SHARES.pick(lang), TINY, colour=GREY)
    top -= ROW
    for member, texts, name in zip(reversed(data.members), reversed(cells), reversed(names), strict=True):
        y = top - _row_height(name) / 2
        sheet.bar(MARGIN, y - 3.0, 7.0, 6.0, member.colour)
        sheet.text(MARGIN + 10.0, y, *name)
        for x, text in zip(xs, texts, strict=True):
            sheet.text(x, y, text, size, "center", INK)
        top -= _row_height(name)


def native(data: ContributionData, lang: str = "zh") -> NativeChart:
    """The same chart for office programs: stacked columns of the points, growth as marks."""
    series = [
        Series(
            member.name.pick(lang),
            tuple(point.value for point in member.points),
            member.colour,
            labels=True,
            pattern="wide_upward_diagonal",
        )
        for member in data.members
    ]
    growth = tuple(point.value for point in data.growth)
    series.append(Series(data.quantity.pick(lang), growth, RATE, "marker", labels=True))
    periods = tuple(period.pick(lang) for period in data.periods)
    return NativeChart(data.quantity.pick(lang), periods, tuple(series), POINTS.pick(lang), stack="stacked")
