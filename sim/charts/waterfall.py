"""Waterfall of what explains the difference between two scenarios: one bar a group of inputs, from one to the other.

Scenarios are marks and groups bars: a level far from zero needs no bar from zero, a contribution does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.charts.fonts import ChartFont, find_font
from sim.charts.style import (
    GREY,
    INK,
    LINE,
    PAGE_WIDTH,
    RULE,
    SMALL,
    TINY,
    blank_figure,
    block_height,
    drawing_style,
    footer,
    number,
    place_axes,
    probability_words,
    write,
    write_block,
)
from sim.language import Text

UP, DOWN, NOISE = "#17507a", "#b5651d", "#c9c9c9"
SURE = 1.96  # standard errors from which a contribution can be told from zero
INDISTINGUISHABLE = Text("不可区分", "indistinguishable")
MARGIN, LABELS, ROW, BAR, HEAD, BESIDE = 6.0, 118.0, 21.0, 12.0, 26.0, 74.0
EXPLAINED = Text(
    "各组贡献为按所有先后次序改动的平均（Shapley），合计等于差值；±为抽样标准误",
    "contributions average over all orders of switching (Shapley) and sum to the difference; ± standard error",
)
AVERAGED = Text("；数值为各次模拟的平均", "; values are means over the draws")
ROUNDED = Text("；两端的概率取整到5个百分点", "; probabilities at the ends are rounded to 5 points")


@dataclass(frozen=True, slots=True)
class Step:
    """What one group of inputs contributes, in the unit of the figure, with its Monte Carlo standard error."""

    label: Text
    value: float
    standard_error: float

    @property
    def distinguishable(self) -> bool:
        """Whether it can be told from chance; one without error and without effect is simply zero."""
        return self.standard_error == 0.0 or abs(self.value) > SURE * self.standard_error


@dataclass(frozen=True, slots=True)
class WaterfallData:
    """One quantity in one year: value in the first scenario, steps to the second, in `unit`.

    A probability is given in percent; its ends are printed to 5 points, as everywhere.
    """

    quantity: Text
    unit: Text
    year: int
    first: Text
    second: Text
    start: float
    steps: tuple[Step, ...]
    decimals: int
    source: Text
    probability: bool = False

    @property
    def ends(self) -> tuple[float, ...]:
        """The value after each step, the start first."""
        return tuple(accumulate((step.value for step in self.steps), initial=self.start))


def waterfall_caption(data: WaterfallData, lang: str = "zh") -> str:
    """What stands below the figure when it is pasted."""
    start, end = (_end_text(data, value, lang) for value in (data.start, data.ends[-1]))
    unit = "" if data.probability else f"（{data.unit.zh}）" if lang == "zh" else f" ({data.unit.en})"
    if lang == "zh":
        return f"{data.year}年{data.quantity.zh}：由“{data.first.zh}”的{start}到“{data.second.zh}”的{end}{unit}"
    return f'{data.quantity.en} in {data.year}: from {start} in "{data.first.en}" to {end} in "{data.second.en}"{unit}'


def _end_text(data: WaterfallData, value: float, lang: str) -> str:
    """The value of a scenario in words."""
    if data.probability:
        return probability_words(min(max(value / 100.0, 0.0), 1.0))
    return number(value, data.decimals, lang)


def waterfall_chart(data: WaterfallData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks, ValueError without steps."""
    if not data.steps:
        raise ValueError("no steps")
    chosen = font or find_font()
    explained = EXPLAINED.pick(lang) + (ROUNDED if data.probability else AVERAGED).pick(lang)
    foot = footer(chosen, data.source.pick(lang), explained, lang, PAGE_WIDTH - 2 * MARGIN)
    below = MARGIN + block_height(foot, TINY) + 8.0
    rows = len(data.steps) + 2
    height = below + rows * ROW + HEAD
    with drawing_style():
        figure = blank_figure(PAGE_WIDTH, height)
        title = _title(data, lang)
        write(figure, chosen, MARGIN, height - HEAD + SMALL, title, SMALL)
        axes = place_axes(figure, MARGIN + LABELS, below, PAGE_WIDTH - 2 * MARGIN - LABELS - BESIDE, rows * ROW)
        _draw(axes, data, rows)
        _label_rows(figure, chosen, data, (below, rows), lang)
        write_block(figure, chosen, MARGIN, MARGIN, foot, TINY, "bottom", color=GREY)
    return figure


def _title(data: WaterfallData, lang: str) -> str:
    """The quantity with its year and unit; changes of a probability are in points."""
    points = Text("变动单位：百分点", "changes in points")
    unit = points.pick(lang) if data.probability else data.unit.pick(lang)
    name = data.quantity.pick(lang)
    return f"{data.year}年{name}（{unit}）" if lang == "zh" else f"{name} ({unit}), {data.year}"


def _draw(axes: Axes, data: WaterfallData, rows: int) -> None:
    """Marks of the two scenarios, bars of the steps, and thin lines that carry the level from row to row."""
    ends = data.ends
    low, high = min(ends), max(ends)
    room = 0.06 * (high - low) or 1.0
    axes.set(xlim=(low - room, high + room), ylim=(0.0, float(rows)), label="waterfall")
    axes.set_axis_off()
    for place, (before, after) in enumerate(pairwise(ends)):
        y = rows - place - 1.5
        colour = (UP if after >= before else DOWN) if data.steps[place].distinguishable else NOISE
        bar = Rectangle((min(before, after), y - BAR / ROW / 2), abs(after - before), BAR / ROW, facecolor=colour)
        bar.set_gid(f"step:{place}")
        axes.add_patch(bar)
        axes.plot([before, before], [y, y + 1.0], color=RULE, linewidth=0.7, zorder=0)
    axes.plot([ends[-1], ends[-1]], [0.5, 1.5], color=RULE, linewidth=0.7, zorder=0)
    for name, value, y in (("start", ends[0], rows - 0.5), ("end", ends[-1], 0.5)):
        axes.plot([value], [y], marker="D", markersize=6, color=INK, linestyle="none", gid=name, clip_on=False)


def _label_rows(figure: Figure, font: ChartFont, data: WaterfallData, place: tuple[float, int], lang: str) -> None:
    """Names at the left, numbers at the right of each row."""
    below, rows = place
    labels = [data.first, *(step.label for step in data.steps), data.second]
    for row, (label, text) in enumerate(zip(labels, _numbers(data, lang), strict=True)):
        y = below + (rows - row - 0.5) * ROW
        words = font.wrap(label.pick(lang), TINY if row not in (0, rows - 1) else SMALL, LABELS - 6.0)
        size = SMALL if words.count("\n") == 0 else TINY
        while words.count("\n") > 1 and size > 5.0:
            size -= 0.5
            words = font.wrap(label.pick(lang), size, LABELS - 6.0)
        write_block(figure, font, MARGIN, y, words, size if block_height(words, size) <= ROW * LINE else TINY)
        write(figure, font, PAGE_WIDTH - MARGIN, y - 3.0, text, SMALL, ha="right", gid=f"number:{row}")


def _numbers(data: WaterfallData, lang: str) -> Sequence[str]:
    """Value of the first scenario, each contribution with its error, value of the second."""
    ends = [_end_text(data, value, lang) for value in (data.start, data.ends[-1])]
    return [ends[0], *(step_words(data, step, lang) for step in data.steps), ends[1]]


def step_words(data: WaterfallData, step: Step, lang: str) -> str:
    """A contribution with its standard error, or that it cannot be told from chance."""
    if step.value == 0.0 == step.standard_error:
        return "0"
    if not step.distinguishable:
        return INDISTINGUISHABLE.pick(lang)
    places = data.decimals
    text = number(step.value, places, lang)
    signed = text if text.startswith("−") or float(f"{step.value:.{places}f}") == 0.0 else f"+{text}"
    least = 10.0**-places
    error = f"<{least:g}" if step.standard_error < least / 2 else number(step.standard_error, places, lang)
    return f"{signed} ± {error}"
