"""Numbers inside quotes, as people of four countries print them: 321.3 billion, 1조2001억5000만, 三分之一, 全覆盖."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from sim.facts.ledger import Fact
from sim.facts.units import UNITS

_CHINESE = {"零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_LARGE = {"万亿": 12, "billion": 9, "million": 6, "조": 12, "億": 8, "亿": 8, "억": 8, "万": 4, "만": 4}
#: Words that stand for a number, and the number the ledger's conventions give them.
_WORDED = {
    "全覆盖": "100", "全域覆盖": "100", "全部": "100", "所有": "100", "翻番": "2", "翻一番": "2",
    "千亿": "1000", "千名": "1000", "三分之一": "33.33 33.3", "四分之一": "25", "十六连涨": "16", "十五": "15",
}  # fmt: skip
#: The basic unit behind a unit, as a power of ten of one: 亿元 is 10^8 元.
_SCALES = {"亿元": 8, "亿美元": 8, "万人": 4, "万吨": 4}
#: Jin (half a kilogram) in a tonne.
_JIN = 2000
#: More decimals than people print: what a data set computed may be rounded in a ledger.
_COMPUTED = 6


def said(quote: str) -> Iterator[Decimal]:
    """Numbers a quote can be read as, in basic units as well: 3만2145 is 32145, 58.5 billion is 58.5e9."""
    joined = "".join(quote.split())
    # As printed, and joined where a line break or a column of a table came between.
    for text in (_ungrouped(quote), _ungrouped(joined)):
        yield from (Decimal(match[0]) for match in re.finditer(r"\d+(\.\d+)?", text, re.ASCII))
    yield from _with_large_words(_ungrouped(joined))
    for word, numbers in _WORDED.items():
        if word in joined:
            yield from (Decimal(number) for number in numbers.split())
    yield from (Decimal(_CHINESE[character]) for character in joined if character in _CHINESE)


def _ungrouped(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def _with_large_words(text: str) -> Iterator[Decimal]:
    large = "|".join(_LARGE)
    for match in re.finditer(rf"(?:\d+(?:\.\d+)?(?:{large}))+(?:\d+)?", text, re.ASCII):
        parts = re.findall(rf"(\d+(?:\.\d+)?)({large})?", match[0], re.ASCII)
        found = sum((Decimal(number) * 10 ** _LARGE.get(word, 0) for number, word in parts), Decimal(0))
        yield found / _JIN if text[match.end() :].startswith("斤") else found


def holds_number(fact: Fact) -> bool:
    """Whether the printed number, whatever its sign ("a decline of 1.2%"), stands in the quote in some form.

    A fact without a number passes.
    """
    if not fact.printed:
        return True
    printed = abs(Decimal(fact.printed))
    basic, factor = UNITS.get(fact.unit, (fact.unit, 1.0))
    scaled = printed * Decimal(str(factor)) * 10 ** _SCALES.get(basic, 0)
    digits = Decimal(1).scaleb(-fact.decimals)
    return any(n in (printed, scaled) or (_computed(n) and n.quantize(digits) == printed) for n in said(fact.quote))


def _computed(number: Decimal) -> bool:
    return -int(number.as_tuple().exponent) > _COMPUTED
