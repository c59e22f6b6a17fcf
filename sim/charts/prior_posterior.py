"""Prior against posterior: one row a number, its interval before (pale bar) and after the facts (line and dot).

All rows share one scale, that of their own prior: its p5, centre and p95 stand at the same places in every row. The
numbers themselves are printed beside it in their own units. Before and after differ in shape, not in colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.charts.fonts import ChartError, ChartFont, find_font
from sim.charts.prior_posterior_data import PriorPosteriorData, PriorPosteriorRow
from sim.charts.style import (
    GREY,
    INK,
    PAGE_WIDTH,
    RULE,
    SMALL,
    TINY,
    blank_figure,
    block_height,
    drawing_style,
    footer,
    place_axes,
    write_block,
)
from sim.language import Text

MARGIN, GAP, PAD = 4.0, 8.0, 3.5  # points
SCALE_WIDTH, NUMBERS_WIDTH = 120.0, 138.0
#: Half of the prior's interval in its standard deviations, and the least that the scale shows to each side.
PRIOR_HALF, LEAST_SCALE = 1.6448536269514722, 2.2
PALE, DARK = "#cfdbe6", "#17507a"
BAR, DOT = 7.0, 4.2  # points
NUMBER = Text("参数", "Parameter")
BEFORE, AFTER = Text("校准前", "Before"), Text("校准后", "After")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it is set: its broken lines and its height."""

    row: PriorPosteriorRow
    name: str
    meaning: str
    before: str
    after: str
    height: float


def prior_posterior_chart(data: PriorPosteriorData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide, as high as its rows; raises ChartError without rows or for a missing character."""
    if not data.rows:
        raise ChartError(Text("没有可画的参数。", "no parameters to draw."), key="rows")
    chosen = font or find_font()
    rows = [_set(row, lang, chosen) for row in data.rows]
    foot = footer(chosen, data.source.pick(lang), data.notes.pick(lang), lang, PAGE_WIDTH - 2 * MARGIN)
    below = MARGIN + block_height(foot, TINY) + 8.0
    top = below + sum(row.height for row in rows)
    with drawing_style():
        figure = blank_figure(PAGE_WIDTH, top + block_height("x", SMALL) + 2 * MARGIN)
        axes = place_axes(figure, 0, 0, PAGE_WIDTH, top)
        axes.set(xlim=(0, PAGE_WIDTH), ylim=(0, top), label="prior against posterior")
        axes.set_axis_off()
        _draw_head(figure, axes, chosen, lang, top)
        y = top
        for index, row in enumerate(rows):
            y -= row.height
            _draw_row(figure, axes, chosen, row, y, _scale(data), index)
        axes.plot([MARGIN, PAGE_WIDTH - MARGIN], [below, below], color=INK, linewidth=0.7)
        write_block(figure, chosen, MARGIN, MARGIN, foot, TINY, "bottom", color=GREY, gid="foot")
    return figure


def _lefts() -> tuple[float, float, float]:
    """Left edges of the scale, of the numbers before and of those after."""
    numbers = PAGE_WIDTH - MARGIN - NUMBERS_WIDTH
    return numbers - GAP - SCALE_WIDTH, numbers, numbers + NUMBERS_WIDTH / 2 + 2.0


def _set(row: PriorPosteriorRow, lang: str, font: ChartFont) -> _Row:
    width = _lefts()[0] - GAP - MARGIN
    name = font.wrap_evenly(row.name.pick(lang), SMALL, width)
    meaning = font.wrap(row.meaning.pick(lang), TINY, width)
    before, after = (font.wrap(text.pick(lang), TINY, NUMBERS_WIDTH / 2 - 4.0) for text in (row.before, row.after))
    said = block_height(name, SMALL) + block_height(meaning, TINY)
    height = max(said, block_height(before, TINY), block_height(after, TINY)) + 2 * PAD
    return _Row(row, name, meaning, before, after, height)


def _scale(data: PriorPosteriorData) -> float:
    """Standard deviations of the prior that the scale shows to each side."""
    return max(LEAST_SCALE, *(abs(score) * 1.05 for row in data.rows for score in row.scores))


def _x(score: float, half: float) -> float:
    return _lefts()[0] + (score + half) / (2 * half) * SCALE_WIDTH


def _draw_head(figure: Figure, axes: Axes, font: ChartFont, lang: str, top: float) -> None:
    scale, before, after = _lefts()
    y = top + 2.5
    write_block(figure, font, MARGIN, y, NUMBER.pick(lang), SMALL, "bottom", color=GREY)
    write_block(figure, font, before, y, BEFORE.pick(lang), SMALL, "bottom", color=GREY)
    write_block(figure, font, after, y, AFTER.pick(lang), SMALL, "bottom", color=GREY)
    middle = top + 2.5 + block_height("x", SMALL) / 2
    axes.add_patch(Rectangle((scale, middle - BAR / 2), 14.0, BAR, facecolor=PALE, linewidth=0, clip_on=False))
    write_block(figure, font, scale + 17.0, y, BEFORE.pick(lang), SMALL, "bottom", color=GREY)
    start = scale + 62.0
    axes.plot([start, start + 16.0], [middle] * 2, color=DARK, linewidth=1.3, clip_on=False)
    axes.plot([start + 8.0], [middle], marker="o", markersize=DOT, color=DARK, clip_on=False)
    write_block(figure, font, start + 19.0, y, AFTER.pick(lang), SMALL, "bottom", color=GREY)
    axes.plot([MARGIN, PAGE_WIDTH - MARGIN], [top, top], color=INK, linewidth=0.7, clip_on=False)


def _draw_row(figure: Figure, axes: Axes, font: ChartFont, row: _Row, y: float, half: float, index: int) -> None:
    middle, top = y + row.height / 2, y + row.height
    _, before, after = _lefts()
    write_block(figure, font, MARGIN, top - PAD, row.name, SMALL, "top", gid=f"name:{index}")
    low = top - PAD - block_height(row.name, SMALL)
    write_block(figure, font, MARGIN, low, row.meaning, TINY, "top", color=GREY)
    write_block(figure, font, before, middle, row.before, TINY, color=GREY)
    write_block(figure, font, after, middle, row.after, TINY, color=INK)
    left, right = _x(-PRIOR_HALF, half), _x(PRIOR_HALF, half)
    axes.add_patch(
        Rectangle((left, middle - BAR / 2), right - left, BAR, facecolor=PALE, linewidth=0, gid=f"before:{index}")
    )
    centre = _x(0.0, half)
    axes.plot([centre, centre], [middle - BAR / 2, middle + BAR / 2], color="white", linewidth=1.0)
    p05, p50, p95 = (_x(score, half) for score in row.row.scores)
    axes.plot([p05, p95], [middle, middle], color=DARK, linewidth=1.3, gid=f"after:{index}")
    axes.plot([p50], [middle], marker="o", markersize=DOT, color=DARK, linestyle="none")
    axes.plot([MARGIN, PAGE_WIDTH - MARGIN], [y, y], color=RULE, linewidth=0.35)
