"""Fan chart of one indicator: what was reported, the projected median, three bands, and the targets.

Solid is reported, dashed is projected. The bands differ in lightness, the target in shape and ink, so that
the figure is read as well in grey.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts.fan_data import FanData, FanTarget, Values, target_label
from sim.charts.fan_layout import (
    AXES_HEIGHT,
    BANDS,
    MARGIN,
    MEDIAN_INK,
    PROJECTED,
    REPORTED,
    SWATCH,
    TARGET_INK,
    YEAR,
    Frame,
    end_labels,
    frame_of,
    obstacles,
    opening,
    value_ticks,
    year_ticks,
)
from sim.charts.fonts import ChartFont, find_font
from sim.charts.labels import Box, clear_place, spread
from sim.charts.style import (
    GREY,
    INK,
    LINE,
    PAGE_WIDTH,
    RULE,
    SIZE,
    SMALL,
    TINY,
    UNIT,
    blank_figure,
    block_height,
    drawing_style,
    footer,
    number,
    place_axes,
    write_block,
)
from sim.language import Text

LATER = Text("空心圆点为推算时未使用的已公布数", "hollow circles are reported figures not used by the projection")
ALONE = 0.12  # years to each side of a year whose neighbours have no values
BELOW_AXES = 30.0  # points for the years and the name of their axis
ABOVE_AXES = 6.0
MARK = 4.0  # points from the middle of a target's mark to what must stay clear of it


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every drawing step needs."""

    figure: Figure
    axes: Axes
    data: FanData
    lang: str
    font: ChartFont
    frame: Frame

    def write(self, x: float, y: float, text: str, anchor: str = "middle", **options: Any) -> None:
        write_block(self.figure, self.font, x, y, text, SMALL, anchor, **options)

    def line(self, x: list[float], y: list[float], **options: Any) -> None:
        """A line given in points on the page, drawn with the axes but not clipped by them."""
        across = [(value - self.frame.left) / self.frame.width for value in x]
        along = [(value - self.frame.bottom) / AXES_HEIGHT for value in y]
        settings: dict[str, Any] = {"clip_on": False, "gid": "page", "zorder": 2.5} | options
        self.axes.plot(across, along, transform=self.axes.transAxes, **settings)


def fan_chart(data: FanData, lang: str = "zh", font: ChartFont | None = None) -> Figure:
    """Figure 15.6 cm wide; raises ChartError for a character that the font lacks."""
    chosen = font or find_font()
    foot = footer(chosen, data.source.pick(lang), _notes(data, lang), lang, PAGE_WIDTH - 2 * MARGIN)
    unit = UNIT.pick(lang) + data.unit.pick(lang)
    room = PAGE_WIDTH - 3 * MARGIN - chosen.width(unit, SMALL) - 12.0
    name = chosen.wrap(data.indicator.pick(lang), SIZE, room)
    ticks, decimals = value_ticks(data)
    shown = [number(tick, decimals, lang) for tick in ticks]
    frame = frame_of(data, lang, chosen, MARGIN + block_height(foot, TINY) + BELOW_AXES, ticks, shown)
    top = frame.top + ABOVE_AXES
    with drawing_style():
        figure = blank_figure(PAGE_WIDTH, top + block_height(name, SIZE) + MARGIN)
        axes = place_axes(figure, frame.left, frame.bottom, frame.width, AXES_HEIGHT)
        sheet = _Sheet(figure, axes, data, lang, chosen, frame)
        _draw_axes(sheet, ticks, shown)
        _draw_projection(sheet)
        _draw_reported(sheet)
        _draw_ends(sheet)
        _draw_targets(sheet)
        write_block(figure, chosen, MARGIN, top, name, SIZE, "bottom", gid="indicator")
        sheet.write(PAGE_WIDTH - MARGIN, top, unit, "bottom", ha="right", gid="unit")
        write_block(figure, chosen, MARGIN, MARGIN, foot, TINY, "bottom", color=GREY, gid="foot")
    return figure


def _notes(data: FanData, lang: str) -> str:
    said = [LATER.pick(lang)] if data.later() else []
    said += [data.notes.pick(lang)] if data.notes.pick(lang) else []
    return ("；" if lang == "zh" else "; ").join(said)


def _draw_axes(sheet: _Sheet, ticks: list[float], shown: list[str]) -> None:
    axes, frame, letters = sheet.axes, sheet.frame, sheet.font.properties(SMALL)
    axes.set(xlim=(frame.first, frame.last), ylim=(frame.low, frame.high))
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set(color=GREY, linewidth=0.6)
    axes.grid(axis="y", color=RULE, linewidth=0.35)
    axes.set_axisbelow(True)
    axes.set_yticks(ticks, shown, fontproperties=letters, color=INK)
    years = year_ticks(frame, sheet.data, sheet.font)
    axes.set_xticks(years, [str(year) for year in years], fontproperties=letters, color=INK)
    axes.set_xticks(range(int(np.ceil(frame.first)), int(frame.last) + 1), minor=True)
    axes.tick_params(axis="y", length=0, pad=4)
    axes.tick_params(axis="x", length=3.0, width=0.6, color=GREY, pad=2.5)
    axes.tick_params(axis="x", which="minor", length=2.0, width=0.4, color=GREY)
    axes.set_xlabel(YEAR.pick(sheet.lang), fontproperties=letters, color=INK, labelpad=1.5)
    # The indicator and its unit are written above the frame; this names the axes for readers of the object.
    axes.set_label(f"{sheet.data.indicator.pick(sheet.lang)} [{sheet.data.unit.pick(sheet.lang)}]")


def _draw_projection(sheet: _Sheet) -> None:
    data, axes = sheet.data, sheet.axes
    dashes = (0, (4.5, 2.2))
    for lower, upper, colour, name in BANDS:
        years, low = _path(data, data.quantile(lower))
        _, high = _path(data, data.quantile(upper))
        label = name.pick(sheet.lang)
        axes.fill_between(years, low, high, color=colour, linewidth=0, label=label, zorder=1.5)
    years, median = _path(data, data.p50)
    label = PROJECTED.pick(sheet.lang)
    axes.plot(years, median, color=MEDIAN_INK, linewidth=1.5, linestyle=dashes, label=label, gid="median")


def _path(data: FanData, values: Values) -> tuple[np.ndarray, np.ndarray]:
    """Years and values to draw: from the reported base on, broken where a year has no values.

    A year that stands alone is widened to a short stretch, since a line of one point would not be seen.
    """
    finite = set(data.finite())
    start = opening(data)
    points: list[tuple[float, float]] = [] if start is None else [start]
    for index, (year, value) in enumerate(zip(data.years, values, strict=True)):
        if index not in finite or value is None:
            points.append((year, np.nan))
            continue
        alone = not finite & {index - 1, index + 1} and (start is None or index != min(finite))
        points += [(year - ALONE, value), (year + ALONE, value)] if alone else [(year, value)]
    years, drawn = zip(*points, strict=True)
    return np.array(years, dtype=float), np.array(drawn, dtype=float)


def _draw_reported(sheet: _Sheet) -> None:
    data, frame = sheet.data, sheet.frame
    label = REPORTED.pick(sheet.lang)
    marker: dict[str, Any] = {"color": MEDIAN_INK, "marker": "o", "markersize": 3.8, "markeredgewidth": 1.0}
    marker |= {"clip_on": False, "zorder": 3, "label": label}
    if data.later():
        at, values = zip(*data.later(), strict=True)
        sheet.axes.plot(at, values, linestyle="none", markerfacecolor="white", gid="reported_later", **marker)
    if not data.used():
        return
    years, line = _unbroken(data.used())
    sheet.axes.plot(years, line, linewidth=1.5, gid="reported", **marker)
    sheet.axes.axvline(data.base_year, color=GREY, linewidth=0.6, linestyle=(0, (1, 2)), zorder=1)
    x, y = frame.x(data.base_year), frame.top - SMALL * LINE / 2
    sheet.write(x - 5, y, label, ha="right", color=GREY)
    sheet.write(x + 5, y, PROJECTED.pick(sheet.lang), color=GREY)


def _unbroken(points: tuple[tuple[int, float], ...]) -> tuple[list[float], list[float]]:
    """Years and values of a line that is broken where a year was not reported."""
    years, values = [float(points[0][0])], [points[0][1]]
    for (before, _), (year, value) in pairwise(points):
        if year > before + 1:
            years.append((before + year) / 2)
            values.append(float("nan"))
        years.append(float(year))
        values.append(value)
    return years, values


def _draw_ends(sheet: _Sheet) -> None:
    """Name and value of each band beside the last year; a thin line leads to the band."""
    frame, data = sheet.frame, sheet.data
    labels = end_labels(data, sheet.lang)
    gap = SMALL * LINE + 1.5
    wanted = [frame.y(height) for _, height, _ in labels]
    wanted[0] += gap  # the heading stands above the labels it heads
    heights = spread(wanted, gap, frame.bottom + 4, frame.top - 4)
    last = frame.x(data.years[data.finite()[-1]])
    left = frame.right + 8.0
    for (text, value, colour), y in zip(labels, heights, strict=True):
        if colour is None:
            sheet.write(left, y, text, color=GREY, gid="end")
            continue
        sheet.write(left + SWATCH + 4.0, y, text, gid="end")
        sheet.line([last, left - 1.5], [frame.y(value), y], color=GREY, linewidth=0.4)
        thick: dict[str, Any] = {"linewidth": SWATCH, "solid_capstyle": "butt"}
        dashed: dict[str, Any] = {"linewidth": 1.5, "linestyle": (0, (1.9, 0.9))}
        sheet.line([left, left + SWATCH], [y, y], color=colour, **(dashed if colour == MEDIAN_INK else thick))


def _draw_targets(sheet: _Sheet) -> None:
    frame = sheet.frame
    drawn = obstacles(sheet.data, frame)
    heading = (frame.left, frame.top - SMALL * LINE - 2, frame.right, frame.top)  # 已公布 | 推算 stand here
    groups = _by_year(sheet.data.targets)
    marks = [_around([_mark(sheet, target) for target in group]) for group in groups]
    taken: list[Box] = [heading, *marks]
    bounds = (frame.left + 4, frame.bottom + 4, frame.right - 2, frame.top - 2)
    for group, mark in zip(groups, marks, strict=True):
        labels = [target_label(target, sheet.lang) for target in group]
        text = "\n".join(sheet.font.wrap_evenly(label, SMALL, frame.width * 0.6) for label in labels)
        size = (sheet.font.width(text, SMALL), block_height(text, SMALL) - 2.0)
        box = clear_place(mark, size, bounds, drawn, taken)
        taken.append(box)
        white = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # keeps the grid out of the letters
        sheet.write(box[0], (box[1] + box[3]) / 2, text, color=TARGET_INK, gid="target", bbox=white)
        _lead(sheet, mark, box)


def _by_year(targets: tuple[FanTarget, ...]) -> list[list[FanTarget]]:
    """Targets that share one label: those of a year from high to low, since leads to each would cross."""
    groups: dict[object, list[FanTarget]] = {}
    for index, target in enumerate(targets):
        key = target.year if target.year is not None else ("every year", index)
        groups.setdefault(key, []).append(target)
    return [sorted(group, key=lambda target: -target.value) for group in groups.values()]


def _around(boxes: list[Box]) -> Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return (min(left), min(bottom), max(right), max(top))


def _mark(sheet: _Sheet, target: FanTarget) -> Box:
    """Draw the target itself; the box on the page that labels must leave free."""
    frame = sheet.frame
    ends = sorted({target.value, target.value if target.value_high is None else target.value_high})
    low, high = frame.y(ends[0]), frame.y(ends[-1])
    if target.year is None:
        for value in ends:
            dashes = (0, (7, 2, 1.5, 2))
            sheet.axes.axhline(value, color=TARGET_INK, linewidth=1.0, linestyle=dashes, gid="target_line")
        return (frame.left, low - 1, frame.right, high + 1)
    marker: dict[str, Any] = {"marker": "D", "markersize": 5.2, "markeredgecolor": "white"}
    marker |= {"markeredgewidth": 0.7, "clip_on": False, "zorder": 4, "gid": "target_point"}
    sheet.axes.plot([target.year] * len(ends), ends, color=TARGET_INK, linewidth=1.2, **marker)
    x = frame.x(target.year)
    return (x - MARK, low - MARK, x + MARK, high + MARK)


def _lead(sheet: _Sheet, mark: Box, box: Box) -> None:
    """A thin line from a target to its label, when the label could not stand beside it."""
    x, target_x = _nearest(mark[0], mark[2], box[0], box[2])
    y, target_y = _nearest(mark[1], mark[3], box[1], box[3])
    if abs(x - target_x) + abs(y - target_y) > 12.0:
        sheet.line([target_x, x], [target_y, y], color=TARGET_INK, linewidth=0.5)


def _nearest(mark_low: float, mark_high: float, box_low: float, box_high: float) -> tuple[float, float]:
    """Along one direction: where the lead meets the label, and where it meets the middle of the nearest mark."""
    inset = min(MARK, (mark_high - mark_low) / 2)
    at_mark = min(max((box_low + box_high) / 2, mark_low + inset), mark_high - inset)
    return min(max(at_mark, box_low), box_high), at_mark
