"""Tables of the page as HTML: captions, heads that sort, cells that know their value and their source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.language import Text
from sim.webpage.desk import Desk
from sim.webpage.elements import Html, element, joined


@dataclass(frozen=True, slots=True)
class Head:
    """A column. `scenario` and `year`: shown only with that scenario and year; `sources`: of all its cells."""

    title: str
    number: bool = False
    scenario: int | None = None
    year: int | None = None
    sources: tuple[int, ...] = ()
    long: bool = False  # needs room
    whole: bool = False  # is not broken into lines


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: text, smaller text below, value to sort by, step of the heat colours (0-20), numbers of its sources."""

    text: str
    small: str = ""
    value: float | None = None
    heat: int | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a caption and notes below. `sorts` : with sortable heads and a box to filter rows."""

    id: str
    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Box, ...], ...]
    notes: tuple[str, ...] = ()
    sorts: bool = True
    named: int = 0  # place of the cell that names its row
    ids: tuple[str, ...] = ()  # of the rows, for links


def grid_html(desk: Desk, grid: Grid) -> Html:
    """The table inside a frame that scrolls by itself, its filter above and its notes below."""
    caption = element("caption", element("span", grid.caption))
    heads = element("thead", element("tr", *(_head(head, grid) for head in grid.heads)))
    rows = [_row(grid, row, place) for place, row in enumerate(grid.rows)]
    table = element("table", caption, heads, element("tbody", *rows), id=grid.id)
    frame = element("div", table, class_="frame", tabindex="0", role="region", aria_label=grid.caption)
    notes = [element("p", note, class_="note") for note in grid.notes if note]
    return joined([_filter(desk, grid) if grid.sorts else "", frame, *notes])


def _head(head: Head, grid: Grid) -> Html:
    inside = element("button", head.title, type="button") if grid.sorts else head.title
    return element(
        "th",
        inside,
        scope="col",
        class_=_classes("n" if head.number else "", "long" if head.long else ""),
        aria_sort="none" if grid.sorts else None,
        data_k=head.scenario,
        data_y=head.year,
        data_s=_numbers(head.sources),
    )


def _row(grid: Grid, row: Sequence[Box], place: int) -> Html:
    cells = []
    for column, (box, head) in enumerate(zip(row, grid.heads, strict=True)):
        heat = None if box.heat is None else f"h{box.heat}"
        small = element("small", box.small) if box.small else ""
        cells.append(
            element(
                "th" if column == grid.named else "td",
                box.text,
                small,
                scope="row" if column == grid.named else None,
                class_=_classes(
                    "n" if head.number else "", heat or "", "long" if head.long else "", "whole" if head.whole else ""
                ),
                data_v=_sorted_by(box),
                data_s=_numbers(box.sources),
            )
        )
    return element("tr", *cells, id=grid.ids[place] if grid.ids else None)


def _sorted_by(box: Box) -> str | None:
    """The value that a cell is sorted by, where its text alone does not tell."""
    if box.value is None:
        return None
    try:
        float(box.text.replace("−", "-").rstrip("*"))
    except ValueError:
        return f"{box.value:.7g}"
    return None


def _classes(*names: str) -> str | None:
    return " ".join(name for name in names if name) or None


def _numbers(sources: Sequence[int]) -> str | None:
    return " ".join(str(number) for number in sources) or None


def _filter(desk: Desk, grid: Grid) -> Html:
    label = desk.say(Text("筛选", "Filter"))
    field = element(
        "input", type="search", data_table=grid.id, aria_label=f"{label}：{grid.caption}", autocomplete="off"
    )
    said = element("output", aria_live="polite", data_told=grid.id)
    return element("p", element("label", label, " ", field), " ", said, class_="filter")
