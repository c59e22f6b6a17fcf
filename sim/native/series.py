"""How one series of an office chart is drawn: fill, line, marker, labels. Options as XlsxWriter wants them."""

from __future__ import annotations

from typing import Any

from sim.charts.native import NativeChart
from sim.charts.style import INK, contrast
from sim.native.block import Drawn, number_format

HANZI_FONT = "宋体"
SMALL = 9  # points
FONT = {"name": HANZI_FONT, "size": SMALL, "color": INK}
LINE_KINDS = frozenset({"line", "marker"})
_MARKERS = ("circle", "diamond", "square", "triangle", "x")
_WHITE = "#ffffff"
_CROWDED = 4  # categories, from which on columns stand close
_THINNEST = 0.05  # of the whole, for a label inside


def series_options(one: Drawn, kind: str, chart: NativeChart, rank: int) -> dict[str, Any]:
    """Options of a series; the cells it refers to are added by the caller.

    kind : of the chart of XlsxWriter it belongs to; rank : which of the lines, for its marker.
    """
    series = one.series
    if series.hidden:
        return {"fill": {"none": True}, "border": {"none": True}, "line": {"none": True}, "marker": {"type": "none"}}
    options = (
        _line(one, rank) if kind == "line" else _filled(one, kind, bool(chart.stack), len(chart.categories) >= _CROWDED)
    )
    if series.labels:
        options["data_labels"] = _labels(one, kind, chart)
    return options


def _line(one: Drawn, rank: int) -> dict[str, Any]:
    series = one.series
    marker = {
        "type": _MARKERS[rank % len(_MARKERS)],
        "size": 8 if series.kind == "marker" else 5,
        "border": {"color": series.colour},
        "fill": {"color": _WHITE if one.dashed else series.colour},
    }
    if series.kind == "marker":
        return {"line": {"none": True}, "marker": marker}
    return {"line": {"color": series.colour, "width": 2.0, "dash_type": "dash" if one.dashed else "solid"}} | {
        "marker": marker
    }


def _filled(one: Drawn, kind: str, stacked: bool, crowded: bool) -> dict[str, Any]:
    series = one.series
    options: dict[str, Any] = {"border": {"color": series.colour, "width": 0.75}}
    if series.pattern:
        options["pattern"] = _pattern(series.pattern, series.colour)
    else:
        options["fill"] = {"color": series.colour}
    if kind == "area":
        return options
    options |= {"gap": 60 if crowded else 150, "overlap": 100 if stacked else 0}
    if series.dashed_from is not None:
        hatched = {"pattern": _pattern("wide_upward_diagonal", series.colour), "border": options["border"]}
        options["points"] = [None if index < series.dashed_from else hatched for index in range(len(series.values))]
    return options


def _pattern(name: str, colour: str) -> dict[str, str]:
    return {"pattern": name, "fg_color": colour, "bg_color": _WHITE}


def _labels(one: Drawn, kind: str, chart: NativeChart) -> dict[str, Any]:
    options: dict[str, Any] = {"value": True, "num_format": true_minus(number_format(one.series)), "font": FONT | {}}
    if kind == "line":
        options["position"] = "above"
    elif kind != "area":
        options["position"] = "center" if chart.stack else "outside_end"
        if chart.stack:
            options |= _inside(one)
            options |= _only_room(one, chart)
    if one.joined:  # the joint carries the label of the solid part
        first = next(index for index, value in enumerate(one.series.values) if value is not None)
        options["custom"] = [*([None] * first), {"delete": True}]
    return options


def _inside(one: Drawn) -> dict[str, Any]:
    """Labels on a fill: the ink that is read best there, on a white ground where the fill is hatched."""
    if one.series.pattern or one.series.dashed_from is not None:
        return {"fill": {"color": _WHITE}}
    white = contrast(one.series.colour, _WHITE) > contrast(one.series.colour, INK)
    return {"font": FONT | {"color": _WHITE if white else INK}}


def _only_room(one: Drawn, chart: NativeChart) -> dict[str, Any]:
    """Labels of parts too thin to hold them are left out: they would stand on those of the neighbours."""
    sums = totals(chart)
    whole = sums if chart.stack == "percent" else [max(sums)] * len(sums)
    thin = [
        value is not None and abs(value) < _THINNEST * total
        for value, total in zip(one.series.values, whole, strict=True)
    ]
    return {"custom": [{"delete": True} if left_out else None for left_out in thin]} if any(thin) else {}


def totals(chart: NativeChart) -> list[float]:
    """What the columns, bars or areas of each category add up to, signs aside."""
    stacked = [series.values for series in chart.series if series.kind not in LINE_KINDS and not series.second]
    return [sum(abs(values[place] or 0.0) for values in stacked) for place in range(len(chart.categories))]


def true_minus(shown: str) -> str:
    """The number format `shown` with a minus sign instead of a hyphen."""
    return shown if ";" in shown else f"{shown};−{shown}"
