"""Where a target fails (PRIM): the conditions found, and how often it fails within them, outside and over all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from matplotlib.figure import Figure

from sim.charts.fonts import ChartError, ChartFont, find_font
from sim.charts.page import INNER, MARGIN, TICK_ROOM, Page, Scale, blank_page
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

INSIDE, OUTSIDE, WHISKER = "#a63a12", "#b7c4cf", "#1a1a1a"
NAMES, BAR, PAD = 150.0, 9.0, 5.0
CONDITIONS = Text("条件（须同时成立）", "Conditions (all of them)")
FAILS = Text("落空的频率", "How often it is missed")
WITHIN, WITHOUT, ELSEWHERE = (
    Text("条件都成立时", "All conditions hold"),
    Text("不限定时", "Without conditions"),
    Text("其余情形", "Otherwise"),
)
TICKS = {0.0: "0", 0.5: "50%", 1.0: "100%"}
SCHEMATIC = Text(
    "没有取值范围的条件只示意方向，不按比例",
    "conditions without a span show the direction only, not to scale",
)
SPAN = Text("浅色为该项的第10—90百分位", "pale: from p10 to p90 of the input")


@dataclass(frozen=True, slots=True)
class Restriction:
    """A condition on one input: text as in the sentence; low, high : its bounds, None where open.

    span : p10 and p90 of the input where the results hold them.
    """

    label: Text
    text: Text
    unit: Text
    low: float | None
    high: float | None
    span: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class BoxData:
    """Shares in 0-1: missed within the conditions, over all, otherwise, with their errors; coverage of all misses."""

    target: Text
    year: int
    restrictions: tuple[Restriction, ...]
    density: tuple[float, float]
    base: tuple[float, float]
    elsewhere: tuple[float, float]
    coverage: float
    sentence: Text
    source: Text
    notes: Text = field(default=Text("", ""))

    def __post_init__(self) -> None:
        """Raise ChartError without a condition, or for one without bounds."""
        if not self.restrictions or any(r.low is None and r.high is None for r in self.restrictions):
            raise ChartError(Text("没有找到落空的条件。", "no conditions were found."))


def box_caption(data: BoxData, lang: str = "zh") -> str:
    """The title below the figure: what was found, in a sentence."""
    if lang == "zh":
        return f"“{data.target.zh}”（{data.year}年）在什么情形下落空：{data.sentence.zh}"
    return f"Where {data.target.en} ({data.year}) is missed: {data.sentence.en}"


def box_chart(data: BoxData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    foot = footer(chosen, data.source.pick(lang), _notes(data, lang), lang, INNER)
    names = [chosen.wrap_evenly(r.label.pick(lang), SMALL, NAMES - 8.0) for r in data.restrictions]
    heights = [max(block_height(name, SMALL), 2 * BAR + 2 * TINY) + 2 * PAD for name in names]
    line = block_height("x", SMALL)
    below = MARGIN + block_height(foot, TINY) + 8.0 + TICK_ROOM
    rates = 3 * (BAR + 2 * PAD)
    title = chosen.wrap(_title(data, lang), SIZE, INNER)
    height = below + rates + line + 12.0 + sum(heights) + line + 8.0 + block_height(title, SIZE) + MARGIN
    with drawing_style():
        page = blank_page(height, chosen, lang, "box")
        page.text(MARGIN, height - MARGIN, title, SIZE, "top")
        _draw_rates(page, data, below, rates)
        y = below + rates + line + 12.0 + sum(heights)
        _heading(page, CONDITIONS.pick(lang), y)
        for index, (name, row) in enumerate(zip(names, heights, strict=True)):
            y -= row
            _draw_restriction(page, data.restrictions[index], name, (y, row), index)
        page.text(MARGIN, MARGIN, foot, TINY, "bottom", color=GREY)
    return page.figure


def _title(data: BoxData, lang: str) -> str:
    if lang == "zh":
        return f"{data.target.zh}（{data.year}年）：落空的情形"
    return f"{data.target.en} ({data.year}): where it is missed"


def _notes(data: BoxData, lang: str) -> str:
    said = [data.notes.pick(lang)]
    spans = [restriction.span for restriction in data.restrictions]
    if any(span is not None for span in spans):
        said.append(SPAN.pick(lang))
    if any(span is None for span in spans):
        said.append(SCHEMATIC.pick(lang))
    covered = probability_words(data.coverage)
    said.append(Text("横线为两倍抽样标准误", "lines: two sampling errors").pick(lang))
    said.append(
        Text(f"这组条件覆盖全部落空情形的{covered}", f"the conditions cover {covered} of all misses").pick(lang)
    )
    return ("；" if lang == "zh" else "; ").join(filter(None, said))


def _heading(page: Page, words: str, y: float) -> None:
    page.text(MARGIN, y + 2.0, words, SMALL, "bottom", color=GREY)
    page.line((MARGIN, PAGE_WIDTH - MARGIN), (y, y), color=INK, linewidth=0.7)


def _draw_rates(page: Page, data: BoxData, bottom: float, height: float) -> None:
    """Three bars: within the conditions, over all, otherwise, with a line of two standard errors to each side."""
    scale = Scale(0.0, 1.0, MARGIN + NAMES, PAGE_WIDTH - MARGIN - 40.0)
    scale.draw(page, bottom, bottom + height, TICKS)
    _heading(page, FAILS.pick(page.lang), bottom + height)
    rows = ((WITHIN, data.density, INSIDE), (WITHOUT, data.base, OUTSIDE), (ELSEWHERE, data.elsewhere, OUTSIDE))
    pitch = height / len(rows)
    for index, (words, (share, error), colour) in enumerate(rows):
        y = bottom + height - (index + 0.5) * pitch
        page.text(MARGIN, y, words.pick(page.lang), SMALL)
        page.box(scale.left, y - BAR / 2, scale.x(share) - scale.left, BAR, facecolor=colour, gid=f"rate:{index}")
        low, high = max(share - 2 * error, 0.0), min(share + 2 * error, 1.0)
        page.whisker(scale.x(low), scale.x(high), y, WHISKER)
        page.text(PAGE_WIDTH - MARGIN, y, probability_words(share), SMALL, ha="right", gid=f"share:{index}")


def _range_of(restriction: Restriction) -> tuple[float, float]:
    """Ends of the track: what is known of the input, with room beyond it; else the bound in the middle."""
    bounds = [bound for bound in (restriction.low, restriction.high) if bound is not None]
    known = [*bounds, *(restriction.span or ())]
    width = max(known) - min(known) or max(abs(bounds[0]), 1.0)
    return min(known) - 0.35 * width, max(known) + 0.35 * width


def _draw_restriction(page: Page, restriction: Restriction, name: str, place: tuple[float, float], index: int) -> None:
    y, height = place
    low, high = _range_of(restriction)
    scale = Scale(low, high, MARGIN + NAMES, PAGE_WIDTH - MARGIN - 8.0)
    middle = y + height / 2
    page.text(MARGIN, y + height / 2, name, SMALL, gid=f"condition:{index}")
    page.line((MARGIN, PAGE_WIDTH - MARGIN), (y, y), color=RULE, linewidth=0.35)
    page.line((scale.left, scale.right), (middle, middle), color=RULE, linewidth=1.0)
    if restriction.span is not None:
        left, right = (scale.x(value) for value in restriction.span)
        page.box(left, middle - BAR / 2, right - left, BAR, facecolor=OUTSIDE, gid=f"span:{index}")
        for value, x in zip(restriction.span, (left, right), strict=True):
            page.text(x, middle - BAR / 2 - 1.5, number(value, 1, page.lang), TINY, "top", ha="center", color=GREY)
    _draw_bounds(page, restriction, scale, middle, index)


def _draw_bounds(page: Page, restriction: Restriction, scale: Scale, middle: float, index: int) -> None:
    """The side on which the target fails, thick; an arrow head where it goes on."""
    left = scale.left if restriction.low is None else scale.x(restriction.low)
    right = scale.right if restriction.high is None else scale.x(restriction.high)
    page.box(left, middle - BAR / 4, right - left, BAR / 2, facecolor=INSIDE, zorder=2, gid=f"inside:{index}")
    if restriction.low is None:
        page.mark(scale.left, middle, "<", 6.0, INSIDE)
    if restriction.high is None:
        page.mark(scale.right, middle, ">", 6.0, INSIDE)
    for bound in (restriction.low, restriction.high):
        if bound is not None:
            x = scale.x(bound)
            page.line((x, x), (middle - BAR / 2 - 1.5, middle + BAR / 2 + 1.5), color=INK, linewidth=1.0, zorder=3)
    inner = [bound for bound in (restriction.low, restriction.high) if bound is not None]
    options: dict[str, Any] = {"ha": "center", "gid": f"bound:{index}"}
    x = scale.x(sum(inner) / len(inner))
    words = _bound_words(restriction, page.lang)
    half = page.font.width(words, SMALL) / 2
    x = min(max(x, scale.left + half), scale.right - half)
    page.text(x, middle + BAR / 2 + 2.0, words, SMALL, "bottom", **options)


def _bound_words(restriction: Restriction, lang: str) -> str:
    """低于5.3%, 0.5年至2年, 不低于3%: as in the sentence, without the name."""
    text, label = restriction.text.pick(lang), restriction.label.pick(lang)
    return text.replace(label, "", 1).strip(' “”"') or text
