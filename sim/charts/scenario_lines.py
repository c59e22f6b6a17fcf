"""Lines of one indicator: what is published solid, then one dashed line a scenario, named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.charts.fonts import ChartFont, find_font
from sim.charts.labels import spread
from sim.charts.native import NativeChart, Series
from sim.charts.palette import MARKERS, SCENARIOS
from sim.charts.sheet import (
    LEGEND_ROW,
    MARGIN,
    REPORTED,
    Entry,
    Sheet,
    blank_sheet,
    draw_legend,
    fitted,
    foot_height,
    foot_text,
    unit_line,
)
from sim.charts.style import GREY, INK, LINE, PAGE_WIDTH, RULE, TINY, UNIT, drawing_style, number
from sim.charts.yearly import ABOVE, Place, Point, beside_line, require, require_points, require_years
from sim.language import Text

PLOT, YEARS, HEAD = 168.0, 16.0, 6.0  # points
NAMES = 118.0  # room for the names at the right
RANKS = (Text("高方案", "high"), Text("中方案", "middle"), Text("低方案", "low"))


@dataclass(frozen=True, slots=True)
class _Scale:
    """From a value to points."""

    low: float
    high: float
    floor: float
    plot: float

    def y(self, value: float) -> float:
        """Height on the page."""
        return self.floor + (value - self.low) / (self.high - self.low) * self.plot


@dataclass(frozen=True, slots=True)
class Line:
    """One scenario by year; years without a projection of it have None."""

    name: Text
    values: tuple[float | None, ...]
    last_text: str


@dataclass(frozen=True, slots=True)
class LinesData:
    """Published values and scenarios by year. `opening`: where the lines start, for years before all projections."""

    indicator: Text
    unit: Text
    years: tuple[int, ...]
    published: tuple[Point, ...]
    scenarios: tuple[Line, ...]
    source: Text
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        """Raise ChartError for rows of unequal length, years out of order or no scenario with a value."""
        require_years(self.indicator, self.years)
        lines = [[Point(value, "", False) for value in line.values] for line in self.scenarios]
        require(self.indicator, bool(lines), Text("没有情景", "no scenario"))
        require_points(self.indicator, len(self.years), [self.published, *lines])
        some = all(any(point.known for point in line) for line in lines)
        require(self.indicator, some, Text("有情景没有推算值", "a scenario has no value"))


def ranks(scenarios: Sequence[Sequence[float | None]]) -> tuple[int, ...] | None:
    """Places 0 (high) to 2 (low) of exactly three scenarios whose order is the same in every year; else None."""
    if len(scenarios) != len(RANKS):
        return None
    order: list[int] | None = None
    for values in zip(*scenarios, strict=True):
        known = [value for value in values if value is not None]
        if not known:
            continue
        if len(set(known)) < len(RANKS):
            return None
        found = sorted(range(len(RANKS)), key=lambda place: -(values[place] or 0.0))
        if order not in (None, found):
            return None
        order = found
    return None if order is None else tuple(order.index(place) for place in range(len(RANKS)))


def ranked_name(rank: int | None, name: Text) -> Text:
    """高方案（规划目标情景）; the name alone where scenarios have no ranks."""
    if rank is None:
        return name
    return Text(f"{RANKS[rank].zh}（{name.zh}）", f"{RANKS[rank].en} ({name.en})")


def lines_chart(data: LinesData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    foot = foot_text(chosen, [note.pick(lang) for note in data.notes], data.source.pick(lang), lang)
    labels = [fitted(chosen, f"{line.name.pick(lang)} {line.last_text}", NAMES, 2, TINY) for line in data.scenarios]
    plot = max(PLOT, max(map(_label_height, labels)) * len(labels) + 10.0)
    floor = foot_height(foot) + YEARS
    height = floor + plot + 8.0 + LEGEND_ROW + HEAD
    with drawing_style():
        sheet = blank_sheet(chosen, height, "scenario_lines")
        entries = [Entry(REPORTED.pick(lang), INK, "line", "o"), Entry(_projected(lang), INK, "dashed")]
        draw_legend(sheet, entries, height - HEAD, PAGE_WIDTH * 0.7)
        unit_line(sheet, UNIT.pick(lang) + data.unit.pick(lang), height - HEAD)
        _plot(sheet, data, labels, floor, plot, lang)
        sheet.foot(foot)
    return sheet.figure


def _projected(lang: str) -> str:
    return Text("推算（各情景一线）", "projected (a line for each scenario)").pick(lang)


def _label_height(label: tuple[str, float]) -> float:
    return LINE * label[1] * (label[0].count("\n") + 1) + 2.0


def _plot(
    sheet: Sheet, data: LinesData, labels: Sequence[tuple[str, float]], floor: float, plot: float, lang: str
) -> None:
    """Grid, years, the published line and the lines of the scenarios."""
    ticks, decimals = _ticks(data)
    shown = [number(tick, decimals, "zh") for tick in ticks]  # no commas, as in the numbers beside the line
    left = MARGIN + max(sheet.font.width(text, TINY) for text in shown) + 6.0
    right = PAGE_WIDTH - MARGIN - NAMES - 14.0
    scale = _Scale(ticks[0], ticks[-1], floor, plot)
    for tick, text in zip(ticks, shown, strict=True):
        heavy = tick in (ticks[0], 0.0)
        sheet.line([left, right + 4.0], [scale.y(tick)] * 2, RULE, 0.8 if heavy else 0.5, order=0.5)
        sheet.text(left - 4.0, scale.y(tick), text, TINY, "right", GREY)
    first = data.published[0]
    inset = max(8.0, sheet.font.width(first.text, TINY) + 5.0 if first.known else 0.0)
    step = (right - left - inset - 4.0) / max(len(data.years) - 1, 1)
    xs = [left + inset + index * step for index in range(len(data.years))]
    _years(sheet, data.years, xs, floor - YEARS / 2, lang)
    _scenarios(sheet, data, labels, xs, scale)
    _published(sheet, data, xs, scale)


def _years(sheet: Sheet, years: Sequence[int], xs: Sequence[float], y: float, lang: str) -> None:
    """Years at an even pitch counted back from the last one, as close as their labels allow."""
    texts = [f"{year}年" if lang == "zh" else str(year) for year in years]
    room = sheet.font.width(texts[0], TINY) + 4.0
    step = xs[1] - xs[0] if len(xs) > 1 else room
    every = next(pitch for pitch in (1, 2, 3, 5, 10, 50) if pitch * step >= room or pitch == 50)
    for back, (x, text) in enumerate(zip(reversed(xs), reversed(texts), strict=True)):
        if back % every == 0:
            sheet.text(x, y, text, TINY, "center")


def _published(sheet: Sheet, data: LinesData, xs: Sequence[float], scale: _Scale) -> None:
    """The solid line with its numbers above; a gap where a year has no figure."""
    known = [index for index, point in enumerate(data.published) if point.known]
    taken = (0.0, 0.0)  # right end and height of the last number above the line
    at = _spots(data, xs, scale)
    for one, two in pairwise(known):
        if two == one + 1:
            ends = [scale.y(data.published[index].height) for index in (one, two)]
            sheet.line([xs[one], xs[two]], ends, INK, 1.6, order=3.5)
    for index in known:
        point = data.published[index]
        sheet.marker(xs[index], scale.y(point.height), INK, gid=f"published:{data.years[index]}")
        width = sheet.font.width(point.text, TINY)
        x, y, align = beside_line(at, index, width / 2)
        left = xs[index] + x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        height = scale.y(point.height) + y
        if left < taken[0] + 2.0 and abs(height - taken[1]) < TINY * LINE:  # would run into the number before it
            x, y, align = 0.0, -ABOVE - 0.5, "center"
        else:
            taken = (left + width, height)
        sheet.text(xs[index] + x, scale.y(point.height) + y, point.text, TINY, align)


def _spots(data: LinesData, xs: Sequence[float], scale: _Scale) -> list[Place | None]:
    """Points of the published line and, after its last one, the highest scenario: numbers keep clear of both."""
    at: list[Place | None] = [
        (x, scale.y(point.height)) if point.known else None for x, point in zip(xs, data.published, strict=True)
    ]
    after = 1 + max((index for index, spot in enumerate(at) if spot is not None), default=-1)
    if after < len(xs):
        opened = [value for line in data.scenarios if (value := line.values[after]) is not None]
        at[after] = (xs[after], scale.y(max(opened))) if opened else None
    return at


def _scenarios(
    sheet: Sheet, data: LinesData, labels: Sequence[tuple[str, float]], xs: Sequence[float], scale: _Scale
) -> None:
    """A dashed line for each scenario from the last published value on, and its name at the right."""
    ends = []
    for place, line in enumerate(data.scenarios):
        known = [(index, value) for index, value in enumerate(line.values) if value is not None]
        opening = [
            (index, point.height) for index, point in enumerate(data.published) if point.known and index < known[0][0]
        ][-1:]
        drawn = [*opening, *known] if opening and opening[0][0] == known[0][0] - 1 else known
        colour, marker = SCENARIOS[place % len(SCENARIOS)], MARKERS[place % len(MARKERS)]
        heights = [scale.y(value) for _, value in drawn]
        sheet.line([xs[index] for index, _ in drawn], heights, colour, 1.3, True, gid=f"scenario:{place}")
        sheet.marker(xs[known[-1][0]], heights[-1], colour, marker, gid=f"end:{place}")
        ends.append((heights[-1], xs[known[-1][0]], place))
    _names(sheet, labels, sorted(ends, key=lambda end: (-end[0], end[2])), scale)


def _names(
    sheet: Sheet, labels: Sequence[tuple[str, float]], ends: Sequence[tuple[float, float, int]], scale: _Scale
) -> None:
    """Names beside the ends of the lines, moved apart where these come close, with a leader to each."""
    gap = max(_label_height(label) for label in labels)
    low, high = scale.floor + gap / 2, scale.floor + scale.plot - gap / 2
    placed = spread([height for height, _, _ in ends], gap, low, high)
    left = PAGE_WIDTH - MARGIN - NAMES
    for (height, x, place), y in zip(ends, placed, strict=True):
        text, size = labels[place]
        colour = SCENARIOS[place % len(SCENARIOS)]
        sheet.line([x + 4.0, left - 5.0, left - 1.0], [height, y, y], colour, 0.5)
        sheet.text(left + 1.0, y, text, size, colour=INK, gid=f"name:{place}")


def _ticks(data: LinesData) -> tuple[list[float], int]:
    """Round values around everything drawn, and their decimals; zero only where it is near."""
    values = [point.height for point in data.published if point.known]
    values += [value for line in data.scenarios for value in line.values if value is not None]
    low, high = min(values), max(values)
    room = (high - low) * 0.06 or max(abs(high), 1.0) * 0.05
    ticks = [
        float(tick) for tick in MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]).tick_values(low - room, high + room)
    ]
    if low >= 0.0:
        ticks = [tick for tick in ticks if tick >= 0.0]
    step = ticks[1] - ticks[0]
    return ticks, next((d for d in range(6) if abs(round(step, d) - step) < 1e-9 * abs(step)), 6)


def native(data: LinesData, lang: str = "zh") -> NativeChart:
    """The same chart for office programs; a scenario's line opens at the last published value."""
    categories = tuple(f"{year}年" if lang == "zh" else str(year) for year in data.years)
    published = tuple(point.value for point in data.published)
    series = [Series(REPORTED.pick(lang), published, INK, "line", labels=True)] if any(published) else []
    for place, line in enumerate(data.scenarios):
        first = next(index for index, value in enumerate(line.values) if value is not None)
        opening = published[first - 1] if first else None
        values = tuple(opening if index == first - 1 else value for index, value in enumerate(line.values))
        colour = SCENARIOS[place % len(SCENARIOS)]
        series.append(Series(line.name.pick(lang), values, colour, "line", dashed_from=first))
    return NativeChart(data.indicator.pick(lang), categories, tuple(series), data.unit.pick(lang))
