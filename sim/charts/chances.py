"""Probabilities of all targets as bars with the range they may lie in, in the order of the plan.

Bars and ranges end where their printed numbers are, in steps of 5 points: no reader measures more than is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matplotlib.figure import Figure

from sim.charts.fonts import ChartError, ChartFont, find_font
from sim.charts.page import INNER, MARGIN, TICK_ROOM, Page, Scale, blank_page
from sim.charts.style import (
    GREY,
    INK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    SMALL,
    TINY,
    block_height,
    drawing_style,
    footer,
    probability_words,
    shown_probability,
)
from sim.language import Text

BAR_COLOUR, WHISKER = "#7faacb", "#0f3556"
GAP, BAR, PANEL_GAP = 6.0, 6.5, 10.0
#: Letters and the room around a row, tried in turn until the figure fits a page.
DENSITIES = ((SMALL, 5.0), (7.5, 3.5), (TINY, 2.0), (6.5, 1.0))
HALF_STEP = 0.025  # where `<5%` and `>95%` are drawn
TICKS = {0.0: "0", 0.5: "50%", 1.0: "100%"}
INDICATOR, TARGET = Text("指标", "Indicator"), Text("目标值", "Target")
PROBABILITY, RANGE = Text("达成概率", "Probability"), Text("可能范围", "range")
EXPLAINED = Text(
    "概率取整到5个百分点；横线为换用其他说得通的先验并计入模型误差时的可能范围",
    "probabilities are rounded to 5 points; lines show the range over defensible priors and model error",
)


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability in 0-1 with its range, or None and the reason in a few words."""

    probability: float | None
    low: float | None = None
    high: float | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class ChanceRow:
    """A target: name and wording verbatim, one chance a scenario."""

    label: Text
    target: Text
    chances: tuple[Chance, ...]


@dataclass(frozen=True, slots=True)
class ChancesData:
    """Rows in the order of the plan, one to three scenarios."""

    scenarios: tuple[Text, ...]
    rows: tuple[ChanceRow, ...]
    source: Text
    notes: Text = field(default=Text("", ""))

    def __post_init__(self) -> None:
        """Raise ChartError for no rows, ragged ones, or a chance without number and reason."""
        if not self.rows or any(len(row.chances) != len(self.scenarios) for row in self.rows):
            raise ChartError(Text("行数与情景数不符。", "rows do not match the scenarios."))
        for row in self.rows:
            if any(chance.probability is None and chance.reason is None for chance in row.chances):
                raise ChartError(Text(f"“{row.label.zh}”没有概率，也没有原因。", f"{row.label.en}: nothing to show."))


@dataclass(frozen=True, slots=True)
class _Layout:
    size: float
    names: tuple[str, ...]
    targets: tuple[str, ...]
    heights: tuple[float, ...]
    heads: tuple[str, ...]
    name_width: float
    target_width: float
    foot: str

    @property
    def below(self) -> float:
        return MARGIN + block_height(self.foot, TINY) + 5.0 + TICK_ROOM

    @property
    def head_height(self) -> float:
        return max(block_height(head, SMALL) for head in self.heads) + 4.0

    @property
    def height(self) -> float:
        return self.below + sum(self.heights) + self.head_height + MARGIN

    @property
    def panels(self) -> tuple[tuple[float, float], ...]:
        """Left and right edge of each scenario's panel."""
        left = MARGIN + self.name_width + GAP + self.target_width + GAP + 4.0
        count = len(self.heads)
        width = (PAGE_WIDTH - MARGIN - left - (count - 1) * PANEL_GAP) / count
        return tuple((left + n * (width + PANEL_GAP), left + n * (width + PANEL_GAP) + width) for n in range(count))


def drawn_probability(probability: float) -> float:
    """Where a printed probability stands on the scale: `<5%` and `>95%` in the middle of what they mean."""
    return min(max(shown_probability(probability), HALF_STEP), 1.0 - HALF_STEP)


def range_words(chance: Chance, lang: str) -> str:
    """The range as printed, empty where there is none."""
    if chance.low is None or chance.high is None:
        return ""
    low, high = probability_words(chance.low), probability_words(chance.high)
    return low if low == high else f"{low}～{high}" if lang == "zh" else f"{low} to {high}"


def chances_chart(data: ChancesData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    layout = _fitting(data, lang, chosen)
    with drawing_style():
        page = blank_page(layout.height, chosen, lang, "chances")
        top = layout.below + sum(layout.heights)
        _draw_head(page, layout, top)
        scales = [Scale(0.0, 1.0, left, right - _numbers(data, lang, chosen)) for left, right in layout.panels]
        for scale in scales:
            scale.draw(page, layout.below, top, TICKS)
        y = top
        for index, row in enumerate(data.rows):
            y -= layout.heights[index]
            _draw_row(page, layout, (row, index), y, scales)
        page.line((MARGIN, PAGE_WIDTH - MARGIN), (layout.below,) * 2, color=INK, linewidth=0.7)
        page.text(MARGIN, MARGIN, layout.foot, TINY, "bottom", color=GREY)
    return page.figure


def _fitting(data: ChancesData, lang: str, font: ChartFont) -> _Layout:
    for size, room in DENSITIES:
        layout = _lay_out(data, lang, font, size, room)
        if layout.height <= PAGE_HEIGHT:
            break
    return layout


def _lay_out(data: ChancesData, lang: str, font: ChartFont, size: float, room: float) -> _Layout:
    names = [row.label.pick(lang) for row in data.rows]
    targets = [row.target.pick(lang) for row in data.rows]
    share = 0.40 if len(data.scenarios) == 1 else 0.36
    name_width = min(max(font.width(name, size) for name in names), share * INNER)
    target_width = min(max(font.width(text, size) for text in [*targets, TARGET.pick(lang)]), 0.13 * INNER)
    set_names = tuple(font.wrap_evenly(name, size, name_width) for name in names)
    set_targets = tuple(font.wrap_evenly(text, size, target_width) for text in targets)
    pairs = zip(set_names, set_targets, strict=True)
    heights = tuple(max(*(block_height(text, size) for text in pair), BAR + 3.0) + room for pair in pairs)
    notes = ("；" if lang == "zh" else "; ").join(filter(None, (EXPLAINED.pick(lang), data.notes.pick(lang))))
    foot = footer(font, data.source.pick(lang), notes, lang, INNER)
    bare = _Layout(size, set_names, set_targets, heights, ("",) * len(data.scenarios), name_width, target_width, foot)
    left, right = bare.panels[0]
    heads = tuple(font.wrap_evenly(name.pick(lang), SMALL, right - left) for name in data.scenarios)
    return _Layout(size, set_names, set_targets, heights, heads, name_width, target_width, foot)


def _numbers(data: ChancesData, lang: str, font: ChartFont) -> float:
    """Room for the numbers at the right of each panel; the range is printed where one scenario is shown."""
    if len(data.scenarios) > 1:
        return font.width(">95%", TINY) + 6.0
    ranges = [range_words(row.chances[0], lang) for row in data.rows]
    return font.width(">95%", TINY) + max(font.width(words, TINY) for words in ["", *ranges]) + 16.0


def _draw_head(page: Page, layout: _Layout, top: float) -> None:
    y = top + 3.0
    page.text(MARGIN, y, INDICATOR.pick(page.lang), SMALL, "bottom", color=GREY)
    page.text(MARGIN + layout.name_width + GAP, y, TARGET.pick(page.lang), SMALL, "bottom", color=GREY)
    for index, (head, (left, right)) in enumerate(zip(layout.heads, layout.panels, strict=True)):
        page.text(left, y, head, SMALL, "bottom", gid=f"scenario:{index}")
        if len(layout.heads) == 1:
            words = PROBABILITY.pick(page.lang) + Text("（可能范围）", " (range)").pick(page.lang)
            free = right - left - page.font.width(head, SMALL) - 8.0
            if page.font.width(words, SMALL) <= free:
                page.text(right, y, words, SMALL, "bottom", ha="right", color=GREY)
    page.line((MARGIN, PAGE_WIDTH - MARGIN), (top, top), color=INK, linewidth=0.7)


def _draw_row(page: Page, layout: _Layout, placed: tuple[ChanceRow, int], y: float, scales: Sequence[Scale]) -> None:
    row, index = placed
    middle = y + layout.heights[index] / 2
    page.text(MARGIN, middle, layout.names[index], layout.size, gid=f"name:{index}")
    page.text(MARGIN + layout.name_width + GAP, middle, layout.targets[index], layout.size, color=GREY)
    page.line((MARGIN, PAGE_WIDTH - MARGIN), (y, y), color=RULE, linewidth=0.35)
    same = len({chance.reason for chance in row.chances}) == 1
    for place, (chance, scale) in enumerate(zip(row.chances, scales, strict=True)):
        if chance.probability is not None:
            _draw_bar(page, chance, scale, (middle, layout.panels[place][1]), f"{index}:{place}")
        elif place == 0 or not same:
            assert chance.reason is not None
            white = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
            room = PAGE_WIDTH - MARGIN - scale.left if same else layout.panels[place][1] - scale.left
            reason = page.font.wrap(chance.reason.pick(page.lang), TINY, room - 3.0)
            page.text(scale.left + 2.0, middle, reason, TINY, color=GREY, bbox=white, gid=f"reason:{index}:{place}")


def _draw_bar(page: Page, chance: Chance, scale: Scale, at: tuple[float, float], gid: str) -> None:
    y, right = at
    assert chance.probability is not None
    end = scale.x(drawn_probability(chance.probability))
    page.box(scale.left, y - BAR / 2, end - scale.left, BAR, facecolor=BAR_COLOUR, gid=f"bar:{gid}")
    if chance.low is not None and chance.high is not None:
        low, high = (scale.x(drawn_probability(value)) for value in (chance.low, chance.high))
        page.whisker(low, high, y, WHISKER, gid=f"range:{gid}")
    words = range_words(chance, page.lang)
    x = scale.right + 4.0
    page.text(x, y, probability_words(chance.probability), TINY, gid=f"number:{gid}")
    if words and right - x > page.font.width(words, TINY) + page.font.width(">95%", TINY) + 2.0:
        page.text(right, y, words, TINY, ha="right", color=GREY)


def chances_caption(data: ChancesData, lang: str = "zh") -> str:
    """The title below the figure."""
    one = data.scenarios[0].pick(lang) if len(data.scenarios) == 1 else ""
    if lang == "zh":
        return f"规划目标的达成概率与可能范围{f'（{one}）' if one else ''}"
    return f"Probability of each target and the range it may lie in{f' ({one})' if one else ''}"
