"""Sheets written with XlsxWriter: in memory, the same bytes each time, nothing of the machine in them."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.charts.style import GREY, RULE, cell_colours
from sim.native.charts import EPOCH
from sim.output.layout import cell_width, wrap_cells
from sim.report.blocks import Column
from sim.report.editions import Edition
from sim.report.guard import violations
from sim.workbook.grid import Entry, Grid, Line, Sheet
from sim.workbook.text import cleaned

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEAD, BAND, WARNING, LINKED, MODEL = "#e8edf0", "#f6f7f8", "#b3261e", "#17507a", "#17507a"
LINE_HEIGHT, HIGHEST = 14.0, 400.0
A4 = 9
UPRIGHT = 150.0  # widths of a digit that an upright page holds at about 70 %
PAGE = 250.0  # widths of a digit that an A4 page across holds at about 60 %
STYLES: Mapping[str, Mapping[str, Any]] = {
    "": {},
    "title": {"bold": True, "font_size": 14},
    "note": {"font_color": GREY, "font_size": 9},
    "warning": {"font_color": WARNING, "bold": True},
    "link": {"font_color": LINKED, "underline": 1},
    "head": {
        "bold": True,
        "bg_color": HEAD,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
        "border_color": RULE,
    },
    "model": {"font_color": MODEL, "italic": True},
    "computed": {},
    "total": {"bold": True, "bg_color": BAND, "top": 1},
    "section": {"bold": True, "bg_color": BAND},
}
_REFERENCE = re.compile(r"\[([^\[\]@]+)(?:@(top|end|up))?\]")


def white_from() -> float:
    """The smallest printed probability whose cell is so dark that white letters read better."""
    return next(step / 20 for step in range(21) if cell_colours(step / 20)[1] == "#ffffff")


@dataclass(slots=True)
class Book:
    """A workbook being written. `places` : sheet name and row, from 1, of what a cell may lead to, by its id."""

    edition: Edition
    lang: str
    heading: str
    run_ids: Sequence[str] = ()
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    stream: io.BytesIO = field(default_factory=io.BytesIO)
    _formats: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)
    _workbook: Workbook | None = None

    @property
    def workbook(self) -> Workbook:
        """The workbook, opened when it is first asked for."""
        if self._workbook is None:
            from xlsxwriter import Workbook

            font = {"font_name": "宋体" if self.lang == "zh" else "Arial", "font_size": 10}
            kept = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers", "nan_inf_to_errors")
            options = {"in_memory": True, "default_format_properties": font, **dict.fromkeys(kept, False)}
            self._workbook = Workbook(self.stream, options)
        return self._workbook

    def finished(self, properties: Mapping[str, str]) -> bytes:
        """Close the workbook; its bytes."""
        self.workbook.set_properties({**properties, "author": "", "company": "", "created": EPOCH})
        self.workbook.close()
        return self.stream.getvalue()

    def permitted(self, text: str) -> str:
        """`text` as it may stand in this edition; words that it must not show come from users and quotations only."""
        found = cleaned(text)
        if self.edition.chances and self.edition.ids:
            return found
        if violations([found], self.edition, self.run_ids):
            return "（本稿略）" if self.lang == "zh" else "(left out of this edition)"
        return found

    def style(self, name: str, **more: Any) -> Format:
        """The format of a style with further properties, made once."""
        wanted = {"valign": "top", **STYLES[name], **more}
        wanted = {key: value for key, value in wanted.items() if value not in ("", None)}
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(wanted)
        return self._formats[key]

    def add(self, name: str) -> Worksheet:
        """An empty sheet, set up for printing."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        pages = "第 &P 页，共 &N 页" if self.lang == "zh" else "Page &P of &N"
        shown = name.replace("&", "&&")
        heading = self.permitted(self.heading).replace("&", "&&")[:120]
        sheet.set_header(f"&L&9{heading}&R&9{shown}")
        sheet.set_footer(f"&C&9{pages}")
        return sheet

    def write(self, sheet: Sheet) -> Worksheet:
        """A sheet with its lines and its table."""
        page = self.add(sheet.name)
        for row, line in enumerate(sheet.lines):
            self._line(page, row, line)
        if sheet.grid.columns:
            _Table(self, page, sheet.grid, len(sheet.lines)).write()
        return page

    def _line(self, page: Worksheet, row: int, line: Line) -> None:
        text = self.permitted(line.text)
        if line.target:
            quoted = line.target.replace("'", "''")
            page.write_url(row, 0, f"internal:'{quoted}'!A1", self.style("link"), text)
        else:
            page.write_string(row, 0, text, self.style(line.style))
        page.set_row(row, 22 if line.style == "title" else LINE_HEIGHT)


@dataclass(frozen=True, slots=True)
class _Table:
    """Writes one table from row `top` on."""

    book: Book
    page: Worksheet
    grid: Grid
    top: int

    @property
    def first(self) -> int:
        return self.top + self.grid.heads

    def write(self) -> None:
        grid, page = self.grid, self.page
        self._columns()
        self._head()
        for number, row in enumerate(grid.rows):
            self._row(self.first + number, row)
        last = self.first + len(grid.rows) - 1
        page.freeze_panes(self.first, grid.keep)
        page.repeat_rows(self.first - grid.heads, self.first - 1)
        self._pages()
        if grid.filtered and len(grid.rows) > 1:
            page.autofilter(self.first - 1, 0, last, len(grid.columns) - 1)
        for key in grid.scales:
            self._scale(key, last)

    def _pages(self) -> None:
        """One page across, or as many as letters need that can be read; the first columns then stand on each."""
        kept = sum(column.width for column in self.grid.columns[: self.grid.keep])
        if sum(column.width for column in self.grid.columns) <= UPRIGHT:
            self.page.set_portrait()
        rest = sum(column.width for column in self.grid.columns[self.grid.keep :])
        across = max(1, math.ceil(rest / (PAGE - kept)))
        self.page.fit_to_pages(across, 0)
        if across > 1:
            self.page.repeat_columns(0, self.grid.keep - 1)

    def _columns(self) -> None:
        for place, column in enumerate(self.grid.columns):
            folded = {"level": 1} if column.key in self.grid.outlined else {}
            self.page.set_column(place, place, column.width, None, folded)

    def _head(self) -> None:
        columns, head = self.grid.columns, self.book.style("head")
        row = self.first - 1
        for place, column in enumerate(columns):
            self.page.write_string(row, place, self.book.permitted(column.title), head)
        if self.grid.heads == 2:
            for start, end, group in _groups(columns):
                self._group(start, end, group)
        titles = [wrap_cells(column.title, max(int(column.width) - 3, 2)) for column in columns]
        self.page.set_row(row, LINE_HEIGHT * max(map(len, titles)) + 4)

    def _group(self, start: int, end: int, group: str) -> None:
        row, head, text = self.first - 2, self.book.style("head"), self.book.permitted(group)
        if end > start and group:
            self.page.merge_range(row, start, row, end, text, head)
            return
        for place in range(start, end + 1):
            self.page.write_string(row, place, text, head) if text else self.page.write_blank(row, place, None, head)

    def _row(self, row: int, entries: Sequence[Entry]) -> None:
        lines = 1
        for place, (column, entry) in enumerate(zip(self.grid.columns, entries, strict=True)):
            lines = max(lines, self._cell(row, place, column, entry))
        self.page.set_row(row, min(LINE_HEIGHT * lines + 2, HIGHEST))

    def _cell(self, row: int, place: int, column: Column, entry: Entry) -> int:
        """Write a cell; how many lines its text takes."""
        look: dict[str, Any] = {"align": column.align, "num_format": entry.format, "bottom": 4, "bottom_color": RULE}
        if column.align == "left" and place:
            look["indent"] = 1  # apart from the numbers at its left
        linked = self.book.places.get(entry.link) if entry.link else None
        if linked:
            look["underline"] = 1
            name, target = linked
            self.page.write_url(row, place, f"internal:'{name}'!A{target}", self.book.style(entry.style, **look), "·")
        if isinstance(entry.value, str):
            return self._text(row, place, column, entry, look)
        style = self.book.style(entry.style, **look)
        if entry.value is None:
            self.page.write_blank(row, place, None, style)
        elif entry.formula:
            self.page.write_formula(row, place, self._formula(entry.formula, row), style, entry.value)
        else:
            self.page.write_number(row, place, entry.value, style)
        return 1

    def _text(self, row: int, place: int, column: Column, entry: Entry, look: dict[str, Any]) -> int:
        text = self.book.permitted(str(entry.value))
        if entry.formula:
            self.page.write_formula(
                row, place, self._formula(entry.formula, row), self.book.style(entry.style, **look), text
            )
            return 1
        wide = cell_width(text) > column.width - 2 or "\n" in text
        style = self.book.style(entry.style, **look, **({"text_wrap": True} if wide else {}))
        self.page.write_string(row, place, text, style)
        return len(wrap_cells(text, max(int(column.width) - 2, 2))) if wide else 1

    def _formula(self, formula: str, row: int) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        places = {column.key: place for place, column in enumerate(self.grid.columns)}
        rows = {"top": self.first, "end": self.first + len(self.grid.rows) - 1, "up": row - 1, None: row}

        def found(match: re.Match[str]) -> str:
            if match[1] == "row":
                return str(row + 1)
            return xl_rowcol_to_cell(rows[match[2]], places[match[1]])

        return _REFERENCE.sub(found, formula)

    def _scale(self, key: str, last: int) -> None:
        """Colours fixed at 0, 50 and 100 %; white letters where the cell is dark."""
        place = next(place for place, column in enumerate(self.grid.columns) if column.key == key)
        area = (self.first, place, last, place)
        white = self.book.workbook.add_format({"font_color": "#ffffff"})
        rule = {"type": "cell", "criteria": ">=", "value": white_from(), "format": white}
        self.page.conditional_format(*area, rule)
        colours = {f"{end}_color": cell_colours(share)[0] for end, share in (("min", 0.0), ("mid", 0.5), ("max", 1.0))}
        kinds = {f"{end}_type": "num" for end in ("min", "mid", "max")}
        values = {"min_value": 0, "mid_value": 0.5, "max_value": 1}
        self.page.conditional_format(*area, {"type": "3_color_scale", **colours, **kinds, **values})


def _groups(columns: Sequence[Column]) -> list[tuple[int, int, str]]:
    """Neighbouring columns of one group: first place, last place, its heading."""
    found: list[tuple[int, int, str]] = []
    for place, column in enumerate(columns):
        if found and column.group and found[-1][2] == column.group:
            found[-1] = (found[-1][0], place, column.group)
        else:
            found.append((place, place, column.group))
    return found
