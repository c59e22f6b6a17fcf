"""The texts of the documents that a ledger cites: where a quote stands, the sentence around it, its number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sim.errors import InputError, Problem
from sim.facts.ledger import Fact
from sim.facts.quotes import holds_number
from sim.language import Text
from sim.reading.files import decode, read_bytes, shown_path

SENTENCE_ENDS = "。！？"
#: Characters on each side of a quote within which a sentence must end; in tables it does not.
LONGEST_SIDE = 150
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_DIGITS = {**{mark: i for i, mark in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
HANZI = re.compile(f"[{''.join((*_DIGITS, *_TENS))}]+")
PART = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Layout:
    """A text without white space, and the place in it at which each of its lines starts.

    `gaps` are the places at which white space between two digits of one line was left out: there a number ends.
    """

    joined: str
    starts: tuple[int, ...]
    gaps: frozenset[int]

    def line(self, place: int) -> int:
        """The line (from 1) on which a place lies."""
        return bisect_right(self.starts, place)

    def places(self, quote: str) -> tuple[int, ...]:
        """Where a quote starts, white space ignored."""
        wanted = "".join(quote.split())
        places, place = [], self.joined.find(wanted) if wanted else -1
        while place >= 0:
            places.append(place)
            place = self.joined.find(wanted, place + 1)
        return tuple(places)

    def lines(self, quote: str) -> tuple[int, ...]:
        """Lines on which a quote starts."""
        return tuple(self.line(place) for place in self.places(quote))


def layout(text: str) -> Layout:
    """The text without white space, and its lines."""
    parts, starts, gaps, length = [], [], set(), 0
    for line in text.split("\n"):
        starts.append(length)
        words = line.split()
        for before, word in zip(["", *words], words, strict=False):
            if before[-1:].isdigit() and word[0].isdigit():
                gaps.add(length)
            parts.append(word)
            length += len(word)
    return Layout("".join(parts), tuple(starts), frozenset(gaps))


@dataclass(frozen=True, slots=True)
class Documents:
    """The texts of the documents in a folder, `<document>.txt`, each read once."""

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)

    def has(self, document: str) -> bool:
        """Whether the folder holds a text of this document."""
        return (self.folder / f"{document}.txt").is_file()

    def text(self, document: str) -> str:
        """The text of one document; raises InputError when it is not in the folder or not readable."""
        if document not in self.texts:
            path = self.folder / f"{document}.txt"
            self.texts[document] = decode(read_bytes(path), shown_path(path))
        return self.texts[document]

    def layout(self, document: str) -> Layout:
        """The text of one document without white space; raises InputError as `text` does."""
        if document not in self.layouts:
            self.layouts[document] = layout(self.text(document))
        return self.layouts[document]

    def problem(self, fact: Fact) -> Problem | None:
        """What is wrong with the quote of a fact; None when it stands where the ledger says, or has no line."""
        if fact.line is None:
            return None
        lines = self.layout(fact.document).lines(fact.quote)
        if fact.line in lines:
            return None
        place = f"{fact.document}.txt"
        found = "、".join(map(str, lines[:5]))
        zh = f"引文“{fact.quote}”不在 {place} 第 {fact.line} 行" + (f"，而在第 {found} 行" if lines else "，全文也没有")
        en = f'quote "{fact.quote}" is not on line {fact.line} of {place}' + (f" but on {found}" if lines else "")
        return Problem(fact.shown, fact.row, None, fact.id, Text(zh, en))

    def check(self, facts: Sequence[Fact]) -> None:
        """Raises InputError naming every quote that does not match."""
        problems: list[Problem] = []
        for fact in facts:
            try:
                found = self.problem(fact)
                problems += [] if found is None else [found]
            except InputError as error:
                problems += error.problems
        if problems:
            raise InputError(problems)

    def sentence(self, fact: Fact) -> str | None:
        """The whole sentence around a quote, without white space; None for a fact that has no line."""
        self.check([fact])
        return None if fact.line is None else sentence_around(self.text(fact.document), fact.quote, fact.line)


def open_documents(name: str) -> Documents:
    """The documents of the folder that `--sources` names; raises InputError when there is no such folder."""
    if not name.strip() or not Path(name).is_dir():
        text = Text(f"没有文件夹“{name}”", f'there is no folder "{name}"')
        raise InputError(Problem(None, None, None, "--sources", text))
    return Documents(Path(name))


def sentence_around(text: str, quote: str, line: int) -> str:
    """The sentence of `text` that holds `quote`, which starts on `line` (from 1); white space left out.

    Where no sentence ends within LONGEST_SIDE characters on both sides, as in tables, the lines around the quote
    are given instead, with ` / ` between them: without white space the numbers of a table would run together.
    """
    lines = ["".join(part.split()) for part in text.split("\n")]
    joined, wanted = "".join(lines), "".join(quote.split())
    place = joined.index(wanted, sum(map(len, lines[: line - 1])))
    end = place + len(wanted)
    before = joined[max(0, place - LONGEST_SIDE) : place]
    # From the last character of the quote, which may itself end the sentence.
    after = joined[end - 1 : end + LONGEST_SIDE]
    start = max(before.rfind(mark) for mark in SENTENCE_ENDS)
    stops = [after.find(mark) for mark in SENTENCE_ENDS if mark in after]
    if start < 0 or not stops:
        near = (" ".join(part.split()) for part in text.split("\n")[max(0, line - 2) : line + 1])
        return " / ".join(part for part in near if part)
    return before[start + 1 :] + wanted[:-1] + after[: min(stops) + 1]


def half_width(text: str) -> str:
    """The text with full-width digits and points made half-width, character by character."""
    return text.translate(_FULL_WIDTH)


def numbers_in(text: str) -> tuple[float, ...]:
    """Numbers of a text, also those in hanzi (十五, 千); white space parts them.

    `1,254` is read both with a separator and as two numbers.
    """
    plain = half_width(text)
    digits = (*NUMBER.findall(plain), *PART.findall(plain))
    found = (*(float(n.replace(",", "")) for n in digits), *map(in_hanzi, HANZI.findall(plain)))
    return tuple(dict.fromkeys(found))


def in_hanzi(word: str) -> float:
    """A whole number below ten thousand written in hanzi: 十五 is 15, 千 is 1000, 二〇三五 is 2035."""
    if len(word) > 1 and not any(mark in word for mark in _TENS):
        return float("".join(str(_DIGITS[mark]) for mark in word))
    total, last = 0, 0
    for mark in word:
        if mark in _TENS:
            total += max(last, 1) * _TENS[mark]
            last = 0
        else:
            last = _DIGITS[mark]
    return float(total + last)


@dataclass(frozen=True, slots=True)
class Quotes:
    """What comparing quotes with the documents found.

    `converted` are facts whose number is not the printed one and is said in the note; `failed` are (fact, what is
    wrong); `skipped` counts the facts of each document that has no text here.
    """

    checked: int
    converted: tuple[str, ...]
    failed: tuple[tuple[Fact, Text], ...]
    skipped: dict[str, int]


def check_quotes(documents: Documents, facts: Sequence[Fact]) -> Quotes:
    """Compare quote, line and number of every fact with the documents of which the folder has a text."""
    failed: list[tuple[Fact, Text]] = []
    converted: list[str] = []
    skipped: dict[str, int] = {}
    there = [fact for fact in facts if documents.has(fact.document)]
    for fact in facts:
        if not documents.has(fact.document):
            skipped[fact.document] = skipped.get(fact.document, 0) + 1
    for fact in there:
        wrong = _misplaced(documents, fact) or _number_missing(fact)
        if wrong is not None:
            failed.append((fact, wrong))
        elif not number_is_printed(fact):
            converted.append(fact.id)
    return Quotes(len(there), tuple(converted), tuple(failed), skipped)


def _misplaced(documents: Documents, fact: Fact) -> Text | None:
    """Why a quote is not where the ledger says; without a line it may stand anywhere in the document."""
    found = documents.problem(fact)
    if found is not None:
        return found.text
    if fact.line is None and not documents.layout(fact.document).places(fact.quote):
        name = f"{fact.document}.txt"
        return Text(f"引文“{fact.quote}”不在 {name} 中", f'quote "{fact.quote}" is not in {name}')
    return None


def number_is_printed(fact: Fact) -> bool:
    """Whether the quote holds the fact's number in figures or words, or the fact has none."""
    if fact.value is None:
        return True
    # Line breaks cut numbers, so white space between digits counts as nothing once and as a break once.
    found = (*numbers_in(fact.quote), *numbers_in("".join(fact.quote.split())))
    return any(abs(number - abs(fact.value)) < 1e-9 for number in found) or holds_number(fact)


def number_is_explained(fact: Fact) -> bool:
    """Whether the quote holds the fact's number, or the note says what it was converted to."""
    return number_is_printed(fact) or abs(fact.number) in numbers_in(fact.note)


def _number_missing(fact: Fact) -> Text | None:
    """Why the number of a fact is not the quote's; a number that the note says is converted passes."""
    if number_is_explained(fact):
        return None
    zh = f"引文“{fact.quote}”中没有数字 {fact.printed}，备注也未说明换算"
    return Text(zh, f'quote "{fact.quote}" does not hold {fact.printed}, and the note gives no conversion')
