"""The table of annual growth targets and what came of them: one row per region and year, checked at once.

`baseline_value` is growth of the year before, `qualifier` the word beside the target, `outcome_value` growth that
came out, `met` whether it reached the target (1 or 0); all growth in percent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem, unknown_name
from sim.language import Text
from sim.panel.table import key_problems, number, placed, plain, read_table, repetition
from sim.randomness import Array
from sim.reading.files import shown_path

NUMBERS = ("baseline_value", "target_value", "outcome_value")
HEADER = ("region", "year", "baseline_value", "target_value", "qualifier", "outcome_value", "met")

#: Words beside a target: 左右 (around), 以上 (at_least), a range whose middle is given, none or not told apart.
AROUND = ("around", "point_or_around")
QUALIFIERS = ("", "point", "at_least", "range", *AROUND)

#: Growth in percent lies between these; an index with the previous year = 100 does not.
LOWEST_GROWTH, HIGHEST_GROWTH = -50.0, 50.0


@dataclass(frozen=True, slots=True, eq=False)
class TargetTable:
    """Targets in order of year, then region: arrays (case,) in percent; an outcome not yet reported is NaN."""

    regions: tuple[str, ...]
    years: tuple[int, ...]
    baseline: Array
    target: Array
    qualifier: tuple[str, ...]
    outcome: Array

    def where(self, keep: Sequence[bool] | Array) -> TargetTable:
        """The cases for which `keep` (case,) is true."""
        places = [place for place, kept in enumerate(keep) if kept]
        regions = tuple(self.regions[place] for place in places)
        years = tuple(self.years[place] for place in places)
        words = tuple(self.qualifier[place] for place in places)
        return TargetTable(regions, years, self.baseline[places], self.target[places], words, self.outcome[places])

    def up_to(self, year: int) -> TargetTable:
        """The targets of `year` and before."""
        return self.where([known <= year for known in self.years])

    def target_of(self, region: str, year: int) -> float:
        """The target of a region for a year in percent; NaN where there is none."""
        for key, target in zip(zip(self.regions, self.years, strict=True), self.target, strict=True):
            if key == (region, year):
                return float(target)
        return float("nan")


def read_targets(path: str | Path) -> TargetTable:
    """The table in `path`; raises InputError with every problem of the file, `line` its row, `key` its column."""
    shown = shown_path(path)
    header, records = read_table(path, HEADER)
    rows: list[tuple[int, str, str, dict[str, float]]] = []  # year, region, word, figures
    problems: list[Problem] = []
    seen: dict[tuple[str, int], int] = {}
    for line, cells in records:
        record = dict(zip(header, cells, strict=False))
        found = list(_row_problems(record, len(cells), line, seen))
        problems += placed(shown, header, line, found)
        if not found:
            figures = {name: _figure(record[name]) for name in NUMBERS}
            rows.append((int(plain(record["year"])), record["region"].strip(), record["qualifier"].strip(), figures))
    if problems:
        raise InputError(problems)
    rows.sort(key=lambda row: row[:2])
    baseline, target, outcome = (np.array([row[3][name] for row in rows]) for name in NUMBERS)
    years, words = tuple(row[0] for row in rows), tuple(row[2] for row in rows)
    return TargetTable(tuple(row[1] for row in rows), years, baseline, target, words, outcome)


def _figure(cell: str) -> float:
    value = number(plain(cell))
    return float("nan") if value is None else value


def _row_problems(
    record: Mapping[str, str], width: int, line: int, seen: dict[tuple[str, int], int]
) -> Iterator[tuple[str, Text]]:
    untold = list(key_problems(record, width, len(HEADER)))
    yield from untold
    if untold:
        return
    repeated = repetition(record["region"].strip(), int(plain(record["year"])), line, seen)
    if repeated:
        yield "region", repeated
    for name in NUMBERS:
        problem = _number_problem(plain(record[name]), name)
        if problem is not None:
            yield name, problem
    if record["qualifier"].strip() not in QUALIFIERS:
        yield "qualifier", unknown_name(record["qualifier"].strip(), [word for word in QUALIFIERS if word])
    yield from _met_problems(record)


def _number_problem(cell: str, name: str) -> Text | None:
    if not cell and name == "outcome_value":
        return None
    value = number(cell)
    if value is None:
        return Text(f"应为增速（%），得到“{cell}”", f'expected growth in percent, got "{cell}"')
    if not LOWEST_GROWTH < value < HIGHEST_GROWTH:
        zh = f"应为增速（%），得到 {value:g}；指数 109.8 应写作 9.8"
        return Text(zh, f"expected growth in percent, got {value:g}; write an index of 109.8 as 9.8")
    return None


def _met_problems(record: Mapping[str, str]) -> Iterator[tuple[str, Text]]:
    cell = plain(record["met"])
    if cell and number(cell) not in (0.0, 1.0):
        yield "met", Text(f"应为 1、0 或空，得到“{cell}”", f'expected 1, 0 or nothing, got "{cell}"')
        return
    target, outcome = (number(plain(record[name])) for name in ("target_value", "outcome_value"))
    if not cell or target is None:
        return
    if outcome is None:
        yield "met", Text("没有结果而填了是否完成", "whether the target was met is given without an outcome")
    elif (outcome >= target) != bool(number(cell)):
        zh = f"与结果不符：结果 {outcome:g}，目标 {target:g}"
        yield "met", Text(zh, f"contradicts the outcome {outcome:g} against the target {target:g}")
