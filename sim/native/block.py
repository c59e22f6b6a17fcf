"""The cells behind a chart: categories in the first column, one column for each series that is drawn.

A line of which a part is projected becomes two series, solid and dashed: office programs draw the dashes of single
points in different ways, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sim.charts.native import NativeChart, Series
from sim.native.text import clean, has_hanzi

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series as it is drawn. dashed : all of it; `series.dashed_from` remains for columns, bars and areas only.

    joined : goes on from the series before it, the solid part of the same line.
    """

    series: Series
    dashed: bool = False
    joined: bool = False


def drawn_series(chart: NativeChart) -> tuple[Drawn, ...]:
    """The series of `chart` in drawing order, lines split where projection begins. Raises ValueError for a misfit."""
    found: list[Drawn] = []
    for series in chart.series:
        if len(series.values) != len(chart.categories):
            count, wanted = len(series.values), len(chart.categories)
            raise ValueError(f"series {series.name!r} has {count} values for {wanted} categories")
        found += _split(series, " (projected)" if _english(chart) else "（推算）")
    return tuple(found)


def _english(chart: NativeChart) -> bool:
    texts = (chart.title, chart.unit, *chart.categories, *(series.name for series in chart.series))
    return not any(has_hanzi(text) for text in texts)


def _split(series: Series, suffix: str) -> list[Drawn]:
    start = series.dashed_from
    if series.kind != "line" or start is None or not any(value is not None for value in series.values[start:]):
        return [Drawn(series)]
    if not any(value is not None for value in series.values[:start]):
        return [Drawn(replace(series, dashed_from=None), dashed=True)]
    solid = tuple(value if index < start else None for index, value in enumerate(series.values))
    # The dashed part begins at the last solid point, so that the line does not break.
    joined = tuple(value if index >= start - 1 else None for index, value in enumerate(series.values))
    return [
        Drawn(replace(series, values=solid, dashed_from=None)),
        Drawn(replace(series, name=series.name + suffix, values=joined, dashed_from=None), dashed=True, joined=True),
    ]


def number_format(series: Series) -> str:
    """The number format of a series; optional decimals are counted out, `0.##` would leave the point of `4.`"""
    whole, _, optional = series.format.partition(".")
    if not optional or optional.strip("#"):
        return series.format
    values = [value for value in series.values if value is not None]
    most = len(optional)
    needed = next(count for count in range(most + 1) if all(_equal(value, count, most) for value in values))
    return whole + ("." + "0" * needed if needed else "")


def _equal(value: float, decimals: int, most: int) -> bool:
    return abs(round(value, decimals) - round(value, most)) < 10.0 ** -(most + 2)


def block_size(chart: NativeChart) -> tuple[int, int]:
    """Rows and columns of the cells that `chart` needs, heads included."""
    return len(chart.categories) + 1, len(drawn_series(chart)) + 1


def write_block(
    workbook: Workbook, sheet: Worksheet, chart: NativeChart, drawn: tuple[Drawn, ...], row: int, column: int
) -> None:
    """Write heads, categories and values. A missing value leaves its cell empty; no text becomes a formula."""
    sheet.write_string(row, column, clean(chart.unit))
    numeric = all(_is_number(category) for category in chart.categories)
    for index, category in enumerate(chart.categories, row + 1):
        # Years as numbers: office programs mark numbers kept as text, and read them back as numbers all the same.
        if numeric:
            sheet.write_number(index, column, int(category))
        else:
            sheet.write_string(index, column, clean(category))
    for position, one in enumerate(drawn, column + 1):
        sheet.write_string(row, position, clean(one.series.name))
        shown = workbook.add_format({"num_format": number_format(one.series)})
        for index, value in enumerate(one.series.values, row + 1):
            if value is not None:
                sheet.write_number(index, position, value, shown)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
