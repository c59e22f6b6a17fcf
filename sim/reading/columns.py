"""What is wrong with the shape of a table: its columns, and rows with too few or too many cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.errors import unknown_name
from sim.language import Text


def header_problems(header: Sequence[str], columns: Sequence[str]) -> Iterator[tuple[int | None, str, Text]]:
    """Columns that are unknown, repeated or missing, as (number, name, message); their order is free."""
    for column, name in enumerate(header, 1):
        if name not in columns:
            yield column, name, unknown_name(name, columns)
        elif header.index(name) < column - 1:
            yield column, name, Text("列名重复", "column repeated")
    for name in columns:
        if name not in header:
            yield None, name, Text("缺少这一列", "column missing")


def wrong_width(cells: int, columns: int) -> Text:
    """A row with too few or too many cells, usually an unquoted comma."""
    return Text(f"有 {cells} 格，应为 {columns} 格", f"{cells} cells instead of {columns}")
