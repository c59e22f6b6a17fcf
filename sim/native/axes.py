"""Axes, title and legend of an office chart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sim.charts.native import NativeChart
from sim.charts.style import INK, RULE
from sim.native.block import Drawn
from sim.native.series import FONT, LINE_KINDS, totals, true_minus
from sim.native.text import clean

# Absent marks mean "cross" by the standard, and LibreOffice draws them so.
_TICKS = {"major_tick_mark": "outside", "minor_tick_mark": "none"}
_COLUMNS_TAKE = 0.62  # of the height, where a labelled line stands above them


def category_axis(chart: NativeChart, barred: bool) -> dict[str, Any]:
    """The axis of the categories; for bars the first stands at the top."""
    options: dict[str, Any] = {"num_font": FONT | {}, "label_position": "low", "line": {"color": INK}, **_TICKS}
    options["major_gridlines"] = {"visible": False}
    if barred:
        options |= {"reverse": True, "major_tick_mark": "none", "interval_unit": 1}
    if any(series.kind == "area" for series in chart.series):
        options["position_axis"] = "on_tick"
    return options


def value_axes(chart: NativeChart, barred: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first and the second axis of values.

    A line on the second axis, each point labelled, runs above the columns: its axis needs no numbers, and the labels
    of columns and line do not collide.
    """
    first = _value_axis("" if chart.stack == "percent" and chart.unit == "%" else chart.unit)
    first["major_gridlines"] = {"visible": True, "line": {"color": RULE, "width": 0.5}}
    if barred:
        # At the foot, where the categories run downwards: the line of the axis is at the other end.
        first |= {"label_position": "high", "major_tick_mark": "none", "line": {"none": True}}
    if chart.stack == "percent":
        first["num_format"] = "0%"
    second = _value_axis(chart.second_unit) | {"major_gridlines": {"visible": False}}
    lines = [series for series in chart.series if series.second]
    if lines and all(series.labels and series.kind in LINE_KINDS for series in lines) and not barred:
        second |= _above([value for series in lines for value in series.values if value is not None])
        if chart.stack != "percent":
            first |= _room(_tops(chart))
    first |= {key: value for key, value in (("min", chart.low), ("max", chart.high)) if value is not None}
    return first, second


def _value_axis(unit: str) -> dict[str, Any]:
    options: dict[str, Any] = {
        "num_font": FONT | {},
        "num_format": true_minus("General"),  # or the axis takes the decimals of the labels
        "line": {"color": INK},
        **_TICKS,
    }
    if unit:
        # Upright: hanzi turned on their side are hard to read.
        options |= {"name": clean(unit), "name_font": FONT | {"bold": False, "rotation": 0}}
    return options


def _above(values: Sequence[float]) -> dict[str, Any]:
    """Bounds that put a line into the upper part of the plot."""
    if not values:
        return {}
    low, high = min(values), max(values)
    spread = (high - low) or max(abs(high), 1.0)
    top = high + 0.5 * spread
    return {
        "min": math.floor(top - 2.0 * spread / (1 - _COLUMNS_TAKE)),
        "max": math.ceil(top),
        "label_position": "none",
        "line": {"none": True},
        "major_tick_mark": "none",
    }


def _tops(chart: NativeChart) -> list[float]:
    """The tops of the columns, and what else stands on the first axis."""
    own = [value for series in chart.series if not series.second for value in series.values if value is not None]
    return own + (totals(chart) if chart.stack else [])


def _room(values: Sequence[float]) -> dict[str, Any]:
    """Bounds that leave the upper part of the plot to a line."""
    if not values or max(values) <= 0:
        return {}
    wanted = max(values) / _COLUMNS_TAKE
    step = 10.0 ** math.floor(math.log10(wanted)) / 2
    return {"max": math.ceil(wanted / step) * step} | ({"min": 0} if min(values) >= 0 else {})


def title(chart: NativeChart, titled: bool) -> dict[str, Any]:
    """The title inside the chart, or none."""
    if not titled:
        return {"none": True}
    return {"name": clean(chart.title), "name_font": FONT | {"size": 11, "bold": False}}


def legend(drawn: Sequence[Drawn]) -> dict[str, Any]:
    """Below the plot, without the series that nobody sees; none where one series needs no name."""
    hidden = [number for number, one in enumerate(drawn) if one.series.hidden]
    if len(drawn) - len(hidden) < 2:
        return {"none": True}
    return {"position": "bottom", "font": FONT | {}} | ({"delete_series": hidden} if hidden else {})
