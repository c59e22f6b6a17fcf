"""A table with three rules. Its columns are spelt out in the grid, where WPS reads them, and in every cell for Word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.language import Text
from sim.report.blocks import Cell, Column, Table
from sim.word.elements import Element, element, runs
from sim.word.profiles import Face, Profile
from sim.word.widths import MARGIN, Widths, filled, placed

_HEAVY, _LIGHT = 12, 6  # eighths of a point
KEPT_WHOLE = 8  # rows: a table as short stays on one page
PITCH = 1.2  # of lines in cells, by the size of the text; exact, or every typeface would make another table
PADDING = 15  # twips above and below the text of a cell
_NOTHING = Text("（无）", "(none)")


@dataclass(frozen=True, slots=True)
class Build:
    """What the rows of one table share. followed : a note or a source stands below and stays with the last row."""

    table: Table
    widths: Widths
    looks: Profile
    chinese: bool
    followed: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell as it is drawn. top, bottom : rules in eighths of a point; keep : on the page of the next row."""

    text: str
    width: int
    face: Face
    align: str = "center"
    span: int = 1
    merge: str = ""
    top: int = 0
    bottom: int = 0
    keep: bool = True


def table_element(build: Build) -> Element:
    """`w:tbl` of a table: heads that repeat on every page, rows that do not break across two."""
    table = build.table
    nothing = _NOTHING.zh if build.chinese else _NOTHING.en
    rows = [filled(row, len(table.columns)) for row in table.rows] or [(Cell(nothing, span=len(table.columns)),)]
    made = element("tbl", (_properties(sum(build.widths.columns)), _grid(build.widths), *_head_rows(build)))
    joined = _joined(table, rows)
    for number, row in enumerate(rows):
        keep = _kept(number, len(rows), build.followed)
        made.append(_body_row(build, row, keep, joined.get(number)))
    return made


def _kept(number: int, count: int, followed: bool) -> bool:
    """Whether a row stays with what follows: the heads with the first rows, the last two with the notes, short
    tables whole."""
    if number == count - 1:
        return followed
    return count <= KEPT_WHOLE or number == 0 or number == count - 2


def _properties(total: int) -> Element:
    margins = [("top", PADDING), ("left", MARGIN), ("bottom", PADDING), ("right", MARGIN)]
    sides = tuple(element(side, (), w=width, type="dxa") for side, width in margins)
    return element(
        "tblPr",
        (
            element("tblW", (), w=total, type="dxa"),
            element("jc", (), val="center"),
            element("tblBorders", (_rule("top", _HEAVY), _rule("bottom", _HEAVY))),
            element("tblLayout", (), type="fixed"),
            element("tblCellMar", sides),
            element(
                "tblLook", (), val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1
            ),
        ),
    )


def _rule(side: str, size: int) -> Element:
    return element(side, (), val="single", sz=size, space=0, color="000000")


def _grid(widths: Widths) -> Element:
    return element("tblGrid", tuple(element("gridCol", (), w=width) for width in widths.columns))


def _head_rows(build: Build) -> list[Element]:
    """One row of heads, or two where columns are grouped."""
    columns, widths, face = build.table.columns, build.widths.columns, build.looks.head
    if not any(column.group for column in columns):
        boxes = [
            _Box(column.title, width, face, top=_HEAVY, bottom=_LIGHT)
            for column, width in zip(columns, widths, strict=True)
        ]
        return [_row(build, boxes, head=True)]
    upper: list[_Box] = []
    lower: list[_Box] = []
    index = 0
    while index < len(columns):
        count, column = _group_length(columns, index), columns[index]
        width = sum(widths[index : index + count])
        if column.group:
            upper.append(_Box(column.group, width, face, span=count, top=_HEAVY, bottom=_LIGHT))
            members = range(index, index + count)
            lower += [_Box(columns[place].title, widths[place], face, bottom=_LIGHT) for place in members]
        else:
            upper.append(_Box(column.title, width, face, merge="restart", top=_HEAVY, bottom=_LIGHT))
            lower.append(_Box("", width, face, merge="continue", bottom=_LIGHT))
        index += count
    return [_row(build, upper, head=True), _row(build, lower, head=True)]


def _group_length(columns: Sequence[Column], start: int) -> int:
    """How many columns from `start` on share its group; a column without a group stands alone."""
    group, stop = columns[start].group, start + 1
    while group and stop < len(columns) and columns[stop].group == group:
        stop += 1
    return stop - start


def _joined(table: Table, rows: Sequence[tuple[Cell, ...]]) -> dict[int, tuple[int, str]]:
    """Row -> (column, `restart` or `continue`) where equal neighbours of the merged column are joined."""
    keys = [column.key for column in table.columns]
    if table.merged not in keys:
        return {}
    column = keys.index(table.merged)
    texts = [next((cell.text for at, cell in placed(row) if at == column and cell.span == 1), None) for row in rows]
    found: dict[int, tuple[int, str]] = {}
    for number in range(1, len(texts)):
        if texts[number] and texts[number] == texts[number - 1]:
            found.setdefault(number - 1, (column, "restart"))
            found[number] = (column, "continue")
    return found


def _body_row(build: Build, row: tuple[Cell, ...], keep: bool, joined: tuple[int, str] | None) -> Element:
    boxes = []
    for index, cell in placed(row):
        merge = joined[1] if joined is not None and joined[0] == index else ""
        text = "" if merge == "continue" else cell.text
        width = sum(build.widths.columns[index : index + cell.span])
        align = "left" if cell.span > 1 else build.table.columns[index].align
        boxes.append(_Box(text, width, build.looks.cell, align, cell.span, merge, keep=keep))
    return _row(build, boxes)


def _row(build: Build, boxes: Sequence[_Box], head: bool = False) -> Element:
    properties = element("trPr", (element("cantSplit"),))
    if head:
        properties.append(element("tblHeader"))
    return element("tr", (properties, *(_cell(build, box) for box in boxes)))


def _cell(build: Build, box: _Box) -> Element:
    properties = element("tcPr", (element("tcW", (), w=box.width, type="dxa"),))
    if box.span > 1:
        properties.append(element("gridSpan", (), val=box.span))
    if box.merge:
        properties.append(element("vMerge", (), val=box.merge))
    rules = [(side, size) for side, size in (("top", box.top), ("bottom", box.bottom)) if size]
    if rules:
        properties.append(element("tcBorders", tuple(_rule(side, size) for side, size in rules)))
    properties.append(element("vAlign", (), val="center"))
    return element("tc", (properties, _text(build, box)))


def _text(build: Build, box: _Box) -> Element:
    inner = element("pPr", (element("pStyle", (), val="TableText"),))
    if box.keep:
        inner.append(element("keepNext"))
    size = round(min(build.widths.size, box.face.size) * 2)
    inner.append(element("spacing", (), line=round(size * 10 * PITCH), lineRule="exact"))
    inner.append(element("jc", (), val=box.align))
    made = element("p", (inner,))
    for run in runs(box.text, box.face.hanzi, chinese=build.chinese):
        if box.face.bold:
            run.rPr.append(element("b"))
        run.rPr.append(element("sz", (), val=size))
        run.rPr.append(element("szCs", (), val=size))
        made.append(run)
    return made
