"""Each kind of block as paragraphs and tables of Word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sim.charts.fonts import ChartFont
from sim.charts.save import rendered
from sim.charts.style import NOTE, SOURCE, UNIT
from sim.native.text import clean
from sim.report.blocks import Figure, Heading, Items, Paragraph, Span, Table
from sim.word.captions import Captions
from sim.word.drawings import Drawings
from sim.word.elements import Element, paragraph, runs
from sim.word.layout import Placed
from sim.word.pages import TURNED_PICTURE
from sim.word.profiles import Profile
from sim.word.tables import Build, table_element

#: Latin text as long as to leave a gap in a line of hanzi.
_LATIN = re.compile(r"[!-~ ]*[A-Za-z][!-~ ]{11,}")
_STYLES = {"body": "BodyText", "note": "Note", "warning": "Warning"}


@dataclass(frozen=True, slots=True)
class Setter:
    """What every block needs to be set."""

    captions: Captions
    drawings: Drawings
    looks: Profile
    font: ChartFont

    @property
    def lang(self) -> str:
        """The document's language."""
        return self.captions.lang

    def elements(self, placed: Placed) -> list[Element]:
        """The elements of one block, from the first paragraph to the last."""
        block = placed.block
        if isinstance(block, Heading):
            face = self.looks.headings[block.level - 1]
            return [paragraph(f"Heading{block.level}", runs(block.text, face.hanzi, chinese=self.captions.chinese))]
        if isinstance(block, Paragraph):
            face = self.looks.note if block.style == "note" else self.looks.body
            return [self._running(_STYLES[block.style], block.spans, face.hanzi, block.introduces)]
        if isinstance(block, Items):
            return self._items(block)
        if isinstance(block, Table):
            return self._table(block, placed)
        return self._figure(block, placed) if isinstance(block, Figure) else []

    def _items(self, block: Items) -> list[Element]:
        found = []
        for number, item in enumerate(block.items, 1):
            mark = ("（{}）" if self.captions.chinese else "{}. ").format(number) if block.numbered else ""
            found.append(self._running("BodyText", (mark, *item), self.looks.body.hanzi))
        return found

    def _running(self, style: str, spans: Sequence[Span], hanzi: str, keep: bool = False) -> Element:
        """Running text; Latin words that do not break would tear the lines of justified hanzi apart."""
        torn = self.captions.chinese and any(isinstance(span, str) and _LATIN.search(clean(span)) for span in spans)
        return paragraph(style, self.captions.spans(spans, hanzi), keep, "left" if torn else "")

    def _table(self, table: Table, placed: Placed) -> list[Element]:
        assert placed.widths is not None
        found = [self.captions.caption(table)]
        if table.unit:
            found.append(self._small("Unit", _prefixed(UNIT.pick(self.lang), table.unit)))
        lines = self._below(table)
        below = [self._small("Note", text, keep=number < len(lines)) for number, text in enumerate(lines, 1)]
        found.append(table_element(Build(table, placed.widths, self.looks, self.captions.chinese, bool(below))))
        return [*found, *(below or [paragraph("Note", [])])]

    def _below(self, table: Table) -> list[str]:
        """The lines under a table: notes, numbered where there are several, then the source."""
        mark = NOTE.pick(self.lang)
        notes = [note.removeprefix(mark) for note in table.notes if note]
        if len(notes) > 1:
            notes = [f"{number}. {note}" for number, note in enumerate(notes, 1)]
        lines = [("" if index else mark) + note for index, note in enumerate(notes)]
        return lines + ([_prefixed(SOURCE.pick(self.lang), table.source)] if table.source else [])

    def _small(self, style: str, text: str, keep: bool = False) -> Element:
        return paragraph(style, runs(text, self.looks.note.hanzi, chinese=self.captions.chinese), keep)

    def _figure(self, figure: Figure, placed: Placed) -> list[Element]:
        drawing = figure.draw(self.font)
        width, height = drawing.get_size_inches()
        png = rendered(drawing, "png", description=figure.alt)
        name = self.captions.numbers[figure.key]
        most = {"most": TURNED_PICTURE} if placed.turned else {}
        run = self.drawings.picture(png, (float(width), float(height)), name, figure.alt, **most)
        return [paragraph("Picture", [run], keep=True), self.captions.caption(figure)]

    def editable(self, figure: Figure) -> list[Element]:
        """The chart of a figure for editing, with a reference to its number instead of a second one."""
        assert figure.native is not None
        number, hanzi = self.captions.numbers[figure.key], self.looks.caption.hanzi
        run = self.drawings.chart(figure.native, f"{number} *", figure.alt)
        label = [
            *self.captions.reference(figure.key, hanzi),
            *runs(("　" if self.captions.chinese else ". ") + figure.title, hanzi, chinese=self.captions.chinese),
        ]
        return [paragraph("Picture", [run], keep=True), paragraph("EditableTitle", label)]


def _prefixed(prefix: str, text: str) -> str:
    return text if text.startswith(prefix) else prefix + text
