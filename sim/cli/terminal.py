"""What is written to the terminal: safe on every console, wrapped by cells rather than by characters."""

from __future__ import annotations

import io
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence

WIDEST_PAGE = 100  # cells; longer lines are hard to read

_OPENING = "（“‘《【〔"
_CLOSING = "，。、；：！？）”’》】〕…"
# What may not be torn apart: a run of Latin text or one hanzi, with the punctuation that belongs to it.
_UNITS = re.compile(rf" +|[{_OPENING}]*(?:[!-~]+|[^ ])[{_CLOSING}]*")


def make_output_safe() -> None:
    """Characters that a console cannot show (cp936 has no `²`) become `?` instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def write_json(document: object) -> None:
    """Writes one JSON document to standard output as UTF-8 bytes, whatever the console's encoding.

    Raises ValueError for NaN or infinity, which JSON does not have.
    """
    import json

    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def page_width() -> int:
    """Cells to a line of help: the terminal's width within reason."""
    return max(40, min(shutil.get_terminal_size().columns - 1, WIDEST_PAGE))


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


def definition_list(rows: Iterable[Sequence[str]], width: int, indent: int = 2) -> list[str]:
    """Lines of two columns: a term, and its explanation wrapped beside it. `rows` are pairs of strings."""
    pairs = [(row[0], row[1]) for row in rows]
    left = min(max((cell_width(term) for term, _ in pairs), default=0), width // 3)
    column = indent + left + 2
    lines: list[str] = []
    for term, explanation in pairs:
        wrapped = wrap_cells(explanation, width - column)
        head = " " * indent + term
        if cell_width(term) > left:
            lines.append(head)
            head = ""
        lines.append((head + " " * (column - cell_width(head)) + wrapped[0]).rstrip())
        lines.extend(" " * column + line for line in wrapped[1:])
    return lines
