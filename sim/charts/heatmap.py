"""Attainment heat map: one row a target, one column a scenario, the probability printed in each cell.

Colours are fixed at 0, 50 and 100 %, so two maps can be laid side by side. They run from pale sand to deep
blue with steadily falling lightness: told apart with any colour vision and on a grey printer.
"""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.charts.fonts import ChartFont, find_font
from sim.charts.heatmap_data import HeatmapData
from sim.charts.heatmap_layout import (
    GAP,
    MARGIN,
    Layout,
    Span,
    category_height,
    cell_size,
    fitting_layout,
    starts_category,
)
from sim.charts.style import (
    GREY,
    INK,
    PAGE_WIDTH,
    RULE,
    SMALL,
    TINY,
    blank_figure,
    cell_colours,
    drawing_style,
    place_axes,
    probability_words,
    write,
    write_block,
)
from sim.language import Text

CATEGORY_INK = "#17507a"
HATCHED: dict[str, Any] = {"facecolor": "white", "edgecolor": "#b4b4b4", "hatch": "////", "linewidth": 0.3}
INDICATOR = Text("指标", "Indicator")
PROBABILITY = Text("达成概率", "Probability")
NO_PROBABILITY = Text("不给出概率（原因见格内）", "no probability (reason in the cell)")


def attainment_heatmap(data: HeatmapData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks.

    Letters shrink from 8 to 6.5 points before the figure grows taller than a page (22.5 cm), which 40 targets
    with names of one line do not need.
    """
    chosen = font or find_font()
    layout = fitting_layout(data, lang, chosen)
    with drawing_style():
        figure = blank_figure(PAGE_WIDTH, layout.height)
        axes = place_axes(figure, 0, 0, PAGE_WIDTH, layout.height)
        axes.set(xlim=(0, PAGE_WIDTH), ylim=(0, layout.height), label="attainment")
        axes.set_axis_off()
        _draw_header(figure, axes, layout, chosen, lang)
        _draw_rows(figure, axes, layout, chosen, lang, data)
        _draw_key(figure, axes, layout, chosen, lang, data)
        write_block(figure, chosen, MARGIN, MARGIN, layout.foot, TINY, "bottom", color=GREY)
    return figure


def _draw_header(figure: Figure, axes: Axes, layout: Layout, font: ChartFont, lang: str) -> None:
    rule = layout.below + layout.grid_height
    bottom, size = rule + 2.5, layout.size
    left = layout.cells_left - GAP - layout.target_width
    write_block(figure, font, MARGIN, bottom, INDICATOR.pick(lang), size, "bottom", color=GREY)
    write_block(figure, font, left, bottom, layout.target_header, size, "bottom", color=GREY)
    for index, name in enumerate(layout.headers):
        x = layout.cells_left + (index + 0.5) * layout.cell_width
        gid = f"scenario:{index}"
        if layout.upright:
            options = {"ha": "center", "va": "bottom", "multialignment": "left", "rotation": 90, "gid": gid}
            write(figure, font, x, bottom + 2, name, size, **options)
        else:
            write_block(figure, font, x, bottom, name, size, "bottom", ha="center", gid=gid)
    axes.plot([MARGIN, PAGE_WIDTH - MARGIN], [rule, rule], color=INK, linewidth=0.7)


def _draw_rows(figure: Figure, axes: Axes, layout: Layout, font: ChartFont, lang: str, data: HeatmapData) -> None:
    base, size = layout.below + layout.grid_height, layout.size
    left = layout.cells_left - GAP - layout.target_width
    for index, target in enumerate(data.targets):
        top, height = base - layout.tops[index], layout.heights[index]
        middle = top - height / 2
        if starts_category(data, index) and target.category is not None:
            y = top + category_height(size) / 2 - 1.0
            write_block(figure, font, MARGIN, y, target.category.pick(lang), size, color=CATEGORY_INK)
        write_block(figure, font, MARGIN, middle, layout.labels[index], size, gid=f"target:{index}")
        write_block(figure, font, left, middle, layout.targets[index], size, color=GREY)
        axes.plot([MARGIN, layout.cells_left - 2], [top - height] * 2, color=RULE, linewidth=0.35)
        for span in layout.spans[index]:
            x = layout.cells_left + span.first * layout.cell_width
            box = (x, top - height, span.count * layout.cell_width, height)
            _draw_span(figure, axes, font, span, size, box, f"cell:{index}:{span.first}")
    axes.plot([MARGIN, PAGE_WIDTH - MARGIN], [layout.below] * 2, color=INK, linewidth=0.7)


def _draw_span(
    figure: Figure,
    axes: Axes,
    font: ChartFont,
    span: Span,
    size: float,
    box: tuple[float, float, float, float],
    gid: str,
) -> None:
    left, bottom, width, height = box
    x, y = left + width / 2, bottom + height / 2
    place: dict[str, Any] = {"xy": (left + 0.6, bottom + 0.6), "width": width - 1.2, "height": height - 1.2, "gid": gid}
    letters = cell_size(span.cell, size)
    if span.cell.probability is None:
        axes.add_patch(Rectangle(**place, **HATCHED))
        white = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
        write_block(figure, font, x, y, span.text, letters, ha="center", color=INK, bbox=white, gid=gid)
        return
    fill, ink = cell_colours(span.cell.probability)
    axes.add_patch(Rectangle(**place, facecolor=fill, linewidth=0))
    write_block(figure, font, x, y, span.text, letters, ha="center", color=ink, gid=gid)


def _draw_key(figure: Figure, axes: Axes, layout: Layout, font: ChartFont, lang: str, data: HeatmapData) -> None:
    bottom = layout.below - 22.0
    name = PROBABILITY.pick(lang)
    write(figure, font, MARGIN, bottom + 1.5, name, SMALL)
    x = MARGIN + font.width(name, SMALL) + GAP
    ends = (probability_words(0.0), "50%", probability_words(1.0))
    write(figure, font, x, bottom + 1.5, ends[0], TINY)
    x += font.width(ends[0], TINY) + 3
    step = 6.0
    for index in range(21):
        fill, ink = cell_colours(index / 20)
        patch = Rectangle((x + index * step, bottom), step, 9.0, facecolor=fill, linewidth=0)
        patch.set_gid(f"key:{index}")
        axes.add_patch(patch)
        if index == 10:
            write(figure, font, x + 10.5 * step, bottom + 1.9, ends[1], TINY, ha="center", color=ink)
    x += 21 * step + 3
    write(figure, font, x, bottom + 1.5, ends[2], TINY)
    if any(cell.probability is None for row in data.cells for cell in row):
        x += font.width(ends[2], TINY) + 3 * GAP
        axes.add_patch(Rectangle((x, bottom), 16, 9, **HATCHED))
        write(figure, font, x + 20, bottom + 1.5, NO_PROBABILITY.pick(lang), TINY)
