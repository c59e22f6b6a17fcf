"""Two marks a row, 2025 and 2030: how far each indicator moves.

Indicators have many units, so rows are grouped by what can share a scale: levels by their change in percent, shares and
rates by their change in percentage points. Within a group lengths may be compared; the values stand at the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.charts.fonts import ChartFont, find_font
from sim.charts.native import NativeChart, Series
from sim.charts.palette import BLUE, PALE_BLUE
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
)
from sim.charts.style import GREY, LINE, PAGE_HEIGHT, PAGE_WIDTH, RULE, SMALL, TINY, drawing_style, number
from sim.charts.yearly import Point, require
from sim.language import Text

NUMBER, NAMES, VALUES, GAP, HEAD, TITLES, AXIS, PADDING = 15.0, 142.0, 116.0, 8.0, 6.0, 15.0, 15.0, 4.0  # points
LEFT = MARGIN + NUMBER + NAMES + GAP
RIGHT = PAGE_WIDTH - MARGIN - VALUES - GAP
ROOM = PAGE_HEIGHT - 40.0  # the caption needs the rest of the page
START = "#5a5a5a"
LEAST_NAME = 6.25  # names shrink together to this before one of them is broken into lines


@dataclass(frozen=True, slots=True)
class Pair:
    """One indicator in both years. end : the suggested target; median : what is projected, either may be missing.

    points : it moves in percentage points, else in percent; why : what stands where there is nothing to draw.
    """

    number: str
    name: Text
    start: Point
    end: Point
    median: Point
    points: bool
    why: Text

    @property
    def last(self) -> Point:
        """The suggested target, or else the projection."""
        return self.end if self.end.known else self.median

    @property
    def change(self) -> float | None:
        """Change to the last value; None where it cannot be told."""
        return self.moved(self.last)

    def moved(self, point: Point) -> float | None:
        """Change from the start in percentage points, or in percent of it."""
        if self.start.value is None or point.value is None:
            return None
        if self.points:
            return point.value - self.start.value
        return 100.0 * (point.value / self.start.value - 1.0) if self.start.value > 0.0 else None


@dataclass(frozen=True, slots=True)
class DumbbellData:
    """Rows in the order of the plan."""

    first: int
    last: int
    rows: tuple[Pair, ...]
    source: Text
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        """Raise ChartError without rows, or for years out of order."""
        name = Text("指标变动", "change of indicators")
        require(name, bool(self.rows), Text("没有指标", "no indicators"))
        require(name, self.first < self.last, Text("年份须由小到大", "years must rise"))

    def groups(self) -> list[tuple[Text, tuple[Pair, ...]]]:
        """Rows by what can share a scale, those that cannot be drawn last."""
        drawn = [row for row in self.rows if row.change is not None]
        found = (
            (Text("变动（%）", "Change (%)"), [row for row in drawn if not row.points]),
            (Text("变动（百分点）", "Change (points)"), [row for row in drawn if row.points]),
            (Text("", ""), [row for row in self.rows if row.change is None]),
        )
        return [(title, tuple(rows)) for title, rows in found if rows]


@dataclass(frozen=True, slots=True)
class _Set:
    row: Pair
    name: tuple[str, float]
    values: tuple[str, float]
    why: tuple[str, float]
    height: float


def dumbbell_chart(data: DumbbellData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    foot = foot_text(chosen, [note.pick(lang) for note in data.notes], data.source.pick(lang), lang)
    entries = _entries(data, lang)
    legend = legend_height(chosen, entries, PAGE_WIDTH - 2 * MARGIN)
    floor = foot_height(foot) + 4.0
    groups = data.groups()
    rest = floor + HEAD + legend + sum(TITLES + (AXIS if title.zh else 0.0) for title, _ in groups)
    size = SMALL - 0.5
    while True:
        every = [row.name.pick(lang) for row in data.rows]
        names = max(common_size(chosen, every, NAMES, size), min(size, LEAST_NAME))
        sets = [[_set(chosen, row, size, names, lang) for row in rows] for _, rows in groups]
        tall = rest + sum(row.height for rows in sets for row in rows)
        if tall <= ROOM or size <= LEAST:
            break
        size -= 0.5
    with drawing_style():
        sheet = blank_sheet(chosen, tall, "dumbbell")
        draw_legend(sheet, entries, tall - HEAD, PAGE_WIDTH - 2 * MARGIN)
        top = tall - HEAD - legend
        for (title, _), rows in zip(groups, sets, strict=True):
            top = _group(sheet, data, title, rows, top, lang)
        sheet.foot(foot)
    return sheet.figure


def _entries(data: DumbbellData, lang: str) -> list[Entry]:
    """The marks: 2025 published solid or projected hollow, and the later year."""
    found = []
    for reported, word in ((True, REPORTED), (False, PROJECTED)):
        if any(row.start.known and row.start.reported is reported for row in data.rows):
            text = f"{data.first}年（{word.zh}）" if lang == "zh" else f"{data.first} ({word.en})"
            found.append(Entry(text, START, "marker" if reported else "hollow", "o"))
    year = f"{data.last}年" if lang == "zh" else f"{data.last}, "
    if any(row.median.known for row in data.rows):
        found.append(Entry(year + Text("推算中位数", "median projected").pick(lang), BLUE, "hollow", "D"))
    if any(row.end.known for row in data.rows):
        found.append(Entry(year + Text("建议目标值", "suggested target").pick(lang), BLUE, "marker", "D"))
    return found


def _set(font: ChartFont, row: Pair, size: float, names: float, lang: str) -> _Set:
    name = fitted(font, row.name.pick(lang), NAMES, 2, names)
    values = fitted(font, _values(row, lang), VALUES, 1, size)
    why = fitted(font, row.why.pick(lang), RIGHT - LEFT, 2, size) if row.change is None else ("", size)
    height = max(LINE * letters * (text.count("\n") + 1) for text, letters in (name, values, why))
    return _Set(row, name, values, why, height + PADDING * (size / SMALL) ** 2)


def _values(row: Pair, lang: str) -> str:
    """3.0 → 3.2（+0.2）: the change in the unit of the group."""
    if row.change is None:
        return row.start.text if row.start.known else "—"
    digits = _digits(row)
    shown = number(row.change, digits, lang)
    if not shown.startswith("−") and float(f"{row.change:.{digits}f}") != 0.0:
        shown = f"+{shown}"
    unit = "" if row.points else "%"
    told = f"（{shown}{unit}）" if lang == "zh" else f" ({shown}{unit})"
    return f"{row.start.text} → {row.last.text}{told}"


def _digits(row: Pair) -> int:
    """One digit for a change in percent, none for a large one; for points those of the values."""
    if row.points:
        return max(1, *(len(point.text.partition(".")[2]) for point in (row.start, row.last)))
    return 1 if abs(row.change or 0.0) < 100.0 else 0


def _group(sheet: Sheet, data: DumbbellData, title: Text, rows: Sequence[_Set], top: float, lang: str) -> float:
    """One group with its own scale; gives the height below it."""
    y = top - TITLES / 2
    sheet.line([MARGIN, PAGE_WIDTH - MARGIN], [top - TITLES, top - TITLES], RULE, 0.7)
    sheet.text(MARGIN + NUMBER, y, Text("指标", "Indicator").pick(lang), TINY, colour=GREY)
    head = title.pick(lang) or Text("不列的原因", "Why there are no marks").pick(lang)
    sheet.text(LEFT, y, head, TINY, colour=GREY)
    heading = f"{data.first}年 → {data.last}年" if lang == "zh" else f"{data.first} → {data.last}"
    sheet.text(RIGHT + GAP, y, heading, TINY, colour=GREY)
    bottom = top - TITLES - sum(row.height for row in rows)
    scale = _scale(sheet, rows, top - TITLES, bottom, lang) if title.zh else None
    top -= TITLES
    for row in rows:
        _draw_row(sheet, row, top, scale, lang)
        top -= row.height
    return top - (AXIS if scale else 0.0)


def _scale(sheet: Sheet, rows: Sequence[_Set], top: float, bottom: float, lang: str) -> tuple[float, float]:
    """Low and high end of the axis below a group, after drawing its ticks."""
    changes = [row.row.moved(point) or 0.0 for row in rows for point in (row.row.end, row.row.median)]
    wide = max(max(changes), 0.0) - min(min(changes), 0.0) or 1.0
    locator = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10])
    ticks = [float(tick) for tick in locator.tick_values(min(*changes, 0.0), max(*changes, 0.0) + 0.02 * wide)]
    low, high = ticks[0], ticks[-1]
    digits = 0 if all(abs(tick - round(tick)) < 1e-9 for tick in ticks) else 1
    for tick in ticks:
        x = _x(tick, (low, high))
        zero = abs(tick) < 1e-9
        sheet.line([x, x], [bottom, top], GREY if zero else RULE, 0.8 if zero else 0.4, order=0.5)
        sheet.text(x, bottom - AXIS / 2, number(tick, digits, lang), TINY, "center", GREY)
    return low, high


def _x(change: float, scale: tuple[float, float]) -> float:
    return LEFT + 6.0 + (change - scale[0]) / (scale[1] - scale[0]) * (RIGHT - LEFT - 12.0)


def _draw_row(sheet: Sheet, found: _Set, top: float, scale: tuple[float, float] | None, lang: str) -> None:
    middle, row = top - found.height / 2, found.row
    sheet.line([MARGIN, PAGE_WIDTH - MARGIN], [top - found.height] * 2, RULE, 0.3, order=0.4)
    sheet.text(MARGIN + NUMBER - 4.0, middle, row.number, found.name[1], "right", GREY)
    sheet.text(MARGIN + NUMBER, middle, *found.name)
    sheet.text(RIGHT + GAP, middle, *found.values)
    if scale is None or row.change is None:
        sheet.text(LEFT, middle, *found.why, colour=GREY)
        return
    start, end = _x(0.0, scale), _x(row.change, scale)
    median = row.moved(row.median)
    sheet.line([start, end], [middle, middle], PALE_BLUE, 3.0, order=2.5)
    sheet.marker(start, middle, START, "o", not row.start.reported, gid=f"start:{row.number}")
    if median is not None:
        sheet.marker(_x(median, scale), middle, BLUE, "D", True, gid=f"median:{row.number}")
    if row.end.known:
        sheet.marker(end, middle, BLUE, "D", gid=f"end:{row.number}")


def native(data: DumbbellData, lang: str = "zh") -> NativeChart:
    """For office programs: bars of the change of what moves in points, or else of what moves in percent."""
    group = max((found for found in data.groups() if found[0].zh), key=lambda found: len(found[1]), default=None)
    rows = tuple(group[1]) if group else ()
    title = group[0].pick(lang) if group else ""
    names = tuple(row.name.pick(lang) for row in rows)
    series = (Series(title, tuple(row.change for row in rows), BLUE, "bar", labels=True, format="0.0"),)
    return NativeChart(f"{data.first}—{data.last}", names, series, "")
