"""Reading the two tables of this room as CSV: the header, the width of the rows and numbers, every mistake at once."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from sim.errors import InputError, Problem, unknown_name
from sim.language import Text
from sim.reading.columns import header_problems, wrong_width
from sim.reading.files import decode, read_bytes, shown_path

Record = dict[str, str]
Made = TypeVar("Made")

_DATE = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])", re.ASCII)


class Cells:
    """The cells of one row; what is wrong with those that were asked for is kept in `found`."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.found: list[tuple[str, Text]] = []

    def text(self, column: str, allowed: tuple[str, ...] = ()) -> str:
        """A cell that must not be empty, or must be one of `allowed`."""
        cell = self.record[column]
        if allowed and cell not in allowed:
            self.found.append((column, unknown_name(cell, allowed)))
        elif not cell and not allowed:
            self.found.append((column, Text("还没有填", "still to be filled in")))
        return cell

    def date(self, column: str) -> str:
        """A month written 2014-12."""
        cell = self.record[column]
        if not _DATE.fullmatch(cell):
            self.found.append((column, Text(f"应为年月如 2014-12，得到“{cell}”", f'expected 2014-12, got "{cell}"')))
        return cell

    def number(self, column: str, lowest: float = -math.inf, above: float = -math.inf) -> float:
        """A finite number, at least `lowest` and greater than `above`; NaN with a problem noted otherwise."""
        cell = self.record[column]
        try:
            value = float(cell)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.found.append((column, Text(f"应为数字，得到“{cell}”", f'expected a number, got "{cell}"')))
        elif value < lowest or value <= above:
            bound = (f"不小于 {lowest:g}", f"at least {lowest:g}") if value < lowest else (f"大于 {above:g}",) * 2
            self.found.append((column, Text(f"应{bound[0]}，得到 {cell}", f"must be {bound[1]}, got {cell}")))
        return value

    def optional_number(self, column: str, lowest: float = -math.inf) -> float | None:
        """A finite number at least `lowest`, or None for an empty cell."""
        return self.number(column, lowest) if self.record[column] else None

    def whole(self, column: str, lowest: int) -> int:
        """A whole number at least `lowest`; 0 with a problem noted otherwise."""
        cell = self.record[column]
        if not re.fullmatch(r"\d{1,9}", cell, re.ASCII) or int(cell) < lowest:
            zh, en = f"应为不小于 {lowest} 的整数，得到“{cell}”", f'expected a whole number from {lowest}, got "{cell}"'
            self.found.append((column, Text(zh, en)))
            return 0
        return int(cell)


def read_table(path: str | Path, columns: tuple[str, ...], make: Callable[[Cells], Made]) -> list[tuple[int, Made]]:
    """What `make` makes of each row, with its line; raises InputError with every problem of the file."""
    shown = shown_path(path)
    text = decode(read_bytes(path), shown)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        records = [(line, row) for line, row in enumerate(reader, 1) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        message = Text(f"无法按 CSV 读取（{error}）", f"not readable as CSV ({error})")
        raise InputError(Problem(shown, reader.line_num, None, "", message)) from error
    header = [name.strip() for name in records[0][1]] if records else []
    problems = [Problem(shown, 1, column, name, text) for column, name, text in _header_problems(header, columns)]
    if problems or len(records) < 2:
        empty = Problem(shown, None, None, "", Text("没有数据行", "no rows of data"))
        raise InputError(problems or empty)
    made = []
    for line, row in records[1:]:
        if len(row) != len(header):
            problems.append(Problem(shown, line, None, "", wrong_width(len(row), len(header))))
            continue
        cells = Cells({name: cell.strip() for name, cell in zip(header, row, strict=True)})
        made.append((line, make(cells)))
        problems += [Problem(shown, line, header.index(name) + 1, name, text) for name, text in cells.found]
    if problems:
        raise InputError(problems)
    return made


def repeated(rows: list[tuple[int, tuple[object, ...]]], shown: str, column: str) -> list[Problem]:
    """Problems for rows whose key was there before."""
    first: dict[tuple[object, ...], int] = {}
    problems = []
    for line, key in rows:
        if first.setdefault(key, line) != line:
            named = "、".join(str(part) for part in key if part != "")
            text = Text(f"{named} 与第 {first[key]} 行重复", f"{named} repeats line {first[key]}")
            problems.append(Problem(shown, line, None, column, text))
    return problems


def _header_problems(header: list[str], columns: tuple[str, ...]) -> Iterator[tuple[int | None, str, Text]]:
    if not header:
        yield None, "", Text("文件是空的", "the file is empty")
        return
    yield from header_problems(header, columns)
