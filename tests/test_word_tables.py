"""Tables of the Word file: widths three times over, heads, joined cells, turned pages, what stays together."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from sim.charts.fonts import find_font
from sim.report.blocks import Block, Cell, Column, Heading, Paragraph, Table
from sim.word import document_bytes
from sim.word.layout import placed_blocks
from sim.word.widths import fitted, squeezed
from tests.word_cases import LONG, sample, small_tables, wide_table

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
UPRIGHT, TURNED = 8844, 12756  # 156 and 225 mm in twips


@cache
def tables() -> tuple[Any, ...]:
    """The tables of the sample: ten scenarios, empty, spanning, wide."""
    data = document_bytes(sample(figures=0), "common", find_font())
    return tuple(table._tbl for table in docx.Document(io.BytesIO(data)).tables)


def cells(row: Any) -> list[Any]:
    return list(row.iterfind("w:tc", W))


def text(one: Any) -> str:
    return "".join(node.text for node in one.iter(qn("w:t")))


def value(one: Any, path: str, name: str = "val") -> str | None:
    found = one.find(path, W)
    return None if found is None else found.get(qn(f"w:{name}"))


@pytest.mark.parametrize("number", range(4))
def test_grid_cells_and_page_agree(number: int) -> None:
    table, total = tables()[number], TURNED if number == 3 else UPRIGHT
    grid = [int(column.get(qn("w:w"))) for column in table.iterfind("w:tblGrid/w:gridCol", W)]
    assert sum(grid) == total == int(value(table, "w:tblPr/w:tblW", "w") or 0)
    assert value(table, "w:tblPr/w:tblLayout", "type") == "fixed"
    for row in table.iterfind("w:tr", W):
        place = 0
        for cell in cells(row):
            span = int(value(cell, "w:tcPr/w:gridSpan") or 1)
            assert int(value(cell, "w:tcPr/w:tcW", "w") or 0) == sum(grid[place : place + span])
            place += span
        assert place == len(grid)


@pytest.mark.parametrize("number", range(4))
def test_three_rules(number: int) -> None:
    table = tables()[number]
    assert (value(table, "w:tblPr/w:tblBorders/w:top", "sz"), value(table, "w:tblPr/w:tblBorders/w:bottom", "sz")) == (
        "12",
        "12",
    )
    rows = list(table.iterfind("w:tr", W))
    heads = [row for row in rows if row.find("w:trPr/w:tblHeader", W) is not None]
    assert heads == rows[: len(heads)]
    assert len(heads) == (2 if number == 3 else 1)
    assert {value(cell, "w:tcPr/w:tcBorders/w:bottom", "sz") for cell in cells(heads[-1])} == {"6"}
    assert all(row.find("w:trPr/w:cantSplit", W) is not None for row in rows)
    inner = [cell for row in rows[len(heads) :] for cell in cells(row)]
    assert not [cell for cell in inner if cell.find("w:tcPr/w:tcBorders", W) is not None]


def test_grouped_heads() -> None:
    upper, lower = (cells(row) for row in list(tables()[3].iterfind("w:tr", W))[:2])
    assert [text(cell) for cell in upper] == ["类别", "指标名称", "单位", "预测中位数", "达成概率（区间）", "测算说明"]
    assert value(upper[3], "w:tcPr/w:gridSpan") == "7"
    assert [value(cell, "w:tcPr/w:vMerge") for cell in upper] == ["restart"] * 3 + [None] + ["restart"] * 2
    assert [text(cell) for cell in lower[3:10]] == [f"{year}年" for year in range(2024, 2031)]
    assert [value(cell, "w:tcPr/w:vMerge") for cell in lower[:3]] == ["continue"] * 3


def test_equal_neighbours_are_joined_downwards() -> None:
    rows = list(tables()[3].iterfind("w:tr", W))[2:]
    merges = [value(cells(row)[0], "w:tcPr/w:vMerge") for row in rows]
    assert merges == (["restart"] + ["continue"] * 9) * 4
    shown = [text(cells(row)[0]) for row in rows]
    assert [one for one in shown if one] == ["经济发展", "创新驱动", "民生福祉", "绿色生态"]
    assert text(cells(rows[0])[1]) == LONG


def test_empty_and_spanning_rows() -> None:
    empty, spanning = tables()[1], tables()[2]
    (only,) = list(empty.iterfind("w:tr", W))[1:]
    assert [(text(cell), value(cell, "w:tcPr/w:gridSpan")) for cell in cells(only)] == [("（无）", "2")]
    last = list(spanning.iterfind("w:tr", W))[-1]
    assert [(text(cell), value(cell, "w:tcPr/w:gridSpan")) for cell in cells(last)] == [("合并的一格", "2")]


def test_short_tables_stay_whole_and_the_last_rows_with_their_notes() -> None:
    def kept(table: Any) -> list[bool]:
        return [row.find(".//w:pPr/w:keepNext", W) is not None for row in table.iterfind("w:tr", W)]

    assert kept(tables()[0]) == [True] * 5 + [False]  # a head and five rows, nothing below
    assert kept(tables()[2]) == [True, True, True]  # a source below
    assert kept(tables()[3]) == [True] * 3 + [False] * 37 + [True] * 2  # two heads, forty rows, notes below


def test_size_and_alignment_of_text() -> None:
    row = list(tables()[0].iterfind("w:tr", W))[1]
    assert [value(cell, ".//w:jc") for cell in cells(row)] == ["left"] + ["right"] * 10
    sizes = {size.get(qn("w:val")) for table in tables() for size in table.iter(qn("w:sz"))}
    assert sizes <= {"21", "18"}  # 五号, 小五


def columns_for(texts: list[str], total: int = UPRIGHT) -> tuple[int, ...]:
    columns = tuple(Column(f"c{number}", "列", 1.0) for number in range(len(texts)))
    found = fitted(Table("t", "t", columns, (tuple(map(Cell, texts)),)), total)
    assert found is not None
    return found.columns


def test_no_number_breaks_and_long_text_gets_the_room() -> None:
    narrow = columns_for(["1234567.8", "字" * 80, "12.5%"])
    # Nine digits of 10.5 points, half a size wide each, and the margins of the cell.
    assert narrow[0] >= 9 * 0.5 * 10.5 * 20 + 140
    assert narrow[1] > narrow[0] + narrow[2]
    assert sum(narrow) == UPRIGHT


def test_where_all_is_short_the_template_decides() -> None:
    columns = (Column("a", "甲", 1.0), Column("b", "乙", 3.0))
    found = fitted(Table("t", "t", columns, ((Cell("1"), Cell("2")),)), UPRIGHT)
    assert found is not None
    assert found.columns[1] > 2.5 * found.columns[0]
    assert found.size == 10.5


def test_too_many_columns_are_squeezed_into_the_page() -> None:
    columns = tuple(Column(f"c{number}", f"{2000 + number}年", 1.0) for number in range(40))
    table = Table("t", "t", columns, (tuple(Cell("12345.6") for _ in columns),))
    assert fitted(table, TURNED) is None
    found = squeezed(table, TURNED)
    assert sum(found.columns) == TURNED
    assert found.size == 7.5


def test_rows_of_another_length() -> None:
    table = small_tables()[1]
    short = replace(table, rows=((Cell("甲"),),))
    data = document_bytes(replace(sample(figures=0), blocks=(short,)), "common", find_font())
    assert [cell.text for cell in docx.Document(io.BytesIO(data)).tables[0].rows[1].cells] == ["甲", ""]
    with pytest.raises(ValueError, match="3 columns in a table of 2"):
        document_bytes(
            replace(sample(figures=0), blocks=(replace(table, rows=((Cell("a"),) * 3,)),)), "common", find_font()
        )


def turned(*blocks: Block) -> list[bool]:
    return [placed.turned for placed in placed_blocks(blocks)]


def test_what_stands_on_a_turned_page() -> None:
    wide, small = wide_table(), small_tables()[0]
    other = replace(wide, key="other")
    said = Paragraph(("短句。",))
    assert turned(Heading("一、"), said, wide, said) == [False, False, True, False]
    assert turned(Heading("一、"), Heading("（一）", 2), wide) == [True, True, True]  # no heading left behind
    assert turned(wide, said, Heading("二、"), other) == [True, False, True, True]
    assert turned(wide, Paragraph(("长" * 500,)), other) == [True, False, True]
    assert turned(wide, small, other) == [True, False, True]
    # A table that asks for a turned page it does not need stays upright.
    assert turned(replace(small, wide=True)) == [False]
