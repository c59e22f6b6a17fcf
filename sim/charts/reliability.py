"""Reliability: what was said beside what was found, row by row, from hindcasts.

Each row shows shares said (an upright stroke) and shares found (a filled mark with its error where that is known). A
mark on its stroke is a forecast that kept its word.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from matplotlib.figure import Figure

from sim.charts.fonts import ChartError, ChartFont, find_font
from sim.charts.page import INNER, MARGIN, TICK_ROOM, Page, Scale, blank_page
from sim.charts.palette import BLUE, PALE_BLUE, RATE
from sim.charts.style import (
    GREY,
    INK,
    PAGE_WIDTH,
    RULE,
    SMALL,
    TINY,
    block_height,
    drawing_style,
    footer,
)
from sim.language import Text

SHAPES = ("o", "s", "D")  # of the first, second and third share of a row
COLOURS = (PALE_BLUE, BLUE, RATE)
NAMES, NUMBERS, ROW, ABOVE = 128.0, 116.0, 15.0, 9.0
SAID, FOUND = Text("所说", "said"), Text("实际", "found")
TICKS = {0.0: "0", 0.25: "25%", 0.5: "50%", 0.75: "75%", 1.0: "100%"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A share that was said and the one found, in 0-1; error : its standard error where known."""

    said: float
    found: float
    error: float | None = None


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """What was forecast, how many cases it rests on, and one to three shares."""

    label: Text
    cases: Text
    shares: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading."""

    heading: Text
    rows: tuple[ReliabilityRow, ...]


@dataclass(frozen=True, slots=True)
class ReliabilityData:
    """Sections from the top down; `title` says what was hindcast."""

    title: Text
    sections: tuple[Section, ...]
    source: Text
    notes: Text = field(default=Text("", ""))

    def __post_init__(self) -> None:
        """Raise ChartError without rows, or for a share outside 0-1."""
        rows = [row for section in self.sections for row in section.rows]
        if not rows or any(not 1 <= len(row.shares) <= len(SHAPES) for row in rows):
            raise ChartError(Text("没有可画的回测。", "no hindcasts to draw."))
        if any(not 0.0 <= value <= 1.0 for row in rows for kept in row.shares for value in (kept.said, kept.found)):
            raise ChartError(Text("份额不在0至1之间。", "a share outside 0–1."))


def reliability_caption(data: ReliabilityData, lang: str = "zh") -> str:
    """The title below the figure."""
    return data.title.pick(lang)


def reliability_chart(data: ReliabilityData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    foot = footer(chosen, data.source.pick(lang), data.notes.pick(lang), lang, INNER)
    line = block_height("x", SMALL)
    below = MARGIN + block_height(foot, TINY) + 6.0 + TICK_ROOM
    heights = [len(section.rows) * ROW + line + ABOVE for section in data.sections]
    top = below + sum(heights)
    with drawing_style():
        page = blank_page(top + line + 2 * MARGIN, chosen, lang, "reliability")
        scale = Scale(0.0, 1.0, MARGIN + NAMES, PAGE_WIDTH - MARGIN - NUMBERS)
        scale.draw(page, below, top - line - ABOVE, TICKS)
        _draw_key(page, scale, top + 4.0)
        y = top
        for place, (section, height) in enumerate(zip(data.sections, heights, strict=True)):
            _draw_section(page, section, scale, y, place)
            y -= height
        page.line((MARGIN, PAGE_WIDTH - MARGIN), (below, below), color=INK, linewidth=0.7)
        page.text(MARGIN, MARGIN, foot, TINY, "bottom", color=GREY)
    return page.figure


def _draw_key(page: Page, scale: Scale, y: float) -> None:
    middle = y + block_height("x", SMALL) / 2
    x = scale.left
    page.line((x, x), (middle - 5.0, middle + 5.0), color=INK, linewidth=1.0)
    page.text(x + 5.0, middle, SAID.pick(page.lang), SMALL, color=GREY)
    x += 5.0 + page.font.width(SAID.pick(page.lang), SMALL) + 16.0
    for place, (shape, colour) in enumerate(zip(SHAPES, COLOURS, strict=True)):
        page.mark(x + 9.0 * place, middle, shape, 5.0, colour, markeredgecolor=INK, markeredgewidth=0.5)
    page.text(x + 9.0 * len(SHAPES), middle, FOUND.pick(page.lang), SMALL, color=GREY)


def _draw_section(page: Page, section: Section, scale: Scale, top: float, place: int) -> None:
    line = block_height("x", SMALL)
    white = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
    page.box(MARGIN, top - line - ABOVE + 1.0, INNER, line + ABOVE - 1.0, facecolor="white", zorder=1)
    page.text(MARGIN, top - ABOVE + 2.0, section.heading.pick(page.lang), SMALL, "top", color=BLUE, bbox=white)
    y = top - line - ABOVE
    page.line((MARGIN, PAGE_WIDTH - MARGIN), (y, y), color=INK, linewidth=0.7)
    for index, row in enumerate(section.rows):
        _draw_row(page, row, scale, y - (index + 0.5) * ROW, f"{place}:{index}")


def _draw_row(page: Page, row: ReliabilityRow, scale: Scale, y: float, gid: str) -> None:
    page.line((MARGIN, PAGE_WIDTH - MARGIN), (y - ROW / 2,) * 2, color=RULE, linewidth=0.35)
    page.text(MARGIN, y, row.label.pick(page.lang), SMALL, gid=f"row:{gid}")
    cases = row.cases.pick(page.lang)
    page.text(MARGIN + NAMES - 8.0, y, cases, TINY, ha="right", color=GREY)
    step = NUMBERS / max(len(row.shares), 1)
    for place, kept in enumerate(row.shares):
        shape, colour = SHAPES[place], COLOURS[place]
        if kept.error is not None:
            low, high = max(kept.found - 2 * kept.error, 0.0), min(kept.found + 2 * kept.error, 1.0)
            page.whisker(scale.x(low), scale.x(high), y, GREY)
        x = scale.x(kept.said)
        page.line((x, x), (y - 5.0, y + 5.0), color=INK, linewidth=1.0, zorder=3, gid=f"said:{gid}:{place}")
        edge = {"markeredgecolor": INK, "markeredgewidth": 0.5, "zorder": 4}
        page.mark(scale.x(kept.found), y, shape, 5.0, colour, gid=f"found:{gid}:{place}", **edge)
        right = PAGE_WIDTH - MARGIN - (len(row.shares) - 1 - place) * step
        text = f"{round(100 * kept.said)}→{round(100 * kept.found)}%"
        page.text(right, y, text, TINY, ha="right", gid=f"number:{gid}:{place}")
