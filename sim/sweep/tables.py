"""The tables of a finished sweep, in fixed order: targets, indicators, and the targets together.

points.csv       point, axes, target, probability, standard_error, p10, p50, p90
indicators.csv   point, axes, indicator, unit, year, p10, p50, p90, mean
joint.csv        point, axes, targets (how many together), probability, standard_error
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from sim.indicators.catalogue import INDICATORS
from sim.output.store import to_json
from sim.randomness import Array
from sim.sweep.parts import FIGURES, JOINT, MEASURES, Sweep
from sim.sweep.records import TEMPORARY, write_durably

TABLE, INDICATOR_TABLE, JOINT_TABLE = "points.csv", "indicators.csv", "joint.csv"
TABLES_LISTED = "tables.json"

Row = Sequence[object]


def write_tables(folder: Path, sweep: Sweep, values: Array, indicators: Array, joint: Array) -> None:
    """Write all tables, each whole or not at all, then the list of them."""
    tables = {TABLE: _target_rows(sweep, values), JOINT_TABLE: _joint_rows(sweep, joint)}
    if sweep.indicators:
        tables[INDICATOR_TABLE] = _indicator_rows(sweep, indicators)
    hashes = {name: write_table(folder / name, rows) for name, rows in tables.items()}
    write_durably(folder / TABLES_LISTED, to_json(hashes).encode())


def tables_stand(folder: Path) -> bool:
    """Whether all tables are there as they were written."""
    try:
        hashes: dict[str, str] = json.loads((folder / TABLES_LISTED).read_bytes())
        return all(_hash_of(folder / name) == value for name, value in hashes.items())
    except (OSError, ValueError, AttributeError):
        return False


def _hash_of(place: Path) -> str:
    with place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _target_rows(sweep: Sweep, values: Array) -> Iterator[Row]:
    yield ["point", *(axis.id for axis in sweep.axes), "target", *MEASURES]
    ids = [target.id for target in sweep.targets]
    for at, table in zip(point_cells(sweep), values, strict=True):
        for id, row in zip(ids, table.tolist(), strict=True):
            yield [*at, id, *map(number_cell, row)]


def _indicator_rows(sweep: Sweep, indicators: Array) -> Iterator[Row]:
    yield ["point", *(axis.id for axis in sweep.axes), "indicator", "unit", "year", *FIGURES]
    names = [(name, INDICATORS[name].unit) for name in sweep.indicators]
    for at, table in zip(point_cells(sweep), indicators, strict=True):
        for (name, unit), years in zip(names, table.tolist(), strict=True):
            for year, row in zip(sweep.years, years, strict=True):
                yield [*at, name, unit, year, *map(number_cell, row)]


def _joint_rows(sweep: Sweep, joint: Array) -> Iterator[Row]:
    yield ["point", *(axis.id for axis in sweep.axes), "targets", *JOINT]
    count = len(sweep.together)
    for at, row in zip(point_cells(sweep), joint.tolist(), strict=True):
        yield [*at, count, *map(number_cell, row)]


def point_cells(sweep: Sweep) -> Iterator[list[str]]:
    """The number of each point and its values on the axes; nothing where the base scenario's own setting stays."""
    for place, row in enumerate(sweep.design.rows.tolist()):
        yield [str(place + 1), *map(number_cell, row)]


def number_cell(value: float) -> str:
    """The shortest text that reads back as the same number; nothing where there is none."""
    return "" if math.isnan(value) else repr(value).removesuffix(".0")


def write_table(place: Path, rows: Iterable[Row]) -> str:
    """Write a CSV under a temporary name, then rename it; the SHA-256 of what was written."""
    temporary = place.with_name(place.name + TEMPORARY)
    with temporary.open("wb") as raw:
        _write_rows(raw, rows)
        raw.flush()
        os.fsync(raw.fileno())
    written = _hash_of(temporary)
    os.replace(temporary, place)
    return written


def _write_rows(raw: BinaryIO, rows: Iterable[Row]) -> None:
    """UTF-8 with a byte-order mark and CRLF, as spreadsheets want it."""
    stream = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
    writer = csv.writer(stream)
    writer.writerows(rows)
    stream.flush()
    stream.detach()
