"""Map of a sweep: the probability of a target over two axes, printed in each cell.

Colours are those of the attainment map, fixed at 0, 50 and 100 %, with lightness that falls steadily: two maps can be
laid side by side, and a grey printer keeps the order. A cell without a point is hatched, never coloured as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.charts.fonts import ChartFont, find_font
from sim.charts.heatmap import HATCHED
from sim.charts.style import (
    GREY,
    INK,
    MIDDLE_OF_LETTERS,
    PAGE_WIDTH,
    SMALL,
    TINY,
    blank_figure,
    block_height,
    cell_colours,
    drawing_style,
    footer,
    place_axes,
    probability_words,
    write,
    write_block,
)
from sim.charts.sweep_map_data import PROBABILITY, MapScale, SweepMapData, map_title
from sim.language import Text

MARGIN, GAP = 6.0, 5.0  # points
WIDEST_CELL, ROW, LOWEST_ROW, TALLEST_GRID = 84.0, 21.0, 15.0, 400.0
SMALLEST = 5.5  # letters
KEY_STEP, KEY_HEIGHT = 6.0, 9.0
NO_POINT = Text("没有点", "no point")
UP, ACROSS = Text("纵轴：", "Upwards: "), Text("横轴：", "Across: ")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Places in points from the lower left corner of the figure."""

    left: float
    bottom: float
    cell: float
    row: float
    rows: int
    columns: int
    size: float  # of the numbers in the cells
    upright: bool  # marks below are written upwards
    above: float  # of the upper edge, for a mark that stands on it
    foot: str
    title: str
    up_name: str
    across_name: str

    @property
    def right(self) -> float:
        """Right edge of the cells."""
        return self.left + self.columns * self.cell

    @property
    def top(self) -> float:
        """Upper edge of the cells."""
        return self.bottom + self.rows * self.row

    @property
    def height(self) -> float:
        """Height of the figure: above the cells the name of the upward axis, and the title."""
        names = block_height(self.up_name, TINY) + GAP + block_height(self.title, SMALL)
        return self.top + self.above + GAP + names + MARGIN


def sweep_map_chart(data: SweepMapData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    layout = _layout(data, lang, chosen)
    with drawing_style():
        figure = blank_figure(PAGE_WIDTH, layout.height)
        axes = place_axes(figure, 0, 0, PAGE_WIDTH, layout.height)
        axes.set(xlim=(0, PAGE_WIDTH), ylim=(0, layout.height), label="sweep map")
        axes.set_axis_off()
        write_block(figure, chosen, MARGIN, layout.height - MARGIN, layout.title, SMALL, "top")
        _draw_cells(figure, axes, chosen, data, layout)
        _draw_marks(figure, axes, chosen, data, layout, lang)
        _draw_key(figure, axes, chosen, data, layout, lang)
        write_block(figure, chosen, MARGIN, MARGIN, layout.foot, TINY, "bottom", color=GREY)
    return figure


def _layout(data: SweepMapData, lang: str, font: ChartFont) -> _Layout:
    notes = _sentence(data, lang)
    foot = footer(font, data.source.pick(lang), notes, lang, PAGE_WIDTH - 2 * MARGIN)
    rows, columns = data.up.cells, data.across.cells
    left = MARGIN + max(font.width(mark, TINY) for mark in mark_texts(data.up)) + GAP
    names = [
        font.wrap(words.pick(lang) + scale.label.pick(lang), TINY, PAGE_WIDTH - 2 * MARGIN)
        for words, scale in ((UP, data.up), (ACROSS, data.across))
    ]
    marks = [font.width(mark, TINY) for mark in mark_texts(data.across)]
    # The last mark between cells stands at their edge: half of it needs room beside them.
    beside = marks[-1] / 2 if data.across.between else 0.0
    cell = min(WIDEST_CELL, (PAGE_WIDTH - MARGIN - left - beside) / columns)
    upright = max(marks) > cell - 3.0
    below = (max(marks) if upright else 1.35 * TINY) + GAP  # marks
    below += block_height(names[1], TINY) + 2 * GAP
    below += KEY_HEIGHT + 2 * GAP + block_height(foot, TINY) + MARGIN
    size = SMALL
    while size > SMALLEST and font.width(">95%", size) > cell - 3.0:
        size -= 0.5
    row = min(ROW, max(LOWEST_ROW, TALLEST_GRID / rows))
    title = font.wrap(map_title(data, lang), SMALL, PAGE_WIDTH - 2 * MARGIN)
    above = TINY / 2 if data.up.between else 0.0
    return _Layout(
        left, below, cell, row, rows, columns, size, upright, above, foot, title, names[0], names[1]
    )  # fmt: skip


def _sentence(data: SweepMapData, lang: str) -> str:
    """What a cell stands for, and how sure it is."""
    error = f"{100 * data.standard_error:.1f}"
    sure = Text(
        f"概率取整到5个百分点，抽样标准误不超过{error}个百分点",
        f"probabilities are rounded to 5 points, sampling standard error at most {error} points",
    )
    parts = [part for part in (data.notes.pick(lang), sure.pick(lang)) if part]
    return ("；" if lang == "zh" else "; ").join(parts)


def mark_texts(scale: MapScale) -> tuple[str, ...]:
    """The marks along an axis, with a true minus sign."""
    return tuple(f"{mark:.4g}".replace("-", "−") if abs(mark) < 1e4 else f"{mark:.16g}" for mark in scale.marks)


def _draw_cells(figure: Figure, axes: Axes, font: ChartFont, data: SweepMapData, layout: _Layout) -> None:
    for row, probabilities in enumerate(data.probability):
        for column, probability in enumerate(probabilities):
            x, y = layout.left + column * layout.cell, layout.bottom + row * layout.row
            gid = f"cell:{row}:{column}"
            place: dict[str, Any] = {
                "xy": (x + 0.4, y + 0.4),
                "width": layout.cell - 0.8,
                "height": layout.row - 0.8,
                "gid": gid,
            }
            if probability is None:
                axes.add_patch(Rectangle(**place, **HATCHED))
                continue
            fill, ink = cell_colours(probability)
            axes.add_patch(Rectangle(**place, facecolor=fill, linewidth=0))
            middle = y + layout.row / 2 - MIDDLE_OF_LETTERS * layout.size
            text = probability_words(probability)
            write(figure, font, x + layout.cell / 2, middle, text, layout.size, ha="center", color=ink, gid=gid)


def _draw_marks(figure: Figure, axes: Axes, font: ChartFont, data: SweepMapData, layout: _Layout, lang: str) -> None:
    """Values beside and below the cells, and the names of the two axes."""
    shift = 0.0 if data.up.between else 0.5
    for place, mark in enumerate(mark_texts(data.up)):
        y = layout.bottom + (place + shift) * layout.row - MIDDLE_OF_LETTERS * TINY
        write(figure, font, layout.left - GAP, y, mark, TINY, ha="right", gid=f"up:{place}")
    shift = 0.0 if data.across.between else 0.5
    for place, mark in enumerate(mark_texts(data.across)):
        x, top = layout.left + (place + shift) * layout.cell, layout.bottom - GAP
        turned = {"rotation": 90, "va": "top"} if layout.upright else {"va": "baseline"}
        y = top if layout.upright else top - TINY
        write(figure, font, x, y, mark, TINY, ha="center", gid=f"across:{place}", **turned)
    edges = ([layout.left, layout.left, layout.right], [layout.top, layout.bottom, layout.bottom])
    axes.plot(*edges, color=INK, linewidth=0.6)
    write_block(figure, font, MARGIN, layout.top + layout.above + GAP, layout.up_name, TINY, "bottom", color=GREY)
    y = MARGIN + block_height(layout.foot, TINY) + 2 * GAP + KEY_HEIGHT + GAP
    x = max(layout.right, layout.left + max(font.width(line, TINY) for line in layout.across_name.split("\n")))
    x = min(x, PAGE_WIDTH - MARGIN)
    write_block(figure, font, x, y, layout.across_name, TINY, "bottom", ha="right", color=GREY)


def _draw_key(figure: Figure, axes: Axes, font: ChartFont, data: SweepMapData, layout: _Layout, lang: str) -> None:
    bottom = MARGIN + block_height(layout.foot, TINY) + GAP
    name, ends = PROBABILITY.pick(lang), (probability_words(0.0), "50%", probability_words(1.0))
    write(figure, font, MARGIN, bottom + 1.5, name, TINY)
    x = MARGIN + font.width(name, TINY) + 2 * GAP
    write(figure, font, x, bottom + 1.5, ends[0], TINY)
    x += font.width(ends[0], TINY) + 3
    for index in range(21):
        fill, ink = cell_colours(index / 20)
        axes.add_patch(Rectangle((x + index * KEY_STEP, bottom), KEY_STEP, KEY_HEIGHT, facecolor=fill, linewidth=0))
        if index == 10:
            write(figure, font, x + 10.5 * KEY_STEP, bottom + 1.9, ends[1], TINY, ha="center", color=ink)
    x += 21 * KEY_STEP + 3
    write(figure, font, x, bottom + 1.5, ends[2], TINY)
    if data.has_gaps:
        x += font.width(ends[2], TINY) + 3 * GAP
        axes.add_patch(Rectangle((x, bottom), 16, KEY_HEIGHT, **HATCHED))
        write(figure, font, x + 20, bottom + 1.5, NO_POINT.pick(lang), TINY)
