"""The committed record of hindcasts: one row per forecaster, variable, horizon and origin, or target year.

Sums over the regions of a year, not the regions themselves: all that scoreboards and grades need, since years are the
unit, and none of the panel. A record is merged by origin, and origins scored under a lock are never scored again.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from sim.errors import InputError, Problem
from sim.language import Text
from sim.reading.files import decode, read_bytes, shown_path
from sim.resources import data_path

FOLDER = "hindcast"
SCORES, TARGETS, REGIONS = "scores.csv", "targets.csv", "regions.csv"
PIT_BINS = 10


@dataclass(frozen=True, slots=True)
class YearScore:
    """What one forecaster did at one origin, variable and horizon.

    regions : forecasts that have an outcome and that the reference has made as well; crps, reference_crps : means over
    them of this forecaster and of the reference; inside_50 … inside_90 : how many outcomes lay in the central
    intervals; pit_01 … pit_10 : how many in each tenth of their forecast; place : mean place in the forecast; error,
    square : mean and mean square of (outcome - median) in predictive standard deviations; locked : the commit that
    fixed the model before these origins were scored, or nothing.
    """

    forecaster: str
    reference: str
    variable: str
    horizon: int
    origin: int
    regions: int
    crps: float
    reference_crps: float
    inside_50: int
    inside_80: int
    inside_90: int
    place: float
    error: float
    square: float
    pit_01: int
    pit_02: int
    pit_03: int
    pit_04: int
    pit_05: int
    pit_06: int
    pit_07: int
    pit_08: int
    pit_09: int
    pit_10: int
    locked: str = ""

    @property
    def pit(self) -> tuple[int, ...]:
        """Outcomes by tenth of their forecast."""
        return tuple(int(getattr(self, f"pit_{tenth:02d}")) for tenth in range(1, PIT_BINS + 1))


@dataclass(frozen=True, slots=True)
class TargetYear:
    """How probabilities of annual growth targets did in one year, under one reading of 左右.

    brier, reference_brier : Brier scores over the cases of this forecaster and of the dressed random walk; of each
    third of the probabilities (low, middle, high) the number of cases, the sum of their probabilities, how many were
    met.
    """

    forecaster: str
    reading: str
    origin: int
    cases: int
    brier: float
    reference_brier: float
    low_cases: int
    low_sum: float
    low_met: int
    middle_cases: int
    middle_sum: float
    middle_met: int
    high_cases: int
    high_sum: float
    high_met: int
    locked: str = ""

    def bin(self, name: str) -> tuple[int, float, int]:
        """Cases, sum of probabilities and how many were met of `low`, `middle` or `high`."""
        return getattr(self, f"{name}_cases"), getattr(self, f"{name}_sum"), getattr(self, f"{name}_met")


Row = TypeVar("Row")
Yearly = TypeVar("Yearly", YearScore, TargetYear)


def committed(name: str) -> Path:
    """A file of the record that comes with the program."""
    return data_path("calibration", FOLDER, name)


def read_rows(path: Path, kind: type[Row]) -> tuple[Row, ...]:
    """The rows of a record. Raises InputError when it is missing or not as the program writes it."""
    shown = shown_path(path)
    if not path.is_file():
        text = Text("还没有回测记录", "there is no record of hindcasts yet")
        raise InputError(Problem(shown, None, None, "", text))
    readers = {field.name: _reader(str(field.type)) for field in fields(kind)}  # type: ignore[arg-type]
    table = csv.DictReader(io.StringIO(decode(read_bytes(path), shown), newline=""))
    if table.fieldnames is None or list(table.fieldnames) != list(readers):
        text = Text(f"各列应为 {','.join(readers)}", f"the columns should be {','.join(readers)}")
        raise InputError(Problem(shown, 1, None, "", text))
    return tuple(_row(cells, readers, kind, shown, line) for line, cells in enumerate(table, 2))


def _reader(kind: str) -> Callable[[str], object]:
    if kind == "int":
        return int
    return float if kind == "float" else str


def _row(
    cells: dict[str, Any], readers: dict[str, Callable[[str], object]], kind: type[Row], shown: str, line: int
) -> Row:
    try:
        return kind(**{name: read(cells[name]) for name, read in readers.items()})
    except (TypeError, ValueError) as error:
        text = Text(f"这一行读不出来（{error}）", f"this row cannot be read ({error})")
        raise InputError(Problem(shown, line, None, "", text)) from error


def rows_csv(rows: Iterable[object], kind: type[object]) -> str:
    """Rows as CSV, numbers to eight digits: the same text from the same rows."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        values = [getattr(row, name) for name in names]
        writer.writerow([f"{value:.8g}" if isinstance(value, float) else value for value in values])
    return stream.getvalue()


def write_rows(path: Path, rows: Iterable[object], kind: type[object]) -> None:
    """Write a record under a temporary name, then give it its own. UTF-8 with BOM."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(rows_csv(rows, kind), encoding="utf-8-sig", newline="")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def merged(old: Sequence[Yearly], new: Sequence[Yearly]) -> list[Yearly]:
    """The record with the origins of `new` in place of what it held of them, in the order of origins."""
    replaced = {row.origin for row in new}
    kept: list[Yearly] = [row for row in old if row.origin not in replaced]
    kept += new
    return sorted(kept, key=lambda row: row.origin)


def scored_under_lock(path: Path, origins: Iterable[int], kind: type[Yearly]) -> list[int]:
    """Origins among these that the record holds as scored once and for all."""
    rows = read_rows(path, kind) if path.is_file() else ()
    return sorted({row.origin for row in rows if row.locked} & set(origins))
