"""Numbers of tables and figures: a field inside a bookmark, and fields that refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.language import Text
from sim.report.blocks import Figure, Ref, Report, Span, Table
from sim.word.elements import Element, bookmarked, field, paragraph, runs
from sim.word.profiles import Profile

_WORDS = {Table: Text("表", "Table"), Figure: Text("图", "Figure")}
_FIRST_BOOKMARK = 700_000_000  # as Word counts the bookmarks of cross references


@dataclass(frozen=True, slots=True)
class Captions:
    """The captions of one report. numbers : printed number by key; bookmarks : by key, in order of appearance."""

    numbers: Mapping[str, str]
    bookmarks: Mapping[str, int]
    looks: Profile
    lang: str

    def caption(self, block: Table | Figure) -> Element:
        """The caption of a table (stays with it, below) or of a figure (stays with it, above)."""
        hanzi, word = self.looks.caption.hanzi, _WORDS[type(block)].pick(self.lang)
        shown, count = self.numbers[block.key], self.bookmarks[block.key]
        digits = "".join(character for character in shown if character.isdigit())
        before = runs(shown.removesuffix(digits), hanzi, chinese=self.chinese)
        label = [*before, *field(f"SEQ {word} \\* ARABIC", digits, hanzi)]
        title = runs(("　" if self.chinese else ". ") + block.title, hanzi, chinese=self.chinese)
        content = [*bookmarked(self._name(block.key), count, label), *title]
        return paragraph("Caption", content, keep=isinstance(block, Table))

    def spans(self, spans: Iterable[Span], hanzi: str, colour: str = "") -> list[Element]:
        """Runs of running text, references as fields that lead to the caption."""
        found: list[Element] = []
        for span in spans:
            if isinstance(span, Ref):
                found += self.reference(span.key, hanzi)
            else:
                found += runs(span, hanzi, colour, self.chinese)
        return found

    def reference(self, key: str, hanzi: str) -> list[Element]:
        """表3, 图2: a field with a link. Raises ValueError for a key of nothing."""
        if key not in self.numbers:
            raise ValueError(f"the report refers to {key!r}, which is no table or figure of it")
        return field(f"REF {self._name(key)} \\h", self.numbers[key], hanzi)

    @property
    def chinese(self) -> bool:
        """Whether the document is Chinese."""
        return self.lang == "zh"

    def _name(self, key: str) -> str:
        return f"_Ref{_FIRST_BOOKMARK + self.bookmarks[key]}"


def captions(report: Report, looks: Profile) -> Captions:
    """Numbers and bookmarks of a report. Raises ValueError for a key used twice."""
    keys = [block.key for block in report.blocks if isinstance(block, Table | Figure)]
    if len(set(keys)) < len(keys):
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise ValueError(f"tables and figures of the same key: {', '.join(twice)}")
    return Captions(report.numbers(), {key: place for place, key in enumerate(keys, 1)}, looks, report.lang)
