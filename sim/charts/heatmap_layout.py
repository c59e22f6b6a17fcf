"""Geometry of an attainment heat map in points on the page: wrapped texts, columns and rows."""

from __future__ import annotations

from dataclasses import dataclass

from sim.charts.fonts import ChartFont
from sim.charts.heatmap_data import HeatmapCell, HeatmapData, target_header, target_shown
from sim.charts.style import LINE, PAGE_HEIGHT, PAGE_WIDTH, TINY, block_height, footer, probability_words

# Size of letters, padding across a cell, padding along a row: tried in turn until the figure fits the page.
DENSITIES = ((8.0, 8.0, 5.0), (7.5, 7.0, 4.5), (7.0, 5.0, 4.0), (6.5, 4.0, 2.5))
MARGIN, GAP = 4.0, 7.0  # points
EASY_CELL, WIDEST_CELL, WIDEST_TARGET = 52.0, 96.0, 0.16 * PAGE_WIDTH
ROW_OF_HEADER, LONGEST_UPRIGHT = 6.0, 95.0
LABEL_SHARE = 0.45  # of the width beside the targets that names may take when cells would become narrow


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring cells drawn as one: a single probability, or columns that lack it for the same reason."""

    first: int
    count: int
    cell: HeatmapCell
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
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
    spans: tuple[tuple[Span, ...], ...]  # one row of spans a target
    tops: tuple[float, ...]
    heights: tuple[float, ...]
    foot: str

    @property
    def cells_left(self) -> float:
        """Left edge of the first column of cells."""
        return MARGIN + self.label_width + GAP + self.target_width + GAP

    @property
    def grid_height(self) -> float:
        """Height of all rows, headings of categories included."""
        return self.tops[-1] + self.heights[-1]

    @property
    def below(self) -> float:
        """Height of the colour key and the footer."""
        return 30.0 + block_height(self.foot, TINY) + MARGIN

    @property
    def height(self) -> float:
        """Height of the figure."""
        return MARGIN + self.header_height + self.grid_height + self.below


def fitting_layout(data: HeatmapData, lang: str, font: ChartFont) -> Layout:
    """The first of `DENSITIES` with which the figure fits a page, or the densest."""
    layout = _lay_out(data, lang, font, *DENSITIES[0])
    for density in DENSITIES[1:]:
        if layout.height > PAGE_HEIGHT:
            layout = _lay_out(data, lang, font, *density)
    return layout


def _lay_out(
    data: HeatmapData, lang: str, font: ChartFont, size: float, cell_padding: float, row_padding: float
) -> Layout:
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
    return Layout(
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
) -> tuple[Span, ...]:
    spans: list[Span] = []
    for column, cell in enumerate(row):
        if spans and cell.probability is None and cell == spans[-1].cell:
            last = spans.pop()
            spans.append(Span(last.first, last.count + 1, cell, last.text))
        else:
            text = "" if cell.probability is None else probability_words(cell.probability)
            spans.append(Span(column, 1, cell, text))
    return tuple(_with_reason(span, lang, font, size, cell_width) for span in spans)


def _with_reason(span: Span, lang: str, font: ChartFont, size: float, cell_width: float) -> Span:
    if span.cell.reason is None or span.cell.probability is not None:
        return span
    room = span.count * cell_width - 5.0
    text = font.wrap_evenly(span.cell.reason.pick(lang), cell_size(span.cell, size), room)
    return Span(span.first, span.count, span.cell, text)


def cell_size(cell: HeatmapCell, size: float) -> float:
    """Size of the letters in a cell; reasons are half a point smaller than numbers."""
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


def starts_category(data: HeatmapData, index: int) -> bool:
    """Whether a heading stands above row `index`."""
    category = data.targets[index].category
    return category is not None and (index == 0 or category != data.targets[index - 1].category)


def _rows(
    data: HeatmapData,
    labels: tuple[str, ...],
    targets: tuple[str, ...],
    spans: tuple[tuple[Span, ...], ...],
    size: float,
    row_padding: float,
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    tops, heights, top = [], [], 0.0
    for index, row in enumerate(spans):
        texts = [block_height(labels[index], size), block_height(targets[index], size)]
        reasons = [block_height(span.text, cell_size(span.cell, size)) for span in row]
        top += category_height(size) if starts_category(data, index) else 0.0
        tops.append(top)
        heights.append(max(texts + reasons) + row_padding)
        top += heights[-1]
    return tuple(tops), tuple(heights)


def category_height(size: float) -> float:
    """Height of the heading of a category."""
    return size * LINE + 5.0
