"""Progress of every indicator of a plan against the share of the time over (时序进度). Each row stands, bar or not.

A row without a progress says why in the place of the bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.figure import Figure

from sim.charts.fonts import ChartFont, find_font
from sim.charts.native import NativeChart, Series
from sim.charts.palette import BEHIND, BLUE, MARK, TRACK
from sim.charts.sheet import (
    LEAST,
    MARGIN,
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
from sim.charts.style import GREY, INK, LINE, PAGE_HEIGHT, PAGE_WIDTH, RULE, SMALL, TINY, drawing_style
from sim.charts.yearly import require
from sim.language import Text

ROWS_AT, HEAD, TITLES, PADDING = PAGE_HEIGHT - 40.0, 6.0, 15.0, 3.4  # points; the caption needs the rest of the page
NUMBER, NAMES, WORDS, GAP = 15.0, 136.0, 52.0, 6.0
FIGURES = (26.0, 34.0, 48.0)  # base, latest figure, target
BAR = 7.0
FEWEST = 3  # bars that a chart of an office program needs
SEE_TABLE = Text("原因见评估表", "reason: see the table")
LEAST_NAME = 6.5  # names shrink together to this before one of them is broken into lines
LEFT = MARGIN + NUMBER + NAMES + GAP
RIGHT = PAGE_WIDTH - MARGIN - WORDS - sum(FIGURES) - 4 * GAP
BASE = RIGHT + GAP + FIGURES[0]
LATEST = BASE + GAP + FIGURES[1]
TARGET = LATEST + GAP
FULL = 100.0
BEYOND = 21.0  # points to the right of 100 % for the number of a target more than reached


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator. progress and elapsed in 0-1, None where there is none; behind : short of the share of time.

    figures : base, latest figure and target as printed; said : in place of a bar, e.g. the average so far or why there
    is no progress; conclusion : 快于预期, 滞后, …
    """

    number: str
    name: Text
    progress: float | None
    elapsed: float | None
    figures: tuple[Text, Text, Text]
    conclusion: Text
    said: Text
    behind: bool = False


@dataclass(frozen=True, slots=True)
class ProgressData:
    """The rows in the order of the plan. elapsed : share of the time over at the cut-off year `as_of`."""

    rows: tuple[Row, ...]
    elapsed: float
    as_of: int
    source: Text
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        """Raise ChartError without rows or for a share of time outside 0–1."""
        name = Text("指标进度", "progress")
        require(name, bool(self.rows), Text("没有指标", "no indicators"))
        require(name, 0.0 <= self.elapsed <= 1.0, Text("时序进度须在0与1之间", "share of time outside 0–1"))


@dataclass(frozen=True, slots=True)
class _Set:
    """A row as set: texts with their sizes, and its height."""

    row: Row
    name: tuple[str, float]
    figures: tuple[tuple[str, float], ...]
    said: tuple[str, float]
    conclusion: tuple[str, float]
    height: float


def progress_chart(data: ProgressData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; letters shrink where rows would not fit a page. ChartError for a missing glyph."""
    chosen = font or find_font()
    foot = foot_text(chosen, [note.pick(lang) for note in data.notes], data.source.pick(lang), lang)
    entries = _entries(data, lang)
    legend = legend_height(chosen, entries, PAGE_WIDTH - 2 * MARGIN)
    floor = foot_height(foot) + 4.0
    rest = floor + TITLES + legend + HEAD
    rows = _set_rows(chosen, data.rows, ROWS_AT - rest, lang)
    height = rest + sum(row.height for row in rows)
    with drawing_style():
        sheet = blank_sheet(chosen, height, "progress_bars")
        draw_legend(sheet, entries, height - HEAD, PAGE_WIDTH - 2 * MARGIN)
        top = height - HEAD - legend - TITLES
        _titles(sheet, top + TITLES / 2, lang)
        _time_line(sheet, data, rows, top)
        for row in rows:
            _draw_row(sheet, data, row, top)
            top -= row.height
        sheet.line([MARGIN, PAGE_WIDTH - MARGIN], [top, top], RULE, 0.7)
        sheet.foot(foot)
    return sheet.figure


def _entries(data: ProgressData, lang: str) -> list[Entry]:
    share = f"{100 * data.elapsed:.0f}%"
    time = Text(f"时序进度{share}（截至{data.as_of}年）", f"share of time over, {share} (to {data.as_of})")
    found = [Entry(Text("达到、快于或基本符合时序", "on time or faster").pick(lang), BLUE)]
    if any(row.progress is not None and row.behind for row in data.rows):
        found.append(Entry(Text("滞后于时序", "behind time").pick(lang), BEHIND))
    return [*found, Entry(time.pick(lang), MARK, "tick")]


def _set_rows(font: ChartFont, rows: Sequence[Row], room: float, lang: str) -> list[_Set]:
    """Rows in the largest letters that let all of them fit into `room`, else in the smallest without their reasons."""
    size, found = TINY, []
    while size >= LEAST:
        names = max(common_size(font, [row.name.pick(lang) for row in rows], NAMES, size), min(size, LEAST_NAME))
        found = [_set_row(font, row, size, names, lang) for row in rows]
        if sum(row.height for row in found) <= room:
            return found
        size -= 0.5
    short = [replace(row, said=SEE_TABLE) if row.progress is None else row for row in rows]
    return [_set_row(font, row, LEAST, LEAST, lang) for row in short]


def _set_row(font: ChartFont, row: Row, size: float, names: float, lang: str) -> _Set:
    small = max(size - 0.5, LEAST)
    name = fitted(font, row.name.pick(lang), NAMES, 2, names)
    figures = tuple(
        fitted(font, text.pick(lang), room, 1 if size > 6.5 else 2, small)
        for text, room in zip(row.figures, FIGURES, strict=True)
    )
    said = fitted(font, row.said.pick(lang), RIGHT - LEFT, 4, small) if row.progress is None else ("", small)
    conclusion = fitted(font, row.conclusion.pick(lang), WORDS, 1, size)
    parts = (name, *figures, said, conclusion)
    height = max(LINE * letters * (text.count("\n") + 1) for text, letters in parts)
    return _Set(row, name, figures, said, conclusion, max(height, size) + PADDING * size / SMALL)


def _titles(sheet: Sheet, y: float, lang: str) -> None:
    """Heads of the columns."""
    heads = (
        (MARGIN, "left", Text("序号、指标", "No., indicator")),
        (LEFT, "left", Text("完成进度", "Progress")),
        (BASE, "right", Text("基数", "Base")),
        (LATEST, "right", Text("公布数", "Figure")),
        (TARGET, "left", Text("目标", "Target")),
        (PAGE_WIDTH - MARGIN - WORDS, "left", Text("评估结论", "Conclusion")),
    )
    for x, align, head in heads:
        sheet.text(x, y, head.pick(lang), TINY, align, GREY)


def _x(percent: float) -> float:
    return LEFT + min(max(percent, 0.0), FULL) / FULL * (RIGHT - LEFT - BEYOND)


def _time_line(sheet: Sheet, data: ProgressData, rows: Sequence[_Set], top: float) -> None:
    """The share of time over, dashed beside every row that has a bar measured at the cut-off year."""
    at = _x(FULL * data.elapsed)
    for row in rows:
        own = row.row.elapsed
        if row.row.progress is not None:
            x = _x(FULL * (data.elapsed if own is None else own))
            sheet.line([x, x], [top - row.height + 1.0, top - 1.0], MARK, 1.0, True, order=5.0)
        elif not row.said[0]:
            sheet.line([at, at], [top - row.height, top], RULE, 0.6, True, order=1.0)
        top -= row.height


def _draw_row(sheet: Sheet, data: ProgressData, row: _Set, top: float) -> None:
    middle = top - row.height / 2
    sheet.line([MARGIN, PAGE_WIDTH - MARGIN], [top, top], RULE, 0.4, order=0.5)
    sheet.text(MARGIN + NUMBER - 4.0, middle, row.row.number, row.name[1], "right", GREY)
    sheet.text(MARGIN + NUMBER, middle, *row.name)
    for x, align, text in zip((BASE, LATEST, TARGET), ("right", "right", "left"), row.figures, strict=True):
        sheet.text(x, middle, *text, align)
    sheet.text(PAGE_WIDTH - MARGIN - WORDS, middle, *row.conclusion)
    if row.row.progress is None:
        sheet.text(LEFT, middle, *row.said, colour=GREY)
        return
    _draw_bar(sheet, row, middle, data.elapsed if row.row.elapsed is None else row.row.elapsed)


def _draw_bar(sheet: Sheet, row: _Set, middle: float, elapsed: float) -> None:
    """The track to 100 %, the bar on it, and the number behind its end; below 0 and above 100 % an arrow says so."""
    progress, bar = FULL * (row.row.progress or 0.0), min(BAR, row.height - 2.0)
    sheet.bar(LEFT, middle - bar / 2, _x(FULL) - LEFT, bar, TRACK)
    colour = BEHIND if row.row.behind else BLUE
    sheet.bar(LEFT, middle - bar / 2, _x(progress) - LEFT, bar, colour, gid=f"progress:{row.row.number}")
    shown = f"{round(progress)}%".replace("-", "−")
    x, size = _x(progress) + 2.0, row.said[1]
    if progress > FULL:
        sheet.marker(_x(FULL) - 3.0, middle, "white", ">", size=3.0)
        x = RIGHT - sheet.font.width(shown, size)
    elif progress < 0.0:
        sheet.marker(LEFT + 3.0, middle, colour, "<", size=3.4)
        x = LEFT + 8.0
    at = _x(FULL * elapsed)
    if x - 1.0 < at < x + sheet.font.width(shown, size) + 1.0:
        x = at + 2.5  # clear of the line of the time over
    sheet.text(x, middle, shown, size, colour=INK)


def native(data: ProgressData, lang: str = "zh") -> NativeChart | None:
    """The bars for office programs, with the share of time over; None where so few rows have one that it would be bare.

    It shows rows with a bar only: the rest have reasons, which stand in the drawn chart and in the table.
    """
    rows = tuple(row for row in data.rows if row.progress is not None)
    if len(rows) < FEWEST:
        return None
    names = tuple(f"{row.number} {row.name.pick(lang)}".strip() for row in rows)
    progress = tuple(None if row.progress is None else FULL * row.progress for row in rows)
    elapsed = tuple(FULL * (data.elapsed if row.elapsed is None else row.elapsed) for row in rows)
    low = 0.0 if min(row.progress or 0.0 for row in rows) >= 0.0 else None
    series = (
        Series(Text("完成进度", "progress").pick(lang), progress, BLUE, "bar", labels=True, format="0"),
        Series(Text("时序进度", "share of time over").pick(lang), elapsed, TRACK, "bar", labels=True, format="0"),
    )
    return NativeChart(Text("指标进度", "Progress of indicators").pick(lang), names, series, "%", low=low)
