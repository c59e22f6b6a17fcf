"""Geometry of a fan chart in points on the page: frame, ticks, labels and what labels keep clear of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.ticker import MaxNLocator

from sim.charts.fan_data import QUANTILES, FanData, interval, known
from sim.charts.fonts import ChartFont
from sim.charts.labels import Obstacle
from sim.charts.style import PAGE_WIDTH, SMALL, number
from sim.language import Text

# Lower quantile, upper quantile, colour, name: from the widest band to the narrowest.
BANDS = (
    ("p05", "p95", "#dce8f1", Text("90%区间", "90% range")),
    ("p10", "p90", "#b7d0e2", Text("80%区间", "80% range")),
    ("p25", "p75", "#7faacb", Text("50%区间", "50% range")),
)
MEDIAN_INK, TARGET_INK = "#0f3556", "#a63a12"
MARGIN, AXES_HEIGHT, SWATCH = 4.0, 176.0, 7.0  # points
HEADROOM = 0.11  # of the height between the data and the frame, where labels of targets find room
REPORTED, PROJECTED = Text("已公布", "Reported"), Text("推算", "Projected")
MEDIAN, YEAR = Text("中位数", "Median"), Text("年份", "Year")


@dataclass(frozen=True, slots=True)
class Frame:
    """The axes' place in points and the ranges of years and values it shows."""

    left: float
    bottom: float
    width: float
    first: float
    last: float
    low: float
    high: float

    def x(self, year: float) -> float:
        """Points from the left edge of the page."""
        return self.left + (year - self.first) / (self.last - self.first) * self.width

    def y(self, value: float) -> float:
        """Points from the lower edge of the page."""
        return self.bottom + (value - self.low) / (self.high - self.low) * AXES_HEIGHT

    @property
    def right(self) -> float:
        """Right edge of the axes."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Upper edge of the axes."""
        return self.bottom + AXES_HEIGHT


def _all_values(data: FanData) -> list[float]:
    values = [value for _, value in data.reported]
    for lower, upper, _, _ in BANDS:
        values += known(data.quantile(lower)) + known(data.quantile(upper))
    for target in data.targets:
        values += known([target.value, target.value_high])
    return values


def value_ticks(data: FanData) -> tuple[list[float], int]:
    """Round values below, between and above the data, and the decimals they need."""
    values = _all_values(data)
    low, high = min(values), max(values)
    room = (high - low) * HEADROOM or max(abs(high), 1.0) * 0.05
    locator = MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10])
    ticks = [float(tick) for tick in locator.tick_values(low - room, high + room)]
    if min(values) >= 0.0:
        ticks = [tick for tick in ticks if tick >= 0.0]  # a negative tick would suggest it can be reached
    step = ticks[1] - ticks[0]
    decimals = next((d for d in range(6) if abs(round(step, d) - step) < 1e-9 * abs(step)), 6)
    return ticks, decimals


def frame_of(
    data: FanData, lang: str, font: ChartFont, bottom: float, ticks: list[float], shown_ticks: list[str]
) -> Frame:
    """The place left for the axes by tick labels, the labels beside the last year and the word 已公布."""
    left = MARGIN + max(font.width(text, SMALL) for text in shown_ticks) + 6.0
    ends = max(font.width(text, SMALL) for text, _, _ in end_labels(data, lang))
    width = PAGE_WIDTH - MARGIN - ends - SWATCH - 20.0 - left
    shown = [data.years[index] for index in data.finite()]
    reported = [year for year, _ in data.reported]
    target_years = [target.year for target in data.targets if target.year is not None]
    first, last = min(shown + reported), max(shown + reported + target_years)
    # The word 已公布 needs its place to the left of the base year, however few years were reported.
    word = font.width(REPORTED.pick(lang), SMALL) + 12.0
    padding = 0.3
    if reported and data.base_year >= first:
        share = word / width
        needed = share * (last + 0.15 - data.base_year) / (1 - share)  # in years
        padding = max(padding, needed - (data.base_year - first))
    return Frame(left, bottom, width, first - padding, last + 0.15, ticks[0], ticks[-1])


def year_ticks(frame: Frame, data: FanData, font: ChartFont) -> list[int]:
    """Whole years at the closest even spacing that leaves room between them, the base year among them."""
    first, last = int(np.ceil(frame.first)), int(frame.last)
    room = font.width("2025", SMALL) + 9.0
    per_year = frame.width / (frame.last - frame.first)
    fitting = [spacing for spacing in (1, 2, 5, 10, 20, 50) if spacing * per_year >= room]
    horizon = data.years[-1] - data.base_year
    # A spacing that also meets the last year, unless only two years would be left on the axis.
    even = [spacing for spacing in fitting if horizon % spacing == 0 and spacing < horizon]
    spacing = (even or fitting)[0]
    return [year for year in range(first, last + 1) if (year - data.base_year) % spacing == 0]


def opening(data: FanData) -> tuple[float, float] | None:
    """The reported point from which the fan opens, when the projection starts one year after it."""
    before = [point for point in data.reported if point[0] == data.base_year]
    return before[0] if before and data.years[data.finite()[0]] == data.base_year + 1 else None


def end_labels(data: FanData, lang: str) -> list[tuple[str, float, str | None]]:
    """Text, height in the indicator's unit and colour of the labels beside the last year, falling."""
    last = data.finite()[-1]
    year = data.years[last]
    decimals = data.label_decimals()
    at = {name: data.quantile(name)[last] or 0.0 for name in QUANTILES}
    inner = {"p95": "p90", "p90": "p75", "p75": "p50"}
    labels: list[tuple[str, float, str | None]] = [
        (f"{year}年推算" if lang == "zh" else f"Projected {year}", at["p95"], None)
    ]
    for lower, upper, colour, name in BANDS:
        text = f"{name.pick(lang)} {interval(at[lower], at[upper], decimals, lang)}"
        labels.append((text, (at[upper] + at[inner[upper]]) / 2, colour))
    labels.append((f"{MEDIAN.pick(lang)} {number(at['p50'], decimals, lang)}", at["p50"], MEDIAN_INK))
    return labels


def obstacles(data: FanData, frame: Frame) -> list[Obstacle]:
    """Everything drawn that a target's label must keep clear of, in points on the page."""
    start = opening(data)
    shown = [(data.years[i], data.p05[i], data.p95[i]) for i in data.finite()]
    stretches = [(float(year), low or 0.0, high or 0.0) for year, low, high in shown]
    if start is not None:
        stretches.insert(0, (start[0], start[1], start[1]))
    used = [(float(year), value, value) for year, value in data.used()]
    found = [*_between(stretches, frame), *_between(used, frame)]
    return found + [Obstacle(frame.x(x), frame.y(y) - 3, frame.y(y) + 3) for x, y in data.later()]


def _between(stretches: list[tuple[float, float, float]], frame: Frame) -> list[Obstacle]:
    if not stretches:
        return []
    years, low, high = (np.array(part) for part in zip(*stretches, strict=True))
    at = np.linspace(years[0], years[-1], 12 * len(years))
    lows, highs = np.interp(at, years, low), np.interp(at, years, high)
    return [Obstacle(frame.x(x), frame.y(a) - 2, frame.y(b) + 2) for x, a, b in zip(at, lows, highs, strict=True)]
