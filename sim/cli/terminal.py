"""What is written to the terminal: safe on every console, wrapped by cells rather than by characters."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable, Sequence

from sim.output.layout import cell_width, wrap_cells

__all__ = ["cell_width", "definition_list", "make_output_safe", "page_width", "wrap_cells", "write_json"]

WIDEST_PAGE = 100  # cells; longer lines are hard to read


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

    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def page_width() -> int:
    """Cells to a line of help: the terminal's width within reason."""
    return max(40, min(shutil.get_terminal_size().columns - 1, WIDEST_PAGE))


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
