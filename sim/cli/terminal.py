"""What is written to the terminal: safe on every console, wrapped by cells rather than by characters."""

from __future__ import annotations

import codecs
import io
import shutil
import sys
from collections.abc import Iterable, Sequence

import click

from sim.language import Text
from sim.output.layout import cell_width, fitted, grid, wrap_cells

__all__ = ["cell_width", "definition_list", "make_output_safe", "page", "page_width", "wrap_cells", "write_json",
           "write_table"]  # fmt: skip

WIDEST_PAGE = 100  # cells; longer lines are hard to read
PIPED_WIDTH = 200  # cells, where nobody's terminal sets a width


#: What a console without a character shows instead; a minus that became `?` would be a number of unknown sign.
_STAND_INS = {"−": "-", "—": "-", "²": "2", "×": "x"}
_HANDLER = "sim-stand-ins"


def make_output_safe() -> None:
    """Characters that a console cannot show (cp936 has no `−`) become plainer ones, or `?`, and end no program."""
    codecs.register_error(_HANDLER, _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    """Plainer characters for those that cannot be encoded, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_STAND_INS.get(character, "?") for character in error.object[error.start : error.end]), error.end


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


def page() -> int:
    """Cells across: the terminal's, what COLUMNS says, or a full page where output goes to a file."""
    return shutil.get_terminal_size((80 if sys.stdout.isatty() else PIPED_WIDTH, 24)).columns


def write_table(
    header: Sequence[Text], rows: Sequence[Sequence[str]], most: Sequence[int], lang: str, ruled: bool = True
) -> None:
    """Print a table as wide as its texts ask for, each column at most `most` cells, the last what is left."""
    heads = [text.pick(lang) for text in header]
    widths = fitted(list(zip(heads, *rows, strict=True)), [4] * len(most), most)
    left = page() - sum(widths[:-1]) - 2 * (len(widths) - 1)
    widths[-1] = min(widths[-1], max(24, left))
    click.echo(grid(heads, rows, widths, [False] * len(widths), ruled))
