"""The committed record of growth targets met, `targets_met.csv`: one row per cut-off and distance from last growth.

The file holds shares estimated by `sim.hindcast.second_opinion.targets_met`; the single cases are not part of it.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem
from sim.language import Text
from sim.reading.files import shown_path
from sim.reference_class.tables import Cells, read_table, repeated

#: Where the record lies inside the calibration folder.
MET_FILE = ("reference_class", "targets_met.csv")
COLUMNS = ("cut_off", "low", "high", "distance", "seen", "share", "standard_error", "cases", "effective_years",
           "regions", "first_year", "last_year")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShareMet:
    """How often targets at one distance from last growth were met.

    low <= target - last growth < high, `distance` its mean over the cases, percentage points; `seen` the share met
    in these cases, `share` the same made to fall with the distance; standard_error of the share with years as
    blocks; `cases`, and how many independent years they are worth.
    """

    low: float
    high: float
    distance: float
    seen: float
    share: float
    standard_error: float
    cases: int
    effective_years: float


@dataclass(frozen=True, slots=True)
class MetTable:
    """What was known at the end of `cut_off`: shares by distance, of targets for `first_year` to `last_year`."""

    cut_off: int
    regions: int
    first_year: int
    last_year: int
    lines: tuple[ShareMet, ...]


def share_at(lines: Sequence[ShareMet], distance: float) -> ShareMet:
    """The line for a target `distance` points above last growth: the nearest where none holds it."""
    return min(lines, key=lambda line: (max(line.low - distance, distance - line.high, 0.0), -line.low))


def read_met(path: str | Path) -> tuple[MetTable, ...]:
    """The record at every cut-off of a file, earliest first; raises InputError with every problem of the file."""
    rows = read_table(path, COLUMNS, _row)
    problems = repeated([(line, (head[0], met.low)) for line, (head, met) in rows], shown_path(path), "low")
    heads = sorted({head for _, (head, _) in rows})
    if len({head[0] for head in heads}) < len(heads):
        text = Text("同一截止年各行的地区数和年份应一致", "rows of one cut-off must agree on regions and years")
        problems.append(Problem(shown_path(path), None, None, "cut_off", text))
    if problems:
        raise InputError(problems)
    return tuple(MetTable(*head, tuple(met for _, (own, met) in rows if own == head)) for head in heads)


def met_csv(tables: Iterable[MetTable]) -> bytes:
    """The bytes of the file: shares to six digits, an empty cell for a bound that does not exist."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for table in tables:
        tail = [table.regions, table.first_year, table.last_year]
        for met in table.lines:
            numbers = (met.low, met.high, met.distance, met.seen, met.share, met.standard_error)
            writer.writerow([table.cut_off, *map(_cell, numbers), met.cases, _cell(met.effective_years), *tail])
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: float) -> str:
    return f"{value:.6g}" if math.isfinite(value) else ""


def _row(cells: Cells) -> tuple[tuple[int, int, int, int], ShareMet]:
    head = (
        cells.whole("cut_off", 1950), cells.whole("regions", 1), cells.whole("first_year", 1950),
        cells.whole("last_year", 1950),
    )  # fmt: skip
    low, high = cells.optional_number("low"), cells.optional_number("high")
    met = ShareMet(
        -math.inf if low is None else low,
        math.inf if high is None else high,
        cells.number("distance"),
        cells.number("seen", lowest=0.0),
        cells.number("share", lowest=0.0),
        cells.number("standard_error", lowest=0.0),
        cells.whole("cases", 1),
        cells.number("effective_years", above=0.0),
    )
    if not head[2] <= head[3] <= head[0]:
        cells.found.append(("last_year", Text("年份不应晚于截止年", "years must not be later than the cut-off")))
    cells.found += [
        (name, Text(f"比例应在0到1之间，得到 {value:g}", f"a share is 0 to 1, not {value:g}"))
        for name, value in (("seen", met.seen), ("share", met.share))
        if value > 1.0
    ]
    return head, met
