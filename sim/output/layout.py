"""Text laid out by terminal cells: hanzi take two, and lines break where Chinese punctuation allows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_OPENING = "（“‘《【〔"
_CLOSING = "，。、；：！？）”’》】〕…"
# What may not be torn apart: a run of Latin text or one hanzi, with the punctuation that belongs to it.
_UNITS = re.compile(rf" +|[{_OPENING}]*(?:[!-~]+|[^ ])[{_CLOSING}]*")


def cell_width(text: str) -> int:
    """Cells that `text` takes in a terminal: two for a hanzi, none for a combining mark."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap_cells(text: str, width: int) -> list[str]:
    """The lines of `text`, each at most `width` cells unless one word alone is longer.

    Line breaks in `text` are kept. A line neither starts with closing punctuation nor ends with opening.
    """
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, width)]


def _wrap_paragraph(paragraph: str, width: int) -> list[str]:
    lines = [""]
    for unit in _UNITS.findall(paragraph):
        if cell_width(lines[-1]) + cell_width(unit) <= width:
            lines[-1] += unit
        elif unit.isspace():
            lines.append("")
        elif lines[-1]:
            lines.append(unit)
        else:
            lines[-1] = unit
    return [line.rstrip() for line in lines]


def pad_cells(text: str, width: int, right: bool = False) -> str:
    """Text filled with blanks to `width` cells."""
    blanks = " " * max(0, width - cell_width(text))
    return blanks + text if right else text + blanks


def grid(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    right: Sequence[bool],
    ruled: bool = True,
) -> str:
    """A table with wrapped cells: columns of the given widths in cells; `ruled` parts the rows by thin lines."""

    def block(row: Sequence[str]) -> list[str]:
        wrapped = [wrap_cells(text, width) or [""] for text, width in zip(row, widths, strict=True)]
        height = max(map(len, wrapped))
        return [
            "  ".join(
                pad_cells(lines[i] if i < len(lines) else "", width, side)
                for lines, width, side in zip(wrapped, widths, right, strict=True)
            ).rstrip()
            for i in range(height)
        ]

    whole = sum(widths) + 2 * (len(widths) - 1)
    out = ["━" * whole, *block(header), "━" * whole]
    for i, row in enumerate(rows):
        if i and ruled:
            out.append("─" * whole)
        out += block(row)
    return "\n".join([*out, "━" * whole])


def fitted(columns: Sequence[Sequence[str]], least: Sequence[int], most: Sequence[int]) -> list[int]:
    """Widths in cells that the texts of each column ask for, between the bounds given."""
    wanted = [max((cell_width(line) for text in column for line in text.split("\n")), default=0) for column in columns]
    return [max(low, min(high, need)) for need, low, high in zip(wanted, least, most, strict=True)]
