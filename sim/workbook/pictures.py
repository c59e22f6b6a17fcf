"""Sheet of charts: every figure that office programs can draw, with unit and source; their cells on another sheet."""

from __future__ import annotations

from collections.abc import Sequence

from sim.native.block import block_size
from sim.native.charts import add_chart
from sim.report.blocks import Figure
from sim.report.editions import MODEL_VALUES
from sim.report.figures import FIGURES, figure
from sim.workbook.book import Book
from sim.workbook.desk import Desk

_ROW_HEIGHT = 20.0
_ROWS = 18  # that a chart covers


def native_figures(desk: Desk) -> tuple[Figure, ...]:
    """Figures of the edition that are charts of an office program."""
    found = []
    for name in FIGURES:
        made = figure(name, desk.material, desk.edition, desk.lang)
        if isinstance(made, Figure) and made.native is not None:
            found.append(made)
    return tuple(found)


def write_pictures(book: Book, desk: Desk, figures: Sequence[Figure]) -> None:
    """The two sheets."""
    page, cells = book.add(desk.names["charts"]), book.add(desk.names["chart_data"])
    page.set_column(0, 0, 100)
    page.set_portrait()
    page.set_print_scale(85)  # two charts a page
    page.set_h_pagebreaks([3 + 2 * (_ROWS + 3) * count for count in range(1, (len(figures) + 1) // 2)])
    cells.set_column(0, 0, 26)
    cells.set_column(1, 40, 13)
    page.set_row(0, 22)
    page.write_string(0, 0, desk.say("图：可编辑", "Charts, to be edited"), book.style("title"))
    page.write_string(
        1, 0, book.permitted(f"{desk.material.pack.label.pick(desk.lang)} · {desk.cut_off}"), book.style("note")
    )
    row, data_row = 3, 0
    for number, one in enumerate(figures, 1):
        assert one.native is not None
        title = desk.say(f"图{number}　", f"Figure {number}. ") + one.title
        cells.write_string(data_row, 0, book.permitted(title), book.style("section"))
        chart = add_chart(book.workbook, cells, one.native, data_row + 1, 0, titled=False)
        data_row += block_size(one.native)[0] + 3
        chart.set_size({"width": 700, "height": int(_ROWS * _ROW_HEIGHT / 0.75) - 20})
        for place in range(row, row + _ROWS):
            page.set_row(place, _ROW_HEIGHT)
        page.insert_chart(row, 0, chart, {"object_position": 1, "description": book.permitted(one.alt)})
        row = _caption(book, desk, one, title, row + _ROWS)


def _caption(book: Book, desk: Desk, one: Figure, title: str, row: int) -> int:
    """Title, unit and note below a chart; the row of the next one."""
    page = book.workbook.get_worksheet_by_name(desk.names["charts"])
    assert page is not None
    assert one.native is not None
    page.write_string(row, 0, book.permitted(title), book.style("", bold=True))
    units = [unit for unit in (one.native.unit, one.native.second_unit) if unit]
    note = desk.say("注：虚线或斜纹为", "Note: dashed or hatched are ") + MODEL_VALUES.pick(desk.lang)
    unit = desk.say("单位：", "Unit: ") + desk.say("、", ", ").join(units) + desk.say("。", ". ") if units else ""
    source = (
        desk.say("。资料来源：见“来源”。", ". Sources: see that sheet.")
        if desk.edition.sources
        else desk.say("。", ".")
    )
    page.write_string(row + 1, 0, book.permitted(unit + note + source), book.style("note"))
    return row + 3
