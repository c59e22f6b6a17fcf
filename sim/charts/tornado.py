"""Tornado: how far the probability of a target moves as one input goes from a low to a high value.

Bars by a step of the catalogue stand apart: their ends are no percentiles and rank with nothing above them. What cannot
be told from chance is grey and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matplotlib.figure import Figure

from sim.charts.fonts import ChartError, ChartFont, find_font
from sim.charts.page import INNER, MARGIN, TICK_ROOM, Page, Scale, blank_page, round_ticks
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
    number,
    probability_words,
)
from sim.language import Text

LOW_COLOUR, HIGH_COLOUR, NOISE = "#e0b981", "#17507a", "#c9c9c9"
NAMES, NUMBER, BAR, PAD = 158.0, 34.0, 10.0, 3.0  # points
INDISTINGUISHABLE = Text("不可区分", "indistinguishable")
LOW_VALUE, HIGH_VALUE = Text("取低值", "low value"), Text("取高值", "high value")
STEPS = Text(
    "没有历史记录的杠杆：减、加一步（不与上面比大小）",
    "Levers without a history: minus and plus one step (not to be ranked with the above)",
)


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """An input: what it is, the values it takes, change of the probability at each in points.

    step : its values are a step of the catalogue, not percentiles.
    """

    label: Text
    values: Text
    low: float
    high: float
    distinguishable: bool = True
    step: bool = False


@dataclass(frozen=True, slots=True)
class TornadoData:
    """Bars in the order drawn, those by a step last; `probability` is what the changes start from."""

    target: Text
    year: int
    probability: float
    bars: tuple[TornadoBar, ...]
    source: Text
    notes: Text = field(default=Text("", ""))

    def __post_init__(self) -> None:
        """Raise ChartError without bars."""
        if not self.bars:
            raise ChartError(Text("没有一项输入改变这一概率。", "no input moves this probability."))


@dataclass(frozen=True, slots=True)
class _Row:
    bar: TornadoBar | None  # None: the heading of those by a step
    name: str
    values: str
    height: float


def points_text(change: float, lang: str) -> str:
    """A change of a probability in whole points, with its sign."""
    if 0.0 < abs(change) < 0.5:
        return "<1"
    text = number(change, 0, lang)
    return text if text in ("0", "−0") or text.startswith("−") else f"+{text}"


def tornado_caption(data: TornadoData, lang: str = "zh") -> str:
    """The title below the figure."""
    chance = probability_words(data.probability)
    if lang == "zh":
        return f"{data.year}年“{data.target.zh}”达成概率（{chance}）对各项输入的敏感程度"
    return f"What moves the probability ({chance}) of {data.target.en} in {data.year}"


def tornado_chart(data: TornadoData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    rows = _rows(data, lang, chosen)
    foot = footer(chosen, data.source.pick(lang), _notes(data, lang), lang, INNER)
    below = MARGIN + block_height(foot, TINY) + 5.0 + TICK_ROOM
    top = below + sum(row.height for row in rows)
    chance = probability_words(data.probability)
    head = Text(f"达成概率的变动（百分点），起点为{chance}", f"Change of the probability (points) from {chance}").pick(
        lang
    )
    with drawing_style():
        page = blank_page(top + 2 * block_height("x", SMALL) + 6.0 + MARGIN, chosen, lang, "tornado")
        ticks, decimals = _ticks(data)
        scale = Scale(ticks[0], ticks[-1], MARGIN + NAMES, PAGE_WIDTH - MARGIN - 2 * NUMBER - 4.0)
        scale.draw(page, below, top, {tick: number(tick, decimals, lang) for tick in ticks})
        page.text(MARGIN, top + 4.0 + block_height("x", SMALL), head, SMALL, "bottom")
        _draw_key(page, scale, top + 2.0)
        y = top
        for index, row in enumerate(rows):
            y -= row.height
            _draw_row(page, row, y, scale, index)
        page.line((scale.x(0.0),) * 2, (below, top), color=INK, linewidth=0.7)
        page.line((MARGIN, PAGE_WIDTH - MARGIN), (top, top), color=INK, linewidth=0.7)
        page.line((MARGIN, PAGE_WIDTH - MARGIN), (below, below), color=INK, linewidth=0.7)
        page.text(MARGIN, MARGIN, foot, TINY, "bottom", color=GREY)
    return page.figure


def _ticks(data: TornadoData) -> tuple[list[float], int]:
    ends = [end for bar in data.bars for end in (bar.low, bar.high, 0.0)]
    least = 1.0  # a chart of nothing but noise is not blown up to look like news
    return round_ticks(min(min(ends), -least), max(max(ends), least), 7)


def _notes(data: TornadoData, lang: str) -> str:
    said = [data.notes.pick(lang)]
    if any(not bar.distinguishable for bar in data.bars):
        said.append(Text("灰色为未超出抽样误差，不可区分", "grey: within sampling error, indistinguishable").pick(lang))
    return ("；" if lang == "zh" else "; ").join(filter(None, said))


def _rows(data: TornadoData, lang: str, font: ChartFont) -> list[_Row]:
    found: list[_Row] = []
    for bar in data.bars:
        if bar.step and not any(row.bar is None for row in found):
            text = font.wrap(STEPS.pick(lang), TINY, INNER)
            found.append(_Row(None, text, "", block_height(text, TINY) + 2 * PAD))
        name = font.wrap_evenly(bar.label.pick(lang), SMALL, NAMES - 8.0)
        values = font.wrap_evenly(bar.values.pick(lang), TINY, NAMES - 8.0) if bar.values.pick(lang) else ""
        height = max(block_height(name, SMALL) + block_height(values, TINY), BAR) + 2 * PAD
        found.append(_Row(bar, name, values, height))
    return found


def _draw_key(page: Page, scale: Scale, y: float) -> None:
    middle = y + block_height("x", SMALL) / 2
    x = scale.left
    for colour, words in ((LOW_COLOUR, LOW_VALUE), (HIGH_COLOUR, HIGH_VALUE)):
        page.box(x, middle - 3.5, 12.0, 7.0, facecolor=colour)
        page.text(x + 15.0, middle, words.pick(page.lang), SMALL, color=GREY)
        x += 15.0 + page.font.width(words.pick(page.lang), SMALL) + 14.0
    for place, words in enumerate((Text("低", "low"), Text("高", "high"))):
        right = PAGE_WIDTH - MARGIN - (1 - place) * NUMBER
        page.text(right, middle, words.pick(page.lang), SMALL, ha="right", color=GREY)


def _draw_row(page: Page, row: _Row, y: float, scale: Scale, index: int) -> None:
    top, middle = y + row.height - PAD, y + row.height / 2
    page.line((MARGIN, PAGE_WIDTH - MARGIN), (y, y), color=RULE, linewidth=0.35)
    if row.bar is None:
        white = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
        page.text(MARGIN, top, row.name, TINY, "top", color=GREY, bbox=white, gid="steps")
        return
    page.text(MARGIN, top, row.name, SMALL, "top", gid=f"name:{index}")
    page.text(MARGIN, top - block_height(row.name, SMALL), row.values, TINY, "top", color=GREY)
    _draw_bars(page, row.bar, middle, scale, index)
    right = PAGE_WIDTH - MARGIN
    if not row.bar.distinguishable:
        words = page.font.wrap(INDISTINGUISHABLE.pick(page.lang), TINY, 2 * NUMBER)
        page.text(right, middle, words, TINY, ha="right", color=GREY, gid=f"noise:{index}")
        return
    for place, change in enumerate((row.bar.low, row.bar.high)):
        text = points_text(change, page.lang)
        page.text(right - (1 - place) * NUMBER, middle, text, SMALL, ha="right", gid=f"number:{index}:{place}")


def _draw_bars(page: Page, bar: TornadoBar, middle: float, scale: Scale, index: int) -> None:
    """One bar to each side; two thinner ones above each other where both ends move it the same way."""
    colours: Sequence[str] = (LOW_COLOUR, HIGH_COLOUR) if bar.distinguishable else (NOISE, NOISE)
    same = bar.low * bar.high > 0.0
    height = BAR / 2 if same else BAR
    bottoms = (middle, middle - height) if same else (middle - BAR / 2,) * 2
    for change, colour, bottom, name in zip((bar.low, bar.high), colours, bottoms, ("low", "high"), strict=True):
        left, right = sorted((scale.x(0.0), scale.x(change)))
        page.box(left, bottom, right - left, height, facecolor=colour, gid=f"{name}:{index}")
