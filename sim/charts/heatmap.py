"""Attainment heat map: one row a target, one column a scenario, the probability printed in each cell.

Colours are fixed at 0, 50 and 100 %, so two maps can be laid side by side. They run from pale sand to deep
blue with steadily falling lightness: told apart with any colour vision and on a grey printer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.charts.fonts import ChartFont, find_font
from sim.charts.heatmap_data import HeatmapCell, HeatmapData, target_header, target_shown
from sim.charts.style import (
    GREY,
    INK,
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
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
from sim.language import Text

# Size of letters, padding across a cell, padding along a row: tried in turn until the figure fits the page.
DENSITIES = ((8.0, 8.0, 5.0), (7.5, 7.0, 4.5), (7.0, 5.0, 4.0), (6.5, 4.0, 2.5))
MARGIN, GAP = 4.0, 7.0  # points
EASY_CELL, WIDEST_CELL, WIDEST_TARGET = 52.0, 96.0, 0.16 * PAGE_WIDTH
ROW_OF_HEADER, LONGEST_UPRIGHT = 6.0, 95.0
CATEGORY_INK = "#17507a"
HATCHED: dict[str, Any] = {"facecolor": "white", "edgecolor": "#b4b4b4", "hatch": "////", "linewidth": 0.3}
LABEL_SHARE = 0.45  # of the width beside the targets that names may take when cells would become narrow
INDICATOR = Text("指标", "Indicator")
PROBABILITY = Text("达成概率", "Probability")
NO_PROBABILITY = Text("不给出概率（原因见格内）", "no probability (reason in the cell)")


@dataclass(frozen=True, slots=True)
class _Span:
    """Neighbouring cells drawn as one: a single probability, or columns that lack it for the same reason."""

    first: int
    count: int
    cell: HeatmapCell
    text: str


@dataclass(frozen=True, slots=True)
class _Layout:
    """Wrapped texts and places in points; `tops` and `heights` run over the rows, from the top down."""

    size: float
    label_width: float
    target_width: float
    cell_width: float
    labels: tuple[str, ...]
    targets: tuple[str, ...]
    target_header: str
    headers: tuple[str, ...]
    upright: bool  # scenario names written upwards because a word is wider than its column
    header_height: float
    spans: tuple[tuple[_Span, ...], ...]  # one row of spans a target
    tops: tuple[float, ...]
    heights: tuple[float, ...]
    foot: str

    @property
    def cells_left(self) -> float:
        return MARGIN + self.label_width + GAP + self.target_width + GAP

    @property
    def grid_height(self) -> float:
        return self.tops[-1] + self.heights[-1]

    @property
    def below(self) -> float:
        """Height of the colour key and the footer."""
        return 30.0 + block_height(self.foot, TINY) + MARGIN

    @property
    def height(self) -> float:
        return MARGIN + self.header_height + self.grid_height + self.below


def attainment_heatmap(data: HeatmapData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks.

    Letters shrink from 8 to 6.5 points before the figure grows taller than a page (22.5 cm), which 40 targets
    with names of one line do not need.
    """
    chosen = font or find_font()
    layout = _lay_out(data, lang, chosen, *DENSITIES[0])
    for density in DENSITIES[1:]:
        if layout.height > PAGE_HEIGHT:
            layout = _lay_out(data, lang, chosen, *density)
    with drawing_style():
        figure = blank_figure(PAGE_WIDTH, layout.height)
        axes = place_axes(figure, 0, 0, PAGE_WIDTH, layout.height)
        axes.set(xlim=(0, PAGE_WIDTH), ylim=(0, layout.height), label="attainment")
        axes.set_axis_off()
        _draw_header(figure, axes, layout, chosen, lang, data)
        _draw_rows(figure, axes, layout, chosen, lang, data)
        _draw_key(figure, axes, layout, chosen, lang, data)
        write_block(figure, chosen, MARGIN, MARGIN, layout.foot, TINY, "bottom", color=GREY)
    return figure


def _lay_out(
    data: HeatmapData, lang: str, font: ChartFont, size: float, cell_padding: float, row_padding: float
) -> _Layout:
    inner = PAGE_WIDTH - 2 * MARGIN
    shown = [target_shown(data, target, lang) for target in data.targets]
    head = target_header(data, lang)
    names = [target.label.pick(lang) for target in data.targets]
    natural = max(font.width(name, size) for name in names)
    left_over = inner - 2 * GAP - natural - len(data.scenarios) * EASY_CELL
    wording = max(font.width(text, size) for text in [*shown, head])
    target_width = min(max(WIDEST_TARGET, left_over), wording)
    space = inner - target_width - 2 * GAP
    narrowest = font.width(">95%", size) + cell_padding
    cell_width = _cell_width(natural, space, len(data.scenarios), narrowest)
    label_width = space - len(data.scenarios) * cell_width
    labels = tuple(font.wrap_evenly(name, size, label_width) for name in names)
    targets = tuple(font.wrap_evenly(text, size, target_width) for text in shown)
    spans = tuple(_spans(row, lang, font, size, cell_width) for row in data.cells)
    head = font.wrap_evenly(head, size, target_width)
    headers, upright, header_height = _headers(data, lang, font, size, cell_width)
    header_height = max(header_height, block_height(head, size)) + ROW_OF_HEADER
    tops, heights = _rows(data, labels, targets, spans, size, row_padding)
    foot = footer(font, data.source.pick(lang), data.notes.pick(lang), lang, inner)
    return _Layout(
        size, label_width, target_width, cell_width, labels, targets, head, headers, upright, header_height,
        spans, tops, heights, foot,
    )  # fmt: skip


def _cell_width(natural: float, space: float, count: int, narrowest: float) -> float:
    """Width of a column: names first get what they need, as long as `count` cells stay easy to read."""
    easy = max(LABEL_SHARE * space, space - count * EASY_CELL)
    label = min(max(natural, space - count * WIDEST_CELL), easy, space - count * narrowest)
    return min(WIDEST_CELL, (space - label) / count)


def _spans(
    row: tuple[HeatmapCell, ...], lang: str, font: ChartFont, size: float, cell_width: float
) -> tuple[_Span, ...]:
    spans: list[_Span] = []
    for column, cell in enumerate(row):
        if spans and cell.probability is None and cell == spans[-1].cell:
            last = spans.pop()
            spans.append(_Span(last.first, last.count + 1, cell, last.text))
        else:
            text = "" if cell.probability is None else probability_words(cell.probability)
            spans.append(_Span(column, 1, cell, text))
    return tuple(_with_reason(span, lang, font, size, cell_width) for span in spans)


def _with_reason(span: _Span, lang: str, font: ChartFont, size: float, cell_width: float) -> _Span:
    if span.cell.reason is None or span.cell.probability is not None:
        return span
    room = span.count * cell_width - 5.0
    text = font.wrap_evenly(span.cell.reason.pick(lang), _cell_size(span.cell, size), room)
    return _Span(span.first, span.count, span.cell, text)


def _cell_size(cell: HeatmapCell, size: float) -> float:
    return size if cell.probability is not None else size - 0.5


def _headers(
    data: HeatmapData, lang: str, font: ChartFont, size: float, cell_width: float
) -> tuple[tuple[str, ...], bool, float]:
    names = [scenario.pick(lang) for scenario in data.scenarios]
    room = cell_width - 3.0
    words = [word for name in names for word in name.replace("-", "- ").split() if word.isascii()]
    if any(font.width(word, size) > room for word in words):
        upright = tuple(font.wrap(name, size, LONGEST_UPRIGHT) for name in names)
        return upright, True, max(font.width(name, size) for name in upright)
    wrapped = tuple(font.wrap_evenly(name, size, room) for name in names)
    return wrapped, False, max(block_height(name, size) for name in wrapped)


def _starts_category(data: HeatmapData, index: int) -> bool:
    category = data.targets[index].category
    return category is not None and (index == 0 or category != data.targets[index - 1].category)


def _rows(
    data: HeatmapData,
    labels: tuple[str, ...],
    targets: tuple[str, ...],
    spans: tuple[tuple[_Span, ...], ...],
    size: float,
    row_padding: float,
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    tops, heights, top = [], [], 0.0
    for index, row in enumerate(spans):
        texts = [block_height(labels[index], size), block_height(targets[index], size)]
        reasons = [block_height(span.text, _cell_size(span.cell, size)) for span in row]
        top += _category_height(size) if _starts_category(data, index) else 0.0
        tops.append(top)
        heights.append(max(texts + reasons) + row_padding)
        top += heights[-1]
    return tuple(tops), tuple(heights)


def _category_height(size: float) -> float:
    return size * LINE + 5.0


def _draw_header(figure: Figure, axes: Axes, layout: _Layout, font: ChartFont, lang: str, data: HeatmapData) -> None:
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


def _draw_rows(figure: Figure, axes: Axes, layout: _Layout, font: ChartFont, lang: str, data: HeatmapData) -> None:
    base, size = layout.below + layout.grid_height, layout.size
    left = layout.cells_left - GAP - layout.target_width
    for index, target in enumerate(data.targets):
        top, height = base - layout.tops[index], layout.heights[index]
        middle = top - height / 2
        if _starts_category(data, index) and target.category is not None:
            y = top + _category_height(size) / 2 - 1.0
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
    span: _Span,
    size: float,
    box: tuple[float, float, float, float],
    gid: str,
) -> None:
    left, bottom, width, height = box
    x, y = left + width / 2, bottom + height / 2
    place: dict[str, Any] = {"xy": (left + 0.6, bottom + 0.6), "width": width - 1.2, "height": height - 1.2, "gid": gid}
    letters = _cell_size(span.cell, size)
    if span.cell.probability is None:
        axes.add_patch(Rectangle(**place, **HATCHED))
        white = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
        write_block(figure, font, x, y, span.text, letters, ha="center", color=INK, bbox=white, gid=gid)
        return
    fill, ink = cell_colours(span.cell.probability)
    axes.add_patch(Rectangle(**place, facecolor=fill, linewidth=0))
    write_block(figure, font, x, y, span.text, letters, ha="center", color=ink, gid=gid)


def _draw_key(figure: Figure, axes: Axes, layout: _Layout, font: ChartFont, lang: str, data: HeatmapData) -> None:
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
