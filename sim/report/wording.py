"""Rules of number, punctuation and phrase that all texts of a report share, in both languages. No result is read here.

Chinese: full-width punctuation, half-width digits and Latin letters, 2021—2025年, 下降0.6% and never 增长−0.6%, shares
in 百分点. English: an en dash between years, a space before a percent sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sim.language import Text
from sim.output.tables import number_text, unit_text
from sim.report.editions import Edition
from sim.report.guard import violations

#: Marks that end a sentence or a part of one.
_STOPS = re.compile(r"[^；。;]+[；。;]?")
_CHINESE_DIGITS = "零一二三四五六七八九"
#: Units of indicators whose change is told in percentage points.
PERCENT = "%"
#: In sentences that lean on chances though they hold no word of the guard's list.
_LEANING = re.compile(r"把握|成达|中位|预期值|奋斗值|稳妥值|次中约|\d次落空|先验|median|draws|expected value|\bsafe\b")
#: What stands in brackets at the end of a name.
_LAST_BRACKETS = re.compile(r"（([^（）]+)）$")


def chinese_number(value: int) -> str:
    """1 to 99 in hanzi: 一, 十, 十二, 二十."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_CHINESE_DIGITS[tens]}十"
    return head + (_CHINESE_DIGITS[ones] if ones or not tens else "")


def sayer(lang: str) -> Callable[[str, str], str]:
    """A function that picks the Chinese or the English of two texts."""

    def say(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    return say


def years_text(first: int, last: int, lang: str) -> str:
    """One year or a span of years: 2025年, 2021—2025年."""
    if lang == "zh":
        return f"{last}年" if first >= last else f"{first}—{last}年"
    return str(last) if first >= last else f"{first}–{last}"


def listed(items: Sequence[str], lang: str, most: int | None = None) -> str:
    """Items one after the other, the last joined by 和; longer lists are cut and counted."""
    shown = list(items if most is None else items[:most])
    left = len(items) - len(shown)
    if lang == "zh":
        if left:
            return f"{'、'.join(shown)}等{len(items)}项"
        return "、".join(shown[:-1]) + ("和" if len(shown) > 1 else "") + shown[-1] if shown else ""
    if left:
        return f"{', '.join(shown)} and {left} more"
    between, last = ("; ", "; and ") if any("," in item for item in shown) else (", ", " and ")
    return between.join(shown[:-1]) + (last if len(shown) > 1 else "") + shown[-1] if shown else ""


def quoted(text: str, lang: str) -> str:
    """A name or a quotation in quotation marks, those inside it single."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”" if lang == "zh" else f'"{text}"'


def short_label(label: str, unit: str) -> str:
    """The name of an indicator without the unit that plans print behind it: 每千人口拥有医师数（人） with 人/千人."""
    found = _LAST_BRACKETS.search(label)
    return label[: found.start()] if found and unit.startswith(found[1]) else label


#: Units of sentences in English instead of those of Chinese counting: name, factor, further digits.
LARGER = {
    "亿元": ("bn yuan", 0.1, 1),
    "亿美元": ("bn USD", 0.1, 1),
    "万人": ("million people", 0.01, 2),
    "万吨": ("million tonnes", 0.01, 2),
}


def amount(value: float, unit: str, digits: int, lang: str) -> str:
    """A value with its unit: 5226亿元, 26.8%; 522.6 bn yuan."""
    if lang == "zh":
        return f"{number_text(value, digits)}{unit}"
    name, factor, more = LARGER.get(unit, (unit_text(unit, lang), 1.0, 0))
    return f"{number_text(value * factor, digits + more)} {name}"


def gap(value: float, unit: str, digits: int, lang: str) -> str:
    """The size of a difference with its unit: shares and rates differ by percentage points."""
    if unit == PERCENT:
        return f"{number_text(abs(value), digits)}{'个百分点' if lang == 'zh' else ' points'}"
    return amount(abs(value), unit, digits, lang)


def growth(value: float, digits: int, lang: str) -> str:
    """A growth rate with its direction in words: 增长6.0%, 下降0.6%, 与上年持平."""
    text = number_text(abs(value), digits)
    if float(text) == 0.0:
        return Text("持平", "unchanged").pick(lang)
    if lang == "zh":
        return f"{'增长' if value > 0 else '下降'}{text}%"
    return f"{'up' if value > 0 else 'down'} {text} %"


def moved(value: float, unit: str, digits: int, lang: str) -> str:
    """A change with its direction in words: 提高1.2个百分点, 减少0.3万人, 持平."""
    if float(number_text(abs(value), digits)) == 0.0:
        return Text("持平", "unchanged").pick(lang)
    size = gap(value, unit, digits, lang)
    more, less = ("提高", "降低") if unit in (PERCENT, "岁", "年") else ("增加", "减少")
    return f"{more if value > 0 else less}{size}" if lang == "zh" else f"{'up' if value > 0 else 'down'} {size}"


def above_or_below(value: float, unit: str, digits: int, lang: str) -> str:
    """Where a value lies against another: 高1.2个百分点, 低30亿元, 持平."""
    if float(number_text(abs(value), digits)) == 0.0:
        return Text("持平", "the same").pick(lang)
    size = gap(value, unit, digits, lang)
    return f"{'高' if value > 0 else '低'}{size}" if lang == "zh" else f"{size} {'higher' if value > 0 else 'lower'}"


def span_text(low: float, high: float, digits: int, lang: str) -> str:
    """A range, with a word between its ends where one is negative."""
    ends = number_text(low, digits), number_text(high, digits)
    if ends[0] == ends[1]:
        return ends[0]
    between = "至" if low < 0 else "—"
    return between.join(ends) if lang == "zh" else " to ".join(ends)


def sentence(text: str, lang: str) -> str:
    """Text that ends with a full stop, once, and in English begins with a capital."""
    bare = text.rstrip("。；.; ")
    if not bare:
        return ""
    return f"{bare}。" if lang == "zh" else f"{bare[:1].upper()}{bare[1:]}."


def joined(sentences: Sequence[str], lang: str) -> str:
    """Sentences as running text."""
    return ("" if lang == "zh" else " ").join(text for text in sentences if text)


def allowed(text: str, edition: Edition) -> str:
    """What of a text an edition may show: parts that speak of chances are left out where it shows none.

    Parts end at a semicolon or a full stop; the last one left ends with a full stop if the text did.
    """
    if edition.chances or not text:
        return text
    parts = [part for part in _STOPS.findall(text) if part.strip()]
    kept = [part for part in parts if not violations([part], edition) and not _LEANING.search(part)]
    if len(kept) == len(parts):
        return text
    found = "".join(kept).strip().rstrip("；;")
    stop = text[-1] if text[-1] in "。." else ""
    return found + stop if found and stop and not found.endswith(stop) else found


def softened(text: str, edition: Edition) -> str:
    """The name of an input of the model that speaks of a probability, in words that every edition may show."""
    if edition.chances:
        return text
    return text.replace("概率", "频率").replace("probability", "frequency").replace("Probability", "Frequency")


def name_allowed(text: str, otherwise: str, edition: Edition) -> str:
    """A name that somebody chose, or another one where the edition must not show it."""
    return otherwise if violations([text], edition) else text
