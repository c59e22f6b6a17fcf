"""Widths of table columns: never so narrow that a number breaks, then so that the table is as short as it can be.

Lengths in twips (1/20 point).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sim.report.blocks import Cell, Table

MARGIN = 70  # left and right of the text of a cell, each
_SIZES = (10.5, 9.0, 7.5)  # 五号, 小五, 六号
# Advance of a Latin letter or digit by its size: half in Times New Roman, more in what stands in for it.
_NARROW = 0.58
_WIDEST = 0.64  # of a digit in the widest stand-in: no number may break in it
_STEPS = 80  # portions in which the room left over is given out
_CROWDED = 2.0  # lines a row needs on average, from which on smaller text is tried
_UPRIGHT = 3.0  # lines a row needs on average, from which on a wide table gets a turned page
_LONG_TABLE = 14  # rows: a longer table begins in 小五
_TALL = 3.2  # lines a row needs on average in 小五, from which on 六号 is tried
_LONGEST_WORD = 11  # hanzi: a longer word breaks anyway, or one name would take the room of all
# A line may break beside a hanzi and after a space; brackets and stops stay with what they hold or end.
_WORD = r"[^\s\u2e80-\u2fff\u3000-\u9fff\uff00-\uffef“”]+"
_UNBREAKABLE = re.compile(rf"[（《“]*{_WORD}(?:～{_WORD})?(?:年(?:度|底|末)?)?[）》”，。；：、％]*")


@dataclass(frozen=True, slots=True)
class Widths:
    """Columns in twips, and the size of the text they were made for."""

    columns: tuple[int, ...]
    size: float


def fitted(table: Table, total: int) -> Widths | None:
    """Columns that together measure `total`; None if words or numbers break in every size of text.

    The largest size in which most rows have two lines at most, or else the one that makes the table shortest.
    """
    found: list[tuple[float, Widths]] = []
    for size in _SIZES[len(table.rows) > _LONG_TABLE :]:
        least = [_least(texts, size) for texts in _columns(table)]
        if sum(least) <= total:
            columns = _shortest(table, least, total, size)
            lines = _lines(table, columns, size)
            found.append((lines * size, Widths(columns, size)))
            if table.prose or lines <= _CROWDED or (size == _SIZES[-2] and lines <= _TALL):
                break
    return min(found, key=lambda one: one[0])[1] if found else None


def squeezed(table: Table, total: int) -> Widths:
    """Columns for a table that fits in no size: the smallest text, each column by its need."""
    least = [_least(texts, _SIZES[-1]) for texts in _columns(table)]
    return Widths(_exact([total * need / sum(least) for need in least], total), _SIZES[-1])


def reads_well(table: Table, widths: Widths) -> bool:
    """Whether most rows need three lines at most, in 小五 or larger: such a table does without a turned page."""
    return widths.size >= _SIZES[1] and _lines(table, widths.columns, widths.size) <= _UPRIGHT


def placed(row: tuple[Cell, ...]) -> list[tuple[int, Cell]]:
    """The cells of a row with the number of their first column."""
    found, index = [], 0
    for cell in row:
        found.append((index, cell))
        index += cell.span
    return found


def filled(row: tuple[Cell, ...], count: int) -> tuple[Cell, ...]:
    """`row` with exactly `count` columns: empty cells where it is short; ValueError where it is long."""
    taken = sum(cell.span for cell in row)
    if taken > count:
        raise ValueError(f"a row of {taken} columns in a table of {count}: {[cell.text for cell in row][:4]}")
    return (*row, *(Cell("") for _ in range(count - taken)))


def _columns(table: Table) -> list[list[str]]:
    """The texts of each column, its head first, one for each row; a cell over several columns counts for none."""
    found = [[column.title] for column in table.columns]
    for row in table.rows:
        own = {index: cell.text for index, cell in placed(row) if cell.span == 1}
        for index, texts in enumerate(found):
            texts.append(own.get(index, ""))
    return found


def _least(texts: Sequence[str], size: float) -> int:
    """The narrowest width that breaks no word or number, and holds four hanzi where there are as many."""
    words = [word for text in texts for word in _UNBREAKABLE.findall(text)]
    need = min(max((_length(word, size, _WIDEST) for word in words), default=0), _length("汉" * _LONGEST_WORD, size))
    return max(need, min(max((_length(text, size) for text in texts), default=0), _length("汉" * 4, size)))


def _length(text: str, size: float, narrow: float = _NARROW) -> int:
    """Width of a cell that holds `text` on one line."""
    return _bare(text, size, narrow) + 2 * MARGIN + 10


def _bare(text: str, size: float, narrow: float = _NARROW) -> int:
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    return round((wide + narrow * (len(text) - wide)) * size * 20)


def _shortest(table: Table, least: list[int], total: int, size: float) -> tuple[int, ...]:
    """Widths from `least` on: what is left goes, portion by portion, where it shortens the rows most.

    Once every cell stands on one line, the rest goes by the proportions that the template asks for.
    """
    lengths = np.array([[_bare(text, size) for text in texts] for texts in _columns(table)], dtype=float)
    spare = 2 * MARGIN + 10
    widths = np.array(least, dtype=float)
    portion = (total - sum(least)) / _STEPS
    for step in range(_STEPS):
        gains = _gains(lengths, widths - spare, portion)
        best = int(np.argmax(gains))
        if gains[best] <= 1e-9:
            shares = np.array([column.width for column in table.columns])
            widths += portion * (_STEPS - step) * shares / shares.sum()
            break
        widths[best] += portion
    return _exact([float(width) for width in widths], total)


def row_lines(table: Table, columns: Sequence[int], size: float) -> npt.NDArray[np.float64]:
    """Lines of the tallest cell of the head and of each row."""
    rooms = np.array(columns) - 2 * MARGIN
    lengths = np.array([[_bare(text, size) for text in texts] for texts in _columns(table)], dtype=float)
    return np.asarray(np.ceil(lengths / rooms[:, None]).max(axis=0).clip(1.0))


def _lines(table: Table, columns: Sequence[int], size: float) -> float:
    return float(row_lines(table, columns, size).mean())


def _gains(lengths: npt.NDArray[np.float64], room: npt.NDArray[np.float64], portion: float) -> npt.NDArray[np.float64]:
    """For each column, by how many lines the table gets shorter when that column gets `portion` more.

    Lines are counted in fractions, at least one: a column that brings a row closer to a line less is worth it too.
    """
    lines = np.maximum(lengths / room[:, None], 1.0)
    wider = np.maximum(lengths / (room + portion)[:, None], 1.0)
    order = np.sort(lines, axis=0)
    highest, second = order[-1], order[-2] if len(order) > 1 else np.ones_like(order[-1])
    others = np.where(lines == highest, second, highest)
    # A little for cells that are not the tallest of their row: ties would otherwise end the search.
    return (highest - np.maximum(others, wider)).sum(axis=1) + 0.02 * (lines - wider).sum(axis=1)


def _exact(wanted: Sequence[float], total: int) -> tuple[int, ...]:
    """Whole twips with exactly this total: rounded along the running sum."""
    edges, run = [0], 0.0
    for width in wanted:
        run += width
        edges.append(round(run))
    edges[-1] = total
    return tuple(after - before for before, after in pairwise(edges))
