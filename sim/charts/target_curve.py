"""Target-setting curve: how likely each value of an indicator is reached, with the suggestion and superior targets.

The curve falls where more is better. Marks stand on it at the probabilities that are computed with their range.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from matplotlib.figure import Figure

from sim.charts.fonts import ChartError, ChartFont, find_font
from sim.charts.labels import Box, Obstacle, clear_place
from sim.charts.page import INNER, MARGIN, TICK_ROOM, Page, Scale, blank_page, round_ticks, with_unit
from sim.charts.style import (
    GREY,
    INK,
    PAGE_WIDTH,
    RULE,
    SIZE,
    SMALL,
    TINY,
    block_height,
    drawing_style,
    footer,
    number,
    probability_words,
)
from sim.language import Text

CURVE, SUGGESTED, OTHER = "#17507a", "#a63a12", "#5a5a5a"
HEIGHT, DROP = 172.0, 8.0  # points
PROBABILITY = Text("达到的概率", "Probability of reaching it")
SUGGESTION = Text("建议值", "Suggested")
EXPLAINED = Text(
    "概率取整到5个百分点；竖线为换用其他说得通的先验并计入模型误差时的可能范围",
    "probabilities are rounded to 5 points; upright lines show the range over defensible priors and model error",
)


@dataclass(frozen=True, slots=True)
class Reached:
    """A value reached with a probability, in 0-1, and the range of that probability."""

    value: float
    probability: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ValueMark:
    """A value to compare with: of a superior, the last published, the previous plan."""

    label: Text
    value: float


@dataclass(frozen=True, slots=True)
class CurveData:
    """curve : (value, probability) along the whole curve; points : with their ranges; suggested : with its wording."""

    indicator: Text
    unit: Text
    year: int
    span: Text  # e.g. 2026—2030年年均, empty for the year itself
    curve: tuple[tuple[float, float], ...]
    points: tuple[Reached, ...]
    suggested: Reached | None
    wording: Text
    marks: tuple[ValueMark, ...]
    decimals: int
    source: Text
    notes: Text = field(default=Text("", ""))

    def __post_init__(self) -> None:
        """Raise ChartError for a curve that is none."""
        chances = [chance for _, chance in self.curve]
        rising, falling = sorted(chances), sorted(chances, reverse=True)
        ordered = [value for value, _ in self.curve] == sorted(value for value, _ in self.curve)
        if len(self.curve) < 2 or not ordered or chances not in (rising, falling):
            raise ChartError(Text("目标值曲线不单调。", "the curve is not monotone."))

    def chance(self, value: float) -> float:
        """Probability on the curve at a value, that of its ends beyond them."""
        values, chances = zip(*self.curve, strict=True)
        return float(np.interp(value, values, chances))


def target_curve_caption(data: CurveData, lang: str = "zh") -> str:
    """The title below the figure, with the suggested value and its probability."""
    name, span = data.indicator.pick(lang), data.span.pick(lang)
    if lang == "zh":
        said = f"{name}目标值与达到的概率（{span or f'{data.year}年'}）"
        return said + (f"：建议“{data.wording.zh}”，{_chance_words(data.suggested, 'zh')}" if data.suggested else "")
    said = f"{name}: values and the probability of reaching them ({span or data.year})"
    return said + (f"; suggested {data.wording.en}, {_chance_words(data.suggested, 'en')}" if data.suggested else "")


def _chance_words(point: Reached, lang: str) -> str:
    """概率约70%（50%～90%）."""
    chance = probability_words(point.probability)
    about = "" if chance[0] in "<>" else Text("约", "about ").pick(lang)
    said = Text("概率", "probability ").pick(lang) + about + chance
    if point.low is None or point.high is None:
        return said
    low, high = probability_words(point.low), probability_words(point.high)
    return f"{said}（{low}～{high}）" if lang == "zh" else f"{said} ({low} to {high})"


def target_curve_chart(data: CurveData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    notes = ("；" if lang == "zh" else "; ").join(filter(None, (EXPLAINED.pick(lang), data.notes.pick(lang))))
    foot = footer(chosen, data.source.pick(lang), notes, lang, INNER)
    bottom = MARGIN + block_height(foot, TINY) + 8.0 + TICK_ROOM + DROP + block_height("x", SMALL)
    name = data.indicator.pick(lang) + (f"，{data.span.zh}" if lang == "zh" else f", {data.span.en}") * bool(
        data.span.zh
    )
    title = chosen.wrap(name if data.span.zh else with_unit(name, data.unit.pick(lang), lang), SIZE, INNER)
    top = bottom + HEIGHT
    with drawing_style():
        page = blank_page(
            top + 8.0 + block_height(title, SIZE) + block_height("x", SMALL) + MARGIN, chosen, lang, "curve"
        )
        left = MARGIN + chosen.width("100%", SMALL) + 6.0
        ticks, decimals = _ticks(data)
        scale = Scale(ticks[0], ticks[-1], left, PAGE_WIDTH - MARGIN - 12.0)
        scale.draw(page, bottom, top, {tick: number(tick, decimals, lang) for tick in ticks}, DROP)
        for chance in (0.0, 0.25, 0.5, 0.75, 1.0):
            y = bottom + chance * HEIGHT
            page.line((left, scale.right), (y, y), color=RULE if chance else GREY, linewidth=0.35 if chance else 0.6)
            page.text(left - 4.0, y, f"{round(100 * chance)}%", SMALL, ha="right")
        below = with_unit(Text("目标值", "Target value").pick(lang), data.unit.pick(lang), lang)
        page.text(scale.right, bottom - TICK_ROOM - DROP, below, SMALL, "top", ha="right", color=GREY)
        page.text(MARGIN, top + 6.0, PROBABILITY.pick(lang), SMALL, "bottom", color=GREY)
        page.text(MARGIN, top + 6.0 + block_height("x", SMALL), title, SIZE, "bottom")
        _draw_curve(page, data, scale, bottom)
        _draw_labels(page, data, scale, bottom)
        page.text(MARGIN, MARGIN, foot, TINY, "bottom", color=GREY)
    return page.figure


def _ticks(data: CurveData) -> tuple[list[float], int]:
    """The part of the curve between 2 and 98 %, and every mark."""
    shown = [value for value, chance in data.curve if 0.02 <= chance <= 0.98] or [value for value, _ in data.curve]
    marks = [mark.value for mark in data.marks] + [point.value for point in data.points]
    marks += [data.suggested.value] if data.suggested else []
    values = [*shown, *marks]
    room = (max(values) - min(values)) * 0.03 or max(abs(values[0]), 1.0) * 0.05
    return round_ticks(min(values) - room, max(values) + room, 7, 0.0 if min(values) >= 0.0 else None)


def _draw_curve(page: Page, data: CurveData, scale: Scale, bottom: float) -> None:
    inside = [pair for pair in data.curve if scale.low <= pair[0] <= scale.high]
    xs, ys = zip(*((scale.x(value), bottom + chance * HEIGHT) for value, chance in inside), strict=True)
    page.line(xs, ys, color=CURVE, linewidth=1.5, linestyle=(0, (4.5, 2.2)), gid="curve", zorder=2)
    for index, point in enumerate(data.points):
        x, y = scale.x(point.value), bottom + point.probability * HEIGHT
        _draw_range(page, point, x, bottom, CURVE)
        page.mark(x, y, "o", 4.0, CURVE, markeredgecolor="white", markeredgewidth=0.6, zorder=3, gid=f"point:{index}")
    if data.suggested:
        x, y = scale.x(data.suggested.value), bottom + data.suggested.probability * HEIGHT
        _draw_range(page, data.suggested, x, bottom, SUGGESTED)
        page.line((x, x), (bottom, y), color=SUGGESTED, linewidth=0.9, linestyle=(0, (1, 1.5)))
        page.mark(x, y, "D", 6.0, SUGGESTED, markeredgecolor="white", markeredgewidth=0.7, zorder=4, gid="suggested")


def _draw_range(page: Page, point: Reached, x: float, bottom: float, colour: str) -> None:
    if point.low is None or point.high is None:
        return
    ys = (bottom + point.low * HEIGHT, bottom + point.high * HEIGHT)
    page.line((x, x), ys, color=colour, linewidth=0.9, zorder=2)
    for y in ys:
        page.line((x - 2.2, x + 2.2), (y, y), color=colour, linewidth=0.9, zorder=2)


def _draw_labels(page: Page, data: CurveData, scale: Scale, bottom: float) -> None:
    """The suggestion, the points and the marks, each clear of the curve and of the others."""
    taken: list[Box] = []
    drawn = _obstacles(data, scale, bottom)
    wanted: list[tuple[str, float, float, str]] = []
    if data.suggested:
        words = Text(
            f"{SUGGESTION.zh} {data.wording.zh}\n{_chance_words(data.suggested, 'zh')}",
            f"{SUGGESTION.en} {data.wording.en}\n{_chance_words(data.suggested, 'en')}",
        )
        y = bottom + data.suggested.probability * HEIGHT
        wanted.append((words.pick(page.lang), scale.x(data.suggested.value), y, SUGGESTED))
    for mark in data.marks:
        x = scale.x(mark.value)
        page.line((x, x), (bottom, bottom + HEIGHT), color=OTHER, linewidth=0.8, linestyle=(0, (7, 2, 1.5, 2)))
        wanted.append((mark.label.pick(page.lang), x, bottom + 0.97 * HEIGHT, OTHER))
    for point in data.points:
        text = f"{number(point.value, data.decimals, page.lang)}：{probability_words(point.probability)}"
        text = text if page.lang == "zh" else text.replace("：", ": ")
        wanted.append((text, scale.x(point.value), bottom + point.probability * HEIGHT, INK))
    frame = (scale.left + 3.0, bottom + 3.0, scale.right - 1.0, bottom + HEIGHT - 1.0)
    for said, x, y, colour in wanted:
        text = page.font.wrap(said, SMALL, 0.5 * (scale.right - scale.left))
        size = (page.font.width(text, SMALL), block_height(text, SMALL) - 2.0)
        box = clear_place((x - 4, y - 4, x + 4, y + 4), size, frame, drawn, taken)
        taken.append(box)
        _lead(page, x, y, box, colour)
        white = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        page.text(box[0], (box[1] + box[3]) / 2, text, SMALL, color=colour, bbox=white, gid="label", zorder=5)


def _lead(page: Page, x: float, y: float, box: Box, colour: str) -> None:
    """A thin line from a point to its label where that could not stand beside it."""
    near = (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))
    if math.hypot(near[0] - x, near[1] - y) > 14.0:
        page.line((x, near[0]), (y, near[1]), color=colour, linewidth=0.5, zorder=2.5)


def _obstacles(data: CurveData, scale: Scale, bottom: float) -> list[Obstacle]:
    """The curve, the ranges and the upright lines of marks, as stretches that labels keep clear of."""
    found = []
    for x in np.linspace(scale.left, scale.right, 120):
        value = scale.low + (x - scale.left) / (scale.right - scale.left) * (scale.high - scale.low)
        if data.curve[0][0] <= value <= data.curve[-1][0]:
            y = bottom + data.chance(value) * HEIGHT
            found.append(Obstacle(float(x), y - 3.0, y + 3.0))
    for point in [*data.points, *([data.suggested] if data.suggested else [])]:
        if point.low is not None and point.high is not None:
            low, high = bottom + point.low * HEIGHT, bottom + point.high * HEIGHT
            found.append(Obstacle(scale.x(point.value), low - 2.0, high + 2.0))
    if data.suggested:
        found.append(Obstacle(scale.x(data.suggested.value), bottom, bottom + data.suggested.probability * HEIGHT))
    return found + [Obstacle(scale.x(mark.value), bottom, bottom + HEIGHT) for mark in data.marks]
