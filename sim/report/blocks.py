"""What a document consists of, whatever file it becomes: headings, paragraphs, tables, figures. No format here.

A template makes a `Report` of these from the material; `sim.word`, `sim.workbook` and `sim.webpage` set it. All text
is in the report's language already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.charts.native import NativeChart
from sim.language import Text
from sim.report.editions import Edition

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from sim.charts.fonts import ChartFont


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a table or figure of the document by its key; set as 表3, 图2, with a link."""

    key: str


Span = str | Ref


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; numbered by the template that writes it."""

    text: str
    level: int = 1
    key: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. style : `body`, `note` (small, e.g. 注：…), `warning` (in red: the numbers are in doubt)."""

    spans: tuple[Span, ...]
    style: str = "body"

    @property
    def text(self) -> str:
        """The words, references left out."""
        return "".join(span for span in self.spans if isinstance(span, str))

    @property
    def introduces(self) -> bool:
        """Whether it ends with a colon: it stays with the list that follows."""
        return self.text.endswith(("：", ":"))


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short statements, each a paragraph of its own with a number before it where `numbered`."""

    items: tuple[tuple[Span, ...], ...]
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `text` is what is printed, always; the rest serves spreadsheets and the web page.

    value : the number behind the text, unrounded, in the unit printed (percent for a share or a probability);
    format : number format of a spreadsheet, e.g. `0.0`; probability : 0-1, coloured as a heat map; source : where the
    value comes from (fact and document:line, or the result's id); formula : of a spreadsheet, with other cells of the
    row by column key in brackets, e.g. `=([y2030]/[y2025])^(1/5)*100-100`; span : columns it covers.
    """

    text: str
    value: float | None = None
    format: str = ""
    probability: float | None = None
    source: str = ""
    formula: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column. width : relative to the others; align : `left`, `right` or `center`; group : heading above several."""

    key: str
    title: str
    width: float = 1.0
    align: str = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: title above, unit at the right above, notes and source below.

    wide : needs a page in landscape; merged : key of a column whose equal neighbours are joined downwards (类别);
    prose : its cells are running text, set in the full size of table text (五号) however many lines they take.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""
    wide: bool = False
    merged: str = ""
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: drawn when it is needed, with its caption below.

    draw : gives the matplotlib figure, in the document's language; native : the same chart for editing in an office
    program, None where office programs have no such chart; alt : the description read aloud, with the main numbers;
    title : without 图N; notes and source are already in the drawing's foot and are repeated nowhere.
    """

    key: str
    title: str
    draw: Callable[[ChartFont | None], Drawing]
    alt: str
    native: NativeChart | None = None
    stem: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a page."""


Block = Heading | Paragraph | Items | Table | Figure | PageBreak


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that could not be made: what, why, and how to get it. Printed as a sentence, and told to the author."""

    what: Text
    why: Text

    def sentence(self, lang: str) -> str:
        """One sentence for the page."""
        what, why = self.what.pick(lang), self.why.pick(lang)
        return f"{what}：{why}。" if lang == "zh" else f"{what[:1].upper()}{what[1:]}: {why}."


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document, ready to be set.

    cut_off : up to which year figures were used, a sentence; left_out : what the edition leaves out, for the author
    only; warnings : doubts about the results, for the author and, in red, on the page; run_ids : of the results used.
    """

    title: str
    subtitle: str
    template: str
    edition: Edition
    lang: str
    region_label: str
    cut_off: str
    blocks: tuple[Block, ...]
    left_out: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    run_ids: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)

    def numbers(self) -> dict[str, str]:
        """Printed number of every table and figure by key, in order of appearance: 表1, 图1, …"""
        words = {Table: Text("表", "Table "), Figure: Text("图", "Figure ")}
        counts = {Table: 0, Figure: 0}
        found = {}
        for block in self.blocks:
            if isinstance(block, Table | Figure):
                counts[type(block)] += 1
                found[block.key] = f"{words[type(block)].pick(self.lang)}{counts[type(block)]}"
        return found
