"""Setting a report: block after block, upright or on a turned page, the charts for editing at the end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

from sim.charts.fonts import ChartFont
from sim.language import Text
from sim.report.blocks import Figure, Heading, Items, PageBreak, Paragraph, Report
from sim.report.guard import texts_of
from sim.word.base import empty_document, finished_bytes
from sim.word.captions import captions
from sim.word.drawings import Drawings
from sim.word.elements import Element, element, paragraph, runs
from sim.word.flow import Piece, flowing
from sim.word.layout import Placed, placed_blocks
from sim.word.pages import section, set_header_and_footer
from sim.word.profiles import Face, profile
from sim.word.setting import Setter

_FRONT = 110.0  # points that title, subtitle and cut-off take, about
_APPENDIX = Text("可编辑图表", "Charts for editing")
_HINT = Text(
    "以下图表与正文中同号的图数据相同，右击后选“编辑数据”即可修改。个别办公软件显示为空白时，请用正文中的图片。",
    "These charts show the data of the figures of the same number; right-click and choose Edit Data. Where an office "
    "program leaves one blank, use the picture in the text.",
)
_IDS = Text("测算结果编号：", "Results: ")


def document_bytes(report: Report, fonts: str, font: ChartFont) -> bytes:
    """The report as a Word file. fonts : `common` or `official`; font : of the drawn figures.

    The picture of a figure stands in the text, with its notes, right on every machine; the chart that can be edited
    stands at the end under the same number, so that no program shows a blank where the reader looks. Raises
    ValueError for a reference to nothing or a key used twice.
    """
    looks = profile(fonts, report.lang)
    document = empty_document(looks, report.lang)
    set_header_and_footer(document, looks, report.edition.label.pick(report.lang), report.lang)
    setter = Setter(captions(report, looks), Drawings(document), looks, font)
    body = _Body(document.element.body)
    for made in _front(report, setter):
        body.add(made)
    pieces = [piece for placed in placed_blocks(report.blocks) for piece in _pieces(placed, setter)]
    for piece in flowing(pieces, looks, _FRONT):
        body.place(piece)
    _editable_charts(report, setter, body)
    body.close()
    return finished_bytes(document, report.title, report.lang, report.properties)


def _pieces(placed: Placed, setter: Setter) -> list[Piece]:
    """A block as what stays together: each item of a list is a paragraph of its own."""
    elements = setter.elements(placed)
    if not isinstance(placed.block, Items):
        return [Piece(placed, elements)]
    items = zip(placed.block.items, elements, strict=True)
    return [Piece(replace(placed, block=Items((item,))), [made]) for item, made in items]


@dataclass(slots=True)
class _Body:
    """The body of a document while it grows."""

    root: Any
    turned: bool = False
    breaking: bool = False

    def place(self, piece: Piece) -> None:
        """Add a block, on the kind of page it needs."""
        if isinstance(piece.placed.block, PageBreak):
            self.breaking = True
            return
        self.turn(piece.placed.turned)
        for made in piece.elements:
            self.add(made)

    def add(self, made: Element) -> None:
        """Add an element; the first after a page break begins the page."""
        if self.breaking:
            inner = made.find(qn("w:pPr"))
            inner.insert(1 if inner.find(qn("w:keepNext")) is None else 2, element("pageBreakBefore"))
            self.breaking = False
        self._last().addprevious(made)

    def turn(self, turned: bool) -> None:
        """End the section where the page turns."""
        if turned == self.turned:
            return
        # In a line of its own, a point high: LibreOffice loses the number of a caption that ends a section.
        before = paragraph("SectionEnd", [])
        self._last().addprevious(before)
        before.find(qn("w:pPr")).append(section(self._last(), self.turned))
        self.turned, self.breaking = turned, False

    def close(self) -> None:
        """Give the last section its page."""
        self.root.replace(self._last(), section(self._last(), self.turned))

    def _last(self) -> Element:
        return self.root.find(qn("w:sectPr"))


def _front(report: Report, setter: Setter) -> list[Element]:
    """Title, subtitle, edition with cut-off, ids of the results; what is in doubt is a paragraph of the template."""
    looks, lang = setter.looks, report.lang

    def centred(text: str, style: str, face: Face) -> Element:
        return paragraph(style, runs(text, face.hanzi, chinese=lang == "zh"), jc="center")

    found = [centred(report.title, "Title", looks.title)]
    if report.subtitle:
        found.append(centred(report.subtitle, "Subtitle", looks.subtitle))
    found.append(centred(report.cut_off, "Note", looks.note))
    if report.edition.ids and not set(report.run_ids) <= _ids_in(report):
        joined = ("、" if lang == "zh" else ", ").join(report.run_ids)
        found.append(centred(_IDS.pick(lang) + joined, "Note", looks.note))
    return [*found, paragraph("Note", [])]


def _ids_in(report: Report) -> set[str]:
    """The ids of results that the blocks name anyway."""
    texts = "".join(texts_of(report))
    return {name for name in report.run_ids if name in texts}


def _editable_charts(report: Report, setter: Setter, body: _Body) -> None:
    figures = [block for block in report.blocks if isinstance(block, Figure) and block.native is not None]
    if not figures:
        return
    body.turn(False)
    heading = Heading(_APPENDIX.pick(report.lang))
    for block in (heading, Paragraph((_HINT.pick(report.lang),), "note")):
        body.place(Piece(Placed(block), setter.elements(Placed(block))))
    for figure in figures:
        for made in setter.editable(figure):
            body.add(made)
