"""CSV tables with one row per region and year: header, rows, numbers, and what can be wrong with them."""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sim.errors import InputError, Problem
from sim.language import Text
from sim.reading.columns import header_problems, wrong_width
from sim.reading.files import decode, read_bytes, shown_path

YEARS = range(1949, 2101)

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?([eE][+-]?\d+)?", re.ASCII)
_DELIMITERS = {
    ";": Text("分号", "semicolons"),
    "；": Text("全角分号", "full-width semicolons"),
    "\t": Text("制表符", "tabs"),
}

#: a row of the file and its cells
Record = tuple[int, list[str]]


def read_table(path: str | Path, columns: Sequence[str]) -> tuple[list[str], list[Record]]:
    """Header and numbered rows of a CSV file with these columns in any order; empty rows are skipped.

    Raises InputError when the file cannot be read, when a column is unknown, repeated or missing, or no row follows.
    """
    shown = shown_path(path)
    records = _records(decode(read_bytes(path), shown), shown, columns)
    if not records:
        raise InputError(Problem(shown, None, None, "", Text("文件是空的", "the file is empty")))
    line, first = records[0]
    header = [name.strip() for name in first]
    problems = [Problem(shown, line, column, name, text) for column, name, text in header_problems(header, columns)]
    if not problems and len(records) == 1:
        problems = [Problem(shown, line, None, "", Text("只有表头，没有数据行", "a header without any row of data"))]
    if problems:
        raise InputError(problems)
    return header, records[1:]


def up_to(origin: int, header: Sequence[str], records: Sequence[Record]) -> list[Record]:
    """The rows that are not of a year after `origin`: those of earlier years, and those without a readable year."""
    column = header.index("year")
    return [record for record in records if (year_of(record[1], column) or origin) <= origin]


def year_of(cells: Sequence[str], column: int) -> int | None:
    """The year of four digits in that cell, None where there is none."""
    cell = plain(cells[column]) if column < len(cells) else ""
    return int(cell) if re.fullmatch(r"\d{4}", cell, re.ASCII) else None


def _records(text: str, shown: str, columns: Sequence[str]) -> list[Record]:
    delimiter = _other_delimiter(text, columns)
    if delimiter is not None:
        message = Text(f"分隔符应为逗号，似为{delimiter.zh}", f"cells must be separated by commas, not {delimiter.en}")
        raise InputError(Problem(shown, 1, None, "", message))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return [(row, cells) for row, cells in enumerate(reader, 1) if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        message = Text(f"无法按 CSV 读取（{error}）", f"not readable as CSV ({error})")
        raise InputError(Problem(shown, reader.line_num, None, "", message)) from error


def _other_delimiter(text: str, columns: Sequence[str]) -> Text | None:
    """What separates the cells where it is no comma: with it the first line names most columns."""
    first = (text.splitlines() or [""])[0]
    for character, name in _DELIMITERS.items():
        if len({cell.strip().strip('"') for cell in first.split(character)} & set(columns)) > len(columns) // 2:
            return name
    return None


def key_problems(record: Mapping[str, str], width: int, columns: int) -> Iterator[tuple[str, Text]]:
    """Why a row cannot be told: its number of cells, its region or its year, as (column, message)."""
    if width != columns:
        yield "", wrong_width(width, columns)
        return
    if not record["region"].strip():
        yield "region", Text("缺少地区名", "the name of the region is missing")
    year = plain(record["year"])
    if not (re.fullmatch(r"\d{4}", year, re.ASCII) and int(year) in YEARS):
        yield "year", Text(f"应为四位年份，得到“{year}”", f'expected a year of four digits, got "{year}"')


def repetition(region: str, year: int, row: int, seen: dict[tuple[str, int], int]) -> Text | None:
    """The message for a second row of a region and year; `seen` remembers the first of each."""
    first = seen.setdefault((region, year), row)
    if first == row:
        return None
    return Text(f"{region} {year} 年与第 {first} 行重复", f"{region} {year} repeats row {first}")


def placed(shown: str, header: list[str], row: int, found: Iterable[tuple[str, Text]]) -> list[Problem]:
    """Problems of a row, (column, message), with their place in the file."""
    return [Problem(shown, row, header.index(name) + 1 if name else None, name, text) for name, text in found]


def plain(cell: str) -> str:
    """The cell with full-width digits made plain, which can be meant one way only."""
    return unicodedata.normalize("NFKC", cell).strip()


def number(cell: str) -> float | None:
    """The number in a cell made plain, thousands separators allowed; None when it is none."""
    value = float(cell.replace(",", "")) if _NUMBER.fullmatch(cell) else math.nan
    return value if math.isfinite(value) else None
