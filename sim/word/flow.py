"""Where figures and tables stand in the text: one that does not fit on the rest of a page waits, and text fills it.

Heights are estimates: an office program breaks pages by itself. A wrong estimate costs white space, never content.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.blocks import Block, Figure, Heading, Items, PageBreak, Paragraph, Table
from sim.word.elements import Element
from sim.word.layout import Placed
from sim.word.pages import TEXT_HEIGHT, TEXT_WIDTH
from sim.word.profiles import Face, Profile
from sim.word.tables import KEPT_WHOLE, PADDING, PITCH
from sim.word.widths import row_lines

_PAGE, _LINE = TEXT_HEIGHT / 20, TEXT_WIDTH / 20  # points
_SINGLE = 1.3  # single line pitch by the size of the text
_DOUBT = 24.0  # points that the heights on a page may be short of
_NARROW = 0.55  # a letter or digit by the size of the text
_BESIDE = 0.25  # space between a hanzi and a letter or digit
_FULL = 0.98  # of a line: what stays empty where a number does not fit
_MEETING = re.compile("(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u3400-\u9fff])")
_EMU_PER_POINT = 12_700


@dataclass(frozen=True, slots=True)
class Piece:
    """A block with its place and the elements it is set in."""

    placed: Placed
    elements: list[Element]

    @property
    def floats(self) -> bool:
        """Whether it may stand after the text that follows it: it cannot go over a page end."""
        block = self.placed.block
        short = isinstance(block, Table) and len(block.rows) <= KEPT_WHOLE
        return isinstance(block, Figure) or short or (self.placed.turned and isinstance(block, Table))

    @property
    def leads(self) -> bool:
        """Whether it means nothing without what follows: a heading, or the words before a list."""
        block = self.placed.block
        return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.introduces)


def flowing(pieces: Sequence[Piece], looks: Profile, taken: float = 0.0) -> list[Piece]:
    """The pieces in the order in which they fill the pages. Nothing passes its own kind or a page break, no upright
    table passes a heading, no figure the end of a section. taken : points of the first page that are taken already.
    """
    flow = _Flow(looks, [], taken)
    waiting: list[Piece] = []
    for piece in pieces:
        block = piece.placed.block
        if not all(_passes(one, block) for one in waiting):
            waiting = flow.placed(waiting)
        if any(type(one.placed.block) is type(block) for one in waiting) or (piece.floats and not flow.fits(piece)):
            waiting.append(piece)
        else:
            waiting = flow.passed(piece, waiting)
    flow.placed(waiting)
    return flow.done


def _passes(waiting: Piece, block: Block) -> bool:
    """Whether a piece that waits may stand after `block`."""
    if isinstance(block, PageBreak):
        return False
    if not isinstance(block, Heading) or waiting.placed.turned:
        return True
    return block.level > 1 and isinstance(waiting.placed.block, Figure)


@dataclass(slots=True)
class _Flow:
    """The pages while they fill. used : points of the page begun; turned : whether that page is a turned one."""

    looks: Profile
    done: list[Piece]
    used: float = 0.0
    turned: bool = False

    def fits(self, piece: Piece) -> bool:
        """Whether the piece goes on the page begun."""
        if piece.placed.turned:
            return self.turned
        return not self.turned and self.used + self.height(piece) <= _PAGE - _DOUBT

    def passed(self, piece: Piece, waiting: list[Piece]) -> list[Piece]:
        """Put `piece` before those that wait, then what fits of them. Text that would begin a page beside an empty
        rest goes behind turned tables, which begin one anyway."""
        if waiting and waiting[0].placed.turned and self.used + self.height(piece) > _PAGE - 2 * _DOUBT:
            waiting = self.placed(waiting)
        self.put(piece)
        while waiting and not self.done[-1].leads and self.fits(waiting[0]):
            self.put(waiting.pop(0))
        return waiting

    def placed(self, waiting: list[Piece]) -> list[Piece]:
        """Put all that wait, before what stands last and leads to something; nothing waits any longer."""
        leading: list[Piece] = []
        while waiting and self.done and self.done[-1].leads:
            leading.insert(0, self.done.pop())
        for piece in [*waiting, *leading]:
            self.put(piece)
        return []

    def put(self, piece: Piece) -> None:
        """Put a piece where the page stands."""
        self.done.append(piece)
        turned, height = piece.placed.turned, self.height(piece)
        if turned != self.turned or isinstance(piece.placed.block, PageBreak):
            self.turned, self.used = turned, 0.0
        if piece.floats and self.used + height > _PAGE:
            self.used = 0.0
        self.used = (self.used + height) % _PAGE

    def height(self, piece: Piece) -> float:
        """Points that the piece takes in the height of a page."""
        block, looks = piece.placed.block, self.looks
        if isinstance(block, Figure):
            return _picture(piece.elements) + _text(block.title, looks.caption) + 14
        if isinstance(block, Table):
            return _table(block, piece.placed, looks)
        if isinstance(block, Heading):
            return _text(block.text, looks.headings[block.level - 1])
        if isinstance(block, Paragraph):
            face = looks.note if block.style == "note" else looks.body
            return _text(block.text, face) + looks.after
        if isinstance(block, Items):
            return sum(_text("".join(one for one in item if isinstance(one, str)), looks.body) for item in block.items)
        return 0.0


def _picture(elements: Sequence[Element]) -> float:
    extents = (node for made in elements for node in made.iter() if node.tag.endswith("}extent"))
    return sum(int(node.get("cy")) for node in extents) / _EMU_PER_POINT


def _table(table: Table, placed: Placed, looks: Profile) -> float:
    """Caption, unit, rows and the lines below."""
    assert placed.widths is not None
    size = placed.widths.size
    rows = float((row_lines(table, placed.widths.columns, size) * size * PITCH + PADDING / 10).sum())
    below = sum(_text(text, looks.note) for text in (*table.notes, table.source, table.unit) if text)
    return rows + below + _text(table.title, looks.caption) + 12


def _text(text: str, face: Face) -> float:
    """Lines of a paragraph, two characters drawn in; references count for nothing."""
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    taken = wide + _NARROW * (len(text) - wide) + _BESIDE * len(_MEETING.findall(text)) + 2
    lines = max(1.0, math.ceil(taken * face.size / (_LINE * _FULL)))
    return lines * (face.pitch or face.size * _SINGLE)
