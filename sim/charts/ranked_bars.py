"""Ranked bars of published figures of several regions, the region itself in the house colour. No simulation."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.figure import Figure

from sim.charts.fonts import ChartFont, find_font
from sim.charts.native import NativeChart, Series
from sim.charts.palette import BLUE, PALE_BLUE
from sim.charts.sheet import (
    MARGIN,
    Entry,
    Sheet,
    blank_sheet,
    draw_legend,
    fitted,
    foot_height,
    foot_text,
    legend_height,
    unit_line,
)
from sim.charts.style import GREY, INK, LINE, PAGE_WIDTH, RULE, SMALL, UNIT, drawing_style
from sim.charts.yearly import require
from sim.language import Text

ROW, BAR, HEAD, NAMES = 17.0, 10.0, 6.0, 128.0  # points
NUMBER = 16.0  # room for the rank at the left


@dataclass(frozen=True, slots=True)
class Bar:
    """One region: its figure and how it is printed, with its rounding word and, where it differs, its year."""

    name: Text
    value: float
    text: Text
    own: bool = False


@dataclass(frozen=True, slots=True)
class RankedData:
    """Figures of one indicator in one year; the chart orders them, the largest first."""

    indicator: Text
    unit: Text
    year: int
    own: Text
    bars: tuple[Bar, ...]
    source: Text
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        """Raise ChartError without a bar of another region, or without one of the region itself."""
        require(self.indicator, sum(bar.own for bar in self.bars) == 1, Text("缺本区数", "no figure of the region"))
        require(self.indicator, len(self.bars) > 1, Text("没有可比的地区", "no region to compare with"))

    @property
    def ranked(self) -> tuple[Bar, ...]:
        """The bars, the largest first."""
        return tuple(sorted(self.bars, key=lambda bar: -bar.value))

    def rank(self, bar: Bar) -> int:
        """Place of a bar, the same for equal figures."""
        return 1 + sum(other.value > bar.value for other in self.bars)


def ranked_chart(data: RankedData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    foot = foot_text(chosen, [note.pick(lang) for note in data.notes], data.source.pick(lang), lang)
    names = [fitted(chosen, bar.name.pick(lang), NAMES, 2) for bar in data.ranked]
    rows = [max(ROW, LINE * size * (text.count("\n") + 1) + 2.0) for text, size in names]
    entries = [
        Entry(data.own.pick(lang), BLUE),
        Entry(Text("其他地区（已公布数）", "other regions (published figures)").pick(lang), PALE_BLUE),
    ]
    legend = legend_height(chosen, entries, PAGE_WIDTH * 0.7)
    floor = foot_height(foot)
    height = floor + sum(rows) + 8.0 + legend + HEAD
    with drawing_style():
        sheet = blank_sheet(chosen, height, "ranked_bars")
        draw_legend(sheet, entries, height - HEAD, PAGE_WIDTH * 0.7)
        year = f"{data.year}年；" if lang == "zh" else f"{data.year}; "
        unit_line(sheet, year + UNIT.pick(lang) + data.unit.pick(lang), height - HEAD)
        top = floor + sum(rows) + 2.0
        _bars(sheet, data, names, rows, top, lang)
        sheet.foot(foot)
    return sheet.figure


def _bars(
    sheet: Sheet, data: RankedData, names: list[tuple[str, float]], rows: list[float], top: float, lang: str
) -> None:
    """Rank, name, bar from zero, and the figure beyond its end; the zero line moves for negative figures."""
    low, high = min(0.0, *(bar.value for bar in data.bars)), max(0.0, *(bar.value for bar in data.bars))
    beyond = max(sheet.font.width(bar.text.pick(lang), SMALL) for bar in data.bars) + 5.0
    wide = max(sheet.font.width(name, size) for name, size in names)
    left = MARGIN + NUMBER + wide + 8.0 + (beyond if low < 0.0 else 0.0)
    scale = (PAGE_WIDTH - MARGIN - beyond - left) / ((high - low) or 1.0)
    zero = left - low * scale
    sheet.line([zero, zero], [top - sum(rows), top], RULE, 0.8, order=3.0)
    for bar, (name, size), row in zip(data.ranked, names, rows, strict=True):
        middle = top - row / 2
        ink = BLUE if bar.own else INK
        sheet.text(MARGIN + NUMBER - 5.0, middle, str(data.rank(bar)), SMALL, "right", ink if bar.own else GREY)
        sheet.text(MARGIN + NUMBER, middle, name, size, colour=ink)
        colour = BLUE if bar.own else PALE_BLUE
        sheet.bar(zero, middle - BAR / 2, bar.value * scale, BAR, colour, gid=f"bar:{bar.name.en}")
        end = zero + bar.value * scale
        away = -3.0 if bar.value < 0.0 else 3.0
        sheet.text(end + away, middle, bar.text.pick(lang), SMALL, "right" if bar.value < 0.0 else "left", ink)
        top -= row


def native(data: RankedData, lang: str = "zh") -> NativeChart:
    """The same chart for office programs: two series, so that the region keeps its colour when edited."""
    bars = tuple(data.ranked)
    categories = tuple(bar.name.pick(lang) for bar in bars)
    other = Text("其他地区", "other regions").pick(lang)
    series = (
        Series(
            data.own.pick(lang),
            tuple(b.value if b.own else None for b in bars),
            BLUE,
            "bar",
            labels=True,
            format="0.##",
        ),
        Series(other, tuple(None if b.own else b.value for b in bars), PALE_BLUE, "bar", labels=True, format="0.##"),
    )
    title = f"{data.year}年{data.indicator.zh}" if lang == "zh" else f"{data.indicator.en}, {data.year}"
    return NativeChart(title, categories, series, data.unit.pick(lang), stack="stacked")
