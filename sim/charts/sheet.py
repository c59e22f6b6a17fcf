"""A page of points to draw pasted charts on: bars solid or hatched, lines, labels, legend and foot.

Everything is placed by hand in points from the lower left corner, so that labels can be kept clear of each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.charts.fonts import ChartFont
from sim.charts.palette import FRESH
from sim.charts.style import (
    GREY,
    INK,
    LINE,
    MIDDLE_OF_LETTERS,
    NOTE,
    PAGE_WIDTH,
    RULE,
    SMALL,
    SOURCE,
    TINY,
    blank_figure,
    block_height,
    place_axes,
    write,
    write_block,
)
from sim.language import Text

MARGIN = 6.0  # points around everything
HATCH = "////"
DASHES = (0, (3.2, 2.0))
STEP = 0.25  # points by which letters shrink
LEAST = 5.0  # points: smaller letters are not read in print
REPORTED, PROJECTED = Text("已公布", "published"), Text("推算", "projected")
SWATCH, LEGEND_ROW, LEGEND_GAP = 12.0, 13.0, 14.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend. mark : `solid`, `hatched`, `line`, `dashed`, or `tick` (an upright stroke)."""

    text: str
    colour: str
    mark: str = "solid"
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure with axes in points over all of it."""

    figure: Figure
    axes: Axes
    font: ChartFont
    height: float

    def bar(
        self, left: float, bottom: float, width: float, height: float, colour: str, hatched: bool = False, gid: str = ""
    ) -> None:
        """A filled bar, or a hatched one with an outline for what is projected; negative sizes are turned round."""
        corner = (min(left, left + width), min(bottom, bottom + height))
        size = (abs(width), abs(height))
        if not hatched:
            self._add(Rectangle(corner, *size, facecolor=colour, linewidth=0), gid)
            return
        self._add(Rectangle(corner, *size, facecolor=FRESH, edgecolor=colour, hatch=HATCH, linewidth=0), gid)
        inset = min(0.4, size[0] / 2, size[1] / 2)
        inner = (corner[0] + inset, corner[1] + inset)
        outline = Rectangle(
            inner,
            size[0] - 2 * inset,
            size[1] - 2 * inset,
            fill=False,
            edgecolor=colour,
            linewidth=0.8,
            linestyle=DASHES,
        )
        self._add(outline, gid and f"{gid}:outline")

    def _add(self, patch: Rectangle, gid: str) -> None:
        if gid:
            patch.set_gid(gid)
        self.axes.add_patch(patch)

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        colour: str = RULE,
        width: float = 0.7,
        dashed: bool = False,
        order: float = 2.0,
        gid: str | None = None,
    ) -> None:
        """A line through points; dashed for what is projected."""
        style = DASHES if dashed else "-"
        self.axes.plot(xs, ys, color=colour, linewidth=width, linestyle=style, zorder=order, gid=gid, clip_on=False)

    def marker(
        self, x: float, y: float, colour: str, shape: str = "o", hollow: bool = False, size: float = 4.2, gid: str = ""
    ) -> None:
        """A mark at a point; hollow for what is projected."""
        self.axes.plot(
            [x], [y], marker=shape, markersize=size, color=colour, markerfacecolor="white" if hollow else colour,
            markeredgewidth=0.9, linestyle="none", zorder=4, gid=gid or None, clip_on=False,
        )  # fmt: skip

    def text(
        self,
        x: float,
        middle: float,
        text: str,
        size: float = SMALL,
        align: str = "left",
        colour: str = INK,
        gid: str = "",
    ) -> None:
        """One or several lines around the height `middle`; align : left, center or right of `x`."""
        options = {"gid": gid} if gid else {}
        write_block(self.figure, self.font, x, middle, text, size, ha=align, color=colour, **options)

    def foot(self, text: str) -> None:
        """The notes and the source at the lower edge."""
        write_block(self.figure, self.font, MARGIN, MARGIN, text, TINY, "bottom", color=GREY)


def blank_sheet(font: ChartFont, height: float, name: str) -> Sheet:
    """An empty sheet 15.6 cm wide."""
    figure = blank_figure(PAGE_WIDTH, height)
    axes = place_axes(figure, 0.0, 0.0, PAGE_WIDTH, height)
    axes.set(xlim=(0.0, PAGE_WIDTH), ylim=(0.0, height), label=name)
    axes.set_axis_off()
    return Sheet(figure, axes, font, height)


def foot_text(font: ChartFont, notes: Sequence[str], source: str, lang: str) -> str:
    """注：…；…。 and 资料来源：…。, wrapped to the page; empty where there is neither."""
    stop, between = ("。", "；") if lang == "zh" else (".", "; ")
    said = between.join(note.rstrip("。.") for note in notes if note)
    said = said[:1].upper() + said[1:]
    lines = [NOTE.pick(lang) + said + stop] if said else []
    if source:
        lines.append(SOURCE.pick(lang) + source.rstrip("。.") + stop)
    return font.wrap("\n".join(lines), TINY, PAGE_WIDTH - 2 * MARGIN)


def foot_height(text: str) -> float:
    """Height that a foot takes, the gap above it included."""
    return MARGIN + block_height(text, TINY) + (6.0 if text else 0.0)


def fitted(font: ChartFont, text: str, width: float, lines: int, size: float = SMALL) -> tuple[str, float]:
    """`text` wrapped into at most `lines` lines of `width`, in the largest letters down to `LEAST` that allow it.

    Where none do, the smallest letters in as many lines as they need: nothing is ever cut.
    """
    size = _no_larger(font, text, width * lines, size)
    while size > LEAST and font.wrap(text, size, width).count("\n") >= lines:
        size = max(size - STEP, LEAST)
    return font.wrap_evenly(text, size, width), size


def _no_larger(font: ChartFont, text: str, width: float, size: float) -> float:
    """The largest size in steps down from `size` at which `text` is no wider than `width`, at least `LEAST`.

    Widths are in proportion to the size, so that one measurement is enough.
    """
    steps = math.ceil(max(size - width * size / (font.width(text, size) or 1.0), 0.0) / STEP - 1e-9)
    return max(size - steps * STEP, LEAST)


def common_size(font: ChartFont, texts: Sequence[str], width: float, size: float = SMALL) -> float:
    """The largest size, down to `LEAST`, at which each of `texts` fits into `width` on one line."""
    return min((_no_larger(font, text, width, size) for text in texts if text), default=size)


def _legend_rows(font: ChartFont, entries: Sequence[Entry], width: float) -> list[list[tuple[float, Entry]]]:
    """Entries by row with their left edges, from 0; the text of one wider than a row is broken into lines."""
    rows: list[list[tuple[float, Entry]]] = [[]]
    left = 0.0
    for entry in entries:
        wrapped = replace(entry, text=font.wrap(entry.text, TINY, width - SWATCH - 3.0))
        needed = SWATCH + 3.0 + font.width(wrapped.text, TINY)
        if rows[-1] and left + needed > width:
            rows.append([])
            left = 0.0
        rows[-1].append((left, wrapped))
        left += needed + LEGEND_GAP
    return rows


def _row_height(row: Sequence[tuple[float, Entry]]) -> float:
    lines = max((entry.text.count("\n") + 1 for _, entry in row), default=1)
    return LEGEND_ROW + (lines - 1) * TINY * LINE


def legend_height(font: ChartFont, entries: Sequence[Entry], width: float) -> float:
    """Height that the legend takes in a row of `width`."""
    return sum(_row_height(row) for row in _legend_rows(font, entries, width))


def draw_legend(sheet: Sheet, entries: Sequence[Entry], top: float, width: float) -> None:
    """The legend in rows below `top`."""
    for row in _legend_rows(sheet.font, entries, width):
        height = _row_height(row)
        for left, entry in row:
            _draw_entry(sheet, entry, MARGIN + left, top - height / 2)
        top -= height


def _draw_entry(sheet: Sheet, entry: Entry, x: float, y: float) -> None:
    if entry.mark in ("solid", "hatched"):
        sheet.bar(x, y - 3.5, SWATCH - 2.0, 7.0, entry.colour, entry.mark == "hatched")
    elif entry.mark == "tick":
        sheet.line([x + 4.0, x + 4.0], [y - 5.0, y + 5.0], entry.colour, 1.0, True)
    else:
        dashed = entry.mark == "dashed"
        if entry.mark in ("line", "dashed"):
            sheet.line([x - 1.0, x + SWATCH - 1.0], [y, y], entry.colour, 1.2, dashed)
        if entry.marker:
            sheet.marker(x + SWATCH / 2 - 1.0, y, entry.colour, entry.marker, dashed or entry.mark == "hollow")
    sheet.text(x + SWATCH + 1.0, y, entry.text, TINY)


def baseline_of(middle: float, size: float) -> float:
    """The baseline at which letters of `size` stand around `middle`."""
    return middle - MIDDLE_OF_LETTERS * size


def unit_line(sheet: Sheet, text: str, top: float) -> None:
    """The unit at the right above the figure."""
    write(
        sheet.figure, sheet.font, PAGE_WIDTH - MARGIN, baseline_of(top - LEGEND_ROW / 2, TINY), text, TINY, ha="right"
    )
