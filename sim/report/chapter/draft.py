"""What the sections of a chapter share: the blocks so far, numbered headings, and what could not be made."""

from __future__ import annotations

from sim.facts.ledger import Fact
from sim.language import Text
from sim.material import Material, View
from sim.report.blocks import Block, Figure, Heading, Items, Missing, Paragraph, Ref, Span, Table
from sim.report.editions import Edition
from sim.report.figures import FIGURES, figure
from sim.report.numbering import Numbering
from sim.report.tables.sources import facts_used
from sim.report.wording import joined

Part = str | Ref


class Draft:
    """A chapter being written. Everything that stands on the page goes through it, in the order of the page."""

    def __init__(self, material: Material, edition: Edition, lang: str) -> None:
        self.material, self.edition, self.lang = material, edition, lang
        self.numbering = Numbering(lang)
        self.blocks: list[Block] = []
        self.left_out: dict[str, None] = {}
        self.cited: dict[str, None] = {}
        self._keys: set[str] = set()
        self._facts: tuple[Fact, ...] | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts behind the figures of the chapter's tables."""
        if self._facts is None:
            self._facts = facts_used(self.material)
        return self._facts

    @property
    def lead(self) -> View | None:
        """The scenario that the text speaks of."""
        return self.material.lead

    def say(self, zh: str, en: str) -> str:
        """Text in the chapter's language."""
        return Text(zh, en).pick(self.lang)

    def heading(self, zh: str, en: str, level: int = 1) -> None:
        """A numbered heading."""
        self.blocks.append(self.numbering.heading(self.say(zh, en), level))

    def plain_heading(self, zh: str, en: str, level: int = 1) -> None:
        """A heading without a number."""
        self.blocks.append(Heading(self.say(zh, en), level))

    def write(self, *sentences: str | tuple[Span, ...] | None, style: str = "body") -> None:
        """A paragraph of sentences; a sentence with references is a tuple of spans. Empty ones are left out."""
        spans: list[Span] = []
        for one in sentences:
            parts = (one,) if isinstance(one, str) else one or ()
            if not any(parts):
                continue
            if self._bracketed(spans, parts):
                continue
            if spans and self.lang == "en":
                spans.append(" ")
            spans += [part for part in parts if part != ""]
        if spans:
            self.blocks.append(Paragraph(tuple(_merged(spans)), style))

    def _bracketed(self, spans: list[Span], parts: tuple[Span, ...]) -> bool:
        """Put plain references (见表1。) in brackets into the sentence before them, where there is one."""
        stop = "。" if self.lang == "zh" else "."
        last = spans[-1] if spans else ""
        if parts[0] not in ("见", "See ") or not isinstance(last, str) or not last.endswith(stop):
            return False
        opening, closing = ("（见", "）。") if self.lang == "zh" else (" (see ", ").")
        spans[-1] = last.removesuffix(stop) + opening
        spans += [*parts[1:-1], closing]
        return True

    def items(self, items: list[str] | list[tuple[Span, ...]], numbered: bool = True) -> None:
        """Short statements, one below the other."""
        rows = tuple((item,) if isinstance(item, str) else item for item in items)
        if rows:
            self.blocks.append(Items(rows, numbered))

    def add(self, *made: Table | Figure | None) -> None:
        """Tables and figures that the paragraph before has referred to; each stands once."""
        for block in made:
            if block is not None and block.key not in self._keys:
                self._keys.add(block.key)
                self.blocks.append(block)

    def table(self, made: Table | Missing) -> Table | None:
        """A table that could be made and has rows, else None, and the author is told why."""
        if isinstance(made, Missing):
            self.left_out[made.sentence(self.lang)] = None
            return None
        return made if made.rows else None

    def figure(self, name: str, asked: str | None = None) -> Figure | None:
        """A figure by name; None, and the author is told, where it cannot be made or the edition does not show it."""
        made = figure(name, self.material, self.edition, self.lang, asked)
        if isinstance(made, Missing):
            if not (FIGURES[name].internal and not self.edition.chances):  # told once for all of them
                self.left_out[made.sentence(self.lang)] = None
            return None
        return None if made.key in self._keys else made

    def refer(self, *made: Table | Figure | None, zh: str = "见", en: str = "see ") -> tuple[Span, ...]:
        """见表1、图2。 A sentence of references; empty for nothing."""
        found = [block for block in made if block is not None]
        if not found:
            return ()
        between = "、" if self.lang == "zh" else ", "
        spans: list[Span] = [zh if self.lang == "zh" else en[:1].upper() + en[1:]]
        for place, block in enumerate(found):
            spans += [Ref(block.key)] if place == 0 else [between, Ref(block.key)]
        return (*spans, "。" if self.lang == "zh" else ".")

    def leave_out(self, zh: str, en: str) -> None:
        """Tell the author of something that the edition does not show."""
        self.left_out[self.say(zh, en)] = None

    def text(self, sentences: list[str]) -> str:
        """Sentences as running text."""
        return joined(sentences, self.lang)


def _merged(spans: list[Span]) -> list[Span]:
    """Neighbouring strings as one."""
    out: list[Span] = []
    for span in spans:
        if isinstance(span, str) and out and isinstance(out[-1], str):
            out[-1] += span
        else:
            out.append(span)
    return out
