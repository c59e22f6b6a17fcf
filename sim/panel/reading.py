"""Reading a panel of many regions: one CSV row per region and year, every mistake reported at once.

With an origin, rows of later years are dropped before anything is asked of them: whatever they hold, they must not
change a forecast. A row whose year cannot be read may be an early one, and stays a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.language import Text
from sim.panel.coverage import coverage_notes, coverage_problems
from sim.panel.growth import COLUMNS, INDICES, PARTS, Panel
from sim.panel.table import key_problems, number, placed, plain, read_table, repetition, up_to
from sim.reading.files import shown_path

HEADER = ("region", "year", *COLUMNS)
LARGEST_GAP = 0.02  # of GDP: what revisions and rounding leave between GDP and the sum of the industries

#: An index with the previous year = 100 lies between these; a growth rate or a chained index does not.
LOWEST_INDEX, HIGHEST_INDEX = 50.0, 200.0


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: its number, the region and year, and the figures that are reported."""

    number: int
    region: str
    year: int
    figures: Mapping[str, float]


def read_panel(path: str | Path, origin: int | None = None) -> Panel:
    """The panel in `path`; with `origin`, that part of it which a forecast made in `origin` may use.

    Raises InputError with every problem of the file: `line` is the row, `column` counts from 1, `key` is the name
    of the column. A column that a region starts to report later than others is said in `notes`; a gap inside a
    region's years, or fewer than four years of it, is a problem.
    """
    shown = shown_path(path)
    header, records = read_table(path, HEADER)
    if origin is not None:
        records = up_to(origin, header, records)
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, int], int] = {}
    for line, cells in records:
        row, found = _row(line, dict(zip(header, cells, strict=False)), len(cells), seen)
        problems += placed(shown, header, line, found)
        if row is not None:
            rows.append(row)
    for row in rows:
        problems += placed(shown, header, row.number, list(_implausible(row)))
    if not problems:  # a row that cannot be read would be reported as a missing year as well
        problems = coverage_problems(((row.region, row.year, row.number, row.figures) for row in rows), shown, origin)
    if problems:
        raise InputError(problems)
    return _panel(rows, shown)


def _row(
    row: int, record: Mapping[str, str], width: int, seen: dict[tuple[str, int], int]
) -> tuple[Row | None, list[tuple[str, Text]]]:
    """The row, or None where region or year cannot be read, and what is wrong with its form."""
    found = list(key_problems(record, width, len(HEADER)))
    if found:
        return None, found
    region, year = record["region"].strip(), int(plain(record["year"]))
    repeated = repetition(region, year, row, seen)
    if repeated:
        return None, [("region", repeated)]
    figures: dict[str, float] = {}
    for name in COLUMNS:
        cell = plain(record[name])
        problem = _cell_problem(cell, name) if cell else None
        if problem is not None:
            found.append((name, problem))
        elif cell:
            figures[name] = number(cell) or 0.0
    return Row(row, region, year, figures), found


def _cell_problem(cell: str, name: str) -> Text | None:
    value = number(cell)
    if value is None:
        return Text(
            f"应为数字（未报告则留空），得到“{cell}”", f'expected a number (empty = not reported), got "{cell}"'
        )
    if value <= 0.0:
        what = (
            Text("指数（上年=100）", "an index (previous year = 100)") if name in INDICES else Text("数值", "a level")
        )
        return Text(f"{what.zh}应大于零，得到“{cell}”", f'{what.en} must be above zero, got "{cell}"')
    return None


def _implausible(row: Row) -> Iterator[tuple[str, Text]]:
    """An index that is none, and industries that do not add up to GDP."""
    for name in INDICES:
        value = row.figures.get(name, 100.0)
        if not LOWEST_INDEX <= value <= HIGHEST_INDEX:
            yield name, _no_index(value)
    parts = [row.figures.get(f"{part}_va") for part in PARTS]
    gdp = row.figures.get("gdp")
    if gdp is None or None in parts:
        return
    gap = sum(part for part in parts if part is not None) / gdp - 1.0
    if abs(gap) > LARGEST_GAP:
        allowed = f"{100 * LARGEST_GAP:.0f}"
        zh = f"{row.region} {row.year} 年三次产业之和与地区生产总值相差 {100 * gap:+.1f}%（容许 {allowed}%）"
        en = f"{row.region} {row.year}: the three industries differ from GDP by {100 * gap:+.1f} %"
        yield "gdp", Text(zh, f"{en} (allowed: {allowed} %)")


def _no_index(value: float) -> Text:
    zh, en = f"应为指数（上年=100），得到 {value:g}", f"expected an index with the previous year = 100, got {value:g}"
    if value < LOWEST_INDEX / 2:
        return Text(f"{zh}，似为增速；增速 9.8% 应写作 109.8", f"{en}: a growth rate? Write 9.8 % as 109.8")
    return Text(
        f"{zh}，不在 {LOWEST_INDEX:g}—{HIGHEST_INDEX:g} 之间", f"{en}, not in {LOWEST_INDEX:g}–{HIGHEST_INDEX:g}"
    )


def _panel(rows: list[Row], shown: str) -> Panel:
    regions = tuple(sorted({row.region for row in rows}))
    every = [row.year for row in rows]
    years = tuple(range(min(every), max(every) + 1))
    values = {name: np.full((len(regions), len(years)), np.nan) for name in COLUMNS}
    place = {region: index for index, region in enumerate(regions)}
    for row in rows:
        for name, figure in row.figures.items():
            values[name][place[row.region], row.year - years[0]] = figure
    return Panel(regions, years, values, shown, coverage_notes(regions, years, values))
