"""A `NativeChart` as a chart of XlsxWriter, with its cells on a worksheet: in the manner of the drawn figures."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from sim.charts.native import NativeChart
from sim.native import axes
from sim.native.block import Drawn, drawn_series, write_block
from sim.native.series import LINE_KINDS, series_options

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: The date that every office file carries: a file made again must be equal byte by byte.
EPOCH = datetime.datetime(2025, 1, 1)
_STACKS = {"stacked": "stacked", "percent": "percent_stacked"}


def add_chart(
    workbook: Workbook, sheet: Worksheet, chart: NativeChart, row: int, column: int, *, titled: bool = True
) -> Chart:
    """Write the cells of `chart` at (`row`, `column`) of `sheet`; returns the chart that refers to them, not inserted.

    titled : with the chart's title inside, where no caption stands beside it. In a chart of bars, lines and markers
    become bars of their own: office programs do not combine them.
    """
    drawn = drawn_series(chart)
    write_block(workbook, sheet, chart, drawn, row, column)
    barred = any(one.series.kind == "bar" for one in drawn)
    first = [number for number, one in enumerate(drawn) if barred or one.series.kind not in LINE_KINDS]
    rest = [number for number in range(len(drawn)) if number not in first]
    place, ranks = (sheet.get_name(), row, column, len(chart.categories)), _ranks(drawn)
    groups = [numbers for numbers in (first, rest) if numbers]
    made: list[Chart] = []
    for numbers in groups:
        kind = _kind([drawn[number] for number in numbers], barred)
        made.append(_new(workbook, chart, kind))
        for number in numbers:
            look = series_options(drawn[number], kind, chart, ranks[number])
            made[-1].add_series(_series(drawn[number], number, place) | look)
    for other in made[1:]:
        made[0].combine(other)
    _dress(made, chart, [drawn[number] for numbers in groups for number in numbers], barred, titled)
    return made[0]


def _new(workbook: Workbook, chart: NativeChart, kind: str) -> Chart:
    stack = {"subtype": _STACKS[chart.stack]} if chart.stack and kind != "line" else {}
    return workbook.add_chart({"type": kind, **stack})


def _kind(drawn: list[Drawn], barred: bool) -> str:
    """The type of the chart of XlsxWriter that draws these series."""
    kinds = {one.series.kind for one in drawn}
    return "bar" if barred else "line" if kinds <= LINE_KINDS else min(kinds)


def _series(one: Drawn, number: int, place: tuple[str, int, int, int]) -> dict[str, Any]:
    """Where the series stands among the cells."""
    sheet, row, column, count = place
    position = column + 1 + number
    return {
        "name": [sheet, row, position],
        "categories": [sheet, row + 1, column, row + count, column],
        "values": [sheet, row + 1, position, row + count, position],
        "y2_axis": one.series.second,
    }


def _ranks(drawn: tuple[Drawn, ...]) -> list[int]:
    """Number of each series among those of the chart; both parts of a split line have the same."""
    ranks: list[int] = []
    for one in drawn:
        ranks.append(ranks[-1] if one.joined else ranks[-1] + 1 if ranks else 0)
    return ranks


def _dress(made: list[Chart], chart: NativeChart, drawn: list[Drawn], barred: bool, titled: bool) -> None:
    """Axes, title, legend and frame."""
    main = made[0]
    categories, (values, second) = axes.category_axis(chart, barred), axes.value_axes(chart, barred)
    # In a chart of bars XlsxWriter calls the axis at the foot x, which is that of the values.
    main.set_x_axis(values if barred else categories)
    main.set_y_axis(categories if barred else values)
    for one in made:
        if any(series["y2_axis"] for series in one.series):
            one.set_y2_axis(second)
    main.set_title(axes.title(chart, titled))
    main.set_legend(axes.legend(drawn))
    main.set_chartarea({"border": {"none": True}, "fill": {"color": "#ffffff"}})
    main.show_blanks_as("gap")
    main.set_size({"width": 590, "height": 320})
