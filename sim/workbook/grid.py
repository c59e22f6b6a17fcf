"""What a sheet consists of, before it is written: lines on top, then one table whose cells are values, not pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.report.blocks import Column


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of a table.

    value : a number, a text, or None for nothing; format : number format of Excel; style : a key of `book.STYLES`;
    formula : with `[key]` for the cell of this row in that column, `[key@top]` and `[key@end]` for its first and last
    row, `[key@up]` for the row above and `[row]` for the row's number; `value` is what it gives; link : a fact or
    target of the sheet of sources; across : columns it covers (its text runs on).
    """

    value: float | str | None = None
    format: str = ""
    style: str = ""
    formula: str = ""
    link: str = ""


BLANK = Entry()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. keep : columns that stay when scrolled; scales : keys of columns coloured as a heat map; outlined : keys
    of columns folded together; filtered : with buttons to filter, which needs rows without a sum."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Entry, ...], ...]
    keep: int = 0
    scales: tuple[str, ...] = ()
    outlined: tuple[str, ...] = ()
    filtered: bool = True

    @property
    def heads(self) -> int:
        """Rows of the head: two where columns are grouped."""
        return 2 if any(column.group for column in self.columns) else 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line above the table. style : `title`, `note` or `warning`; target : name of the sheet that it leads to."""

    text: str
    style: str = "note"
    target: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `name` is unique; `about` is its line in the list of sheets."""

    name: str
    about: str
    lines: tuple[Line, ...]
    grid: Grid = field(default_factory=lambda: Grid((), ()))
    key: str = ""

    @property
    def first_row(self) -> int:
        """Row of the first line of values, counted from 0: below the lines, an empty row and the head."""
        return len(self.lines) + self.grid.heads
