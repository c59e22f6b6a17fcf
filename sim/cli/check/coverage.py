"""Numbers with a unit in the documents, and whether a fact cites them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sim.cli.documents import Documents, Layout, half_width, numbers_in
from sim.facts.ledger import Fact
from sim.facts.units import UNITS

#: Units beyond those of the ledger. Years, months, days of a date, ordinals and numbers of documents have none.
_MORE_UNITS = (
    *("个", "元", "吨", "人", "名", "户", "家", "项", "条", "座", "处", "所", "间", "栋", "幢", "块", "片", "支"),
    *("株", "棵", "头", "只", "种", "场", "次", "人次", "台", "套", "艘", "架", "辆", "班", "床", "亩", "公顷"),
    *("平方米", "平方公里", "立方米", "公里", "千米", "米", "海里", "千瓦", "兆瓦", "小时", "分钟", "倍", "标箱"),
    *("册", "部", "门", "标准箱"),
)
_NOT_FIGURES = ("年", "指数", "位")
_UNIT = "|".join(sorted({re.escape(u) for u in (*UNITS, *_MORE_UNITS) if u not in _NOT_FIGURES}, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z第])(?<!专栏)(\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:多|余|几)?([百千万亿]{{0,2}}(?:{_UNIT})|[万亿])(?<!人(?=[均口才]))",
    re.ASCII,
)
#: Characters of context on each side.
_SIDE = 12
#: Quotes shorter than this are only looked for on their own line: a few characters stand everywhere.
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with a unit in a document: line (from 1), text around it, and whether a fact cites it."""

    document: str
    line: int
    number: str
    unit: str
    context: str
    cited: bool


def figures(documents: Documents, document: str, facts: Sequence[Fact]) -> tuple[Figure, ...]:
    """Every number with a unit in a document; what stands several times in it is given once, at its first place."""
    text = documents.layout(document)
    joined = half_width(text.joined)
    spans = _cited_spans(text, [fact for fact in facts if fact.document == document])
    found = [_figure(document, text, joined, match, spans) for match in _FIGURE.finditer(joined)]
    return _once(found)


def _figure(
    document: str, text: Layout, joined: str, match: re.Match[str], spans: Sequence[tuple[int, int, float | None]]
) -> Figure:
    # White space inside a line parts numbers: of "30 35个" the figure is 35.
    place = max((gap for gap in text.gaps if match.start() < gap < match.end(1)), default=match.start())
    number = joined[place : match.end(1)].lstrip(",")
    value = numbers_in(number)[0]
    cited = any(start <= place < end and (wanted is None or abs(wanted - value) < 1e-9) for start, end, wanted in spans)
    context = text.joined[max(0, place - _SIDE) : match.end() + _SIDE]
    return Figure(document, text.line(place), number, match[2], context, cited)


def _cited_spans(text: Layout, facts: Sequence[Fact]) -> list[tuple[int, int, float | None]]:
    """Stretches of the text that a fact quotes, with its number; None where the quote prints another number."""
    spans: list[tuple[int, int, float | None]] = []
    for fact in facts:
        quote = "".join(fact.quote.split())
        printed = fact.value is not None and abs(fact.value) in (*numbers_in(fact.quote), *numbers_in(quote))
        wanted = abs(fact.value) if printed and fact.value is not None else None
        for place in text.places(quote):
            if len(quote) >= _SHORT or text.line(place) == fact.line:
                spans.append((place, place + len(quote), wanted))
    return spans


def _once(found: Sequence[Figure]) -> tuple[Figure, ...]:
    """Figures with repetitions of the text left out; a figure is cited when any of its repetitions is.

    A repetition has the same text around it or, where a page was copied with other characters, the same two
    figures before or after it.
    """
    first: dict[object, int] = {}
    same: list[int] = []
    for i, figure in enumerate(found):
        keys: list[object] = [(figure.number, figure.unit, figure.context)]
        for side, window in (("before", found[max(0, i - 2) : i + 1]), ("after", found[i : i + 3])):
            if len(window) == 3:
                keys.append((side, tuple((f.number, f.unit) for f in window)))
        place = next((first[key] for key in keys if key in first), i)
        for key in keys:
            first.setdefault(key, place)
        same.append(place)
    cited = {place for place, figure in zip(same, found, strict=True) if figure.cited}
    kept = [found[i] for i in range(len(found)) if same[i] == i]
    indices = [i for i in range(len(found)) if same[i] == i]
    return tuple(
        Figure(f.document, f.line, f.number, f.unit, f.context, i in cited) for i, f in zip(indices, kept, strict=True)
    )
