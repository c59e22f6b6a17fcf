"""Value added over the years by industry, with the marine economy as a hatched part of the total, never added to it.

Columns of published years have solid edges, those of projected years are paler with dashed ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from sim.charts.fonts import ChartError, ChartFont, find_font
from sim.charts.labels import spread
from sim.charts.page import INNER, MARGIN, Page, blank_page, round_ticks
from sim.charts.palette import INDUSTRIES
from sim.charts.style import (
    GREY,
    INK,
    LINE,
    PAGE_WIDTH,
    RULE,
    SIZE,
    SMALL,
    TINY,
    UNIT,
    block_height,
    drawing_style,
    footer,
    number,
)
from sim.language import Text

COLOURS = tuple(INDUSTRIES.values())  # from the bottom up
EDGE, HATCH_INK = "#35506a", "#1a1a1a"
VEIL = (1.0, 1.0, 1.0, 0.55)  # below the hatch, which would not be seen on a dark column
HEIGHT, COLUMN, OVERLAY = 190.0, 0.72, 0.40  # points, and shares of the room of a year
DASHES = (0, (2.2, 1.4))
PALER = 0.14  # of the way to white, for projected years
REPORTED, PROJECTED = Text("已公布", "Reported"), Text("推算", "Projected")
EXPLAINED = Text(
    "斜线部分跨三次产业，是合计中的一部分，不另加；实线边框为已公布，虚线边框为推算",
    "the hatched part runs across industries, within the total and not added; solid edges reported, dashed projected",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the total, a value for each year."""

    label: Text
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CellsData:
    """parts : stacked, from the bottom up; overlay : inside the total; reported : years whose total is published,
    overlay_reported : those whose overlay is.
    """

    title: Text
    unit: Text
    years: tuple[int, ...]
    parts: tuple[Part, ...]
    overlay: Part
    reported: frozenset[int]
    overlay_reported: frozenset[int]
    source: Text
    notes: Text = field(default=Text("", ""))

    def __post_init__(self) -> None:
        """Raise ChartError where the parts do not match the years or the overlay is more than the total."""
        lengths = {len(part.values) for part in (*self.parts, self.overlay)}
        if lengths != {len(self.years)} or not self.years or len(self.parts) > len(COLOURS):
            raise ChartError(Text("各部分与年份个数不同。", "parts and years differ in number."))
        if any(inside > total * (1 + 1e-9) for inside, total in zip(self.overlay.values, self.totals, strict=True)):
            raise ChartError(Text("重叠部分大于合计。", "the overlay is more than the total."))

    @property
    def totals(self) -> tuple[float, ...]:
        """The height of each column."""
        return tuple(sum(values) for values in zip(*(part.values for part in self.parts), strict=True))


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    bottom: float
    high: float
    count: int

    def y(self, value: float) -> float:
        return self.bottom + value / self.high * HEIGHT

    def x(self, place: int) -> float:
        """Middle of a column."""
        return self.left + (place + 0.5) * self.pitch

    @property
    def pitch(self) -> float:
        return (self.right - self.left) / self.count


def paler(colour: str) -> str:
    """The colour of projected values."""
    return "#" + "".join(f"{round(255 * (part + (1 - part) * PALER)):02x}" for part in to_rgb(colour))


def cells_chart(data: CellsData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    notes = ("；" if lang == "zh" else "; ").join(filter(None, (EXPLAINED.pick(lang), data.notes.pick(lang))))
    foot = footer(chosen, data.source.pick(lang), notes, lang, INNER)
    bottom = MARGIN + block_height(foot, TINY) + 8.0 + block_height("x", SMALL)
    ticks, decimals = round_ticks(0.0, max(data.totals) * 1.04, 6, 0.0)
    shown = [number(tick, decimals, lang) for tick in ticks]
    left = MARGIN + max(chosen.width(text, SMALL) for text in shown) + 5.0
    ends = max(chosen.width(text, SMALL) for text, _ in _end_labels(data, lang))
    frame = _Frame(left, PAGE_WIDTH - MARGIN - ends - 22.0, bottom, ticks[-1], len(data.years))
    top = bottom + HEIGHT
    unit = UNIT.pick(lang) + data.unit.pick(lang)
    title = chosen.wrap(data.title.pick(lang), SIZE, INNER - chosen.width(unit, SMALL) - 10.0)
    with drawing_style():
        page = blank_page(top + 6.0 + block_height(title, SIZE) + MARGIN, chosen, lang, "cells")
        for tick, text in zip(ticks, shown, strict=True):
            page.line((frame.left, frame.right), (frame.y(tick),) * 2, color=RULE, linewidth=0.35, zorder=0.5)
            page.text(left - 4.0, frame.y(tick), text, SMALL, ha="right")
        for place in range(len(data.years)):
            _draw_column(page, data, frame, place)
        page.line((frame.left, frame.right), (bottom, bottom), color=GREY, linewidth=0.6)
        _draw_years(page, data, frame)
        _draw_ends(page, data, frame)
        page.text(MARGIN, top + 6.0, title, SIZE, "bottom")
        page.text(PAGE_WIDTH - MARGIN, top + 6.0, unit, SMALL, "bottom", ha="right")
        page.text(MARGIN, MARGIN, foot, TINY, "bottom", color=GREY)
    return page.figure


def _draw_column(page: Page, data: CellsData, frame: _Frame, place: int) -> None:
    known = data.years[place] in data.reported
    edge: dict[str, Any] = {"edgecolor": EDGE, "linewidth": 0.7, "linestyle": "-" if known else DASHES}
    width = COLUMN * frame.pitch
    left, low = frame.x(place) - width / 2, 0.0
    for index, part in enumerate(data.parts):
        colour = COLOURS[index] if known else paler(COLOURS[index])
        high = low + part.values[place]
        box = (left, frame.y(low), width, frame.y(high) - frame.y(low))
        page.box(*box, facecolor=colour, gid=f"part:{index}:{place}", **edge)
        low = high
    width = OVERLAY * frame.pitch
    height = frame.y(data.overlay.values[place]) - frame.bottom
    hatch: dict[str, Any] = {"facecolor": VEIL, "edgecolor": HATCH_INK, "linewidth": 0.6, "hatch": "//////"}
    box = (frame.x(place) - width / 2, frame.bottom, width, height)
    style = "-" if data.years[place] in data.overlay_reported else DASHES
    page.box(*box, gid=f"overlay:{place}", zorder=3, **(hatch | {"linestyle": style}))


def labelled_years(years: tuple[int, ...], reported: frozenset[int], room: float, width: float) -> list[int]:
    """Years written below: all where there is room, else the ends, the last reported one and every fifth."""
    if width + 3.0 <= room:
        return list(years)
    wanted = [years[0], years[-1], *(max(reported & set(years), default=years[0]),)]
    wanted += [year for year in years if year % 5 == 0]
    found: list[int] = []
    for year in dict.fromkeys(wanted):
        if all(abs(year - other) * room >= width + 3.0 for other in found):
            found.append(year)
    return sorted(found)


def _draw_years(page: Page, data: CellsData, frame: _Frame) -> None:
    """Years below their columns, totals above those that are written."""
    shown = labelled_years(data.years, data.reported, frame.pitch, page.font.width("2025", SMALL))
    totals = [number(total, 0, page.lang) for total in data.totals]
    widest = max(page.font.width(text, TINY) for text in totals)
    above = labelled_years(data.years, data.reported, frame.pitch, widest)
    for place, year in enumerate(data.years):
        if year in shown:
            page.text(frame.x(place), frame.bottom - 3.0, str(year), SMALL, "top", ha="center")
        if year in above:
            top = frame.y(data.totals[place]) + 2.0
            page.text(frame.x(place), top, totals[place], TINY, "bottom", ha="center", gid=f"total:{year}")


def _end_labels(data: CellsData, lang: str) -> list[tuple[str, float]]:
    """Labels beside the last column, from the top down: text and height they belong to."""
    low, found = 0.0, []
    for part in data.parts:
        high = low + part.values[-1]
        found.append((f"{part.label.pick(lang)} {number(part.values[-1], 0, lang)}", (low + high) / 2))
        low = high
    inside = data.overlay
    words = Text("其中：", "of which ").pick(lang) + inside.label.pick(lang)
    found.append((f"{words} {number(inside.values[-1], 0, lang)}", inside.values[-1]))
    last = data.years[-1]
    kind = (REPORTED if last in data.reported else PROJECTED).pick(lang)
    heading = f"{last}年{kind}" if lang == "zh" else f"{kind} {last}"
    return [(heading, low * 1.02), *sorted(found, key=lambda pair: -pair[1])]


def _draw_ends(page: Page, data: CellsData, frame: _Frame) -> None:
    labels = _end_labels(data, page.lang)
    pitch = SMALL * LINE + 1.5
    wanted = [frame.y(height) for _, height in labels]
    heights = spread(wanted, pitch, frame.bottom + 4.0, frame.bottom + HEIGHT - 4.0)
    names = {part.label.pick(page.lang): index for index, part in enumerate(data.parts)}
    known = data.years[-1] in data.reported
    edge = frame.x(frame.count - 1) + COLUMN * frame.pitch / 2
    for place, ((text, height), y) in enumerate(zip(labels, heights, strict=True)):
        x = frame.right + 8.0
        if place == 0:
            page.text(x, y, text, SMALL, color=GREY, gid="end")
            continue
        index = next((index for name, index in names.items() if text.startswith(name)), None)
        page.line((edge + 1.0, x - 1.5), (frame.y(height), y), color=GREY, linewidth=0.4)
        if index is None:
            page.box(x, y - 3.5, 8.0, 7.0, facecolor="white", edgecolor=HATCH_INK, linewidth=0.6, hatch="//////")
        else:
            colour = COLOURS[index] if known else paler(COLOURS[index])
            page.box(x, y - 3.5, 8.0, 7.0, facecolor=colour, edgecolor=EDGE, linewidth=0.5)
        page.text(x + 11.0, y, text, SMALL, color=INK, gid="end")


def cells_caption(data: CellsData, lang: str = "zh") -> str:
    """The title below the figure."""
    first, last = data.years[0], data.years[-1]
    return f"{data.title.zh}（{first}—{last}年）" if lang == "zh" else f"{data.title.en}, {first}–{last}"
