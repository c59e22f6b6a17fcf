"""A chart as an office program can draw and edit it: categories and series, no drawing. Pure data.

`sim.native` turns it into a chart of a workbook or of a Word document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart, one value for each category (None: no value).

    kind : `column`, `bar`, `line`, `area`, `marker` (points without a line); second : on the axis at the right;
    hidden : takes room in a stack without being seen; dashed_from : index of the first category that is projected and
    drawn dashed or hatched, None for all solid; labels : values printed beside the points, decimals as in `format`.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    kind: str = "column"
    second: bool = False
    hidden: bool = False
    dashed_from: int | None = None
    labels: bool = False
    format: str = "0.0"
    pattern: str = ""  # of XlsxWriter, e.g. "wide_upward_diagonal", for print without colour


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A chart, the first category at the left, or at the top where it has bars.

    `stack` is ``, `stacked` or `percent`; low and high bound the first axis where given.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    second_unit: str = ""
    stack: str = ""
    low: float | None = None
    high: float | None = None


def projected_tail(projected: Sequence[bool]) -> int | None:
    """Place from which on every year is projected; None where the last one is published."""
    last = max((index for index, later in enumerate(projected) if not later), default=-1)
    return last + 1 if last + 1 < len(projected) else None
